"""Whether the process lives, and whether all it stands on does. Neither asks for a host name that a balancer would not know."""

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpResponse

ALL_WELL, DEGRADED, DOWN = (
    "ok\n",
    "degraded: the database does not answer, the last releases are served\n",
    "unavailable\n",
)


def healthz(request):
    """200 while the process answers: what a balancer should ask, since the public site survives the database."""
    return HttpResponse(ALL_WELL, content_type="text/plain")


def readyz(request, has_something_to_show):
    """200 while the database answers too. Else 503, and a word for whoever watches: "degraded" where the public reads on
    (`has_something_to_show()`), "unavailable" where nothing can be shown."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        told = DEGRADED if has_something_to_show() else DOWN
        return HttpResponse(told, content_type="text/plain", status=503)
    return HttpResponse(ALL_WELL, content_type="text/plain")
