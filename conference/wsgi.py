"""Where a web server comes in. Public pages are answered in front of Django, from what is published;
what staff ask for first is made ready, too."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")
django_application = get_wsgi_application()

from programme.early import ready_for_staff  # noqa: E402 (its models want the applications to be there)
from programme.middleware import in_front_of  # noqa: E402 (it reads the settings when it is imported)
from programme.watch import prepare  # noqa: E402 (it begins with what is published: rows of models)

application = in_front_of(django_application)
prepare()
ready_for_staff()
