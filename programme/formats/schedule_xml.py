"""schedule.xml as Pentabarf, frab and pretalx write it, valid by the schema at https://c3voc.de/schedule/schema.xsd.

One event for each part with a time. What the format has no place for:

- Roles: moderators are persons like the speakers, after them.
- Cancellations: what is cancelled stays, with the word for it before its title; what was taken off the programme is
  left out, as others do it.
- Several languages: words are in the language asked for or the best other one. `language` holds the spoken ones
  ("nb, en"); interpreting, notices and questions are left out.
- Sessions without a time are left out. A programme without any slot has its conference days, empty.
- A duration of a hundred hours or more is written as 99:59.

Texts stay Markdown, which the apps that read this format show. `guid` is the part's or person's uuid, `id` a number
made from it, for programs that know no uuid.
"""

import datetime as dt
import math
import re

from django.conf import settings
from django.utils.encoding import iri_to_uri
from lxml.etree import Element, SubElement, tostring

from conference.clock import dawn
from programme.addresses import absolute, path
from programme.days import Day
from programme.formats import entry
from programme.formats.plain_text import clean, one_line
from programme.values import Room, Slot, Text
from programme.whole import Programme

SLUG = re.compile("[a-z][a-z0-9-]+")
LARGEST = 2**31 - 1  # readers keep ids in 32 bits
SMALLEST = 1000  # slugs with an id in them must be long enough
LONGEST = 99 * 60 + 59  # minutes


def encode(programme: Programme, language: str) -> bytes:
    """The timetable as schedule.xml, words in `language` (a code) or the best other one: same programme, same bytes."""
    return tostring(schedule(programme, language), xml_declaration=True, encoding="UTF-8", pretty_print=True)


def schedule(programme, language):
    root = Element("schedule")
    SubElement(root, "generator", name="Plenum", system=absolute(""))
    add(root, "url", absolute(path("schedule_xml", language, programme.slug)))
    add(root, "version", programme.number)
    days = days_of(programme)
    add_conference(root, programme, language, days)
    ids = numbers(slot.part.uuid for slot in programme.slots)
    people = numbers(person.uuid for slot in programme.slots for person in slot.people)
    for day in days:
        add_day(root, programme, language, day, ids, people)
    return root


def add_conference(root, programme, language, days):
    conference = SubElement(root, "conference")
    add(conference, "title", words(programme, programme.name, language))
    add(conference, "acronym", acronym(programme))
    add(conference, "start", programme.starts_on.isoformat())
    add(conference, "end", programme.ends_on.isoformat())
    add(conference, "days", len(days))
    add(conference, "timeslot_duration", clock(timeslot(programme)))
    add(conference, "base_url", absolute(path("front", language, programme.slug)))
    if programme.logo:
        add(conference, "logo", picture(programme.logo))
    add(conference, "url", iri_to_uri(programme.website) or absolute(path("front", language, programme.slug)))
    add(conference, "time_zone_name", programme.timezone)
    SubElement(conference, "color", primary=programme.accent_colour)
    for track in programme.tracks:
        facts = {"name": words(programme, track.name, language), "color": track.colour, "slug": track.slug}
        known = {key: fact for key, fact in facts.items() if fact and (key != "slug" or SLUG.fullmatch(fact))}
        SubElement(conference, "track", {"name": ""} | known)


def add_day(root, programme, language, day: Day, ids, people):
    start, end = (dawn(date, programme.zone) for date in (day.date, day.date + dt.timedelta(days=1)))
    facts = {"index": str(day.number), "date": day.date.isoformat(), "start": start.isoformat(), "end": end.isoformat()}
    element = SubElement(root, "day", facts)
    for room in dict.fromkeys([*programme.rooms, *(slot.room for slot in day.slots)]):
        slots = [slot for slot in day.slots if slot.room == room]
        if slots:
            guid = {"guid": str(room.uuid)} if room else {}
            room_element = SubElement(element, "room", {"name": room_name(programme, room, language)} | guid)
            for slot in slots:
                add_event(room_element, programme, language, slot, ids[slot.part.uuid], people)


