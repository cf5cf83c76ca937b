"""What is different between two programmes: one change for each session, person, room … that is not as it was.

Pure: values in, values out. `programme.describe` puts the changes into words. What a release only remembers (gone
parts, former addresses, SEQUENCE numbers) is no change of its own, for it follows from one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from operator import attrgetter
from typing import Any
from uuid import UUID

from programme.values import Appearance, Material, Part, Picture, Question, Session, Text
from programme.whole import Programme

REMEMBERED = {
    "gone_sessions",
    "gone",
    "former_slugs",
    "history",
    "number",
    "published_at",
    "revision",
    "gone_parts",
    "sequence",
    "changed_at",
    "once_about",
}
SHARED = {"room": "rooms", "track": "tracks", "topic": "topics", "format": "formats"}
APART = {
    "uuid",
    "is_cancelled",
    "is_gone",
    "replaced_by",
    "sessions",
    "people",
    "rooms",
    "tracks",
    "formats",
    "starts_at",
    "ends_at",
    "room",
    "parts",
}


def all_but(kind, *names):
    """A function that gives what a value holds, but for what releases remember, and for some fields more."""
    return attrgetter(*(each.name for each in fields(kind) if each.name not in REMEMBERED.union(names)))


OF_A_SESSION, OF_A_PART = all_but(Session, "parts"), all_but(Part)


class Kind(StrEnum):
    ADDED = "added"
    GONE = "gone"
    CANCELLED = "cancelled"
    BACK = "back"  # not cancelled, or not gone, any more
    CHANGED = "changed"
    REORDERED = "reordered"


@dataclass(frozen=True)
class Difference:
    """One field that is not as it was, or (ADDED, GONE, REORDERED) one thing in a list.

    `before` and `after` hold what the field holds in `programme.values`; None where there was or is nothing. A "time"
    is (starts_at, ends_at); "replaced_by" is a Session; a "part" is a Slot; a list that was reordered is a tuple.
    """

    field: str
    before: Any = None
    after: Any = None
    kind: Kind = Kind.CHANGED
    language: str = ""  # of words: a code
    part: int = 0  # the number of the part it is in; 0: the whole session, or one that has a single part
    about: str | Text = ""  # whose: the person of a contribution, the question or the material


@dataclass(frozen=True)
class Change:
    kind: Kind
    about: str  # "conference", "session", "person", "room", "track", "topic" or "format"
    uuid: UUID
    name: str | Text  # as it is now; as it was, where it is gone
    differences: tuple[Difference, ...] = ()
    session: Session | None = field(default=None, repr=False)  # of a change about a session: as it is, or was


def compare(old: Programme | None, new: Programme) -> tuple[Change, ...]:
    """The changes from old to new: the conference first, sessions in the new order, what is gone after them, then people
    and the rest. `old` is None before the first release: everything is added then.

    Who comes on stage or leaves it is told with the session, so people are only told of when they themselves change.
    """
    shared = [
        change for kind, name in SHARED.items() for change in things(kind, getattr(old, name, ()), getattr(new, name))
    ]
    return (*conference(old, new), *sessions(old, new), *people(old, new), *shared)


def conference(old, new) -> Iterator[Change]:
    if old is None:
        yield Change(Kind.ADDED, "conference", new.uuid, new.name)
        return
    orders = (Difference(name, getattr(old, name), getattr(new, name), Kind.REORDERED) for name in SHARED.values())
    facts = (difference for difference in differences(old, new) if difference.field != "topics")
    found = (*facts, *(d for d in orders if reordered(by_uuid(d.before), by_uuid(d.after))))
    if found:
        yield Change(Kind.CHANGED, "conference", new.uuid, new.name, found)


def people(old, new) -> Iterator[Change]:
    return (change for change in things("person", old.people if old else (), new.people) if change.kind == Kind.CHANGED)


def things(about, before, after) -> Iterator[Change]:
    old, new = by_uuid(before), by_uuid(after)
    for uuid, value in new.items():
        if uuid not in old:
            yield Change(Kind.ADDED, about, uuid, value.name)
        elif value != old[uuid] and (found := tuple(differences(old[uuid], value))):
            yield Change(Kind.CHANGED, about, uuid, value.name, found)
    yield from (Change(Kind.GONE, about, uuid, value.name) for uuid, value in old.items() if uuid not in new)


# --- Sessions


def sessions(old, new) -> Iterator[Change]:
    was, once = (by_uuid(old.sessions), by_uuid(old.gone_sessions)) if old else ({}, {})
    for session in new.sessions:
        if session.uuid in was:
            if not same(was[session.uuid], session):  # most are as they were: told apart at once
                yield from session_changed(was[session.uuid], session, old, new)
        else:
            kind = Kind.BACK if session.uuid in once else Kind.ADDED
            yield about_session(kind, session)
    here = by_uuid(new.sessions)
    yield from (about_session(Kind.GONE, session) for session in was.values() if session.uuid not in here)


def same(before: Session, after: Session) -> bool:
    """Whether two say the same, whatever releases remember of them."""
    return OF_A_SESSION(before) == OF_A_SESSION(after) and (
        [OF_A_PART(part) for part in before.parts] == [OF_A_PART(part) for part in after.parts]
    )


def about_session(kind, session, found=()):
    return Change(kind, "session", session.uuid, session.title, found, session)


def session_changed(before, after, old, new) -> Iterator[Change]:
    found = (*replacement(before, after, old, new), *parts(before, after), *differences(before, after))
    if before.is_cancelled != after.is_cancelled:
        kind = Kind.CANCELLED if after.is_cancelled else Kind.BACK
        yield replace(about_session(kind, after, found), name=after.title or before.title)
    elif found:
        yield replace(about_session(Kind.CHANGED, after, found), name=after.title or before.title)


def replacement(before, after, old, new) -> Iterator[Difference]:
    if before.replaced_by != after.replaced_by:
        yield Difference("replaced_by", old.with_uuid(before.replaced_by), new.with_uuid(after.replaced_by))


def parts(before: Session, after: Session) -> Iterator[Difference]:
    old, new = ({slot.part.uuid: slot for slot in session.slots} for session in (before, after))
    several = before.is_in_parts or after.is_in_parts
    for difference, slot in parts_apart(old, new):
        yield replace(difference, part=slot.number if several else 0)
    if reordered(old, new):
        yield Difference("parts", before.slots, after.slots, Kind.REORDERED)


def parts_apart(old, new):
    yield from ((Difference("part", slot, None, Kind.GONE), slot) for uuid, slot in old.items() if uuid not in new)
    for uuid, slot in new.items():
        if uuid not in old:
            yield Difference("part", None, slot, Kind.ADDED), slot
        else:
            yield from ((difference, slot) for difference in part_changed(old[uuid].part, slot.part))


def part_changed(before: Part, after: Part) -> Iterator[Difference]:
    was, now = ((part.starts_at, part.ends_at) if part.is_scheduled else None for part in (before, after))
    yield from reference("room", before.room, after.room)
    yield from plain("time", was, now)
    yield from differences(before, after)


# --- Fields


def differences(before, after) -> Iterator[Difference]:
    """The fields of one value that are not as they were, whatever fields it has."""
    for each in fields(after):
        if each.name not in REMEMBERED | APART:
            yield from WAYS.get(each.name, plain)(each.name, getattr(before, each.name), getattr(after, each.name))


def plain(name, before, after) -> Iterator[Difference]:
    if isinstance(after, Text):
        for language in {**before, **after}:
            yield from (replace(d, language=language) for d in plain(name, before.get(language), after.get(language)))
    elif before != after:
        yield Difference(name, before, after)


def reference(name, before, after) -> Iterator[Difference]:
    """Another room, track … ; that it has another name is told of the room itself."""
    if (before and before.uuid) != (after and after.uuid):
        yield Difference(name, before, after)


def picture(name, before: Picture | None, after: Picture | None) -> Iterator[Difference]:
    if before is None or after is None or before.src != after.src:
        yield from plain(name, before, after)
    else:
        yield from plain("alt", before.alt, after.alt)
        yield from plain("credit", before.credit, after.credit)


def members(name, before, after) -> Iterator[Difference]:
    """Topics, whose order is the conference's."""
    return listed(name, by_uuid(before), by_uuid(after), in_order=False)


