"""What staff are told has changed. Programmes are made of values here: no database."""

import dataclasses
import datetime as dt
import typing
from dataclasses import replace
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from programme import values, whole
from programme.compare import REMEMBERED, Kind, compare
from programme.describe import FIELDS, describe
from programme.values import (
    Appearance,
    Format,
    Link,
    Material,
    Part,
    Person,
    Picture,
    Question,
    Room,
    Session,
    Text,
    Topic,
    Track,
)
from programme.whole import Programme

OSLO = ZoneInfo("Europe/Oslo")


def uuid(number):
    return UUID(int=number)


def at(time, day=31):
    return dt.datetime(2030, 1, day, *map(int, time.split(":")), tzinfo=OSLO)


ROOM_A, ROOM_B = Room(uuid(1), "a", Text({"en": "A"})), Room(uuid(2), "b", Text({"en": "B"}))
RIGHTS, WORK = Track(uuid(3), "rights", Text({"en": "Rights"})), Track(uuid(4), "work", Text({"en": "Work"}))
PEACE, HEALTH = Topic(uuid(5), "peace", Text({"en": "Peace"})), Topic(uuid(6), "health", Text({"en": "Health"}))
PLENARY, WORKSHOP = (
    Format(uuid(7), "plenary", Text({"en": "Plenary"})),
    Format(uuid(8), "workshop", Text({"en": "Workshop"})),
)
ANNA, BODIL, CARL = (Person(uuid(10 + n), name.lower(), name) for n, name in enumerate(["Anna", "Bodil", "Carl"]))
PICTURE = Picture("pictures/a.webp", 640, 480, ((640, "pictures/a.webp"),), Text({"en": "A crowd"}), "Photo: Kari")
SLIDES, REPORT = (
    Material(uuid(20), Text({"en": "Slides"}), "/media/s.pdf"),
    Material(uuid(21), Text({"en": "Report"}), "/media/r.pdf"),
)
WHY, HOW = Question(uuid(22), Text({"en": "Why?"}), ANNA), Question(uuid(23), Text({"en": "How?"}))
FIRST = Part(
    uuid(30),
    Text({"en": "Opening"}),
    NOTE := Text({"en": "Come early"}),
    at("13:00"),
    at("14:00"),
    ROOM_A,
    (Appearance(uuid(40), ANNA),),
    (Appearance(uuid(41), CARL),),
    (WHY,),
)
SECOND = Part(uuid(31), Text({"en": "Talk"}), NOTE, at("14:00"), at("15:00"), ROOM_A)
TOGETHER = Session(
    uuid(50),
    "together",
    Text({"en": "Together", "fr": "Ensemble"}),
    format=PLENARY,
    track=RIGHTS,
    topics=(PEACE,),
    picture=PICTURE,
    materials=(SLIDES, REPORT),
    speakers=(Appearance(uuid(42), ANNA, Text({"en": "opening words"})), Appearance(uuid(43), BODIL)),
    moderators=(Appearance(uuid(44), CARL),),
    questions=(WHY, HOW),
    parts=(FIRST, SECOND),
)
LUNCH = Session(
    uuid(51),
    "lunch",
    Text({"en": "Lunch"}),
    parts=(Part(uuid(32), starts_at=at("12:00"), ends_at=at("13:00"), room=ROOM_B),),
)
BEFORE = Programme(
    uuid(60),
    "sammen",
    Text({"en": "Sammen"}),
    dt.date(2030, 1, 31),
    dt.date(2030, 2, 1),
    "Europe/Oslo",
    ("en", "fr"),
    rooms=(ROOM_A, ROOM_B),
    tracks=(RIGHTS, WORK),
    topics=(PEACE, HEALTH),
    formats=(PLENARY, WORKSHOP),
    people=(ANNA, BODIL, CARL),
    sessions=(LUNCH, TOGETHER),
)


def with_session(session=TOGETHER, **fields):
    changed = replace(session, **fields)
    return replace(BEFORE, sessions=tuple(changed if s.uuid == session.uuid else s for s in BEFORE.sessions))


def with_part(part, **fields):
    return with_session(parts=tuple(replace(p, **fields) if p is part else p for p in TOGETHER.parts))


def with_thing(those, thing, **fields):
    return replace(BEFORE, **{those: tuple(replace(t, **fields) if t is thing else t for t in getattr(BEFORE, those))})


def told(new, old=BEFORE, language="en"):
    return [str(describe(change, language, OSLO)) for change in compare(old, new)]


# --- Every field of every value: one that is new and not compared, or has no words, fails here

