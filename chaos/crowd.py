"""Visitors who read one page after another, all the while that something goes wrong."""

import contextlib
import re
import subprocess
from typing import NamedTuple

from bench.load import command, counted
from bench.site import get

SCRIPT = """
local paths = {{ {paths} }}
local turn = 0
request = function()
  turn = turn % #paths + 1
  return wrk.format("GET", paths[turn])
end
"""


class Told(NamedTuple):
    requests: int
    failed: int
    slowest: float  # milliseconds
    words: str  # wrk's own


class Crowd:
    """wrk with 24 connections through nginx, over all `paths`, for some seconds."""

    def __init__(self, site, paths):
        self.site = site
        self.script = site.folder / "crowd.lua"
        self.script.write_text(SCRIPT.format(paths=", ".join(f'"{path}"' for path in paths)))

    @contextlib.contextmanager
    def around(self, seconds, told: list):
        """The crowd, at least as long as what happens within, which must not take longer than `seconds`."""
        asked = command(self.site.http, "/", seconds, 24, {}, ["--script", str(self.script)])
        process = subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            yield
            ended_early = process.poll() is not None
            words = process.communicate(timeout=seconds + 60)[0]
            load = counted(words)
            told.append(
                Told(load.requests, load.errors, load.slowest, "the crowd left too early" if ended_early else "")
            )
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
