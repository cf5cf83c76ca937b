"""The last release of each conference as a file, for a process that starts while the database is gone.

In VAR_DIR/releases: one file for each release, named after the SHA-256 of what is in it, and `index.json`, which says
which of them are read now, in their order. A file is complete before the index names it, and the index is replaced in
one step, so that a reader never sees half of anything, whoever is killed when.
"""

import datetime as dt
import fcntl
import hashlib
import json
import logging
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from programme.codec import from_json
from programme.whole import Programme

SCHEMA = 1
log = logging.getLogger(__name__)


def folder() -> Path:
    return settings.VAR_DIR / "releases"


def board() -> list[tuple[int, tuple, Programme]]:
    """(conference, its release's key, programme) of what was kept, the current conference first.

    What is damaged, or of another version, is left out, with a line in the log.
    """
    found = ((entry, read(entry["file"])) for entry in index())
    return [(entry["conference"], key_of(entry), programme) for entry, programme in found if programme]


def lower(releases: dict[int, tuple], text_of):
    """Keep {conference: (key, JSON or None)}, in this order. `text_of(release pk)` reads a text that is in no file yet."""
    try:
        with alone():
            known = {key_of(entry): entry["file"] for entry in index() if (folder() / entry["file"]).exists()}
            entries = []
            for pk, (key, text) in releases.items():
                name = known.get(key) or write_text(text or text_of(key[0]))
                entries.append({"conference": pk, "file": name} | entry_of(*key))
            if entries != index():
                write("index.json", json.dumps({"schema": SCHEMA, "releases": entries}).encode())
                tidy({entry["file"] for entry in entries})
    except OSError as error:
        log.warning("The last releases cannot be kept in files: %s", error)


def entry_of(release, published_at, revision) -> dict:
    return {"release": release, "published_at": published_at.isoformat(), "revision": revision}


def key_of(entry) -> tuple:
    return entry["release"], dt.datetime.fromisoformat(entry["published_at"]), entry.get("revision", 0)


def index() -> list[dict]:
    try:
        data = json.loads((folder() / "index.json").read_bytes())
        if data["schema"] != SCHEMA:
            raise ValueError(f"schema {data['schema']!r} is not known")
        for entry in data["releases"]:
            key_of(entry), entry["conference"], entry["file"]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("The list of releases kept in files cannot be read: %s", error)
        return []
    return data["releases"]


def read(name: str) -> Programme | None:
    try:
        body = (folder() / name).read_bytes()
        if name_of(body) != name:
            raise ValueError("its checksum is another")
        return from_json(json.loads(body))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        log.warning("The file of a release (%s) cannot be read: %s", name, error)
        return None


def name_of(body: bytes) -> str:
    return f"{hashlib.sha256(body).hexdigest()}.json"


def write_text(text: str) -> str:
    body = text.encode()
    name = name_of(body)
    write(name, body)
    return name


def write(name: str, body: bytes):
    """A whole file or none, on the disk before it has its name."""
    handle, draft = tempfile.mkstemp(dir=folder(), prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, folder() / name)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    sync_folder()


def sync_folder():
    handle = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def tidy(needed):
    """Remove files that the index does not name any more, and drafts of those who were killed."""
    for file in folder().iterdir():
        if file.name not in needed | {"index.json", ".lock"}:
            file.unlink(missing_ok=True)


@contextmanager
def alone():
    """One writer at a time, on this machine."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
