"""`make chaos`: what the public site lives through. See docs/unbreakable.md.

chaos/run.py [--quick] [--write] [--only NAME,…]   (--write: put the table into docs/unbreakable.md)
"""

import argparse
import contextlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.site import HOUSE, Site, get, stop
from chaos import events
from chaos.crowd import Crowd, paths_of
from chaos.postgres import postgres

DOCUMENT = HOUSE / "docs" / "unbreakable.md"
MARKS = "<!-- make chaos writes from here -->\n", "<!-- to here -->"
PREPARE = """
from django.contrib.auth import get_user_model
from bench.conference import make
from chaos import acts
get_user_model().objects.create_superuser("chaos", password="of no use")
make(acts.EDITED, 200)
acts.publish_again()
"""


class House:
    """The running installation, and how long and how often things go wrong."""

    def __init__(self, site, database, quick):
        self.site, self.database = site, database
        self.seconds, self.times, self.kills = (6, 5, 20) if quick else (60, 20, 200)
        self.clock = site.folder / "clock"
        self.clock.write_text("0")
        self.problems: list[str] = []

    def must(self, claim, otherwise):
        if not claim:
            self.problems.append(otherwise)

    def shell(self, code) -> str:
        return self.site.run(sys.executable, "manage.py", "shell", "-v0", "-c", code)

    def module(self, name, number) -> str:
        return self.site.run(sys.executable, "-m", "chaos", name, str(number)).splitlines()[-1]


def main():
    asked = arguments()
    os.environ["PATH"] = f"{HOUSE / '.venv' / 'bin'}:{os.environ['PATH']}"
    with postgres() as database:
        os.environ["DATABASE_URL"] = database.get_uri()
        with Site(DJANGO_SETTINGS_MODULE="conference.settings", DEBUG="") as site:
            house = House(site, database, asked.quick)
            written, failures = report(house, asked)
    print(f"\n{written}")
    if asked.write:
        before, _old, after = re.split(f"(?<={MARKS[0]})(.*)(?={MARKS[1]})", DOCUMENT.read_text(), flags=re.DOTALL)
        DOCUMENT.write_text(before + written + after)
    if failures:
        raise SystemExit("FAILED:\n" + "\n".join(failures))


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="seconds instead of minutes of each")
    parser.add_argument("--write", action="store_true", help="put the table into docs/unbreakable.md")
    parser.add_argument("--only", default="", help="names of events, with commas; also killed, together")
    return parser.parse_args()


def report(house, asked):
    chosen = asked.only.split(",") if asked.only else [e.__name__ for e in events.EVENTS] + ["killed", "together"]
    started = time.strftime("%d %B %Y")
    print("== A site with 200 sessions", flush=True)
    house.shell(PREPARE)
    house.site.start_web()
    house.site.start_nginx()
    crowd = Crowd(house.site, paths_of(house.site, "edited"))
    rows = [under_load(house, crowd, event) for event in events.EVENTS if event.__name__ in chosen]
    stop(house.site.processes["web"])
    house.shell("from chaos.acts import *; import_schedule('first'); publish_again(IMPORTED)")
    rows += [rehearsed(house, name) for name in HEADINGS if name in chosen]
    failures = [f"{name}: {row}" for name, *row, is_well in rows if not is_well]
    head = f"{'Quick run' if asked.quick else 'Run'} of {started}, `make chaos`, {os.cpu_count()} cores.\n\n"
    lines = "".join(f"| {name} | {tried} | {failed} | {slowest} |\n" for name, tried, failed, slowest, _well in rows)
    return (
        head + "| what happened | requests, or tries | failed | longest wait |\n|---|--:|--:|--:|\n" + lines,
        failures,
    )


def under_load(house, crowd, event):
    heading = event.__doc__.format(times=house.times)
    print(f"== {heading}", flush=True)
    house.problems, told = [], []
    before = time.monotonic()
    with crowd.around(told, **getattr(event, "sent", {})), noted(house.problems):
        event(house)
    with noted(house.problems):
        house.must(events.healthy(house.site), "the front page does not answer afterwards")
        house.must(get(house.site.web, "/readyz")[0] == 200, "not ready afterwards")
        house.must(events.shows_the_newest(house), "nginx shows another release than the database has")
    counts, seconds = told[0], time.monotonic() - before
    print(f"   {counts.requests} requests, {counts.errors} failed, {seconds:.0f} s {house.problems}", flush=True)
    failed = "; ".join([str(counts.errors), *house.problems])
    return heading, f"{counts.requests:,}", failed, f"{counts.slowest:,.0f} ms", not (counts.errors or house.problems)


@contextlib.contextmanager
def noted(problems):
    """What goes wrong with the trial itself is a problem in its row; the others are tried all the same."""
    try:
        yield
    except (Exception, SystemExit) as error:
        problems.append(f"{type(error).__name__}: {error}".replace("\n", " ")[:300])


HEADINGS = {
    "killed": "kill -9 at a random moment of it",
    "together": "Ten editors, two importers, two publishers at once",
}


def rehearsed(house, name):
    """A row for what is tried without visitors."""
    print(f"== {HEADINGS[name]}", flush=True)
    problems, tried, before = [], "", time.monotonic()
    with noted(problems):
        found = getattr(events, name)(house)
        tried, more = (told_of_kills if name == "killed" else told_of_crowd)(found)
        problems += more
    print(f"   {tried}, {time.monotonic() - before:.0f} s {problems}", flush=True)
    return HEADINGS[name], tried, "; ".join(problems) or "0", "", not problems


def told_of_kills(found):
    problems = [problem for each in found.values() for problem in each["problems"]]
    return ", ".join(
        f"{act} {each['killed']} (and {each['done before']} just done)" for act, each in found.items()
    ), problems


def told_of_crowd(found):
    return ", ".join(f"{found[name]} {name}" for name in ("saved", "imported", "published")), found["problems"]


if __name__ == "__main__":
    for tool, package in (("nginx", "nginx-light"), ("wrk", "wrk")):
        subprocess.run([HOUSE / "scripts" / "need", tool, package], check=True)
    main()
