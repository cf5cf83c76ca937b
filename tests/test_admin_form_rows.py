"""Rows of a session's form: in the order in which they are seen, each pointing at others, some removed."""

import pytest

from sessions.models import DiscussionQuestion, Session
from tests.factories import (
    make_conference,
    make_part,
    make_person,
    make_question,
    make_room,
    make_session,
    make_speaker,
    make_track,
)
from tests.forms import errors_on, fields_of
from tests.session_form import ADD, address, saved, send

pytestmark = pytest.mark.django_db


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


def test_a_note_to_the_moderator_is_folded_away_while_it_is_empty(staff):
    session = make_session()
    make_question(session)
    assert "<details open>" not in staff.get(address(session)).content.decode()
    DiscussionQuestion.objects.update(note_fr="Demandez")
    assert "<details open>" in staff.get(address(session)).content.decode()
