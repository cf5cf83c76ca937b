"""What staff are warned of: nothing here keeps an edit from being saved or published."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions.problems import Kind, counted, problems_of, problems_of_session
from tests.factories import (
    a_picture,
    make_conference,
    make_format,
    make_moderator,
    make_part,
    make_person,
    make_release,
    make_room,
    make_session,
    make_speaker,
    make_superuser,
)
from tests.told import kinds, words

pytestmark = pytest.mark.django_db
QUERIES = 9  # sessions with replacements, formats, tracks, parts, rooms, speakers, moderators, people


@pytest.mark.parametrize(
    ("at", "minutes", "expected"),
    [
        ("2030-01-30 23:00", 60, [Kind.OUTSIDE_THE_DAYS]),
        ("2030-01-31 00:00", 60, []),
        ("2030-02-01 23:00", 6 * 60, []),
        ("2030-02-01 23:00", 6 * 60 + 1, [Kind.OUTSIDE_THE_DAYS]),
        ("2030-02-02 00:00", 60, [Kind.OUTSIDE_THE_DAYS]),
    ],
)
def test_staff_learn_of_a_session_on_another_day_unless_it_is_the_last_night(conference, at, minutes, expected):
    make_session(at=at, minutes=minutes, room=make_room())

    assert kinds(conference) == expected


def test_staff_learn_what_a_public_session_lacks(conference):
    room = make_room()
    make_session("", title_en="Opening", room=room)
    make_session("Uten del", parts=0)
    make_session("Uten tid", at=None, room=room)
    make_session("Uten rom", "15:00")
    make_session("Uten alternativ tekst", "17:00", room=room, image=a_picture())

    assert words(conference) == [
        "“Opening” has no title in the conference’s first language.",
        "“Uten del” has no part, so it has neither time nor room.",
        "“Uten tid” has no time yet.",
        "“Uten rom” has no room yet.",
        "The picture of “Uten alternativ tekst” has no alternative text for those who cannot see it.",
    ]


def test_a_session_without_any_title_is_the_gravest(conference):
    make_session("", slug="unnamed", room=make_room())

    [problem] = problems_of(conference)

    assert (problem.kind, problem.severity) == (Kind.NO_TITLE, "blocks")
    assert make_release(conference)


def test_a_draft_may_be_unfinished_and_a_break_may_be_everywhere(conference):
    make_session("", slug="draft", parts=0, state="draft")
    make_session("Lunsj", format=make_format("Pause", is_break=True))

    assert kinds(conference) == []


def test_staff_learn_of_a_way_that_leads_nowhere(conference):
    room = make_room()
    new = make_session("Ny", "15:00", room=room)
    make_session("Gammel", room=room, state="cancelled", replaced_by=new)
    assert kinds(conference) == []

    new.hide()
    assert words(conference) == ["“Gammel” is replaced by “Ny” (draft), which the public does not see."]
    new.cancel()
    assert words(conference) == ["“Gammel” is replaced by “Ny”, which is cancelled too."]


def test_staff_learn_of_somebody_who_stands_in_the_list_twice(conference):
    session = make_session("Åpning", room=make_room())
    person = make_person("Ann")
    make_speaker(session, person)
    make_moderator(session, person)
    assert kinds(conference) == []

    make_speaker(session, person, part=session.parts.get())

    assert words(conference) == ["Ann is listed twice in “Åpning”: for the whole session, and for one part."]


def test_the_form_shows_what_concerns_its_session_from_both_sides(conference):
    room = make_room()
    first = make_session("Åpning", "13:00", room=room)
    second = make_session("Verksted", "13:30", room=room)
    make_session("Uten tid", at=None, room=room)

    assert [p.kind for p in problems_of_session(first)] == [Kind.ROOM_TAKEN]
    assert problems_of_session(first) == problems_of_session(second)


def test_another_conference_is_another_matter(conference):
    room = make_room()
    make_session("Åpning", room=room)
    other = make_conference("Alene", slug="alene")
    make_session("Åpning", conference=other, room=room)

    assert kinds(conference) == kinds(other) == []


def test_problems_cost_the_same_queries_however_large_the_conference_is(conference):
    for size in (2, 12):
        for number in range(size):
            session = make_session(f"Post {number}", "13:00", room=make_room(f"Rom {size} {number}"))
            make_speaker(session, make_person(f"Person {size} {number}"))
            make_moderator(session, make_person(f"Ordstyrer {size} {number}"))
        with CaptureQueriesContext(connection) as queries:
            problems_of(conference)
        assert len(queries) == QUERIES


def test_a_large_conference_is_looked_through_while_nobody_waits(conference):
    rooms = [make_room(f"Rom {number}") for number in range(20)]
    for number in range(300):
        make_session(f"Post {number}", f"{8 + number // 60:02}:{number % 60:02}", 30, room=rooms[number % 20])

    started = time.thread_time()  # of the processor: a busy machine takes longer
    found = problems_of(conference)

    assert found
    assert time.thread_time() - started < 2


def test_staff_see_the_problems_of_a_session_on_its_form(conference, client):
    room = make_room("Aula")
    make_session("Åpning", "13:00", room=room)
    session = make_session("Verksted", "13:30", room=room)
    make_session("Uten tid", at=None, room=room)
    client.force_login(make_superuser())
    client.cookies["django_language"] = "en"

    page = client.get(reverse("admin:conference_sessions_session_change", args=[session.pk])).content.decode()

    assert "“Verksted” is in Aula at the same time as “Åpning” (Thursday 13:30–14:00)." in page
    assert "The session can be saved and published all the same." in page
    assert "has no time yet" not in page
    assert "things to check" not in client.get(reverse("admin:conference_sessions_session_add")).content.decode()


def test_staff_learn_of_more_people_than_a_room_holds(conference):
    small, large, unknown = make_room("Liten", capacity=20), make_room("Stor", capacity=90), make_room("Ute")
    session = make_session("Verksted", "13:00", room=small, expected_attendance=100)
    make_session("Nok plass", "15:00", room=small, expected_attendance=20)
    make_session("Ingen vet", "15:00", room=unknown, expected_attendance=5000)
    make_session("Avlyst", "17:00", room=small, expected_attendance=21, state="cancelled")
    assert words(conference) == ["100 people are expected at “Verksted”, and Liten has 20 seats."]

    make_part(session, "13:00", room=large)  # at the same time: they share those who come

    assert words(conference) == []


def test_staff_read_how_many_problems_there_are_of_each_kind(conference):
    room = make_room()
    for number in range(3):
        make_session(f"Post {number}", "13:00", room=room)
    make_session("", slug="unnamed", at="15:00", room=room)

    told = [sentence for _kind, sentence in counted(problems_of(conference))]

    assert told == ["1 public session without a title", "3 rooms in use twice"]
