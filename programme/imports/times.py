"""When an event of a schedule.xml takes place: clocks, programme days and offsets that disagree (FORMATS of the tools, not the XSD)."""

import datetime as dt
import re
import zoneinfo
from dataclasses import dataclass

SHORTEST = dt.timedelta(minutes=5)
LONGEST = dt.timedelta(days=14)
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2})(?:\.\d+)?)?\Z")
YEARS = range(1970, 2101)


@dataclass(frozen=True)
class Day:
    """A programme day: what starts before `change` o'clock without a date of its own belongs to the night after it."""

    date: dt.date | None
    change: dt.timedelta = dt.timedelta()


@dataclass(frozen=True)
class When:
    starts_at: dt.datetime | None  # UTC
    ends_at: dt.datetime | None
    notes: tuple[str, ...] = ()  # topics of report.TOPICS


def when(date: str, start: str, duration: str, day: Day, zone: zoneinfo.ZoneInfo) -> When:
    """The instants of an event: its own date first, else its programme day and the clock. Without times if neither can be read."""
    starts_at, notes = moment(date, start, day, zone)
    if starts_at is None:
        return When(None, None, (*notes, "no-time"))
    length = read_duration(duration)
    if length is None or not SHORTEST.resolution <= length <= LONGEST:
        length, notes = SHORTEST, (*notes, "no-duration")
    starts_at = starts_at.astimezone(dt.UTC)
    return When(starts_at, starts_at + length, notes)


def moment(date, start, day, zone):
    stated, clock = read_moment(date), read_clock(start)
    if stated is None:
        return from_day(day, clock, zone), (("bad-date",) if date.strip() else ())
    if isinstance(stated, dt.datetime) and stated.tzinfo:
        return from_instant(stated, clock, zone)
    if isinstance(stated, dt.datetime):
        return stated.replace(tzinfo=zone), ()
    return from_day(Day(stated), clock, zone), ()


def from_day(day, clock, zone):
    if day.date is None or clock is None:
        return None
    night = dt.timedelta(days=1) if clock < day.change else dt.timedelta()
    return (dt.datetime.combine(day.date, dt.time()) + clock + night).replace(tzinfo=zone)


def from_instant(stated, clock, zone):
    """The instant where the clock agrees with it in the zone; where the clock agrees with the digits alone, their offset is wrong."""
    local = stated.astimezone(zone)
    if clock is None or of_day(local) == clock % dt.timedelta(days=1):
        return stated, ()
    if of_day(stated) == clock % dt.timedelta(days=1):
        return stated.replace(tzinfo=zone), ("wrong-offset",)
    return stated, ("date-against-start",)


def of_day(moment):
    return dt.timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)


def read_moment(text: str) -> dt.datetime | dt.date | None:
    """An ISO 8601 date or date-time, "+0200" and a blank instead of "T" allowed; None for anything else or far from our time."""
    text = text.strip()
    try:
        found = dt.date.fromisoformat(text) if len(text) == 10 else dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def read_date(text: str, zone) -> dt.date | None:
    """The date of a date or date-time, in the zone."""
    found = read_moment(text)
    if isinstance(found, dt.datetime):
        return (found.astimezone(zone) if found.tzinfo else found).date()
    return found


def read_clock(text: str) -> dt.timedelta | None:
    """ "9:30", "09:30:00", and "25:30" for half past one at night; None for anything else."""
    match = CLOCK.match(text.strip())
    if not match or int(match[2]) > 59 or int(match[3] or 0) > 59 or int(match[1]) > 47:
        return None
    return dt.timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=int(match[3] or 0))


def read_duration(text: str) -> dt.timedelta | None:
    """ "0:30", "01:30:00", "1:00:00:00" with days, "PT45M", "45" for minutes; None for anything else."""
    text = text.strip()
    if re.fullmatch(r"\d{1,5}", text):
        return dt.timedelta(minutes=int(text))
    if re.fullmatch(r"\d{1,3}(?::\d{1,2}){1,3}", text):
        numbers = [int(number) for number in text.split(":")]
        days = numbers.pop(0) if len(numbers) == 4 else 0
        hours, minutes, seconds = (*numbers, 0)[:3]
        return dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    match = re.fullmatch(r"P(?:(\d{1,2})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,5})S)?)?", text)
    if not match or not any(match.groups()):
        return None
    days, hours, minutes, seconds = (int(number or 0) for number in match.groups())
    return dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def day_of(date: dt.date | None, change: str, starts: str, ends: str) -> Day:
    """A programme day. Where the file has no day_change, a day that ends on the morning after says the same."""
    clock = read_clock(change)
    start, end = read_moment(starts), read_moment(ends)
    if clock is None and isinstance(start, dt.datetime) and isinstance(end, dt.datetime) and end.date() > start.date():
        clock = min(of_day(start), of_day(end))
    return Day(date, clock or dt.timedelta())
