"""What staff do on an installation, and what its operator does: the docstring is the line in the table."""

import contextlib
import json
import re
import threading
import time
from pathlib import Path

import operate_document
from django_otp.oath import TOTP
from production_browser import Browser
from production_site import PAGE, must, until


def staff_sign_in(site):
    """Staff sign in through the proxy, and trying passwords is slowed down"""
    site.make_superuser("staff-kari", "a long password")
    _status, headers, _page = site.get("/admin/login/")
    must("secure" in headers["set-cookie"].lower() and "no-store" in headers["cache-control"], headers)
    must(Browser(site).sign_in("staff-kari", "a long password")[0] == 302)
    tries = [Browser(site).sign_in("staff-kari", "wrong")[0] for _each in range(12)]
    must(429 in tries, tries)
    one = [site.get("/admin/login/", "POST", X_Forwarded_For=f"2001:db8:0:7::{n:x}")[0] for n in range(12)]
    many = [site.get("/admin/login/", "POST", X_Forwarded_For=f"2001:db8:1:{n:x}::7")[0] for n in range(12)]
    must(429 in one and 429 not in many, one, many)  # networks of IPv6, not addresses
    status, headers, body = site.get("/admin/", "POST", "x" * 27_000_000)
    must(status == 413 and "trop volumineux" in body.decode(), status, headers)


def nothing_for_others_is_kept(site):
    """What somebody forges, and what staff see, is kept for nobody else"""
    page, search = "/nb/sammen/speakers/", "/nb/sammen/search/?q=arbeid"
    forged = {f"X_Forwarded_{name}": "evil.example" for name in ("Host", "Server", "Prefix", "For")}
    forged |= {
        "X_Original_URL": "/admin/",
        "X_Rewrite_URL": "/admin/",
        "Forwarded": "host=evil.example",
        "Cookie": "a=b",
    }
    for path in (page, search, "/nb/nowhere-at-all/"):
        site.get(path, "HEAD", Range="bytes=0-9", Accept_Encoding="identity", **forged)
        answers = [
            site.get(path, Accept_Encoding="identity", **more)
            for more in (forged, {}, {"Host": f"localhost:{site.https}"})
        ]
        must(len({(status, body) for status, _headers, body in answers}) == 1, path, [each[:2] for each in answers])
        must(b"evil.example" not in answers[0][2] and b"</html>" in answers[0][2], path)
    browser = Browser(site)
    site.make_superuser("staff-berit", "a long password")  # staff-kari's account may be closed by now
    until(lambda: browser.sign_in("staff-berit", "a long password")[0] != 429, "signing in is still slowed down")
    for path in (
        "/admin/preview/sammen/nb/sammen/",
        "/admin/preview/sammen/nb/sammen/..%2f..%2f..%2f..%2f..%2fx/",
        "/admin/x/..%2f..%2fnb/",
    ):
        _status, headers, _body = browser.get(path)
        must("public" not in headers.get("cache-control", ""), path, headers)
        status, headers, body = site.get(path)
        must(status in (302, 404) and "staff-berit" not in body.decode(), path, status, headers)


def second_factor(site):
    """Who has a second factor is asked for it behind the proxy, and the audit log tells of it"""
    key = site.manage("shell", "-v0", "-c", WITH_FACTOR).split()[-1]
    browser = Browser(site)
    until(lambda: browser.sign_in("staff-grete", "a long password")[0] != 429, "signing in is still slowed down")
    must(browser.get("/admin/")[0] == 302, "the password alone is enough")
    status, headers, _page = browser.send("/admin/login/code/", code=f"{TOTP(bytes.fromhex(key)).token():06d}")
    must(status == 302 and browser.get("/admin/")[0] == 200, status, headers)
    told = site.manage("shell", "-v0", "-c", AUDIT).split(",")
    must("signed in" in told and "sign-in failed" in told, told)


WITH_FACTOR = """
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice
user = User.objects.create_superuser("staff-grete", password="a long password")
print(TOTPDevice.objects.create(user=user, name="app").key)
"""
AUDIT = """
from conference.audit import Entry
print(",".join(Entry.objects.values_list("act", flat=True)), end="")
"""


def timers(site):
    """The timers publish what is planned and make a backup, and /metrics tells when"""
    site.manage("shell", "-v0", "-c", PLAN)
    site.start("due")
    site.start("backup")
    until(lambda: b"Planlagt post" in site.get(PAGE, Accept_Encoding="identity")[2], "what was planned is not public")
    ask = {"port": site.web, "Host": "localhost", "Authorization": f"Bearer {site.given['METRICS_TOKEN']}"}
    until(lambda: site.get("/metrics", **ask)[2].count(b'plenum_job_success_seconds{job="') == 2, "a timer has not run")
    told = site.get("/metrics", **ask)[2].decode()
    for line in (
        *('plenum_job_failed{job="backup"} 0.0', 'plenum_job_failed{job="publish_due"} 0.0', "plenum_answers_kept"),
        *('plenum_requests_total{page="programme",status="200"}', 'plenum_release{conference="sammen"}'),
    ):
        must(line in told, line, told)
    for service in ("due", "backup"):
        must(site.is_healthy(service), service)
        site.stop(service)


