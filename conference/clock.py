"""When a day ends, and times and dates in the active language. Their formats are in the catalogues in locale/."""

import datetime as dt

from django.utils.dateformat import format as formatted
from django.utils.translation import pgettext

DAWN = dt.timedelta(hours=5)  # after midnight: a night belongs to the day it follows


def dawn(date: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """When a day of a programme begins: at 05:00."""
    return dt.datetime.combine(date, dt.time(), zone) + DAWN


def programme_day(moment: dt.datetime, zone: dt.tzinfo) -> dt.date:
    """The day of a programme that a moment belongs to: before 05:00, the day before."""
    return (moment.astimezone(zone) - DAWN).date()


def time_of_day(moment) -> str:
    """The time alone, of a datetime or a time: `13.00` in Norwegian, `13:00`, `13 h 00`."""
    return formatted(moment, pgettext("date format: time of day", "H:i"))


def times_of_day(start, end) -> str:
    """From when to when within a day: `kl. 13.00–14.30`, `13:00–14:30`, `13 h 00 – 14 h 30`."""
    return pgettext("times", "%(start)s–%(end)s") % {"start": time_of_day(start), "end": time_of_day(end)}


def full_date(day) -> str:
    """`30. januar 2020`, `30 January 2020`, `30 janvier 2020`, of a date or a datetime."""
    if day.day == 1:
        return formatted(day, pgettext("date format: first of a month", "j F Y"))
    return formatted(day, pgettext("date format: date", "j F Y"))


def dated(date: str, moment) -> str:
    """A date, already in words, with the time of a moment: `30. januar kl. 13.00`, `30 January, 13:00`."""
    return pgettext("a date and the time", "%(date)s, %(time)s") % {"date": date, "time": time_of_day(moment)}


def date_and_time(moment) -> str:
    """`30. januar 2020 kl. 13.00`, `30 January 2020, 13:00`, `30 janvier 2020, 13 h 00`."""
    return dated(full_date(moment), moment)
