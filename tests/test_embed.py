"""The programme on other people's websites."""

import json

import pytest

from tests.factories import make_conference, make_release, make_session, make_track

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    make_conference()
    make_session("Åpning", at="10:00", track=make_track("Rettigheter"))
    make_session("Avslutning", at="2030-02-01 15:00")
    make_release()


def test_any_site_may_frame_the_bare_programme_and_no_other_page(visitor, programme):
    embedded = visitor.get("/nb/sammen/embed/")

    assert "frame-ancestors *" in embedded.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in visitor.get("/nb/sammen/").headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in embedded.headers
    assert ("Åpning" in embedded.text, "Avslutning" in embedded.text) == (True, True)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?day=2030-01-31", (True, False)),
        ("?track=rettigheter", (True, False)),
        ("?day=2030-02-01", (False, True)),
        ("?day=x", (False, False)),
    ],
)
def test_the_lines_to_paste_choose_a_day_or_a_track(visitor, programme, query, shown):
    page = visitor.get(f"/en/sammen/embed/{query}").text
    assert ("Åpning" in page, "Avslutning" in page) == shown


def test_the_lines_to_paste_are_there_to_copy(visitor, programme, settings):
    page = visitor.get("/fr/sammen/for-websites/").text

    assert f'&lt;iframe src="{settings.PUBLIC_URL}/fr/sammen/embed/"' in page
    assert f"{settings.PUBLIC_URL}/fr/sammen/embed/?track=rettigheter" in page


def test_a_pasted_address_becomes_the_programme_by_oembed(visitor, programme, settings):
    address = f"{settings.PUBLIC_URL}/en/sammen/sessions/apning/"
    answer = visitor.get("/oembed.json", {"url": address, "maxwidth": "400"})

    assert answer.headers["Content-Type"].startswith("application/json")
    found = json.loads(answer.content)
    assert (found["version"], found["type"], found["width"]) == ("1.0", "rich", 400)
    assert f'src="{settings.PUBLIC_URL}/en/sammen/embed/"' in found["html"]
    assert "/oembed.json?url=" in visitor.get("/en/sammen/sessions/apning/").text


@pytest.mark.parametrize("address", ["", "https://elsewhere.example/en/sammen/", "javascript:alert(1)"])
def test_oembed_knows_our_own_addresses_only(visitor, programme, address):
    assert visitor.get("/oembed.json", {"url": address}).status_code == 404
