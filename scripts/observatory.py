"""What Mozilla's HTTP Observatory would say of an answer: its rules, computed from the headers.

The rules and points are those published with the Observatory (version 2: https://developer.mozilla.org/observatory/docs/tests_and_scoring;
the same in src/grader/charts.js and src/analyzer/tests/ of https://github.com/mdn/mdn-http-observatory). An answer starts with
100; what a rule gives is added where the rest is 90 or more. The list of hosts that browsers know to speak HTTPS only
("preload") is not asked: it holds no host of an installation that is just being tried.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urljoin, urlsplit

LEAST_FOR_BONUS = 90
SIX_MONTHS = 15_768_000  # seconds
BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


@dataclass(frozen=True)
class Seen:
    """One answer over HTTPS: its address, its headers with small letters, the values of Set-Cookie, and its text if it is HTML."""

    address: str
    headers: dict[str, str]
    cookies: list[str] = field(default_factory=list)
    html: str = ""
    plain_location: str | None = None  # where the same address leads without TLS; None where nothing listens there


def score(seen: Seen) -> int:
    given = points(seen)
    without_bonus = 100 + sum(each for each in given.values() if each < 0)
    bonus = sum(each for each in given.values() if each > 0)
    return max(0, without_bonus + (bonus if without_bonus >= LEAST_FOR_BONUS else 0))


def points(seen: Seen) -> dict[str, int]:
    """What each rule gives or takes."""
    return {rule.__name__: rule(seen) for rule in RULES}


def content_security_policy(seen):
    policy = directives(seen)
    if not policy:
        return -25
    fallback = policy.get("default-src", {"*"})
    script, style, objects = (policy.get(f"{kind}-src", fallback) for kind in ("script", "style", "object"))
    passive = policy.get("img-src", fallback) | policy.get("media-src", fallback)
    active = set().union(*(found for name, found in policy.items() if name not in ("img-src", "media-src")))
    if script & (BROAD | INLINE) or objects & BROAD or any(of_no_tls(source) for source in active):
        return -20
    if "'unsafe-eval'" in script | style or any(of_no_tls(source) for source in passive):
        return -10
    if style & (BROAD | INLINE):
        return 0
    is_closed = policy.get("default-src") == {"'none'"} and policy.get("form-action", {"*"}) <= {"'none'", "'self'"}
    return 10 if is_closed else 5


def directives(seen) -> dict[str, set[str]]:
    found = (part.split() for part in seen.headers.get("content-security-policy", "").lower().split(";"))
    return {name: set(values) for name, *values in filter(None, found)}


def of_no_tls(source):
    return source.startswith(("http:", "ftp:"))


def cookies(seen):
    worst = [points_of_cookie(name, morsel) for each in seen.cookies for name, morsel in SimpleCookie(each).items()]
    return min(worst, default=0)


def points_of_cookie(name, morsel):
    name, same_site = name.lower(), morsel["samesite"].lower()
    is_of_session = "login" in name or "sess" in name
    if is_of_session and not morsel["httponly"]:
        return -30
    if (same_site and same_site not in ("lax", "strict")) or ("csrf" in name and not same_site):
        return -20
    if not morsel["secure"]:
        return -10 if is_of_session else -5
    return 5 if same_site else 0


def cross_origin_resource_sharing(seen):
    allowed = seen.headers.get("access-control-allow-origin")
    return -50 if allowed and seen.headers.get("access-control-allow-credentials") == "true" else 0


def redirection(seen):
    if seen.plain_location is None:
        return 0
    location = urlsplit(seen.plain_location)
    if location.scheme != "https":
        return -20
    return 0 if location.hostname == urlsplit(seen.address).hostname else -5


def referrer_policy(seen):
    last = seen.headers.get("referrer-policy", "").lower().split(",")[-1].strip()
    return 5 if last in PRIVATE else -5 if last else 0


def strict_transport_security(seen):
    told = dict(
        part.strip().partition("=")[::2] for part in seen.headers.get("strict-transport-security", "").split(";")
    )
    seconds = told.get("max-age", "")
    if not seconds.isdigit():
        return -20
    return 0 if int(seconds) >= SIX_MONTHS else -10


class Scripts(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "script" and dict(attributes).get("src"):
            self.found.append(dict(attributes))


def subresource_integrity(seen):
    given = [points_of_script(seen.address, script) for script in Scripts(seen.html).found]
    return min(given, default=0)


def points_of_script(page, script):
    address, is_checked = urlsplit(urljoin(page, script["src"])), bool(script.get("integrity"))
    if address.scheme != "https" or script["src"].startswith("//"):
        return -20 if is_checked else -50
    return 5 if is_checked else 0 if address.netloc == urlsplit(page).netloc else -5


def x_content_type_options(seen):
    return 0 if seen.headers.get("x-content-type-options", "").lower() == "nosniff" else -5


def x_frame_options(seen):
    if "frame-ancestors" in directives(seen):
        return 5
    return 0 if seen.headers.get("x-frame-options", "").lower() in ("deny", "sameorigin") else -20


def cross_origin_resource_policy(seen):
    told = seen.headers.get("cross-origin-resource-policy", "")
    return {"same-origin": 10, "same-site": 10, "cross-origin": 0, "": 0}.get(told.lower(), -5)


RULES = [
    *(content_security_policy, cookies, cross_origin_resource_sharing, redirection, referrer_policy),
    *(strict_transport_security, subresource_integrity, x_content_type_options, x_frame_options),
    cross_origin_resource_policy,
]
