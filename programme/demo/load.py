"""The demo conference, from the TOML files beside this module into the database."""

import datetime as dt
import tomllib
from pathlib import Path

from django.core.files import File
from django.db import transaction

from conference.models import Conference, Room
from sessions.models import DiscussionQuestion, Format, Material, Part, Session, Topic, Track
from speakers.models import Moderator, Person, Speaker

HERE = Path(__file__).parent
FILES = ["conference.toml", "people.toml", "day1.toml", "day2.toml"]
PLAIN = {"slug", "state", "is_featured", "spoken_languages", "interpreted_to", "has_captions", "has_sign_language", "livestream_url", "recording_url"}  # fmt: skip


def read() -> dict:
    """Everything the files say, lists put together."""
    said: dict = {}
    for name in FILES:
        for key, value in tomllib.loads((HERE / name).read_text()).items():
            said[key] = said[key] + value if isinstance(value, list) and key in said else value
    return said


@transaction.atomic
def load(starts_on: dt.date) -> Conference:
    """The demo conference with its first day on a date, not yet published."""
    said = read()
    about = said["conference"]
    conference = Conference.objects.create(
        **columns(about, leave={"days"}),
        starts_on=starts_on,
        ends_on=starts_on + dt.timedelta(days=about["days"] - 1),
        is_current=not Conference.objects.filter(is_current=True).exists(),
    )
    rows = {
        "room": headings(Room, conference, said["rooms"]),
        "track": headings(Track, conference, said["tracks"]),
        "topic": headings(Topic, conference, said["topics"]),
        "format": headings(Format, conference, said["formats"]),
        "person": {person["slug"]: make_person(person) for person in said["people"]},
    }
    sessions = {each["slug"]: make_session(conference, each, rows) for each in said["sessions"]}
    for each in said["sessions"]:
        if "replaced_by" in each:
            sessions[each["slug"]].cancel(replaced_by=sessions[each["replaced_by"]])
    return conference


def columns(said, leave=frozenset()):
    """A table of the file as column values: {"title": {"nb": …}} becomes {"title_nb": …}."""
    found = {}
    for key, value in said.items():
        if isinstance(value, dict):
            found |= {f"{key}_{language}": words.strip() for language, words in value.items()}
        elif key not in leave:
            found[key] = value
    return found


def headings(model, conference, said):
    return {
        each["slug"]: model.objects.create(conference=conference, position=position, **columns(each))
        for position, each in enumerate(said, 1)
    }


def make_person(said):
    existing = Person.objects.filter(slug=said["slug"]).first()
    if existing:
        return existing
    person = Person(**columns(said, leave={"photo"}))
    attach(person, "photo", said)
    return person


def attach(row, field, said):
    """Save a row, with the picture that the file names."""
    if field in said:
        with open(HERE / "pictures" / said[field], "rb") as file:
            setattr(row, field, File(file, name=said[field]))
            row.save()
    else:
        row.save()


def make_session(conference, said, rows):
    words = {key: value for key, value in said.items() if isinstance(value, dict) or key in PLAIN | {"image_credit"}}
    session = Session(
        conference=conference,
        format=rows["format"].get(said.get("format")),
        track=rows["track"].get(said.get("track")),
        **columns(words),
    )
    attach(session, "image", said)
    session.topics.set(rows["topic"][slug] for slug in said.get("topics", []))
    parts = {
        each.get("key"): make_part(session, position, each, rows) for position, each in enumerate(said["parts"], 1)
    }
    speakers = add_people(Speaker, session, parts, said.get("speakers", []), rows)
    add_people(Moderator, session, parts, said.get("moderators", []), rows)
    for position, each in enumerate(said.get("questions", []), 1):
        DiscussionQuestion.objects.create(
            session=session,
            part=parts[each["part"]] if "part" in each else None,
            addressed_to=speakers.get(each.get("addressed_to")),
            position=position,
            **columns(each, leave={"part", "addressed_to"}),
        )
    for position, each in enumerate(said.get("materials", []), 1):
        Material.objects.create(session=session, position=position, **columns(each))
    return session


def make_part(session, position, said, rows):
    part = Part(
        session=session,
        position=position,
        room=rows["room"].get(said.get("room")),
        **columns(said, leave={"key", "day", "starts", "ends", "room"}),
    )
    if "starts" in said:
        part.starts_at = moment(session.conference, said["day"], said["starts"])
        part.ends_at = moment(session.conference, said["day"], said["ends"])
    part.save()
    return part


def moment(conference, day, clock):
    date = conference.starts_on + dt.timedelta(days=day - 1)
    return dt.datetime.combine(date, dt.time.fromisoformat(clock), conference.zone)


def add_people(model, session, parts, said, rows):
    return {
        each["person"]: model.objects.create(
            session=session,
            part=parts[each["part"]] if "part" in each else None,
            person=rows["person"][each["person"]],
            position=position,
            **columns(each, leave={"person", "part"}),
        )
        for position, each in enumerate(said, 1)
    }