PLAN = """
from django.contrib.auth.models import User
from django.utils import timezone
from conference.models import Conference
from programme.planned import plan
from programme.publish import published
from programme.selected import keys
from programme.take import take
from sessions.models import Session
session = Session.objects.filter(conference__slug="sammen", state="public").first()
session.title_nb = "Planlagt post"
session.save()
conference = Conference.objects.get(slug="sammen")
plan(conference, User.objects.get(username="staff-kari"), timezone.now(), {}, keys(published(conference), take(conference)), None)
"""


def what_operators_type(site):
    """Every command of docs/operate.md for the web container"""
    before = pages_of(site)
    for typed in operate_document.in_web():
        newest = max(Path(site.environment["BACKUP_DIR"]).glob("*.tar.gz"))
        meant = {"FILE": str(newest), "PERSON": "nobody-here"}
        arguments = [meant.get(word, word) for word in typed]
        trusted = {"SSL_CERT_FILE": str(site.folder / "nginx" / "fullchain.pem")}
        ran = site.try_to_manage(*arguments, **trusted, **TYPED_WITH.get(arguments[0], {}))
        is_refused = "PERSON" in typed or ("FILE" in typed and "--replace" not in typed)  # there is something here
        must((ran.returncode == 0) != is_refused, typed, ran.stdout, ran.stderr)
        must(not is_refused or "--replace" in ran.stderr or "nobody-here" in ran.stderr, ran.stderr)
    site.stop("web")
    site.start_web()
    must(pages_of(site) == before, "the pages are others after the restore")


TYPED_WITH = {  # instead of the terminal's questions
    "createsuperuser": {
        "DJANGO_SUPERUSER_USERNAME": "staff-ola",
        "DJANGO_SUPERUSER_EMAIL": "ola@example.org",
        "DJANGO_SUPERUSER_PASSWORD": "another long password",
    }
}


def pages_of(site):
    paths = (PAGE, "/fr/sammen/speakers/", "/en/sammen/programme.ics", "/nb/sammen/schedule.xml")
    return [site.get(path, port=site.web, Host="localhost", X_Forwarded_Proto="https")[2] for path in paths]


def while_a_migration_runs(site):
    """While a migration holds the tables, and thirty of staff wait for them, gunicorn answers for pages, new ones too, within a second"""
    speakers = site.get("/nb/sammen/speakers/", Accept_Encoding="identity")[2].decode()
    pages = list(dict.fromkeys(re.findall(r'href="(/nb/sammen/speakers/[^"#?]+/)"', speakers)))
    with site.running_shell(HOLD) as holding:
        must(holding.stdout.readline() == "held\n")
        told = []
        for _each in range(30):
            threading.Thread(target=click, args=(site, told), daemon=True).start()
        until(lambda: 503 in told, "nobody of staff is told to come back", seconds=5)
        for path in pages[:8]:
            started = time.monotonic()
            status = site.get(path, port=site.web, Host="localhost", X_Forwarded_Proto="https")[0]
            must(status == 200 and time.monotonic() - started < 1, path, status, time.monotonic() - started)
            time.sleep(0.5)
        must(holding.poll() is None, "the tables were not held for so long")


def click(site, told):
    """As somebody who may be signed in, which only the database could tell."""
    asked = {"Host": "localhost", "X_Forwarded_Proto": "https", "Cookie": f"sessionid={'a' * 32}"}
    with contextlib.suppress(OSError):
        told.append(site.get("/admin/", port=site.web, **asked)[0])


HOLD = """
import time
from django.db import connection, transaction
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("LOCK TABLE conference_conference, programme_release, django_session IN ACCESS EXCLUSIVE MODE")
    print("held", flush=True)
    time.sleep(20)
"""


def logs_tell_of_nobody(site):
    """Logs are lines of JSON with nginx's request ids, and tell of nobody"""
    site.get("/nb/sammen/search/?q=hemmelig", X_Request_ID="made-by-a-visitor")
    site.get("/admin/login/?next=/hemmelig/")
    site.get("/preview/hemmelig/nb/")
    site.stop("nginx")  # it keeps lines for a second
    lines = [json.loads(line) for line in site.log_of("web").read_text().splitlines()]
    asked = {line["request"] for line in lines if line.get("message") == "answered"}
    proxy = site.log_of("nginx").read_text()
    must(len(asked) > 5 and sum(each in proxy for each in asked) > 5, asked)
    for word in ("staff-kari", "staff-berit", "staff-grete", "staff-ola", "hemmelig", "127.0.0.1", "made-by-a-visitor"):
        must(not any(word in json.dumps(line) for line in lines if "request" in line), word)
        must(not any(word in line for line in proxy.splitlines() if ' "' in line), word)
