"""What differs between two documents, in the words of whoever reads it: which field, in which language, from what to what."""

import datetime as dt
import json
import re
from collections import defaultdict
from dataclasses import dataclass

from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.text import Truncator, capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from reversion.models import Version

from conference.clock import date_and_time, full_date
from conference.documents import Document, Key, model_of
from conference.language_names import language_name, own_name
from conference.steps import kind_of, name_in, name_then

UNORDERED = {"spoken_languages", "interpreted_to"}  # a form sends them in the order of its list
SILENT = {"uuid", "position", "session", "created_at"}


@dataclass(frozen=True)
class Difference:
    row: Key
    column: str  # "" for a row that was added or removed
    before: object = None
    after: object = None


@dataclass(frozen=True)
class Line:
    """One difference in words. `language`: the code of the language that the words are in, "" for none."""

    label: str
    language: str
    before: str
    after: str
    is_long: bool


def differences(before: Document | None, after: Document | None) -> list[Difference]:
    """Everything that people would call a change, the thing's own columns first."""
    before, after = before or {}, after or {}
    found = []
    for row in [*after, *(row for row in before if row not in after)]:
        if row not in before or row not in after:
            found += [Difference(row, "", before.get(row), after.get(row))]
            continue
        found += [
            Difference(row, column, before[row].get(column), value)
            for column, value in after[row].items()
            if column not in SILENT and unlike(column, before[row].get(column, ""), value)
        ]
    return found + reordered(before, after)


def unlike(column, before, after):
    return sorted(before or []) != sorted(after or []) if column in UNORDERED else before != after


def reordered(before, after):
    """One line for each list whose rows stand in another order."""
    found = []
    for label in dict.fromkeys(row.label for row in after):
        both = [row for row in after if row.label == label and row in before and "session" in after[row]]
        orders = [sorted(both, key=lambda row: (document[row].get("position") or 0, row.pk)) for document in (before, after)]  # fmt: skip
        if orders[0] != orders[1]:
            found.append(Difference(both[0], "position"))
    return found


class Words:
    """Turns differences into lines. Names of what is pointed at are asked for once, for all differences together."""

    def __init__(self, pairs, zone=None):
        """`pairs`: [(differences, the documents that rows are found in)] of the whole page; `zone`: for times."""
        self.zone = zone or dt.UTC
        wanted = defaultdict(set)
        for found, documents in pairs:
            for each in found:
                for label, pk in references(each, documents):
                    wanted[label].add(pk)
        self.names = {label: names_of(label, pks) for label, pks in wanted.items()}

    def lines(self, found: list[Difference], before: Document | None, after: Document | None) -> list[Line]:
        return [self.line(each, before or {}, after or {}) for each in found]

    def line(self, each, before, after):
        document = after if each.row in after else before
        own = next(iter(document)) == each.row
        if not each.column:
            return self.row_line(each, document, own)
        if each.column == "position" and each.before is None:
            return Line(_("The order of the list “%(list)s”") % {"list": plural(each.row)}, "", "", _("changed"), False)
        field = model_of(each.row.label)._meta.get_field(each.column)
        label = capfirst(str(getattr(field, "translated_field", field).verbose_name))
        if not own:
            label = _("%(what)s: %(words)s") % {"what": self.row_name(each.row, document), "words": label}
        language = getattr(field, "language", "") if hasattr(field, "translated_field") else ""
        sides = [self.value(field, value) for value in (each.before, each.after)]
        is_long = any(len(side) > 80 or "\n" in side for side in sides)
        return Line(f"{label} ({own_name(language)})" if language else label, language, *sides, is_long)

    def row_line(self, each, document, own):
        name = self.row_name(each.row, document)
        if own:
            return Line(name, "", "", _("added") if each.before is None else _("deleted"), False)
        return Line(name, "", "", _("added") if each.before is None else _("removed"), False)

    def row_name(self, row, document):
        columns = document[row]
        kind = capfirst(str(model_of(row.label)._meta.verbose_name))
        if "person" in columns:
            return f"{kind} – {self.name('speakers.person', columns['person'])}"
        texts = [value for column, value in columns.items() if column.startswith("text_") and value]
        about = name_in(row, columns) or (Truncator(texts[0]).chars(60) if texts else "")
        same = sorted((other for other in document if other.label == row.label), key=lambda other: (document[other].get("position") or 0, other.pk))  # fmt: skip
        numbered = f"{kind} {same.index(row) + 1}" if "session" in columns else kind
        return f"{numbered} – {about}" if about else numbered

    def name(self, label, pk):
        return self.names.get(label, {}).get(pk) or _("(deleted)")

    def value(self, field, value):
        """A stored value as people read it; "" for nothing."""
        if isinstance(field, models.BooleanField):
            return _("yes") if value else _("no")
        if value in (None, "", []):
            return ""
        if isinstance(field, models.ForeignKey):
            return self.name(field.related_model._meta.label_lower, value)
        if isinstance(field, models.ManyToManyField):
            return ", ".join(self.name(field.related_model._meta.label_lower, pk) for pk in value)
        if isinstance(field, models.DateTimeField):
            return date_and_time(parse_datetime(value).astimezone(self.zone))
        if isinstance(field, models.DateField):
            return full_date(dt.date.fromisoformat(value))
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(field, models.JSONField):
            return ", ".join(listed(entry) for entry in value)
        return str(value).rpartition("/")[2] if isinstance(field, models.FileField) else str(value)


