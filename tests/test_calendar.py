"""An attendee takes sessions home: what stands in a calendar entry, and that the file is one that all programs read."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import icalendar
import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from programme.formats import ical
from programme.whole import Gone
from tests.calendar_readers import READERS, read_with_icalendar, with_unknown_zone
from tests.factories_values import (
    a_part,
    a_person,
    a_programme,
    a_room,
    a_session,
    a_topic,
    a_track,
    on_stage,
    the_seed,
)

pytestmark = pytest.mark.usefixtures("own_address")
GOLDEN = Path(__file__).parent / "golden"


def lines_of(body):
    return body.decode().replace("\r\n ", "").split("\r\n")


def calendar_of(body):
    return icalendar.Calendar.from_ical(body)


def entries_of(programme, language="nb", about=None):
    """The events, by their title."""
    return {
        str(event["summary"]): event for event in calendar_of(ical.encode(programme, language, about)).walk("VEVENT")
    }


def entry_of(programme, language="nb", about=None):
    (entry,) = entries_of(programme, language, about).values()
    return entry


# --- One entry


def test_attendee_gets_the_very_file_that_was_looked_at_when_it_was_made():
    programme = a_programme(the_seed(), venue_latitude=59.910912, venue_longitude=10.740501)
    made = ical.encode(programme, "nb", programme.sessions[0])

    assert made.decode() == (GOLDEN / "sammen-mot-menneskehandel.ics").read_bytes().decode()


def test_a_part_that_is_named_after_its_session_is_not_called_by_both_names():
    parts = a_part(title="Sammen mot menneskehandel del 1"), a_part(title="Samtale", name="two")
    session = a_session("Sammen mot menneskehandel", parts=parts)

    assert set(entries_of(a_programme(session))) == {
        "Sammen mot menneskehandel del 1",
        "Sammen mot menneskehandel – Samtale",
    }


def test_attendee_reads_who_what_and_where_in_french():
    entry = entries_of(a_programme(the_seed()), "fr")["Ensemble contre la traite des êtres humains (partie 2 sur 2)"]

    assert entry["summary"].params["LANGUAGE"] == "fr"
    assert entry["location"] == "Storsalen, Sentralen, Øvre Slottsgate 3, Oslo"
    assert str(entry["description"]).split("\n\n")[1:] == [
        "Intervenant·e\xa0:\n• Anousheh Karvar, présidente de l’Alliance 8.7, gouvernement français",
        "Modérateur·rice\xa0:\n• Tina Davis",
        "Questions pour la discussion\xa0:\n• Hvordan kan vi jobbe sammen?\n• Hva kan Norge lære av Frankrike? (à Anousheh Karvar)",
        "Langue\xa0: norvégien, anglais\nInterprétation en\xa0: anglais, français\nSous-titres",
        "https://program.example.org/fr/sammen/sessions/sammen-mot-menneskehandel/",
    ]


def test_attendee_sees_the_words_that_there_are_and_the_language_they_are_in():
    entry = entry_of(a_programme(a_session({"nb": "Om håp"})), "fr")

    assert entry["summary"] == "Om håp"
    assert entry["summary"].params["LANGUAGE"] == "nb"


def test_attendee_reads_markdown_as_plain_text():
    markdown = (
        "# Om *dagen*\n\nVi har [et kart](https://kart.example.org) og `kode`.\n\n- én\n- to\n  1. tre\n\n<b>fire</b>"
    )
    entry = entry_of(a_programme(a_session(parts=[a_part(description=markdown)])))

    assert str(entry["description"]).startswith(
        "Om dagen\n\nVi har et kart (https://kart.example.org) og kode.\n\n• én\n• to\n  1. tre\n\n<b>fire</b>\n\n"
    )


def test_attendee_reads_tables_code_and_line_breaks_as_plain_text():
    markdown = "En  \nto\ntre\n\n```\nkode  her\n```\n\n| når | hva |\n|---|---|\n| 9 | kaffe |\n\n> sitat <https://a.example.org/>"
    entry = entry_of(a_programme(a_session(parts=[a_part(description=markdown)])))

    assert str(entry["description"]).startswith(
        "En\nto tre\n\nkode  her\n\nnår | hva\n9 | kaffe\n\nsitat https://a.example.org/\n\n"
    )


def test_attendee_reads_the_notice_first_and_what_comes_instead():
    instead = a_session("Ny åpning", [a_part("2026-06-15 15:00")])
    gone = a_session("Åpning", notice="Innlederen er syk.", is_cancelled=True, replaced_by=instead.uuid)

    entry = entries_of(a_programme(gone, instead))["Avlyst: Åpning"]

    assert str(entry["description"]).startswith("Innlederen er syk.\n\nErstattet av: Ny åpning\n\n")
    assert (entry["status"], entry["transp"]) == ("CANCELLED", "TRANSPARENT")


def test_attendee_finds_the_livestream_and_help_to_follow():
    session = a_session(livestream_url="https://live.example.org/1", has_sign_language=True)
    assert (
        "Tegnspråktolkning\nDirektesending: https://live.example.org/1" in entry_of(a_programme(session))["description"]
    )


def test_attendee_filters_by_track_and_topic_even_with_commas_in_them():
    session = a_session(track=a_track("Rettigheter"), topics=(a_topic("Arbeid, verdighet"), a_topic("Håp; tro")))
    entry = entry_of(a_programme(session))

    assert [str(name) for name in entry["categories"].cats] == ["Rettigheter", "Arbeid, verdighet", "Håp; tro"]
    assert "CATEGORIES:Rettigheter,Arbeid\\, verdighet,Håp\\; tro" in lines_of(ical.encode(a_programme(session), "nb"))


def test_attendee_of_an_entry_without_room_venue_or_texts_sees_no_empty_lines():
    session = a_session("Åpning", [a_part(room=None)])
    body = ical.encode(a_programme(session, venue_name="", venue_address=""), "nb")

    assert not [line for line in lines_of(body)[:-1] if line.endswith(":") or not line]
    assert b"LOCATION" not in body
    assert b"GEO" not in body


# --- The file


def test_attendee_can_subscribe_and_save_once_with_the_same_file():
    programme = a_programme(the_seed())
    lines = lines_of(ical.encode(programme, "nb"))

    assert {"VERSION:2.0", "NAME:Sammen", "X-WR-CALNAME:Sammen", "X-WR-TIMEZONE:Europe/Oslo"} < set(lines)
    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H", "COLOR:seagreen"} < set(lines)
    assert "SOURCE;VALUE=URI:https://program.example.org/nb/sammen/programme.ics" in lines
    assert not [line for line in lines if line.startswith("METHOD")]


def test_attendee_gets_a_calendar_of_one_thing():
    room, track, topic, person = a_room("Galleriet"), a_track("Klima"), a_topic("Håp"), a_person("Dag Inge Ulstein")
    there = a_session("Her", [a_part(room=room)], track=track, topics=(topic,), speakers=(on_stage(person),))
    programme = a_programme(there, a_session("Der"))
    names = {}
    for about in (there, there.slots[0], room, track, topic, person):
        calendar = calendar_of(ical.encode(programme, "nb", about))
        assert [str(event["summary"]) for event in calendar.walk("VEVENT")] == ["Her"]
        names[str(calendar["source"]).removeprefix("https://program.example.org/nb/sammen/")] = str(calendar["name"])

    assert names == {
        "sessions/her.ics": "Her – Sammen",
        "sessions/her/1.ics": "Her – Sammen",
        "rooms/galleriet.ics": "Galleriet – Sammen",
        "tracks/klima.ics": "Klima – Sammen",
        "topics/h-p.ics": "Håp – Sammen",
        "speakers/dag-inge-ulstein.ics": "Dag Inge Ulstein – Sammen",
    }
    assert len(entries_of(programme)) == 2


def test_attendee_takes_home_one_part_alone():
    session = the_seed()
    assert list(entries_of(a_programme(session), "en", session.slots[1])) == [
        "Together against trafficking (part 2 of 2)"
    ]


def test_attendee_who_subscribes_to_someone_who_is_gone_learns_what_was_cancelled():
    person = a_person()
    part = a_part(once_about=(person.uuid,))
    gone = a_session("Åpning", parts=(), gone_parts=(part,), is_cancelled=True, is_gone=True)

    entry = entry_of(a_programme(gone), about=Gone("person", person.slug, person.uuid))

    assert (entry["summary"], entry["status"], str(entry["uid"])) == ("Avlyst: Åpning", "CANCELLED", str(part.uuid))


def test_attendee_with_a_part_of_a_session_that_is_not_scheduled_gets_a_valid_empty_file():
    session = a_session("Senere", [a_part(None)])
    programme = a_programme(session)

    for about in (None, session, session.slots[0]):
        body = ical.encode(programme, "nb", about)
        assert [part.name for part in calendar_of(body).subcomponents] == ["VTIMEZONE"]
        assert all(read(body) == {} for read in READERS)


def test_attendee_gets_the_same_bytes_whoever_asks():
    programme = a_programme(the_seed())
    calm = ical.encode(programme, "nn")
    with translation.override("fr"), timezone.override("Asia/Tokyo"):
        assert ical.encode(programme, "nn") == calm
    assert ical.encode(replace(programme, sessions=programme.sessions[::-1]), "nn") == calm


def test_attendee_whose_session_is_left_alone_by_a_release_gets_the_same_bytes():
    one, other = the_seed(), a_session("Annet")
    before = a_programme(one, other)
    later = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    changed = replace(other, parts=tuple(replace(part, sequence=1, changed_at=later) for part in other.parts))
    after = a_programme(one, changed, number=2, published_at=later)

    assert ical.encode(after, "nb", one) == ical.encode(before, "nb", one)
    assert ical.encode(after, "nb") != ical.encode(before, "nb")


def test_attendee_can_look_at_a_preview_that_no_release_has_stamped():
    session = a_session(parts=[a_part(changed_at=None)])
    stamp = entry_of(a_programme(session, published_at=None))["dtstamp"].dt
    assert stamp == dt.datetime(2026, 6, 14, 22, tzinfo=dt.UTC)


# --- Hostile words


HOSTILE = [
    "Semikolon; komma, kolon: og \\ skråstrek",
    r"C:\New\nothing",
    "BEGIN:VEVENT\r\nSUMMARY:Lurt",
    "🏳️‍🌈👩‍👩‍👧‍👦" * 20,
    "å" * 200,
    "e\u0301" * 100,
    'Anførselstegn "her" og ^her',
    "\u2028skille\u2029",
]


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("read", READERS)
def test_attendee_reads_hostile_titles_as_they_were_written(read, title):
    part = a_part()
    body = ical.encode(a_programme(a_session(title, [part], slug="x")), "nb")

    assert read(with_unknown_zone(body, "Europe/Oslo"))[str(part.uuid)].summary == " ".join(title.split())


def test_attendee_never_gets_control_characters():
    session = a_session("Null\x00 og bjelle\x07\x1b[31m\x85", [a_part(description="a\x0bb")], slug="x")
    body = ical.encode(a_programme(session), "nb")

    assert entry_of(a_programme(session))["summary"] == "Null og bjelle[31m"
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", body)


@given(title=st.text(), lead=st.text(), address=st.text())
def test_attendee_gets_a_well_formed_file_whatever_staff_write(title, lead, address):
    part = a_part()
    programme = a_programme(a_session({"nb": title or "–"}, [part], lead=lead, slug="x"), venue_address=address)
    body = ical.encode(programme, "nb")

    assert body.endswith(b"END:VCALENDAR\r\n")
    for line in body.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut in two
        assert b"\n" not in line
        assert b"\r" not in line
    assert list(read_with_icalendar(body)) == [str(part.uuid)]