def appearances(name, before, after) -> Iterator[Difference]:
    """People on stage: somebody who is taken off the list and put on it again was never away."""
    old, new = ({appearance.person.uuid: appearance for appearance in each} for each in (before, after))
    return listed(name, old, new, contribution)


def contribution(before: Appearance, after: Appearance) -> Iterator[Difference]:
    yield from told_of(after.person.name, plain("contribution", before.contribution, after.contribution))


def questions(name, before, after) -> Iterator[Difference]:
    return listed(name, by_uuid(before), by_uuid(after), question)


def question(before: Question, after: Question) -> Iterator[Difference]:
    yield from plain("text", before.text, after.text)
    yield from told_of(after.text, reference("addressed_to", before.addressed_to, after.addressed_to))


def materials(name, before, after) -> Iterator[Difference]:
    return listed(name, by_uuid(before), by_uuid(after), material)


def material(before: Material, after: Material) -> Iterator[Difference]:
    return told_of(after.title or after.url, (d for d in differences(before, after)))


WAYS = {"format": reference, "track": reference, "topics": members}
WAYS |= {"picture": picture, "logo": picture, "photo": picture}
WAYS |= {"speakers": appearances, "moderators": appearances, "questions": questions, "materials": materials}


def listed(name, old: dict, new: dict, inside=lambda before, after: (), in_order=True) -> Iterator[Difference]:
    """What was taken off a list, what was put on it, and what changed in those that stayed; {key: value} lists."""
    yield from (Difference(name, value, None, Kind.GONE) for key, value in old.items() if key not in new)
    yield from (Difference(name, None, value, Kind.ADDED) for key, value in new.items() if key not in old)
    for key in (key for key in new if key in old):
        yield from inside(old[key], new[key])
    if in_order and reordered(old, new):
        yield Difference(name, tuple(old.values()), tuple(new.values()), Kind.REORDERED)


def told_of(about, found) -> Iterator[Difference]:
    return (replace(difference, about=about) for difference in found)


def by_uuid(values) -> dict:
    return {value.uuid: value for value in values}


def reordered(old: dict, new: dict) -> bool:
    """Whether what is in both stands in another order."""
    return [key for key in old if key in new] != [key for key in new if key in old]
