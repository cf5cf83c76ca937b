"""One file that holds an installation: the database as it stands at one moment, and the uploaded files."""

import contextlib
import datetime as dt
import fcntl
import io
import json
import os
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from conference import archive

NAMES = "plenum-*.tar.gz"
DRAFT = ".plenum-"  # what the name of one begins with that is being written
NO_TIME = dt.timedelta(minutes=-1)  # clocks of disks differ a little


def backup(folder: Path) -> Path:
    """Write a backup into a folder and return its path. Nothing of that name is there before it is whole and on the disk.

    Raises OSError where the folder cannot be written to, with nothing left behind.
    """
    folder.mkdir(parents=True, exist_ok=True)
    clear_away(folder)
    path = folder / f"plenum-{timezone.now():%Y-%m-%dT%H%M%S.%f}Z.tar.gz"
    handle, beside = tempfile.mkstemp(prefix=DRAFT, dir=folder)  # readable by nobody else
    try:
        with os.fdopen(handle, "wb") as file:
            hold(file)
            write(file)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).rename(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return path


def clear_away(folder: Path):
    """Delete drafts of backups that were killed: nobody holds them any more."""
    for draft in folder.glob(f"{DRAFT}*"):
        with contextlib.suppress(OSError), draft.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft.unlink()


def hold(file):
    """Let nobody clear it away; where a disk knows no locks, nobody does."""
    with contextlib.suppress(OSError):
        fcntl.flock(file, fcntl.LOCK_EX)


def backups_in(folder: Path) -> list[Path]:
    """The backups in a folder, the newest first; those from the future, made while a clock was wrong, last."""
    return sorted(sorted(folder.glob(NAMES), reverse=True), key=lambda path: age_of(path) < NO_TIME)


def is_younger_than(path: Path, age: dt.timedelta) -> bool:
    """Whether a backup is as new as that; one from the future is not."""
    return NO_TIME <= age_of(path) < age


def age_of(path: Path) -> dt.timedelta:
    return timezone.now() - dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)


def thin_out(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest backups, and return what was deleted."""
    gone = backups_in(folder)[keep:]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def write(file):
    sums = {}
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
        with one_moment():
            targets = archive.applied_targets()
            for model in archive.models_at(targets):
                sums[archive.name_of(model)] = add_table(tar, model)
        for path in uploaded_files():
            name = archive.MEDIA + path.relative_to(settings.MEDIA_ROOT).as_posix()
            with contextlib.suppress(FileNotFoundError):  # taken away since the folder was read
                sums[name] = add_file(tar, name, path)
        manifest = {"format": archive.FORMAT, "at": timezone.now().isoformat(), "migrations": targets, "sha256": sums}
        add(tar, archive.MANIFEST, json.dumps(manifest, indent=1).encode())


@contextlib.contextmanager
def one_moment():
    """All tables as they were at one moment, whatever is saved meanwhile."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def add_table(tar, model) -> str:
    with tempfile.SpooledTemporaryFile(max_size=8 * 1024 * 1024) as rows:
        for line in archive.lines_of(model):
            rows.write(line)
        return add_stream(tar, archive.name_of(model), rows, rows.tell())


def add_file(tar, name, path) -> str:
    with path.open("rb") as file:
        return add_stream(tar, name, file, path.stat().st_size)


def add(tar, name, data: bytes) -> str:
    return add_stream(tar, name, io.BytesIO(data), len(data))


def add_stream(tar, name, file, size) -> str:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = size, 0o600, int(timezone.now().timestamp())
    file.seek(0)
    summed = archive.Summed(file)
    tar.addfile(entry, summed)
    return summed.digest


def uploaded_files():
    root = Path(settings.MEDIA_ROOT)
    return sorted(path for path in root.rglob("*") if path.is_file()) if root.is_dir() else []
