"""What does not fit together in a conference: values that point at the rows, for forms, lists and publishing.

A problem is a warning: it never keeps an edit from being saved, nor anything from being published.
"""

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conference.clock import times_of_day
from conference.models import Conference, Room
from conference.translated import all_languages_of, in_any_language
from sessions.models import Part, Session

LATE = dt.timedelta(hours=5)  # a last night may go on until five in the morning


class Kind(StrEnum):
    ROOM_TAKEN = "room taken"
    PERSON_TAKEN = "person taken"
    PARTS_OVERLAP = "parts overlap"
    ON_STAGE_TWICE = "on stage twice"
    OUTSIDE_THE_DAYS = "outside the days"
    NO_TITLE = "no title"
    NO_TITLE_IN_FIRST_LANGUAGE = "no title in the first language"
    NO_PART = "no part"
    NO_TIME = "no time"
    NO_ROOM = "no room"
    NO_ALTERNATIVE_TEXT = "no alternative text"
    REPLACEMENT_HIDDEN = "replacement hidden"
    REPLACEMENT_CANCELLED = "replacement cancelled"


class Severity(StrEnum):
    BLOCKS = "blocks"  # the public cannot make anything of it; it is published all the same
    WARNING = "warning"


WORDS = {
    Kind.ROOM_TAKEN: _("%(session)s is in %(room)s at the same time as %(other)s (%(when)s)."),
    Kind.PERSON_TAKEN: _("%(person)s is on stage in %(session)s and in %(other)s at the same time (%(when)s)."),
    Kind.PARTS_OVERLAP: _("Parts of %(session)s overlap (%(when)s)."),
    Kind.ON_STAGE_TWICE: _("%(person)s stands twice in %(session)s: for the whole session, and for one part."),
    Kind.OUTSIDE_THE_DAYS: _("%(session)s is not on a day of the conference (%(when)s)."),
    Kind.NO_TITLE: _("A public session has no title."),
    Kind.NO_TITLE_IN_FIRST_LANGUAGE: _("%(session)s has no title in the conference’s first language."),
    Kind.NO_PART: _("%(session)s has no part, so it has neither time nor room."),
    Kind.NO_TIME: _("%(session)s has no time yet."),
    Kind.NO_ROOM: _("%(session)s has no room yet."),
    Kind.NO_ALTERNATIVE_TEXT: _("The picture of %(session)s has no alternative text for those who cannot see it."),
    Kind.REPLACEMENT_HIDDEN: _("%(session)s is replaced by %(other)s, which the public does not see."),
    Kind.REPLACEMENT_CANCELLED: _("%(session)s is replaced by %(other)s, which is cancelled too."),
}


@dataclass(frozen=True)
class Problem:
    """Something staff should look at. The rows are those of the database; `starts_at` and `ends_at` are aware."""

    kind: Kind
    session: Session
    part: Part | None = None
    other: Session | None = None  # the session in the way, or the one that replaces this one
    person: Any = None  # a speakers.Person
    room: Room | None = None
    starts_at: dt.datetime | None = None  # when both are there, in the conference's zone
    ends_at: dt.datetime | None = None

    @property
    def severity(self) -> Severity:
        return Severity.BLOCKS if self.kind == Kind.NO_TITLE else Severity.WARNING

    @property
    def words(self) -> str:
        """One sentence in the active language."""
        return str(WORDS[self.kind]) % {
            "session": quoted(self.session, None if self.kind == Kind.PARTS_OVERLAP else self.part),
            "other": self.other and quoted(self.other),
            "person": self.person,
            "room": self.room,
            "when": self.starts_at
            and f"{date_format(self.starts_at, 'l')} {times_of_day(self.starts_at, self.ends_at)}",
        }


