"""Part of what waits: the release as it would be if some changes were published, and the others were left for later.

Pure: values in, values out. A change is known by its key, (what it is about, uuid), as `programme.compare` tells it.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from programme.compare import SHARED, Change, by_uuid, compare
from programme.order import by_name, by_time
from programme.values import Appearance, Part, Session
from programme.whole import Programme

Key = tuple[str, UUID]
LISTS = SHARED | {"session": "sessions", "person": "people"}


def key_of(change: Change) -> Key:
    return change.about, change.uuid


def keys(old: Programme | None, taken: Programme) -> frozenset[Key]:
    """The keys of all that waits."""
    return frozenset(map(key_of, compare(old, taken)))


def chosen(published: Programme | None, taken: Programme, keep: Set[Key]) -> Programme:
    """`published` with the changes in `keep` as they are in `taken`, and those they cannot do without (`needs()`).

    What is left out stays exactly as it was, with two exceptions: it keeps a room, track, topic or format whose removal
    is published, and no longer says that a session replaces it which is taken off. Without the memory of releases,
    which `remember()` adds.
    """
    old = published or nothing_of(taken)
    changed = keys(published, taken)
    keep = reach(needs(published, taken, changed), keep & changed)
    mix = partial(mixed, old, taken, changed - keep)
    sessions = tuple(map(without_memory, mix("session")))
    shared = {kind: with_those_in_use(kind, mix(kind), sessions) for kind in SHARED}
    shared["person"] = mix("person")
    on_stage = {person.uuid for session in sessions for person in session.people}
    new = taken if ("conference", taken.uuid) in keep or published is None else without_history(old)
    orders = (taken, old) if new is taken else (old, taken)
    values = {kind: {value.uuid: value for value in found} for kind, found in shared.items()}
    here = {session.uuid for session in sessions}
    return replace(
        new,
        **{
            name: in_both_orders(shared[kind], *(getattr(order, name) for order in orders))
            for kind, name in SHARED.items()
        },
        people=tuple(sorted((p for p in shared["person"] if p.uuid in on_stage), key=by_name)),
        sessions=tuple(sorted((pointing_at(session, values, here) for session in sessions), key=by_time)),
    )


def nothing_of(taken: Programme) -> Programme:
    """A conference before its first release: it is there, and nothing is in it."""
    return replace(taken, **dict.fromkeys(LISTS.values(), ()))


def without_history(old: Programme) -> Programme:
    return replace(old, gone_sessions=(), gone=(), former_slugs=(), history=(), number=0, published_at=None)


def without_memory(session: Session) -> Session:
    def forget(part: Part) -> Part:
        return replace(part, sequence=0, changed_at=None, once_about=())

    return replace(session, parts=tuple(map(forget, session.parts)), gone_parts=())


def mixed(old, taken, left_out: Set[Key], kind) -> list:
    """The values of a kind: as they are, but as they were where that is left out."""
    was, now = (by_uuid(getattr(programme, LISTS[kind])) for programme in (old, taken))
    found = [was.get(uuid) if (kind, uuid) in left_out else value for uuid, value in now.items()]
    stays = [value for uuid, value in was.items() if uuid not in now and ((kind, uuid) in left_out or kind == "person")]
    return [value for value in found if value] + stays


def with_those_in_use(kind, values, sessions) -> list:
    here = {value.uuid for value in values}
    used = {value.uuid: value for session in sessions for value in pointed_at(session)[kind] if value.uuid not in here}
    return [*values, *used.values()]


def pointed_at(session: Session) -> dict[str, tuple]:
    """What a session cannot be shown without, by kind."""
    return {
        "room": tuple(part.room for part in session.parts if part.room),
        "track": (session.track,) if session.track else (),
        "topic": session.topics,
        "format": (session.format,) if session.format else (),
        "person": session.people,
    }


def in_both_orders(values, first, second) -> tuple:
    """Values in the order of the first list; those that are only in the second stand after their neighbour there."""
    wanted = by_uuid(values)
    order = [value.uuid for value in first if value.uuid in wanted]
    place = 0
    for value in second:
        if value.uuid in order:
            place = order.index(value.uuid) + 1
        elif value.uuid in wanted:
            order.insert(place, value.uuid)
            place += 1
    return tuple(wanted[uuid] for uuid in order)


def pointing_at(session: Session, values: dict[str, dict], sessions: Set[UUID]) -> Session:
    """A session whose room, track, people … are those of its programme."""

    def same(kind, value):
        return value and values[kind][value.uuid]

    def person(each: Appearance) -> Appearance:
        return replace(each, person=same("person", each.person))

    def on_stage(thing: Session | Part):
        asked = (replace(question, addressed_to=same("person", question.addressed_to)) for question in thing.questions)
        lists = {name: tuple(map(person, getattr(thing, name))) for name in ("speakers", "moderators")}
        return replace(thing, questions=tuple(asked), **lists)

    return replace(
        on_stage(session),
        format=same("format", session.format),
        track=same("track", session.track),
        topics=tuple(same("topic", topic) for topic in session.topics),
        parts=tuple(replace(on_stage(part), room=same("room", part.room)) for part in session.parts),
        replaced_by=session.replaced_by if session.replaced_by in sessions else None,
    )


# --- What cannot be published without something else


@dataclass(frozen=True)
class Known:
    """What a programme holds, each kind by uuid and by address."""

    by_uuid: dict[str, dict]
    by_slug: dict[str, dict]


def known_of(programme: Programme) -> Known:
    lists = {kind: getattr(programme, name) for kind, name in LISTS.items()}
    return Known(
        {kind: by_uuid(values) for kind, values in lists.items()},
        {kind: {value.slug: value for value in values} for kind, values in lists.items()},
    )


def needs(published: Programme | None, taken: Programme, changed: Set[Key] | None = None) -> dict[Key, frozenset[Key]]:
    """{change: the changes that must be published with it}: what it points at and the public does not know yet, and
    whatever has the address that it takes over. `changed`: the keys of all that waits, where they are known."""
    changed = keys(published, taken) if changed is None else changed
    old, new = known_of(published or nothing_of(taken)), known_of(taken)
    found = {key: frozenset(needs_of(key, old, new)) & changed - {key} for key in changed}
    return {key: needed for key, needed in found.items() if needed}


def needs_of(key: Key, old: Known, new: Known) -> Iterator[Key]:
    kind, uuid = key
    value = new.by_uuid.get(kind, {}).get(uuid)
    if value is None:
        return
    yield from give_way(kind, value, old, new)
    if kind == "session":
        for other, things in pointed_at(value).items():
            for thing in things:
                if thing.uuid not in old.by_uuid[other]:
                    yield other, thing.uuid
                    yield from give_way(other, thing, old, new)
        if value.replaced_by and value.replaced_by not in old.by_uuid["session"]:
            yield "session", value.replaced_by


def give_way(kind, value, old: Known, new: Known) -> Iterator[Key]:
    """The change of what the public knows under the address of `value`; of the sessions that hold it there, if it is gone."""
    holder = old.by_slug[kind].get(value.slug)
    if holder is None or holder.uuid == value.uuid:
        return
    yield kind, holder.uuid
    if kind != "session" and holder.uuid not in new.by_uuid[kind]:
        sessions = old.by_uuid["session"].values()
        yield from (("session", session.uuid) for session in sessions if holder in pointed_at(session)[kind])


def reach(needed: Mapping[Key, Set[Key]], some: Iterable[Key]) -> frozenset[Key]:
    """Changes with all that they need, and what that needs in turn."""
    found, waiting = set(), list(some)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += needed.get(key, ())
    return frozenset(found)


def possible(needed: Mapping[Key, Set[Key]], some: Iterable[Key], held: Set[Key]) -> frozenset[Key]:
    """Those changes that can be published while others are held back."""
    return frozenset(key for key in some if not reach(needed, [key]) & held)
