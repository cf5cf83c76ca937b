"""One change to many sessions: first in words, with the problems that would follow, then made, all of it or nothing."""

import dataclasses
import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext_noop
from reversion.models import Revision

from conference.models import Conference
from sessions.bulk_words import MODERATOR, TIME, facts_of, names_of
from sessions.edits import recorded
from sessions.models import Part, Session
from sessions.planned import OnStage, Planned, planned_of
from sessions.problems import Problem, problems_among
from sessions.shifting import days_until, shifted

CHANGED_MANY = gettext_noop("Changed from the list of sessions")


class ChangedMeanwhile(Exception):
    """Somebody edited one of the sessions between the look and the press of the button; nothing was changed."""


@dataclass(frozen=True)
class Wish:
    """What is to become of sessions. What it does not name stays as it is.

    `fields` and `parts` are {field of Session, of Part: its new value}; `minutes` are added to every time, and each
    session moves to `day` with all its parts, at its times of day. Those in `leave` moderate no more, in any part; then
    `joins` moderates the whole session, where that person does not moderate anything yet.
    """

    fields: dict = field(default_factory=dict)
    parts: dict = field(default_factory=dict)
    minutes: int = 0
    day: dt.date | None = None
    joins: Any = None  # a speakers.Person
    leave: frozenset[int] = frozenset()  # keys of people

    def __bool__(self):
        return bool(self.about)

    @property
    def moves(self) -> bool:
        """Whether it could give sessions another time."""
        return bool(self.minutes or self.day)

    @property
    def moderates(self) -> bool:
        """Whether it could change who moderates."""
        return bool(self.joins or self.leave)

    @property
    def about(self) -> list[str]:
        """What it could change, in the names of sessions.bulk_words."""
        more = {MODERATOR: self.moderates, TIME: self.moves}
        return [*self.fields, *self.parts, *(name for name, asked in more.items() if asked)]


@dataclass(frozen=True)
class Line:
    """A session as it would be, and what of it differs: (what, before, after), in words; nothing where it stays as it is."""

    session: Session
    parts: tuple[Part, ...]
    differences: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Plan:
    changed: tuple[Line, ...]
    unchanged: tuple[Line, ...]
    problems: tuple[Problem, ...]  # that the change would bring; those there are already are not told again
    seal: str  # stands for what was looked at


def planned(conference: Conference, keys: Iterable[int], wish: Wish) -> Plan:
    """What a wish would change in the sessions of a conference with these primary keys. A fixed number of queries."""
    keys, zone = set(keys), conference.zone
    everybody = planned_of(conference, conference.sessions.all())
    known = {same(problem) for problem in problems_among(conference, everybody)}
    before = [facts_of(plan, wish.about, zone) for plan in everybody if plan.pk in keys]
    everybody = [altered(plan, wish, zone) if plan.pk in keys else plan for plan in everybody]
    names = names_of(wish.about)
    lines = [
        Line(plan.session, plan.parts, differences(names, was, facts_of(plan, wish.about, zone)))
        for plan, was in zip((plan for plan in everybody if plan.pk in keys), before, strict=True)
    ]
    follow = [problem for problem in problems_among(conference, everybody) if same(problem) not in known]
    changed, unchanged = ([line for line in lines if bool(line.differences) == is_so] for is_so in (True, False))
    return Plan(tuple(changed), tuple(unchanged), tuple(follow), seal_of(lines))


def altered(plan: Planned, wish: Wish, zone: dt.tzinfo) -> Planned:
    """A session as a wish asks for it, in memory; its rows are changed in place."""
    for name, value in wish.fields.items():
        setattr(plan.session, name, value)
    days = days_until(plan.parts, wish.day, zone) if wish.day else 0
    for part in plan.parts:
        for name, value in wish.parts.items():
            setattr(part, name, value)
        if part.starts_at and (days or wish.minutes):
            part.starts_at, part.ends_at = shifted(part, zone, days, wish.minutes)
    return dataclasses.replace(plan, moderators=moderators_of(plan, wish)) if wish.moderates else plan


