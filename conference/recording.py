"""The history: every change is one step, with who made it, why, and how everything it touched was before and after.

    with recorded(request.user, gettext_noop("Moved “%(name)s” on the board"), about=[session], name=str(session)):
        part.save()

What is kept stands in django-reversion's tables: a step is a Revision, and each row as it was then is a Version. A
session is kept whole: each of its steps has all its parts, people, questions and materials.
"""

import json
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone
from django.utils.translation import gettext_noop
from reversion.models import Revision

from conference.documents import Key, documents, key_of, model_of
from conference.steps import latest_documents, store

AS_IT_WAS = gettext_noop("As it was before the history began, or after a change that nobody wrote down")


@dataclass
class Recording:
    """One step while it is being made. `revision` is None until its end, and for a step that changed nothing."""

    user: object
    said: str
    words: dict
    before: dict = field(default_factory=dict)  # Key → Document; None where nothing is there yet
    touched: dict = field(default_factory=dict)  # Key → None, in the order in which they were touched
    revision: Revision | None = None


_current: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def recorded(user, said: str = "", about=(), **words):
    """All that is done within is one step of the history, in one transaction; within another step it is part of that,
    and says why if that does not.

    `user`: who does it; None for a command. `said`: why, an English sentence marked with gettext_noop: each reader of
    the history reads it in their own language, its %(placeholders)s filled with `words`: strings,
    {language: name}, or what another step said. `about`: the stored rows that will be changed or deleted (see
    about_to_change). Gives the Recording, whose `revision` can be undone.
    """
    outer = _current.get()
    if outer is not None:
        outer.said, outer.words = (outer.said, outer.words) if outer.said else (said, words)
        about_to_change(*about)
        yield outer
        return
    with transaction.atomic():
        recording = Recording(user if getattr(user, "pk", None) else None, said, words)
        token = _current.set(recording)
        try:
            about_to_change(*about)
            yield recording
            finish(recording)
        finally:
            _current.reset(token)


def touched(*rows: Model):
    """Say, within `recorded`, that rows were made or changed: sessions or rows of sessions, people, rooms …

    The step then keeps them as they are at its end. Rows named in `about` need not be named again. Raises LookupError
    outside of a step.
    """
    recording = current()
    recording.touched |= dict.fromkeys(key_of(row) for row in rows)


def about_to_change(*rows: Model):
    """Say, within `recorded`, that stored rows will be changed or deleted: they are locked until the step ends, and how
    they are now is remembered. A row of a session stands for its session. Raises LookupError outside of a step.
    """
    about_keys([key_of(row) for row in rows])


def about_keys(keys: list[Key]):
    """The same for what is named by its key, stored or not."""
    recording = current()
    keys = [key for key in dict.fromkeys(keys) if key not in recording.before and key not in recording.touched]
    lock(keys)
    found = documents(keys)
    recording.before |= {key: found.get(key) for key in keys}


def current() -> Recording:
    recording = _current.get()
    if recording is None:
        raise LookupError("This belongs within recorded().")
    return recording


def lock(keys: list[Key]):
    """Let nobody else change these rows until the transaction ends; always in the same order, so that nobody waits for ever."""
    for label in sorted({key.label for key in keys}):
        rows = model_of(label)._base_manager.filter(pk__in=[key.pk for key in keys if key.label == label])
        list(rows.select_for_update().order_by("pk").values_list("pk"))


def finish(recording: Recording):
    """Write down what changed, if anything did."""
    keys = list(recording.touched | dict.fromkeys(recording.before))
    after = documents(keys)
    changed = [key for key in keys if key not in recording.before or recording.before[key] != after.get(key)]
    if not changed:
        return
    write_what_was(recording, changed)
    count_up([key for key in changed if key in recording.before and key in after])
    gone = {key: recording.before[key] for key in changed if key not in after and recording.before.get(key)}
    comment = json.dumps({"said": recording.said, "with": recording.words})
    recording.revision = store(recording.user, comment, {key: after[key] for key in changed if key in after}, gone=gone)


def write_what_was(recording, changed):
    """How things were before, where the history does not know it or something else."""
    before = {key: recording.before[key] for key in changed if recording.before.get(key)}
    known = latest_documents(list(before))
    news = {key: document for key, document in before.items() if known.get(key) != document}
    if news:
        store(None, json.dumps({"said": AS_IT_WAS, "with": {}}), news)


def count_up(keys):
    """One more in the column `version` of the rows that have one."""
    for label in {key.label for key in keys}:
        model = model_of(label)
        if "version" in {column.name for column in model._meta.concrete_fields}:
            rows = model._base_manager.filter(pk__in=[key.pk for key in keys if key.label == label])
            rows.update(version=F("version") + 1, changed_at=timezone.now())
