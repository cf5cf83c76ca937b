"""How long an old release is still seen: asked all the while, counted from the moment that the database has the new one."""

import contextlib
import os
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg2

SECONDS_WATCHED = 9.0  # after the new release is in the database
SECONDS_BETWEEN_VISITS = 0.05
LONGEST = 120  # seconds until it is
NEWEST = "SELECT count(*), max(id) FROM programme_release"


def seconds_old(visitors, publish) -> dict:
    """How many seconds after the new release was in the database each visitor was shown the old one for the last time, by
    name. Visitors are functions that tell which release they are shown; `publish` publishes, as another process."""
    shown = {name: [] for name in visitors}  # (when, which)
    stop = threading.Event()

    def visit(name):
        while not stop.wait(SECONDS_BETWEEN_VISITS):
            number = visitors[name]()
            shown[name].append((time.monotonic(), number))

    with ThreadPoolExecutor(len(visitors) + 1) as pool:
        try:
            running = [pool.submit(visit, name) for name in visitors]
            committed = moment_of_release(lambda: running.append(pool.submit(publish)))
            time.sleep(SECONDS_WATCHED)
        finally:
            stop.set()
    for each in running:
        each.result()
    return {name: last_of_the_first(seen) - committed for name, seen in shown.items()}


def last_of_the_first(seen) -> float:
    """When the release that was shown at first was shown for the last time."""
    first, newest = seen[0][1], seen[-1][1]
    if first == newest:
        raise SystemExit(f"FAILED: {first} is shown all the time")
    return max(when for when, number in seen if number == first)


def release_of(body: bytes) -> str:
    """The number of the release that a page, or version.json, is of."""
    return re.search(rb'version"?(?:=|: )"(\d+)-', body)[1].decode()


def moment_of_release(publish) -> float:
    """When the database has one more release than before publish()."""
    with contextlib.closing(psycopg2.connect(os.environ["DATABASE_URL"])) as connection:
        connection.autocommit = True
        cursor, deadline = connection.cursor(), time.monotonic() + LONGEST
        before = newest(cursor)
        publish()
        while newest(cursor) == before:
            if time.monotonic() > deadline:
                raise SystemExit(f"FAILED: nothing was published within {LONGEST} seconds")
            time.sleep(0.01)
        return time.monotonic()


def newest(cursor):
    cursor.execute(NEWEST)
    return cursor.fetchone()
