"""What a process tells of itself, line by line: when, what, and in which request; nothing of who asks.

No address of a visitor, no query string, no name: staff are numbers, and what is private in a path stays out, since the
route is told instead of it; of a database's errors, what they quote of a statement or a row. With LOG_FORMAT=json (the
default in production) each line is one JSON object.
"""

import datetime as dt
import json
import logging
import re
import time
import uuid
from contextvars import ContextVar

# What PostgreSQL adds to an error: a part of the statement, or of the row; both hold what somebody wrote.
QUOTED = re.compile(r"^(LINE \d+:.*\n *\^|(DETAIL|CONTEXT|QUERY):.*)\n?", re.MULTILINE)
SANE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
TOKEN = re.compile(r"/preview/[^/\s]+")
STANDARD = set(vars(logging.makeLogRecord({}))) | {
    "message",
    "asctime",
    "taskName",
    "request",
    "response",
    "status_code",
}
current: ContextVar[dict | None] = ContextVar("the environ of the request that is being answered", default=None)
log = logging.getLogger("plenum.request")


def request_id() -> str:
    """The id of the request that is being answered: the proxy's (X-Request-ID) if it is a sane one, or one made here; ""
    outside of requests."""
    environ = current.get()
    if environ is None:
        return ""
    if "plenum.id" not in environ:
        given = environ.get("HTTP_X_REQUEST_ID", "")
        environ["plenum.id"] = given if SANE_ID.fullmatch(given) else uuid.uuid4().hex
    return environ["plenum.id"]


class JsonLines(logging.Formatter):
    """One JSON object a line: "at" (ISO 8601, UTC), "level", "logger", "message", "request", "error", and what was given as `extra`."""

    def format(self, record):
        line = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": QUOTED.sub("", record.getMessage()).rstrip(),
            "request": request_id(),
            "error": self.formatException(record.exc_info) if record.exc_info else "",
        }
        more = {name: value for name, value in vars(record).items() if name not in STANDARD}
        return json.dumps({name: value for name, value in (line | more).items() if value != ""}, default=str)

    def formatException(self, exc_info):
        return QUOTED.sub("", super().formatException(exc_info))


def without_tokens(record) -> bool:
    """A filter of lines that lets all through, those about preview links without what opens them."""
    said = record.getMessage()
    if "/preview/" in said:
        record.msg, record.args = TOKEN.sub("/preview/…", said), ()
    return True


def Told(get_response):
    """Middleware for what Django answers, which is for staff: one line for each request, and its id in the answer."""

    def middleware(request):
        current.set(request.META)
        started = time.perf_counter()
        response = get_response(request)
        response.headers.setdefault("X-Request-ID", request_id())
        log.info("answered", extra=facts(request, response, started))
        return response

    return middleware


def facts(request, response, started):
    match = request.resolver_match
    return {
        "method": request.method,
        "route": match.route if match else "",
        "status": response.status_code,
        "milliseconds": round((time.perf_counter() - started) * 1000, 1),
        "staff": staff_id(request),
    }


def staff_id(request):
    """The number of the account, where this request has asked for it; to ask for it here would cost others a query."""
    user = getattr(request, "_cached_user", None)
    return user.pk if user and user.pk else ""


def configuration(level: str, as_json: bool) -> dict:
    """For logging.config.dictConfig: all lines to standard error. Our own are told from "INFO" on in production."""
    formatters = {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "conference.logs.JsonLines"},
    }
    console = {"class": "logging.StreamHandler", "formatter": "json" if as_json else "line", "filters": ["tokens"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": formatters,
        "filters": {"tokens": {"()": lambda: without_tokens}},
        "handlers": {"console": console},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "plenum": {"level": "INFO" if as_json else level},
            "axes": {"level": "ERROR"},  # tells user names and addresses; who signed in is kept in the admin's own list
        },
    }
