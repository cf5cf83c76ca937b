"""What an import did, or would do, in words."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

TOPICS = {
    "mended": gettext_lazy("The XML was broken in places that leave no doubt, and was mended."),
    "no-title": gettext_lazy("Left out, because they have no title"),
    "cancelled": gettext_lazy("Taken as cancelled, because the title says so"),
    "moved": gettext_lazy("A notice was made of what the title says first"),
    "no-time": gettext_lazy("Kept without a time, because it cannot be read"),
    "no-duration": gettext_lazy("Given 5 minutes, because no duration can be read"),
    "bad-date": gettext_lazy("The date cannot be read; the day of the programme was taken"),
    "wrong-offset": gettext_lazy("The date’s offset contradicts the time zone; the clock was taken"),
    "date-against-start": gettext_lazy("The date contradicts the start; the date was taken"),
    "same-key": gettext_lazy("Several have this id; they were told apart by title, time and room"),
    "too-long": gettext_lazy("Shortened, because it is too long: %(name)s"),
    "language": gettext_lazy("Not a language: “%(name)s”"),
    "no-name": gettext_lazy("People without a name"),
    "bad-zone": gettext_lazy("Unknown time zone"),
    "bad-link": gettext_lazy("Links left out: no address that a browser opens"),
    "same-link": gettext_lazy("Links left out: named twice"),
    "optout": gettext_lazy("Not taken over: recording/optout “true”"),
    "element": gettext_lazy("Not taken over: %(name)s"),
    "deleted": gettext_lazy("Deleted here, and not made again"),
    "erased": gettext_lazy("Erased here for good, and left out"),
    "part-deleted": gettext_lazy("The part was deleted here, so its new time or room was not taken over"),
    "zone": gettext_lazy("The conference keeps its own time zone; the file is in another"),
    "days": gettext_lazy("Outside the days of the conference"),
}
KINDS = {
    "session": gettext_lazy("Sessions"),
    "person": gettext_lazy("People"),
    "room": gettext_lazy("Rooms"),
    "track": gettext_lazy("Tracks"),
    "format": gettext_lazy("Formats"),
}
FIELDS = {
    "title": gettext_lazy("title"),
    "subtitle": gettext_lazy("subtitle"),
    "lead": gettext_lazy("lead"),
    "description": gettext_lazy("introduction"),
    "notice": gettext_lazy("notice"),
    "state": gettext_lazy("state"),
    "spoken_languages": gettext_lazy("spoken languages"),
    "recording_url": gettext_lazy("recording"),
    "format": gettext_lazy("format"),
    "track": gettext_lazy("track"),
    "times": gettext_lazy("time"),
    "room": gettext_lazy("room"),
    "people": gettext_lazy("people"),
    "materials": gettext_lazy("materials"),
    "name": gettext_lazy("name"),
    "biography": gettext_lazy("biography"),
    "links": gettext_lazy("links"),
    "colour": gettext_lazy("colour"),
    "days": gettext_lazy("days"),
    "tagline": gettext_lazy("tagline"),
    "venue_name": gettext_lazy("venue"),
    "venue_address": gettext_lazy("address of the venue"),
    "website": gettext_lazy("website"),
    "accent_colour": gettext_lazy("accent colour"),
}
EXAMPLES = 3
MOST_LINES = 60


@dataclass
class Report:
    """Counts and lists of what one import did."""

    is_new: bool = False  # the conference was made from the file
    taken_as: tuple = ("", "")  # the language of the texts, the zone of the clocks
    counts: dict = field(default_factory=lambda: defaultdict(Counter))  # kind → "new", "changed", "same"
    changes: list = field(default_factory=list)  # (title, fields)
    overwritten: list = field(default_factory=list)  # (title, field, what staff had written)
    cancelled: list = field(default_factory=list)  # titles of sessions that the file no longer has
    back: list = field(default_factory=list)  # titles of sessions that were gone and are in the file again
    conference: list = field(default_factory=list)  # fields of the conference that changed
    notes: list = field(default_factory=list)

    @property
    def changed_nothing(self) -> bool:
        counted = sum(count["new"] + count["changed"] for count in self.counts.values())
        return not (self.is_new or counted or self.cancelled or self.back or self.conference)

    def lines(self) -> list[str]:
        """The report, one line each, in the active language."""
        if self.changed_nothing:
            return [_("Everything is as it was at the last import; nothing has changed."), *self.noted()]
        return [
            *self.counted(),
            *self.listed(_("Conference changed:"), [field_words(self.conference)] if self.conference else []),
            *self.listed(_("Cancelled, because the file no longer has them:"), self.cancelled, most=None),
            *self.listed(_("On the programme again:"), self.back, most=None),
            *self.listed(_("Changed:"), [said_of(title, field_words(fields)) for title, fields in self.changes]),
            *self.listed(
                _("The source changed what had been edited here, and won:"),
                map(overwritten_words, self.overwritten),
                most=None,
            ),
            *self.noted(),
        ]

    def counted(self):
        for kind, label in KINDS.items():
            count = self.counts[kind]
            if any(count.values()):
                message = _("%(kind)s: %(new)d new, %(changed)d changed, %(same)d as before")
                yield message % {"kind": label, "new": count["new"], "changed": count["changed"], "same": count["same"]}

    def listed(self, heading, items, most=MOST_LINES):
        items = list(items)
        if not items:
            return []
        shown = items[:most]
        left = len(items) - len(shown)
        more = [ngettext("  and %(count)d more", "  and %(count)d more", left) % {"count": left}] if left else []
        return [heading, *(f"  {item}" for item in shown), *more]

    def noted(self):
        """Each topic once, with how often it came and what for. What was left out or kept only in part is listed whole."""
        found = defaultdict(list)
        for note in self.notes:
            found[note.topic, note.name].append(note.about)
        order = list(TOPICS)
        for (topic, name), about in sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1])):
            heading = TOPICS[topic] % {"name": FIELDS.get(name, name) if topic == "too-long" else name}
            if topic == "mended":
                yield heading
            elif topic in ("no-title", "no-time", "cancelled", "moved", "deleted"):
                yield from self.listed(said_of(heading, len(about)), about, most=None)
            else:
                examples = list(dict.fromkeys(example[:120] for example in about if example))
                examples = "; ".join(examples[:EXAMPLES]) + ("; …" if len(examples) > EXAMPLES else "")
                yield f"{said_of(heading, len(about))} ({examples})"


def said_of(what, words):
    return _("%(what)s: %(words)s") % {"what": what, "words": words}


def field_words(columns):
    return ", ".join(dict.fromkeys(field_word(column) for column in columns))


def field_word(column):
    """ "title (en)" for the column title_en, "time" for times."""
    if column in FIELDS:
        return str(FIELDS[column])
    name, _underscore, language = column.rpartition("_")
    return f"{FIELDS.get(name, name)} ({language})"


def overwritten_words(item):
    title, column, was = item
    was = was if len(was) <= 80 else f"{was[:79]}…"
    return _("%(session)s, %(field)s: was “%(words)s”") % {"session": title, "field": field_word(column), "words": was}
