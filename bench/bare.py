"""The floor: the least that Django can do. A view without middleware, without headers of its own, that returns bytes
it holds in memory. BENCH_FILES names the folder with one file for each address."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

BODIES = {file.name: file.read_bytes() for file in Path(os.environ["BENCH_FILES"]).iterdir()}
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[], SECRET_KEY="of no use")


def bare(request, name):
    return HttpResponse(BODIES[name])


urlpatterns = [path("<str:name>", bare)]
application = get_wsgi_application()
