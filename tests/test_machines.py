"""What search engines, maps of the site and cards of shared links get to read."""

import io
import json
import re

import pytest
from lxml import etree
from PIL import Image

from conference.language_names import locale_of
from tests.factories import (
    make_conference,
    make_moderator,
    make_part,
    make_person,
    make_release,
    make_room,
    make_session,
    make_speaker,
    moment,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    make_conference(
        venue_name="Lanternehuset", venue_address="Eksempelgata 87", venue_latitude="59.9", venue_longitude="10.7"
    )
    session = make_session(
        "Sammen </script> & slikt", slug="sammen", room=make_room("Storsalen"), spoken_languages=["nb"]
    )
    second = make_part(session, "15:00", title="Del to")
    make_speaker(session, make_person("Anousheh Karvar", title="Leder"), part=second)
    make_moderator(session, make_person("Tina Davis"))
    make_release()
    return session


def data_of(page):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])


def test_each_page_names_its_language_and_the_others_as_open_graph_does(visitor, session):
    for path in ("", "sessions/sammen/", "speakers/"):
        page = visitor.get(f"/nn/sammen/{path}").text
        assert re.findall(r'property="(og:locale[^"]*)" content="([^"]+)"', page) == [
            ("og:locale", "nn_NO"),
            ("og:locale:alternate", "nb_NO"),
            ("og:locale:alternate", "en_GB"),
            ("og:locale:alternate", "fr_FR"),
        ]
    assert [locale_of(code) for code in ("de", "pt-br", "sv", "zh-hans")] == ["de_DE", "pt_BR", "sv_SE", "zh_CN"]


def test_a_session_is_an_event_with_its_parts_people_and_place(visitor, session):
    data = data_of(visitor.get("/nb/sammen/sessions/sammen/").text)

    assert (data["@type"], data["name"]) == ("Event", "Sammen </script> & slikt")
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["inLanguage"] == ["nb"]
    assert [(part["name"], part["startDate"]) for part in data["subEvent"]] == [
        ("Sammen </script> & slikt", "2030-01-31T13:00:00+01:00"),
        ("Del to", "2030-01-31T15:00:00+01:00"),
    ]
    assert data["subEvent"][0]["location"]["name"] == "Storsalen, Lanternehuset"
    assert data["performer"][0]["name"] == "Anousheh Karvar"
    assert data["performer"][1] == {
        "@type": "PerformanceRole",
        "roleName": "moderator",
        "performer": data["performer"][1]["performer"],
    }
    assert data["superEvent"]["location"]["geo"]["latitude"] == 59.9


def test_a_cancelled_session_is_a_cancelled_event(visitor, session):
    session.cancel()
    make_release()

    data = data_of(visitor.get("/nb/sammen/sessions/sammen/").text)
    assert data["eventStatus"] == "https://schema.org/EventCancelled"


def test_a_session_that_was_moved_says_when_it_should_have_been(visitor):
    moved = make_session("Samtale", at="13:00", room=make_room("Storsalen"))
    make_release()
    moved.parts.update(starts_at=moment("14:00"), ends_at=moment("15:00"))
    make_release()

    data = data_of(visitor.get("/nb/sammen/sessions/samtale/").text)
    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    assert data["previousStartDate"] == "2030-01-31T13:00:00+01:00"
    assert data["startDate"] == "2030-01-31T14:00:00+01:00"


def test_the_front_page_is_the_conference_as_an_event_with_a_picture(visitor, session):
    page = visitor.get("/fr/sammen/").text
    data = data_of(page)

    assert (data["startDate"], data["endDate"], data["inLanguage"]) == ("2030-01-31", "2030-02-01", ["nb"])
    assert f'<meta property="og:image" content="{data["image"]}">' in page
    picture = Image.open(io.BytesIO(visitor.get("/fr/sammen/card.png").content))
    assert picture.size == (1200, 630)


@pytest.mark.parametrize("title", ["Kort", "Sammen mot menneskehandel " * 8, "x" * 300, "Ærø – «sitat» 🙂"])
def test_a_shared_session_has_a_picture_of_its_own(visitor, title):
    make_session(title, slug="sammen")
    make_release()

    answer = visitor.get("/fr/sammen/sessions/sammen.png")
    assert answer.headers["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    assert len(answer.content) < 60_000
    assert 'property="og:image" content="' in visitor.get("/fr/sammen/sessions/sammen/").text


def test_the_sitemap_leads_to_every_page_in_every_language(visitor, session, settings):
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    index = etree.fromstring(visitor.get("/sitemap.xml").content)
    maps = [url.removeprefix(settings.PUBLIC_URL) for url in index.xpath("//s:loc/text()", namespaces=names)]
    assert maps == [f"/{language}/sammen/sitemap.xml" for language in ("nb", "nn", "en", "fr")]

    pages = etree.fromstring(visitor.get(maps[3]).content)
    for address in pages.xpath("//s:loc/text() | //x:link/@href", namespaces=names):
        assert visitor.get(address.removeprefix(settings.PUBLIC_URL)).status_code == 200
    assert len(pages.xpath("//s:url", namespaces=names)) == 12


def test_robots_may_read_all_but_the_admin(visitor, session, settings):
    text = visitor.get("/robots.txt").text
    assert "Disallow: /admin/" in text
    assert f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml" in text
