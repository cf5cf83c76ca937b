"""The thread of a web process that looks for new releases, so that no visitor ever waits for the database.

What most visitors ask for first is made before they are shown a new release, as far as that takes no longer than
SECONDS_BEFORE; the rest of it after, and between its parts the thread looks again: the release that comes next does not wait
for it. At a start SECONDS_AT_START are taken before the server takes requests: its workers are forked from a process that
has it all (see deploy/gunicorn.conf.py), and so does one that takes another's place.
"""

import datetime as dt
import gc
import logging
import threading
import time

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections

from conference.metrics import DEGRADED, KEPT, KEPT_BYTES, PUBLISHED, RELEASE
from programme import addresses
from programme.answers import answers
from programme.middleware import kept_answer
from programme.on_disk import on_disk
from programme.pieces import take_over
from programme.shelf import SECONDS_BETWEEN_LOOKS, Shelved, shelf

SECONDS_BEFORE, SECONDS_AT_START = 0.5, 5.0
MOST_WARMED = 3  # conferences; earlier ones are made when somebody asks for them
log = logging.getLogger(__name__)


def prepare():
    """Have what is published now, and its first pages, in this process; where it has them already, that costs one query.

    It leaves no thread and no connection behind, so that the process can be forked."""
    looked(lambda: turn(SECONDS_AT_START))
    ahead.end()
    looked(connections.close_all)


def watch():
    """Look every second from now on, in a thread. Call it once in each web process."""
    shelf.turned_at = time.monotonic()
    shelf.watcher = threading.Thread(target=keep_watch, name="watch", daemon=True)
    shelf.watcher.start()


def keep_watch():
    while True:
        shelf.turned_at = time.monotonic()
        looked(lambda: turn(SECONDS_BETWEEN_LOOKS))
        looked(keep_on_disk)
        shelf.woken.wait(max(0, shelf.looked_at + SECONDS_BETWEEN_LOOKS - time.monotonic()))
        shelf.woken.clear()


def turn(most_seconds=float("inf")):
    """One look, and all that follows from it; of pages that can be made later, no more than the seconds allow: the next
    turn goes on with them."""
    try:
        new = shelf.ask()
        if new is not shelf.shelved or not shelf.has_looked:
            change_to(new)
        if ahead.make(most_seconds):
            ahead.end()
        shelf.keep_files()
    finally:
        tell(shelf)


def keep_on_disk():
    """In a process that serves: nginx shall have what this one has made."""
    if settings.PAGES_DIR and shelf.has_looked:
        on_disk.begin()
        on_disk.keep(shelf, shelf.shelved)


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
    except (DatabaseError, InterfaceError):
        pass  # the shelf has said so, once
    except Exception:
        log.exception("Looking for new releases failed")


def change_to(new: Shelved):
    for programme in new.programmes:
        for old in shelf.shelved.programmes:
            if old.uuid == programme.uuid and old is not programme:
                take_over(old, programme)
    ahead.begin(new)
    ahead.make(SECONDS_BEFORE)
    if on_disk.lock:
        on_disk.keep(shelf, new)
    shelf.show(new)


def settle():
    """Set aside what will stay for long, so that Python's collector does not go through it again and again while
    visitors wait: it stops all threads for as long as it looks."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def hot_pages(shelved: Shelved):
    """What most visitors come to first, and what takes longest to make, in each language: the current conference's front
    page, programme, days, a session for what all of them need, and the calendar; then the front pages of some others."""
    for programme in shelved.programmes[:1]:
        days = [("day", {"day": day.date}) for day in programme.days]
        session = [("session", {"slug": session.slug}) for session in programme.sessions[:1]]
        pages = ("front", {}), ("programme", {}), *days, *session, ("programme_ics", {})
        yield from in_each_language(programme, *pages)
    for programme in shelved.programmes[1:MOST_WARMED]:
        yield from in_each_language(programme, ("front", {}))


def in_each_language(programme, *pages):
    for name, about in pages:
        yield from (addresses.path(name, code, programme.slug, **about) for code in programme.languages)


class Ahead:
    """The pages that are made before anybody asks for them, in their order, a part at a time."""

    def __init__(self):
        self.shelved, self.paths = None, None

    def begin(self, shelved: Shelved):
        self.shelved, self.paths = shelved, hot_pages(shelved)

    def make(self, most_seconds) -> bool:
        """Make pages until the time is up: what is left is for the next time. Whether none is left of those begun."""
        started = time.monotonic()
        for path in self.paths or ():
            try:
                kept_answer(self.shelved, path, "", dt.datetime.now(dt.UTC))
            except Exception:
                log.exception("A page could not be made ahead: %s", path)
            if time.monotonic() - started > most_seconds:
                return False
        return self.paths is not None

    def end(self):
        """Leave what is not made yet, and clear up after the release before."""
        if self.paths is not None:
            answers.drop_others_than({self.shelved.edition, *self.shelved.editions.values()})
            self.shelved, self.paths = None, None
            settle()


ahead = Ahead()
