"""Texts that may mention somebody, for the organiser to read and edit by hand before they are erased."""

import re
from dataclasses import dataclass

from django.urls import reverse

from conference.documents import columns_kept
from conference.models import Conference
from programme.erased_json import tellable
from sessions.models import DiscussionQuestion, Material, Part, Session
from speakers.models import Person, Speaker

AROUND = 60  # characters of a text that are shown on each side


@dataclass(frozen=True)
class Mention:
    where: str  # the session, person or conference
    form: str  # the address of its form
    before: str
    words: str
    after: str


def mentions_of(person: Person) -> list[Mention]:
    """Each text in which the whole name or the family name stands, once for every text."""
    pattern = looked_for(person.name)
    return [found for row, owner in rows_beside(person) for found in in_row(row, owner, pattern)]


def looked_for(name):
    words = [*tellable({name}), *name.split()[-1:]]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


def rows_beside(person):
    """(row, what its text is edited with) of everything that has texts."""
    for row in (*Conference.objects.all(), *Session.objects.all(), *Person.objects.exclude(pk=person.pk)):
        yield row, row
    for model in (Part, DiscussionQuestion, Material):
        yield from ((row, row.session) for row in model.objects.select_related("session"))
    for row in Speaker.objects.exclude(person=person).select_related("session"):
        yield row, row.session


def in_row(row, owner, pattern):
    for column in columns_kept(type(row)):
        value = getattr(row, column) if column != "photo" else ""
        if not isinstance(value, str) or (isinstance(row, Person) and column in ("name", "sort_name", "slug")):
            continue
        match = pattern.search(value.replace("-", " ") if column == "slug" else value)
        if match:
            start, end = match.span()
            yield Mention(str(owner), form_of(owner), value[max(0, start - AROUND) : start], value[start:end], value[end : end + AROUND])  # fmt: skip


def form_of(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
