"""What is published, as this process knows it. It asks the database at most once a second, and keeps what it has
when the database is gone."""

import itertools
import logging
import threading
import time
from typing import NamedTuple

from django.db import DatabaseError, InterfaceError

from conference.models import Conference
from programme.codec import from_json
from programme.models import Release
from programme.whole import Programme

SECONDS_BETWEEN_LOOKS = 1.0
EDITIONS = itertools.count()
log = logging.getLogger(__name__)


class Shelved(NamedTuple):
    """The published programmes, the current conference's first, and a number that is another one whenever they are."""

    edition: int
    programmes: tuple[Programme, ...]


class Shelf:
    """What is published, read again when it has changed."""

    def __init__(self):
        self.lock = threading.Lock()
        self.empty()

    def empty(self):
        """Forget everything; the next look asks the database."""
        self.shelved = Shelved(next(EDITIONS), ())
        self.loaded: dict[int, tuple] = {}  # conference pk -> (its release's key, Programme or None)
        self.has_looked = False
        self.forget()

    def forget(self):
        """Let the next look ask the database, however soon it comes."""
        self.looked_at = float("-inf")

    def look(self) -> Shelved:
        """What is published now. Only the first look of a process can raise DatabaseError."""
        if time.monotonic() - self.looked_at < SECONDS_BETWEEN_LOOKS:
            return self.shelved
        if self.lock.acquire(blocking=not self.has_looked):  # others go on with what there is while one looks
            try:
                if time.monotonic() - self.looked_at >= SECONDS_BETWEEN_LOOKS:
                    self.read()
            finally:
                self.lock.release()
        return self.shelved

    def read(self):
        self.looked_at = time.monotonic()
        try:
            rows = list(
                Conference.objects.published()
                .order_by("-is_current", "-starts_on", "pk")
                .values_list("pk", "current_release_id", "current_release__published_at")
            )
            self.loaded = {pk: self.newest(pk, key) for pk, *key in rows}
        except (DatabaseError, InterfaceError) as error:
            if not self.has_looked:
                self.forget()
                raise
            log.warning("The database does not answer; the last releases are still served. %s", error)
            return
        programmes = tuple(programme for _key, programme in self.loaded.values() if programme)
        if programmes != self.shelved.programmes:
            self.shelved = Shelved(next(EDITIONS), programmes)
        self.has_looked = True

    def newest(self, pk, key):
        """A conference's release as we have it, or read anew; the last good one where the new one cannot be read."""
        known, programme = self.loaded.get(pk, (None, None))
        return (key, programme) if known == key else (key, load(key[0]) or programme)


def load(pk) -> Programme | None:
    """A release's programme; None, and a line in the log, for one that cannot be read."""
    try:
        return from_json(Release.objects.values_list("programme", flat=True).get(pk=pk))
    except (ValueError, KeyError, TypeError, AttributeError):
        log.exception("Release %s cannot be read", pk)
        return None


shelf = Shelf()
