"""What one process spends as a programme grows; `python -m bench growth SIZE` prints JSON.

Seconds of CPU, so that other work on the machine counts little. What its pages cost is measured by growth_pages.py.
"""

import datetime as dt
import gc
import json
import statistics
import sys
import time
import tracemalloc

from bench.conference import make
from programme.codec import from_json
from programme.publish import publish
from programme.serve import serve
from programme.shelf import text_of
from programme.watch import settle
from sessions.models import Session

NOW = dt.datetime(2030, 6, 3, 10, tzinfo=dt.UTC)
TIMES = 3  # that a whole programme is read


def main(number):
    slug = f"grown-{number}"
    conference = make(slug, number)
    found = {"first publish": spent(lambda: publish(conference))}
    session = Session.objects.filter(conference=conference).first()
    session.title_nb = "Something else"
    session.save()
    started = time.perf_counter()
    found["publish"] = spent(lambda: publish(conference))
    found["publish, by the clock"] = time.perf_counter() - started
    text = text_of(conference.releases.latest("number").pk)
    tracemalloc.start()
    programme = from_json(json.loads(text))
    gc.collect()
    found["programme in memory, MB"] = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    found["load"] = statistics.median(spent(lambda: from_json(json.loads(text))) for _time in range(TIMES))
    pages = (programme,)
    for path in ("", "sessions/session-0.ics"):  # what is made once for all pages
        serve(f"/nb/{slug}/{path}", pages, NOW)
    settle()
    found["first session page"] = spent(lambda: serve(f"/nb/{slug}/sessions/session-0/", pages, NOW))
    print(json.dumps(found))


def spent(act) -> float:
    started = time.process_time()
    act()
    return time.process_time() - started


if __name__ == "__main__":
    main(int(sys.argv[1]))
