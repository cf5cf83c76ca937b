"""The board: one day of a conference as values, rooms across and time down, as staff move parts about.

Minutes are those of the clock on the wall at the conference, counted from midnight of the day, so that what goes on
after midnight has more than 1440 of them. No time depends on where the server or the browser stands.
"""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conference.admin_fields import day_name
from conference.clock import dawn, programme_day, times_of_day
from conference.models import Conference, Room
from conference.translated import in_any_language
from sessions.admin_times import days_of
from sessions.models import Part, Session
from sessions.planned import Planned, planned_of
from sessions.problems import Problem, problems_among

DAY = 24 * 60


@dataclass(frozen=True)
class Place:
    """When and where a part is; a moment is aware, `room` the key of a Room."""

    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    room: int | None

    def __str__(self):
        """The same text for the same place, by which a later move is noticed."""
        moments = (moment.astimezone(dt.UTC).isoformat() if moment else "" for moment in (self.starts_at, self.ends_at))
        return " ".join([*moments, str(self.room or "")])


def place_of(part: Part) -> Place:
    return Place(part.starts_at, part.ends_at, part.room_id)


def place_in_words(conference: Conference, place: Place, room: Room | None) -> str:
    """Where a part is: "Friday 31 January, 13:00–14:00, Storsalen", in the active language."""
    if not place.starts_at:
        return _("without a time")
    starts, ends = (moment.astimezone(conference.zone) for moment in (place.starts_at, place.ends_at))
    words = {"day": day_name(starts.date()), "times": times_of_day(starts, ends), "room": room or _("no room yet")}
    return _("%(day)s, %(times)s, %(room)s") % words


@dataclass(frozen=True)
class Card:
    """A part as the board shows it."""

    pk: int
    session: int
    title: str
    part: str  # which part of several, in words; "" where there is one only
    room: int | None
    start: int | None  # minutes of the day
    end: int | None
    times: str  # in words
    state: str
    state_words: str  # "" for what is public
    track: str
    colour: str
    seen: str  # the place, as a text


def card_of(conference: Conference, date: dt.date, plan: Planned, part: Part) -> Card:
    session, start, end, times = plan.session, None, None, ""
    if part.starts_at:
        start, end = minutes_of(conference, date, part)
        times = times_of_day(part.starts_at.astimezone(conference.zone), part.ends_at.astimezone(conference.zone))
    return Card(
        pk=part.pk,
        session=session.pk,
        title=str(session),
        part=part_in_words(plan, part),
        room=part.room_id,
        start=start,
        end=end,
        times=times,
        state=session.state,
        state_words="" if session.state == Session.State.PUBLIC else str(session.get_state_display()),
        track=str(session.track or ""),
        colour=session.track.colour if session.track else "",
        seen=str(place_of(part)),
    )


def part_in_words(plan, part):
    if len(plan.parts) < 2:
        return ""
    words = _("part %(number)s of %(count)s") % {"number": plan.number_of(part), "count": len(plan.parts)}
    title = in_any_language(part, "title")
    return f"{words} – {title}" if title else words


# --- Days


