"""Rows of a session's form that point at other rows of the same form, and keep the order in which they are seen.

A row is named by its prefix ("parts-0"), so that it can be pointed at before it is stored. Rows that are taken off the
form are marked, never renumbered, so a name stays true until the form is saved.
"""

from functools import cached_property

from django import forms
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.admin_languages import InLanguagesForm
from conference.numbers import whole_number
from conference.translated import in_any_language

LAST = 1_000_000


class RowReference(forms.ChoiceField):
    """A choice among the rows of another list of this form; empty: all of them, or nobody in particular."""

    def __init__(self, target, nothing, **kwargs):
        self.target, self.nothing = target, nothing
        widget = forms.Select(attrs={"data-points-at": target})
        super().__init__(required=False, choices=[("", nothing)], widget=widget, **kwargs)


def part_reference(**kwargs):
    return RowReference("parts", gettext_lazy("All parts"), label=gettext_lazy("part"), **kwargs)


class RowForm(InLanguagesForm):
    """A row with a place in its list. Its place alone does not make it worth storing: an untouched new row is left out."""

    position = forms.IntegerField(required=False, min_value=0, label=gettext_lazy("position"))

    @cached_property
    def changed_data(self):
        names = super().changed_data
        return names if set(names) - {"position"} else []

    @property
    def references(self):
        """[(name of the model's field, form field)] of what this row points at."""
        return [(name.removesuffix("_row"), f) for name, f in self.fields.items() if isinstance(f, RowReference)]

    def place(self):
        """Where the row stands, as it was sent or is stored; LAST where nothing says so."""
        return whole_number(self["position"].value()) or LAST


class RowFormSet(BaseInlineFormSet):
    """Rows that are stored in the order in which they are seen, and that point at rows of the same form."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.initial.setdefault("position", form.instance.position or None)
        for name, field in form.references:
            rows = self.rows_of(field.target)
            field.choices = [("", field.nothing), *((value, label) for value, _pk, label in rows)]
            points_at = getattr(form.instance, f"{name}_id")
            form.initial[f"{name}_row"] = next((value for value, pk, _label in rows if pk and pk == points_at), "")

    def rows_of(self, target):
        """[(name, key or None, label)] of another list of this form, in the order of its rows."""
        if not hasattr(self, "_rows_of"):
            self._rows_of = {}
        if target not in self._rows_of:
            self._rows_of[target] = sent_rows(self, target) if self.is_bound else stored_rows(self.instance, target)
        return self._rows_of[target]

    @property
    def deleted_forms(self):
        """The forms of rows that go. (Django remembers them by number, which sorting would make wrong.)"""
        return (
            [form for form in self.forms if self.can_delete and self._should_delete_form(form)]
            if self.is_valid()
            else []
        )

    def live_forms(self):
        """The forms of rows that stay, in the order in which they are seen."""
        staying = [form for form in self.forms if not (self.can_delete and self._should_delete_form(form))]
        return sorted(staying, key=lambda form: form.place())

    def save_existing_objects(self, commit=True):
        count = self.initial_form_count()  # what goes, goes first, so that nothing stands in the way of what stays
        self.forms[:count] = sorted(self.forms[:count], key=lambda form: form not in self.deleted_forms)
        return super().save_existing_objects(commit)


def blank_rows(target, instance):
    """How many empty rows a new session's form starts with, so that it can be filled in without a script."""
    return {"parts": 1, "speakers": 2, "moderators": 1, "questions": 2}.get(target, 0) if not instance.pk else 0


def stored_rows(session, target):
    rows = getattr(session, target).all() if session.pk else []
    rows = list(rows.select_related("person") if target == "speakers" and session.pk else rows)
    stored = [(f"{target}-{n}", row.pk, label_of(target, n, str_of(row))) for n, row in enumerate(rows)]
    blank = range(len(rows), len(rows) + blank_rows(target, session))
    return stored + [(f"{target}-{n}", None, label_of(target, n)) for n in blank]


def sent_rows(formset, target):
    data, rows = formset.data, []
    names = named_people(formset, target)
    for number in range(min(whole_number(data.get(f"{target}-TOTAL_FORMS")) or 0, 1000)):
        prefix = f"{target}-{number}"
        words = names.get(data.get(f"{prefix}-person")) or next(
            (data[name] for name in data if name.startswith(f"{prefix}-title_") and data[name]), ""
        )
        rows.append((prefix, whole_number(data.get(f"{prefix}-id")), label_of(target, number, words)))
    return rows


def named_people(formset, target):
    """{key as it was sent: name} of the people in the rows of a list of speakers."""
    model = formset.instance._meta.get_field(target).related_model
    if target != "speakers":
        return {}
    sent = [value for name, value in formset.data.items() if name.startswith(f"{target}-") and name.endswith("-person")]
    people = model._meta.get_field("person").related_model.objects.filter(pk__in=filter(None, map(whole_number, sent)))
    return {str(person.pk): str(person) for person in people}


def str_of(row):
    return in_any_language(row, "title") if hasattr(row, "title") else str(row)


def label_of(target, number, words=""):
    if target == "speakers":
        return words or _("Speaker %(number)d") % {"number": number + 1}
    heading = _("Part %(number)d") % {"number": number + 1}
    return f"{heading} – {words}" if words else heading


# --- saving


def save_rows(formsets, save):
    """Store the lists of a form in order, each row pointing at what it was told; then remove what is marked.

    `save(formset)` stores one list. Parts go last, when nothing points at them any more.
    """
    stored = {"": None}
    for formset in formsets:
        if formset.prefix == "parts":
            save_without_deleting(formset)
        else:
            point(formset, stored)
            step_aside(formset)
            save(formset)
        stored |= {form.prefix: form.instance for form in formset.live_forms() if form.instance.pk}
        number_rows(formset)
    for formset in formsets:
        for row in formset.deleted_objects if formset.prefix == "parts" else []:
            row.delete()


def save_without_deleting(formset):
    formset.save(commit=False)
    for row in [*formset.new_objects, *(row for row, _names in formset.changed_objects)]:
        row.save()
    formset.save_m2m()


def point(formset, stored):
    """Make rows that are about to be stored point at the stored rows that their references name."""
    for form in formset.live_forms():
        for name, _field in form.references if form.has_changed() else []:
            setattr(form.instance, name, stored.get(form.cleaned_data.get(f"{name}_row") or ""))


def step_aside(formset):
    """Let stored rows that are about to change exchange people or parts: for a moment each names a person of its own,
    which does not exist. (Foreign keys are checked when the transaction ends, unique constraints at once.)
    """
    moving = [form.instance.pk for form in formset.live_forms() if form.instance.pk and form.has_changed()]
    if moving and any(field.name == "person" for field in formset.model._meta.fields):
        formset.model.objects.filter(pk__in=moving).update(person_id=-models.F("pk"))


def number_rows(formset):
    """Give the rows the places 1, 2, 3 … in the order in which they were seen."""
    rows = [form.instance for form in formset.live_forms() if form.instance.pk]
    for place, row in enumerate(rows, 1):
        if row.position != place:
            formset.model.objects.filter(pk=row.pk).update(position=place, changed_at=timezone.now())
