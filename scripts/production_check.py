"""Start Plenum as docker-compose.yml does - the same commands, the same configuration files - on 127.0.0.1, and try it.

PostgreSQL comes from DATABASE_URL (scripts/with_postgres.py starts one), nginx from Debian. Everything stops at the end.
"""

import contextlib
import gzip
import os
import re
import secrets
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import brotli
import nginx_files

HOUSE = Path(__file__).resolve().parent.parent
PAGE = "/nb/sammen/programme/"
done: list[tuple[float, str]] = []


def main():
    with tempfile.TemporaryDirectory(prefix="plenum-production-") as folder, contextlib.ExitStack() as running:
        site = Site(Path(folder))
        step("The image's build: static files", lambda: site.manage("collectstatic", "--no-input"))
        step("migrate", lambda: site.manage("migrate", "--no-input"))
        step("check --deploy without a warning", lambda: site.manage("check", "--deploy", "--fail-level", "WARNING"))
        step("The demo conference, published", lambda: site.manage("load_demo"))
        step("gunicorn answers", lambda: running.enter_context(site.gunicorn()))
        step("nginx answers", lambda: running.enter_context(site.nginx()))
        for check in CHECKS:
            step(check.__doc__, lambda check=check: check(site))
    print("\n== Production is well")
    for seconds, heading in done:
        print(f"{seconds:6.1f} s  {heading}")


def step(heading, act):
    started = time.monotonic()
    print(f"== {heading}", flush=True)
    act()
    done.append((time.monotonic() - started, heading))


