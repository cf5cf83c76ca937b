"""Moving parts in time: by days of the calendar, and by minutes. What is moved lasts as long as it did."""

import datetime as dt
from collections.abc import Iterable

from sessions.models import Part


def shifted(part: Part, zone: dt.tzinfo, days: int = 0, minutes: int = 0) -> tuple[dt.datetime, dt.datetime]:
    """The start and end of a scheduled part, so many days and minutes later; earlier where they are below zero.

    Days keep the time of day on the clocks in the zone, also where these are put forward or back in between; a time that
    does not exist that night becomes the one an hour later. Raises OverflowError beyond the years that a date can have.
    """
    clock = part.starts_at.astimezone(zone).replace(tzinfo=None) + dt.timedelta(days=days)
    starts_at = clock.replace(tzinfo=zone).astimezone(dt.UTC) + dt.timedelta(minutes=minutes)
    return starts_at, starts_at + (part.ends_at - part.starts_at)


def days_until(parts: Iterable[Part], day: dt.date, zone: dt.tzinfo) -> int:
    """How many days the parts of a session have to move so that the first of them starts on a day; 0 without a time."""
    starts = [part.starts_at for part in parts if part.starts_at]
    return (day - min(starts).astimezone(zone).date()).days if starts else 0
