"""A whole programme as a frozen value: its sessions in time, what it remembers, and how to find things in it."""

import datetime as dt
import itertools
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from conference.clock import programme_day
from programme.days import Day, Moment
from programme.values import NOTHING, Format, Person, Picture, Room, Session, Slot, Text, Topic, Track


@dataclass(frozen=True)
class Gone:
    """An address that once led to something that is not public any more."""

    kind: str  # "session", "person", "room", "track" or "topic"
    slug: str
    uuid: UUID


@dataclass(frozen=True)
class FormerSlug:
    """An address that now has another slug; visitors are sent on for ever."""

    kind: str  # as in Gone, or "conference"
    slug: str
    uuid: UUID


@dataclass(frozen=True)
class Spot:
    """When and where a part was or is, as far as that changed."""

    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    room: Text | None = None


@dataclass(frozen=True)
class News:
    """One thing that a release told of a session."""

    session: UUID
    kind: str  # "added", "moved", "cancelled", "gone" or "back"
    title: Text  # of the session, as it was told
    part: int = 0  # the number of the part; 0 for the whole session
    before: Spot | None = None
    after: Spot | None = None


@dataclass(frozen=True)
class Told:
    """One release, as the public remembers it."""

    number: int
    published_at: dt.datetime
    note: Text = NOTHING
    news: tuple[News, ...] = ()


