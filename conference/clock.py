"""Times of day in the active language. Their formats are in the catalogues in locale/."""

from django.utils.dateformat import format as formatted
from django.utils.translation import pgettext


def time_of_day(moment) -> str:
    """The time alone, of a datetime or a time: `13.00` in Norwegian, `13:00`, `13 h 00`."""
    return formatted(moment, pgettext("date format: time of day", "H:i"))


def times_of_day(start, end) -> str:
    """From when to when within a day: `kl. 13.00–14.30`, `13:00–14:30`, `13 h 00 – 14 h 30`."""
    return pgettext("times", "%(start)s–%(end)s") % {"start": time_of_day(start), "end": time_of_day(end)}
