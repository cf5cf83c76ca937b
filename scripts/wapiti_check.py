"""Let wapiti (https://wapiti-scanner.github.io) attack an installation with production's configuration on 127.0.0.1.

`make wapiti` installs it into an environment of its own. It attacks one page of each kind, the public ones, then those of the
admin as somebody who may do everything, and every attack comes to its end; one that does not is told. With a number of seconds
as argument it wanders through all pages instead, reading for as long, and attacking for as long. Whatever it finds is printed,
and ends with exit status 1. Where an attack would have Plenum ask another machine, that is a server of our own; attacks that
download lists are left out.
"""

import contextlib
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import wapiti_pages
from lxml import html
from production_browser import Browser
from production_site import HOUSE, Site, must

BIN = HOUSE / ".venv" / "wapiti" / "bin"
SECONDS = int(sys.argv[1]) if len(sys.argv) > 1 else None
QUICK = "cookieflags,crlf,csp,csrf,http_headers,https_redirect,methods,redirect,shellshock,htaccess,backup"
THOROUGH = ("ssrf", "upload", "xss,permanentxss", "sql")
# Dozens of attempts at each field: of what staff have, the first three are let loose on a few pages.
LONG = ("exec", "file", "xxe", "ldap", "timesql")
SECONDS_OF_ONE_ATTACK = 900  # one that takes longer is cut short, and told
CONTROLS, CHOSEN = "//input[@name]|//select[@name]", {"hidden", "checkbox", "radio", "submit"}
SECONDS_TO_END = 180  # for what was begun when the time was up, and the report
PASSWORD = "a long password of kari"
SAME_AGAIN = re.compile(r"_(nn|en|fr)\Z|-(?:[1-9]\d*|__prefix__)-")


def main():
    with tempfile.TemporaryDirectory(prefix="plenum-wapiti-") as folder, contextlib.ExitStack() as running:
        site = Site(Path(folder), running)
        site.manage("collectstatic", "--no-input")
        site.run_once("migrate")
        site.manage("load_demo")
        site.make_superuser("kari", PASSWORD)
        site.start_web()
        site.start_nginx()
        problems = wander(site) if SECONDS else one_of_each_kind(site)
        errors = [line for line in site.log_of("web").read_text().splitlines() if '"ERROR"' in line]
    for line in errors[:20]:
        print(line)
    if problems or errors:
        raise SystemExit(f"FAILED: {problems} findings or attacks that did not end, {len(errors)} errors in the log")


def signed_in(site) -> Browser:
    browser = Browser(site)
    status, headers, _page = browser.sign_in("kari", PASSWORD)
    must(status == 302, status, headers)
    return browser


def run(site, program, seconds, start, *more) -> str:
    """What wapiti says."""
    command = [
        *program, "--url", f"{site.address}{start}", "--format", "json", "--output", site.folder / "report.json",
        *("--no-bugreport", "--store-session", site.folder / "session", "--store-config", site.folder / "config"),
        *("--verify-ssl", "0", "--verbose", "1", "--scan-force", "normal", *more),
    ]  # fmt: skip
    ran = subprocess.run(command, check=False, timeout=seconds + SECONDS_TO_END, capture_output=True, text=True)
    must(ran.returncode == 0, ran.stdout[-2000:], ran.stderr[-2000:])
    return ran.stdout + ran.stderr


def findings_in(site) -> int:
    """How many there are in the last report; they are printed with what was asked."""
    found = json.loads((site.folder / "report.json").read_text())
    told = [
        (kind, each)
        for group in ("vulnerabilities", "anomalies")
        for kind, all_ in found[group].items()
        for each in all_
    ]
    for kind, each in told:
        print(f"{kind}: {each['method']} {each['path']} {each['parameter']}: {each['info']}")
    return len(told)


# --- One page of each kind, every attack to its end


def one_of_each_kind(site) -> int:
    browser = signed_in(site)
    public, staff, few = (wapiti_pages.filled(site, pages) for pages in wapiti_pages.ALL)
    return (
        attack(site, "public", public, (QUICK, *THOROUGH, *LONG))
        + attack(site, "a few pages of the admin", few, (*THOROUGH[2:], *LONG[:3]), browser)
        + attack(site, "admin", staff, (QUICK, *THOROUGH), browser)
    )


