"""kill -9 in the middle of saving, importing and publishing. `python -m chaos killed TIMES` prints JSON: what was tried, and what broke.

A child does the act and says so when it is done; it is killed at a random moment before, or just then. Whatever it said is
done must be there, and whatever is there must be whole.
"""

import json
import os
import random
import signal
import sys
import time

from django.db import connections
from django.utils.translation import override

from chaos import acts
from conference.models import Conference

DONE = b"done"


def publish(mark):
    acts.save_session(mark, number=1)
    acts.publish_again()


ACTS = {"saving": acts.save_session, "importing": acts.import_schedule, "publishing": publish}


def main(times):
    longest = {name: duration(act, f"{name} undisturbed") for name, act in ACTS.items()}
    found = {
        name: {"killed": 0, "done before": 0, "longest ms": round(longest[name] * 1000), "problems": []}
        for name in ACTS
    }
    for turn in range(times):
        name = list(ACTS)[turn % len(ACTS)]
        mark = f"{name} {turn}"
        done = killed_while(ACTS[name], mark, random.uniform(0, longest[name] * 1.1))
        found[name]["done before" if done else "killed"] += 1
        found[name]["problems"] += [f"turn {turn}: {problem}" for problem in problems(name, mark, done)]
    print(json.dumps(found))


def duration(act, mark) -> float:
    """Seconds, in a child, for so it will be done."""
    started = time.monotonic()
    if not killed_while(act, mark, None):
        raise SystemExit(f"FAILED: {mark}")
    return time.monotonic() - started


def killed_while(act, mark, after) -> bool:
    """Whether a child said that the act was done before it was killed `after` some seconds (None: not at all)."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        do(act, mark, writing)
    os.close(writing)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as told:
        return told.read() == DONE


def do(act, mark, writing):
    status = 1
    try:
        with override("nb"):
            act(mark)
        os.write(writing, DONE)
        status = 0
    finally:
        os._exit(status)


def problems(name, mark, done):
    """What is not whole, or was said to be done and is not there."""
    marks = {
        "saving": acts.marks_of_session(),
        "importing": acts.marks_of_import(),
        "publishing": acts.marks_of_session(1),
    }
    yield from (f"half of {each}: {found}" for each, found in marks.items() if len(found) > 1)
    if done and marks[name] != {mark}:
        yield f"{mark} was done, and is lost: {marks[name]}"
    if name == "publishing":
        yield from acts.problems_of_releases(acts.EDITED)
        if done and mark not in str(Conference.objects.get(slug=acts.EDITED).current_release.programme):
            yield f"{mark} was published, and is not there"


if __name__ == "__main__":
    main(int(sys.argv[1]))