class Site:
    """One installation in a folder of its own, with production's settings."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.http, self.https, self.web = free_port(), free_port(), free_port()
        self.environment = {name: os.environ[name] for name in ("PATH", "DATABASE_URL")} | {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "localhost",
            "PUBLIC_URL": f"https://localhost:{self.https}",
            "BEHIND_PROXY": "1",
            "VAR_DIR": str(folder / "var"),
            "STATIC_ROOT": str(folder / "static"),
            "BACKUP_DIR": str(folder / "backups"),
            "BIND": f"127.0.0.1:{self.web}",
            "LANG": "en_GB.UTF-8",
        }

    def manage(self, *arguments, **more) -> str:
        command = [sys.executable, "manage.py", *arguments]
        environment = self.environment | more
        ran = subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise SystemExit(f"FAILED: manage.py {' '.join(arguments)}\n{ran.stdout}{ran.stderr}")
        return ran.stdout

    @contextlib.contextmanager
    def gunicorn(self):
        self.process = process = self.start_gunicorn()
        try:
            yield process
        finally:
            stop(self.process)

    def start_gunicorn(self):
        command = [sys.executable, "-m", "gunicorn", "--config=deploy/gunicorn.conf.py", "conference.wsgi"]
        process = subprocess.Popen(command, cwd=HOUSE, env=self.environment)
        until_open(self.web)
        return process

    @contextlib.contextmanager
    def nginx(self):
        here = self.folder / "nginx"
        here.mkdir()
        self.certificate(here)
        nginx_files.write(here, "https", self.web, self.http, self.https)
        process = subprocess.Popen(
            ["nginx", "-c", here / "nginx.conf", "-g", "daemon off;" + " user root;" * (os.getuid() == 0)],
            stdout=subprocess.DEVNULL,
        )
        try:
            until_open(self.https)
            yield process
        finally:
            stop(process)

    def certificate(self, here):
        command = (
            "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
        )
        files = ["-keyout", here / "privkey.pem", "-out", here / "fullchain.pem"]
        subprocess.run([*command.split(), *files], check=True, capture_output=True)
        self.trusted = ssl.create_default_context(cafile=here / "fullchain.pem")

    def get(self, path, method="GET", body=None, port=None, **headers):
        """(status, headers with small letters, bytes) of an answer over HTTPS, or over HTTP from `port`."""
        if port:
            web = HTTPConnection("localhost", port, timeout=30)
        else:
            web = HTTPSConnection("localhost", self.https, timeout=30, context=self.trusted)
        web.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = web.getresponse()
        found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        web.close()
        return found


def stop(process):
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=40)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def until_open(port, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise SystemExit(f"FAILED: nothing answers on port {port}")


def must(claim, *evidence):
    if not claim:
        raise SystemExit(f"FAILED: {evidence}")


# --- What is tried: the docstring is the line in the table


def pages_over_https(site):
    """Public pages over HTTPS, plain HTTP is led there, with HSTS"""
    status, headers, _body = site.get(PAGE)
    must(status == 200 and "max-age" in headers["strict-transport-security"], status, headers)
    must("set-cookie" not in headers, headers)
    status, headers, _body = site.get("/nb/", port=site.http)
    must(status == 301 and headers["location"].startswith("https://"), status, headers)


def kept_and_compressed(site):
    """Compressed, kept by nginx, 304 for who has it"""
    for name, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress), ("identity", bytes)):
        site.get(PAGE, Accept_Encoding=name)
        _status, headers, body = site.get(PAGE, Accept_Encoding=name)
        must(headers.get("content-encoding", "identity") == name, name, headers)
        must(b"</html>" in unpack(body), name)
        must("accept-encoding" in headers["vary"].lower(), headers)
    status, _headers, body = site.get(PAGE, If_None_Match=headers["etag"])
    must(status == 304 and not body, status)


def not_for_the_public(site):
    """What is for the operator is not for the public"""
    for path in ("/metrics", "/healthz", "/readyz"):
        status, _headers, _body = site.get(path)
        must(status == 404, path, status)
    must(site.get("/readyz", port=site.web)[0] == 200)
    with contextlib.suppress(OSError):  # nginx closes the connection without a word
        status, _headers, _body = site.get("/nb/", port=site.http, Host="elsewhere.example")
        must(status == 400, status)


def staff_sign_in(site):
    """Staff sign in through the proxy, and trying passwords is slowed down"""
    site.manage(
        "createsuperuser", "--no-input", "--username=kari", "--email=", DJANGO_SUPERUSER_PASSWORD="a long password"
    )
    _status, headers, page = site.get("/admin/login/")
    cookie = headers["set-cookie"].split(";")[0]
    must("secure" in headers["set-cookie"].lower() and "no-store" in headers["cache-control"], headers)
    token = re.search(rb'csrfmiddlewaretoken" value="(\w+)"', page)[1].decode()
    address = site.environment["PUBLIC_URL"]

    def sign_in(password):
        body = f"csrfmiddlewaretoken={token}&username=kari&password={password}&next=/admin/"
        form = {"Content_Type": "application/x-www-form-urlencoded", "Referer": f"{address}/admin/login/"}
        return site.get("/admin/login/", "POST", body, Cookie=cookie, **form)[0]

    must(sign_in("a+long+password") == 302)
    tries = [sign_in("wrong") for _each in range(12)]
    must(429 in tries, tries)


def new_release_is_seen(site):
    """A new release is seen by everybody within 5 seconds"""
    site.get(PAGE)
    site.manage("shell", "-v0", "-c", RENAME)
    site.manage("publish", "sammen")
    deadline = time.monotonic() + 5
    while b"Ganske annerledes" not in site.get("/nb/sammen/", Accept_Encoding="identity")[2]:
        must(time.monotonic() < deadline, "the old release is still served")
        time.sleep(0.1)


RENAME = """
from conference.models import Conference
Conference.objects.filter(slug="sammen").update(name_nb="Ganske annerledes")
"""


def pictures_and_styles(site):
    """Pictures and styles come with headers of their own"""
    _status, _headers, page = site.get("/nb/sammen/", Accept_Encoding="identity")
    style = re.search(rb'rel="stylesheet" href="([^"]+)"', page)[1].decode()
    picture = re.search(rb'="(/media/[^" ]+)', page)[1].decode()
    for path in (style, picture):
        status, headers, _body = site.get(path)
        must(status == 200 and "max-age" in headers["cache-control"], path, status, headers)
        must(headers["x-content-type-options"] == "nosniff", path, headers)


def while_plenum_is_away(site):
    """While Plenum is stopped, nginx still serves what was seen"""
    site.get(PAGE)
    stop(site.process)
    status, _headers, body = site.get(PAGE, Accept_Encoding="identity")
    must(status == 200 and b"</html>" in body, status)
    status, _headers, body = site.get("/fr/sammen/speakers/", Accept_Encoding="identity")
    must(status == 503 and "Réessayez".encode() in body, status)
    site.process = site.start_gunicorn()
    must(site.get("/fr/sammen/speakers/")[0] == 200)


CHECKS = [
    pages_over_https,
    kept_and_compressed,
    not_for_the_public,
    staff_sign_in,
    pictures_and_styles,
    new_release_is_seen,
    while_plenum_is_away,
]

if __name__ == "__main__":
    main()
