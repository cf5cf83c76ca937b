"""Error pages for what lies outside the public pages: the admin, files, and what Django itself refuses."""

import errno
import sys
from http import HTTPStatus

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from conference.admin_pages import may
from programme.serve import error_page

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES}
NO_ROOM_IN_DATABASE = {
    "53100",
    "SQLITE_FULL",
    "SQLITE_READONLY",
}  # disk_full of PostgreSQL (its appendix A), and SQLite's


def page(status, **facts):
    language = get_language() or settings.LANGUAGE_CODE
    made = error_page(status, language, **facts)
    return HttpResponse(made.body, status=status, headers=made.headers)


def bad_request(request, exception):
    return page(400)


def forbidden(request, exception):
    """Who is signed in already is led back to what they may do."""
    user = getattr(request, "user", None)
    return page(403, way_back=reverse("admin:index") if user and may(user) else "")


def not_found(request, exception):
    return page(404)


def server_error(request):
    """What failed, as far as it tells somebody what to do: wait for the database, or have room made on a disk."""
    return page(status_of(sys.exc_info()[1]), has_written=request.method == "POST")


def status_of(error) -> HTTPStatus:
    cause = error.__cause__
    codes = {getattr(cause, name, None) for name in ("pgcode", "sqlite_errorname")}
    if (isinstance(error, OSError) and error.errno in NO_ROOM) or codes & NO_ROOM_IN_DATABASE:
        return HTTPStatus.INSUFFICIENT_STORAGE
    is_away = isinstance(error, OperationalError | InterfaceError)
    return HTTPStatus.SERVICE_UNAVAILABLE if is_away else HTTPStatus.INTERNAL_SERVER_ERROR
