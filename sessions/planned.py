"""Sessions with all their rows, as they stand in the database or as somebody thinks of changing them."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from conference.models import Conference
from sessions.models import Part, Session

NEW = 0  # the key of a session, and below it those of parts, that are not stored yet


@dataclass(frozen=True)
class OnStage:
    """A speaker or moderator; `part` is the key of a Part, None for the whole session."""

    person: Any  # a speakers.Person
    part: int | None = None


@dataclass(frozen=True)
class Planned:
    """One session. Its rows are only read, never saved; what is not stored yet has keys from NEW downwards."""

    session: Session
    parts: tuple[Part, ...] = ()  # in order
    speakers: tuple[OnStage, ...] = ()
    moderators: tuple[OnStage, ...] = ()

    @property
    def pk(self):
        return self.session.pk

    def number_of(self, part) -> int:
        """Which part it is, counted from 1; 0 in a session with one part."""
        return [each.pk for each in self.parts].index(part.pk) + 1 if len(self.parts) > 1 else 0


def planned_of(conference: Conference, sessions: QuerySet) -> list[Planned]:
    """The sessions of a query, with their rows, in a fixed number of queries and without a manager for each list."""
    found = list(sessions.select_related("replaced_by", "format", "track"))
    keys = sessions.order_by().values("pk")
    rooms = {room.pk: room for room in conference.rooms.all()}
    parts, speakers, moderators = (rows_of(name, keys) for name in ("parts", "speakers", "moderators"))
    for part in (part for listed in parts.values() for part in listed if part.room_id in rooms):
        part.room = rooms[part.room_id]
    return [
        Planned(s, tuple(parts[s.pk]), tuple(map(on_stage, speakers[s.pk])), tuple(map(on_stage, moderators[s.pk])))
        for s in found
    ]


def rows_of(name, keys):
    """{key of a session: its rows in order}."""
    model = Session._meta.get_field(name).related_model
    rows = model.objects.filter(session__in=keys)
    listed = defaultdict(list)
    for row in rows if name == "parts" else rows.select_related("person"):
        listed[row.session_id].append(row)
    return listed


def on_stage(appearance) -> OnStage:
    return OnStage(appearance.person, appearance.part_id)


def plan_of(session: Session) -> Planned:
    """One session as it is stored."""
    [found] = planned_of(session.conference, Session.objects.filter(pk=session.pk))
    return found


def moved(plan: Planned, part: int, starts_at: dt.datetime | None, ends_at: dt.datetime | None, room) -> Planned:
    """The session as it would be with one part at another time or in another room; `part` is its key."""
    return dataclasses.replace(plan, parts=tuple(place(each, part, starts_at, ends_at, room) for each in plan.parts))


def place(part, key, starts_at, ends_at, room):
    if part.pk != key:
        return part
    there = Part(pk=part.pk, session=part.session, title=part.title, position=part.position)
    there.starts_at, there.ends_at, there.room = starts_at, ends_at, room
    return there


def without(plans: Iterable[Planned], pk) -> list[Planned]:
    return [plan for plan in plans if plan.pk != pk]