def minutes_of(conference: Conference, date: dt.date, part: Part) -> tuple[int, int]:
    """From which minute to which. Where the clocks are put back meanwhile, the part is as long as it takes."""
    start, end = (minute_of(conference, date, moment) for moment in (part.starts_at, part.ends_at))
    return start, end if end > start else start + int((part.ends_at - part.starts_at).total_seconds() // 60)


def minute_of(conference, date, moment):
    local = moment.astimezone(conference.zone)
    return (local.date() - date).days * DAY + local.hour * 60 + local.minute


def day_of(conference: Conference, moment: dt.datetime) -> dt.date:
    return programme_day(moment, conference.zone)


def window(conference: Conference, date: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """From dawn to dawn: what starts from the first moment on and before the second is on the board of that day."""
    begins = dawn(date, conference.zone)
    return begins, begins + dt.timedelta(days=1)


def days_on_board(conference: Conference) -> list[tuple[dt.date, int]]:
    """[(day, number of its parts)] of the conference's days, and of any others on which something stands."""
    starts = Part.objects.filter(session__conference=conference, starts_at__isnull=False)
    found = Counter(day_of(conference, moment) for moment in starts.order_by().values_list("starts_at", flat=True))
    return [(day, found[day]) for day in sorted({*days_of(conference), *found})]


# --- One day


@dataclass(frozen=True)
class Warned:
    """A problem of the day: its words, and the keys of the session and of the cards it is about."""

    words: str
    session: int
    cards: list[int]


@dataclass(frozen=True)
class Board:
    rooms: list[dict]  # {"pk", "name", "seats"}
    cards: list[Card]  # in order of time and room
    waiting: list[Card]  # those without a time, in order of their titles
    problems: list[Warned]

    def as_json(self) -> dict:
        return {
            name: [each if isinstance(each, dict) else vars(each) for each in rows] for name, rows in vars(self).items()
        }


def parts_on_board(conference: Conference, date: dt.date):
    """A queryset of the parts of a day, and of those that have no time yet."""
    first, last = window(conference, date)
    on_day = Q(starts_at__gte=first, starts_at__lt=last) | Q(starts_at__isnull=True)
    return Part.objects.filter(on_day, session__conference=conference)


def board_of(conference: Conference, date: dt.date) -> Board:
    """A day as it stands. A fixed number of queries."""
    # A list, not a subquery: PostgreSQL plans that badly until it has counted the rows of a new conference.
    keys = list(parts_on_board(conference, date).order_by().values_list("session", flat=True).distinct())
    plans = planned_of(conference, conference.sessions.filter(pk__in=keys))
    rooms = [
        {"pk": room.pk, "name": str(room), "seats": room.capacity}
        for room in conference.rooms.order_by("position", "pk")
    ]
    first, last = window(conference, date)
    order = {room["pk"]: number for number, room in enumerate(rooms)}
    placed = [
        (plan, part) for plan in plans for part in plan.parts if part.starts_at and first <= part.starts_at < last
    ]
    placed.sort(key=lambda pair: (pair[1].starts_at, order.get(pair[1].room_id, len(order)), pair[1].pk))
    waiting = [card_of(conference, date, p, part) for p in plans for part in p.parts if part.starts_at is None]
    return Board(
        rooms=rooms,
        cards=[card_of(conference, date, plan, part) for plan, part in placed],
        waiting=sorted(waiting, key=lambda card: (card.title.casefold(), card.pk)),
        problems=warned(conference, placed),
    )


def warned(conference, placed) -> list[Warned]:
    """What does not fit together that day, of all that has to do with a time or a room."""
    plans = list({plan.pk: plan for plan, _part in placed}.values())
    there = {part.pk for _plan, part in placed}
    found = (problem for problem in about_places(problems_among(conference, plans)) if problem.part.pk in there)
    by_session: dict[int, list[Part]] = {}
    for plan, part in placed:
        by_session.setdefault(plan.pk, []).append(part)
    return [Warned(problem.words, problem.session.pk, cards_of(problem, by_session)) for problem in found]


def about_places(problems: Iterable[Problem]) -> list[Problem]:
    """Those of a part, which moving it may mend; not those of words or pictures."""
    return [problem for problem in problems if problem.part is not None]


def cards_of(problem, by_session):
    """The part itself, and the parts of the session in the way."""
    others = by_session.get(problem.other.pk, []) if problem.other and problem.starts_at else []
    at_once = [p.pk for p in others if p.starts_at < problem.ends_at and p.ends_at > problem.starts_at]
    return list(dict.fromkeys([problem.part.pk, *at_once]))


def tag_of(conference: Conference, date: dt.date) -> str:
    """An ETag (RFC 9110, 8.8.3) that changes with anything that the board of a day shows. Three queries."""
    columns = ["pk", "starts_at", "ends_at", "room", "changed_at", "session__changed_at", "session__version"]
    parts = list(parts_on_board(conference, date).order_by("pk").values_list(*columns))
    of_rows = [
        rows.order_by().aggregate(Max("changed_at"), Count("pk")) for rows in (conference.rooms, conference.tracks)
    ]
    state = repr([get_language(), conference.changed_at, parts, of_rows])
    return f'"{hashlib.blake2s(state.encode(), digest_size=16).hexdigest()}"'
