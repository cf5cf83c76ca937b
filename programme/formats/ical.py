"""iCalendar (RFC 5545, with the calendar properties of RFC 7986): one event for each part of a session.

- UID is the part's uuid and nothing else, as RFC 7986 (5.3) advises: it outlives a change of address or title.
- SEQUENCE, LAST-MODIFIED and DTSTAMP come from the release that last changed what the entry shows. There is no METHOD,
  so DTSTAMP says the same as LAST-MODIFIED (RFC 5545, 3.8.7.2), and a release that leaves a session alone leaves its
  file alone.
- METHOD is left out because the same file is subscribed to and saved once. With METHOD:PUBLISH some programs ask to
  import a subscription anew, and with METHOD:CANCEL a file could hold nothing but cancellations.
- What is cancelled or gone stays in, as STATUS:CANCELLED, so that subscribers lose or mark it; parts without a time
  are not in it. A calendar without events still has its VTIMEZONE: RFC 5545 (3.4) wants at least one component.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event, vText
from PIL import ImageColor

from programme.addresses import absolute, path
from programme.formats import entry
from programme.formats.plain_text import clean, one_line
from programme.formats.timezones import vtimezone
from programme.values import Person, Room, Session, Slot, Topic, Track
from programme.whole import Gone, Programme

PRODUCT = "-//Plenum//Conference programme//EN"
REFRESH = "PT1H"
END = b"END:VCALENDAR\r\n"
KINDS = {Session: "session", Person: "person", Room: "room", Track: "track", Topic: "topic"}


@dataclass(frozen=True)
class Selection:
    """Sessions that somebody has picked, as `query` names them in the address of the page and of the file."""

    name: str
    sessions: tuple[Session, ...]
    query: str


About = Session | Slot | Person | Room | Track | Topic | Gone | Selection


def encode(programme: Programme, language: str, about: About | None = None) -> bytes:
    """The programme, or what concerns one thing in it, as an iCalendar file: same programme in, same bytes out.

    Words are in `language` (a code) or the best other one; times in the conference's zone.
    """
    slots = sorted(slots_about(programme, about), key=lambda slot: (slot.starts_at, slot.part.uuid))
    calendar = Calendar()
    add_properties(calendar, programme, language, about, slots)
    calendar.add_component(vtimezone(programme.zone, *years(programme, slots)))
    events = (event_of(programme, slot, language) for slot in slots)
    return calendar.to_ical(sorted=False).removesuffix(END) + b"".join(events) + END


def slots_about(programme: Programme, about: About | None) -> Iterable[Slot]:
    if about is None:
        return programme.calendar_slots()
    if isinstance(about, Slot):
        return [about] if about.part.is_scheduled else []
    if isinstance(about, Selection):
        return [slot for session in about.sessions for slot in programme.slots_of(session)]
    return programme.slots_of(about)


def years(programme: Programme, slots) -> tuple[int, int]:
    """The first and last year that the file tells the time of."""
    moments = [moment.astimezone(programme.zone) for slot in slots for moment in (slot.starts_at, slot.ends_at)]
    found = [moment.year for moment in moments] or [programme.starts_on.year, programme.ends_on.year]
    return min(found), max(found)


# --- The calendar


def add_properties(calendar, programme, language, about, slots):
    source, page = addresses(programme, language, about)
    name = calendar_name(programme, language, about)
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", text(name))
    calendar.add("x-wr-calname", text(name))
    calendar.add("x-wr-timezone", programme.timezone)
    calendar.add("last-modified", max((stamp(programme, slot) for slot in slots), default=released(programme)))
    calendar.add("source", source, {"VALUE": "URI"})
    calendar.add("url", page)
    calendar.add("refresh-interval", Written(REFRESH), {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", Written(REFRESH))
    colour = about.colour if isinstance(about, Track) and about.colour else programme.accent_colour
    calendar.add("color", nearest_colour_name(colour))
    calendar.add("x-apple-calendar-color", colour)


def calendar_name(programme, language, about) -> str:
    words = name_of(about) if about else ""
    if not isinstance(words, str):
        words = entry.best(programme, words, language)
    return " – ".join(filter(None, map(one_line, (words, entry.best(programme, programme.name, language)))))


def name_of(about):
    if isinstance(about, Gone):
        return ""
    thing = about.session if isinstance(about, Slot) else about
    return thing.title if isinstance(thing, Session) else thing.name


def addresses(programme, language, about) -> tuple[str, str]:
    """Where this file and its page are: (SOURCE, URL)."""
    here = language, programme.slug
    if about is None:
        return absolute(path("programme_ics", *here)), absolute(path("programme", *here))
    if isinstance(about, Selection):
        return tuple(absolute(path(name, *here)) + f"?{about.query}" for name in ("mine_ics", "mine"))
    if isinstance(about, Slot) and about.number:
        slug = about.session.slug
        return absolute(path("part_ics", *here, slug=slug, number=about.number)), session_page(
            programme, about.session, language
        )
    thing = about.session if isinstance(about, Slot) else about
    kind = thing.kind if isinstance(thing, Gone) else KINDS[type(thing)]
    return absolute(path(f"{kind}_ics", *here, slug=thing.slug)), absolute(path(kind, *here, slug=thing.slug))


def session_page(programme, session, language) -> str:
    return absolute(path("session", language, programme.slug, slug=session.slug))


def nearest_colour_name(colour: str) -> str:
    """The CSS3 name that comes closest to #rrggbb: RFC 7986 (5.9) takes no numbers."""
    red, green, blue = ImageColor.getrgb(colour)[:3]

    def distance(name):
        r, g, b = ImageColor.getrgb(name)[:3]
        return (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2

    return min(sorted(ImageColor.colormap.keys() - {"rebeccapurple"}), key=distance)


# --- The events


def event_of(programme, slot, language) -> bytes:
    return programme.kept(slot, ("event", language), lambda: event(programme, slot, language).to_ical(sorted=False))


def event(programme: Programme, slot: Slot, language: str) -> Event:
    made, session, part = Event(), slot.session, slot.part
    made.add("uid", str(part.uuid))
    made.add("dtstamp", stamp(programme, slot))
    made.add("last-modified", stamp(programme, slot))
    made.add("sequence", part.sequence)
    made.add("status", "CANCELLED" if slot.is_cancelled else "CONFIRMED")
    made.add("transp", "TRANSPARENT" if slot.is_cancelled else "OPAQUE")
    add_time(made, "dtstart", slot.starts_at, programme)
    add_time(made, "dtend", slot.ends_at, programme)
    words, spoken = entry.title(programme, slot, language)
    made.add("summary", text(words), {"LANGUAGE": spoken})
    add_place(made, programme, slot, language)
    page = session_page(programme, session, language)
    words = "\n\n".join(filter(None, (entry.description(programme, slot, language), page)))
    made.add("description", text(words), {"LANGUAGE": language})
    made.add("url", page)
    headings = [heading.name for heading in (session.track, *session.topics) if heading]
    if headings:
        names = (one_line(entry.best(programme, name, language)) for name in headings)
        made.add("categories", Written(",".join(map(escaped, names))))
    return made


def add_time(made, name, moment, programme):
    """The local time with its zone; in UTC within an hour that the clock shows twice. RFC 5545 (3.3.5) takes a local
    time for the first of the two, but ical.js for the second."""
    local = moment.astimezone(programme.zone).replace(microsecond=0)
    if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        made.add(name, local.astimezone(dt.UTC))
    else:
        made.add(name, local.replace(tzinfo=None), {"TZID": programme.timezone})


def add_place(made, programme, slot, language):
    where = entry.place(programme, slot, language)
    if where:
        made.add("location", text(where))
    if programme.venue_latitude is not None and programme.venue_longitude is not None:
        made.add("geo", Written(f"{programme.venue_latitude:.6f};{programme.venue_longitude:.6f}"))


def stamp(programme: Programme, slot: Slot) -> dt.datetime:
    """The moment of the release that last changed the entry; in a preview, where there is none, the last release's."""
    return (slot.part.changed_at or released(programme)).replace(microsecond=0)


def released(programme: Programme) -> dt.datetime:
    """When the programme was published; the start of its first day for one that was not."""
    first_day = dt.datetime.combine(programme.starts_on, dt.time(), programme.zone)
    return (programme.published_at or first_day).replace(microsecond=0)


# --- Values


class Written(vText):
    """A value that is written as it is."""

    def to_ical(self) -> bytes:
        return self.encode()


def text(words: str) -> Written:
    return Written(escaped(words))


def escaped(words: str) -> str:
    r"""Words as a TEXT value (RFC 5545, 3.3.11). icalendar would make a line break of the \N in C:\New."""
    words = clean(words).replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,")
    return words.replace("\n", r"\n")
