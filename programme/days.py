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
    alone, found = set(alone_in_time(slots)), []
    for starts_at, group in itertools.groupby(slots, key=lambda slot: slot.starts_at):
        first, *others = group
        is_plenary = not others and not first.session.is_break and first.part.uuid in alone
        found.append(Hour(starts_at, (first, *others), is_plenary))
    return tuple(found)


def alone_in_time(slots):
    """The uuids of the parts, given by start, that overlap with no other."""
    busy_until = None
    for slot, following in itertools.zip_longest(slots, slots[1:]):
        before = busy_until is not None and busy_until > slot.starts_at
        after = following is not None and following.starts_at < slot.ends_at
        if not before and not after:
            yield slot.part.uuid
        busy_until = slot.ends_at if busy_until is None else max(busy_until, slot.ends_at)


@dataclass(frozen=True)
class Moment:
    now: dt.datetime
    on: tuple[Slot, ...]  # going on
    next: tuple[Slot, ...]  # those that start next, at the same time
    ahead: tuple[Slot, ...]  # all that has not started
