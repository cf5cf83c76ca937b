"""Whether the process lives, and whether all it stands on does; by whatever name a monitor knows this host."""

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpResponse
from django.urls import resolve
from django.utils.translation import gettext as _

ALL_WELL, DEGRADED, DOWN = (
    "ok\n",
    "degraded: the database does not answer, the last releases are served\n",
    "unavailable\n",
)

PROBES = "/healthz", "/readyz", "/metrics"


def answer_probes(get_response):
    """Middleware that answers what monitors and containers ask every few seconds, before any other looks at the host's
    name, wants TLS, or tells of it in the log."""

    def middleware(request):
        if request.path_info not in PROBES:
            return get_response(request)
        view, arguments, named = resolve(request.path_info)
        return view(request, *arguments, **named)

    return middleware


def healthz(request):
    """200 while the process answers: what a balancer should ask, since the public site survives the database."""
    return HttpResponse(ALL_WELL, content_type="text/plain")


def readyz(request, has_something_to_show, is_waiting):
    """200 while the database answers too. Else 503, and a word for whoever watches: "degraded" where the public reads on
    (`has_something_to_show()`), "unavailable" where nothing can be shown. A database that lets others wait
    (`is_waiting()`) is not asked: whoever asks would wait, too."""
    if not is_waiting() and answers():
        return HttpResponse(ALL_WELL, content_type="text/plain")
    told = DEGRADED if has_something_to_show() else DOWN
    return HttpResponse(told, content_type="text/plain", status=503)


def answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return False
    return True


def away(error) -> str:
    """That there is no database, and what to look at, in words for an operator."""
    told = _("The database does not answer: %(error)s Check DATABASE_URL, and that it runs.")
    return told % {"error": f"{' '.join(str(error).split()).rstrip('.')}."}