def attack(site, name, pages, attacks, browser=None) -> int:
    """The number of findings, of attacks that did not end, and of servers of others that Plenum asked."""
    with a_server_of_ours() as others:
        known = ["--scope", "domain", "--depth", "1", "--endpoint", f"http://127.0.0.1:{others.port}/"]
        known += ["-C", browser.cookie] if browser else []
        known += not_to_be_sent(site)
        known += [word for each in skipped(site, pages, browser) for word in ("--skip", each)]
        starts = [word for page in pages[1:] for word in ("-s", f"{site.address}{page}")]
        program = BIN / "python", HOUSE / "scripts" / "wapiti_kinds.py"
        said = run(site, program, 120, pages[0], *known, *starts, "--flush-session", "-m", "")
        count = re.search(r"found (\d+) URLs", said)[1]
        print(f"== {name}: {len(pages)} pages, with {count} addresses and forms in all", flush=True)
        problems = 0
        for modules in attacks:
            about = (
                *known,
                "--skip-crawl",
                "--flush-attacks",
                "-m",
                modules,
                "--max-attack-time",
                str(SECONDS_OF_ONE_ATTACK),
            )
            problems += attack_with(site, f"{name}, {modules}", program, pages[0], about)
    for path in others.asked:
        print(f"Plenum asked another server for {path}")
    return problems + len(others.asked)


def attack_with(site, name, program, start, about) -> int:
    logs = [site.log_of(service) for service in ("nginx", "web")]
    began, sizes = time.monotonic(), [log.stat().st_size for log in logs]
    said = run(site, program, SECONDS_OF_ONE_ATTACK * 12, start, *about)
    cut = said.count("Max attack time was reached")
    asked, answered = (log.read_bytes()[size:] for log, size in zip(logs, sizes, strict=True))
    statuses = Counter(re.findall(rb'"method": "POST".*?"status": (\d+)', answered))
    sent = ", ".join(f"{count} × {status.decode()}" for status, count in sorted(statuses.items()))
    found, seconds = findings_in(site), time.monotonic() - began
    told = f"{found} findings, {seconds:.0f} s{', CUT SHORT' * bool(cut)}, {asked.count(10)} requests; forms: {sent or 'none'}"
    print(f"== {name}: {told}", flush=True)
    return found + cut


def not_to_be_sent(site):
    return [word for page in wapiti_pages.NOT_TO_BE_SENT for word in ("-x", f"{site.address}{page}")]


def skipped(site, pages, browser) -> set[str]:
    """Fields that are left as they are: what is chosen among what is offered, and what another one is like: the same in a
    further language, or in a further row of a table. (tests/test_hostile_admin.py puts odd words into all of them.)"""
    ask, names = (browser or site).get, set()
    for page in pages:
        body = ask(page)[2]
        for control in html.fromstring(body).xpath(CONTROLS) if b"<html" in body[:500].lower() else ():
            name = control.get("name")
            if SAME_AGAIN.search(name) or control.tag == "select" or control.get("type") in CHOSEN:
                names.add(name)
    return names


class Others(BaseHTTPRequestHandler):
    """A server that an attacker would have: it remembers who came."""

    def do_GET(self):
        if "session_id" not in self.path and self.path != "/":  # wapiti itself asks for these
            self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b"{}")

    do_HEAD = do_POST = do_GET

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def a_server_of_ours():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Others)
    server.asked, server.port = [], server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


# --- All pages, as far as the time goes


def wander(site) -> int:
    public = wander_from(site, "/nb/sammen/", "--scope", "domain", "-x", f"{site.address}/admin/*")
    cookie = signed_in(site).cookie
    return public + wander_from(site, "/admin/", "--scope", "folder", "-C", cookie, *not_to_be_sent(site))


def wander_from(site, start, *more) -> int:
    modules = ",".join([QUICK, *THOROUGH, *LONG])
    most = max(5, SECONDS // len(modules.split(",")))
    began = time.monotonic()
    times = "--max-scan-time", str(SECONDS), "--max-attack-time", str(most)
    where = "--depth", "6", "--max-links-per-page", "100", "--flush-session", "-m", modules
    with a_server_of_ours() as others:
        endpoint = "--endpoint", f"http://127.0.0.1:{others.port}/"
        run(site, [BIN / "wapiti"], 2 * SECONDS, start, *times, *where, *endpoint, *more)
    found = findings_in(site) + len(others.asked)
    print(f"== {start}: {found} findings, {time.monotonic() - began:.0f} s", flush=True)
    return found


if __name__ == "__main__":
    main()
