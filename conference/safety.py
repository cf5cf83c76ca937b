"""The headers that keep what we send from being used in another way than it is meant; every answer has them."""

from django.conf import settings

NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
HEADERS = {
    "Content-Security-Policy": NO_PAGE,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}
ABOUT_PAGES = [name for name in HEADERS if name not in ("X-Content-Type-Options", "Cross-Origin-Resource-Policy")]
NOT_FOR_PARTS = [*ABOUT_PAGES, "X-Request-ID", "Last-Modified"]  # they have an ETag
FOR_OTHER_SITES = {"Cross-Origin-Resource-Policy": "cross-origin"}  # what other websites are meant to show


def careful(get_response):
    """Middleware that gives an answer those of the headers that its view has not chosen itself; parts of pages, a
    dozen to each first visit, only those that mean something for a file of ours that nobody opens by itself."""

    def middleware(request):
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path_info.startswith(settings.STATIC_URL) and response.status_code < 400:
            for name in NOT_FOR_PARTS:
                response.headers.pop(name, None)
        return response

    return middleware


def transport_security() -> dict[str, str]:
    """The header that makes browsers insist on HTTPS (RFC 6797), for answers that Django's own middleware does not see."""
    if not settings.SECURE_HSTS_SECONDS:
        return {}
    below = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
    return {"Strict-Transport-Security": f"max-age={settings.SECURE_HSTS_SECONDS}{below}"}
