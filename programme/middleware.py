"""What the public reads is answered here, before sessions, sign-in and messages, which it never needs.

One function has the rules: reply_to(), from the environ of a request to a reply. PublicPages asks it inside Django, and
`in_front_of` outside, so that a page that is known already costs a few microseconds.
"""

import datetime as dt
import logging
from functools import lru_cache
from threading import BoundedSemaphore

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import get_path_info
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from conference.logs import current
from conference.metrics import MADE
from conference.middleware import speak_bokmal
from conference.translated import language_codes
from programme import addresses
from programme.answers import answers
from programme.reply import Kept, Reply, reply
from programme.serve import CLOCK_PAGES, QUERY_PAGES, error_page, find_view, serve
from programme.shelf import Shelved, shelf

STAFF = ("/admin/", "/preview/", "/static/", "/media/", "/healthz", "/readyz", "/metrics")
WITHOUT_DATABASE = ("/static/", "/media/", "/healthz", "/metrics")
MOST_WAITING = 10  # requests of a process, for the database; fewer than its threads (deploy/gunicorn.conf.py)
MOST_QUERY = 2000  # characters of a query string that are read
log = logging.getLogger(__name__)


def PublicPages(get_response):
    def middleware(request):
        made = reply_to(request.META, request.path_info)
        if made is None:
            return get_response(request)
        response = HttpResponse(made.body, status=int(made.status[:3]))
        response.headers = ResponseHeaders(dict(made.headers))
        return response

    return middleware


def in_front_of(application):
    """A WSGI application (PEP 3333) that answers what the public reads itself, and leaves the rest to another; but however
    long that waits for a database that is locked or stuck, some threads are left for the public."""
    places = BoundedSemaphore(MOST_WAITING)

    def door(environ, start_response):
        path = environ.get("PATH_INFO") or "/"
        made = reply_to(environ, path if path.isascii() else get_path_info(environ))
        if made is None:
            if path.startswith(WITHOUT_DATABASE):
                return application(environ, start_response)
            if places.acquire(blocking=False):
                try:
                    return application(environ, start_response)
                finally:
                    places.release()
            made = counted(failure(503, path, environ), environ)
        start_response(made.status, made.headers.copy())
        return [made.body]

    return door


def reply_to(environ: dict, path: str) -> Reply | None:
    """The reply to a request for what the public reads; None for all else, which is for staff."""
    if path.startswith(STAFF) or path == "/admin":
        return None
    current.set(environ)
    return counted(refusal(environ, path) or answer(path, environ), environ)


def counted(made: Reply, environ) -> Reply:
    """The reply as it is sent."""
    made.counter.inc()
    return made._replace(body=b"") if environ["REQUEST_METHOD"] == "HEAD" else made


class Request(HttpRequest):
    """As much of a request as Django needs in order to tell whose host was asked for, and how."""

    def __init__(self, environ, path):
        self.META, self.path = environ, path

    def _get_scheme(self):
        return self.META.get("wsgi.url_scheme")


def refusal(environ, path) -> Reply | None:
    """What is said to requests that no page answers: to another host, without TLS where it is a must, or that want to write."""
    if not is_our_host(environ.get("HTTP_HOST", ""), environ.get("SERVER_NAME", ""), tuple(settings.ALLOWED_HOSTS)):
        return reply(400, {"Content-Type": "text/plain"}, b"Unknown host.\n")
    if settings.SECURE_SSL_REDIRECT and not (request := Request(environ, path)).is_secure():
        return reply(301, {"Location": f"https://{request.get_host()}{request.get_full_path()}"})
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return reply(405, {"Allow": "GET, HEAD"})
    return None


@lru_cache(maxsize=256)
def is_our_host(asked_for: str, own_name: str, allowed: tuple[str, ...]) -> bool:
    """Whether Django lets a request to this host pass. (`allowed` is what that depends on besides.)"""
    names = {"SERVER_NAME": own_name, "SERVER_PORT": "80"} | ({"HTTP_HOST": asked_for} if asked_for else {})
    try:
        Request(names, "").get_host()
    except DisallowedHost:
        return False
    return True


def answer(path: str, environ: dict) -> Reply:
    now = dt.datetime.now(dt.UTC)
    try:
        shelved = shelf.look()
        if path == "/":
            return way_home(environ, shelved.programmes)
        query = query_that_matters(path, environ.get("QUERY_STRING", ""))
        return kept_answer(shelved, path, query, now).reply_to(environ)
    except (DatabaseError, InterfaceError):
        return failure(503, path, environ)
    except Exception:
        if settings.DEBUG:
            raise
        log.exception("A public page failed: %s", path)
        return failure(500, path, environ)


def kept_answer(shelved: Shelved, path: str, query: str, now: dt.datetime) -> Kept:
    """The answer to a path, made once for each release of what it is made of."""
    key = (shelved.edition_of(path), path, query)
    is_page = not query and "/style-" not in path
    return answers.get(key, now, lambda: make(path, shelved.programmes, now, query), is_page)


def make(path, programmes, now, query) -> Kept:
    minute = now.replace(second=0, microsecond=0)
    name = name_of(path) or "none"
    until = minute + dt.timedelta(minutes=1) if name in CLOCK_PAGES else None
    with MADE.labels(name).time():
        return Kept(serve(path, programmes, minute, query), until, name)


def query_that_matters(path, query):
    """The query string for a page that reads it; "" for the others, so that nobody can make us keep a page twice."""
    return query[:MOST_QUERY] if query and name_of(path) in QUERY_PAGES else ""


def name_of(path):
    found = find_view(path)
    return found and found[1]


def failure(status, path, environ) -> Reply:
    """In the language that the address asks for; at another address, in the one the visitor likes best."""
    asked_for = path.split("/")[1]
    language = asked_for if asked_for in language_codes() else language_of(environ, language_codes())
    return Kept(error_page(status, language, has_written=environ["REQUEST_METHOD"] == "POST")).reply_to(environ)


def way_home(environ, programmes) -> Reply:
    """To the current conference, in the visitor's language; to the list of conferences when none is published."""
    if not programmes:
        path = addresses.path("conferences", language_of(environ, language_codes()), None)
        return Kept(serve(path, (), dt.datetime.now(dt.UTC))).reply_to(environ)
    current = programmes[0]
    headers = {
        "Location": addresses.path("front", language_of(environ, current.languages), current.slug),
        "Vary": "Accept-Language",
        "Cache-Control": "public, max-age=60",
    }
    return reply(302, headers)


def language_of(environ, offered):
    """The offered language that the visitor likes best (RFC 9110, 12.5.4); the first one where none matches."""
    accepted = speak_bokmal(environ.get("HTTP_ACCEPT_LANGUAGE", "")).lower()
    for tag, _weight in parse_accept_lang_header(accepted):
        try:
            language = get_supported_language_variant(tag)
        except LookupError:
            continue
        if language in offered:
            return language
    return offered[0]
