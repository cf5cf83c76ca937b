"""A programme that is imported again and again while staff work on it."""

import datetime as dt

import pytest
from django.utils import timezone

from conference.models import Conference, Room
from programme.publish import published
from sessions.models import Material, Session
from speakers.models import Person, Speaker
from tests.schedule_files import LINKS, PEOPLE, an_event, oslo, session

pytestmark = pytest.mark.django_db


def test_an_edit_of_staff_survives_until_the_source_changes_that_field(treff):
    treff(an_event(abstract="Old.", track="Art"))
    edited = session()
    edited.title_en, edited.description_en = "Staff's title", "Staff's words"
    edited.save()

    said = treff(an_event(abstract="New.", track="Art"))

    assert session().title_en == "Staff's title"
    assert session().description_en == "New."
    assert (
        "The source changed what had been edited here, and won:\n  A talk, introduction (en): was “Staff's words”"
        in said
    )


def test_an_edit_that_the_source_makes_too_is_no_conflict(treff):
    treff(an_event(subtitle="Old"))
    edited = session()
    edited.subtitle_en = "New"
    edited.save()

    assert "won" not in treff(an_event(subtitle="New"))


def test_only_what_changed_is_touched(treff):
    both = [an_event(), an_event("Another", 'id="2"', start="12:00")]
    treff(*both)
    treff(an_event(start="11:00"), both[1])
    long_ago = timezone.now() - dt.timedelta(days=1)
    Session.objects.update(changed_at=long_ago)

    said = treff(an_event(start="11:15"), both[1], an_event("Third", 'id="3"'))

    assert "Sessions: 1 new, 1 changed, 1 as before" in said
    assert "A talk: time" in said
    assert session().parts.get().starts_at == oslo("2030-06-01T11:15:00")
    assert session("another").changed_at == long_ago


def test_a_move_by_staff_survives_a_new_title_but_not_a_new_room(treff):
    treff(an_event(), file={"room": "Aula"})
    cellar = Room.objects.create(conference=Conference.objects.get(), name_en="Cellar")
    part = session().parts.get()
    part.room, part.starts_at, part.ends_at = cellar, oslo("2030-06-02T09:00:00"), oslo("2030-06-02T10:00:00")
    part.save()

    treff(an_event("New title"))
    part.refresh_from_db()
    assert (part.room, part.starts_at) == (cellar, oslo("2030-06-02T09:00:00"))

    said = treff(an_event("New title", room="Foyer"))
    part.refresh_from_db()
    assert (part.room.name_en, part.starts_at) == ("Foyer", oslo("2030-06-02T09:00:00"))
    assert "New title, room: was “Cellar”" in said


def test_addresses_and_uuids_stay_when_a_title_changes(treff):
    treff(an_event())
    before = session()

    treff(an_event("Quite another name", start="15:00"))

    assert (session().uuid, session().title_en) == (before.uuid, "Quite another name")
    assert session().parts.get().uuid == before.parts.get().uuid


def test_a_session_that_vanishes_is_cancelled_and_comes_back_when_it_does(treff):
    other = an_event("Another", 'id="2"')
    treff(an_event(), other)
    uuid = session().uuid

    said = treff(other)
    assert "Cancelled, because the file no longer has them:\n  A talk (2030-06-01 10:00)\n" in said
    assert session().state == "cancelled"
    assert "nothing has changed" in treff(other)

    said = treff(an_event(), other)
    assert "On the programme again:\n  A talk (2030-06-01 10:00)\n" in said
    assert (session().state, session().uuid) == ("public", uuid)


def test_what_staff_hide_is_neither_cancelled_nor_shown_by_an_import(treff):
    other = an_event("Another", 'id="2"')
    treff(an_event(), other)
    session().hide()

    treff(other)
    treff(an_event(subtitle="New"), other)

    assert session().state == "draft"


def test_what_staff_delete_stays_deleted(treff):
    treff(an_event(), an_event("Another", 'id="2"'))
    session().delete()

    said = treff(an_event(subtitle="New"), an_event("Another", 'id="2"'))

    assert list(Session.objects.values_list("slug", flat=True)) == ["another"]
    assert "Deleted here, and not made again: 1\n  A talk" in said


def test_a_part_that_staff_delete_is_not_made_again(treff):
    treff(an_event())
    session().parts.all().delete()

    said = treff(an_event(start="15:00"))

    assert not session().parts.exists()
    assert "The part was deleted here" in said


def test_a_cancelled_title_cancels_and_its_absence_shows_again(treff):
    treff(an_event())
    treff(an_event("CANCELLED: A talk"))
    assert (session().title_en, session().state) == ("A talk", "cancelled")

    treff(an_event())
    assert session().state == "public"


def test_people_are_added_and_taken_off_one_by_one(treff):
    treff(an_event(persons=PEOPLE))
    guest = Person.objects.create(name="Guest of staff")
    Speaker.objects.create(session=session(), person=guest, position=9)
    Speaker.objects.filter(person__name="Kari Nordmann").update(contribution_en="opening words")

    said = treff(
        an_event(persons='<persons><person id="7">Anne Li</person><person id="6">Ola Hansen</person></persons>')
    )

    assert {speaker.person.name for speaker in session().speakers.all()} == {"Anne Li", "Ola Hansen", "Guest of staff"}
    assert "A talk, people: was “Kari Nordmann: opening words”" in said


def test_the_order_of_people_follows_the_source_only_when_the_source_changes_it(treff):
    def order():
        return [speaker.person.name for speaker in session().speakers.all()]

    treff(an_event(persons=PEOPLE))
    Speaker.objects.filter(person__name="Kari Nordmann").update(position=5)
    treff(an_event(persons=PEOPLE, subtitle="New"))
    assert order() == ["Ola Hansen", "Kari Nordmann"]

    treff(
        an_event(persons='<persons><person id="6">Ola Hansen</person><person id="5">Kari Nordmann</person></persons>')
    )
    treff(an_event(persons=PEOPLE))
    assert order() == ["Kari Nordmann", "Ola Hansen"]


def test_a_person_who_marries_stays_the_same_person(treff):
    treff(an_event(persons=PEOPLE))
    uuid = Person.objects.get(name="Kari Nordmann").uuid

    treff(an_event(persons=PEOPLE.replace("Kari Nordmann", "Kari Hansen")))

    assert (Person.objects.get(uuid=uuid).name, Person.objects.get(uuid=uuid).sort_name) == (
        "Kari Hansen",
        "Hansen, Kari",
    )


def test_materials_are_added_and_taken_away_one_by_one(treff):
    treff(an_event(links=LINKS))
    Material.objects.create(session=session(), link="https://staff.example/", title_en="Of staff")

    treff(
        an_event(
            links='<links><link href="https://b.example/">Source</link><link href="https://c.example/">New</link></links>'
        )
    )

    assert {(m.link, m.title_en) for m in session().materials.all()} == {
        ("https://staff.example/", "Of staff"),
        ("https://b.example/", "Source"),
        ("https://c.example/", "New"),
    }


def test_a_visitor_reads_a_cancelled_session_after_the_next_release(treff):
    treff(an_event(), an_event("Another", 'id="2"'), publish=True)
    treff(an_event("Another", 'id="2"'), publish=True)
    programme = published(Conference.objects.get())

    assert programme.find("session", "a-talk").is_cancelled
