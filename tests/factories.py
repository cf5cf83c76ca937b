"""Rows for tests: each function makes one, and asks only for what matters to the test.

Words given without a language (`title="…"`) are in Norwegian, the first language; `title_en="…"` is in English.
Moments are written "2030-01-31 13:00", or "13:00" for the first day, in the conference's zone.
"""

import datetime as dt
import io
import itertools

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.utils.translation import override
from PIL import Image

from conference.models import Conference, Room
from programme.publish import publish
from sessions.models import DiscussionQuestion, Format, Material, Part, Session, Topic, Track
from speakers.models import Moderator, Person, Speaker

FIRST_DAY = dt.date(2030, 1, 31)
numbers = itertools.count(1)


def made(model, **fields):
    """A row as staff whose admin is in Norwegian would have saved it."""
    with override("nb"):
        return model.objects.create(**fields)


def make_conference(name="Sammen", **fields):
    """Two days in Oslo, from FIRST_DAY, in the four languages."""
    days = {"starts_on": FIRST_DAY, "ends_on": fields.get("starts_on", FIRST_DAY) + dt.timedelta(days=1)}
    return made(Conference, **days | {"name": name, "is_current": not Conference.objects.exists()} | fields)


def a_conference():
    """The conference that rows belong to when a test does not say which: the first one there is, or a new one."""
    return Conference.objects.order_by("pk").first() or make_conference()


def make_room(name="Storsalen", conference=None, **fields):
    return made(Room, name=name, conference=conference or a_conference(), **fields)


def make_track(name="Rettigheter", conference=None, **fields):
    return made(Track, name=name, conference=conference or a_conference(), **fields)


def make_topic(name="Arbeid", conference=None, **fields):
    return made(Topic, name=name, conference=conference or a_conference(), **fields)


def make_format(name="Plenum", conference=None, **fields):
    return made(Format, name=name, conference=conference or a_conference(), **fields)


def make_session(title="Sammen mot menneskehandel", at="13:00", minutes=60, room=None, **fields):
    """A public session with one part. `at=None`: without a time. `parts=0`: without a part."""
    fields = {"conference": a_conference(), "state": "public"} | fields
    speakers, moderators, topics = (fields.pop(name, ()) for name in ("speakers", "moderators", "topics"))
    parts = fields.pop("parts", 1)
    session = made(Session, title=title, **fields)
    session.topics.set(topics)
    for person in speakers:
        make_speaker(session, person)
    for person in moderators:
        make_moderator(session, person)
    for _part in range(parts):
        make_part(session, at, minutes, room)
    return session


def make_part(session, at="13:00", minutes=60, room=None, **fields):
    """A part at the end of a session's parts; `at=None`: not scheduled yet."""
    times = {}
    if at:
        starts_at = moment(at, session.conference)
        times = {"starts_at": starts_at, "ends_at": starts_at + dt.timedelta(minutes=minutes)}
    return made(Part, **{"session": session, "room": room, "position": session.parts.count() + 1} | times | fields)


def moment(at, conference=None):
    """ "2030-01-31 13:00", or "13:00" on the conference's first day, as an aware moment in its zone."""
    conference = conference or a_conference()
    day, _space, time = at.rpartition(" ")
    naive = dt.datetime.combine(
        dt.date.fromisoformat(day) if day else conference.starts_on, dt.time.fromisoformat(time)
    )
    return naive.replace(tzinfo=conference.zone)


def make_person(name="Anousheh Karvar", **fields):
    return made(Person, name=name, **fields)


def make_speaker(session, person=None, part=None, **fields):
    fields = {"position": session.speakers.count() + 1} | fields
    return made(Speaker, session=session, person=person or make_person(), part=part, **fields)


def make_moderator(session, person=None, part=None, **fields):
    fields = {"position": session.moderators.count() + 1} | fields
    return made(Moderator, session=session, person=person or make_person("Ann-Kristin Johansen"), part=part, **fields)


def make_question(session, text="Hva kan vi gjøre sammen?", part=None, **fields):
    fields = {"position": session.questions.count() + 1} | fields
    return made(DiscussionQuestion, session=session, text=text, part=part, **fields)


def make_material(session, title="Rapport", link="https://example.org/rapport", **fields):
    return made(Material, session=session, title=title, link=link, **fields)


def make_full_session(title="Åpning", room=None, speaker=None, moderator=None, **fields):
    """A session with one of everything: room, track, topic, format, somebody who speaks and is asked, a moderator, material."""
    headings = {"track": make_track(), "topics": [make_topic()], "format": make_format()}
    session = make_session(title, room=room or make_room(), **headings, **fields)
    make_question(session, addressed_to=make_speaker(session, speaker or make_person("Kari", photo=a_picture())))
    make_moderator(session, moderator)
    make_material(session)
    return session


def make_release(conference=None, by=None, note=""):
    """Publish a conference as it stands; None when nothing has changed."""
    return publish(conference or a_conference(), by, note)


def make_staff(*permissions, name="", **fields):
    """Somebody who may sign in to the admin, with permissions named as "programme.publish" or "view_session"."""
    user = get_user_model().objects.create_user(
        name or f"staff-{next(numbers)}", password="correct horse", is_staff=True, **fields
    )
    for permission in permissions:
        _app, _dot, codename = permission.rpartition(".")
        user.user_permissions.add(*Permission.objects.filter(codename=codename))
    return user


def make_superuser(name="superuser"):
    return get_user_model().objects.create_superuser(name, password="correct horse")


def a_picture(width=640, height=480, colour="#1f6f54", name="picture.jpg"):
    """A JPEG file, as somebody would upload it."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "JPEG")
    return ContentFile(buffer.getvalue(), name=name)
