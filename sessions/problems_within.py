"""What does not fit together in one session."""

import datetime as dt
from collections.abc import Iterator

from conference.clock import dawn
from conference.models import Conference
from conference.translated import all_languages_of, in_any_language
from sessions.models import Session
from sessions.planned import Planned
from sessions.problem_kinds import Kind, Problem


def problems_within(plan: Planned, conference: Conference) -> Iterator[Problem]:
    session = plan.session
    yield from days_missed(plan, conference)
    yield from twice_on_stage(plan)
    if session.state != Session.State.CANCELLED:
        yield from seats_missing(plan)
    if session.is_on_programme:
        yield from words_missing(session, conference)
    if session.state == Session.State.PUBLIC:
        yield from place_missing(plan)
    if session.state == Session.State.CANCELLED and session.replaced_by:
        yield from dead_ends(session)


def days_missed(plan, conference):
    first = conference.midnight(conference.starts_on)
    after = conference.ends_on + dt.timedelta(days=1)
    last, latest = conference.midnight(after), dawn(after, conference.zone)
    for part in plan.parts:
        if part.starts_at and not (first <= part.starts_at < last and part.ends_at <= latest):
            yield of_part(Kind.OUTSIDE_THE_DAYS, plan, part, **in_zone(conference.zone, part.starts_at, part.ends_at))


def twice_on_stage(plan):
    for appearances in (plan.speakers, plan.moderators):
        whole = {each.person.pk for each in appearances if each.part is None}
        twice = {each.person.pk: each.person for each in appearances if each.part and each.person.pk in whole}
        yield from (Problem(Kind.ON_STAGE_TWICE, plan.session, person=person) for person in twice.values())


def seats_missing(plan):
    """More are expected than a room holds. Rooms that a session uses at the same time share those who come."""
    expected, told = plan.session.expected_attendance, set()
    for part in plan.parts if expected else ():
        rooms = {each.room for each in plan.parts if each.room and (each.pk == part.pk or at_once(each, part))}
        if not part.room or frozenset(rooms) in told or any(room.capacity is None for room in rooms):
            continue
        told.add(frozenset(rooms))
        seats = sum(room.capacity for room in rooms)
        if seats < expected:
            yield of_part(Kind.TOO_FEW_SEATS, plan, part, room=part.room, expected=expected, seats=seats)


def at_once(one, other):
    return one.starts_at and other.starts_at and one.starts_at < other.ends_at and other.starts_at < one.ends_at


def words_missing(session, conference):
    titles = all_languages_of(session, "title")
    if not titles:
        yield Problem(Kind.NO_TITLE, session)
    elif conference.language not in titles:
        yield Problem(Kind.NO_TITLE_IN_FIRST_LANGUAGE, session)
    if session.image and not in_any_language(session, "image_alt"):
        yield Problem(Kind.NO_ALTERNATIVE_TEXT, session)


def place_missing(plan):
    """A break may be everywhere; all else has a room."""
    session = plan.session
    if not plan.parts:
        yield Problem(Kind.NO_PART, session)
    for part in plan.parts:
        if not part.starts_at:
            yield of_part(Kind.NO_TIME, plan, part)
        if not part.room_id and not (session.format and session.format.is_break):
            yield of_part(Kind.NO_ROOM, plan, part)


def dead_ends(session):
    if not session.replaced_by.is_on_programme:
        yield Problem(Kind.REPLACEMENT_HIDDEN, session, other=session.replaced_by)
    elif session.replaced_by.state == Session.State.CANCELLED:
        yield Problem(Kind.REPLACEMENT_CANCELLED, session, other=session.replaced_by)


def of_part(kind, plan, part, **facts) -> Problem:
    return Problem(kind, plan.session, part, part_number=plan.number_of(part), **facts)


def in_zone(zone, starts_at, ends_at):
    return {"starts_at": starts_at.astimezone(zone), "ends_at": ends_at.astimezone(zone)}
