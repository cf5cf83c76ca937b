"""Problems as values: what kind they are of, how grave, and the sentence that tells of them."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from conference.clock import times_of_day
from conference.models import Room
from sessions.models import Part, Session


class Kind(StrEnum):
    ROOM_TAKEN = "room taken"
    PERSON_TAKEN = "person taken"
    PARTS_OVERLAP = "parts overlap"
    LITTLE_TIME = "little time"
    ON_STAGE_TWICE = "on stage twice"
    OUTSIDE_THE_DAYS = "outside the days"
    TOO_FEW_SEATS = "too few seats"
    NO_TITLE = "no title"
    NO_TITLE_IN_FIRST_LANGUAGE = "no title in the first language"
    NO_PART = "no part"
    NO_TIME = "no time"
    NO_ROOM = "no room"
    NO_ALTERNATIVE_TEXT = "no alternative text"
    REPLACEMENT_HIDDEN = "replacement hidden"
    REPLACEMENT_CANCELLED = "replacement cancelled"


class Severity(StrEnum):
    BLOCKS = "blocks"  # the public could make nothing of it: this session waits, all others are published
    WARNING = "warning"  # worth a look, and nothing more


BLOCKING = {Kind.NO_TITLE}

WORDS = {
    Kind.ROOM_TAKEN: _("%(session)s is in %(room)s at the same time as %(other)s (%(when)s)."),
    Kind.PERSON_TAKEN: _("%(person)s is on stage in %(session)s and in %(other)s at the same time (%(when)s)."),
    Kind.PARTS_OVERLAP: _("Parts of %(session)s overlap (%(when)s)."),
    Kind.LITTLE_TIME: ngettext_lazy(
        "%(person)s has %(minutes)d minute to get from %(from_room)s to %(room)s for %(session)s (%(when)s).",
        "%(person)s has %(minutes)d minutes to get from %(from_room)s to %(room)s for %(session)s (%(when)s).",
        "minutes",
    ),
    Kind.ON_STAGE_TWICE: _("%(person)s is listed twice in %(session)s: for the whole session, and for one part."),
    Kind.OUTSIDE_THE_DAYS: _("%(session)s is not on a day of the conference (%(when)s)."),
    Kind.TOO_FEW_SEATS: _("%(expected)d people are expected at %(session)s, and %(room)s has %(seats)d seats."),
    Kind.NO_TITLE: _("A public session has no title."),
    Kind.NO_TITLE_IN_FIRST_LANGUAGE: _("%(session)s has no title in the conference’s first language."),
    Kind.NO_PART: _("%(session)s has no part, so it has neither time nor room."),
    Kind.NO_TIME: _("%(session)s has no time yet."),
    Kind.NO_ROOM: _("%(session)s has no room yet."),
    Kind.NO_ALTERNATIVE_TEXT: _("The picture of %(session)s has no alternative text for those who cannot see it."),
    Kind.REPLACEMENT_HIDDEN: _("%(session)s is replaced by %(other)s, which the public does not see."),
    Kind.REPLACEMENT_CANCELLED: _("%(session)s is replaced by %(other)s, which is cancelled too."),
}
COUNTED = {
    Kind.ROOM_TAKEN: ngettext_lazy("%(count)d room in use twice", "%(count)d rooms in use twice", "count"),
    Kind.PERSON_TAKEN: ngettext_lazy("%(count)d person in two places", "%(count)d people in two places", "count"),
    Kind.PARTS_OVERLAP: ngettext_lazy(
        "%(count)d session with parts that overlap", "%(count)d sessions with parts that overlap", "count"
    ),
    Kind.LITTLE_TIME: ngettext_lazy(
        "%(count)d change of rooms in too little time", "%(count)d changes of rooms in too little time", "count"
    ),
    Kind.ON_STAGE_TWICE: ngettext_lazy(
        "%(count)d person twice in one session", "%(count)d people twice in one session", "count"
    ),
    Kind.OUTSIDE_THE_DAYS: ngettext_lazy(
        "%(count)d part outside the days", "%(count)d parts outside the days", "count"
    ),
    Kind.TOO_FEW_SEATS: ngettext_lazy("%(count)d room with too few seats", "%(count)d rooms with too few seats", "count"),
    Kind.NO_TITLE: ngettext_lazy(
        "%(count)d public session without a title", "%(count)d public sessions without a title", "count"
    ),
    Kind.NO_TITLE_IN_FIRST_LANGUAGE: ngettext_lazy(
        "%(count)d title missing in the first language", "%(count)d titles missing in the first language", "count"
    ),
    Kind.NO_PART: ngettext_lazy("%(count)d public session without a part", "%(count)d public sessions without a part", "count"),
    Kind.NO_TIME: ngettext_lazy("%(count)d public part without a time", "%(count)d public parts without a time", "count"),
    Kind.NO_ROOM: ngettext_lazy("%(count)d public part without a room", "%(count)d public parts without a room", "count"),
    Kind.NO_ALTERNATIVE_TEXT: ngettext_lazy(
        "%(count)d picture without alternative text", "%(count)d pictures without alternative text", "count"
    ),
    Kind.REPLACEMENT_HIDDEN: ngettext_lazy(
        "%(count)d replacement that is a draft", "%(count)d replacements that are drafts", "count"
    ),
    Kind.REPLACEMENT_CANCELLED: ngettext_lazy(
        "%(count)d replacement that is cancelled", "%(count)d replacements that are cancelled", "count"
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """Something staff should look at. The rows are those of the database, or of a proposal; times are aware."""

    kind: Kind
    session: Session
    part: Part | None = None
    other: Session | None = None  # the session in the way, or the one that replaces this one
    person: Any = None  # a speakers.Person
    room: Room | None = None
    starts_at: dt.datetime | None = None  # when both are there, in the conference's zone
    ends_at: dt.datetime | None = None
    part_number: int = 0  # which part of several; 0 where the session has one only
    from_room: Room | None = None
    minutes: int | None = None  # that somebody has to change rooms
    expected: int | None = None  # people
    seats: int | None = None

    @property
    def severity(self) -> Severity:
        return Severity.BLOCKS if self.kind in BLOCKING else Severity.WARNING

    @property
    def identity(self) -> str:
        """The same for as long as the facts are: what, who, where and when."""
        rows = (self.session, self.part, self.other, self.person, self.room, self.from_room)
        times = (moment and moment.astimezone(dt.UTC) for moment in (self.starts_at, self.ends_at))
        facts = [str(self.kind), *(row and row.pk for row in rows), *times, self.minutes, self.expected, self.seats]
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]

    @property
    def words(self) -> str:
        """One sentence in the active language."""
        return WORDS[self.kind] % {
            "session": quoted(self.session, 0 if self.kind == Kind.PARTS_OVERLAP else self.part_number),
            "other": self.other and quoted(self.other),
            "person": self.person,
            "room": self.room,
            "from_room": self.from_room,
            "minutes": self.minutes,
            "expected": self.expected,
            "seats": self.seats,
            "when": self.starts_at
            and f"{date_format(self.starts_at, 'l')} {times_of_day(self.starts_at, self.ends_at)}",
        }


def quoted(session, part_number=0):
    """The session's title, as a draft where it is one, with the part where it has several."""
    words = gettext("“%(name)s”") % {"name": session}
    if not session.is_on_programme:
        words = gettext("%(session)s (draft)") % {"session": words}
    if part_number:
        words = gettext("%(session)s, part %(number)s") % {"session": words, "number": part_number}
    return words


def counted(problems) -> list[tuple[Kind, str]]:
    """[(kind, "3 rooms in use twice")] of the kinds there are, the gravest first, then the commonest."""
    found = [problem.kind for problem in problems]
    kinds = sorted(set(found), key=lambda kind: (kind not in BLOCKING, -found.count(kind), list(Kind).index(kind)))
    return [(kind, COUNTED[kind] % {"count": found.count(kind)}) for kind in kinds]
