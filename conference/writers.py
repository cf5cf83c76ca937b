"""Who changed something since a form was opened, when, and which columns."""

import datetime as dt
from dataclasses import dataclass

from reversion.models import Revision

from conference.documents import Document, Key
from conference.merge_words import split
from conference.steps import documents_at, versions_of

COLUMNS = {"day": "starts_at", "start": "starts_at", "end": "ends_at", "end_day": "ends_at"}


@dataclass(frozen=True)
class Writer:
    name: str  # "" when nobody is known
    at: dt.datetime
    before: Document
    after: Document


def writers_since(key: Key, step: int) -> list[Writer]:
    """The steps of one thing after a step, the oldest first."""
    wanted = list(versions_of(key).filter(revision__gte=step).values_list("revision_id", flat=True)[:50])[::-1]
    revisions = Revision.objects.filter(pk__in=wanted).select_related("user").order_by("pk")
    kept = documents_at({pk: [key] for pk in wanted})
    writers, before = [], {}
    for revision in revisions:
        after = kept[revision.pk].get(key, {})
        if revision.pk > step and revision.user:
            writers.append(Writer(name_of(revision.user), revision.date_created, before, after))
        before = after
    return writers


def name_of(user) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""


def who_changed(path: str, writers: list[Writer]) -> Writer | None:
    """The last writer who changed what a path names; the last of all where that cannot be told."""
    name, key, field = split(path)
    column = COLUMNS.get(field, field.removesuffix("_row"))
    found = [writer for writer in writers if value_at(writer.before, name, key, column) != value_at(writer.after, name, key, column)]  # fmt: skip
    return (found or writers or [None])[-1]


def value_at(document, name, key, column):
    """A column of the document's own row, or of a row of it; the whole row where no column is named."""
    if not document:
        return None
    rows = [columns for row, columns in document.items() if str(row.pk) == key] if name else list(document.values())[:1]
    return [columns.get(column) if column else columns for columns in rows]
