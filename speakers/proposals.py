"""What the form of a session says while it is being written, as a plan whose problems can be looked for. Nothing is saved."""

import copy

from conference.models import Conference
from conference.numbers import whole_number
from conference.translated import columns_of
from sessions.admin_times import TIMES, PartForm
from sessions.models import Part, Session
from sessions.planned import NEW, OnStage, Planned, plan_of
from speakers.models import Person

MOST_ROWS = 200  # of one list
TEXTS = ("title", "image_alt")


class PlannedPart(PartForm):
    """The times of a part, read as the form of a session reads them."""

    class Meta:
        model = Part
        fields = []


def proposal_of(data, conference: Conference, stored: Session | None = None) -> Planned:
    """The session as a form (`data`, its fields as they were sent) would make it; half-written times count as none.

    What the form does not hold stays as it is stored. A fixed number of queries.
    """
    plan = plan_of(stored) if stored else Planned(Session(pk=NEW, conference=conference))
    session = proposed_session(data, conference, plan.session)
    parts = proposed_parts(data, conference, session, plan.parts)
    if parts is None:
        return Planned(session, plan.parts, plan.speakers, plan.moderators)
    people = Person.objects.in_bulk({key for name in ("speakers", "moderators") for key in keys_in(data, name)})
    speakers, moderators = (on_stage(data, name, people, parts) for name in ("speakers", "moderators"))
    return Planned(session, tuple(parts.values()), speakers, moderators)


def proposed_session(data, conference, stored) -> Session:
    session = copy.copy(stored)
    for name in (column for text in TEXTS for _code, column in columns_of(text)):
        setattr(session, name, data.get(name, getattr(session, name)))
    if data.get("state") in Session.State.values:
        session.state = data["state"]
    if "expected_attendance" in data:
        session.expected_attendance = whole_number(data["expected_attendance"])
    if "format" in data:
        session.format = conference.formats.filter(pk=whole_number(data["format"])).first()
    if "replaced_by" in data:
        session.replaced_by = conference.sessions.filter(pk=whole_number(data["replaced_by"])).first()
    if "image_chosen" in data:
        session.image = data["image_chosen"]  # only whether there is a picture matters
    return session


def rows_of(data, name) -> list[str]:
    """The prefixes of the rows that stay, in the order in which they are seen; [] where the form has no such list."""
    total = whole_number(data.get(f"{name}-TOTAL_FORMS", "")) or 0
    prefixes = [f"{name}-{index}" for index in range(min(total, MOST_ROWS))]
    staying = [prefix for prefix in prefixes if f"{prefix}-DELETE" not in data]
    return sorted(staying, key=lambda prefix: whole_number(data.get(f"{prefix}-position", "")) or MOST_ROWS)


def keys_in(data, name) -> set[int]:
    return {key for prefix in rows_of(data, name) if (key := whole_number(data.get(f"{prefix}-person", "")))}


def proposed_parts(data, conference, session, stored) -> dict[str, Part] | None:
    """{name of a row: its part}; None where the form holds no parts."""
    if "parts-TOTAL_FORMS" not in data:
        return None
    known, rooms = {part.pk: part for part in stored}, {room.pk: room for room in conference.rooms.all()}
    found = {}
    for index, prefix in enumerate(rows_of(data, "parts"), 1):
        part = copy.copy(known.get(whole_number(data.get(f"{prefix}-id", "")))) or Part(pk=NEW - index)
        part.session = session
        part.starts_at, part.ends_at = times_of(data, prefix, conference)
        part.room = rooms.get(whole_number(data.get(f"{prefix}-room", "")))
        found[prefix] = part
    return found


def times_of(data, prefix, conference):
    """(start, end) as they are written in a row; (None, None) while they cannot be read, or only one of them is there."""
    form = PlannedPart(data, prefix=prefix, instance=Part())
    form.offer_days(conference)
    part = form.instance if form.is_valid() or not set(TIMES) & set(form.errors) else Part()
    whole = part.starts_at and part.ends_at and part.starts_at < part.ends_at
    return (part.starts_at, part.ends_at) if whole else (None, None)


def on_stage(data, name, people, parts) -> tuple[OnStage, ...]:
    found = []
    for prefix in rows_of(data, name):
        person = people.get(whole_number(data.get(f"{prefix}-person", "")))
        part = parts.get(data.get(f"{prefix}-part_row", ""))
        found += [OnStage(person, part and part.pk)] if person else []
    return tuple(found)