WORDS = Text({"en": "Other words"})
PLAIN = {
    Programme: {
        **dict.fromkeys(["name", "tagline", "description", "venue_name"], WORDS),
        **dict.fromkeys(["slug", "venue_address", "website", "contact_email", "accent_colour"], "other"),
        **{"starts_on": dt.date(2030, 1, 30), "ends_on": dt.date(2030, 2, 2), "timezone": "Europe/Paris"},
        **{"languages": ("fr", "en"), "venue_latitude": 59.9, "venue_longitude": 10.7, "logo": PICTURE},
        **{name: tuple(reversed(getattr(BEFORE, name))) for name in ("rooms", "tracks", "topics", "formats")},
    },
    Session: {
        **dict.fromkeys(["title", "subtitle", "lead", "description", "notice"], WORDS),
        **dict.fromkeys(["slug", "livestream_url", "recording_url"], "other"),
        **dict.fromkeys(["is_featured", "has_captions", "has_sign_language", "is_cancelled"], True),
        **{"format": WORKSHOP, "track": None, "topics": (HEALTH,), "picture": None, "replaced_by": LUNCH.uuid},
        **{"spoken_languages": ("nb",), "interpreted_to": ("fr", "se")},
        **{name: tuple(reversed(getattr(TOGETHER, name))) for name in ("materials", "speakers", "questions", "parts")},
        "moderators": (Appearance(uuid(45), BODIL),),
    },
    Part: {
        **{"title": WORDS, "description": WORDS, "starts_at": at("12:30"), "ends_at": at("15:30"), "room": ROOM_B},
        **{"speakers": (), "moderators": (), "questions": (HOW,)},
    },
    Room: {
        "slug": "other",
        "name": WORDS,
        "description": WORDS,
        "accessibility": WORDS,
        "is_step_free": True,
        "capacity": 40,
    },
    Track: {"slug": "other", "name": WORDS, "colour": "#ffffff"},
    Topic: {"slug": "other", "name": WORDS},
    Format: {"slug": "other", "name": WORDS, "is_break": True},
    Person: {
        **dict.fromkeys(["slug", "name", "sort_name", "affiliation", "pronouns", "pronunciation"], "other"),
        **dict.fromkeys(["title", "organisation", "biography"], WORDS),
        **{"photo": PICTURE, "links": (Link("Home", "https://example.org"),)},
    },
    Picture: {"src": "pictures/b.webp", "alt": WORDS, "credit": "other"},
    Material: {"title": WORDS, "url": "/media/other.pdf", "kind": "slides"},
    Question: {"text": WORDS, "addressed_to": BODIL},
    Appearance: {"person": BODIL, "contribution": WORDS},
}
CHANGED = {
    Programme: lambda **fields: replace(BEFORE, **fields),
    Session: with_session,
    Part: lambda **fields: with_part(FIRST, **fields),
    Room: lambda **fields: with_thing("rooms", ROOM_A, **fields),
    Track: lambda **fields: with_thing("tracks", RIGHTS, **fields),
    Topic: lambda **fields: with_thing("topics", PEACE, **fields),
    Format: lambda **fields: with_thing("formats", PLENARY, **fields),
    Person: lambda **fields: with_thing("people", ANNA, **fields),
    Picture: lambda **fields: with_session(picture=replace(PICTURE, **fields)),
    Material: lambda **fields: with_session(materials=(replace(SLIDES, **fields), REPORT)),
    Question: lambda **fields: with_session(questions=(replace(WHY, **fields), HOW)),
    Appearance: lambda **fields: with_session(moderators=(replace(TOGETHER.moderators[0], **fields),)),
}
FOLLOW = {  # from other fields, or are told of in another way
    Programme: {"people", "sessions"},
    Session: {"is_gone"},
    Picture: {"width", "height", "sizes"},
}


@pytest.mark.parametrize(("kind", "field"), [(kind, field) for kind, fields in PLAIN.items() for field in fields])
def test_staff_are_told_of_every_field_that_changes(kind, field):
    changes = compare(BEFORE, CHANGED[kind](**{field: PLAIN[kind][field]}))

    assert len(changes) == 1
    description = describe(changes[0], "en", OSLO)
    assert description.lines or description.kind
    assert all(d.kind != Kind.CHANGED or d.field in FIELDS for d in changes[0].differences)


def kinds_in(kind, found=()):
    """Every dataclass that a programme is made of, without what it only remembers."""
    found = {*found, kind}
    hints = typing.get_type_hints(kind, vars(values))
    for field in dataclasses.fields(kind):
        for part in parts_of(hints[field.name]) if field.name not in REMEMBERED else ():
            if dataclasses.is_dataclass(part) and part not in found:
                found |= kinds_in(part, found)
    return found


def parts_of(hint):
    return [hint, *(part for inner in typing.get_args(hint) for part in parts_of(inner))]


def test_no_field_is_forgotten():
    kinds = kinds_in(Programme)
    assert kinds - {Link} == set(PLAIN)
    for kind in kinds - {Link}:
        fields = {field.name for field in dataclasses.fields(kind)} - REMEMBERED - {"uuid"} - FOLLOW.get(kind, set())
        assert fields == set(PLAIN[kind]), kind


def test_what_a_release_only_remembers_is_no_change():
    later = {"number": 2, "published_at": at("09:00"), "gone": (whole.Gone("room", "c", uuid(99)),)}
    new = with_part(FIRST, sequence=3, changed_at=at("09:00"))

    assert compare(BEFORE, replace(new, **later)) == ()
    assert compare(BEFORE, BEFORE) == ()


def test_somebody_taken_off_the_list_and_put_on_it_again_was_never_away():
    anna, bodil = TOGETHER.speakers

    assert compare(BEFORE, with_session(speakers=(replace(anna, uuid=uuid(77)), bodil))) == ()
