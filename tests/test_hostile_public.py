"""Whatever is asked for, in whatever words: an answer in a few words, and never a failure."""

import io
from urllib.parse import quote_from_bytes

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import given
from hypothesis import strategies as st

from programme.answers import MOST_BYTES_OF_QUERIES, answers
from programme.middleware import in_front_of
from tests.factories import make_person, make_release, make_room, make_session, make_topic, make_track
from tests.fuzzing import examples, odd_words

pytestmark = pytest.mark.django_db

KNOWN = [
    *("nb", "nn", "en", "fr", "de", "sammen", "programme", "2030-01-31", "0000-00-00", "9999-12-31", "sessions", "apning"),
    *("apning.ics", "apning.png", "1.ics", "99999999999999999999.ics", "speakers", "kari", "kari.ics", "rooms", "storsalen", "now"),
    *("tracks", "topics", "search", "changes", "changes.atom", "calendar", "embed", "mine", "mine.ics", "mine.json", "qr.svg"),
    *("sw.js", "offline.json", "manifest.webmanifest", "schedule.xml", "programme.ics", "sitemap.xml", "oembed.json", "style-x.css"),
    *("media", "pictures", "static", "preview", "admin", "login", "jsi18n", "healthz", "readyz", "metrics", "..", ".", ""),
]  # fmt: skip
NAMES = [
    *("q", "s", "view", "track", "topic", "format", "room", "language", "follow", "access", "day", "url", "maxwidth", "maxheight"),
    *("next", "p", "o", "_popup", "e"),
]  # fmt: skip
HEADERS = [
    *("ACCEPT_LANGUAGE", "ACCEPT_ENCODING", "ACCEPT", "IF_NONE_MATCH", "IF_MODIFIED_SINCE", "RANGE", "HOST", "COOKIE", "REFERER"),
    *("USER_AGENT", "X_REQUEST_ID", "X_FORWARDED_FOR", "X_FORWARDED_PROTO", "X_FORWARDED_HOST", "AUTHORIZATION", "ORIGIN"),
]  # fmt: skip
VALUES = [
    *("*", "nb;q=x,,;q=", "xx-" * 500, "en;q=" + "9" * 400, '"', "W/", '*, W/"x"', "bytes=0-0", "bytes=9-1,-5,a-b", "bytes=" + "0-1," * 900),
    *("Thu, 99 Foo 99999 99:99:99 GMT", "gzip;q=0, br;q=nan", "a" * 9000, "127.0.0.1:99999", "[::1", "evil.example", "a@b", "sessionid=" + "x" * 4000),
]  # fmt: skip
door = in_front_of(WSGIHandler())


def as_wire(words: str) -> bytes:
    return words.encode("utf-8", "surrogatepass")


segments = st.one_of(st.sampled_from(KNOWN).map(as_wire), odd_words.map(as_wire), st.binary(max_size=12))
paths = st.lists(segments, max_size=7).map(lambda parts: b"/" + b"/".join(parts))
pairs = st.tuples(st.sampled_from(NAMES), st.one_of(odd_words.map(as_wire), st.sampled_from(KNOWN).map(as_wire)))
queries = st.one_of(
    st.lists(pairs, max_size=5).map(lambda found: "&".join(f"{n}={quote_from_bytes(v)}" for n, v in found)),
    odd_words.map(lambda words: as_wire(words).decode("latin-1")),
    st.sampled_from(["&".join(["track=x"] * 3000), "s=" + "a" * 9000, "%" * 5000, "&" * 5000, "q[]=1&q[a]=2"]),
)
headers = st.dictionaries(
    st.sampled_from(HEADERS),
    st.one_of(st.sampled_from(VALUES), odd_words.map(lambda words: as_wire(words).decode("latin-1"))),
    max_size=3,
)


def ask(path: bytes, query="", method="GET", body=b"", **more):
    """(status, headers, body) of a request as a server passes it on, with no client in between that would tidy it up."""
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path.decode("latin-1"),
        "SCRIPT_NAME": "",
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        **{f"HTTP_{name}": value for name, value in more.items()},
    }
    said = []
    answer = door(environ, lambda status, headers, *_: said.extend([int(status[:3]), headers]))
    sent = b"".join(answer)
    getattr(answer, "close", lambda: None)()
    return (*said, sent)


@pytest.fixture
def same_connection():
    """Requests do not close the connection that the test's transaction is in, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def published(same_connection):
    session = make_session(
        "Åpning", room=make_room("Storsalen"), track=make_track("Rett"), topics=[make_topic("Arbeid")], slug="apning"
    )
    session.speakers.create(person=make_person("Kari", slug="kari"), position=1)
    make_release()


@examples(250)
@given(paths, queries, headers, st.sampled_from(["GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "BREW"]))
def test_no_request_makes_a_public_page_fail(published, path, query, headers, method):
    status, sent, body = ask(path, query, method, **headers)

    assert status < 500
    for name, value in sent:
        assert "\n" not in value, name
        assert "\r" not in value, name
    if status in (301, 302):
        location = dict(sent)["Location"]
        assert not location.startswith(("//", "/\\")), location
    assert len(body) < 400_000
    assert not [cookie for name, cookie in sent if name == "Set-Cookie" and not path.startswith(b"/admin")]


def test_the_database_answers_after_whatever_was_asked(published):
    for path in (b"/media/x", b"/preview/x/", b"/admin/", b"/readyz", b"/nb/sammen/"):
        status, _headers, _body = ask(path)
        assert status < 500, path
    assert ask(b"/readyz")[0] == 200


PAGES = ["programme/", "programme/2030-01-31/", "search/", "embed/", "mine/", "mine.ics", "mine/qr.svg"]


@examples(120)
@given(st.sampled_from(PAGES), queries, st.sampled_from(["nb", "fr"]))
def test_whatever_is_asked_of_a_page_that_reads_its_query_is_answered_from_little_memory(
    published, page, query, language
):
    status, _headers, body = ask(f"/{language}/sammen/{page}".encode(), query)

    assert status in (200, 404)
    assert len(body) < 200_000
    assert b"<script>alert" not in body
    assert answers.queries.size <= MOST_BYTES_OF_QUERIES


@pytest.mark.once
def test_a_thousand_questions_do_not_push_out_the_pages(published):
    ask(b"/nb/sammen/")
    made = answers.number
    for number in range(1000):
        ask(b"/nb/sammen/nowhere/%d/" % number, f"q={number}")
        ask(b"/nb/sammen/", f"q={number}")
    assert answers.number == made


@examples(60)
@given(st.one_of(odd_words.map(as_wire), st.binary(max_size=60)), paths)
def test_a_forged_preview_link_shows_nothing(published, token, path):
    status, _headers, body = ask(b"/preview/" + token + b"/" + path.lstrip(b"/"))

    assert status in (301, 302, 400, 403, 404, 410)
    assert b"Kari" not in body


@pytest.mark.parametrize("date", ["0000-00-00", "0000-01-01", "0001-01-01", "9999-12-31", "2030-02-30", "2030-13-01"])
def test_absurd_days_are_not_there(published, date):
    for page in (f"programme/{date}/", f"embed/?day={date}"):
        path, _mark, query = page.partition("?")
        assert ask(f"/nb/sammen/{path}".encode(), query)[0] in (200, 404)
    assert ask(f"/nb/sammen/programme/{date}/".encode())[0] == 404
