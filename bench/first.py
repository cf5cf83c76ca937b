"""How long the first visitors wait: after a start, and while and after 1,000 sessions are published."""

import re
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from bench.load import command, counted
from bench.site import Site, freshness, get, stop

SIZE, SLUG = 1000, "grown-1000"
LONGEST = 120  # seconds
PAGES = "programme/", "sessions/session-0/", "version.json"
CURRENT = """
from conference.models import Conference
Conference.objects.update(is_current=False)
Conference.objects.filter(slug="{slug}").update(is_current=True)
"""
EDIT = """
from sessions.models import Session
each = Session.objects.filter(conference__slug="{slug}").order_by("pk").first()
each.title_nb = "Edited {turn}"; each.save()
"""


def measure(site: Site, sessions: int) -> dict[str, str]:
    """`sessions`: how many are published in all, which is what a worker has in memory. The server is stopped afterwards."""
    found = after_a_start(site)
    edit(site, 1)
    site.start_nginx()
    for language in ("nb", "nn", "en", "fr"):  # what is made after a start is made when these are
        wait(site.web, f"/{language}/{SLUG}/programme/")
    found |= after_publishing(site)
    about = f"memory of each worker ({sessions:,} sessions published, hot pages; nothing else asked for)"
    found[about] = ", ".join(map(memory, site.workers()))
    for name in ("nginx", "web"):
        stop(site.processes[name])
    return found


def after_a_start(site):
    """Ask the moment that the server takes connections: the longest of a front page, a programme and a session."""
    site.run(sys.executable, "manage.py", "shell", "-c", CURRENT.format(slug=SLUG))
    stop(site.processes["web"])
    site.start_web()
    waits = [wait(site.web, f"/nb/{SLUG}/{page}") for page in ("", "programme/", "sessions/session-7/")]
    return {
        "first request after a start: front, programme, session": ", ".join(f"{each * 1000:.0f} ms" for each in waits)
    }


def after_publishing(site):
    """With a crowd on a session page all the while, and visitors who ask for what tells of the release."""
    asked = command(site.web, f"/nb/{SLUG}/sessions/session-7/", LONGEST, 8, {})
    crowd = subprocess.Popen(asked, stdout=subprocess.PIPE, text=True)
    waits = []
    visitors = {(port, page): partial(release, port, page, waits) for port in (site.web, site.http) for page in PAGES}
    old = freshness.seconds_old(visitors, lambda: site.manage("publish", SLUG))
    crowd.send_signal(signal.SIGINT)
    told = counted(crowd.communicate()[0])
    direct, cached = (max(old[port, page] for page in PAGES) for port in (site.web, site.http))
    return {
        "the old release is shown for the last time, after the database has the new one": f"{max(direct, 0):.1f} s",
        "the same through nginx, where it had been asked for all the while": f"{max(cached, 0):.1f} s",
        "longest wait for what tells of it (programme, session, version), meanwhile": f"{max(waits) * 1000:.0f} ms",
        "failed requests of the crowd on a session page": f"{told.errors} of {told.requests:,}",
        "longest wait of that crowd": f"{told.slowest:.0f} ms",
    }


def release(port, page, waits) -> str:
    """The release that is shown; how long that took is put down."""
    started = time.monotonic()
    _status, _headers, body = get(port, f"/nb/{SLUG}/{page}")
    waits.append(time.monotonic() - started)
    return freshness.release_of(body)


def edit(site, turn):
    site.run(sys.executable, "manage.py", "shell", "-c", EDIT.format(slug=SLUG, turn=turn))


def wait(port, path) -> float:
    started = time.monotonic()
    status, _headers, _body = get(port, path)
    if status != 200:
        raise SystemExit(f"FAILED: {path} is {status}")
    return time.monotonic() - started


def memory(pid) -> str:
    """What a worker has for itself, and what it shares with the process it was forked from: that is there once."""
    told = re.findall(r"^(\w+): +(\d+) kB$", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    kilobytes = {name: int(number) for name, number in told}
    own = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
    return f"{own / 1000:.0f} MB of its own + {(kilobytes['Rss'] - own) / 1000:.0f} MB shared"