def quoted(session, part=None):
    """The session's title, as a draft where it is one, with the part where it has several."""
    words = gettext("“%(name)s”") % {"name": session}
    if not session.is_on_programme:
        words = gettext("%(session)s (draft)") % {"session": words}
    if part and len(session.parts.all()) > 1:
        words = gettext("%(session)s, part %(number)s") % {"session": words, "number": number_of(session, part)}
    return words


def number_of(session, part):
    return [each.pk for each in session.parts.all()].index(part.pk) + 1


def problems_of(conference: Conference) -> tuple[Problem, ...]:
    """All problems of a conference, in order of the sessions. A fixed number of queries."""
    return problems_among(conference, conference.sessions.all())


def problems_of_session(session: Session) -> tuple[Problem, ...]:
    """The problems that one session has or is in the way of, as the database stands."""
    conference, here = session.conference, Q(pk=session.pk)
    for part in session.parts.all():
        if part.starts_at:
            here |= Q(parts__starts_at__lt=part.ends_at, parts__ends_at__gt=part.starts_at)
    found = problems_among(conference, conference.sessions.filter(here).distinct())
    return tuple(problem for problem in found if session in (problem.session, problem.other))


def problems_among(conference, sessions) -> tuple[Problem, ...]:
    sessions = sessions.select_related("replaced_by", "format").prefetch_related(
        "parts__room", "speakers__person", "moderators__person"
    )
    sessions = list(sessions)
    found = [problem for session in sessions for problem in problems_within(session, conference)]
    found += clashes([stay for session in sessions for stay in stays_of(session)], conference.zone)
    order = {session.pk: index for index, session in enumerate(sessions)}
    return tuple(sorted(found, key=lambda problem: order[problem.session.pk]))


# --- One session


def problems_within(session: Session, conference: Conference) -> Iterator[Problem]:
    yield from days_missed(session, conference)
    yield from twice_on_stage(session)
    if session.is_on_programme:
        yield from words_missing(session, conference)
    if session.state == Session.State.PUBLIC:
        yield from place_missing(session)
    if session.state == Session.State.CANCELLED and session.replaced_by:
        yield from dead_ends(session)


def days_missed(session, conference):
    first, last = (
        conference.midnight(conference.starts_on),
        conference.midnight(conference.ends_on + dt.timedelta(days=1)),
    )
    for part in session.parts.all():
        if part.starts_at and not (first <= part.starts_at < last and part.ends_at <= last + LATE):
            yield Problem(
                Kind.OUTSIDE_THE_DAYS, session, part, **in_zone(conference.zone, part.starts_at, part.ends_at)
            )


def twice_on_stage(session):
    for appearances in (session.speakers.all(), session.moderators.all()):
        whole = {appearance.person_id for appearance in appearances if appearance.part_id is None}
        twice = {a.person_id: a.person for a in appearances if a.part_id and a.person_id in whole}
        yield from (Problem(Kind.ON_STAGE_TWICE, session, person=person) for person in twice.values())


def words_missing(session, conference):
    titles = all_languages_of(session, "title")
    if not titles:
        yield Problem(Kind.NO_TITLE, session)
    elif conference.language not in titles:
        yield Problem(Kind.NO_TITLE_IN_FIRST_LANGUAGE, session)
    if session.image and not in_any_language(session, "image_alt"):
        yield Problem(Kind.NO_ALTERNATIVE_TEXT, session)


def place_missing(session):
    """A break may be everywhere; all else has a room."""
    parts = session.parts.all()
    if not parts:
        yield Problem(Kind.NO_PART, session)
    for part in parts:
        if not part.starts_at:
            yield Problem(Kind.NO_TIME, session, part)
        if not part.room_id and not (session.format and session.format.is_break):
            yield Problem(Kind.NO_ROOM, session, part)


def dead_ends(session):
    if not session.replaced_by.is_on_programme:
        yield Problem(Kind.REPLACEMENT_HIDDEN, session, other=session.replaced_by)
    elif session.replaced_by.state == Session.State.CANCELLED:
        yield Problem(Kind.REPLACEMENT_CANCELLED, session, other=session.replaced_by)


