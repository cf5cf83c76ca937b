"""Attendees see the right moment, in any zone and season, in any program that reads calendars."""

import datetime as dt
from dataclasses import replace

import pytest

from programme.formats import ical
from tests.calendar_readers import READERS, with_unknown_zone
from tests.factories_values import a_part, a_programme, a_session

ZONES = [
    ("Europe/Oslo", 2026),  # summer time by rule
    ("Europe/Dublin", 2026),  # "negative" daylight in winter, and no offset from UTC
    ("Antarctica/Troll", 2026),  # two hours
    ("Australia/Lord_Howe", 2026),  # half an hour, in the southern summer
    ("America/St_Johns", 2026),  # west, by half an hour
    ("Asia/Kolkata", 2026),  # no summer time
    ("Asia/Kathmandu", 2026),  # three quarters of an hour
    ("UTC", 2026),
    ("Africa/Casablanca", 2026),  # no rule, but a list until 2087
    ("Asia/Jerusalem", 2026),  # a rule that RRULE cannot say
    ("America/Santiago", 2026),
    ("Europe/Oslo", 2040),  # after what zone files list change by change
    ("Europe/Oslo", 1965),  # before today's rule
    ("America/New_York", 2006),  # the year before today's rule
    ("Asia/Almaty", 2024),  # another offset for good, in the middle of the year
    ("Pacific/Apia", 2011),  # a whole day left out
]
DAYS = [(month, day) for month in range(1, 13) for day in (1, 15, 28)]


@pytest.mark.parametrize(("zone", "year"), ZONES)
@pytest.mark.parametrize("read", READERS)
def test_attendee_sees_every_part_at_its_moment(read, zone, year):
    times = [f"{year}-{month:02}-{day:02} {time}" for month, day in DAYS for time in ("00:00", "08:30", "23:30")]
    parts = [a_part(at, 60, zone) for at in times]
    programme = a_programme(a_session("Åpning", parts), timezone=zone)

    entries = read(with_unknown_zone(ical.encode(programme, "en"), zone))

    expected = {str(part.uuid): (part.starts_at, part.ends_at) for part in parts}
    assert {uid: entry[:2] for uid, entry in entries.items()} == expected
    assert len(expected) == 108


@pytest.mark.parametrize("read", READERS)
def test_attendee_in_june_and_in_december_reads_one_file(read):
    june, december = a_part("2026-06-15 13:00", name="june"), a_part("2026-12-15 13:00", name="december")
    body = ical.encode(a_programme(a_session(parts=[june, december])), "nb")

    for file in (body, with_unknown_zone(body, "Europe/Oslo")):
        entries = read(file)
        assert entries[str(june.uuid)].starts_at == dt.datetime(2026, 6, 15, 11, tzinfo=dt.UTC)
        assert entries[str(december.uuid)].starts_at == dt.datetime(2026, 12, 15, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize("read", READERS)
def test_attendee_dances_over_midnight_and_the_new_year(read):
    party = a_part("2026-12-31 21:00", 6 * 60)
    body = ical.encode(a_programme(a_session("Fest", [party])), "nb")

    entry = read(with_unknown_zone(body, "Europe/Oslo"))[str(party.uuid)]

    assert entry.ends_at == dt.datetime(2027, 1, 1, 2, tzinfo=dt.UTC)
    assert b"DTEND;TZID=Europe/Oslo:20270101T030000\r\n" in body


@pytest.mark.parametrize("read", READERS)
def test_attendee_of_the_night_when_the_clock_is_set_back(read):
    """The second part starts at 02:30 when the clock shows that for the second time."""
    first = a_part("2026-10-25 01:30", 60, name="first")
    later = {"starts_at": first.starts_at + dt.timedelta(hours=2), "ends_at": first.ends_at + dt.timedelta(hours=2)}
    second = replace(a_part(name="second"), **later)
    body = ical.encode(a_programme(a_session("Nattevakt", [first, second])), "nb")

    entries = read(with_unknown_zone(body, "Europe/Oslo"))

    assert entries[str(first.uuid)][:2] == (first.starts_at, first.ends_at)
    assert entries[str(second.uuid)][:2] == (second.starts_at, second.ends_at)
    assert b"DTEND:20261025T003000Z\r\n" in body
    assert b"DTSTART:20261025T013000Z\r\n" in body
