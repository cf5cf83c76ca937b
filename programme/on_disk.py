"""The kept pages as files, which nginx gives away without asking Plenum at all: in PAGES_DIR, where it is set.

`now` is a link to the folder of what is shown now; in there is each page and calendar that somebody has asked for, once in
each encoding: `ENCODING/nb/…/.kept`. Only answers with exactly the headers that nginx adds become files (it looks for
them first: deploy/nginx/pages.conf.template). Each process writes what it has made, but only the one that holds `.lock` moves
`now`, so that it never goes back to an earlier release; when that one dies, the next takes over. Where a file cannot be
written there is no `now`, and nginx asks as if there were no files.
"""

import fcntl
import hashlib
import logging
import os
import re
import secrets
import shutil
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from programme.answers import answers
from programme.page import SECONDS_FRESH
from programme.reply import HEADERS, Kept, cache_control
from programme.shelf import Shelf, Shelved

ALWAYS = HEADERS | {"Vary": "Accept-Encoding", "Cache-Control": cache_control(SECONDS_FRESH)}
OF_EACH = {"Content-Length", "Content-Encoding", "ETag", "Strict-Transport-Security"}
PATH = re.compile(r"(/[A-Za-z0-9_-]{1,200})+(/|\.ics)")
SECONDS_AT_ONCE = 0.5  # of writing; the rest is written after the next look
STARTED = secrets.token_hex(4)  # of the process that workers are forked from: other code makes other pages of a release
log = logging.getLogger(__name__)


class OnDisk:
    """The files of what is shown now, as this process sees them."""

    def __init__(self):
        self.lock = None  # the open file, where this process is the one that moves `now`
        self.name = None  # of the folder
        self.seen: set[str] = set()  # paths that are files, or never will be
        self.is_failing = False

    def begin(self):
        """Take part, and be the one that moves `now` if nobody is. Not in a process that will be forked: the lock would
        be held by all."""
        if settings.PAGES_DIR and not self.lock:
            with self.careful():
                settings.PAGES_DIR.mkdir(parents=True, exist_ok=True)
                self.lock = locked(settings.PAGES_DIR / ".lock")

    def keep(self, shelf: Shelf, shelved: Shelved):
        """Have what is kept of these programmes as files; and where it is on us, let nginx have no others."""
        with self.careful():
            name = name_of(shelf)
            if name != self.name:
                self.name, self.seen = name, set()
            folder = settings.PAGES_DIR / name
            if self.lock:
                folder.mkdir(parents=True, exist_ok=True)
            if folder.exists():
                former = Path(os.path.realpath(settings.PAGES_DIR / "now"))
                self.write(shelved, folder, former)
                if self.lock and former.name != name:
                    point_to(name)
                self.is_failing = False

    def write(self, shelved, folder, former):
        until = time.monotonic() + SECONDS_AT_ONCE
        for (edition, path, query), kept in answers.pages_now():
            if path in self.seen or query or edition != shelved.edition_of(path):
                continue
            if is_for_files(path, kept):
                for encoding, each in kept.replies.items():
                    write(folder / f".draft-{os.getpid()}", folder / encoding, former / encoding, path, each.body)
            self.seen.add(path)
            if time.monotonic() > until:
                return

    @contextmanager
    def careful(self):
        """Where files cannot be written, nginx shall have none; that is said once, and tried again after the next look."""
        try:
            yield
        except OSError as error:
            self.name = None
            if self.lock or not isinstance(error, FileNotFoundError):  # another one removed what is not shown any more
                self.take_back(error)

    def take_back(self, error):
        if not self.is_failing:
            log.warning("Pages cannot be kept as files; nginx asks for each of them. %s", error)
        self.is_failing = True
        if self.lock:
            with suppress(OSError):
                (settings.PAGES_DIR / "now").unlink(missing_ok=True)


def locked(path: Path):
    """The open file, where nobody else has it; None where somebody has."""
    file = path.open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def name_of(shelf: Shelf) -> str:
    """Another one whenever another release is shown, or by another start of Plenum."""
    shown = sorted((pk, *map(str, each.key)) for pk, each in shelf.loaded.items() if each.programme)
    return hashlib.blake2b(repr((STARTED, shown)).encode(), digest_size=12).hexdigest()


def is_for_files(path: str, kept: Kept) -> bool:
    """Whether nginx would send the same as we do, now and later."""
    headers = {name: value for name, value in kept.replies["identity"].headers if name not in OF_EACH}
    return bool(kept.until is None and PATH.fullmatch(path) and headers == nginx_adds(path))


def nginx_adds(path: str) -> dict[str, str]:
    """The headers that deploy/nginx/file.conf.template sends with a file, and pages.conf.template for its kind."""
    if path.endswith("/"):
        return ALWAYS | {"Content-Type": "text/html; charset=utf-8"}
    *_root, parent, name = path.split("/")
    inline = f'inline; filename="{f"{parent}.ics" if name == "programme.ics" else name}"'
    return ALWAYS | {"Content-Type": "text/calendar; charset=utf-8", "Content-Disposition": inline}


def write(draft: Path, folder: Path, former: Path, path: str, body: bytes):
    """A whole file or none. A page that says what it said before keeps its file, so that browsers are told so (304)."""
    file, was = (each / f"{path[1:]}.kept" for each in (folder, former))
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    if was.exists() and was.read_bytes() == body:
        os.link(was, file)
        return
    draft.write_bytes(body)
    draft.chmod(0o644)  # nginx is somebody else
    draft.replace(file)


def point_to(name: str):
    """In one step; then the folders of before are of no use."""
    link = settings.PAGES_DIR / ".now"
    link.unlink(missing_ok=True)
    link.symlink_to(name)
    link.replace(settings.PAGES_DIR / "now")
    for folder in settings.PAGES_DIR.iterdir():
        if folder.is_dir() and not folder.is_symlink() and folder.name != name:
            shutil.rmtree(folder, ignore_errors=True)


on_disk = OnDisk()
