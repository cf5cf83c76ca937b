"""Who is asking, right behind a proxy too."""

import ipaddress

from django.conf import settings


def address_of(request) -> str | None:
    """The IP address of a client: what the proxy in front (BEHIND_PROXY) wrote last into X-Forwarded-For, else the peer's.

    What stands before that last entry came with the request, and could be anything. None where there is no address, as on
    a socket in the file system.
    """
    said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2] if settings.SECURE_PROXY_SSL_HEADER else ""
    return sane(said) or sane(request.META.get("REMOTE_ADDR", ""))


def network_of(request) -> str | None:
    """What failures to sign in are counted for: an address of IPv4, or the 64 bits of IPv6 that one household has to itself,
    with more addresses in them than anybody could ever count."""
    address = address_of(request)
    if address is None or ":" not in address:
        return address
    return str(ipaddress.IPv6Network((address, 64), strict=False).network_address)


def sane(address: str) -> str | None:
    """The address without its zone; None where it is none, which a database would refuse."""
    try:
        return str(ipaddress.ip_address(address.strip().partition("%")[0]))
    except ValueError:
        return None