def moderators_of(plan: Planned, wish: Wish) -> tuple[OnStage, ...]:
    staying = tuple(each for each in plan.moderators if each.person.pk not in wish.leave)
    is_new = wish.joins and wish.joins.pk not in {each.person.pk for each in staying}
    return (*staying, OnStage(wish.joins)) if is_new else staying


def differences(names: dict, before: dict, after: dict):
    return tuple((names[name], before[name], after[name]) for name in names if before[name] != after[name])


def same(problem: Problem):
    """Equal for a problem before and after a change, also where it has moved with the sessions."""
    rows = (problem.session, problem.part, problem.other, problem.person, problem.room)
    return problem.kind, *(row and row.pk for row in rows)


def seal_of(lines) -> str:
    looked_at = [(line.session.pk, line.differences) for line in lines]
    return hashlib.sha256(repr(looked_at).encode()).hexdigest()


@dataclass(frozen=True)
class Done:
    sessions: list[Session]  # those that changed
    step: Revision | None  # of the history, which can be undone; None where nothing changed


def carry_out(
    conference: Conference, keys: Iterable[int], wish: Wish, by, seal: str | None = None, said: str = CHANGED_MANY
) -> Done:
    """Make the change as one step of the history. Raises ChangedMeanwhile where it is not what was looked at.

    Waits for whoever is saving one of the sessions. `by`: a User, or None for a command; with `seal` None it takes the
    sessions as they are. `said`: why, for the history, marked with gettext_noop.
    """
    sessions = list(conference.sessions.filter(pk__in=list(keys)))
    with recorded(by, said, about=sessions) as step:
        changed = make(conference, keys, wish, seal)
    return Done(changed, step.revision)


@transaction.atomic
def make(conference: Conference, keys: Iterable[int], wish: Wish, seal: str | None = None) -> list[Session]:
    """Make the change, all of it or nothing, and return the sessions that it changed. carry_out() also writes it down."""
    keys = list(conference.sessions.select_for_update().filter(pk__in=list(keys)).values_list("pk", flat=True))
    plan = planned(conference, keys, wish)
    if seal is not None and plan.seal != seal:
        raise ChangedMeanwhile
    store(plan.changed, wish)
    return [line.session for line in plan.changed]


def store(lines: Iterable[Line], wish: Wish):
    now = timezone.now()
    sessions = Session.objects.filter(pk__in=[line.session.pk for line in lines])
    parts = Part.objects.filter(pk__in=[part.pk for line in lines for part in line.parts])
    sessions.update(**wish.fields, changed_at=now)
    if wish.parts or wish.moves:
        parts.update(**wish.parts, changed_at=now)
    if wish.moderates:
        moderate(sessions, wish)
    if wish.moves:
        move(parts, {part.pk: part.starts_at for line in lines for part in line.parts if part.starts_at})


def move(parts, starts: dict):
    """Let parts start at these moments: {primary key: datetime}. Together those that move by the same time."""
    together = defaultdict(list)
    for pk, was in parts.filter(starts_at__isnull=False).values_list("pk", "starts_at"):
        together[starts[pk] - was].append(pk)
    for later, keys in together.items():
        Part.objects.filter(pk__in=keys).update(starts_at=F("starts_at") + later, ends_at=F("ends_at") + later)


def moderate(sessions, wish: Wish):
    """Take moderators away; then let somebody moderate who does not yet, after those who stay."""
    model = Session._meta.get_field("moderators").related_model
    rows = model.objects.filter(session__in=sessions.values("pk"))
    rows.filter(person__in=wish.leave).delete()
    if wish.joins:
        without = sessions.exclude(pk__in=rows.filter(person=wish.joins).values("session")).order_by()
        last = without.annotate(last=Max("moderators__position")).values_list("pk", "last")
        model.objects.bulk_create(
            model(session_id=pk, person=wish.joins, position=(place or 0) + 1) for pk, place in last
        )
