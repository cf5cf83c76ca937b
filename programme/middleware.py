"""Public pages are answered here, before sessions, sign-in and messages, which they never need."""

import datetime as dt
import gzip
import hashlib
import logging
import threading
from collections import OrderedDict

import brotli
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError, InterfaceError
from django.http import HttpResponse
from django.utils.http import parse_etags
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from conference.middleware import speak_bokmal
from programme import addresses
from programme.page import Answer
from programme.serve import CLOCK_PAGES, QUERY_PAGES, error_page, find_view, serve
from programme.shelf import shelf

STAFF = ("/admin/", "/static/", "/media/", "/healthz", "/readyz")
MOST_BYTES = 128 * 1024 * 1024  # of answers kept in a process
BESIDE = 2048  # bytes that an answer takes in memory beside its body: its key, headers and objects
MOST_QUERY = 2000  # characters of a query string that are read
SHORTEST_TO_COMPRESS = 600  # bytes
FRAMED = "frame-ancestors 'self'"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; " + FRAMED,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
log = logging.getLogger(__name__)


class Kept:
    """An answer as it is sent: plain, gzip and brotli bytes, and its ETag; good until a moment, or for ever."""

    def __init__(self, answer: Answer, until: dt.datetime | None = None):
        self.answer, self.until = answer, until
        self.etag = f'W/"{hashlib.blake2b(answer.body, digest_size=12).hexdigest()}"'
        self.bodies = {"identity": answer.body}
        if len(answer.body) >= SHORTEST_TO_COMPRESS:
            packed = {"br": brotli.compress(answer.body, quality=5), "gzip": gzip.compress(answer.body, 6, mtime=0)}
            self.bodies |= packed
        self.size = BESIDE + sum(map(len, self.bodies.values()))


class Answers:
    """The answers given lately, up to MOST_BYTES, the oldest dropped first; each is made once, however many ask for it."""

    def __init__(self):
        self.kept, self.size = OrderedDict(), 0
        self.lock = threading.RLock()

    def get(self, key, now: dt.datetime, make) -> Kept:
        kept = self.fresh(key, now)
        if kept is None:
            with self.lock:
                kept = self.fresh(key, now) or self.keep(key, make())
        return kept

    def fresh(self, key, now):
        kept = self.kept.get(key)
        return kept if kept and (kept.until is None or now < kept.until) else None

    def keep(self, key, kept):
        if kept.answer.status < 400 and kept.size < MOST_BYTES // 4:
            self.drop(self.kept.pop(key, None))
            self.kept[key] = kept
            self.size += kept.size
            while self.size > MOST_BYTES:
                self.drop(self.kept.popitem(last=False)[1])
        return kept

    def drop(self, kept):
        self.size -= kept.size if kept else 0

    def empty(self):
        with self.lock:
            self.kept, self.size = OrderedDict(), 0


answers = Answers()


def PublicPages(get_response):
    def middleware(request):
        if request.path_info.startswith(STAFF) or request.path_info == "/admin":
            return get_response(request)
        try:
            request.get_host()
        except DisallowedHost:
            return HttpResponse("Unknown host.\n", status=400, content_type="text/plain")
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return HttpResponse(
                status=301, headers={"Location": f"https://{request.get_host()}{request.get_full_path()}"}
            )
        if request.method not in ("GET", "HEAD"):
            return plain(HttpResponse(status=405, headers={"Allow": "GET, HEAD"}))
        return plain(respond(request))

    return middleware


def plain(response):
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if settings.SECURE_HSTS_SECONDS:
        response.headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
    return response


def respond(request):
    now = dt.datetime.now(dt.UTC)
    path = request.path_info
    try:
        edition, programmes = shelf.look()
        if path == "/":
            return way_home(request, programmes)
        query = query_that_matters(path, request.META.get("QUERY_STRING", ""))
        key = (edition, path, query)
        return send(request, answers.get(key, now, lambda: make(path, programmes, now, query)))
    except (DatabaseError, InterfaceError):
        return send(request, Kept(error_page(503, language_of(request, known()))))
    except Exception:
        if settings.DEBUG:
            raise
        log.exception("A public page failed: %s", path)
        return send(request, Kept(error_page(500, language_of(request, known()))))


def query_that_matters(path, query):
    """The query string for a page that reads it; "" for the others, so that nobody can make us keep a page twice."""
    return query[:MOST_QUERY] if query and name_of(path) in QUERY_PAGES else ""


def make(path, programmes, now, query) -> Kept:
    minute = now.replace(second=0, microsecond=0)
    until = minute + dt.timedelta(minutes=1) if name_of(path) in CLOCK_PAGES else None
    return Kept(serve(path, programmes, minute, query), until)


def name_of(path):
    found = find_view(path)
    return found and found[1]


def send(request, kept: Kept):
    answer = kept.answer
    headers = {"Content-Type": answer.content_type, "Vary": "Accept-Encoding", **answer.headers}
    if answer.may_be_framed:
        headers["Content-Security-Policy"] = HEADERS["Content-Security-Policy"].replace(FRAMED, "frame-ancestors *")
    if answer.status < 500:
        headers["Cache-Control"] = cache_control(answer.max_age)
        headers["ETag"] = kept.etag
    else:
        headers["Cache-Control"] = "no-store"
    if answer.status == 200 and kept.etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers={k: headers[k] for k in ("Vary", "Cache-Control", "ETag")})
    encoding = accepted_encoding(request, kept.bodies)
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    body = kept.bodies[encoding]
    headers["Content-Length"] = str(len(body))
    return HttpResponse(b"" if request.method == "HEAD" else body, status=answer.status, headers=headers)


def cache_control(max_age):
    if max_age > 86400:
        return f"public, max-age={max_age}, immutable"
    return f"public, max-age={max_age}, stale-while-revalidate=3, stale-if-error=604800"


def accepted_encoding(request, bodies):
    accepted = {}
    for item in request.headers.get("Accept-Encoding", "").lower().split(","):
        name, _semicolon, weight = item.strip().partition(";")
        accepted[name] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if name in bodies and accepted.get(name)), "identity")


def way_home(request, programmes):
    """To the current conference, in the visitor's language; to the list of conferences when none is published."""
    if not programmes:
        language = language_of(request, known())
        return send(request, Kept(serve(addresses.path("conferences", language, None), (), dt.datetime.now(dt.UTC))))
    current = programmes[0]
    language = language_of(request, current.languages)
    headers = {
        "Location": addresses.path("front", language, current.slug),
        "Vary": "Accept-Language",
        "Cache-Control": "public, max-age=60",
    }
    return HttpResponse(status=302, headers=headers)


def known():
    return [code for code, _name in settings.LANGUAGES]


def language_of(request, offered):
    """The offered language that the visitor likes best (RFC 9110, 12.5.4); the first one where none matches."""
    for tag, _weight in parse_accept_lang_header(speak_bokmal(request.headers.get("Accept-Language", "")).lower()):
        try:
            language = get_supported_language_variant(tag)
        except LookupError:
            continue
        if language in offered:
            return language
    return offered[0]
