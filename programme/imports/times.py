"""When an event of a schedule.xml takes place: clocks, programme days and offsets that disagree (FORMATS of the tools, not the XSD)."""

import datetime as dt
import re
import zoneinfo
from dataclasses import dataclass

SHORTEST = dt.timedelta(minutes=5)
LONGEST = dt.timedelta(days=14)
LONGEST_WORDS = 80  # characters of a date or a clock
CLOCK = re.compile(r"(\d{1,2})\s*[:.h]\s*(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:[+-]\d{2}:?\d{2}|z)?\Z")
ROUND_CLOCK = re.compile(r"(\d{1,2})(?:(?<=\d\d)(?=\d{2}\Z)(\d{2})|h)?\Z")
AROUND_A_CLOCK = re.compile(r"\A(?:kl\.?|t)\s*(?=\d)|\s*(?:uhr|o’clock)\Z")
HALF_DAY = re.compile(r"\s*([ap])\.?m\.?\Z")
RANGE = re.compile(r"\s+(?:-|to|bis|til)\s+|\s*[–—]\s*|(?<=\d)-(?=\d{1,2}[:.h]\d\d\Z)")
SPELT_DURATION = re.compile(
    r"(?:(?P<hours>\d{1,3}(?:[.,]\d{1,2})?)\s*(?:h|t|hrs?|hours?|timer?|std|stunden?|heures?)\.?)?\s*"
    r"(?:(?P<minutes>\d{1,4})\s*(?:m|mins?|minutes?|minutt|minutter|minuten|['’′]|(?<=[ht]\d\d))\.?)?"
)
ISO_DURATION = re.compile(
    r"P(?:0+Y)?(?:0+M)?(?:(?P<days>\d{1,2})D)?(?:T(?:(?P<hours>\d{1,3}(?:\.\d{1,3})?)H)?"
    r"(?:(?P<minutes>\d{1,4}(?:\.\d{1,3})?)M)?(?:(?P<seconds>\d{1,5})(?:\.\d+)?S)?)?"
)
OTHER_DATES = (  # written in other ways than ISO 8601, made into it
    (re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d),?"), lambda m: f"{m[3]}-{int(m[2]):02}-{int(m[1]):02}"),
    (re.compile(r"(\d{4})/(\d{2})/(\d{2})"), r"\1-\2-\3"),
    (re.compile(r"\A(\d{4})(\d{2})(\d{2})\Z"), r"\1-\2-\3"),
    (re.compile(r"\[[\w/+-]+\]\Z"), ""),
    (re.compile(r"\s+(?:UTC|GMT)\Z"), "+00:00"),
    (re.compile(r"\s+(?=[+-]\d{2}:?\d{2}\Z)"), ""),
)
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


def when(date: str, start: str, duration: str, end: str, day: Day, zone: zoneinfo.ZoneInfo) -> When:
    """The instants of an event: its own date first, else its programme day and the clock. Without times if neither can be read.

    The duration counts, the end only where there is none.
    """
    start, *until = RANGE.split(start[:LONGEST_WORDS], maxsplit=1)
    starts_at, notes = moment(date, start, day, zone)
    if starts_at is None:
        return When(None, None, (*notes, "no-time"))
    length = read_duration(duration)
    if length is None:
        length = length_until(end or "".join(until), starts_at.astimezone(zone))
    if length is None or not SHORTEST.resolution <= length <= LONGEST:
        length, notes = SHORTEST, (*notes, "no-duration")
    starts_at = starts_at.astimezone(dt.UTC)
    return When(starts_at, starts_at + length, notes)


def moment(date, start, day, zone):
    stated, clock, whole = read_moment(date), read_clock(start), read_moment(start)
    if isinstance(whole, dt.datetime):
        stated, clock = whole, None
    if isinstance(stated, dt.datetime) and clock and not of_day(stated.astimezone(zone) if stated.tzinfo else stated):
        stated = read_date(date, zone)  # midnight stands for the day, where the start is another
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


def length_until(end, local):
    """From a local start to an end that is a moment, or a clock within a day; None if it cannot be read."""
    stated, clock = read_moment(end), read_clock(end)
    if isinstance(stated, dt.datetime):
        return (stated if stated.tzinfo else stated.replace(tzinfo=local.tzinfo)) - local
    return None if clock is None else (clock - of_day(local)) % dt.timedelta(days=1)


def of_day(moment):
    return dt.timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)


def read_moment(text: str) -> dt.datetime | dt.date | None:
    """An ISO 8601 date or date-time, "+0200", a blank instead of "T" and 31.12.2030 allowed; None for others or far from our time."""
    text = text.strip()[:LONGEST_WORDS]
    for pattern, iso in OTHER_DATES:
        text = pattern.sub(iso, text, count=1)
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
    """ "9:30", "09:30:00", "kl. 9.30", "0930", "2 pm", and "25:30" for half past one at night; None for anything else."""
    given = text.strip()[:LONGEST_WORDS].casefold()
    half = HALF_DAY.search(given)
    text = HALF_DAY.sub("", AROUND_A_CLOCK.sub("", given))
    match = CLOCK.match(text) or ROUND_CLOCK.match(text)
    if not match or (text == given and text.isdigit() and len(text) < 4):  # a bare number may be anything
        return None
    hours, minutes, seconds = (int(number or 0) for number in (*match.groups(), 0)[:3])
    if minutes > 59 or seconds > 59 or hours > (12 if half else 47):
        return None
    if half:
        hours = hours % 12 + (12 if half[1] == "p" else 0)
    return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)


def read_duration(text: str) -> dt.timedelta | None:
    """ "0:30", "01:30:00", "1:00:00:00" with days, "PT45M", "1h 30 min", "45" for minutes; None for anything else."""
    text = re.sub(r"(?<=:\d\d)\s*h\Z|\.0\Z", "", text.strip()[:LONGEST_WORDS])
    if re.fullmatch(r"\d{1,5}", text):
        return dt.timedelta(minutes=int(text))
    if re.fullmatch(r"\d{1,3}(?::\d{1,2}){1,3}|\d{1,2}\.[0-5]\d", text):
        numbers = [int(number) for number in re.split("[:.]", text)]
        days = numbers.pop(0) if len(numbers) == 4 else 0
        hours, minutes, seconds = (*numbers, 0)[:3]
        return dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return read_spelt_duration(text)


def read_spelt_duration(text):
    match = SPELT_DURATION.fullmatch(text.casefold()) or ISO_DURATION.fullmatch(text)
    if not match or not any(match.groups()):
        return None
    numbers = {unit: float(number.replace(",", ".")) for unit, number in match.groupdict().items() if number}
    return dt.timedelta(**numbers)


def day_of(date: dt.date | None, change: str, starts: str, ends: str) -> Day:
    """A programme day. Where the file has no day_change, a day that ends on the morning after says the same."""
    clock = read_clock(change)
    start, end = read_moment(starts), read_moment(ends)
    if clock is None and isinstance(start, dt.datetime) and isinstance(end, dt.datetime) and end.date() > start.date():
        clock = min(of_day(start), of_day(end))
    return Day(date, clock or dt.timedelta())
