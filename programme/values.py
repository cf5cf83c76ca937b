"""The programme as frozen values: what a release holds, and all that the public pages and formats ever see.

Times are aware datetimes; `programme.zone` is the zone they are shown in. Every translated value is a `Text`.
"""

import datetime as dt
import itertools
import zoneinfo
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

SIBLINGS = {"nb": "nn", "nn": "nb"}


class Text(Mapping):
    """Words in several languages: a mapping from language code to a non-empty string."""

    __slots__ = ("_words",)

    def __init__(self, words=()):
        self._words = {language: value for language, value in dict(words).items() if value}

    def __getitem__(self, language):
        return self._words[language]

    def __iter__(self):
        return iter(self._words)

    def __len__(self):
        return len(self._words)

    def __hash__(self):
        return hash(frozenset(self._words.items()))

    def __eq__(self, other):
        return isinstance(other, Text) and self._words == other._words

    def __repr__(self):
        return f"Text({self._words!r})"

    def best(self, language, first="") -> tuple[str, str]:
        """(words, the language they are in): the language asked for, its sibling (nn ↔ nb), the conference's first
        language, English, any (the same one in every database); ("", language) when there are no words at all."""
        for code in (language, SIBLINGS.get(language), first, "en", *sorted(self._words)):
            if code in self._words:
                return self._words[code], code
        return "", language


NOTHING = Text()


@dataclass(frozen=True)
class Picture:
    src: str  # path below MEDIA_URL
    width: int  # pixels
    height: int
    sizes: tuple[tuple[int, str], ...]  # (width, path), smallest first, the full picture last
    alt: Text = NOTHING
    credit: str = ""


@dataclass(frozen=True)
class Link:
    title: str
    url: str


@dataclass(frozen=True)
class Room:
    uuid: UUID
    slug: str
    name: Text
    description: Text = NOTHING
    accessibility: Text = NOTHING
    is_step_free: bool = False
    capacity: int | None = None


@dataclass(frozen=True)
class Track:
    uuid: UUID
    slug: str
    name: Text
    colour: str = ""


@dataclass(frozen=True)
class Topic:
    uuid: UUID
    slug: str
    name: Text


@dataclass(frozen=True)
class Format:
    uuid: UUID
    slug: str
    name: Text
    is_break: bool = False


@dataclass(frozen=True)
class Person:
    uuid: UUID
    slug: str
    name: str
    sort_name: str = ""
    title: Text = NOTHING
    organisation: Text = NOTHING
    affiliation: str = ""
    pronouns: str = ""
    pronunciation: str = ""
    biography: Text = NOTHING
    photo: Picture | None = None
    links: tuple[Link, ...] = ()

    @property
    def initials(self) -> str:
        words = [word for word in self.name.replace("-", " ").split() if word[0].isalnum()]
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@dataclass(frozen=True)
class Appearance:
    """Somebody on stage, as a speaker or a moderator."""

    uuid: UUID
    person: Person
    contribution: Text = NOTHING


@dataclass(frozen=True)
class Question:
    uuid: UUID
    text: Text
    addressed_to: Person | None = None


@dataclass(frozen=True)
class Material:
    uuid: UUID
    title: Text
    url: str
    kind: str = "link"


@dataclass(frozen=True)
class Part:
    uuid: UUID
    title: Text = NOTHING
    description: Text = NOTHING
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    room: Room | None = None
    speakers: tuple[Appearance, ...] = ()  # of this part only
    moderators: tuple[Appearance, ...] = ()
    questions: tuple[Question, ...] = ()
    sequence: int = 0  # RFC 5545, 3.8.7.4: how often what a calendar shows of this part has changed
    changed_at: dt.datetime | None = None  # the release that last changed it
    once_about: tuple[UUID, ...] = ()  # of a part that is gone: whose calendars it stood in

    @property
    def is_scheduled(self) -> bool:
        return self.starts_at is not None

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


