"""Programmes for tests, made as values: no database. Each function asks only for what matters to the test.

Words given as a string are in Norwegian, the first language; `{"nb": …, "fr": …}` gives more.
"""

import datetime as dt
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from programme.values import Appearance, Part, Person, Question, Room, Session, Text, Topic, Track
from programme.whole import Programme

NAMESPACE = UUID("6f1d5ad2-52b7-4bd0-9d0f-0a4be4a0c0de")
RELEASED_AT = dt.datetime(2026, 5, 4, 8, 30, tzinfo=dt.UTC)


def uuid_of(*words) -> UUID:
    """The same uuid for the same words, so that files made in tests can be compared byte for byte."""
    return uuid5(NAMESPACE, "/".join(map(str, words)))


def text(words) -> Text:
    return words if isinstance(words, Text) else Text(words if isinstance(words, dict) else {"nb": words})


def texts(fields, *names):
    return {name: text(fields[name]) if name in names else fields[name] for name in fields}


def slug(words) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in words.lower()).strip("-") or "x"


def a_room(name="Storsalen", **fields):
    return Room(uuid_of("room", name), slug(name), text(name), **texts(fields, "description", "accessibility"))


def a_track(name="Rettigheter", **fields):
    return Track(uuid_of("track", name), slug(name), text(name), **fields)


def a_topic(name="Arbeid", **fields):
    return Topic(uuid_of("topic", name), slug(name), text(name), **fields)


def a_person(name="Anousheh Karvar", **fields):
    return Person(uuid_of("person", name), slug(name), name, **texts(fields, "title", "organisation", "biography"))


def on_stage(person, contribution=""):
    person = a_person(person) if isinstance(person, str) else person
    return Appearance(uuid_of("appearance", person.name, contribution), person, text(contribution))


def a_question(words, to=None):
    return Question(uuid_of("question", words), text(words), to)


def a_part(at="2026-06-15 13:00", minutes=60, zone="Europe/Oslo", name="", **fields):
    """A part at a local time, stored as UTC, as the database gives it; `at=None`: without a time."""
    times = {}
    if at:
        starts_at = dt.datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)
        times = {"starts_at": starts_at, "ends_at": starts_at + dt.timedelta(minutes=minutes)}
    known = {"uuid": uuid_of("part", at, minutes, zone, name), "changed_at": RELEASED_AT, "room": a_room()}
    return Part(**known | times | texts(fields, "title", "description"))


def a_session(title="Sammen mot menneskehandel", parts=None, **fields):
    words = title if isinstance(title, str) else next(iter(title.values()))
    if parts is None:
        parts = (a_part(name=words),)
    known = {"uuid": uuid_of("session", words), "slug": slug(words), "title": text(title), "parts": tuple(parts)}
    return Session(**known | texts(fields, "subtitle", "lead", "description", "notice"))


def a_programme(*sessions, **fields):
    """A published conference with these sessions, their rooms, tracks, topics and people; one session when none are given."""
    sessions = sessions or (a_session(),)
    slots = [slot for session in sessions for slot in session.slots + session.gone_slots]
    known = {
        "uuid": uuid_of("conference"),
        "slug": "sammen",
        "name": text({"nb": "Sammen", "en": "Together", "fr": "Ensemble"}),
        "starts_on": dt.date(2026, 6, 15),
        "ends_on": dt.date(2026, 6, 16),
        "timezone": "Europe/Oslo",
        "languages": ("nb", "nn", "en", "fr"),
        "venue_name": text("Sentralen"),
        "venue_address": "Øvre Slottsgate 3, Oslo",
        "rooms": tuple(dict.fromkeys(slot.room for slot in slots if slot.room)),
        "tracks": tuple(dict.fromkeys(session.track for session in sessions if session.track)),
        "topics": tuple(dict.fromkeys(topic for session in sessions for topic in session.topics)),
        "people": tuple(dict.fromkeys(person for slot in slots for person in slot.people)),
        "sessions": tuple(session for session in sessions if not session.is_gone),
        "gone_sessions": tuple(session for session in sessions if session.is_gone),
        "number": 1,
        "published_at": RELEASED_AT,
    }
    return Programme(**known | texts(fields, "name", "venue_name"))


def the_seed(**fields):
    """The session of two parts that this whole project began with, in Norwegian, English and (partly) French."""
    karvar = a_person(
        title={"nb": "leder for Allianse 8.7", "en": "Chair of Alliance 8.7", "fr": "présidente de l’Alliance 8.7"},
        organisation={"nb": "den franske regjeringen", "en": "Government of France", "fr": "gouvernement français"},
    )
    ulstein = a_person("Dag Inge Ulstein", title={"nb": "utviklingsminister"}, affiliation="KrF")
    one = a_part(
        "2026-06-15 13:00",
        45,
        name="one",
        title={"nb": "Regjeringens ambisjoner", "en": "What the government aims for"},
        description={"nb": "En *samtale* om [Allianse 8.7](https://www.alliance87.org/); om arbeid, og om håp."},
        speakers=(on_stage(ulstein, "åpningsord"), on_stage(karvar)),
    )
    two = a_part(
        "2026-06-15 14:00",
        30,
        name="two",
        speakers=(on_stage(karvar),),
        questions=(a_question("Hva kan Norge lære av Frankrike?", karvar),),
    )
    session = {
        "title": {
            "nb": "Sammen mot menneskehandel",
            "en": "Together against trafficking",
            "fr": "Ensemble contre la traite des êtres humains",
        },
        "parts": (one, two),
        "lead": {
            "nb": "Hvordan kan vi jobbe sammen mot menneskehandel? Å jobbe helhetlig innebærer å se hele systemet."
        },
        "moderators": (on_stage("Tina Davis"),),
        "questions": (a_question("Hvordan kan vi jobbe sammen?"),),
        "track": a_track(),
        "topics": (a_topic("Arbeid, verdighet"),),
        "spoken_languages": ("nb", "en"),
        "interpreted_to": ("en", "fr"),
        "has_captions": True,
    }
    return a_session(**session | fields)
