"""How public pages are served: without a database, cookies, or anything else to wait for."""

import datetime as dt
import gzip

import brotli
import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from conference.models import Conference
from conference.visitors import address_of
from programme.answers import Answers, answers
from programme.models import Release
from programme.page import Answer
from programme.reply import Kept
from programme.shelf import SECONDS_BETWEEN_LOOKS, shelf
from tests.factories import (
    make_conference,
    make_person,
    make_release,
    make_room,
    make_session,
    make_staff,
    make_topic,
    make_track,
)

pytestmark = pytest.mark.django_db
ADDRESSES = [
    *("", "programme/", "programme/2030-01-31/", "sessions/sammen/", "speakers/", "speakers/kari/", "rooms/storsalen/"),
    *(
        "tracks/samarbeid/",
        "topics/arbeid/",
        "now/",
        "programme.ics",
        "schedule.xml",
        "sessions/sammen.ics",
        "sessions/sammen/1.ics",
    ),
    *("speakers/kari.ics", "rooms/storsalen.ics", "tracks/samarbeid.ics", "topics/arbeid.ics", "nowhere/"),
]


@pytest.fixture
def programme():
    room, track, topic = make_room(), make_track("Samarbeid"), make_topic("Arbeid")
    make_session(
        "Sammen", room=room, track=track, topics=[topic], speakers=[make_person("Kari")], lead="Hva skal til? " * 50
    )
    return make_release()


def test_public_pages_ask_the_database_nothing_once_the_release_is_known(visitor, programme):
    visitor.get("/nb/sammen/")

    shelf.looked_at = float("inf")  # the once-a-second look is not due
    with CaptureQueriesContext(connection) as queries:
        statuses = {
            address: visitor.get(f"/{language}/sammen/{address}").status_code
            for language in ("nb", "fr")
            for address in ADDRESSES
        }
    assert len(queries) == 0
    assert {address for address, status in statuses.items() if status != 200} == {"nowhere/"}


def test_the_look_for_a_new_release_is_one_query_in_a_while(visitor, programme, monkeypatch):
    assert SECONDS_BETWEEN_LOOKS == 1, "no more often; and no more seldom, or visitors see a new release late"
    monkeypatch.setattr("programme.shelf.SECONDS_BETWEEN_LOOKS", 3600)  # on the slowest machine
    visitor.get("/nb/sammen/")

    with CaptureQueriesContext(connection) as queries:
        for _turn in range(3):
            shelf.forget()
            visitor.get("/nb/sammen/programme/")
            visitor.get("/nb/sammen/")
    assert len(queries) == 3


def test_a_new_release_is_seen_by_the_next_visitor(visitor, programme):
    assert "Nytt" not in visitor.get("/nb/sammen/programme/").text

    make_session("Nytt")
    make_release()

    assert "Nytt" in visitor.get("/nb/sammen/programme/").text


def test_an_unchanged_page_is_not_sent_twice(visitor, programme):
    first = visitor.get("/nb/sammen/programme/")
    second = visitor.get("/nb/sammen/programme/", headers={"if-none-match": first.headers["ETag"]})

    assert (second.status_code, second.content) == (304, b"")
    assert second.headers["ETag"] == first.headers["ETag"]
    assert "stale-if-error" in second.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("accepted", "encoding", "read"),
    [("br, gzip", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("gzip;q=0", None, bytes)],
)
def test_pages_are_compressed_as_the_browser_likes(visitor, programme, accepted, encoding, read):
    plain = visitor.get("/nb/sammen/sessions/sammen/")
    packed = visitor.get("/nb/sammen/sessions/sammen/", headers={"accept-encoding": accepted})

    assert packed.headers.get("Content-Encoding") == encoding
    assert read(packed.content) == plain.content
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_public_pages_set_no_cookie_and_ask_no_third_party(visitor, programme, client):
    client.force_login(make_staff())
    for address in ADDRESSES:
        response = visitor.get(f"/en/sammen/{address}")
        assert not response.cookies
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "http" not in policy
        assert response.headers["Cache-Control"].startswith("public")


def test_a_head_request_gets_the_headers_alone(visitor, programme):
    response = visitor.head("/nb/sammen/")

    assert (response.status_code, response.content) == (200, b"")
    assert int(response.headers["Content-Length"]) > 1000
    assert visitor.post("/nb/sammen/").status_code == 405


