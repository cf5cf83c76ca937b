"""What goes wrong while the crowd reads. Each is a function of the running installation; its docstring is its name."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time

from bench.site import freshness, get, stop, until_answers

FILL = "import sys; f = open(sys.argv[1], 'wb')\nwhile True: f.write(b'x' * 4096); f.flush()"
PUBLISH = """
from chaos.acts import publish_again, save_session
import time
for turn in range({times}):
    save_session(f"turn {{turn}} of {{time.time()}}", 0)
    assert publish_again() is not None
    time.sleep({pause})
"""
UPLOAD = """
from django.core.files.base import ContentFile
from speakers.models import Person
from tests.factories import a_picture
person = Person.objects.order_by("pk").first()
try:
    person.photo.save("new.jpg", a_picture(), save=True)
    print("saved")
except OSError as error:
    print("refused", error.errno)
"""
BREAK = """
from django.utils import timezone
from conference.models import Conference
from programme.models import Release
conference = Conference.objects.get(slug="edited")
last = conference.releases.latest("number")
for bad in ({"schema": 99}, [], {"schema": 2}, "x", {}):
    last = Release.objects.create(conference=conference, number=last.number + 1, published_at=timezone.now(), programme=bad)
    conference.current_release = last
    conference.save()
    import time; time.sleep(1.5)
"""
MEND = """
from conference.models import Conference
from programme.models import Release
conference = Conference.objects.get(slug="edited")
good = [r for r in conference.releases.order_by("-number") if isinstance(r.programme, dict) and "uuid" in r.programme][0]
conference.current_release = good
conference.save()
conference.releases.filter(number__gt=good.number).delete()
"""


def nothing(house):
    """Nothing: the crowd alone"""
    time.sleep(house.seconds)


def database_stops(house):
    """PostgreSQL stopped, and started again"""
    house.database.stop()
    time.sleep(house.seconds)
    house.must(get(house.site.web, "/readyz")[2].startswith(b"degraded"), "readiness does not say degraded")
    house.database.start()


def start_without_database(house):
    """PostgreSQL stopped, then gunicorn stopped and started while it is gone"""
    house.database.stop()
    restarted(house, "conference.wsgi")
    status = get(house.site.web, "/nb/edited/sessions/session-7/")[0]
    house.must(status == 200, f"a new process without the database answers {status}")
    time.sleep(house.seconds / 2)
    house.database.start()


def workers_killed(house):
    """A web worker killed (-9) every second"""
    for _turn in range(house.seconds):
        with contextlib.suppress(ProcessLookupError, IndexError):
            os.kill(random.choice(house.site.workers()), signal.SIGKILL)
        time.sleep(1)


def published_often(house):
    """A session edited and the programme published, {times} times"""
    house.shell(PUBLISH.format(times=house.times, pause=house.seconds / house.times / 4))


def gunicorn_restarts(house):
    """gunicorn's workers all replaced (HUP), three times"""
    for _turn in range(3):
        house.site.processes["web"].send_signal(signal.SIGHUP)
        time.sleep(house.seconds / 3)


def nginx_reloads(house):
    """nginx told to read its configuration again, ten times (a new connection for each request)"""
    for _turn in range(10):
        house.site.processes["nginx"].send_signal(signal.SIGHUP)
        time.sleep(house.seconds / 10)


# nginx 1.22 closes connections that are idle at that moment. Browsers ask again then (RFC 9112, 9.3.1); wrk does not.
nginx_reloads.sent = {"Connection": "close"}


def disk_full(house):
    """The disk of media and kept releases full; an upload and a publication meanwhile"""
    with full(house.site.folder / "var"):
        told = house.shell(UPLOAD)
        house.must("refused" in told, f"the upload was not refused: {told}")
        house.shell(PUBLISH.format(times=1, pause=1))
        house.must(shows_the_newest(house), "what was published on a full disk is not shown through nginx")
        time.sleep(house.seconds / 2)


def clock_jumps(house):
    """The clock of the web processes two days ahead, a year back, and right again"""
    restarted(house, "chaos.jumping", CLOCK_FILE=str(house.clock))
    for days in (2, -365, 0):
        house.clock.write_text(str(days * 86_400))
        time.sleep(1)
        year = get(house.site.web, "/nb/edited/now/")[1]["date"].split()[3]
        house.must((days == -365) == (year != time.strftime("%Y", time.gmtime())), f"the clock did not jump: {year}")
        time.sleep(house.seconds / 3)
    restarted(house, "conference.wsgi")


def restarted(house, application, **environment):
    stop(house.site.processes["web"])
    house.site.start_web(application, **environment)


def bad_release(house):
    """Five releases that cannot be read, one after the other, in the table"""
    house.shell(BREAK)
    time.sleep(house.seconds / 4)
    house.shell(MEND)


EVENTS = [
    *(nothing, database_stops, start_without_database, workers_killed, published_often),
    *(gunicorn_restarts, nginx_reloads, disk_full, clock_jumps, bad_release),
]


@contextlib.contextmanager
def full(folder):
    """A small disk in place of a folder, with what was in it, filled to the last byte. It needs root."""
    kept = folder.with_name("kept")
    subprocess.run(["cp", "-a", folder, kept], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], check=True)
    try:
        subprocess.run(f"cp -a {kept}/. {folder}/", shell=True, check=True)
        subprocess.run([sys.executable, "-c", FILL, folder / "filling"], check=False, stderr=subprocess.DEVNULL)
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def killed(house) -> list[dict]:
    """kill -9 within saving, importing and publishing."""
    return json.loads(house.module("killed", house.kills))


def together(house) -> dict:
    """Ten editors, two importers and two publishers at once."""
    return json.loads(house.module("together", house.seconds))


def shows_the_newest(house, seconds=5) -> bool:
    """Whether visitors are shown the release that the database has, before these seconds are over."""
    newest, deadline = house.shell(NEWEST).strip(), time.monotonic() + seconds
    while time.monotonic() < deadline:
        if freshness.release_of(get(house.site.http, "/nb/edited/programme/")[2]) == newest:
            return True
        time.sleep(0.05)
    return False


NEWEST = """
from conference.models import Conference
print(Conference.objects.get(slug="edited").current_release.number)
"""


def healthy(site):
    until_answers(site.http, "/nb/edited/")
    return get(site.http, "/nb/edited/")[0] == 200
