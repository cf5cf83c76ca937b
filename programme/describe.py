"""Changes in words, in a reader's language: “Together…”, part 2: room A → B; 13:00 → 14:00."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from conference.language_names import language_name_within
from programme import wording
from programme.compare import Change, Difference, Kind
from programme.marking import marked
from programme.values import Link, Picture, Session, Slot, Text
from programme.wording import long_date, time_range

LONG = 90  # characters; a longer text is shown as it was and as it is

SUBJECTS = {
    "conference": _("%(name)s"),
    "session": _("“%(name)s”"),
    "person": _("%(name)s"),
    "room": _("Room “%(name)s”"),
    "track": _("Track “%(name)s”"),
    "topic": _("Topic “%(name)s”"),
    "format": _("Format “%(name)s”"),
}
KINDS = {
    Kind.ADDED: _("new"),
    Kind.GONE: _("taken off the programme"),
    Kind.CANCELLED: _("cancelled"),
    Kind.BACK: _("back on the programme"),
    Kind.CHANGED: "",
}
FIELDS = {
    "accent_colour": _("accent colour"),
    "accessibility": _("accessibility"),
    "addressed_to": _("addressed to"),
    "affiliation": _("affiliation"),
    "alt": _("alternative text"),
    "biography": _("biography"),
    "capacity": _("seats"),
    "colour": _("colour"),
    "contact_email": _("public contact address"),
    "contribution": _("contribution"),
    "credit": _("photo credit"),
    "description": _("description"),
    "ends_on": _("last day"),
    "format": _("format"),
    "has_captions": _("captions"),
    "has_sign_language": _("sign language"),
    "interpreted_to": _("interpreted to"),
    "is_break": _("is a break"),
    "is_featured": _("highlight"),
    "is_step_free": _("step-free access"),
    "kind": _("kind"),
    "languages": _("languages"),
    "lead": _("lead"),
    "links": _("links"),
    "livestream_url": _("livestream"),
    "logo": _("logo"),
    "name": _("name"),
    "notice": _("notice"),
    "organisation": _("organisation"),
    "photo": _("photo"),
    "picture": _("picture"),
    "pronouns": _("pronouns"),
    "pronunciation": _("pronunciation"),
    "recording_url": _("recording"),
    "replaced_by": _("replaced by"),
    "room": _("room"),
    "slug": _("address"),
    "sort_name": _("name for sorting"),
    "spoken_languages": _("spoken in"),
    "starts_on": _("first day"),
    "subtitle": _("subtitle"),
    "tagline": _("tagline"),
    "text": _("question"),
    "time": _("time"),
    "timezone": _("time zone"),
    "title": _("title"),
    "track": _("track"),
    "url": _("link"),
    "venue_address": _("address of the venue"),
    "venue_latitude": _("latitude"),
    "venue_longitude": _("longitude"),
    "venue_name": _("venue"),
    "website": _("website"),
}
LISTS = {
    ("speakers", Kind.ADDED): _("speaker added: %(name)s"),
    ("speakers", Kind.GONE): _("speaker removed: %(name)s"),
    ("speakers", Kind.REORDERED): _("speakers in another order: %(name)s"),
    ("moderators", Kind.ADDED): _("moderator added: %(name)s"),
    ("moderators", Kind.GONE): _("moderator removed: %(name)s"),
    ("moderators", Kind.REORDERED): _("moderators in another order: %(name)s"),
    ("questions", Kind.ADDED): _("question added: %(name)s"),
    ("questions", Kind.GONE): _("question removed: %(name)s"),
    ("questions", Kind.REORDERED): _("questions in another order"),
    ("materials", Kind.ADDED): _("material added: %(name)s"),
    ("materials", Kind.GONE): _("material removed: %(name)s"),
    ("materials", Kind.REORDERED): _("materials in another order"),
    ("topics", Kind.ADDED): _("topic added: %(name)s"),
    ("topics", Kind.GONE): _("topic removed: %(name)s"),
    ("topics", Kind.REORDERED): _("topics in another order: %(name)s"),
    ("part", Kind.ADDED): _("new part: %(name)s"),
    ("part", Kind.GONE): _("part removed: %(name)s"),
    ("parts", Kind.REORDERED): _("parts in another order"),
    ("rooms", Kind.REORDERED): _("rooms in another order: %(name)s"),
    ("tracks", Kind.REORDERED): _("tracks in another order: %(name)s"),
    ("formats", Kind.REORDERED): _("formats in another order: %(name)s"),
}


@dataclass(frozen=True)
class Line:
    """One difference in words. Of a long text, `before` and `after` hold it as HTML, what differs in <del> and <ins>."""

    words: str
    part: int = 0
    before: str = ""
    after: str = ""
    language: str = ""  # of before and after: a code

    def __str__(self):
        return in_part(self.part, self.words)


@dataclass(frozen=True)
class Description:
    subject: str
    kind: str  # "new", "cancelled" …; "" when it merely changed
    lines: tuple[Line, ...] = ()
    sentence: str = ""  # all of it in one line

    def __str__(self):
        return self.sentence


def describe(change: Change, language: str, zone: ZoneInfo) -> Description:
    """A change in words, in `language`, with times in `zone`."""
    with override(language):
        name = words_of(change.name, language) or gettext("(no name yet)")
        lines = tuple(line(difference, language, zone) for difference in change.differences)
        if change.session and change.kind in (Kind.ADDED, Kind.BACK) and not lines:
            lines = tuple(when_and_where(change.session, language, zone))
        subject, kind = str(SUBJECTS[change.about]) % {"name": name}, str(KINDS[change.kind])
        return Description(subject, kind, lines, sentence(subject, kind, lines))


def sentence(subject, kind, lines) -> str:
    named = gettext("%(what)s (%(kind)s)") % {"what": subject, "kind": kind} if kind else subject
    return with_colon(named, "; ".join(by_part(lines))) if lines else named


def when_and_where(session: Session, language, zone) -> Iterator[Line]:
    for slot in session.slots:
        yield Line(place_of(slot, language, zone), slot.number if session.is_in_parts else 0)
    if session.is_cancelled:
        yield Line(gettext("cancelled"))


def line(difference: Difference, language: str, zone: ZoneInfo) -> Line:
    if difference.kind != Kind.CHANGED:
        made = Line(in_list(difference, language, zone))
    elif isinstance(difference.before or difference.after, Picture):
        made = Line(rewritten(difference, language))
    elif difference.language and is_long(difference.before, difference.after):
        before, after = marked(difference.before or "", difference.after or "")
        made = Line(rewritten(difference, language), 0, before, after, difference.language)
    else:
        made = Line(exchanged(difference, language, zone))
    return replace(made, part=difference.part)


def is_long(*texts) -> bool:
    return any(text and (len(text) > LONG or "\n" in text) for text in texts)


def in_list(difference, language, zone) -> str:
    value = difference.after if difference.after is not None else difference.before
    return str(LISTS[difference.field, difference.kind]) % {"name": item(value, language, zone)}


def item(value, language, zone) -> str:
    """One thing of a list, or (of a list in another order) all of them."""
    if isinstance(value, tuple):
        return ", ".join(item(each, language, zone) for each in value)
    if isinstance(value, Slot):
        return place_of(value, language, zone)
    if hasattr(value, "person"):
        contribution = words_of(value.contribution, language)
        return f"{value.person.name} ({contribution})" if contribution else value.person.name
    return words_of(getattr(value, "text", None) or getattr(value, "name", None) or value.title or value.url, language)


def rewritten(difference, language) -> str:
    """That a long text or a picture is there now, is gone, or is another one."""
    what = {"what": label(difference, language)}
    if not difference.before:
        return gettext("%(what)s added") % what
    return (gettext("%(what)s changed") if difference.after else gettext("%(what)s removed")) % what


def exchanged(difference, language, zone) -> str:
    say = partial(said, language=language, zone=zone)
    before, after = say(difference.before), say(difference.after)
    if difference.field == "time" and before and after:
        return " → ".join(times(difference.before, difference.after, language, zone))
    if difference.language:
        before, after = (
            gettext("“%(name)s”") % {"name": text} if text else "" for text in (difference.before, difference.after)
        )
    words = {"what": label(difference, language), "before": before, "after": after}
    if not before:
        return gettext("%(what)s: %(after)s (new)") % words
    if not after:
        return gettext("%(what)s: %(before)s (removed)") % words
    return gettext("%(what)s %(before)s → %(after)s") % words


def label(difference, language) -> str:
    """What changed: “title (French)”, “Anousheh Karvar: contribution (French)”."""
    what = str(FIELDS.get(difference.field, difference.field))
    if difference.language:
        what = gettext("%(what)s (%(kind)s)") % {"what": what, "kind": language_name_within(difference.language)}
    whose = words_of(difference.about, language)
    return with_colon(whose, what) if whose else what


def said(value: Any, language: str, zone: ZoneInfo) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, dt.date):
        return long_date(value, language)
    if isinstance(value, Session):
        return gettext("“%(name)s”") % {"name": words_of(value.title, language)}
    if isinstance(value, tuple) and value and isinstance(value[0], dt.datetime):
        return day_and_time(value, language, zone)
    if isinstance(value, tuple):
        return ", ".join(each.url if isinstance(each, Link) else language_name_within(each) for each in value)
    return words_of(getattr(value, "name", value), language) if value is not None else ""


def times(before, after, language: str, zone: ZoneInfo) -> tuple[str, str]:
    """Two times told apart, no longer than that takes: only the start, where day and length are the same."""
    say: Callable = partial(day_and_time, language=language, zone=zone)
    if before[0].astimezone(zone).date() == after[0].astimezone(zone).date():
        say = partial(time_alone, language=language, zone=zone)
        if before[1] - before[0] == after[1] - after[0]:
            return tuple(wording.time(start.astimezone(zone), language) for start, _end in (before, after))
    return say(before), say(after)


def time_alone(each, language, zone) -> str:
    return time_range(each[0].astimezone(zone), each[1].astimezone(zone), language)


def day_and_time(each, language, zone) -> str:
    return f"{long_date(each[0].astimezone(zone).date(), language)} {time_alone(each, language, zone)}"


def place_of(slot: Slot, language, zone) -> str:
    part = slot.part
    when = (
        day_and_time((part.starts_at, part.ends_at), language, zone) if part.is_scheduled else gettext("(no time yet)")
    )
    words = (words_of(part.title, language), when, words_of(part.room.name, language) if part.room else "")
    return ", ".join(filter(None, words))


def words_of(text: str | Text, language: str) -> str:
    return text.best(language)[0] if isinstance(text, Text) else str(text)


def with_colon(what: str, words: str) -> str:
    return gettext("%(what)s: %(words)s") % {"what": what, "words": words}


def in_part(number: int, words: str) -> str:
    return with_colon(gettext("part %(number)s") % {"number": number}, words) if number else words


def by_part(lines) -> Iterator[str]:
    """The lines, with the part named once before all that concerns it."""
    parts: dict[int, list[str]] = {}
    for each in lines:
        parts.setdefault(each.part, []).append(each.words)
    return (in_part(number, "; ".join(words)) for number, words in parts.items())
