"""What is left of somebody who was erased, and what staff do about it: for all tests of erasing."""

from django.utils.translation import gettext_noop, override

from conference import archive
from conference.recording import recorded


def every_row():
    """{table: its rows as a backup has them}, but for those that only staff write and sign in with."""
    models = archive.models_at(archive.newest_targets())
    return {model._meta.db_table: b"".join(archive.lines_of(model)).decode().lower() for model in models}


def traces_in_rows(word="zebr"):
    """The tables that still hold a word, as it is or as JSON writes it."""
    return [name for name, rows in every_row().items() if word in rows]


def change(row, by=None, **fields):
    with recorded(by, gettext_noop("Changed"), about=[row]), override("nb"):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
