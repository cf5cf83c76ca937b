"""What two people wrote on a form, in words: how fields and rows are called, and what stands in them."""

from dataclasses import dataclass

from django.forms import CheckboxInput, FileInput, ModelChoiceField, Textarea, TextInput
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from conference.merging import Conflict, Sheet
from conference.numbers import whole_number
from conference.sheets import UPLOAD, empty_row, is_reference, open_fields, widget_of


@dataclass(frozen=True)
class Said:
    """One conflict, for the page: each side in words, None where it says nothing at all."""

    path: str
    label: str
    language: str  # "" for what is in no language
    language_name: str
    base: str | None
    theirs: str | None
    mine: str | None
    both: str | None  # None where both cannot be had
    is_row: bool
    is_long: bool


def said_of(what, words):
    return _("%(what)s: %(words)s") % {"what": what, "words": words}


class FormWords:
    """The words of one form. `sheets`: where rows may be found, the most trusted first."""

    def __init__(self, form, formsets, *sheets: Sheet):
        self.form, self.sheets = form, [sheet for sheet in sheets if sheet]
        self.formsets = {formset.prefix: formset for formset in formsets}

    def said(self, conflict: Conflict) -> Said:
        name, key, field_name = split(conflict.path)
        field = self.field(name, field_name) if field_name else None
        sides = [self.side(conflict.path, value) for value in (conflict.base, conflict.theirs, conflict.mine)]
        return Said(
            conflict.path,
            self.label(conflict.path),
            getattr(field, "language", ""),
            getattr(field, "language_name", ""),
            *sides,
            both=self.both(field, conflict) if field else None,
            is_row=bool(key) and not field_name,
            is_long=field is not None and isinstance(widget_of(field), Textarea),
        )

    def field(self, name, field_name):
        form = empty_row(self.formsets[name]) if name else self.form
        return open_fields(form).get(field_name) or form.fields[field_name]

    def side(self, path, value):
        name, _key, field_name = split(path)
        if value is None:
            return None
        if field_name:
            return self.words(self.field(name, field_name), value)
        if isinstance(value, dict):
            return self.row_in_words(name, value)
        return "\n".join(self.row_name(name, key) for key in value)

    def both(self, field, conflict):
        """Mine and theirs after each other, for texts only."""
        is_text = isinstance(widget_of(field), Textarea | TextInput) and not isinstance(field, ModelChoiceField)
        if not is_text or not conflict.mine or not conflict.theirs:
            return None
        return ("\n\n" if isinstance(widget_of(field), Textarea) else " ").join([conflict.theirs[0], conflict.mine[0]])

    # --- names

    def label(self, path):
        """ "Title", "Part 2 – Debate: room", "Order: speakers"."""
        name, key, field_name = split(path)
        if name and not key:
            return _("The order of the list “%(list)s”") % {"list": self.plural(name)}
        label = capfirst(str(self.field(name, field_name).label)) if field_name else ""
        row = self.row_name(name, key) if key else ""
        return said_of(row, label) if row and label else row or label

    def label_with_language(self, path):
        name, _key, field_name = split(path)
        language = getattr(self.field(name, field_name), "language_name", "") if field_name else ""
        return f"{self.label(path)} ({language})" if language else self.label(path)

    def plural(self, name):
        return capfirst(str(self.formsets[name].model._meta.verbose_name_plural))

    def row_name(self, name, key):
        """ "Part 2 – Debate": what it is, where it stands, and what it is about."""
        kind = capfirst(str(self.formsets[name].model._meta.verbose_name))
        for sheet in self.sheets:
            rows = sheet.rows.get(name, {})
            if key in rows:
                about = self.row_title(name, rows[key])
                heading = kind if "person" in rows[key] else f"{kind} {list(rows).index(key) + 1}"
                return f"{heading} – {about}" if about else heading
        return kind

    def row_title(self, name, row):
        if row.get("person"):
            return self.words(self.field(name, "person"), row["person"])
        texts = [value[0] for field, value in row.items() if field.startswith(("title_", "text_")) and value]
        return Truncator(texts[0]).chars(60) if texts else (row.get("link") or [""])[0]

    def row_in_words(self, name, row):
        fields = [(self.field(name, field), value) for field, value in row.items() if value]
        return "\n".join(said_of(self.field_name(field), self.words(field, value)) for field, value in fields)

    def field_name(self, field):
        language = getattr(field, "language_name", "")
        return f"{capfirst(str(field.label))} ({language})" if language else capfirst(str(field.label))

    # --- values

    def words(self, field, value):
        """A value as people read it; "" for nothing."""
        widget = widget_of(field)
        if isinstance(widget, CheckboxInput):
            return _("yes") if value else _("no")
        if isinstance(widget, FileInput):
            return ", ".join(text.removeprefix(UPLOAD).rpartition("/")[2] for text in value)
        if is_reference(field):
            return ", ".join(self.row_name(*text.split("/", 1)) for text in value) or str(field.nothing)
        if isinstance(field, ModelChoiceField):
            return ", ".join(self.names(field, value))
        if hasattr(field, "choices"):
            known = {str(key): str(words) for key, words in flat(field.choices)}
            return ", ".join(known.get(text, text) for text in value)
        return "\n".join(value)

    def names(self, field, value):
        numbers = list(filter(None, map(whole_number, value)))
        rows = {str(row.pk): field.label_from_instance(row) for row in field.queryset.model._base_manager.filter(pk__in=numbers)}  # fmt: skip
        return [rows.get(text) or _("(deleted)") for text in value]


def split(path):
    """(list or "", key or "", field or "") of a path."""
    if "/" not in path:
        return "", "", path
    name, key, *field = path.split("/")
    return name, key, field[0] if field else ""


def flat(choices):
    for key, words in choices:
        yield from flat(words) if isinstance(words, list | tuple) else [(key, words)]
