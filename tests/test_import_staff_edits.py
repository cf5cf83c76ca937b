"""A programme that is imported again and again while staff work on it."""

import datetime as dt

import pytest
from django.utils import timezone

from conference.models import Conference, Room
from programme.models import Release
from programme.publish import published
from sessions.models import Material, Session
from speakers.models import Person, Speaker
from tests.schedule_files import HEAD, a_file, an_event, import_file, oslo

pytestmark = pytest.mark.django_db
PEOPLE = '<persons><person id="5">Kari Nordmann</person><person id="6">Ola Hansen</person></persons>'
LINKS = '<links><link href="https://a.example/">Notes</link><link href="https://b.example/">Code</link></links>'


@pytest.fixture
def treff(tmp_path):
    """Import events as the next export of one conference, and say what was reported."""

    def import_events(*events, **options):
        path = tmp_path / "schedule.xml"
        path.write_bytes(a_file(*events, **options.pop("file", {})))
        return import_file(path, **{"create": True, "timezone": "Europe/Oslo"} | options)

    return import_events


def session(slug="a-talk"):
    return Session.objects.get(slug=slug)


def test_staff_make_a_conference_from_a_file(treff):
    head = f"{HEAD}<venue>Folkets Hus</venue><city>Oslo</city>"
    said = treff(
        an_event(
            language="nb",
            track="Art",
            type="Talk",
            persons=PEOPLE,
            links=LINKS,
            abstract="Come.",
            description="All of it.",
        ),
        file={"head": head},
    )
    conference = Conference.objects.get(slug="treff")
    made = session()
    part = made.parts.get()

    assert "New conference “treff”." in said
    assert "Sessions: 1 new, 0 changed, 0 as before" in said
    assert (conference.name_nb, conference.venue_name_nb, conference.venue_address) == (
        "Sommertreff",
        "Folkets Hus",
        "Oslo",
    )
    assert conference.languages[0] == "nb"
    assert conference.is_current
    assert (made.title_nb, made.lead_nb, made.description_nb, made.spoken_languages) == (
        "A talk",
        "Come.",
        "All of it.",
        ["nb"],
    )
    assert (made.title_en, made.subtitle_nb) == (None, None)
    assert (made.track.name_nb, made.format.name_nb, part.room.name_nb) == ("Art", "Talk", "Aula")
    assert (part.starts_at, part.ends_at) == (oslo("2030-06-01T10:00:00"), oslo("2030-06-01T10:30:00"))
    assert [speaker.person.sort_name for speaker in made.speakers.all()] == ["Nordmann, Kari", "Hansen, Ola"]
    assert [(m.title_nb, m.link) for m in made.materials.all()] == [
        ("Notes", "https://a.example/"),
        ("Code", "https://b.example/"),
    ]


def test_a_second_conference_does_not_take_the_place_of_the_current_one(treff):
    treff(an_event())
    treff(an_event(), slug="other")

    assert [c.slug for c in Conference.objects.filter(is_current=True)] == ["treff"]


def test_namesakes_at_two_conferences_are_two_people(treff):
    treff(an_event(persons=PEOPLE))
    treff(an_event(persons=PEOPLE), slug="other")

    assert sorted(Person.objects.values_list("slug", flat=True)) == [
        "kari-nordmann",
        "kari-nordmann-2",
        "ola-hansen",
        "ola-hansen-2",
    ]


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
    assert "Cancelled, because the file no longer has them:\n  A talk" in said
    assert session().state == "cancelled"
    assert "nothing has changed" in treff(other)

    said = treff(an_event(), other)
    assert "On the programme again:\n  A talk" in said
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


def test_a_conference_that_staff_made_keeps_its_name_days_and_rooms(treff):
    conference = Conference.objects.create(
        slug="treff",
        name_nb="Vårt navn",
        starts_on="2030-06-01",
        ends_on="2030-06-03",
        timezone="Europe/Oslo",
        languages=["nb", "en"],
    )
    room = Room.objects.create(conference=conference, name_nb="aula", name_en="Great hall")

    said = treff(an_event(), create=False, timezone="")

    conference.refresh_from_db()
    assert (conference.name_nb, conference.name_en, conference.ends_on.isoformat()) == ("Vårt navn", None, "2030-06-03")
    assert session().title_nb == "A talk"
    assert session().parts.get().room == room
    assert Room.objects.count() == 1
    assert "Rooms: 0 new, 0 changed, 1 as before" in said


def test_a_conference_that_was_made_from_a_file_follows_it(treff):
    treff(an_event())
    said = treff(an_event(), file={"head": HEAD.replace("<end>2030-06-02", "<end>2030-06-03")})

    assert "Conference changed:\n  days" in said
    assert Conference.objects.get().ends_on.isoformat() == "2030-06-03"


def test_a_break_has_a_name_in_every_language_of_the_site(treff):
    treff(an_event("Lunch"))
    found = session("lunch").format

    assert found.is_break
    assert all(getattr(found, f"name_{code}") for code in Conference.objects.get().languages)


def test_a_dry_run_says_the_same_and_changes_nothing(treff):
    said = treff(an_event(), dry_run=True, publish=True)

    assert said.startswith("Dry run: nothing was saved.")
    assert "Sessions: 1 new" in said
    assert "would be published" in said
    assert not Conference.objects.exists()
    assert not Person.objects.exists()


def test_publishing_names_the_release_once(treff):
    assert "Published as release 1." in treff(an_event(), publish=True)
    said = treff(an_event(), publish=True)

    assert "The conference “treff” was there already." in said
    assert "nothing has changed" in said
    assert "Not published: the public programme is up to date." in said
    assert Release.objects.count() == 1


def test_events_outside_the_days_of_the_conference_are_named(treff):
    said = treff(an_event(date="2030-07-14T10:00:00+02:00"))

    assert "Outside the days of the conference: 1 (2030-07-14 A talk)" in said


def test_a_visitor_reads_a_cancelled_session_after_the_next_release(treff):
    treff(an_event(), an_event("Another", 'id="2"'), publish=True)
    treff(an_event("Another", 'id="2"'), publish=True)
    programme = published(Conference.objects.get())

    assert programme.find("session", "a-talk").is_cancelled
