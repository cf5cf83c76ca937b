"""What every import source is read into: frozen rows, without database, language of the site or clock.

Texts are in the one language of the file; Markdown where the model's field is Markdown, plain words elsewhere.
"""

import datetime as dt
from dataclasses import dataclass


class Refused(ValueError):
    """The file cannot be imported at all; the message is one clear sentence for the person who tried."""


@dataclass(frozen=True)
class Note:
    """Something the file says that was not taken over, or not as it stands."""

    topic: str  # a key of report.TOPICS
    about: str  # the event, person or element it is about
    name: str = ""  # of the element or attribute, where the topic has several


@dataclass(frozen=True)
class Identity:
    """What can tell one row of a source from another, in this export and in the next."""

    guid: str = ""
    id: str = ""
    name: str = ""
    starts_at: str = ""
    room: str = ""


@dataclass(frozen=True)
class ConferenceRow:
    name: str
    starts_on: dt.date
    ends_on: dt.date
    timezone: str  # IANA name
    tagline: str = ""
    venue_name: str = ""
    venue_address: str = ""
    website: str = ""
    accent_colour: str = ""  # "#rrggbb"
    spoken: str = ""  # ISO 639-1 code of the language that most sessions are held in


@dataclass(frozen=True)
class RoomRow:
    key: str  # within this file; other rows name it by this
    identity: Identity
    name: str


@dataclass(frozen=True)
class TrackRow:
    key: str
    identity: Identity
    name: str
    colour: str = ""  # "#rrggbb" where the source gives one


@dataclass(frozen=True)
class FormatRow:
    key: str
    identity: Identity
    name: str
    is_break: bool = False


@dataclass(frozen=True)
class PersonRow:
    key: str
    identity: Identity
    name: str
    slug: str = ""
    biography: str = ""
    links: tuple[tuple[str, str], ...] = ()  # (title, address)


@dataclass(frozen=True)
class MaterialRow:
    link: str
    title: str = ""
    kind: str = "link"  # a value of Material.Kind


@dataclass(frozen=True)
class SessionRow:
    identity: Identity
    title: str
    slug: str = ""
    subtitle: str = ""
    lead: str = ""
    description: str = ""
    is_cancelled: bool = False
    notice: str = ""
    spoken_languages: tuple[str, ...] = ()  # ISO 639-1
    recording_url: str = ""
    format: str = ""  # the key of a FormatRow
    track: str = ""
    room: str = ""
    people: tuple[str, ...] = ()
    starts_at: dt.datetime | None = None  # aware, in UTC
    ends_at: dt.datetime | None = None
    materials: tuple[MaterialRow, ...] = ()


@dataclass(frozen=True)
class Schedule:
    """One whole file."""

    conference: ConferenceRow
    rooms: tuple[RoomRow, ...] = ()
    tracks: tuple[TrackRow, ...] = ()
    formats: tuple[FormatRow, ...] = ()
    people: tuple[PersonRow, ...] = ()
    sessions: tuple[SessionRow, ...] = ()
    unreadable: tuple[Identity, ...] = ()  # rows that are in the file, and were left out
    notes: tuple[Note, ...] = ()
