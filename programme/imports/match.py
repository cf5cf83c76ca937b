"""Which row of a new export is which row of the last one.

Sources have good keys, bad keys and none: guids that come twice, ids of merged systems, hand-made files without either.
So a row is looked for by everything at once first, and by less and less after that; it is never taken twice.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from programme.imports.rows import Identity


@dataclass(frozen=True)
class Stage:
    """One way to recognise a row: equal values, not None, mean the same row."""

    value: Callable[[Identity], tuple | None]
    in_order: bool = False  # several with one value are paired as they come; otherwise they are left to later stages


def all_or_nothing(*values):
    return values if all(values) else None


def without_guid(identity, *values):
    return None if identity.guid else all_or_nothing(*values)


def without_keys(identity, *values):
    return None if identity.guid or identity.id else all_or_nothing(*values)


SESSIONS = (
    Stage(lambda i: (i.guid, i.id, i.name, i.starts_at, i.room)),
    Stage(lambda i: all_or_nothing(i.guid, i.name)),
    Stage(lambda i: all_or_nothing(i.guid, i.starts_at, i.room)),
    Stage(lambda i: all_or_nothing(i.guid)),
    Stage(lambda i: all_or_nothing(i.guid), in_order=True),
    Stage(lambda i: all_or_nothing(i.id, i.name)),
    Stage(lambda i: without_guid(i, i.id)),
    Stage(lambda i: without_guid(i, i.id), in_order=True),
    Stage(lambda i: all_or_nothing(i.id)),  # one of the two has got a guid since, or has lost it
    Stage(lambda i: without_keys(i, i.name, i.starts_at)),
    Stage(lambda i: without_keys(i, i.name, i.room)),
    Stage(lambda i: without_keys(i, i.name)),
    Stage(lambda i: without_keys(i, i.name), in_order=True),
    Stage(lambda i: without_keys(i, i.starts_at, i.room)),
)
PEOPLE = (
    Stage(lambda i: all_or_nothing(i.guid)),
    Stage(lambda i: all_or_nothing(i.id, i.name.casefold())),
    Stage(lambda i: all_or_nothing(i.name.casefold())),
    Stage(lambda i: all_or_nothing(i.id)),
)
HEADINGS = (
    Stage(lambda i: all_or_nothing(i.name.casefold())),
    Stage(lambda i: all_or_nothing(i.guid)),
    Stage(lambda i: all_or_nothing(i.id)),
)


def match(new: list[Identity], old: list[Identity], stages) -> dict[int, int]:
    """{position in `new`: position in `old`} of those that are the same row."""
    found, free_new, free_old = {}, dict(enumerate(new)), dict(enumerate(old))
    for stage in stages:
        for ours, theirs in same_value(grouped(free_new, stage), grouped(free_old, stage)):
            if stage.in_order or len(ours) == len(theirs) == 1:
                pairs = [(a, b) for a, b in zip(ours, theirs, strict=False) if not differ(new[a], old[b])]
                found.update(pairs)
        free_new = {a: identity for a, identity in free_new.items() if a not in found}
        taken = set(found.values())
        free_old = {b: identity for b, identity in free_old.items() if b not in taken}
    return found


def match_or_forget_keys(new: list[Identity], old: list[Identity], stages) -> dict[int, int]:
    """As match(). Where no row at all is known, the source has new guids or ids for everything, and names have to do.

    Not the place: who talks there now may be somebody else.
    """
    for forgotten in ({}, {"guid": "", "room": ""}, {"guid": "", "id": "", "room": ""}):
        found = match([replace(row, **forgotten) for row in new], [replace(row, **forgotten) for row in old], stages)
        if found:
            return found
    return {}


def grouped(free, stage):
    groups = defaultdict(list)
    for position, identity in free.items():
        groups[stage.value(identity)].append(position)
    return groups


def same_value(ours, theirs):
    return [(positions, theirs[value]) for value, positions in ours.items() if value is not None and value in theirs]


def differ(new, old):
    return bool(new.guid and old.guid and new.guid != old.guid)
