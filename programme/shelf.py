"""What is published, as this process knows it. It asks the database at most once a second, and keeps what it has
when the database is gone."""

import logging
import threading
import time

from django.db import DatabaseError, InterfaceError

from conference.models import Conference
from programme.codec import from_json
from programme.models import Release
from programme.values import Programme

SECONDS_BETWEEN_LOOKS = 1.0
log = logging.getLogger(__name__)


class Shelf:
    """The published programmes, the current conference's first."""

    def __init__(self):
        self.lock = threading.Lock()
        self.empty()

    def empty(self):
        """Forget everything; the next look asks the database."""
        self.programmes: tuple[Programme, ...] = ()
        self.loaded = {}  # (release pk, published_at) -> Programme
        self.has_looked = False
        self.forget()

    def forget(self):
        """Let the next look ask the database, however soon it comes."""
        self.looked_at = float("-inf")

    def look(self) -> tuple[Programme, ...]:
        """The published programmes. Only the first look of a process can raise DatabaseError."""
        if time.monotonic() - self.looked_at < SECONDS_BETWEEN_LOOKS:
            return self.programmes
        if self.lock.acquire(blocking=not self.has_looked):  # others go on with what there is while one looks
            try:
                if time.monotonic() - self.looked_at >= SECONDS_BETWEEN_LOOKS:
                    self.read()
            finally:
                self.lock.release()
        return self.programmes

    def read(self):
        self.looked_at = time.monotonic()
        try:
            rows = list(
                Conference.objects.published()
                .order_by("-is_current", "-starts_on", "pk")
                .values_list("current_release_id", "current_release__published_at")
            )
            loaded = {row: self.loaded.get(row) or load(row[0]) for row in rows}
        except (DatabaseError, InterfaceError) as error:
            if not self.has_looked:
                self.forget()
                raise
            log.warning("The database does not answer; the last releases are still served. %s", error)
            return
        self.loaded = {row: programme for row, programme in loaded.items() if programme}
        self.programmes = tuple(self.loaded.values())
        self.has_looked = True


def load(pk) -> Programme | None:
    """A release's programme; None, and a line in the log, for one that cannot be read."""
    try:
        return from_json(Release.objects.values_list("programme", flat=True).get(pk=pk))
    except (ValueError, KeyError, TypeError, AttributeError):
        log.exception("Release %s cannot be read", pk)
        return None


shelf = Shelf()
