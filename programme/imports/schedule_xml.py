"""schedule.xml of Pentabarf, frab, pretalx, wafer and the c3 hub, all generations of it, as rows.

None of the real files keeps to the schema (https://c3voc.de/schedule/schema.xsd), so none is asked to: what can be
read is read, what cannot is noted, and only a file that is no schedule at all is refused.
"""

import zoneinfo
from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from programme.imports.events import read_event
from programme.imports.kinds import read_colour
from programme.imports.people import read_person, same_people
from programme.imports.rows import FormatRow, Identity, Note, Refused, RoomRow, Schedule, TrackRow
from programme.imports.texts import one_line
from programme.imports.times import Day, day_of, read_date
from programme.imports.xml_head import read_conference, unknown_in_head, zone_of
from programme.imports.xml_tree import read_tree, words_of

SOURCE = "schedule.xml"


@dataclass
class Reading:
    """What is gathered while the events of a file are read."""

    base_url: str
    acronym: str
    zone: zoneinfo.ZoneInfo
    rooms: dict = field(default_factory=dict)
    tracks: dict = field(default_factory=dict)
    formats: dict = field(default_factory=dict)
    mentions: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    def note(self, topic, about, name=""):
        self.notes.append(Note(topic, about, name))

    def room(self, words, guid=""):
        name = one_line(words)
        return self.named(self.rooms, name, RoomRow(name.casefold(), Identity(guid=guid, name=name), name))

    def track(self, words, colour="", slug=""):
        name = one_line(words)
        identity = Identity(id=slug, name=name)
        return self.named(self.tracks, name, TrackRow(name.casefold(), identity, name, read_colour(colour)))

    def format(self, words, is_break):
        name = one_line(words)
        key = f"{'break ' if is_break else ''}{name.casefold()}"
        return self.named(self.formats, name or is_break, FormatRow(key, Identity(name=key), name, is_break))

    def named(self, rows, name, row):
        """The key under which a row is kept; the first of several spellings stands. "" for no name."""
        return rows.setdefault(row.key, row).key if name else ""


def parse(body: bytes, timezone: str = "", otherwise: str = "") -> Schedule:
    """The file as rows.

    `timezone` (IANA name) is the zone of the file's clocks; without it the zone the file names, then `otherwise`.
    Raises Refused where the file is no schedule.xml, or where no zone is known.
    """
    root, is_mended = read_tree(body)
    refuse_look_alikes(root)
    head = root.find("conference")
    zone = zone_of(root, timezone, otherwise)
    base_url = words_of(root, "conference/base_url") or words_of(root, "base_url") or words_of(root, "conference/url")
    reading = Reading(base_url, words_of(root, "conference/acronym"), zone)
    if is_mended:
        reading.note("mended", "")
    declare(root, reading)
    read = list(read_events(root, reading))
    found = same_people(reading.mentions, [read_person(person, base_url) for person in root.iterfind("persons/person")])
    unknown_in_head(root, reading.note)
    events = [event for event in read if event.row]
    note_same_keys(events, reading)
    return Schedule(
        conference=read_conference(root, head, zone, most_spoken(events)),
        rooms=tuple(reading.rooms.values()),
        tracks=tuple(reading.tracks.values()),
        formats=tuple(reading.formats.values()),
        people=found.people,
        sessions=tuple(event.with_people(found.keys) for event in events),
        unreadable=tuple(event.identity for event in read if not event.row),
        notes=tuple(reading.notes),
    )


def refuse_look_alikes(root):
    """Raise Refused for XML that is something else."""
    if root.tag == "html":
        raise Refused(_("This is a web page; a schedule.xml of frab, Pentabarf or pretalx is needed."))
    inside = [child.tag for day in root.iterfind("day") for child in day]
    strange = next((tag for tag in inside if tag not in ("room", "event", "")), None)
    if root.tag == "schedule" and strange and not {"room", "event"} & set(inside):
        message = _(
            "This is not a schedule.xml of frab, Pentabarf or pretalx: its days hold <%(tag)s>, not <room> and <event>."
        )
        raise Refused(message % {"tag": strange[:60]})
    if root.tag != "schedule" or (root.find("conference") is None and root.find("day") is None):
        message = _(
            "This is not a schedule.xml of frab, Pentabarf or pretalx: it is a <%(tag)s> without <conference> and <day>."
        )
        raise Refused(message % {"tag": root.tag[:60]})


def declare(root, reading):
    """The tracks and rooms that the file lists, in its order, with or without events."""
    for element in [
        *root.iterfind("conference/track"),
        *root.iterfind("tracks/track"),
        *root.iterfind("conference/tracks/track"),
    ]:
        colour = element.get("color") or element.get("colour") or ""
        reading.track(
            element.get("name") or words_of(element, "name") or words_of(element), colour, element.get("slug") or ""
        )
    for element in rooms_of(root):
        reading.room(room_name(element), (element.get("guid") or "")[:100])


def rooms_of(element):
    """The rooms that hold events, or are listed empty, in the file's order; not the <room> that an event names."""
    for child in element:
        if child.tag == "room":
            yield child
        if child.tag not in ("event", "conference", "persons", "tracks"):
            yield from rooms_of(child)


def room_name(element):
    return element.get("name") or words_of(element, "name")


def read_events(root, reading):
    change = words_of(root, "conference/day_change")
    for element, day, room in events_in(root, None, None):
        yield read_event(element, "" if room is None else room_name(room), programme_day(day, change, reading), reading)


def events_in(element, day, room):
    """(event, the <day> and the <room> around it) of every event, in whichever order days, rooms and lists hold each other."""
    for child in element:
        if child.tag == "event":
            yield child, day, room
        elif child.tag not in ("conference", "persons", "tracks"):  # which may name the events of a person
            yield from events_in(child, child if child.tag == "day" else day, child if child.tag == "room" else room)


def programme_day(element, change, reading):
    if element is None:
        return Day(None)
    date = read_date(element.get("date") or words_of(element, "date"), reading.zone)
    return day_of(date, change, element.get("start") or "", element.get("end") or "")


def most_spoken(events):
    spoken = Counter(event.row.spoken_languages[0] for event in events if event.row.spoken_languages)
    return spoken.most_common(1)[0][0] if spoken else ""


def note_same_keys(events, reading):
    times = Counter(event.identity.guid or event.identity.id for event in events)
    for event in events:
        key = event.identity.guid or event.identity.id
        if key and times[key] > 1:
            reading.note("same-key", f"{key} {event.row.title}")
