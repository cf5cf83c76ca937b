"""Let wapiti (https://wapiti-scanner.github.io) attack an installation with production's configuration on 127.0.0.1.

`make wapiti` installs it into an environment of its own. It reads and attacks the public pages, then the admin as somebody
who may do everything, each for a bounded time; whatever it finds is printed, and ends with exit status 1. No attack asks
another machine: those that would (ssrf, log4shell, takeover) and those that download lists (wapp, cms, nikto) are left out.
"""

import contextlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from production_browser import Browser
from production_site import HOUSE, Site, must

WAPITI = HOUSE / ".venv" / "wapiti" / "bin" / "wapiti"
SECONDS = int(sys.argv[1]) if len(sys.argv) > 1 else 600  # of reading, and as many of attacking
ATTACKS = (
    "backup,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,https_redirect,ldap,methods,permanentxss,redirect,"
    "shellshock,sql,timesql,upload,xss"
)
SECONDS_OF_ONE_ATTACK = max(5, SECONDS // len(ATTACKS.split(",")))
SECONDS_TO_END = 180  # for what was begun when the time was up, and the report
PASSWORD = "a long password of kari"


def main():
    with tempfile.TemporaryDirectory(prefix="plenum-wapiti-") as folder, contextlib.ExitStack() as running:
        site = Site(Path(folder), running)
        site.manage("collectstatic", "--no-input")
        site.run_once("migrate")
        site.manage("load_demo")
        site.make_superuser("kari", PASSWORD)
        site.start_web()
        site.start_nginx()
        public = scan(site, "/nb/sammen/", "--scope", "domain", "-x", f"{site.address}/admin/*")
        staff = scan(site, "/admin/", "--scope", "folder", "-C", signed_in(site), *not_signing_out(site))
        errors = [line for line in site.log_of("web").read_text().splitlines() if '"ERROR"' in line]
    for line in errors[:20]:
        print(line)
    if public or staff or errors:
        raise SystemExit(f"FAILED: {public + staff} findings, {len(errors)} errors in the log")


def signed_in(site) -> str:
    """The cookies of somebody who has signed in."""
    browser = Browser(site)
    status, headers, _page = browser.sign_in("kari", PASSWORD)
    must(status == 302, status, headers)
    return browser.cookie


def not_signing_out(site):
    for path in ("logout/", "password_change/*", "auth/user/*", "language/*"):
        yield from ("-x", f"{site.address}/admin/{path}")


def scan(site, start, *more) -> int:
    """The number of findings; they are printed with what was asked."""
    began, report = time.monotonic(), site.folder / "report.json"
    command = [
        *(WAPITI, "--url", f"{site.address}{start}", "--module", ATTACKS, "--format", "json", "--output", report),
        *("--max-scan-time", str(SECONDS), "--max-attack-time", str(SECONDS_OF_ONE_ATTACK), "--scan-force", "normal"),
        *("--endpoint", f"http://localhost:{site.web}/healthz", "--no-bugreport"),  # ours, not one on the Internet
        *("--flush-session", "--store-session", site.folder / "session", "--store-config", site.folder / "config"),
        *("--verify-ssl", "0", "--verbose", "0", "--depth", "6", "--max-links-per-page", "100", *more),
    ]
    subprocess.run(command, check=True, timeout=2 * SECONDS + SECONDS_TO_END)
    found = json.loads(report.read_text())
    told = [
        (kind, each)
        for group in ("vulnerabilities", "anomalies")
        for kind, all_ in found[group].items()
        for each in all_
    ]
    pages = found["infos"].get("crawled_pages_nbr")
    print(f"== {start}: {pages} pages read, {len(told)} findings, {time.monotonic() - began:.0f} s", flush=True)
    for kind, each in told:
        print(f"{kind}: {each['method']} {each['path']} {each['parameter']}: {each['info']}")
    return len(told)


if __name__ == "__main__":
    main()