@dataclass(frozen=True)
class Session:
    uuid: UUID
    slug: str
    title: Text
    subtitle: Text = NOTHING
    lead: Text = NOTHING
    description: Text = NOTHING
    format: Format | None = None
    track: Track | None = None
    topics: tuple[Topic, ...] = ()
    picture: Picture | None = None
    is_cancelled: bool = False
    is_gone: bool = False  # was released once and has been taken off: only its title, times and place are kept
    notice: Text = NOTHING
    replaced_by: UUID | None = None
    is_featured: bool = False
    spoken_languages: tuple[str, ...] = ()
    interpreted_to: tuple[str, ...] = ()
    has_captions: bool = False
    has_sign_language: bool = False
    livestream_url: str = ""
    recording_url: str = ""
    materials: tuple[Material, ...] = ()
    speakers: tuple[Appearance, ...] = ()  # in all parts
    moderators: tuple[Appearance, ...] = ()
    questions: tuple[Question, ...] = ()  # to the whole session
    parts: tuple[Part, ...] = ()
    gone_parts: tuple[Part, ...] = ()  # released once, removed since: calendars are told that they are cancelled

    @property
    def is_break(self) -> bool:
        return bool(self.format and self.format.is_break)

    @property
    def is_in_parts(self) -> bool:
        return len(self.parts) > 1

    @property
    def is_scheduled(self) -> bool:
        return any(part.is_scheduled for part in self.parts)

    @cached_property
    def slots(self) -> tuple["Slot", ...]:
        """The parts in their order, each with its session and number."""
        return tuple(Slot(self, part, number) for number, part in enumerate(self.parts, 1))

    @cached_property
    def gone_slots(self) -> tuple["Slot", ...]:
        return tuple(Slot(self, part, 0) for part in self.gone_parts)

    @cached_property
    def all_speakers(self) -> tuple[Appearance, ...]:
        """Everybody who speaks, each person once, those of the whole session first."""
        return each_person_once(itertools.chain(self.speakers, *(part.speakers for part in self.parts)))

    @cached_property
    def all_moderators(self) -> tuple[Appearance, ...]:
        return each_person_once(itertools.chain(self.moderators, *(part.moderators for part in self.parts)))

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody on stage, speakers before moderators, each once."""
        return tuple(a.person for a in each_person_once(self.all_speakers + self.all_moderators))

    @property
    def starts_at(self) -> dt.datetime | None:
        return min((part.starts_at for part in self.parts if part.is_scheduled), default=None)


def each_person_once(appearances) -> tuple[Appearance, ...]:
    seen = {}
    for appearance in appearances:
        kept = seen.setdefault(appearance.person.uuid, appearance)
        if appearance.contribution and not kept.contribution:
            seen[appearance.person.uuid] = appearance
    return tuple(seen.values())


@dataclass(frozen=True)
class Slot:
    """A part where it stands: what a programme lists, and what a calendar keeps."""

    session: Session
    part: Part
    number: int  # 1 for the first part; 0 for a part that is gone

    @property
    def of(self) -> int:
        return len(self.session.parts)

    @property
    def is_cancelled(self) -> bool:
        return self.session.is_cancelled or self.session.is_gone or self.number == 0

    @property
    def starts_at(self):
        return self.part.starts_at

    @property
    def ends_at(self):
        return self.part.ends_at

    @property
    def room(self):
        return self.part.room

    @cached_property
    def speakers(self) -> tuple[Appearance, ...]:
        return each_person_once(self.session.speakers + self.part.speakers)

    @cached_property
    def moderators(self) -> tuple[Appearance, ...]:
        return each_person_once(self.session.moderators + self.part.moderators)

    @property
    def people(self) -> tuple[Person, ...]:
        return tuple(a.person for a in each_person_once(self.speakers + self.moderators))

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.session.questions + self.part.questions


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
    note: str = ""
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
    def days(self) -> tuple["Day", ...]:
        """The days that have slots. A day lasts until 05:00 next morning where that keeps a night together."""
        by_day = itertools.groupby(self.slots, key=lambda slot: self.day_of(slot.starts_at))
        merged: dict[dt.date, list[Slot]] = {}
        for day, slots in by_day:
            merged.setdefault(day, []).extend(slots)
        return tuple(Day(day, number, tuple(slots)) for number, (day, slots) in enumerate(sorted(merged.items()), 1))

    def day_of(self, moment: dt.datetime) -> dt.date:
        """The programme day of a moment: what starts before 05:00 belongs to the day before."""
        return (moment.astimezone(self.zone) - dt.timedelta(hours=5)).date()

    def calendar_slots(self) -> Iterator[Slot]:
        """What a calendar must know: scheduled parts, and those that are gone and must be taken out again."""
        for session in self.sessions + self.gone_sessions:
            yield from (slot for slot in session.slots + session.gone_slots if slot.part.is_scheduled)

    def slots_of(self, thing: Session | Person | Room | Track | Topic | Gone) -> tuple[Slot, ...]:
        """The calendar slots of one session, person, room, track or topic, by start."""
        found = (slot for slot in self.calendar_slots() if concerns(slot, thing.uuid))
        return tuple(sorted(found, key=lambda s: (s.starts_at, s.session.slug, s.number)))

    def sessions_of(self, person: Person) -> tuple[Session, ...]:
        return tuple(session for session in self.sessions if person in session.people)

    @cached_property
    def featured(self) -> tuple[Session, ...]:
        return tuple(session for session in self.sessions if session.is_featured and not session.is_cancelled)

    @cached_property
    def featured_people(self) -> tuple[Person, ...]:
        """Up to twelve people for the front page: those of the highlights first."""
        people = dict.fromkeys(person for session in self.featured for person in session.people)
        return tuple(people | dict.fromkeys(self.people))[:12]

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

    def at(self, now: dt.datetime, room: Room | None = None) -> "Moment":
        """What is on, and what is next, at a moment: everywhere, or in one room."""
        slots = [s for s in self.slots if not s.is_cancelled and (room is None or s.room == room)]
        going_on = tuple(s for s in slots if s.starts_at <= now < s.ends_at)
        ahead = tuple(s for s in slots if s.starts_at > now)
        return Moment(now, going_on, tuple(s for s in ahead if s.starts_at == ahead[0].starts_at), ahead)


def concerns(slot: Slot, uuid: UUID) -> bool:
    session, part = slot.session, slot.part
    return (
        uuid in (session.uuid, part.uuid, *part.once_about)
        or (part.room is not None and part.room.uuid == uuid)
        or (session.track is not None and session.track.uuid == uuid)
        or any(topic.uuid == uuid for topic in session.topics)
        or any(person.uuid == uuid for person in slot.people)
    )


@dataclass(frozen=True)
class Day:
    date: dt.date
    number: int
    slots: tuple[Slot, ...]

    @property
    def hours(self) -> tuple["Hour", ...]:
        return hours(self.slots)


@dataclass(frozen=True)
class Hour:
    """What starts at one moment."""

    starts_at: dt.datetime
    slots: tuple[Slot, ...]
    is_plenary: bool  # nothing else is on: everybody can be here


def hours(slots) -> tuple[Hour, ...]:
    """Slots, in order, by the moment they start."""
    groups = [tuple(group) for _start, group in itertools.groupby(slots, key=lambda slot: slot.starts_at)]
    found, busy_until = [], None
    for group, following in itertools.zip_longest(groups, groups[1:]):
        ends = max(slot.ends_at for slot in group)
        alone = len(group) == 1 and not group[0].session.is_break
        before = busy_until is not None and busy_until > group[0].starts_at
        after = following is not None and following[0].starts_at < ends
        found.append(Hour(group[0].starts_at, group, alone and not before and not after))
        busy_until = ends if busy_until is None else max(busy_until, ends)
    return tuple(found)


@dataclass(frozen=True)
class Moment:
    now: dt.datetime
    on: tuple[Slot, ...]  # going on
    next: tuple[Slot, ...]  # those that start next, at the same time
    ahead: tuple[Slot, ...]  # all that has not started
