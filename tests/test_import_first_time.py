"""A conference that comes out of a file."""

import pytest

from conference.models import Conference, Room
from programme.models import Release
from speakers.models import Person
from tests.schedule_files import HEAD, LINKS, PEOPLE, an_event, oslo, session

pytestmark = pytest.mark.django_db


def test_staff_make_a_conference_from_a_file(treff):
    head = f"{HEAD}<venue>Folkets Hus</venue><city>Oslo</city>"
    said = treff(
        an_event(language="nb", abstract="Come.", description="All of it."),
        file={"head": head},
    )
    conference = Conference.objects.get(slug="treff")
    made = session()

    assert "New conference “treff”." in said
    assert "Texts were taken as “nb”, clocks as Europe/Oslo." in said
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


def test_an_imported_session_has_its_people_place_and_materials(treff):
    treff(an_event(track="Art", type="Talk", persons=PEOPLE, links=LINKS, language="nb"))
    made = session()
    part = made.parts.get()

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
