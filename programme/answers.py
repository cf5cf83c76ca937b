"""The answers that a process keeps, so that each page is made once, however many ask for it."""

import datetime as dt
import threading
from collections import OrderedDict
from concurrent.futures import Future

from programme.reply import Kept

MOST_BYTES = 96 * 1024 * 1024  # of pages kept in a process
MOST_BYTES_OF_QUERIES = 32 * 1024 * 1024  # of what anybody can ask for in endless ways; so it cannot push out pages


class Budget:
    """Answers up to a size; those that nobody asked for longest are dropped first."""

    def __init__(self, most: int):
        self.most, self.size, self.kept = most, 0, OrderedDict()

    def get(self, key) -> Kept | None:
        kept = self.kept.get(key)
        if kept:
            self.kept.move_to_end(key)
        return kept

    def keep(self, key, kept: Kept):
        if kept.size < self.most // 4:
            self.drop(key)
            self.kept[key] = kept
            self.size += kept.size
            while self.size > self.most:
                self.drop(next(iter(self.kept)))

    def drop(self, key):
        kept = self.kept.pop(key, None)
        self.size -= kept.size if kept else 0


class Answers:
    """Answers by (edition, path, query). Who asks for one that is just being made waits for that very one, and for
    nothing else; where there is an answer of the last minute, it is given meanwhile."""

    def __init__(self):
        self.lock = threading.Lock()  # held for a look or a change, never while a page is made
        self.empty()

    def empty(self):
        with self.lock:
            self.pages, self.queries = Budget(MOST_BYTES), Budget(MOST_BYTES_OF_QUERIES)
            self.being_made: dict[tuple, Future] = {}
            self.made = 0

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return self.pages.size + self.queries.size

    @property
    def number(self) -> int:
        return len(self.pages.kept) + len(self.queries.kept)

    def get(self, key, now: dt.datetime, make, is_page: bool = True) -> Kept:
        """The answer kept under a key, or made now. Raises what `make` raises, to all who waited for it."""
        budget = self.pages if is_page else self.queries
        with self.lock:
            kept = budget.get(key)
            if kept and (kept.until is None or now < kept.until):
                return kept
            future = self.being_made.get(key)
            mine = future is None
            if mine:
                future = self.being_made[key] = Future()
        if mine:
            self.make(key, future, make, budget)
        elif kept:
            return kept
        return future.result()

    def pages_now(self) -> list[tuple[tuple, Kept]]:
        """(key, answer) of all pages that are kept."""
        with self.lock:
            return list(self.pages.kept.items())

    def make(self, key, future, make, budget):
        try:
            kept = make()
        except BaseException as error:
            self.finish(key)
            future.set_exception(error)
            return
        with self.lock:
            if kept.answer.status == 200:  # what is not there, or elsewhere, is told quickly, and has endless addresses
                budget.keep(key, kept)
            self.made += 1
        self.finish(key)
        future.set_result(kept)

    def finish(self, key):
        with self.lock:
            self.being_made.pop(key, None)

    def drop_others_than(self, editions):
        """Forget what was made of releases that nobody is shown any more."""
        with self.lock:
            for budget in (self.pages, self.queries):
                for key in [key for key in budget.kept if key[0] not in editions]:
                    budget.drop(key)


answers = Answers()
