"""What making a page costs as a programme grows: `python -m bench growth_pages SIZE...` prints JSON.

Run growth.py for each size before.

Seconds of CPU in one process that has read all sizes, so that the state of the machine and of Python's collector is alike for them.
They take turns: in each turn one page is made of each size, of sessions that no page was made of before. What is told is the
median of the turns, and "growth" is the median of what each turn says of it.
"""

import datetime as dt
import gc
import itertools
import json
import statistics
import sys
import time

from conference.models import Conference
from programme.serve import serve
from programme.shelf import load
from programme.watch import settle

NOW = dt.datetime(2030, 6, 3, 10, tzinfo=dt.UTC)
TURNS = 48  # of the small pages
WHOLE = 3  # of those with every session: the programmes are read anew for each
SMALL = {"session page": "sessions/session-{}/", "one .ics": "sessions/session-{}.ics"}
LARGE = {"programme page": "programme/?view=list", "all .ics": "programme.ics"}


def main(sizes):
    programmes = read(sizes)
    found = {name: turns_of(path, programmes) for name, path in SMALL.items()}
    found |= {name: [] for name in LARGE}
    for _time in range(WHOLE):
        programmes = read(sizes)
        for name, path in LARGE.items():
            found[name].append({size: spent(size, path, programmes) for size in sizes})
    print(json.dumps({name: told(turns) for name, turns in found.items()}))


def read(sizes) -> dict[int, tuple]:
    """Every programme, with what is made once for all of its pages."""
    releases = dict(Conference.objects.published().values_list("slug", "current_release_id"))
    programmes = {size: (load(releases[f"grown-{size}"])[0],) for size in sizes}
    for size in sizes:
        for path in ("", "sessions/session-0/", "sessions/session-0.ics"):
            serve(address(size, path), programmes[size], NOW)
    settle()
    return programmes


def turns_of(path, programmes) -> list[dict[int, float]]:
    """CPU seconds of each size, turn by turn; those in the middle of a programme, who have others before and after them."""
    turns = []
    for turn in range(TURNS):
        gc.collect(1)
        turns.append({size: spent(size, path.format(in_the_middle(size, turn)), programmes) for size in programmes})
    return turns


def in_the_middle(size, turn) -> int:
    return size // 4 + turn * (size // 2) // TURNS


def spent(size, path, programmes) -> float:
    path, _mark, query = address(size, path).partition("?")
    started = time.process_time()
    serve(path, programmes[size], NOW, query)
    return time.process_time() - started


def address(size, path) -> str:
    return f"/nb/grown-{size}/{path}"


def told(turns) -> dict:
    sizes = list(turns[0])
    medians = {size: statistics.median(turn[size] for turn in turns) for size in sizes}
    growth = [statistics.median(turn[b] / turn[a] for turn in turns) for a, b in itertools.pairwise(sizes)]
    return {"seconds": medians, "growth": growth}


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
