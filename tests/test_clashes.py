"""What staff are warned of because two things do not go together: one room, one person, at one time."""

import pytest

from sessions.models import Session
from sessions.problems import Kind, problems_of, problems_of_session
from tests.factories import make_conference, make_part, make_person, make_room, make_session, make_speaker
from tests.told import kinds, words

pytestmark = pytest.mark.django_db


def test_staff_learn_of_a_room_in_use_twice_and_which_session_is_in_the_way(conference):
    room = make_room("Aula")
    make_session("Åpning", "13:00", room=room)
    make_session("Verksted", "13:30", room=room)

    assert words(conference) == ["“Verksted” is in Aula at the same time as “Åpning” (Thursday 13:30–14:00)."]


def test_sessions_one_after_the_other_share_a_room(conference):
    room = make_room()
    make_session("Åpning", "13:00", room=room)
    make_session("Verksted", "14:00", room=room)

    assert kinds(conference) == []


@pytest.mark.parametrize("roles", [("speakers", "speakers"), ("speakers", "moderators"), ("moderators", "moderators")])
def test_staff_learn_of_a_person_in_two_places_in_whatever_role(conference, roles):
    person = make_person("Anousheh Karvar")
    first = make_session("Åpning", "13:00", room=make_room("Aula"), **{roles[0]: [person]})
    second = make_session("Verksted", "13:30", room=make_room("Rom 2"), **{roles[1]: [person]})

    [problem] = problems_of(conference)

    assert (problem.kind, problem.session, problem.other, problem.person) == (Kind.PERSON_TAKEN, second, first, person)
    assert words(conference) == [
        "Anousheh Karvar is on stage in “Verksted” and in “Åpning” at the same time (Thursday 13:30–14:00)."
    ]


def test_a_person_in_one_part_is_free_during_the_other():
    conference = make_conference(minutes_between_rooms=0)
    person = make_person()
    session = make_session("Åpning", "13:00", room=make_room("Aula"))
    later = make_part(session, "14:00", room=session.parts.get().room)
    make_speaker(session, person, part=later)
    make_session("Verksted", "13:00", room=make_room("Rom 2"), speakers=[person])
    assert kinds(conference) == []

    make_session("Samtale", "14:30", room=make_room("Rom 3"), speakers=[person])

    assert words(conference) == [
        "Anousheh Karvar is on stage in “Samtale” and in “Åpning” at the same time (Thursday 14:30–15:00)."
    ]


def test_lightning_talks_inside_a_slot_are_told_of_once_each(conference):
    room, host = make_room("Aula"), make_person()
    make_session("Lyntaler", "10:00", 60, room=room, moderators=[host])
    make_session("Lyntale 1", "10:00", 10, room=room, speakers=[host])
    make_session("Lyntale 2", "10:10", 10, room=room, speakers=[host])

    assert kinds(conference) == [Kind.ROOM_TAKEN, Kind.ROOM_TAKEN]


def test_a_cancelled_session_is_in_nobodys_way_but_a_draft_is(conference):
    room = make_room("Aula")
    make_session("Åpning", room=room)
    other = make_session("Verksted", room=room, state=Session.State.CANCELLED)
    assert kinds(conference) == []

    other.hide()

    assert words(conference) == ["“Verksted” (draft) is in Aula at the same time as “Åpning” (Thursday 13:00–14:00)."]


def test_staff_learn_of_parts_that_overlap_without_hearing_of_their_room_and_people(conference):
    room, person = make_room(), make_person()
    session = make_session("Åpning", "13:00", room=room, speakers=[person])
    make_part(session, "13:30", room=room)

    assert kinds(conference) == [Kind.PARTS_OVERLAP]
    assert words(conference) == ["Parts of “Åpning” overlap (Thursday 13:30–14:00)."]


def test_parts_in_rooms_of_their_own_may_be_at_the_same_time_but_not_with_the_same_person(conference):
    session = make_session("Fire rom", "13:00", room=make_room("Aula"), moderators=[make_person("Vert")])
    for number in range(3):
        part = make_part(session, "13:00", room=make_room(f"Rom {number}"))
    assert kinds(conference) == []

    for one in (part, session.parts.first()):
        make_speaker(session, make_person("Ann") if one == part else session.speakers.get().person, part=one)

    assert words(conference) == ["Parts of “Fire rom” overlap (Thursday 13:00–14:00)."]


@pytest.mark.parametrize(
    ("minutes", "at", "room", "told"),
    [
        (5, "14:04", "Rom 2", "Ann has 4 minutes to get from Aula to Rom 2 for “Verksted” (Thursday 14:04–15:04)."),
        (5, "14:01", "Rom 2", "Ann has 1 minute to get from Aula to Rom 2 for “Verksted” (Thursday 14:01–15:01)."),
        (5, "14:05", "Rom 2", None),
        (5, "14:00", "Aula", None),
        (20, "14:05", "Rom 2", "Ann has 5 minutes to get from Aula to Rom 2 for “Verksted” (Thursday 14:05–15:05)."),
        (0, "14:00", "Rom 2", None),
    ],
)
def test_staff_learn_of_somebody_who_has_too_little_time_to_change_rooms(minutes, at, room, told):
    conference, ann = make_conference(minutes_between_rooms=minutes), make_person("Ann")
    rooms = {name: make_room(name) for name in ("Aula", "Rom 2")}
    make_session("Åpning", "13:00", room=rooms["Aula"], moderators=[ann])
    session = make_session("Verksted", at, room=rooms[room], speakers=[ann])

    assert words(conference) == ([told] if told else [])
    assert [problem.words for problem in problems_of_session(session)] == ([told] if told else [])


def test_somebody_who_was_in_the_next_room_already_need_not_hurry(conference):
    ann, aula = make_person("Ann"), make_room("Aula")
    session = make_session("To rom", "13:00", room=aula, moderators=[ann])
    make_part(session, "13:00", room=make_room("Rom 2"))
    make_session("Verksted", "14:00", room=aula, speakers=[ann])

    assert kinds(conference) == []
