from django.core.exceptions import BadRequest
from django.utils.deprecation import MiddlewareMixin


class NorwegianIsBokmal(MiddlewareMixin):
    """Browsers set to plain Norwegian ("no") get bokmål; Django knows nb and nn only."""

    def process_request(self, request):
        accepted = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
        if "no" in accepted:
            request.META["HTTP_ACCEPT_LANGUAGE"] = speak_bokmal(accepted)


def speak_bokmal(accepted):
    """The same Accept-Language header (RFC 9110, 12.5.4) with "no" and "no-NO" written as "nb"."""
    return ",".join(
        "nb" + item.strip()[len(tag) :]
        if (tag := item.split(";")[0].strip()).lower() in {"no", "no-no"}
        else item.strip()
        for item in accepted.split(",")
    )


def NoNul(get_response):
    """Middleware: an address with a character that PostgreSQL cannot look for is no address. (Forms refuse it by themselves.)"""

    def middleware(request):
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path_info:
            raise BadRequest("NUL in an address")
        return get_response(request)

    return middleware
