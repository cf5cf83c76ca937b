"""The thread of a web process that looks for new releases, so that no visitor ever waits for the database.

What most visitors ask for first is made before they are shown a new release, as far as that takes no longer than
SECONDS_BEFORE; the rest of it after. All of it is made before a server takes requests: its workers are forked from a
process that has it (see deploy/gunicorn.conf.py), so that a worker that takes another's place begins with it, too.
"""

import datetime as dt
import gc
import logging
import threading
import time

from django.db import DatabaseError, InterfaceError, connections

from conference.metrics import DEGRADED, KEPT, KEPT_BYTES, PUBLISHED, RELEASE
from programme import addresses
from programme.answers import answers
from programme.middleware import kept_answer
from programme.pieces import take_over
from programme.shelf import SECONDS_BETWEEN_LOOKS, Shelved, shelf

SECONDS_BEFORE = 0.5
MOST_WARMED = 3  # conferences; earlier ones are made when somebody asks for them
log = logging.getLogger(__name__)


def prepare():
    """Have what is published now, and its first pages, in this process; where it has them already, that costs one query.

    It leaves no thread and no connection behind, so that the process can be forked."""
    looked(turn)
    looked(connections.close_all)


def watch():
    """Look every second from now on, in a thread. Call it once in each web process."""
    shelf.watcher = threading.Thread(target=keep_watch, name="watch", daemon=True)
    shelf.watcher.start()


def keep_watch():
    while True:
        looked(turn)
        shelf.woken.wait(SECONDS_BETWEEN_LOOKS)
        shelf.woken.clear()


def turn():
    """One look, and all that follows from it."""
    new = shelf.ask()
    if new is not shelf.shelved or not shelf.has_looked:
        change_to(new)
    shelf.keep_files()
    tell(shelf)


def tell(shelf):
    """Whoever watches the numbers."""
    DEGRADED.set(shelf.is_degraded)
    KEPT_BYTES.set(answers.size)
    KEPT.set(answers.number)
    for programme in shelf.shelved.programmes:
        RELEASE.labels(programme.slug).set(programme.number)
        PUBLISHED.labels(programme.slug).set(programme.published_at.timestamp())


def looked(act):
    """Whatever goes wrong, visitors go on with what there is."""
    try:
        act()
    except (DatabaseError, InterfaceError) as error:
        log.warning("Nothing can be shown yet: the database does not answer, and left no file. %s", error)
    except Exception:
        log.exception("Looking for new releases failed")


def change_to(new: Shelved):
    for programme in new.programmes:
        for old in shelf.shelved.programmes:
            if old.uuid == programme.uuid and old is not programme:
                take_over(old, programme)
    waiting = hot_pages(new)
    make_pages(new, waiting, SECONDS_BEFORE)
    shelf.show(new)
    make_pages(new, waiting)
    answers.drop_others_than({new.edition, *new.editions.values()})
    settle()


def settle():
    """Set aside what will stay for long, so that Python's collector does not go through it again and again while
    visitors wait: it stops all threads for as long as it looks."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def hot_pages(shelved: Shelved):
    """What most visitors come to first, and what takes long to make: front pages and programmes in each language; then,
    of the current conference, the days, the whole calendar, and one session for what all sessions need."""
    for programme in shelved.programmes[:MOST_WARMED]:
        for code in programme.languages:
            yield from (addresses.path(name, code, programme.slug) for name in ("front", "programme"))
    for programme in shelved.programmes[:1]:
        for code in programme.languages:
            yield from (addresses.path("day", code, programme.slug, day=day.date) for day in programme.days)
            yield from (addresses.path("session", code, programme.slug, slug=s.slug) for s in programme.sessions[:1])
        yield from (addresses.path("programme_ics", code, programme.slug) for code in programme.languages)


def make_pages(shelved, paths, most_seconds=float("inf")):
    """Make pages in their order until the time is up; what is left in `paths`, an iterator, is left."""
    started = time.monotonic()
    for path in paths:
        try:
            kept_answer(shelved, path, "", dt.datetime.now(dt.UTC))
        except Exception:
            log.exception("A page could not be made ahead: %s", path)
        if time.monotonic() - started > most_seconds:
            return
