"""A made-up conference of any size, with all its words in four languages; put into the database in bulk."""

import datetime as dt
import uuid

from django.db import transaction

from conference.models import Conference, Room
from sessions.models import DiscussionQuestion, Format, Part, Session, Track
from speakers.models import Moderator, Person, Speaker

LANGUAGES = ("nb", "nn", "en", "fr")
FIRST_DAY = dt.date(2030, 6, 3)
ROOMS, TRACKS = 24, 12
SESSIONS_A_ROOM_AND_DAY = 14  # of half an hour, from 09:00
SENTENCE = "What can employers, unions and authorities do together, and who has to move first? "


@transaction.atomic
def make(slug: str, number: int) -> Conference:
    """A conference with `number` public sessions: two speakers and a moderator each, a lead and 1.5 kB of text in
    each language; as many days as they need."""
    days = -(-number // (ROOMS * SESSIONS_A_ROOM_AND_DAY))
    conference = Conference.objects.create(
        **words("name", f"Conference {slug}"),
        **{"slug": slug, "starts_on": FIRST_DAY, "ends_on": FIRST_DAY + dt.timedelta(days=days - 1)},
        **{"languages": list(LANGUAGES), "timezone": "Europe/Oslo", "is_current": not Conference.objects.exists()},
    )
    rooms = [made(Room, conference, "name", f"Room {n}", n, capacity=100) for n in range(ROOMS)]
    tracks = [made(Track, conference, "name", f"Track {n}", n, colour="#1f6f54") for n in range(TRACKS)]
    plenum = made(Format, conference, "name", "Plenum", 0)
    people = Person.objects.bulk_create([person(slug, n) for n in range(number)])
    sessions = Session.objects.bulk_create(
        [session(conference, n, tracks[n % TRACKS], plenum) for n in range(number)], batch_size=500
    )
    Part.objects.bulk_create([part(each, n, rooms) for n, each in enumerate(sessions)])
    Speaker.objects.bulk_create(
        [on_stage(Speaker, sessions[n], people, n + k, k) for n in range(number) for k in (0, 1)]
    )
    Moderator.objects.bulk_create([on_stage(Moderator, sessions[n], people, n + 2, 0) for n in range(number)])
    DiscussionQuestion.objects.bulk_create(
        [
            DiscussionQuestion(uuid=uuid.uuid4(), session=each, position=1, **words("text", SENTENCE))
            for each in sessions
        ]
    )
    return conference


def words(field, text):
    """A text in each language, as the columns of a row."""
    return {f"{field}_{language}": f"{text} ({language})" for language in LANGUAGES} | {field: f"{text} (nb)"}


def made(model, conference, field, text, position, **fields):
    slug = text.lower().replace(" ", "-")
    return model.objects.create(conference=conference, slug=slug, position=position, **words(field, text), **fields)


def person(slug, number):
    name = f"Person {number} of {slug}"
    return Person(
        **{"uuid": uuid.uuid4(), "slug": f"{slug}-person-{number}", "name": name, "sort_name": f"{number:06} {name}"},
        **words("title", "Adviser"),
        **words("biography", SENTENCE * 4),
    )


def session(conference, number, track, format):
    return Session(
        **{"uuid": uuid.uuid4(), "conference": conference, "slug": f"session-{number}", "track": track},
        **{"format": format, "state": Session.State.PUBLIC, "spoken_languages": ["nb"], "interpreted_to": ["en"]},
        **words("title", f"Session {number} about work"),
        **words("lead", SENTENCE * 2),
        **words("description", SENTENCE * 18),
    )


def part(session, number, rooms):
    slot, room = divmod(number, ROOMS)
    day, turn = divmod(slot, SESSIONS_A_ROOM_AND_DAY)
    midnight = dt.datetime.combine(FIRST_DAY + dt.timedelta(days=day), dt.time(), session.conference.zone)
    starts_at = midnight + dt.timedelta(hours=9, minutes=30 * turn)
    times = {"starts_at": starts_at, "ends_at": starts_at + dt.timedelta(minutes=30)}
    return Part(uuid=uuid.uuid4(), session=session, room=rooms[room], position=1, **times)


def on_stage(model, session, people, number, position):
    return model(uuid=uuid.uuid4(), session=session, person=people[number % len(people)], position=position + 1)
