"""Conference apps read the programme as schedule.xml, valid by the schema that they share."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from programme.formats import schedule_xml
from programme.formats.schedule_xml import numbers
from programme.values import Format, Material, Picture
from tests.factories_values import (
    a_part,
    a_person,
    a_programme,
    a_room,
    a_session,
    a_topic,
    a_track,
    on_stage,
    text,
    the_seed,
    uuid_of,
)

pytestmark = pytest.mark.usefixtures("own_address")


@pytest.fixture(scope="session")
def schema(data):
    return etree.XMLSchema(etree.parse(data / "validators" / "schedule.xml.xsd"))


@pytest.fixture
def read(schema):
    def read(programme, language="nb"):
        root = etree.fromstring(schedule_xml.encode(programme, language))
        schema.assertValid(root)
        return root

    return read


def a_rich_programme(**fields):
    picture = Picture("pictures/åpning.webp", 1200, 800, ((480, "pictures/a.480.webp"), (1200, "pictures/a.webp")))
    rich = {
        "format": Format(uuid_of("format"), "plenum", text({"nb": "Plenum", "en": "Plenary"})),
        "subtitle": "del 1 og del 2",
        "description": "Et *langt* innlegg.",
        "picture": picture,
        "livestream_url": "https://live.example.org/1?a=1&b=2",
        "recording_url": "https://video.example.org/1",
        "materials": (
            Material(uuid_of("slides"), text("Lysbilder"), "/media/materials/2026/åpning.pdf", "slides"),
            Material(uuid_of("link"), text(""), "https://alliance87.example.org/", "link"),
        ),
    }
    night = a_session("Fest", [a_part("2026-06-15 23:30", 180, room=a_room("Galleriet"))])
    late = a_session("Nattmat", [a_part("2026-06-16 02:30", 30, room=None)])
    next_day = a_session("Avslutning", [a_part("2026-06-16 09:00", 100 * 60)], is_cancelled=True)
    unscheduled = a_session("Senere", [a_part(None)])
    sessions = the_seed(**rich), night, late, next_day, unscheduled
    return a_programme(*sessions, logo=picture, website="https://sammen.example.org/år/2026", **fields)


def test_app_reads_the_seed_session(read):
    one, two = read(a_rich_programme()).xpath("//event[starts-with(title, 'Sammen')]")

    assert one.findtext("title") == "Sammen mot menneskehandel – Regjeringens ambisjoner"
    assert two.findtext("title") == "Sammen mot menneskehandel (del 2 av 2)"
    assert one.findtext("date") == "2026-06-15T13:00:00+02:00"
    assert (one.findtext("start"), one.findtext("duration")) == ("13:00", "00:45")
    assert (one.findtext("room"), one.findtext("track"), one.findtext("type")) == ("Storsalen", "Rettigheter", "Plenum")
    assert one.findtext("language") == "nb, en"
    assert one.findtext("abstract").startswith("Hvordan kan vi jobbe sammen")
    assert one.findtext("description") == (
        "Et *langt* innlegg.\n\nEn *samtale* om [Allianse 8.7](https://www.alliance87.org/); om arbeid, og om håp."
    )
    assert one.findtext("url") == "https://program.example.org/nb/sammen/sessions/sammen-mot-menneskehandel/"
    assert one.findtext("logo") == "https://program.example.org/media/pictures/%C3%A5pning.webp"
    assert one.findtext("recording/url") == "https://video.example.org/1"
    assert [link.get("href") for link in one.find("links")] == [
        "https://live.example.org/1?a=1&b=2",
        "https://alliance87.example.org/",
    ]
    assert one.find("attachments")[0].get("href") == "https://program.example.org/media/materials/2026/%C3%A5pning.pdf"


def test_app_shows_moderators_after_the_speakers(read):
    one = read(a_rich_programme()).find(".//event")
    assert [person.text for person in one.find("persons")] == ["Dag Inge Ulstein", "Anousheh Karvar", "Tina Davis"]


def test_app_keeps_its_bookmarks_when_titles_rooms_and_times_change(read):
    part = a_part()
    before = read(a_programme(a_session("Før", [part], uuid=uuid_of("s")))).find(".//event")
    moved = replace(part, room=a_room("Annet rom"), starts_at=part.starts_at + dt.timedelta(hours=1))
    moved = replace(moved, ends_at=part.ends_at + dt.timedelta(hours=1))
    after = read(a_programme(a_session("Etter", [moved], uuid=uuid_of("s")), a_session("Ny"))).xpath(
        "//event[title='Etter']"
    )[0]

    assert (
        (after.get("guid"), after.get("id"))
        == (before.get("guid"), before.get("id"))
        == (str(part.uuid), after.get("id"))
    )


def test_app_shows_a_night_on_the_day_that_it_belongs_to(read):
    days = read(a_rich_programme()).findall("day")

    assert [day.get("date") for day in days] == ["2026-06-15", "2026-06-16"]
    assert [day.get("start") for day in days] == ["2026-06-15T05:00:00+02:00", "2026-06-16T05:00:00+02:00"]
    assert [title.text for title in days[0].iterfind("room/event/title")][-2:] == ["Fest", "Nattmat"]
    assert days[0].findtext("room[@name='Galleriet']/event/duration") == "03:00"
    assert days[0].findtext("room[@name='Sentralen']/event/title") == "Nattmat"
    assert days[1].findtext("room/event/duration") == "99:59"


def test_app_sees_that_a_session_is_cancelled_and_nothing_of_what_is_gone(read):
    gone = a_session("Borte", parts=(), gone_parts=(a_part(name="gone"),), is_cancelled=True, is_gone=True)
    programme = a_programme(a_session("Avlyst post", is_cancelled=True), gone)
    titles = [title.text for title in read(programme, "en").iterfind("day/room/event/title")]

    assert titles == ["Cancelled: Avlyst post"]


def test_app_reads_the_facts_of_the_conference(read):
    conference = read(a_rich_programme(), "fr").find("conference")

    assert {element.tag: element.text for element in conference if element.text} == {
        "title": "Ensemble",
        "acronym": "sammen",
        "start": "2026-06-15",
        "end": "2026-06-16",
        "days": "2",
        "timeslot_duration": "00:15",
        "base_url": "https://program.example.org/fr/sammen/",
        "logo": "https://program.example.org/media/pictures/%C3%A5pning.webp",
        "url": "https://sammen.example.org/%C3%A5r/2026",
        "time_zone_name": "Europe/Oslo",
    }


def test_app_reads_a_programme_with_nothing_in_it(read):
    root = read(replace(a_programme(), sessions=(), rooms=(), people=()))

    assert [day.get("date") for day in root.findall("day")] == ["2026-06-15", "2026-06-16"]
    assert not root.findall(".//event")


def test_app_reads_a_conference_with_a_very_short_address(read):
    assert read(a_programme(slug="fv")).findtext("conference/acronym") == "fv-2026"
    assert read(a_programme(slug="FV-26_x")).findtext("conference/acronym") == "fv-26_x"


def test_app_is_given_the_same_bytes_whoever_asks(read):
    programme = a_rich_programme()
    calm = schedule_xml.encode(programme, "nn")
    with translation.override("fr"), timezone.override("Asia/Tokyo"):
        assert schedule_xml.encode(programme, "nn") == calm


def test_ids_that_meet_are_told_apart():
    first = uuid_of("a")
    second = type(first)(int=first.int + (2**31 - 1 - 1000))

    found = numbers([second, first, first])

    assert found == numbers([first, second])
    assert len(set(found.values())) == 2
    assert found[min(first, second)] + 1 == found[max(first, second)]


HOSTILE = ["<script>alert(1)</script> & ]]>", "Null\x00 og \x1b[31m\ufffe", "🏳️‍🌈 👩‍👩‍👧‍👦", "  ", "מילים וملاحظة"]


@pytest.mark.parametrize("title", HOSTILE)
def test_app_reads_hostile_titles(read, title):
    session = a_session({"nb": title}, slug="x", lead=title, track=a_track(title), topics=(a_topic(title),))
    session = replace(session, speakers=(on_stage(a_person(title)),))
    event = read(a_programme(session, name=title)).find(".//event")

    expected = " ".join(re.sub("[\x00\x1b\ufffe]", "", title).split())
    assert (event.findtext("title") or "") == expected
    assert (event.findtext("persons/person") or "") == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(words=st.text(), minutes=st.integers(1, 20000), slug=st.from_regex(r"[a-zA-Z0-9_-]{1,20}", fullmatch=True))
def test_app_reads_whatever_staff_write(schema, words, minutes, slug):
    session = a_session({"nb": words or "–"}, [a_part(minutes=minutes)], lead=words, description=words, slug=slug)
    programme = a_programme(session, slug=slug)
    schema.assertValid(etree.fromstring(schedule_xml.encode(programme, "nb")))
