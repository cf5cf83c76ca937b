"""How a language writes dates, times and durations.

Pure functions of their arguments: a language is a code such as "nb", a moment an aware datetime in the zone it is to
be shown in, a day a date. The active language and time zone play no part. What differs between languages is in the
catalogues in locale/: formats of dates and times (https://docs.djangoproject.com/en/5.2/ref/templates/builtins/#date)
and sentences, so that a new language needs no code. Each format has a context that says what it is for.
"""

import datetime as dt

from django.utils.dateformat import format as formatted
from django.utils.translation import gettext, ngettext, override, pgettext

from conference import clock
from conference.language_names import language_name_within

ONE_DAY = dt.timedelta(days=1)
NORWEGIAN = ("no", "nb", "nn")


def time(moment: dt.datetime, language: str) -> str:
    """The time alone, as in a column: `13.00` in Norwegian, `13:00`, `13 h 00`."""
    with override(language):
        return clock.time_of_day(moment)


def time_range(start: dt.datetime, end: dt.datetime, language: str) -> str:
    """From when to when: `kl. 13.00–14.30`, `13:00–14:30`, `13 h 00 – 14 h 30`; with the dates from 24 hours on."""
    if end - start >= ONE_DAY:
        sides = {"start": time_of_date(start, language), "end": time_of_date(end, language)}
        with override(language):
            return pgettext("times on two dates", "%(start)s – %(end)s") % sides
    with override(language):
        return clock.times_of_day(start, end)


def time_of_date(moment: dt.datetime, language: str) -> str:
    """A time with its date, without year: `30. januar kl. 13.00`, `30 January, 13:00`, `30 janvier, 13 h 00`."""
    with override(language):
        return clock.dated(short_date(moment, language), moment)


def times_of_date(start: dt.datetime, end: dt.datetime, language: str) -> str:
    """From when to when, with the date: `30. januar kl. 13.00–14.30`, `30 January, 13:00–14:30`."""
    times = time_range(start, end, language)
    with override(language):
        if end - start >= ONE_DAY:
            return times  # which names the dates
        said = {"date": short_date(start.date(), language), "times": times}
        return pgettext("a date and from when to when", "%(date)s, %(times)s") % said


def weekday(day: dt.date, language: str) -> str:
    """`torsdag`, `Thursday`, `jeudi`."""
    with override(language):
        return formatted(day, "l")


def long_date(day: dt.date, language: str) -> str:
    """`torsdag 30. januar 2020`, `Thursday 30 January 2020`, `jeudi 30 janvier 2020`."""
    with override(language):
        if day.day == 1:
            return formatted(day, pgettext("date format: weekday and first of a month", "l j F Y"))
        return formatted(day, pgettext("date format: weekday and date", "l j F Y"))


def full_date(day: dt.date, language: str) -> str:
    """`30. januar 2020`, `30 January 2020`, `30 janvier 2020`."""
    with override(language):
        return clock.full_date(day)


def short_date(day: dt.date, language: str) -> str:
    """`30. januar`, `30 January`, `30 janvier`."""
    with override(language):
        if day.day == 1:
            return formatted(day, pgettext("date format: first of a month, without year", "j F"))
        return formatted(day, pgettext("date format: date without year", "j F"))


def day_of_month(day: dt.date, language: str) -> str:
    """`30.`, `30`, `1er`."""
    with override(language):
        if day.day == 1:
            return formatted(day, pgettext("date format: the number of the first day of a month", "j"))
        return formatted(day, pgettext("date format: the number of a day of a month", "j"))


def date_range(first: dt.date, last: dt.date, language: str) -> str:
    """`30.–31. januar 2020`, `30 January – 2 February 2020`, or the long date when it is one day."""
    if first == last:
        return long_date(first, language)
    end = full_date(last, language)
    with override(language):
        if (first.year, first.month) == (last.year, last.month):
            return pgettext("days of one month", "%(first)s–%(last)s") % {
                "first": day_of_month(first, language),
                "last": end,
            }
        start = short_date(first, language) if first.year == last.year else full_date(first, language)
        return pgettext("dates in two months", "%(first)s – %(last)s") % {"first": start, "last": end}


def duration(minutes: int, language: str) -> str:
    """`45 minutter`, `1 hour 30 minutes`, `2 heures`."""
    hours, rest = divmod(minutes, 60)
    with override(language):
        in_hours = ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
        in_minutes = ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest}
        if hours and rest:
            return pgettext("duration", "%(hours)s %(minutes)s") % {"hours": in_hours, "minutes": in_minutes}
        return in_hours if hours else in_minutes


def starts_in(minutes: int, language: str) -> str:
    """`starter om 10 minutter`, `starts in 1 hour 30 minutes`; `starts now` when there is not a minute left.

    From two days on, hours tell nobody anything: `starts in 22 days`.
    """
    days = minutes // (24 * 60)
    with override(language):
        if minutes < 1:
            return gettext("starts now")
        in_days = ngettext("%(num)d day", "%(num)d days", days) % {"num": days}  # Django's own sentence
        return gettext("starts in %(duration)s") % {"duration": in_days if days > 1 else duration(minutes, language)}


def zone_name(zone: str) -> str:
    """A time zone as people call it, by its town: `Oslo` for Europe/Oslo; UTC has none."""
    return zone.rpartition("/")[2].replace("_", " ")


def language_name(code: str, language: str) -> str:
    """A language that people speak, as it stands within a sentence: `norsk`, `Norwegian`, `norvégien`.

    What is spoken on stage is Norwegian, whichever way it is written. The code itself for a language without a name.
    """
    with override(language):
        return pgettext("language", "Norwegian") if code in NORWEGIAN else language_name_within(code)


def language_names(codes, language: str) -> str:
    """Languages in a row, each once: `norsk, engelsk`."""
    return ", ".join(dict.fromkeys(language_name(code, language) for code in codes))