def test_the_public_site_survives_the_database(visitor, programme, monkeypatch):
    visitor.get("/nb/sammen/")

    def gone():
        raise OperationalError("the database is gone")

    monkeypatch.setattr(Conference.objects, "published", gone)
    shelf.forget()

    assert visitor.get("/nb/sammen/sessions/sammen/").status_code == 200
    shelf.empty()
    response = visitor.get("/fr/sammen/", headers={"accept-language": "nn"})
    assert response.status_code == 503
    assert "De retour dans un instant" in response.text
    assert (response.headers["Cache-Control"], response.headers["Retry-After"]) == ("no-store", "30")
    assert "Straks tilbake" in visitor.get("/", headers={"accept-language": "nn"}).text


def test_a_release_that_cannot_be_read_takes_no_other_conference_down(visitor, programme):
    other = make_conference("Annet")
    make_session("Annen post", conference=other)
    bad = make_release(other)
    Release.objects.filter(pk=bad.pk).update(programme={"schema": 99})
    shelf.empty()

    assert visitor.get("/nb/sammen/").status_code == 200
    assert visitor.get("/nb/annet/").status_code == 404


def test_an_unreadable_new_release_leaves_the_last_good_one(visitor, programme):
    visitor.get("/nb/sammen/")
    make_session("Nytt")
    bad = make_release()
    Release.objects.filter(pk=bad.pk).update(programme={"schema": 99})
    shelf.forget()

    assert visitor.get("/nb/sammen/sessions/sammen/").status_code == 200


def test_answers_are_kept_up_to_a_size_and_made_once():
    kept, made = Answers(), []

    def make():
        made.append(1)
        return Kept(Answer(b"x" * 1000))

    for _turn in range(3):
        kept.get("one", dt.datetime.now(dt.UTC), make)
    assert len(made) == 1
    assert kept.size == sum(each.size for each in kept.pages.kept.values()) > 1000


def test_pages_that_do_not_exist_fill_no_memory(visitor, programme):
    for number in range(20):
        visitor.get(f"/nb/sammen/sessions/{number}/")
        visitor.get(f"/nb/{number}/")
    assert answers.size == 0


def test_an_address_without_its_last_slash_is_mended(visitor, programme):
    assert visitor.get("/nb/sammen").headers["Location"] == "/nb/sammen/"


@pytest.mark.parametrize(
    "path",
    [
        "/%00/",
        "/nb/sammen/sessions/%F0%9F%98%80/",
        "/nb//",
        "//nb/",
        "/nb/sammen/programme/0000-00-00/",
        "/nb/sammen/sessions/sammen/99999999999999999999.ics",
        "/" + "a" * 5000,
    ],
)
def test_odd_addresses_are_not_found(visitor, programme, path):
    assert visitor.get(path).status_code in (301, 302, 404)


def test_the_stylesheet_carries_the_conferences_colours(visitor, programme):
    from tests.pages import Links

    address = next(a for a in Links(visitor.get("/nb/sammen/").text).addresses if a.endswith(".css"))
    response = visitor.get(address)

    assert response.headers["Content-Type"].startswith("text/css")
    assert ".track-samarbeid" in response.text
    assert "immutable" in response.headers["Cache-Control"]


def test_health_tells_of_the_process_and_of_the_database(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_redirects_for_made_up_addresses_fill_no_memory(visitor, programme):
    assert visitor.get("/foo1").status_code == 301
    assert answers.size == 0


def test_a_stylesheet_of_another_version_is_not_kept_for_a_year(visitor, programme):
    response = visitor.get("/nb/sammen/style-madeup.css")
    assert "immutable" not in response.headers["Cache-Control"]


def test_plain_http_is_sent_on_to_https_where_the_operator_asks_for_it(visitor, programme, settings):
    settings.SECURE_SSL_REDIRECT = True

    response = visitor.get("/nb/sammen/?view=list")
    assert (response.status_code, response.headers["Location"]) == (301, "https://testserver/nb/sammen/?view=list")


def test_behind_a_proxy_a_sign_in_is_counted_for_the_visitor_not_the_proxy(rf, settings):
    request = rf.get("/", headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"}, REMOTE_ADDR="10.0.0.1")

    assert address_of(request) == "10.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert address_of(request) == "198.51.100.7"
