"""What subscribers are told from release to release: the same UID for ever, a higher SEQUENCE for what has changed."""

import datetime as dt
from typing import NamedTuple

import icalendar
import pytest
import time_machine

from programme.formats import ical
from programme.publish import publish, published
from tests.factories import make_conference, make_person, make_release, make_room, make_session, make_topic, moment

pytestmark = pytest.mark.django_db


class Told(NamedTuple):
    title: str
    sequence: int
    status: str
    changed_at: dt.datetime
    starts_at: dt.datetime


def at(hour):
    return time_machine.travel(dt.datetime(2030, 1, 1, hour, tzinfo=dt.UTC), tick=False)


def hour(number):
    return dt.datetime(2030, 1, 1, number, tzinfo=dt.UTC)


def told(conference, about=None):
    """{uid: what a subscriber reads now}."""
    conference.refresh_from_db()
    body = ical.encode(published(conference), "nb", about)
    found = {}
    for event in icalendar.Calendar.from_ical(body).walk("VEVENT"):
        assert event["dtstamp"].dt == event["last-modified"].dt
        facts = (int(event["sequence"]), str(event["status"]), event["last-modified"].dt, event["dtstart"].dt)
        found[str(event["uid"])] = Told(str(event["summary"]), *facts)
    return found


def test_attendee_follows_a_session_from_its_release_to_its_end():
    conference = make_conference()
    session = make_session(title="Åpning")
    part = session.parts.get()
    uid, start = str(part.uuid), moment("13:00")
    with at(8):
        publish(conference)
    assert told(conference) == {uid: Told("Åpning", 0, "CONFIRMED", hour(8), start)}

    part.starts_at, part.ends_at = moment("15:00"), moment("16:00")
    part.save()
    with at(9):
        publish(conference)
    assert told(conference) == {uid: Told("Åpning", 1, "CONFIRMED", hour(9), moment("15:00"))}

    session.refresh_from_db()
    session.cancel()
    with at(10):
        publish(conference)
    assert told(conference) == {uid: Told("Avlyst: Åpning", 2, "CANCELLED", hour(10), moment("15:00"))}

    session.delete()
    with at(11):
        publish(conference)
    gone = told(conference)[uid]
    assert gone[:3] == ("Avlyst: Åpning", gone.sequence, "CANCELLED")
    assert gone.sequence >= 2

    make_session(title="Noe helt annet", at="17:00")
    with at(12):
        publish(conference)
    assert told(conference)[uid] == gone
    assert len(told(conference)) == 2


def test_attendee_is_not_bothered_when_another_session_changes():
    conference = make_conference()
    mine, other = make_session(title="Min"), make_session(title="Annen")
    with at(8):
        publish(conference)
    other.title_nb = "Annerledes"
    other.save()
    with at(9):
        publish(conference)

    assert told(conference)[str(mine.parts.get().uuid)][1:4] == (0, "CONFIRMED", hour(8))
    assert told(conference)[str(other.parts.get().uuid)][1:4] == (1, "CONFIRMED", hour(9))


def test_attendee_is_told_when_one_part_of_two_is_dropped():
    conference = make_conference()
    session = make_session(title="Todelt", parts=2)
    first, second = session.parts.all()
    make_release(conference)
    second_uid = str(second.uuid)
    second.delete()
    make_release(conference)

    now = told(conference, published_session(conference, session))
    assert now[str(first.uuid)][:3] == ("Todelt", 1, "CONFIRMED")
    assert now[second_uid][:3] == ("Avlyst: Todelt", 1, "CANCELLED")


def published_session(conference, session):
    conference.refresh_from_db()
    return published(conference).find("session", session.slug)


def test_attendee_who_follows_a_speaker_or_a_room_learns_of_a_deleted_session():
    conference = make_conference()
    person, room = make_person(), make_room()
    session, other = (
        make_session(title="Hennes", room=room, speakers=[person]),
        make_session(title="Også", speakers=[person]),
    )
    uid = str(session.parts.get().uuid)
    make_release(conference)
    session.delete()
    make_release(conference)

    programme = published(refreshed(conference))
    for about in (programme.find("person", person.slug), programme.find("room", room.slug)):
        assert told(conference, about)[uid][:3] == ("Avlyst: Hennes", 1, "CANCELLED")
    assert str(other.parts.get().uuid) in told(conference, programme.find("person", person.slug))


def refreshed(conference):
    conference.refresh_from_db()
    return conference


@pytest.mark.parametrize(
    "change",
    [
        {"venue_address": "Storgata 1, Oslo"},
        {"venue_name_nb": "Sentralen"},
        {"venue_latitude": 59.9, "venue_longitude": 10.7},
        {"timezone": "Europe/London"},
        {"slug": "samman"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_attendee_is_told_when_the_conference_moves(change):
    conference = make_conference()
    make_session(title="Åpning")
    make_release(conference)
    change_row(conference, change)
    make_release(conference)

    assert [entry.sequence for entry in told(conference).values()] == [1]


@pytest.mark.parametrize(
    "change",
    [
        {"spoken_languages": ["nb"]},
        {"interpreted_to": ["en"]},
        {"has_captions": True},
        {"has_sign_language": True},
        {"livestream_url": "https://live.example.org/"},
        {"lead_fr": "Bienvenue"},
        {"notice_en": "Doors open at nine"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_attendee_is_told_of_everything_that_an_entry_shows(change):
    conference = make_conference()
    session = make_session(title="Åpning")
    make_release(conference)
    change_row(session, change)
    make_release(conference)

    assert [entry.sequence for entry in told(conference).values()] == [1]


def test_attendee_is_told_of_topics_parties_and_replacements():
    conference = make_conference()
    person, instead = make_person(), make_session(title="I stedet", at="18:00")
    session = make_session(title="Åpning", speakers=[person])
    uid, sequences = str(session.parts.get().uuid), []
    make_release(conference)
    for change in (
        lambda: session.topics.add(make_topic()),
        lambda: change_row(person, {"affiliation": "KrF"}),
        lambda: session.cancel(),
        lambda: session.cancel(replaced_by=instead),
    ):
        change()
        make_release(conference)
        sequences.append(told(conference)[uid].sequence)

    assert sequences == [1, 2, 3, 4]


def change_row(row, fields):
    row.refresh_from_db()
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
