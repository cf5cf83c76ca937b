"""Who and what is in two places at once, or has too little time to get from one to the other."""

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from operator import attrgetter

from conference.models import Conference
from sessions.models import Part, Session
from sessions.planned import NEW, Planned
from sessions.problem_kinds import Kind, Problem
from sessions.problems_within import in_zone, of_part


@dataclass(frozen=True)
class Stay:
    """A part that takes place, with who is there."""

    plan: Planned
    part: Part
    people: dict  # {pk: Person}: speakers and moderators
    people_of_part: set  # the keys of those who are in this part only

    @property
    def session(self):
        return self.plan.session

    @property
    def starts_at(self):
        return self.part.starts_at

    @property
    def ends_at(self):
        return self.part.ends_at


def stays_of(plan: Planned) -> Iterator[Stay]:
    """The scheduled parts of a session. A draft's count as well, for it will be public; a cancelled one's do not."""
    if plan.session.state == Session.State.CANCELLED:
        return
    on_stage = [*plan.speakers, *plan.moderators]
    for part in plan.parts:
        if part.starts_at:
            people = {each.person.pk: each.person for each in on_stage if each.part in (None, part.pk)}
            yield Stay(plan, part, people, {each.person.pk for each in on_stage if each.part == part.pk})


def problems_between(plans: Iterable[Planned], conference: Conference) -> Iterator[Problem]:
    """Where two sessions share a room, the room says it for the people, too."""
    stays, zone = [stay for plan in plans for stay in stays_of(plan)], conference.zone
    by_session, by_room, by_person = grouped(stays)
    for of_session in by_session.values():
        yield from parts_overlap(of_session, zone)
    for of_room in by_room.values():
        for first, second in between_sessions(of_room):
            yield clash(Kind.ROOM_TAKEN, first, second, zone, room=first.part.room)
    for pk, of_person in by_person.items():
        for first, second in between_sessions(of_person):
            if not first.part.room_id or first.part.room_id != second.part.room_id:
                yield clash(Kind.PERSON_TAKEN, first, second, zone, person=first.people[pk])
        yield from hurries(pk, of_person, conference)


def grouped(stays):
    by_session, by_room, by_person = defaultdict(list), defaultdict(list), defaultdict(list)
    for stay in stays:
        by_session[stay.session.pk].append(stay)
        if stay.part.room_id:
            by_room[stay.part.room_id].append(stay)
        for pk in stay.people:
            by_person[pk].append(stay)
    return by_session, by_room, by_person


def parts_overlap(stays, zone) -> Iterator[Problem]:
    """Told once of a session. Parts in rooms of their own are groups that work at the same time, and mean to."""
    for first, second in overlapping(stays):
        rooms = {first.part.room_id, second.part.room_id}
        if None in rooms or len(rooms) == 1 or first.people_of_part & second.people_of_part:
            yield of_part(Kind.PARTS_OVERLAP, second.plan, second.part, **both(first, second, zone))
            return


def clash(kind, first, second, zone, **whom) -> Problem:
    """Told of the session that starts later, which is the easier one to move."""
    return of_part(kind, second.plan, second.part, other=first.session, **whom, **both(first, second, zone))


def between_sessions(stays) -> Iterator[tuple[Stay, Stay]]:
    return ((first, second) for first, second in overlapping(stays) if first.session.pk != second.session.pk)


def overlapping(stays: Iterable[Stay]) -> Iterator[tuple[Stay, Stay]]:
    """Each two stays that overlap, the earlier one first: a sweep, so that only those are looked at."""
    going_on: list[tuple[dt.datetime, int, Stay]] = []  # a heap: what ends first is on top
    order = count()
    for stay in sorted(stays, key=by_start):
        while going_on and going_on[0][0] <= stay.starts_at:
            heapq.heappop(going_on)
        yield from ((other, stay) for _ends_at, _order, other in sorted(going_on, key=lambda each: each[1]))
        heapq.heappush(going_on, (stay.ends_at, next(order), stay))


def by_start(stay):
    """What is not stored yet comes after what is."""
    return stay.starts_at, stay.part.pk <= NEW, abs(stay.part.pk)


def hurries(pk, stays, conference) -> Iterator[Problem]:
    """Somebody comes out of one room too late to be in the next one, and was not there already."""
    enough = dt.timedelta(minutes=conference.minutes_between_rooms)
    in_rooms = sorted((stay for stay in stays if stay.part.room_id), key=attrgetter("starts_at"))
    for second in in_rooms if enough else ():
        just_left = [s for s in in_rooms if second.starts_at - enough < s.ends_at <= second.starts_at]
        if just_left and second.part.room_id not in {stay.part.room_id for stay in just_left}:
            yield hurry(max(just_left, key=attrgetter("ends_at")), second, pk, conference.zone)


def hurry(first, second, pk, zone) -> Problem:
    left = int((second.starts_at - first.ends_at).total_seconds() // 60)
    other = first.session if first.session.pk != second.session.pk else None
    facts = {"person": second.people[pk], "minutes": left, "from_room": first.part.room, "room": second.part.room}
    return of_part(Kind.LITTLE_TIME, second.plan, second.part, other=other, **facts, **span(second, zone))


def span(stay, zone):
    return in_zone(zone, stay.starts_at, stay.ends_at)


def both(first, second, zone):
    return in_zone(zone, max(first.starts_at, second.starts_at), min(first.ends_at, second.ends_at))
