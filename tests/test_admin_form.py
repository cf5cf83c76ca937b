"""Staff write a session on one form: the rows of the page, in any order, each pointing at the others."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from sessions.models import Part, Session
from tests.factories import (
    a_picture,
    make_conference,
    make_format,
    make_material,
    make_moderator,
    make_part,
    make_person,
    make_question,
    make_room,
    make_session,
    make_speaker,
    make_topic,
    make_track,
    moment,
)
from tests.forms import errors_on, fields_of, open_form, words_on
from tests.session_form import ADD, address, saved, send

pytestmark = pytest.mark.django_db


def test_staff_enter_a_new_session_with_everything_at_once(staff):
    make_conference()
    karvar, ulstein, davis = make_person("Anousheh Karvar"), make_person("Dag Inge Ulstein"), make_person("Tina Davis")
    saved(
        staff, ADD, title_nb="Sammen mot menneskehandel", parts__TOTAL_FORMS="2", materials__TOTAL_FORMS="1",
        parts__0__title_nb="Del 1", parts__0__day="2030-01-31", parts__0__start="13:00", parts__0__end="13.45",
        parts__1__title_nb="Del 2", parts__1__day="2030-01-31", parts__1__start="1400", parts__1__end="15",
        speakers__0__person=ulstein.pk, speakers__0__part_row="parts-0", speakers__0__contribution_nb="åpningsord",
        speakers__1__person=karvar.pk, speakers__1__part_row="parts-1",
        moderators__0__person=davis.pk, moderators__0__part_row="",
        questions__0__text_nb="Hva er status?", questions__0__part_row="parts-1",
        questions__0__addressed_to_row="speakers-1",
        materials__0__title_nb="Rapport", materials__0__link="https://example.org/rapport", materials__0__kind="paper",
    )  # fmt: skip

    session = Session.objects.get()
    first, second = session.parts.all()
    assert (first.title_nb, second.title_nb) == ("Del 1", "Del 2")
    assert (first.starts_at, first.ends_at) == (moment("13:00"), moment("13:45"))
    assert (second.starts_at, second.ends_at) == (moment("14:00"), moment("15:00"))
    on_stage = [(row.person, row.part, row.contribution_nb or "", row.position) for row in session.speakers.all()]
    assert on_stage == [(ulstein, first, "åpningsord", 1), (karvar, second, "", 2)]
    assert [(row.person, row.part) for row in session.moderators.all()] == [(davis, None)]
    question = session.questions.get()
    assert (question.part, question.addressed_to.person, question.position) == (second, karvar, 1)
    assert session.materials.get().title_nb == "Rapport"


def test_a_form_that_is_opened_and_saved_changes_nothing(staff):
    session = full_session()
    before = contents(session)
    saved(staff, address(session))
    assert contents(session) == before


def full_session():
    session = make_session(parts=0, track=make_track(), format=make_format(), topics=[make_topic(), make_topic("Klima")],
                           spoken_languages=["no", "xx"], interpreted_to=["en"], image=a_picture())  # fmt: skip
    first = make_part(session, "13:00", 45, make_room(), title_nb="Del 1")
    second = make_part(session, "23:30", 60, title_nb="Del 2", description_en="Late")
    third = make_part(session, at=None)
    speaker = make_speaker(session, part=first, contribution_en="opening words")
    make_speaker(session, speaker.person, part=second)
    make_moderator(session, part=third)
    make_question(session, part=second, addressed_to=speaker, note_nb="Spør om tall")
    make_material(session, position=1)
    return session


def contents(session):
    """Everything stored about a session, without the moments of change."""
    lists = (session.parts, session.speakers, session.moderators, session.questions, session.materials)
    rows = [Session.objects.get(pk=session.pk), *(row for rows in lists for row in rows.all())]
    return [row.__class__.objects.values().get(pk=row.pk) | {"changed_at": None} for row in rows]


def test_times_are_those_of_the_conference_and_not_of_the_server(staff):
    conference = make_conference(timezone="America/New_York")
    session = make_session(at="2030-02-01 09:00", conference=conference)
    form = open_form(staff, address(session))
    assert (form["parts-0-day"], form["parts-0-start"], form["parts-0-end"]) == ("2030-02-01", "09:00", "10:00")
    with timezone.override("Asia/Tokyo"):
        saved(staff, address(session), parts__0__start="10:00", parts__0__end="11:30")
    part = session.parts.get()
    assert part.starts_at == dt.datetime(2030, 2, 1, 15, 0, tzinfo=dt.UTC)
    assert "America/New York" in words_on(staff.get(address(session)))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"start": "14:00", "end": "13:00"}, "A part must end after it starts."),
        ({"start": "14:00", "end": ""}, "Give both the start and the end, or neither."),
        ({"day": "", "start": "14:00", "end": "15:00"}, "Choose the day, too."),
        ({"start": "25:00", "end": "26:00"}, "Write the time like 13:00."),
        ({"start": "at noon", "end": "13:00"}, "Write the time like 13:00."),
    ],
)
def test_staff_are_told_in_words_what_is_wrong_with_a_time(staff, typed, said):
    session = make_session(at="10:00")
    answer = send(staff, address(session), **{f"parts__0__{name}": value for name, value in typed.items()})
    assert said in errors_on(answer)
    again = fields_of(answer.content)
    assert {name: again[f"parts-0-{name}"] for name in typed} == typed
    assert session.parts.get().starts_at == moment("10:00")


def test_a_time_that_the_clocks_leave_out_is_refused(staff):
    make_conference(starts_on=dt.date(2030, 3, 31))
    session = make_session(at="10:00")
    answer = send(staff, address(session), parts__0__start="02:30", parts__0__end="04:00")
    assert "The clocks are put forward that night: this time does not exist." in errors_on(answer)


def test_an_evening_may_end_after_midnight(staff):
    session = make_session(at="20:00")
    saved(staff, address(session), parts__0__start="22:00", parts__0__end="01:00")
    part = session.parts.get()
    assert part.ends_at == moment("2030-02-01 01:00")
    assert open_form(staff, address(session))["parts-0-end_day"] == ""


def test_nothing_that_was_typed_is_lost_when_something_is_wrong(staff):
    make_conference()
    person = make_person()
    typed = {
        "title_nb": "Sammen", "lead_fr": "Venez", "questions-0-text_nb": "Hvorfor?", "questions-0-part_row": "parts-0",
        "questions-0-addressed_to_row": "speakers-1", "speakers-1-person": str(person.pk), "speakers-1-part_row": "parts-0",
        "parts-0-title_nb": "Del 1", "parts-0-start": "13", "spoken_languages": ["no", "en"],
        "livestream_url": "not an address", "materials-0-title_nb": "Rapport", "materials-TOTAL_FORMS": "1", "materials-0-kind": "paper",
    }  # fmt: skip
    answer = staff.post(ADD, open_form(staff, ADD) | typed)
    assert answer.status_code == 200
    again = fields_of(answer.content)
    assert {name: again[name] for name in typed} == typed
    assert Session.objects.count() == Part.objects.count() == 0


def test_a_session_needs_a_title_in_some_language_and_the_form_says_where(staff):
    make_conference()
    assert "Write this in at least one language." in errors_on(send(staff, ADD))
    saved(staff, ADD, title_fr="Ensemble")


def test_a_new_session_belongs_to_the_chosen_conference_and_offers_what_belongs_to_it(staff):
    this, next_year = make_conference("Sammen"), make_conference("Sammen igjen", slug="neste")
    make_track("Her", this), make_track("Der", next_year), make_room("Rom her", this), make_room("Rom der", next_year)
    assert "Rom her" in words_on(staff.get(ADD))
    assert "Rom der" not in words_on(staff.get(ADD))

    staff.post("/admin/choose/", {"conference": next_year.pk})
    words = words_on(staff.get(ADD))
    assert "Rom der" in words
    assert "Der" in words
    assert "Rom her" not in words
    saved(staff, ADD, title_nb="Neste år")
    assert Session.objects.get().conference == next_year


def test_a_file_that_is_no_picture_is_refused_and_has_to_be_chosen_again(staff):
    session = make_session()
    answer = send(staff, address(session), image=ContentFile(b"not a picture", name="notes.jpg"))
    assert "This is not a picture we can read. Use JPEG, PNG, WebP or GIF." in errors_on(answer)
    assert "Choose the file again" in words_on(answer)
    saved(staff, address(session), image=a_picture())
    session.refresh_from_db()
    assert session.image.name.endswith(".webp")