def listed(entry):
    """One entry of a list in a column: a link, or the code of a language."""
    return (
        f"{entry.get('title', '')} {entry.get('url', '')}".strip() if isinstance(entry, dict) else language_name(entry)
    )


def plural(row):
    return capfirst(str(model_of(row.label)._meta.verbose_name_plural))


def references(each, documents):
    """[(label, key)] of everything that the words of a difference name."""
    columns = [document[each.row] for document in documents if document and each.row in document]
    found = [("speakers.person", one["person"]) for one in columns if "person" in one]
    if not each.column:
        return found
    field = model_of(each.row.label)._meta.get_field(each.column)
    if isinstance(field, models.ForeignKey | models.ManyToManyField):
        values = [pk for value in (each.before, each.after) for pk in (value if isinstance(value, list) else [value])]
        found += [(field.related_model._meta.label_lower, pk) for pk in values if pk]
    return found


def names_of(label, pks):
    """{key: what it is called now, or was called last}."""
    model = model_of(label)
    rows = model._base_manager.filter(pk__in=pks)
    rows = rows.select_related("person") if any(field.name == "person" for field in model._meta.fields) else rows
    names = {row.pk: str(row) for row in rows}
    lost = [str(pk) for pk in pks if pk not in names]
    entries = Version.objects.filter(content_type=kind_of(model), object_id__in=lost).order_by("pk") if lost else []
    return names | {int(entry.object_id): name for entry in entries if (name := name_then(entry))}


def told(comment: str, zone=None) -> str:
    """Why a step was made, in the reader's language; "" where nothing is said. See recorded()."""
    try:
        return sentence(json.loads(comment or "{}"), zone)
    except (ValueError, KeyError, TypeError):  # a comment that another tool wrote is for people, too
        return comment


def sentence(said: dict, zone=None) -> str:
    words = {name: in_words(value, zone) for name, value in said["with"].items()} if said else {}
    return (_(said["said"]) % words if words else _(said["said"])) if said.get("said") else ""


def in_words(value, zone=None):
    """A word of a sentence: another sentence, {language: name}, a moment in ISO 8601 as a date and a time, or anything else as it is."""
    if isinstance(value, dict):
        if "said" in value:
            return sentence(value, zone)
        return value.get(get_language() or "") or next(iter(value.values()), "")
    found = re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d\S*", str(value))
    if not found:
        return value
    return date_and_time(dt.datetime.fromisoformat(value).astimezone(zone or dt.UTC))
