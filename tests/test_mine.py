"""My programme, as far as it needs no script: links that carry sessions, and the files that come of them."""

import json
import uuid
import xml.etree.ElementTree as ET

import icalendar
import pytest

from programme.picked import MOST, ids_in, query_of, short
from tests.factories import make_conference, make_format, make_part, make_release, make_room, make_session, moment
from tests.pages import Links

pytestmark = pytest.mark.django_db


@pytest.fixture
def sessions():
    """Three public sessions: one at noon, one in two parts, one without a time."""
    noon = make_session("Middagshvil", at="12:00", room=make_room())
    parts = make_session("Todelt", title_en="In two parts", at="13:00")
    make_part(parts, "2030-02-01 13:00", title="Andre dag")
    return [noon, parts, make_session("Kommer", at=None)]


def cards(response):
    """The sessions whose cards stand on a page, in its order."""
    return [line.split('"')[1] for line in response.text.split("data-session=")[1:]]


def test_a_visitor_without_scripts_learns_what_the_page_needs_and_finds_a_way_on(visitor, sessions):
    make_release()

    page = visitor.get("/en/sammen/mine/")

    noscript = page.text.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "this browser runs none" in noscript
    assert "/en/sammen/programme/" in noscript
    assert cards(page) == []


def test_a_shared_link_shows_its_sessions_by_day_without_scripts(visitor, sessions):
    make_release()
    _noon, parts, later = sessions

    page = visitor.get(f"/nb/sammen/mine/?{query_of([later, parts])}")

    assert cards(page) == [short(parts.uuid), short(parts.uuid), short(later.uuid)]
    assert "torsdag 31.\u00a0januar 2030" in page.text
    assert "fredag 1.\u00a0februar 2030" in page.text
    assert "Middagshvil" not in page.text
    assert 'name="robots" content="noindex"' in page.text


def test_a_shared_link_stays_what_it_is_in_another_language_and_after_a_new_title(visitor, sessions):
    make_release()
    query = query_of(sessions[1:2])
    sessions[1].title_en, sessions[1].slug = "Renamed", "renamed"
    sessions[1].save()
    make_release()

    page = visitor.get(f"/nb/sammen/mine/?{query}")
    english = next(a for a in Links(page.text).addresses if a.startswith("/en/sammen/mine/"))

    assert "Renamed" in visitor.get(english).text


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        ("AAAAAA", "1 session in this link was not found."),
        ("AAAAAABBBBBB", "2 sessions in this link were not found."),
        ("AAAAAAAAAAAA", "1 session in this link was not found."),
        ("%3Cb%3E%22%27", "1 session in this link was not found."),
    ],
)
def test_a_link_to_sessions_that_nobody_knows_says_how_many(visitor, sessions, letters, said):
    make_release()

    alone, beside = (visitor.get(f"/en/sammen/mine/?s={known}{letters}") for known in ("", short(sessions[0].uuid)))

    assert said in alone.text
    assert cards(alone) == []
    assert said in beside.text
    assert cards(beside) == [short(sessions[0].uuid)]


def test_drafts_and_breaks_are_in_nobodys_programme(visitor, sessions):
    draft = make_session("Hemmelig", state="draft")
    pause = make_session("Kaffe", format=make_format("Pause", is_break=True))
    make_release()

    page = visitor.get(f"/nb/sammen/mine/?{query_of([draft, pause])}")
    told = visitor.get("/nb/sammen/mine.json").text + visitor.get("/nb/sammen/mine/sessions/").text

    assert "Hemmelig" not in page.text + told
    assert "Kaffe" not in page.text + told
    assert cards(page) == []


def test_a_link_holds_at_most_two_hundred_sessions():
    ids = [short(uuid.uuid4()) for _session in range(MOST + 5)]
    assert ids_in("s=" + "".join(ids)) == tuple(ids[:MOST])
    assert len("s=" + "".join(ids[:MOST])) < 2000


def test_ids_are_all_different_and_never_change():
    assert len({short(uuid.UUID(int=number)) for number in range(10_000)}) == 10_000
    assert short(uuid.UUID("6f1d5ad2-52b7-4bd0-9d0f-0a4be4a0c0de")) == "IJPGC3"


def test_a_session_that_was_taken_off_is_still_told_to_those_who_had_it(visitor, sessions):
    make_release()
    query = query_of(sessions)
    sessions[0].delete()
    make_release()

    page = visitor.get(f"/en/sammen/mine/?{query}")

    assert "Taken off the programme" in page.text
    assert "Middagshvil" in page.text
    assert "not found" not in page.text
    assert cards(visitor.get("/en/sammen/mine/sessions/"))[-1] == cards(page)[-1]


def test_an_attendee_takes_the_sessions_of_a_link_home_as_a_calendar(visitor, sessions):
    make_release()
    query = query_of(sessions)

    response = visitor.get(f"/en/sammen/mine.ics?{query}")
    calendar = icalendar.Calendar.from_ical(response.content)

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")] == [
        *("Middagshvil", "In two parts (part 1 of 2)", "In two parts – Andre dag")
    ]
    assert calendar.walk("VEVENT")[0].start == moment("12:00")
    assert calendar["NAME"].startswith("My programme – ")
    assert str(calendar["SOURCE"]).endswith(f"/en/sammen/mine.ics?{query}")
    assert len(icalendar.Calendar.from_ical(visitor.get("/en/sammen/mine.ics").content).walk("VEVENT")) == 0


def test_events_are_the_same_as_in_the_sessions_own_calendars(visitor, sessions):
    make_release()

    mine = visitor.get(f"/nb/sammen/mine.ics?{query_of(sessions[:1])}").content
    own = visitor.get("/nb/sammen/sessions/middagshvil.ics").content

    def event(file):
        return file.partition(b"BEGIN:VEVENT")[2].partition(b"END:VEVENT")[0]

    assert event(mine) == event(own) != b""


def test_the_qr_code_is_a_picture_of_the_link(visitor, sessions):
    make_release()

    few = visitor.get(f"/nb/sammen/mine/qr.svg?{query_of(sessions[:1])}")
    many = visitor.get(f"/nb/sammen/mine/qr.svg?{query_of(sessions)}")

    assert few.headers["Content-Type"] == "image/svg+xml"
    assert ET.fromstring(few.content).tag == "{http://www.w3.org/2000/svg}svg"
    assert few.content != many.content
    assert visitor.get("/nb/sammen/mine/qr.svg?s=AAAAAA").status_code == 404
    assert visitor.get("/nb/sammen/mine/qr.svg").status_code == 200  # of the page itself, before anything is picked


def test_times_for_overlaps_leave_out_what_does_not_take_place(visitor, sessions):
    make_session("Avlyst", at="12:00", state="cancelled")
    make_release()

    told = json.loads(visitor.get("/en/sammen/mine.json").content)

    start = int(moment("12:00").timestamp()) // 60
    assert told[short(sessions[0].uuid)] == ["Middagshvil", "/en/sammen/sessions/middagshvil/", [[start, start + 60]]]
    assert [len(times) for _title, _address, times in told.values()] == [0, 1, 2, 0]


def test_another_conference_knows_nothing_of_these_sessions(visitor, sessions):
    make_release()
    other = make_conference("Annet")
    make_session("Annen post", conference=other)
    make_release(other)

    assert "3 sessions in this link were not found." in visitor.get(f"/en/annet/mine/?{query_of(sessions)}").text