def add_event(room, programme, language, slot: Slot, number, people):
    session, part = slot.session, slot.part
    event = SubElement(room, "event", id=str(number), guid=str(part.uuid))
    local = slot.starts_at.astimezone(programme.zone)
    add(event, "room", room.get("name"))
    add(event, "title", entry.title(programme, slot, language)[0])
    add(event, "subtitle", words(programme, session.subtitle, language))
    add(event, "type", words(programme, session.format.name, language) if session.format else "")
    add(event, "date", local.isoformat(timespec="seconds"))
    add(event, "start", local.strftime("%H:%M"))
    add(event, "duration", clock(min(part.minutes, LONGEST)))
    add(event, "abstract", prose(programme, session.lead, language))
    add(event, "slug", f"{acronym(programme).replace('-', '_')}-{number}-{session.slug.lower()}")
    add(event, "track", words(programme, session.track.name, language) if session.track else "")
    if session.picture:
        add(event, "logo", picture(session.picture))
    add_persons(event, slot, people)
    if session.spoken_languages:
        add(event, "language", ", ".join(session.spoken_languages))
    texts = (prose(programme, text, language) for text in (session.description, part.description))
    add(event, "description", "\n\n".join(filter(None, texts)))
    add_recording(event, session)
    add_links(event, programme, session, language)
    add(event, "url", absolute(path("session", language, programme.slug, slug=session.slug)))


def add_persons(event, slot, people):
    persons = SubElement(event, "persons")
    for person in slot.people:
        add(persons, "person", one_line(person.name), id=str(people[person.uuid]), guid=str(person.uuid))


def add_recording(event, session):
    if session.recording_url:
        recording = SubElement(event, "recording")
        add(recording, "license", "")
        add(recording, "optout", "false")
        add(recording, "url", iri_to_uri(session.recording_url))


def add_links(event, programme, session, language):
    """Links, and attachments for slides and papers."""
    links, attachments = SubElement(event, "links"), SubElement(event, "attachments")
    if session.livestream_url:
        add(links, "link", session.livestream_url, href=iri_to_uri(session.livestream_url), type="livestream")
    for material in session.materials:
        parent, name = (attachments, "attachment") if material.kind in ("slides", "paper") else (links, "link")
        address = iri_to_uri(material.url if "://" in material.url else absolute(material.url))
        add(parent, name, words(programme, material.title, language) or address, href=address, type=material.kind)


# --- Facts


def days_of(programme: Programme) -> tuple[Day, ...]:
    """The days that have slots; all days of the conference when none has."""
    length = (programme.ends_on - programme.starts_on).days + 1
    empty = (Day(programme.starts_on + dt.timedelta(days=n), n + 1, ()) for n in range(length))
    return programme.days or tuple(empty)


def acronym(programme: Programme) -> str:
    """The slug; with the year when it is shorter than the schema allows."""
    slug = programme.slug.lower()
    return slug if len(slug) >= 4 else f"{slug}-{programme.starts_on.year}"


def timeslot(programme: Programme) -> int:
    """The minutes of the grid that all starts and lengths fit into; 5 when there is nothing to fit."""
    starts = (slot.starts_at.astimezone(programme.zone) for slot in programme.slots)
    return (
        math.gcd(60, *(start.minute for start in starts), *(slot.part.minutes for slot in programme.slots))
        if programme.slots
        else 5
    )


def numbers(uuids) -> dict:
    """{uuid: a positive number of its own}. It is made from the uuid alone, but for the rare second of two that meet."""
    found, taken = {}, set()
    for uuid in sorted(set(uuids)):
        number = uuid.int % (LARGEST - SMALLEST) + SMALLEST
        while number in taken:
            number = number + 1 if number < LARGEST else SMALLEST
        found[uuid] = number
        taken.add(number)
    return found


def room_name(programme, room: Room | None, language) -> str:
    """A slot without a room is in a room named after the venue, or the conference: the format wants one."""
    names = (room.name,) if room else (programme.venue_name, programme.name)
    return next(filter(None, (words(programme, name, language) for name in names)), "")


def picture(value) -> str:
    return iri_to_uri(absolute(settings.MEDIA_URL + value.src))


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def words(programme, text: Text, language) -> str:
    return one_line(entry.best(programme, text, language))


def prose(programme, text: Text, language) -> str:
    return clean(entry.best(programme, text, language)).strip()


def add(parent, name, value, **attributes):
    element = SubElement(parent, name, attributes)
    element.text = str(value)
