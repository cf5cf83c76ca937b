"""The way back: undo a step, restore an earlier version, bring back what was deleted. Each is a new step of the history."""

import json
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop
from reversion.models import Revision, Version

from conference.documents import Document, Key, documents, has_history, model_of
from conference.recording import about_keys, recorded
from conference.restoring import put_back
from conference.restoring_gone import write_gone
from conference.restoring_many import delete, write_plain
from conference.steps import GONE, documents_at, key_in, latest_before

UNDONE = gettext_noop("Undone: %(what)s")
UNDONE_EDIT = gettext_noop("Undone")
RESTORED = gettext_noop("Restored as it was on %(when)s")
BROUGHT_BACK = gettext_noop("Brought back after it was deleted")


@dataclass
class Done:
    """What came of it. `changed`: what others have changed since, so that nothing was undone. `problems`: sentences."""

    revision: Revision | None = None
    changed: list[Key] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def touched_by(step: Revision) -> dict[Key, bool]:
    """{key: whether the step deleted it} of all that a step made, changed or deleted."""
    versions = Version.objects.filter(revision=step).only("content_type", "object_id", "format", "revision")
    return {key: entry.format == GONE for entry in versions if has_history(model_of((key := key_in(entry)).label))}


def undo(step: Revision, user) -> Done:
    """Put back everything that a step touched, as it was before; nothing at all where somebody has changed it since."""
    keys = touched_by(step)
    done = Done()
    what = said_of(step)
    with recorded(user, UNDONE if what else UNDONE_EDIT, **({"what": what} if what else {})) as recording:
        about_keys(list(keys))
        done.changed = changed_since(step, keys, recording.before)
        if done.changed:
            return done
        before = latest_before(step.pk, list(keys))
        done.problems = put_all_back(sorted(keys, key=lambda key: in_turn(key, before)), before, recording.before)
    done.revision = recording.revision
    return done


def said_of(step: Revision):
    """Why a step was made, as it is kept, so that each reader of the history reads it in their own language."""
    try:
        kept = json.loads(step.comment or "{}")
        return kept if kept.get("said") else ""
    except (ValueError, AttributeError):
        return step.comment


def put_all_back(keys, before, now) -> list[str]:
    """What points at something that comes back later is put right once everything is there."""
    now = write_plain(before, write_gone(before, now))
    stays = [key for key in keys if key in before]
    found = {key: put_back(key, before[key], now[key]) for key in stays}
    delete([key for key in keys if key not in before and now[key]])
    again = [key for key, problems in found.items() if problems]
    now = documents(again)
    found |= {key: put_back(key, before.get(key), now.get(key)) for key in again}
    return [problem for problems in found.values() for problem in problems]


def changed_since(step, keys, now) -> list[Key]:
    after = documents_at({step.pk: list(keys)})[step.pk]
    return [key for key, is_gone in keys.items() if now.get(key) != (None if is_gone else after.get(key))]


def in_turn(key, before):
    """What others point at comes back first, and is deleted last."""
    order = ["conference.conference", "conference.room", "speakers.person"]
    place = order.index(key.label) if key.label in order else 9 if key.label.endswith(".session") else 5
    return place if before.get(key) else 100 - place


def restore(key: Key, document: Document, user, when: str) -> Done:
    """Make one thing what it was in an earlier step."""
    done = Done()
    with recorded(user, RESTORED if documents([key]) else BROUGHT_BACK, when=when) as recording:
        about_keys([key])
        done.problems = put_back(key, document, recording.before[key])
    done.revision = recording.revision
    return done
