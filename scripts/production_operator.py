"""What an operator does while visitors read: the docstring is the line in the table."""

import re
import signal
import ssl
from pathlib import Path

import operate_document
from production_site import PAGE, must, until

RELOAD = "docker compose kill --signal=HUP nginx"


def restored_while_it_runs(site):
    """5 seconds after a backup is restored, all visitors read its release, without a restart"""
    site.manage("backup")
    made = max(Path(site.environment["BACKUP_DIR"]).glob("*.tar.gz"))
    site.manage("shell", "-v0", "-c", RENAME)
    later = int(re.search(r"\d+", site.manage("publish", "sammen"))[0])
    until(lambda: is_shown(site), "the later release is not shown")
    until(lambda: release_counted(site) == later, "/metrics tells of another release")
    site.manage("restore", str(made), "--replace")
    until(lambda: not is_shown(site), "the release from after the backup is shown", seconds=5)
    until(lambda: release_counted(site) == later - 1, "/metrics tells of a release that is gone")
    must(site.get(PAGE)[0] == 200)


RENAME = """
from conference.models import Conference
Conference.objects.filter(slug="sammen").update(name_nb="Etter sikkerhetskopien")
"""


def is_shown(site) -> bool:
    return b"Etter sikkerhetskopien" in site.get(PAGE, Accept_Encoding="identity")[2]


def release_counted(site) -> float:
    """The release that every process shows, as /metrics says."""
    ask = {"port": site.web, "Host": "localhost", "Authorization": f"Bearer {site.given['METRICS_TOKEN']}"}
    told = site.get("/metrics", **ask)[2].decode()
    return float(re.search(r'plenum_release\{conference="sammen"\} (\S+)', told)[1])


def a_new_certificate(site):
    """A renewed certificate is served after the HUP that docs/operate.md tells of"""
    must(RELOAD in operate_document.commands())
    files = site.folder / "nginx"
    site.certificate(files)
    renewed = (files / "fullchain.pem").read_text()
    site.processes["nginx"].send_signal(signal.SIGHUP)
    until(lambda: ssl.get_server_certificate(("localhost", site.https)) == renewed, "nginx has not read it", seconds=10)
    must(site.get(PAGE)[0] == 200)
