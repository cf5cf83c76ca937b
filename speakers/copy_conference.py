"""A conference again, next year: its rooms, words and sessions as drafts. Never its releases, nor what an import knows."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_noop, override
from reversion.models import Revision

from conference.models import Conference
from conference.translated import all_languages_of, columns_of
from sessions.edits import recorded, touched
from sessions.models import Session
from speakers.copying import Along, copy_of, copy_sessions

HEADINGS = ("rooms", "tracks", "topics", "formats")
NO_SESSIONS, DRAFTS, UNSCHEDULED = "none", "drafts", "unscheduled"
COPIED = gettext_noop("Copied from “%(name)s”")
YEAR_OF_WEEKS = dt.timedelta(weeks=52)


@dataclass(frozen=True)
class Coming:
    """What comes along into the new conference.

    `headings`: some of HEADINGS. `sessions`: NO_SESSIONS, DRAFTS (as many days later as the conference starts later, at
    the same times of day) or UNSCHEDULED. A room, track, topic or format that stays behind is left empty in the copies.
    """

    headings: frozenset = frozenset(HEADINGS)
    sessions: str = DRAFTS
    cancelled: bool = False  # sessions that were cancelled, too
    people: bool = True
    questions: bool = True
    materials: bool = True


@dataclass(frozen=True)
class Copied:
    conference: Conference
    sessions: list[Session]
    step: Revision  # of the history; undone, nothing of the new conference is left


def copy_conference(
    old: Conference, starts_on: dt.date, names: dict[str, str], slug: str = "", coming: Coming = Coming(), by=None
) -> Copied:
    """A conference like this one that starts on another day and lasts as long; it is not the current one.

    `names` is {language: name}; an empty slug is made from them. The number of queries does not grow with the number
    of sessions, but for INSERTs. `by`: a User, or None for a command. Raises IntegrityError for a slug that another conference has.
    """
    days = (starts_on - old.starts_on).days
    with (
        recorded(by, COPIED, name=all_languages_of(old, "name")) as step,
        override(settings.LANGUAGE_CODE),
    ):  # columns without a language
        new = copy_of(old, **names_in(names), **fresh(old, days, slug))
        new.save()
        headings = copied_headings(old, new, coming.headings)
        sessions = copied_sessions(old, new, headings, days, coming)
        touched(new, *headings.values(), *sessions)
    return Copied(new, sessions, step.revision)


def names_in(names):
    return {column: names.get(code, "") for code, column in columns_of("name")}


def fresh(old, days, slug):
    later = dt.timedelta(days=days)
    when = {"starts_on": old.starts_on + later, "ends_on": old.ends_on + later}
    return when | {"slug": slug, "is_current": False, "current_release": None}


def copied_headings(old, new, wanted: Iterable[str]) -> dict:
    """{(model, primary key): row of the new conference}."""
    found = {}
    for name in HEADINGS:
        rows = list(getattr(old, name).all()) if name in wanted else []
        copies = type(rows[0]).objects.bulk_create([copy_of(row, conference=new) for row in rows]) if rows else []
        found |= {(type(row), row.pk): copy for row, copy in zip(rows, copies, strict=True)}
    return found


def copied_sessions(old, new, headings, days, coming: Coming) -> list[Session]:
    if coming.sessions == NO_SESSIONS:
        return []
    sessions = old.sessions.all() if coming.cancelled else old.sessions.exclude(state=Session.State.CANCELLED)
    later = days if coming.sessions == DRAFTS else None
    along = Along(later, coming.people, coming.questions, coming.materials, headings)
    return copy_sessions(sessions, new, along)


def a_year_later(day: dt.date) -> dt.date:
    """The same weekday, 52 weeks later."""
    return day + YEAR_OF_WEEKS


def names_for(old: Conference, starts_on: dt.date) -> dict[str, str]:
    """{language: name} with the old year, where a name has it, become the new one: “Sammen 2030” → “Sammen 2031”."""
    years = re.compile(rf"(?<!\d){old.starts_on.year}(?!\d)")
    return {code: years.sub(str(starts_on.year), name) for code, name in all_languages_of(old, "name").items()}
