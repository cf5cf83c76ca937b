"""How long the first visitors wait: after a start, and while and after 1,000 sessions are published."""

import re
import subprocess
import sys
import threading
import time

from bench.load import PIPE, command, counted
from bench.site import Site, get, stop

SIZE, SLUG = 1000, "grown-1000"
EDIT = """
from sessions.models import Session
each = Session.objects.filter(conference__slug="{slug}").order_by("pk").first()
each.title_nb = "Edited {turn}"; each.save()
"""


def measure(site: Site) -> dict[str, str]:
    found = after_a_start(site)
    edit(site, 1)
    found |= after_publishing(site)
    found["memory of a worker, MB (programme, hot pages; nothing else asked for)"] = ", ".join(
        f"{resident(pid):.0f}" for pid in site.workers()
    )
    return found


def after_a_start(site):
    """Ask the moment that the server takes connections: the longest of a front page, a programme and a session."""
    stop(site.processes["web"])
    site.start_web()
    waits = [wait(site.web, f"/nb/{SLUG}/{page}") for page in ("", "programme/", "sessions/session-7/")]
    return {
        "first request after a start: front, programme, session": ", ".join(f"{each * 1000:.0f} ms" for each in waits)
    }


def after_publishing(site):
    """With a crowd on the programme page all the while, and one that looks at the release every 20 ms."""
    before = number_of(site)
    crowd = subprocess.Popen(
        command(site.web, f"/nb/{SLUG}/sessions/session-7/", 12, 8, {}), stdout=subprocess.PIPE, text=True
    )
    seen, waits = [], []
    started = time.monotonic()
    publisher = threading.Thread(target=site.manage, args=("publish", SLUG))
    publisher.start()
    ended = None
    while time.monotonic() - started < 11:
        waits.append(wait(site.web, f"/nb/{SLUG}/programme/"))
        if ended is None and not publisher.is_alive():
            ended = time.monotonic()
        if ended and number_of(site) != before:
            seen.append(time.monotonic() - ended)
            break
        time.sleep(0.02)
    told = counted(crowd.communicate()[0])
    publisher.join()
    return {
        "a new release is shown after its publishing has ended, within": f"{seen[0]:.1f} s" if seen else "never",
        "longest wait for the programme page meanwhile": f"{max(waits) * 1000:.0f} ms",
        "failed requests meanwhile": f"{told.errors} of {told.requests:,}",
        "longest wait for a session page in the crowd": f"{told.slowest:.0f} ms",
    }


def edit(site, turn):
    site.run(sys.executable, "manage.py", "shell", "-c", EDIT.format(slug=SLUG, turn=turn))


def number_of(site) -> str:
    """The release that is shown."""
    return re.search(rb'"version": "(\d+)-', get(site.web, f"/nb/{SLUG}/version.json")[2])[1].decode()


def wait(port, path) -> float:
    started = time.monotonic()
    status, _headers, _body = get(port, path)
    if status != 200:
        raise SystemExit(f"FAILED: {path} is {status}")
    return time.monotonic() - started


def resident(pid) -> float:
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], **PIPE).stdout
    return int(told) / 1000
