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
    """The sessions of a query, with their rows, in a fixed number of queries; what many point at is made once."""
    keys = sessions.order_by().values("pk")
    found = list(sessions.select_related("replaced_by"))
    share(found, format=conference.formats, track=conference.tracks)
    parts, speakers, moderators = parts_of(conference, keys), on_stage("speakers", keys), on_stage("moderators", keys)
    people = people_of(speakers, moderators)

    def named(rows):
        return tuple(OnStage(people[person], part) for person, part in rows)

    return [Planned(s, tuple(parts[s.pk]), named(speakers[s.pk]), named(moderators[s.pk])) for s in found]


def share(rows, **related):
    """Let rows point at one object for each row of the conference that they name: `room=conference.rooms`."""
    for name, listed in related.items():
        there = {each.pk: each for each in listed.all()}
        for row in rows:
            if getattr(row, f"{name}_id") in there:
                setattr(row, name, there[getattr(row, f"{name}_id")])


def parts_of(conference, keys) -> dict:
    """{key of a session: its parts in order}."""
    parts, listed = list(Part.objects.filter(session__in=keys)), defaultdict(list)
    share(parts, room=conference.rooms)
    for part in parts:
        listed[part.session_id].append(part)
    return listed


def on_stage(name, keys) -> dict:
    """{key of a session: [(key of a person, key of a part or None)]} of its speakers or moderators, in order."""
    rows = Session._meta.get_field(name).related_model.objects.filter(session__in=keys)
    listed = defaultdict(list)
    for session, person, part in rows.values_list("session_id", "person_id", "part_id"):
        listed[session].append((person, part))
    return listed


def people_of(*appearances) -> dict:
    """{key: Person} of everybody who appears."""
    keys = {person for listed in appearances for rows in listed.values() for person, _part in rows}
    people = Session._meta.get_field("speakers").related_model._meta.get_field("person").related_model.objects
    return people.in_bulk(keys)


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