@dataclass(frozen=True)
class Programme:
    """Everything public in one conference, in all its languages, as of one release (number 0: not released)."""

    uuid: UUID
    slug: str
    name: Text
    starts_on: dt.date
    ends_on: dt.date
    timezone: str
    languages: tuple[str, ...]
    tagline: Text = NOTHING
    description: Text = NOTHING
    venue_name: Text = NOTHING
    venue_address: str = ""
    venue_latitude: float | None = None  # degrees, WGS 84
    venue_longitude: float | None = None
    website: str = ""
    contact_email: str = ""
    accent_colour: str = "#1f6f54"
    logo: Picture | None = None
    rooms: tuple[Room, ...] = ()
    tracks: tuple[Track, ...] = ()
    topics: tuple[Topic, ...] = ()
    formats: tuple[Format, ...] = ()
    people: tuple[Person, ...] = ()
    sessions: tuple[Session, ...] = ()  # in the order they start; those without a time last
    gone_sessions: tuple[Session, ...] = ()
    gone: tuple[Gone, ...] = ()
    former_slugs: tuple[FormerSlug, ...] = ()
    history: tuple[Told, ...] = ()  # the newest release first
    number: int = 0
    published_at: dt.datetime | None = None
    revision: int = 0  # how many people were erased from the release since

    def __hash__(self):
        """Cheap: a release is known by its number; equal programmes have equal ones."""
        return hash((self.uuid, self.number, self.published_at))

    @cached_property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.timezone)

    @property
    def language(self) -> str:
        return self.languages[0]

    # --- Finding one thing by the slug in its address; None when there is none

    @cached_property
    def _by_slug(self):
        kinds = {
            "session": self.sessions + self.gone_sessions,
            "person": self.people,
            "room": self.rooms,
            "track": self.tracks,
            "topic": self.topics,
        }
        return {(kind, value.slug): value for kind, values in kinds.items() for value in reversed(values)}

    @cached_property
    def _by_uuid(self):
        everything = (*self.gone_sessions, *self.sessions, *self.people, *self.rooms, *self.tracks, *self.topics)
        return {value.uuid: value for value in everything}

    def find(self, kind: str, slug: str) -> Session | Person | Room | Track | Topic | None:
        """The "session", "person", "room", "track" or "topic" at an address."""
        return self._by_slug.get((kind, slug))

    def with_uuid(self, uuid: UUID | None):
        """The session (gone ones too), person, room, track or topic with this uuid."""
        return self._by_uuid.get(uuid)

    # --- What was made of its slots, so that it is made once

    @cached_property
    def pieces(self) -> dict[UUID, dict]:
        """By the uuid of the part; see programme/pieces.py."""
        return {}

    def kept(self, slot: Slot, key, make) -> bytes:
        """What make() gives about a slot, under a key."""
        pieces = self.pieces.setdefault(slot.part.uuid, {})
        if key not in pieces:
            pieces[key] = make()
        return pieces[key]

    # --- Slots in time

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every scheduled part of every session on the programme, by start, then room order, then title."""
        order = {room.uuid: index for index, room in enumerate(self.rooms)}
        slots = [slot for session in self.sessions for slot in session.slots if slot.part.is_scheduled]
        last = len(order)
        return tuple(
            sorted(
                slots,
                key=lambda s: (s.starts_at, order.get(s.room.uuid, last) if s.room else last, s.session.slug, s.number),
            )
        )

    @cached_property
    def unscheduled(self) -> tuple[Session, ...]:
        """Sessions whose time is to be announced."""
        return tuple(session for session in self.sessions if not session.is_scheduled)

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """The days that have slots. A day lasts until 05:00 next morning where that keeps a night together."""
        by_day = itertools.groupby(self.slots, key=lambda slot: self.day_of(slot.starts_at))
        merged: dict[dt.date, list[Slot]] = {}
        for day, slots in by_day:
            merged.setdefault(day, []).extend(slots)
        return tuple(Day(day, number, tuple(slots)) for number, (day, slots) in enumerate(sorted(merged.items()), 1))

    def slots_on(self, date: dt.date) -> tuple[Slot, ...]:
        """The slots of one programme day."""
        return self._slots_on.get(date, ())

    @cached_property
    def _slots_on(self):
        return {day.date: day.slots for day in self.days}

    def day_of(self, moment: dt.datetime) -> dt.date:
        """The day of the programme that a moment belongs to: before 05:00, the day before."""
        return programme_day(moment, self.zone)

    def calendar_slots(self) -> Iterator[Slot]:
        """What a calendar must know: scheduled parts, and those that are gone and must be taken out again."""
        for session in self.sessions + self.gone_sessions:
            yield from (slot for slot in session.slots + session.gone_slots if slot.part.is_scheduled)

    def slots_of(self, thing: Session | Person | Room | Track | Topic | Gone) -> tuple[Slot, ...]:
        """The calendar slots of one session, person, room, track or topic, by start."""
        return tuple(self._slots_about.get(thing.uuid, ()))

    @cached_property
    def _slots_about(self):
        found: dict[UUID, list[Slot]] = {}
        for slot in sorted(self.calendar_slots(), key=lambda s: (s.starts_at, s.session.slug, s.number)):
            for uuid in concerned(slot):
                found.setdefault(uuid, []).append(slot)
        return found

    def sessions_of(self, person: Person) -> tuple[Session, ...]:
        return tuple(self._sessions_with.get(person.uuid, ()))

    @cached_property
    def _sessions_with(self):
        found: dict[UUID, list[Session]] = {}
        for session in self.sessions:
            for person in session.people:
                found.setdefault(person.uuid, []).append(session)
        return found

    @cached_property
    def featured(self) -> tuple[Session, ...]:
        return tuple(session for session in self.sessions if session.is_featured and not session.is_cancelled)

    @cached_property
    def featured_people(self) -> tuple[Person, ...]:
        """Up to twelve people for the front page: those of the highlights first, then those with a photo."""
        people = dict.fromkeys(person for session in self.featured for person in session.people)
        others = sorted(self.people, key=lambda person: (not person.photo, not person.initials))
        return tuple(people | dict.fromkeys(others))[:12]

    @cached_property
    def _news(self):
        found: dict[UUID, list] = {}
        for told in self.history:
            for news in told.news:
                found.setdefault(news.session, []).append((told, news))
        return found

    def news_of(self, session: Session) -> list[tuple[Told, News]]:
        """What releases told of a session, the newest first."""
        return self._news.get(session.uuid, [])

    def at(self, now: dt.datetime, room: Room | None = None) -> Moment:
        """What is on, and what is next, at a moment: everywhere, or in one room."""
        slots = [s for s in self.slots if not s.is_cancelled and (room is None or s.room == room)]
        going_on = tuple(s for s in slots if s.starts_at <= now < s.ends_at)
        ahead = tuple(s for s in slots if s.starts_at > now)
        return Moment(now, going_on, tuple(s for s in ahead if s.starts_at == ahead[0].starts_at), ahead)


def concerned(slot: Slot) -> set[UUID]:
    """Everything in whose calendar a slot stands."""
    session, part = slot.session, slot.part
    things = (session, part, part.room, session.track, *session.topics, *slot.people)
    return {thing.uuid for thing in things if thing} | set(part.once_about)
