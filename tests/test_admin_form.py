"""Staff write a session on one form: the rows of the page, in any order, each pointing at the others."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from sessions.models import DiscussionQuestion, Part, Session
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

pytestmark = pytest.mark.django_db
ADD = "/admin/conference_sessions/session/add/"


def address(session):
    return f"/admin/conference_sessions/session/{session.pk}/change/"


def send(staff, path, **changes):
    """Open a form, change some of it (`parts__0__start` for "parts-0-start"), and save it."""
    form = open_form(staff, path) | {name.replace("__", "-"): value for name, value in changes.items()}
    return staff.post(path, {name: value for name, value in form.items() if value is not None})


def saved(staff, path, **changes):
    answer = send(staff, path, **changes)
    assert answer.status_code == 302, errors_on(answer)


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


def test_rows_are_stored_in_the_order_in_which_they_are_seen(staff):
    session = make_session(parts=0)
    for title in ("A", "B", "C"):
        make_part(session, at=None, title_nb=title)
    saved(staff, address(session), parts__0__position="3", parts__1__position="1", parts__2__position="2")
    assert [(part.title_nb, part.position) for part in session.parts.all()] == [("B", 1), ("C", 2), ("A", 3)]


def test_a_reference_stays_with_its_part_when_parts_are_moved_and_the_form_has_errors(staff):
    session = make_session(parts=0)
    first, second = make_part(session, at=None, title_nb="Del 1"), make_part(session, at=None, title_nb="Del 2")
    speaker = make_speaker(session, part=second)
    moved = {"parts__0__position": "2", "parts__1__position": "1"}
    answer = send(staff, address(session), **moved, parts__0__start="nonsense")
    assert answer.status_code == 200
    again = fields_of(answer.content)
    assert again["speakers-0-part_row"] == "parts-1"
    assert again["parts-0-title_nb"] == "Del 1"
    page = answer.content.decode()
    assert page.index('id="parts-1"') < page.index('id="parts-0"')

    staff.post(address(session), again | {"parts-0-start": ""})
    speaker.refresh_from_db()
    assert speaker.part == second
    assert list(session.parts.all()) == [second, first]


def test_removing_a_part_leaves_its_people_and_questions_with_the_session(staff):
    session = make_session(parts=0)
    kept, gone = make_part(session, at=None), make_part(session, at=None)
    speaker, question = make_speaker(session, part=gone), make_question(session, part=gone)
    saved(staff, address(session), parts__1__DELETE="on")
    speaker.refresh_from_db(), question.refresh_from_db()
    assert (speaker.part, question.part) == (None, None)
    assert session.parts.get() == kept


def test_somebody_who_would_stand_twice_because_a_part_goes_is_told_of(staff):
    session = make_session(parts=0)
    gone = make_part(session, at=None)
    person = make_person()
    make_speaker(session, person, part=gone), make_speaker(session, person)
    answer = send(staff, address(session), parts__0__DELETE="on")
    assert "This person is already on the list." in errors_on(answer)
    saved(staff, address(session), parts__0__DELETE="on", speakers__1__DELETE="on")
    assert [(row.person, row.part) for row in session.speakers.all()] == [(person, None)]


def test_two_people_may_change_places_and_one_may_take_the_place_of_one_who_goes(staff):
    session = make_session(parts=0)
    first, second = make_part(session, at=None), make_part(session, at=None)
    karvar, davis = make_person("Karvar"), make_person("Davis")
    one, two = make_speaker(session, karvar, part=first), make_speaker(session, karvar, part=second)
    saved(staff, address(session), speakers__0__part_row="parts-1", speakers__1__part_row="parts-0")
    one.refresh_from_db(), two.refresh_from_db()
    assert (one.part, two.part) == (second, first)

    three = make_speaker(session, davis, part=first)
    saved(
        staff, address(session), speakers__0__person=davis.pk, speakers__0__part_row="parts-0", speakers__2__DELETE="on"
    )
    one.refresh_from_db()
    assert (one.person, one.part) == (davis, first)
    assert not session.speakers.filter(pk=three.pk).exists()


def test_a_speaker_who_goes_takes_no_question_along(staff):
    session = make_session()
    question = make_question(session, addressed_to=make_speaker(session))
    saved(staff, address(session), speakers__0__DELETE="on")
    question.refresh_from_db()
    assert question.addressed_to is None


def test_rows_that_were_added_and_left_empty_are_not_stored_but_a_new_part_is(staff):
    make_conference()
    saved(staff, ADD, title_nb="Sammen")
    session = Session.objects.get()
    assert session.parts.count() == 1
    assert session.speakers.count() == session.questions.count() == 0


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


def test_rows_of_another_conference_are_refused(staff):
    session = make_session()
    elsewhere = make_conference("Annet sted", slug="annet")
    track, room = make_track("Fremmed", elsewhere), make_room("Fremmed", elsewhere)
    assert send(staff, address(session), track=track.pk).status_code == 200
    assert send(staff, address(session), parts__0__room=room.pk).status_code == 200
    saved(staff, address(session), conference=elsewhere.pk)
    session.refresh_from_db()
    assert (session.conference, session.track) != (elsewhere, track)
    assert session.conference != elsewhere


def test_a_question_cannot_be_made_to_point_at_another_session(staff):
    session, other = make_session(), make_session("En annen")
    theirs = make_speaker(other)
    question = make_question(session)
    for forged in ("speakers-7", str(theirs.pk), "parts-0"):
        assert send(staff, address(session), questions__0__addressed_to_row=forged).status_code == 200
    question.refresh_from_db()
    assert question.addressed_to is None


def test_a_file_that_is_no_picture_is_refused_and_has_to_be_chosen_again(staff):
    session = make_session()
    answer = send(staff, address(session), image=ContentFile(b"not a picture", name="notes.jpg"))
    assert "This is not a picture we can read. Use JPEG, PNG, WebP or GIF." in errors_on(answer)
    assert "Choose the file again" in words_on(answer)
    saved(staff, address(session), image=a_picture())
    session.refresh_from_db()
    assert session.image.name.endswith(".webp")


def test_a_note_to_the_moderator_is_folded_away_while_it_is_empty(staff):
    session = make_session()
    make_question(session)
    assert "<details open>" not in staff.get(address(session)).content.decode()
    DiscussionQuestion.objects.update(note_fr="Demandez")
    assert "<details open>" in staff.get(address(session)).content.decode()
