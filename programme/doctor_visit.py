"""What only shows from outside: whether PUBLIC_URL leads to this installation, and what the proxy before it passes on."""

import ssl
import time
from collections.abc import Iterator
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programme.doctor_words import Finding, look, wrong

LEAST_DAYS = 14  # that a certificate is good for: one that is renewed by itself is renewed a month before


def visit() -> Iterator[Finding]:
    """Asks for two pages, as a visitor would."""
    page = f"{settings.PUBLIC_URL}/admin/login/"
    try:
        status, headers = ask(page)
        days = days_of_certificate()
        is_open = ask(f"{settings.PUBLIC_URL}/metrics")[0] == HTTPStatus.OK
    except ssl.SSLCertVerificationError as error:
        told = _(
            "Browsers do not accept the certificate of %(address)s (%(error)s). Renew it, and let nginx read the new one."
        )
        yield wrong(told % {"address": settings.PUBLIC_URL, "error": error.verify_message})
        return
    except (OSError, HTTPException) as error:
        yield wrong(_("%(address)s does not answer: %(error)s") % {"address": settings.PUBLIC_URL, "error": error})
        return
    if urlsplit(headers.get("Location", "")).path == urlsplit(page).path or not is_seen_as_https(status, headers):
        yield wrong(_("The proxy does not say that visitors come by HTTPS. Have it send X-Forwarded-Proto."))
    elif status != HTTPStatus.OK:
        told = _("%(address)s answers with %(status)d. See whether the proxy leads to Plenum, and passes on Host.")
        yield wrong(told % {"address": page, "status": status})
    if is_open:
        yield wrong(_("Everybody can read /metrics. Have the proxy answer it with 404, as ours does."))
    if days < LEAST_DAYS:
        told = ngettext(
            "The certificate is good for %(days)d day more. See why it was not renewed, and let nginx read the new one.",
            "The certificate is good for %(days)d days more. See why it was not renewed, and let nginx read the new one.",
            days,
        )
        yield look(told % {"days": days})


def ask(address: str):
    """(status, headers) of one answer, without following it anywhere."""
    there = urlsplit(address)
    connect = HTTPSConnection if there.scheme == "https" else HTTPConnection
    web = connect(there.netloc, timeout=10)
    try:
        web.request("GET", there.path)
        answer = web.getresponse()
        return answer.status, answer.headers
    finally:
        web.close()


def days_of_certificate() -> float:
    """How many whole days the certificate of PUBLIC_URL is still good for; without end where there is none."""
    there = urlsplit(settings.PUBLIC_URL)
    if there.scheme != "https":
        return float("inf")
    web = HTTPSConnection(there.netloc, timeout=10)
    try:
        web.connect()
        return int((ssl.cert_time_to_seconds(web.sock.getpeercert()["notAfter"]) - time.time()) // 86_400)
    finally:
        web.close()


def is_seen_as_https(status, headers) -> bool:
    """Django sends this header where it believes that a request came by HTTPS."""
    return status != HTTPStatus.OK or not settings.SECURE_HSTS_SECONDS or "Strict-Transport-Security" in headers
