"""What is published, as this process knows it. It asks the database at most once a second, and keeps what it has
when the database is gone; a process that starts then takes the files that were kept for it (lifeboat.py)."""

import itertools
import json
import logging
import threading
import time
from typing import NamedTuple

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.db.models import TextField
from django.db.models.functions import Cast

from conference.models import Conference
from programme import lifeboat
from programme.codec import from_json
from programme.models import Release
from programme.whole import Programme

SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_TO_WAIT = 30.0  # for the database: one that says nothing for so long is as good as gone
SECONDS_BETWEEN_FILES = 60.0  # that the files are looked after, where nothing was published meanwhile
EDITIONS = itertools.count()
log = logging.getLogger(__name__)


class Shelved(NamedTuple):
    """The published programmes, the current conference's first, and a number that is another one whenever they are."""

    edition: int
    programmes: tuple[Programme, ...]
    editions: dict[str, int]  # the same for each conference alone, by slug

    def edition_of(self, path: str) -> int:
        """What a public path is answered from: the release of one conference, or all of them."""
        slug = path.split("/", 3)[2:3]
        return self.editions.get(slug[0], self.edition) if slug else self.edition


class Loaded(NamedTuple):
    """One conference's release."""

    seen: tuple  # the key of the newest one: its primary key, when it was published, its revision
    key: tuple  # the key of the one that could be read
    programme: Programme | None  # None where none could be read
    edition: int
    text: str | None  # its JSON, until it is in a file


def leave_what_broke():
    """Let a connection that broke be opened anew, as Django does before a request; not in the middle of a transaction."""
    if not connection.in_atomic_block:
        close_old_connections()


class Shelf:
    """What is published, read again when it has changed."""

    def __init__(self):
        self.lock = threading.Lock()
        self.woken = threading.Event()
        self.watcher = None  # the thread that looks, where there is one; see watch.py
        self.turned_at = time.monotonic()  # when that thread began its last turn
        self.empty()

    def empty(self):
        """Forget everything; the next look asks the database."""
        self.shelved = Shelved(next(EDITIONS), (), {})
        self.loaded: dict[int, Loaded] = {}  # by conference
        self.has_looked = False
        self.is_degraded = False  # the database did not answer the last look
        self.files_at = float("-inf")
        self.forget()

    def forget(self):
        """Let the next look ask the database, however soon it comes."""
        self.looked_at = float("-inf")
        self.woken.set()

    @property
    def is_waiting(self) -> bool:
        """Whether the thread that looks got stuck: the database takes questions, and answers none."""
        return self.watcher is not None and time.monotonic() - self.turned_at > SECONDS_TO_WAIT

    def look(self) -> Shelved:
        """What is published now. DatabaseError only where the database never answered this process, nor left a file."""
        if self.watcher and self.has_looked:
            return self.shelved
        if self.has_looked and time.monotonic() - self.looked_at < SECONDS_BETWEEN_LOOKS:
            return self.shelved
        if self.lock.acquire(blocking=not self.has_looked):  # others go on with what there is while one looks
            try:
                if not self.has_looked or time.monotonic() - self.looked_at >= SECONDS_BETWEEN_LOOKS:
                    self.show(self.ask())
            finally:
                self.lock.release()
        return self.shelved

    def show(self, shelved: Shelved):
        """Let visitors read it from now on."""
        self.shelved, self.has_looked = shelved, True

    def ask(self) -> Shelved:
        """What is published according to the database; what we have, or the files, where it does not answer."""
        self.looked_at = time.monotonic()
        leave_what_broke()
        try:
            self.loaded = {pk: self.newest(pk, key) for pk, *key in published()}
        except (DatabaseError, InterfaceError) as error:
            leave_what_broke()
            return self.without_database(error)
        if self.is_degraded:
            log.warning("The database answers again.")
        self.is_degraded = False
        return self.put_together()

    def newest(self, pk, key) -> Loaded:
        """A conference's release as we have it, or read anew; the last good one where the new one cannot be read."""
        known = self.loaded.get(pk)
        key = tuple(key)
        if known and known.seen == key:
            return known
        programme, text = load(key[0])
        if programme or not known:
            return Loaded(key, key, programme, next(EDITIONS), text if programme else None)
        return known._replace(seen=key)

    def without_database(self, error) -> Shelved:
        if not self.is_degraded:
            log.warning("The database does not answer; the last releases that are known are served. %s", error)
        self.is_degraded = True
        if self.has_looked:
            return self.shelved
        found = lifeboat.board()
        if not found:
            raise error
        self.loaded = {pk: Loaded(key, key, programme, next(EDITIONS), None) for pk, key, programme in found}
        return self.put_together()

    def known(self, pk) -> Programme | None:
        """The programme of a release, where it is one of those that this process has, as the database has it now."""
        key = Release.objects.filter(pk=pk).values_list("pk", "published_at", "revision").first()
        return next((each.programme for each in self.loaded.copy().values() if each.key == key), None)

    def put_together(self) -> Shelved:
        editions = {each.programme.slug: each.edition for each in reversed(self.loaded.values()) if each.programme}
        programmes = tuple(each.programme for each in self.loaded.values() if each.programme)
        if (editions, programmes) == (self.shelved.editions, self.shelved.programmes) and self.has_looked:
            return self.shelved
        return Shelved(next(EDITIONS), programmes, editions)

    def keep_files(self):
        """Write what is new into files, from which a process can start without the database."""
        news = [each for each in self.loaded.values() if each.text]
        if self.is_degraded or not (news or time.monotonic() - self.files_at > SECONDS_BETWEEN_FILES):
            return
        self.files_at = time.monotonic()
        lifeboat.lower({pk: (each.key, each.text) for pk, each in self.loaded.items() if each.programme}, text_of)
        self.loaded = {pk: each._replace(text=None) for pk, each in self.loaded.items()}


def published():
    """(conference, release, when it was published, its revision) for every conference, the current one first."""
    return list(
        Conference.objects.published()
        .order_by("-is_current", "-starts_on", "pk")
        .values_list("pk", "current_release_id", "current_release__published_at", "current_release__revision")
    )


def text_of(pk) -> str:
    """A release's programme as the JSON that was stored."""
    rows = Release.objects.annotate(text=Cast("programme", TextField()))
    return rows.values_list("text", flat=True).get(pk=pk)


def load(pk) -> tuple[Programme | None, str]:
    """A release's programme and its JSON; None, and a line in the log, for one that cannot be read."""
    text = text_of(pk)
    try:
        return from_json(json.loads(text)), text
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        log.exception("Release %s cannot be read", pk)
        return None, text


shelf = Shelf()
