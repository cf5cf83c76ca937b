from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpResponse


def healthz(request):
    """200 while the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request):
    """200 while the database answers too, else 503."""
    try:
        connection.ensure_connection()
        connection.cursor().execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return HttpResponse("database unavailable\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")
