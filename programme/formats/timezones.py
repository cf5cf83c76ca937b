"""VTIMEZONE (RFC 5545, 3.6.5) for any zone of the IANA time zone database.

Every change of the clock in the years asked for is written out as an observance of its own, with one DTSTART and no
rule: ical.js reads only the first date of an RDATE, and what icalendar generates is read an hour wrong in summer by
ical.js and vobject. Properties that are not in RFC 5545 are left out, because python-dateutil refuses them.
"""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)
LOOK_BACK = dt.timedelta(days=400)


def vtimezone(zone: ZoneInfo, first_year: int, last_year: int) -> Timezone:
    """The clock of a zone from the first moment of one year to the last of another, both in local time."""
    component = Timezone()
    component.add("tzid", zone.key)
    for onset, before in observances(zone, first_year, last_year):
        component.add_component(observance(onset, before))
    return component


def observances(zone, first_year, last_year):
    """[(aware moment from which a clock is kept, the moment just before it)]: the one kept when the years begin, and
    each change in them. Where no change is near, the first has the same clock on both sides."""
    start, end = dt.datetime(first_year, 1, 1, tzinfo=zone), dt.datetime(last_year + 1, 1, 1, tzinfo=zone)
    changes = list(changes_of_clock(zone, start - LOOK_BACK, end))
    earlier = [change for change in changes if change[0] <= start]
    first = earlier[-1] if earlier else (start, start)
    return [first, *(change for change in changes if start < change[0])]


def changes_of_clock(zone, start, end):
    """(first second of a new offset from UTC, the second before it), both in the zone."""
    start, end = start.astimezone(dt.UTC), end.astimezone(dt.UTC)
    days = [start + n * DAY for n in range((end - start) // DAY + 1)] + [end]
    for before, after in pairwise(days):
        if offset(before, zone) != offset(after, zone):
            moment = first_second_unlike(before, after, zone)
            yield moment.astimezone(zone), (moment - SECOND).astimezone(zone)


def first_second_unlike(before, after, zone):
    """The first second after `before` with another offset than it, by halving."""
    old, low, high = offset(before, zone), 0, (after - before) // SECOND
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if offset(before + middle * SECOND, zone) == old else (low, middle)
    return before + high * SECOND


def offset(moment, zone):
    return moment.astimezone(zone).utcoffset()


def observance(onset, before):
    """STANDARD or DAYLIGHT. Daylight is what puts the clock forward for a season: in Ireland too, whose law calls the
    summer's clock standard and the winter's "negative daylight", which calendar programs do not know."""
    forward = onset.utcoffset() > before.utcoffset() and onset.dst() != before.dst()
    component = TimezoneDaylight() if forward else TimezoneStandard()
    component.add("dtstart", (onset.astimezone(dt.UTC) + before.utcoffset()).replace(tzinfo=None))
    component.add("tzoffsetfrom", before.utcoffset())
    component.add("tzoffsetto", onset.utcoffset())
    component.add("tzname", onset.tzname())
    return component
