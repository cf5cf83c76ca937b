"""Texts that may mention somebody, for the organiser to read and edit by hand before they are erased, or afterwards."""

import re
from collections.abc import Set
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from conference.documents import columns_kept
from conference.models import Conference, Room
from programme.erased_json import tellable
from sessions.models import DiscussionQuestion, Format, Material, Part, Session, Topic, Track
from speakers.models import Person, Speaker

AROUND = 60  # characters of a text that are shown on each side


@dataclass(frozen=True)
class Mention:
    where: str  # the session, person or conference
    form: str  # the address of its form
    before: str
    words: str
    after: str


def mentions_of(names: Set[str], beside: UUID) -> list[Mention]:
    """Each text in which one of somebody's whole names or family names stands, once for every text.

    `names`: all that they are or were called. `beside`: their uuid, for what is about themselves is no mention.
    """
    pattern = looked_for(names)
    return [found for row, owner in rows_beside(beside) for found in in_row(row, owner, pattern)] if names else []


def looked_for(names):
    words = [*tellable(names), *(name.split()[-1] for name in names if name.strip())]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


def rows_beside(uuid):
    """(row, what its text is edited with) of everything that has texts."""
    for model in (Conference, Session, Room, Track, Topic, Format):
        yield from ((row, row) for row in model.objects.all())
    yield from ((row, row) for row in Person.objects.exclude(uuid=uuid))
    for model in (Part, DiscussionQuestion, Material):
        yield from ((row, row.session) for row in model.objects.select_related("session"))
    for row in Speaker.objects.exclude(person__uuid=uuid).select_related("session"):
        yield row, row.session


def in_row(row, owner, pattern):
    for column in columns_kept(type(row)):
        is_text = (
            column != "photo" and not row._meta.get_field(column).is_relation
        )  # which would be asked for, row by row
        value = getattr(row, column) if is_text else ""
        if not isinstance(value, str) or (isinstance(row, Person) and column in ("name", "sort_name", "slug")):
            continue
        match = pattern.search(value.replace("-", " ") if column == "slug" else value)
        if match:
            start, end = match.span()
            before, after = value[:start], value[end:]
            before = f"…{before[-AROUND:]}" if len(before) > AROUND else before
            after = f"{after[:AROUND]}…" if len(after) > AROUND else after
            yield Mention(str(owner), form_of(owner), before, value[start:end], after)


def form_of(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
