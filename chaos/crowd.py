"""Visitors who read one page after another, all the while that something goes wrong."""

import contextlib
import re
import signal
import subprocess
import time

from bench.load import Load, command, counted
from bench.site import get

SCRIPT = """
local paths = {{ {paths} }}
local turn = 0
request = function()
  turn = turn % #paths + 1
  return wrk.format("GET", paths[turn])
end
"""


LONGEST = 900  # seconds


class Crowd:
    """wrk with 24 connections through nginx, over all `paths`."""

    def __init__(self, site, paths):
        self.site = site
        self.script = site.folder / "crowd.lua"
        self.script.write_text(SCRIPT.format(paths=", ".join(f'"{path}"' for path in paths)))

    @contextlib.contextmanager
    def around(self, told: list[Load], **headers):
        """The crowd, as long as what happens within, and a second before and after."""
        asked = command(self.site.http, "/", LONGEST, 24, headers, ["--script", str(self.script)])
        process = subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            time.sleep(1)
            yield
            time.sleep(1)
            process.send_signal(signal.SIGINT)  # wrk says what it has counted until then
            told.append(counted(process.communicate(timeout=60)[0]))
        finally:
            process.kill()


def paths_of(site, slug) -> list[str]:
    """Fifty pages and files of a conference."""
    found = []
    for page in ("programme/", "speakers/"):
        text = get(site.web, f"/nb/{slug}/{page}")[2].decode()
        found += list(dict.fromkeys(re.findall(rf'href="(/nb/{slug}/(?:sessions|speakers)/[^"#?]+/)"', text)))[:20]
    calendars = [f"{path.rstrip('/')}.ics" for path in found[:5]]
    return [
        f"/nb/{slug}/",
        f"/nb/{slug}/programme/",
        f"/nb/{slug}/now/",
        f"/nb/{slug}/schedule.xml",
        *found,
        *calendars,
    ]
