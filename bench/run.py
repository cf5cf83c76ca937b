"""`make bench`: how fast Plenum is, beside what cannot be faster. See docs/performance.md.

bench/run.py [--seconds N] [--sizes 100,1000,10000] [--write]   (--write: put the tables into docs/performance.md)
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench import first, floors, staff
from bench.growth_table import table
from bench.site import HOUSE, Site, get

DATA = Path(os.environ.get("PLENUM_DATA", HOUSE.parent / "shared" / "data"))
SESSIONS = 943
FOSDEM = DATA / "schedule_xml" / "fosdem-2025.xml"
DOCUMENT = HOUSE / "docs" / "performance.md"
MARKS = "<!-- make bench writes from here -->\n", "<!-- to here -->"


def main():
    asked = arguments()
    os.environ["PATH"] = f"{HOUSE / '.venv' / 'bin'}:{os.environ['PATH']}"
    began = load_of_the_machine()
    with Site(DJANGO_SETTINGS_MODULE="conference.settings") as site:
        step(f"A conference of {SESSIONS} sessions")
        site.manage(*conference(site))
        site.start_web()
        pages = pages_of(site)
        floors.save_bodies(site, pages)
        step("Against a bare Django view and a file, requests a second")
        rows = floors.measure(site, pages, asked.seconds) if asked.seconds else []
        step("Staff")
        waits = staff.measure(site, "fosdem-2025" if FOSDEM.exists() else f"grown-{SESSIONS}")
        step("As a programme grows, and first visitors")
        grown, firsts = {}, {}
        for size in asked.sizes:
            grown[size] = growth(site, size)
            if size == first.SIZE:  # before larger conferences take their part of a worker's memory
                firsts = first.measure(site, SESSIONS + sum(grown))
        pages_grown = growth_of_pages(site, asked.sizes)
    written = report(rows, waits, table(grown, pages_grown), firsts, began, asked)
    print(f"\n{written}")
    if asked.write:
        before, _old, after = re.split(f"(?<={MARKS[0]})(.*)(?={MARKS[1]})", DOCUMENT.read_text(), flags=re.DOTALL)
        DOCUMENT.write_text(before + written + after)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--seconds", type=float, default=4, help="that each is asked for each page; 48 of them (0: none)"
    )
    parser.add_argument("--sizes", type=lambda text: [int(n) for n in text.split(",")], default=[100, 1000, 10_000])
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    return parser.parse_args()


def conference(site):
    """FOSDEM's where there are the test data, else a made-up one as large."""
    if FOSDEM.exists():
        return "import_programme", "--conference=fosdem-2025", "--create", "--publish", "--language=en", str(FOSDEM)
    growth(site, SESSIONS)
    return ("check",)


def pages_of(site) -> dict[str, str]:
    root = "/en/fosdem-2025/" if FOSDEM.exists() else f"/nb/grown-{SESSIONS}/"
    session = re.search(rf'href="({root}sessions/[^/"]+)/"', get(site.web, f"{root}programme/")[2].decode())[1]
    person = re.search(rf'href="({root}speakers/[^/"]+/)"', get(site.web, f"{root}speakers/")[2].decode())[1]
    return {
        "session page": f"{session}/",
        "programme": f"{root}programme/",
        "person": person,
        "one ics": f"{session}.ics",
        "all ics": f"{root}programme.ics",
        "schedule xml": f"{root}schedule.xml",
    }


def growth(site, size) -> dict:
    found = json.loads(site.run(sys.executable, "-m", "bench", "growth", str(size)).splitlines()[-1])
    print(f"   {size:6}  " + "  ".join(f"{name} {value:.4f}" for name, value in found.items()), flush=True)
    return found


def growth_of_pages(site, sizes) -> dict:
    sizes = [str(size) for size in sizes]
    return json.loads(site.run(sys.executable, "-m", "bench", "growth_pages", *sizes).splitlines()[-1])


def report(rows, waits, grown, firsts, began, asked) -> str:
    cores = os.cpu_count()
    about = (
        f"Measured {time.strftime('%d %B %Y')} with `make bench` ({asked.seconds:g} s each, in turns of {floors.TURN:g} s;"
        f" rates and ratios are the median of the turns), on {cores} cores; load of the machine when it began {began}, when it ended {load_of_the_machine()}"
        " (the measurement itself makes some 3).\n"
    )
    lines = "".join(f"| {name} | {value} |\n" for name, value in firsts.items())
    return (
        f"{about}\n### Requests a second\n\n{floors.table(rows)}\n### Staff, with those {SESSIONS} sessions\n\n{staff.table(waits)}\n### As a programme grows (CPU time)\n\n{grown}\n"
        f"### First visitors, at {first.SIZE:,} sessions in four languages\n\n| | |\n|---|--:|\n{lines}"
    )


def load_of_the_machine() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def step(heading):
    print(f"\n== {heading}", flush=True)


if __name__ == "__main__":
    subprocess.run([HOUSE / "scripts" / "need", "nginx", "nginx-light"], check=True)
    subprocess.run([HOUSE / "scripts" / "need", "wrk", "wrk"], check=True)
    main()
