"""VTIMEZONE (RFC 5545, 3.6.5) for any zone of the IANA time zone database.

Where the clock changes by a yearly rule, the two observances carry it (`FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU`), open-ended:
vobject keeps the first zone of a name that it meets for all later files, and Outlook knows nothing but such rules. Where
there is no rule, each change in the years asked for is an observance with one DTSTART. There is never an RDATE: ical.js
reads only the first date of it, and what icalendar generates is read an hour wrong in summer by ical.js and vobject.
Properties that are not in RFC 5545 are left out, because python-dateutil refuses them.
"""

import calendar
import datetime as dt
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

SECOND = dt.timedelta(seconds=1)
STEP = dt.timedelta(days=7)  # no zone changes its clock to and fro within a week
CYCLE = 28  # years until dates fall on the same weekdays again
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


class Change(NamedTuple):
    """A clock that is kept from a moment on."""

    onset: dt.datetime  # local time, as the clock showed before it was changed
    before: dt.timedelta  # offsets from UTC
    after: dt.timedelta
    name: str
    is_daylight: bool


def vtimezone(zone: ZoneInfo, first_year: int, last_year: int) -> Timezone:
    """The clock of a zone, right at least from the first moment of one year to the last of another, in local time."""
    component = Timezone()
    component.add("tzid", zone.key)
    for change, rule in observances(zone, first_year, last_year):
        component.add_component(observance(change, rule))
    return component


@lru_cache(maxsize=256)
def observances(zone, first_year, last_year) -> tuple[tuple[Change, dict | None], ...]:
    """(change, its yearly rule or None): the clock that is kept when the years begin, and what comes after it."""
    begin = dt.datetime(first_year, 1, 1, tzinfo=zone)
    earliest, end = begin.replace(year=min(first_year - 2, 1970)), begin.replace(year=last_year + CYCLE + 1)
    changes = changes_of_clock(zone, earliest, end)
    kept = sum(change.onset <= begin.replace(tzinfo=None) for change in changes) - 1  # the index of the clock then kept
    if kept >= 0 and has_rules(changes[kept:]):
        return by_rule(changes, kept)
    known = kept >= 0 and changes[kept].onset.year == first_year - 1
    # Said to be standard, for that is what python-dateutil takes for all that came before.
    first = changes[kept]._replace(is_daylight=False) if known else unchanged(begin)
    return ((first, None), *((change, None) for change in changes[kept + 1 :] if change.onset.year <= last_year))


def unchanged(begin) -> Change:
    """The same clock on both sides of a moment."""
    return Change(begin.replace(tzinfo=None), begin.utcoffset(), begin.utcoffset(), begin.tzname(), False)


def has_rules(changes) -> bool:
    return len(changes) >= 2 * CYCLE and all(map(yearly, (changes[::2], changes[1::2])))


def by_rule(changes, start):
    """Two changes with their rules, from as long ago as the rules held: vobject takes a zone that had no offset from
    UTC in 2000 to 2020 for UTC."""
    while start > 0 and yearly(changes[start - 1 :: 2]):
        start -= 1
    return tuple((changes[n], yearly(changes[n::2])) for n in (start, start + 1))


def yearly(changes: list[Change]) -> dict | None:
    """The rule by which changes recur each year, such as the last Sunday of March; None when there is none."""
    alike = {(c.onset.month, c.onset.weekday(), c.onset.time(), *c[1:]) for c in changes}
    every_year = all(b.onset.year - a.onset.year == 1 for a, b in pairwise(changes))
    weeks = set.intersection(*map(weeks_of, changes))
    if len(alike) > 1 or not every_year or not weeks:
        return None
    onset = changes[0].onset
    return {"FREQ": "YEARLY", "BYMONTH": onset.month, "BYDAY": f"{min(weeks)}{WEEKDAYS[onset.weekday()]}"}


def weeks_of(change: Change) -> set[int]:
    """Which of its weekdays in the month it is, counted from the first (1) and, if it is the last, from the end (-1)."""
    day = change.onset.day
    _weekday, length = calendar.monthrange(change.onset.year, change.onset.month)
    return {(day + 6) // 7} | ({-1} if day + 7 > length else set())


def changes_of_clock(zone, start, end) -> list[Change]:
    """All changes of the offset from UTC between two moments, in order."""
    start, end = start.astimezone(dt.UTC), end.astimezone(dt.UTC)
    moments = [*(start + n * STEP for n in range((end - start) // STEP + 1)), end]
    offsets = [offset(moment, zone) for moment in moments]
    return [
        change_at(first_second_unlike(*between, zone), zone)
        for between, (old, new) in zip(pairwise(moments), pairwise(offsets), strict=True)
        if old != new
    ]


def first_second_unlike(before, after, zone):
    """The first second after `before` with another offset than it, by halving."""
    old, low, high = offset(before, zone), 0, (after - before) // SECOND
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if offset(before + middle * SECOND, zone) == old else (low, middle)
    return before + high * SECOND


def offset(moment, zone):
    return moment.astimezone(zone).utcoffset()


def change_at(moment, zone) -> Change:
    """The change at a moment. Daylight is what puts the clock forward for a season: in Ireland too, whose law calls the
    summer's clock standard and the winter's "negative daylight", which calendar programs do not know."""
    was, is_now = (moment - SECOND).astimezone(zone), moment.astimezone(zone)
    forward = is_now.utcoffset() > was.utcoffset() and is_now.dst() != was.dst()
    onset = (moment + was.utcoffset()).replace(tzinfo=None)
    return Change(onset, was.utcoffset(), is_now.utcoffset(), is_now.tzname(), forward)


def observance(change: Change, rule: dict | None):
    component = TimezoneDaylight() if change.is_daylight else TimezoneStandard()
    component.add("dtstart", change.onset)
    component.add("tzoffsetfrom", change.before)
    component.add("tzoffsetto", change.after)
    component.add("tzname", change.name)
    if rule:
        component.add("rrule", rule)
    return component
