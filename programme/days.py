"""Slots in time: a day, what starts at one moment of it, and what is on now and next."""

import datetime as dt
import itertools
from dataclasses import dataclass

from programme.values import Session, Slot


@dataclass(frozen=True)
class Day:
    date: dt.date
    number: int
    slots: tuple[Slot, ...]

    @property
    def hours(self) -> tuple["Hour", ...]:
        return hours(self.slots)

    @property
    def sessions(self) -> tuple[Session, ...]:
        """Each once, in the order they begin, however many of their parts are on this day."""
        return tuple({slot.session.uuid: slot.session for slot in self.slots}.values())

    @property
    def held(self) -> tuple[Session, ...]:
        """Those that take place and are no breaks."""
        return tuple(session for session in self.sessions if not session.is_break and not session.is_cancelled)


@dataclass(frozen=True)
class Hour:
    """What starts at one moment."""

    starts_at: dt.datetime
    slots: tuple[Slot, ...]
    is_plenary: bool  # nothing else is on: everybody can be here


def hours(slots) -> tuple[Hour, ...]:
    """Slots, in order, by the moment they start."""
    groups = [tuple(group) for _start, group in itertools.groupby(slots, key=lambda slot: slot.starts_at)]
    found, busy_until = [], None
    for group, following in itertools.zip_longest(groups, groups[1:]):
        ends = max(slot.ends_at for slot in group)
        alone = len(group) == 1 and not group[0].session.is_break
        before = busy_until is not None and busy_until > group[0].starts_at
        after = following is not None and following[0].starts_at < ends
        found.append(Hour(group[0].starts_at, group, alone and not before and not after))
        busy_until = ends if busy_until is None else max(busy_until, ends)
    return tuple(found)


@dataclass(frozen=True)
class Moment:
    now: dt.datetime
    on: tuple[Slot, ...]  # going on
    next: tuple[Slot, ...]  # those that start next, at the same time
    ahead: tuple[Slot, ...]  # all that has not started
