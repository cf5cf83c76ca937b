"""What the first of staff would wait for beside their own page, done before the server takes requests: the workers are
forked from a process that has it."""

import gc

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connections
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from programme.shelf import shelf
from programme.watch import looked


def ready_for_staff():
    """Read the admin's addresses, with all that stands behind them, and the words of each language; and make the front
    desk once, where the database answers, which finds what waits and what is wrong. No connection is left behind."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            start = reverse("admin:index")
    if not shelf.is_degraded:
        looked(lambda: front_desk(start))
    looked(connections.close_all)
    gc.freeze()  # the workers share it


def front_desk(path: str):
    """The front desk as somebody reads it who may do everything, and who is nobody's account."""
    request = HttpRequest()
    request.method, request.path, request.path_info, request.META = "GET", path, path, {"SCRIPT_NAME": ""}
    request.user = get_user_model()(is_active=True, is_staff=True, is_superuser=True)
    admin.site.index(request).render()
