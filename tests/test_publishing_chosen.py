"""Publishing some of what waits, and the rest later, for any edits whatever. Programmes are made of values: no database."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from programme.codec import from_json, to_json
from programme.compare import compare
from programme.order import by_name, by_time
from programme.remember import remember
from programme.selected import chosen, keys, needs, possible, reach
from programme.values import Appearance, Format, Part, Person, Question, Room, Session, Text, Topic, Track
from programme.whole import Programme
from tests.fuzzing import examples

A_FEW = examples(40)
START = dt.datetime(2030, 1, 31, 12, tzinfo=dt.UTC)
SLUGS = ["a", "b", "c", "d", "e"]
WORDS = st.sampled_from(["Ja", "Nei"]).map(lambda word: Text({"nb": word}))


def uuid(kind, number):
    return UUID(int=100 * kind + number)


def some_of(draw, things, most=3):
    return tuple(draw(st.lists(st.sampled_from(things), unique=True, max_size=most))) if things else ()


def maybe(draw, things):
    return draw(st.sampled_from([None, *things]))


def several(draw, kind, make):
    """Things of a kind with numbers, in any order, each at an address of its own."""
    numbers = draw(st.lists(st.integers(1, 4), unique=True, max_size=4))
    slugs = draw(st.permutations(SLUGS))
    return tuple(make(uuid(kind, number), slug) for number, slug in zip(numbers, slugs, strict=False))


def on_stage(draw, kind, number, people):
    return tuple(Appearance(uuid(kind, 10 * number + n), person) for n, person in enumerate(some_of(draw, people)))


def a_part(draw, there, number):
    starts_at = draw(st.sampled_from([None, START, START + dt.timedelta(hours=2)]))
    return Part(
        uuid(7, number),
        draw(WORDS),
        starts_at=starts_at,
        ends_at=starts_at and starts_at + dt.timedelta(hours=1),
        room=maybe(draw, there["rooms"]),
        moderators=on_stage(draw, 8, number, there["people"]),
    )


def a_session(draw, there, own, slug):
    speakers = on_stage(draw, 9, own.int % 100, there["people"])
    asked = [Question(UUID(int=own.int + 5000), draw(WORDS), a.person) for a in speakers[:1]]
    numbers = range(10 * (own.int % 100), 10 * (own.int % 100) + draw(st.integers(0, 2)))
    return Session(
        own,
        slug,
        draw(WORDS),
        format=maybe(draw, there["formats"]),
        track=maybe(draw, there["tracks"]),
        topics=some_of(draw, there["topics"], 2),
        is_cancelled=draw(st.booleans()),
        replaced_by=None,
        speakers=speakers,
        questions=tuple(asked),
        parts=tuple(a_part(draw, there, number) for number in numbers),
    )


def what_is_there(draw):
    """{field of a programme: things that its sessions may point at}"""
    kinds = {"rooms": Room, "tracks": Track, "topics": Topic, "formats": Format}
    there = {
        name: several(draw, number, lambda own, slug, kind=kind: kind(own, slug, draw(WORDS)))
        for number, (name, kind) in enumerate(kinds.items(), 1)
    }
    names = st.sampled_from(["Anna", "Bodil"])
    return there | {"people": several(draw, 5, lambda own, slug: Person(own, slug, draw(names)))}


@st.composite
def programmes(draw):
    """What staff could have in the database at some moment: every edit of it is another one of these."""
    there = what_is_there(draw)
    sessions = several(draw, 6, lambda own, slug: a_session(draw, there, own, slug))
    sessions = [replace(s, replaced_by=maybe(draw, [o.uuid for o in sessions if o != s])) for s in sessions]
    seen = {person.uuid for session in sessions for person in session.people}
    there["people"] = tuple(sorted((p for p in there["people"] if p.uuid in seen), key=by_name))
    slug, name = draw(st.sampled_from(SLUGS)), draw(WORDS)
    sessions = tuple(sorted(sessions, key=by_time))
    return Programme(
        uuid(0, 1), slug, name, START.date(), START.date(), "Europe/Oslo", ("nb",), sessions=sessions, **there
    )


@st.composite
def chosen_of(draw, old, taken):
    waiting = sorted(keys(old, taken), key=str)
    return frozenset(draw(st.lists(st.sampled_from(waiting), unique=True))) if waiting else frozenset()


def without_memory(programme):
    """What was taken, out of a release: everything but what it remembers."""
    return chosen(programme, programme, frozenset())


def sequences(programme):
    slots = (
        slot for session in programme.sessions + programme.gone_sessions for slot in session.slots + session.gone_slots
    )
    return {slot.part.uuid: slot.part.sequence for slot in slots if slot.part.is_scheduled}


def released(new, old, number):
    return remember(new, old, START + dt.timedelta(days=number))


@A_FEW
@given(st.data())
def test_some_of_it_and_then_the_rest_is_as_all_at_once(data):
    first = released(data.draw(programmes()), None, 1)
    taken = data.draw(programmes())
    some = released(chosen(first, taken, data.draw(chosen_of(first, taken))), first, 2)
    rest = released(chosen(some, taken, keys(some, taken)), some, 3)

    assert without_memory(rest) == taken
    assert without_memory(released(taken, first, 2)) == taken
    assert compare(rest, taken) == ()


@A_FEW
@given(st.data())
def test_calendars_never_count_backwards(data):
    before, counted = None, {}
    for number in range(4):
        taken = data.draw(programmes())
        before = released(chosen(before, taken, data.draw(chosen_of(before, taken))), before, number)
        now = sequences(before)
        assert all(now[part] >= count for part, count in counted.items() if part in now)
        assert set(counted) <= set(now)
        counted = now


@A_FEW
@given(st.data())
def test_what_is_left_out_stays_as_it_was(data):
    first = released(data.draw(programmes()), None, 1)
    taken = data.draw(programmes())
    keep = data.draw(chosen_of(first, taken))
    made = chosen(first, taken, keep)

    along = reach(needs(first, taken), keep)
    here = {session.uuid for session in made.sessions}
    lost = {("session", s.uuid) for s in first.sessions if s.replaced_by and s.replaced_by not in here}
    assert keys(first, made) <= along | lost
    assert keys(made, taken) <= keys(first, taken)
    assert chosen(first, taken, frozenset()) == without_memory(first)


@A_FEW
@given(st.data())
def test_part_of_what_waits_is_a_whole_programme(data):
    first = released(data.draw(programmes()), None, 1) if data.draw(st.booleans()) else None
    taken = data.draw(programmes())
    made = released(chosen(first, taken, data.draw(chosen_of(first, taken))), first, 2)

    assert from_json(to_json(made)) == made
    for values in (made.sessions, made.people, made.rooms, made.tracks, made.topics):
        assert len({value.slug for value in values}) == len(values)
    assert set(made.people) == {person for session in made.sessions for person in session.people}
    here = {session.uuid for session in made.sessions}
    assert {session.replaced_by for session in made.sessions} <= here | {None}


@A_FEW
@given(st.data())
def test_what_is_held_back_is_never_taken_along(data):
    first, taken = released(data.draw(programmes()), None, 1), data.draw(programmes())
    held = data.draw(chosen_of(first, taken))
    needed = needs(first, taken)
    made = chosen(first, taken, possible(needed, keys(first, taken), held))

    assert held <= keys(made, taken)
