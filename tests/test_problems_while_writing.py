"""What staff are told while they write, before anything is saved."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions.models import Session
from sessions.problems import Kind, moved, plan_of, problems_if
from tests.factories import make_moderator, make_person, make_room, make_session, make_speaker, make_staff, moment
from tests.forms import open_form, words_on

pytestmark = pytest.mark.django_db
ADD = reverse("admin:conference_sessions_session_add")
FORM = "session_form"


def address(session):
    return reverse("admin:conference_sessions_session_change", args=[session.pk])


def ask(staff, sent, session=None):
    answer = staff.post(reverse("what_if", args=[session.pk] if session else []), sent)
    assert answer.status_code == 200
    return words_on(answer) if answer.content.strip() else ""


def test_staff_hear_of_a_room_in_use_before_a_new_session_is_saved(staff, conference):
    room = make_room("Aula")
    make_session("Åpning", "13:00", room=room)
    sent = open_form(staff, ADD, FORM)
    sent |= {"title_nb": "Verksted", "parts-0-day": "2030-01-31", "parts-0-start": "1330", "parts-0-end": "14.15"}
    assert ask(staff, sent) == ""

    said = ask(staff, sent | {"parts-0-room": room.pk})

    assert "“Verksted” (draft) is in Aula at the same time as “Åpning” (Thursday 13:30–14:00)." in said
    assert "The session can be saved" in said
    assert Session.objects.count() == 1


def test_staff_hear_of_a_person_in_two_places_in_the_part_that_is_named(staff, conference):
    person = make_person("Ann")
    make_session("Åpning", "13:00", room=make_room("Aula"), moderators=[person])
    session = make_session("Verksted", "10:00", room=make_room("Rom 2"))
    sent = open_form(staff, address(session), FORM)
    second = {"parts-1-day": "2030-01-31", "parts-1-start": "13", "parts-1-end": "14", "parts-TOTAL_FORMS": "2"}
    row = {"speakers-TOTAL_FORMS": "1", "speakers-0-person": person.pk}

    for part, clash in (("parts-0", False), ("parts-1", True), ("", True)):
        said = ask(staff, sent | second | row | {"speakers-0-part_row": part}, session)
        assert ("Ann is on stage in “Verksted”, part 2 and in “Åpning”" in said) == clash
    assert "Ann is on stage" not in ask(staff, sent | second | row | {"parts-1-DELETE": "on"}, session)


def test_the_same_words_are_told_before_saving_and_afterwards(staff, conference):
    room = make_room("Aula", capacity=20)
    make_session("Åpning", "13:00", room=room)
    session = make_session("Verksted", "13:30", room=room, expected_attendance=30)
    sent = open_form(staff, address(session), FORM)

    page = words_on(staff.get(address(session)))

    for words in (
        "“Verksted” is in Aula at the same time as “Åpning” (Thursday 13:30–14:00).",
        "30 people are expected at “Verksted”, and Aula has 20 seats.",
    ):
        assert words in page
        assert words in ask(staff, sent, session)


def test_half_written_and_odd_things_are_nobodys_problem(staff, conference):
    sent = open_form(staff, ADD, FORM) | {"title_nb": "Verksted"}

    for odd in (
        {"parts-0-start": "13"},
        {"parts-0-day": "2030-01-31", "parts-0-start": "13", "parts-0-end": "12"},
        {"parts-0-day": "no day", "parts-0-start": "13", "parts-0-end": "14"},
        {"parts-0-room": "9" * 30, "speakers-0-person": "x", "speakers-0-part_row": "parts-7", "format": "²"},
        {"parts-TOTAL_FORMS": "999999999999", "speakers-TOTAL_FORMS": "-1", "expected_attendance": "many"},
    ):
        assert ask(staff, sent | odd) == ""


def test_a_public_session_without_a_title_is_told_of_as_what_waits(staff, conference):
    session = make_session("Verksted", room=make_room())
    sent = open_form(staff, address(session), FORM)

    said = ask(staff, {name: value for name, value in sent.items() if name != "title_nb"} | {"title_nb": ""}, session)

    assert "A public session has no title." in said
    assert "It is not published before it has a title." in said


def test_only_who_may_write_sessions_may_ask(client, conference):
    session = make_session("Secret", state="draft", room=make_room())
    asked = [reverse("what_if"), reverse("what_if", args=[session.pk])]
    assert {client.post(path).status_code for path in asked} == {302}
    client.force_login(make_staff("view_session", "translate"))
    assert {client.post(path).status_code for path in asked} == {403}
    client.force_login(make_staff("change_session"))
    assert [client.post(path).status_code for path in asked] == [403, 200]
    assert client.get(asked[1]).status_code == 405
    assert client.post(reverse("what_if", args=[0])).status_code == 403


def test_asking_costs_the_same_however_large_the_conference_is(conference):
    session = make_session("Åpning", "13:00", room=make_room("Aula"))
    room, counts = make_room("Rom"), []
    for size in (2, 12):
        for number in range(size):
            beside = make_session(f"Post {size} {number}", "13:30", room=room)
            make_speaker(beside, make_person(f"Person {size} {number}"))
            make_moderator(beside, make_person(f"Ordstyrer {size} {number}"))
        with CaptureQueriesContext(connection) as queries:
            problems_if(conference, plan_of(session))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 18


def test_the_board_learns_what_a_move_would_bring(conference):
    room = make_room("Aula")
    make_session("Åpning", "13:00", room=room)
    session = make_session("Verksted", "15:00", room=room)
    part = session.parts.get()

    there = moved(plan_of(session), part.pk, moment("13:30"), moment("14:30"), room)

    assert [problem.kind for problem in problems_if(conference, there)] == [Kind.ROOM_TAKEN]
    assert problems_if(conference, plan_of(session)) == ()
