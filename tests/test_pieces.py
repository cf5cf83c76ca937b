"""What a release takes over from the one before it: it must never be told apart from what would be made anew."""

import datetime as dt
import json

import pytest

from conference.models import Conference, Room
from programme.addresses import path
from programme.codec import from_json
from programme.pieces import take_over
from programme.serve import serve
from sessions.models import Session
from tests.factories import (
    make_conference,
    make_moderator,
    make_part,
    make_person,
    make_release,
    make_room,
    make_session,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2030, 1, 31, 12, 30, tzinfo=dt.UTC)
PAGES = ["front", "programme", "programme_ics", "now", "speakers"]


@pytest.fixture
def conference():
    conference, room = make_conference(), make_room()
    make_session("Om arbeid", room=room, speakers=[make_person("Kari")])
    session = make_session("I to deler", at="14:00", room=room)
    make_part(session, at="16:00", room=room)
    make_session("Uten tid", at=None)
    return conference


def programme_of(release):
    """As another process reads it: no value is the very one of the release before."""
    return from_json(json.loads(json.dumps(release.programme)))


def pages(programme):
    paths = [path(name, language, programme.slug) for name in PAGES for language in programme.languages]
    paths += [path("day", "nb", programme.slug, day=day.date) for day in programme.days]
    return {each: serve(each, (programme,), NOW).body for each in paths}


def rename_a_session():
    session = Session.objects.get(slug="om-arbeid")
    session.title_nb = "Om fred"
    session.save()


def move_a_part():
    part = Session.objects.get(slug="i-to-deler").parts.last()
    part.room = make_room("Lillesalen")
    part.save()


def rename_a_room():
    room = Room.objects.get()
    room.name_nb = "Festsalen"
    room.save()


def rename_a_speaker():
    session = Session.objects.get(slug="om-arbeid")
    person = session.speakers.get().person
    person.name = "Nora"
    person.save()


def add_a_moderator():
    make_moderator(Session.objects.get(slug="om-arbeid"), make_person("Ola"))


def cancel_a_session():
    Session.objects.get(slug="om-arbeid").cancel()


def take_a_session_away():
    Session.objects.filter(slug="om-arbeid").update(state=Session.State.DRAFT)


def change_the_time_zone():
    Conference.objects.update(timezone="Europe/Helsinki")


def change_the_first_language():
    Conference.objects.update(languages=["en", "nb"])


def move_the_address():
    Conference.objects.update(slug="annerledes")


def rename_the_venue():
    conference = Conference.objects.get()
    conference.venue_name_nb = "Folkets hus"
    conference.save()


CHANGES = [
    *(rename_a_session, move_a_part, rename_a_room, rename_a_speaker, add_a_moderator, cancel_a_session),
    *(take_a_session_away, change_the_time_zone, change_the_first_language, move_the_address, rename_the_venue),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_release_shows_what_it_would_without_the_one_before_it(conference, change):
    before = programme_of(make_release())
    pages(before)
    change()
    new = make_release()
    alone, after = programme_of(new), programme_of(new)

    take_over(before, after)

    assert pages(after) == pages(alone) != pages(before)


def test_what_nothing_happened_to_is_not_made_again(conference):
    before = programme_of(make_release())
    pages(before)
    rename_a_session()
    after = programme_of(make_release())

    take_over(before, after)

    same, other = after.find("session", "i-to-deler"), after.find("session", "om-arbeid")
    assert {part.uuid for part in same.parts} == set(after.pieces)
    assert not {part.uuid for part in other.parts} & set(after.pieces)
