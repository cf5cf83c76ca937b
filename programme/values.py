"""What a programme is made of, as frozen values: people, rooms, sessions, parts, and a part where it stands.

Times are aware datetimes. Every translated value is a `Text`. `programme.whole` puts them together.
"""

import datetime as dt
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

SIBLINGS = {"nb": "nn", "nn": "nb"}


class Text(Mapping):
    """Words in several languages: a mapping from language code to a non-empty string, its lines ended in one way."""

    __slots__ = ("_words",)

    def __init__(self, words=()):
        self._words = {language: value.replace("\r\n", "\n") for language, value in dict(words).items() if value}

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
        """One or two letters, for where there is no photo: of the first word and the last, past any sign before them."""
        words = re.findall(r"[^\W_]+(?:['’.][^\W_]+)*", self.name)
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

    @cached_property
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
