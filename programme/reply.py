"""What goes over the wire: an answer, ready to be sent again and again without any work."""

import datetime as dt
import gzip
import hashlib
from functools import lru_cache
from http import HTTPStatus
from typing import NamedTuple

import brotli
from django.utils.http import parse_etags
from prometheus_client import Counter

from conference import safety
from conference.metrics import REQUESTS
from conference.safety import transport_security
from programme.page import SECONDS_FRESH, Answer

BESIDE = 4096  # bytes that an answer takes in memory beside its body: its key, headers and objects
SHORTEST_TO_COMPRESS = 600  # bytes
SECONDS_STALE = 1  # that a cache may still give an answer while it asks for the next one
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
    " manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)
HEADERS = safety.HEADERS | {"Content-Security-Policy": f"{POLICY}'none'"}
IN_ANY_FRAME = safety.FOR_OTHER_SITES | {"Content-Security-Policy": f"{POLICY}*", "X-Frame-Options": ""}


class Reply(NamedTuple):
    """A response as WSGI wants it (PEP 3333): "200 OK", the headers in order, the body."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    counter: Counter  # of those like it


def reply(status: int, headers: dict[str, str], body: bytes = b"", page: str = "none") -> Reply:
    """A reply with the headers that every public one has; `page` is the kind it is counted as."""
    headers = {name: value for name, value in (HEADERS | transport_security() | headers).items() if value}
    if status != HTTPStatus.NOT_MODIFIED:
        headers["Content-Length"] = str(len(body))
    return Reply(
        f"{status} {HTTPStatus(status).phrase}", list(headers.items()), body, REQUESTS.labels(page, str(int(status)))
    )


class Kept:
    """An answer as it is sent: one reply for each encoding, and one for who has it already; good until a moment, or for ever."""

    __slots__ = ("answer", "etag", "replies", "size", "unchanged", "until")

    def __init__(self, answer: Answer, until: dt.datetime | None = None, page: str = "none"):
        self.answer, self.until = answer, until
        self.etag = f'W/"{hashlib.blake2b(answer.body, digest_size=12).hexdigest()}"'
        headers = headers_of(answer, self.etag)
        packed = {name: {"Content-Encoding": name} for name in ("br", "gzip")}
        self.replies = {
            name: reply(answer.status, headers | packed.get(name, {}), body, page)
            for name, body in encoded(answer.body, is_style=answer.content_type.startswith("text/css"))
        }
        again = {name: value for name, value in headers.items() if name != "Content-Type"}
        self.unchanged = reply(HTTPStatus.NOT_MODIFIED, again, page=page)
        self.size = BESIDE + sum(len(each.body) for each in self.replies.values())

    def reply_to(self, environ: dict) -> Reply:
        """What this visitor is sent: as the browser's headers (RFC 9110) ask for it."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and self.answer.status == HTTPStatus.OK and self.etag in parse_etags(known):
            return self.unchanged
        for encoding in liked(environ.get("HTTP_ACCEPT_ENCODING", "")):
            if encoding in self.replies:
                return self.replies[encoding]
        return self.replies["identity"]


def encoded(body: bytes, is_style: bool = False):
    """(encoding, bytes), for the encodings worth their while."""
    yield "identity", body
    if len(body) >= SHORTEST_TO_COMPRESS:
        yield "br", packed_well(body) if is_style else brotli.compress(body, quality=5)
        yield "gzip", gzip.compress(body, 6, mtime=0)


@lru_cache(maxsize=8)
def packed_well(body: bytes) -> bytes:
    """As small as brotli (RFC 7932) makes it: slow, but a stylesheet is the same in all languages, and for many releases."""
    return brotli.compress(body)


def headers_of(answer: Answer, etag: str) -> dict[str, str]:
    headers = {"Content-Type": answer.content_type, "Vary": "Accept-Encoding", **answer.headers}
    if answer.may_be_framed:
        headers |= IN_ANY_FRAME
    if answer.content_type.startswith(("text/css", "application/json", "application/manifest")):
        headers |= dict.fromkeys(safety.ABOUT_PAGES, "")
    if answer.status >= 500:
        return headers | {"Cache-Control": "no-store"}
    return headers | {"Cache-Control": cache_control(answer.max_age), "ETag": etag}


def cache_control(max_age):
    if max_age > 86400:
        return f"public, max-age={max_age}, immutable"
    fresh = f"max-age={max_age}"
    if max_age == SECONDS_FRESH:  # a cache on the way has held it already: a browser asks, and is told 304
        fresh = f"max-age=0, s-maxage={SECONDS_FRESH}"
    return f"public, {fresh}, stale-while-revalidate={SECONDS_STALE}, stale-if-error=604800"


@lru_cache(maxsize=256)
def liked(accept_encoding: str) -> tuple[str, ...]:
    """The compressions that a browser takes (RFC 9110, 12.5.3), the smaller first."""
    accepted = {}
    for item in accept_encoding.lower().split(","):
        name, _semicolon, weight = item.strip().partition(";")
        accepted[name] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return tuple(name for name in ("br", "gzip") if accepted.get(name))
