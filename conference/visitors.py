"""Who is asking, right behind a proxy too."""

from django.conf import settings


def address_of(request) -> str:
    """The IP address of a client: what the proxy in front (BEHIND_PROXY) wrote last into X-Forwarded-For, else the peer's.

    What stands before that last entry came with the request, and could be anything.
    """
    if settings.SECURE_PROXY_SSL_HEADER:
        said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if said:
            return said
    return request.META.get("REMOTE_ADDR", "")
