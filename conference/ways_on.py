"""Where a request says that it wants to go on: never to another site."""

from django.utils.http import url_has_allowed_host_and_scheme


def way_on(request, said: str | None, otherwise: str) -> str:
    """The address that was said, if it is one of this site; else `otherwise`, which is ours."""
    safe = url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure())
    return said if safe else otherwise
