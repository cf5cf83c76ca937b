"""Other people's readers of calendar files, each brought to one shape: {uid: Entry}."""

import datetime as dt
import itertools
from io import StringIO
from typing import NamedTuple

import icalendar
import vobject
from dateutil import tz


class Entry(NamedTuple):
    starts_at: dt.datetime  # UTC
    ends_at: dt.datetime
    summary: str
    status: str
    sequence: int


numbers = itertools.count(1)


def with_unknown_zone(body: bytes, zone: str) -> bytes:
    """The file with a zone of another name, so that a reader must believe its VTIMEZONE and cannot look the zone up; a
    name of its own each time, for vobject keeps the first zone of a name."""
    name = f"Nowhere-{next(numbers)}"
    renamed = body.replace(f"TZID:{zone}\r\n".encode(), f"TZID:{name}\r\n".encode())
    return renamed.replace(f"TZID={zone}:".encode(), f"TZID={name}:".encode())


def read_with_icalendar(body: bytes) -> dict[str, Entry]:
    """icalendar, the zone made out of VTIMEZONE by its own reader."""
    calendar = icalendar.Calendar.from_ical(body)
    zones = {str(zone["tzid"]): zone.to_tz(lookup_tzid=False) for zone in calendar.walk("VTIMEZONE")}

    def moment(value):
        zone = zones.get(value.params.get("TZID"))
        return (value.dt.replace(tzinfo=zone) if zone else value.dt).astimezone(dt.UTC)

    return {
        str(event["uid"]): Entry(
            moment(event["dtstart"]),
            moment(event["dtend"]),
            str(event["summary"]),
            str(event["status"]),
            int(event["sequence"]),
        )
        for event in calendar.walk("VEVENT")
    }


def read_with_vobject(body: bytes) -> dict[str, Entry]:
    calendar = vobject.readOne(body.decode())
    return {
        event.uid.value: Entry(
            event.dtstart.value.astimezone(dt.UTC),
            event.dtend.value.astimezone(dt.UTC),
            event.summary.value,
            event.status.value,
            int(event.sequence.value),
        )
        for event in calendar.contents.get("vevent", [])
    }


def read_with_dateutil(body: bytes) -> dict[str, Entry]:
    """python-dateutil reads zones alone; the events are split by hand."""
    unfolded = body.decode().replace("\r\n ", "")
    start, end = unfolded.index("BEGIN:VTIMEZONE"), unfolded.index("END:VTIMEZONE")
    zone = tz.tzical(StringIO(unfolded[start:end] + "END:VTIMEZONE\r\n")).get()
    entries = {}
    for block in unfolded.split("BEGIN:VEVENT\r\n")[1:]:
        facts = {line.partition(":")[0].partition(";")[0]: line.partition(":")[2] for line in block.split("\r\n")}
        starts_at, ends_at = (moment_of(facts[name], zone) for name in ("DTSTART", "DTEND"))
        words = facts["SUMMARY"].replace(r"\,", ",").replace(r"\;", ";").replace(r"\\", "\\")
        entries[facts["UID"]] = Entry(starts_at, ends_at, words, facts["STATUS"], int(facts["SEQUENCE"]))
    return entries


def moment_of(text, zone):
    naive = dt.datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 (the zone follows)
    return naive.replace(tzinfo=dt.UTC if text.endswith("Z") else zone).astimezone(dt.UTC)


READERS = [read_with_icalendar, read_with_vobject, read_with_dateutil]
