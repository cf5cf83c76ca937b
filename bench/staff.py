"""How long staff wait for the pages of the admin that show a whole conference; a worker that has not shown them before
among those who answer."""

import statistics
import time

from bench.site import Site, get, stop

TIMES = 6  # that each page is asked for: two workers take turns as they like
SIGN_IN = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
staff = get_user_model().objects.create_superuser("bench", password=None)
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(staff.pk), settings.AUTHENTICATION_BACKENDS[-1]
session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
session.save()
print(session.session_key)
"""
ABOUT = """
from conference.models import Conference
conference = Conference.objects.get(slug="{slug}")
print(conference.pk, conference.sessions.order_by("pk").first().pk)
"""
EDIT_ALL = """
from conference.models import Conference
from django.db.models import F, Value
from django.db.models.functions import Concat, Now
told = Concat(F("title_en"), Value(", told anew"))
Conference.objects.get(slug="{slug}").sessions.update(lead_en=told, changed_at=Now())
"""


def measure(site: Site, slug: str) -> list[tuple[str, str, str]]:
    """(page, the longest wait, the usual one)"""
    key, (conference, session) = shell(site, SIGN_IN)[0], shell(site, ABOUT.format(slug=slug))
    pages = {
        "front desk": "/admin/",
        "board": f"/admin/board/{slug}/",
        "list of sessions": "/admin/conference_sessions/session/",
        "one session": f"/admin/conference_sessions/session/{session}/change/",
        "problems": "/admin/problems/",
    }
    stop(site.processes["web"])
    site.start_web()
    found = [waits(site, name, path, key) for name, path in pages.items()]
    shell(site, EDIT_ALL.format(slug=slug))
    review = f"/admin/programme/release/review/{conference}/"
    return [
        *found,
        waits(site, "front desk, when every session was edited", "/admin/", key),
        waits(site, "review of a change to every session", review, key),
    ]


def shell(site, code) -> list[str]:
    return site.manage("shell", "-v0", "-c", code).split()


def waits(site, name, path, key):
    taken = [wait(site, path, key) * 1000 for _time in range(TIMES)]
    print(f"   {name:42} {max(taken):5.0f} ms  {statistics.median(taken):5.0f} ms", flush=True)
    return name, f"{max(taken):,.0f} ms", f"{statistics.median(taken):,.0f} ms"


def wait(site, path, key) -> float:
    sent = {"Cookie": f"sessionid={key}", "X-Forwarded-Proto": "https"}
    started = time.monotonic()
    status, headers, _body = get(site.web, path, **sent)
    if status in (301, 302):  # the board leads to its first day
        status, _headers, _body = get(site.web, headers["location"], **sent)
    if status != 200:
        raise SystemExit(f"FAILED: {path} is {status}")
    return time.monotonic() - started


def table(rows) -> str:
    return "| page | longest wait | usual wait |\n|---|--:|--:|\n" + "".join(
        f"| {name} | {longest} | {usual} |\n" for name, longest, usual in rows
    )
