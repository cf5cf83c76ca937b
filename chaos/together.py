"""Two publishers, two importers and ten editors at once. `python -m chaos together SECONDS` prints JSON: what was done, what broke."""

import json
import os
import sys
import time

from django.db import connections
from django.utils.translation import override

from chaos import acts

EDITORS, IMPORTERS, PUBLISHERS = 10, 2, 2


def main(seconds):
    connections.close_all()
    started = [child(edit, number, seconds) for number in range(EDITORS)]
    started += [child(bring_in, number, seconds) for number in range(IMPORTERS)]
    started += [child(make_public, number, seconds) for number in range(PUBLISHERS)]
    told = [finished(*each) for each in started]
    found = {
        "saved": sum(each["done"] for each in told[:EDITORS]),
        "imported": sum(each["done"] for each in told[EDITORS : EDITORS + IMPORTERS]),
        "published": sum(each["done"] for each in told[-PUBLISHERS:]),
        "problems": [problem for each in told for problem in each["problems"]],
    }
    found["problems"] += lost(told[:EDITORS])
    found["problems"] += acts.problems_of_releases(acts.EDITED) + acts.problems_of_releases(acts.IMPORTED)
    found["problems"] += ["half an import"] if len(acts.marks_of_import()) != 1 else []
    print(json.dumps(found))


def lost(editors):
    """Each editor's session says what that editor saved last."""
    for number, each in enumerate(editors):
        if acts.marks_of_session(number) != {each["last"]}:
            yield f"editor {number} saved {each['last']}, and reads {acts.marks_of_session(number)}"


def edit(number):
    client = acts.staff()
    return lambda turn: acts.save_session(f"editor {number} edit {turn}", number, client)


def bring_in(number):
    return lambda turn: acts.import_schedule(f"importer {number} file {turn}")


def make_public(number):
    return lambda turn: [acts.publish_again(slug) for slug in (acts.EDITED, acts.IMPORTED)]


def child(role, number, seconds):
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    os.close(reading)
    try:
        with override("nb"):
            told = again_and_again(role(number), f"{role.__name__} {number}", seconds)
        os.write(writing, json.dumps(told).encode())
    finally:
        os._exit(0)


def again_and_again(act, name, seconds) -> dict:
    """How often it was done in this time, what was written last, and every error but none more than five times."""
    told = {"done": 0, "last": "", "problems": []}
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline or not told["done"]:
        try:
            act(told["done"])
        except Exception as error:
            told["problems"].append(f"{name}: {type(error).__name__}: {error}"[:300])
            if len(told["problems"]) == 5:
                break
            continue
        told["last"] = f"editor {name.rpartition(' ')[2]} edit {told['done']}"
        told["done"] += 1
    return told


def finished(pid, reading) -> dict:
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    os.waitpid(pid, 0)
    return json.loads(told) if told else {"done": 0, "last": "", "problems": ["one ended without a word"]}


if __name__ == "__main__":
    main(int(sys.argv[1]))