# --- Several sessions


@dataclass(frozen=True)
class Stay:
    """A part that takes place, with who is there."""

    session: Session
    part: Part
    people: dict  # {pk: Person}: speakers and moderators
    people_of_part: set  # the keys of those who are in this part only

    @property
    def starts_at(self):
        return self.part.starts_at

    @property
    def ends_at(self):
        return self.part.ends_at


def stays_of(session) -> Iterator[Stay]:
    """The scheduled parts of a session. A draft's count as well, for it will be public; a cancelled one's do not."""
    if session.state == Session.State.CANCELLED:
        return
    on_stage = [*session.speakers.all(), *session.moderators.all()]
    for part in session.parts.all():
        if part.starts_at:
            people = {a.person_id: a.person for a in on_stage if a.part_id in (None, part.pk)}
            yield Stay(session, part, people, {a.person_id for a in on_stage if a.part_id == part.pk})


def clashes(stays, zone) -> Iterator[Problem]:
    """Who and what is in two places at once. Where two sessions share a room, the room says it for the people, too."""
    by_session, by_room, by_person = defaultdict(list), defaultdict(list), defaultdict(list)
    for stay in stays:
        by_session[stay.session.pk].append(stay)
        if stay.part.room_id:
            by_room[stay.part.room_id].append(stay)
        for pk in stay.people:
            by_person[pk].append(stay)
    for stays in by_session.values():
        yield from parts_overlap(stays, zone)
    for first, second in between_sessions(by_room):
        yield clash(Kind.ROOM_TAKEN, first, second, zone, room=first.part.room)
    for pk, group in by_person.items():
        for first, second in between_sessions({pk: group}):
            if not first.part.room_id or first.part.room_id != second.part.room_id:
                yield clash(Kind.PERSON_TAKEN, first, second, zone, person=first.people[pk])


def parts_overlap(stays, zone) -> Iterator[Problem]:
    """Told once of a session. Parts in rooms of their own are groups that work at the same time, and mean to."""
    for first, second in overlapping(stays):
        rooms = {first.part.room_id, second.part.room_id}
        if None in rooms or len(rooms) == 1 or first.people_of_part & second.people_of_part:
            yield Problem(Kind.PARTS_OVERLAP, first.session, second.part, **both(first, second, zone))
            return


def clash(kind, first, second, zone, **whom):
    """Told of the session that starts later, which is the easier one to move."""
    return Problem(kind, second.session, second.part, first.session, **whom, **both(first, second, zone))


def between_sessions(groups) -> Iterator[tuple[Stay, Stay]]:
    return ((first, second) for first, second in pairs(groups) if first.session.pk != second.session.pk)


def pairs(groups: dict) -> Iterator[tuple[Stay, Stay]]:
    """Each two stays of a group that overlap, the earlier one first: a sweep, so that only those are looked at."""
    for stays in groups.values():
        yield from overlapping(stays)


def overlapping(stays: Iterable[Stay]) -> Iterator[tuple[Stay, Stay]]:
    going_on: list[tuple[dt.datetime, int, Stay]] = []  # a heap: what ends first is on top
    for stay in sorted(stays, key=lambda stay: (stay.starts_at, stay.part.pk)):
        while going_on and going_on[0][0] <= stay.starts_at:
            heapq.heappop(going_on)
        yield from ((other, stay) for _ends_at, _pk, other in sorted(going_on, key=lambda each: each[1]))
        heapq.heappush(going_on, (stay.ends_at, stay.part.pk, stay))


def both(first, second, zone):
    return in_zone(zone, max(first.starts_at, second.starts_at), min(first.ends_at, second.ends_at))


def in_zone(zone, starts_at, ends_at):
    return {"starts_at": starts_at.astimezone(zone), "ends_at": ends_at.astimezone(zone)}
