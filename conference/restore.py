"""An installation as a backup holds it: read and checked first, then put in place."""

import datetime as dt
import json
import shutil
import tarfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from conference import archive
from conference.archive import ArchiveError
from conference.audit import Act, note, operator


@dataclass(frozen=True)
class Checked:
    """A backup that was read to its end and found whole."""

    path: Path
    at: dt.datetime
    targets: list[tuple[str, str]]
    files: int


@dataclass(frozen=True)
class Restored:
    rows: int
    files: int
    media_before: Path | None  # where the files are that were there before


def check(path: Path) -> Checked:
    """Read a backup to its end. Raises ArchiveError, in words, where it is not whole or not one that we can read."""
    try:
        with tarfile.open(path, "r:gz") as tar:
            sums, manifest = sums_of(tar)
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError) as error:
        raise ArchiveError(
            _("“%(path)s” is not a complete backup: %(error)s") % {"path": path, "error": error}
        ) from error
    if not isinstance(manifest, dict) or manifest.get("format") != archive.FORMAT:
        raise ArchiveError(_("“%(path)s” is not a backup of Plenum, or not a complete one.") % {"path": path})
    if sums != manifest["sha256"]:
        wrong = sorted(
            name for name in sums.keys() | manifest["sha256"] if sums.get(name) != manifest["sha256"].get(name)
        )
        raise ArchiveError(_("“%(path)s” is damaged: %(names)s") % {"path": path, "names": ", ".join(wrong[:5])})
    targets = [(app, name) for app, name in manifest["migrations"]]
    known = MigrationExecutor(connection).loader.graph.nodes
    if any(target not in known for target in targets):
        raise ArchiveError(_("“%(path)s” was made by a newer Plenum. Upgrade first.") % {"path": path})
    files = sum(name.startswith(archive.MEDIA) for name in sums)
    return Checked(path, dt.datetime.fromisoformat(manifest["at"]), targets, files)


def sums_of(tar):
    sums, manifest = {}, None
    for entry in tar:
        if not entry.isfile():  # a folder: we keep none
            return {}, None
        data = archive.Summed(tar.extractfile(entry))
        if entry.name == archive.MANIFEST:
            manifest = json.loads(data.read())
        else:
            while data.read(1 << 20):
                pass
            sums[entry.name] = data.digest
    return sums, manifest


def is_empty() -> bool:
    """Whether there is nothing in this installation that a restore could destroy."""
    here = set(connection.introspection.table_names())
    models = [apps.get_model("conference", "Conference"), apps.get_model("auth", "User")]
    return not any(model._meta.db_table in here and model._base_manager.exists() for model in models)


def restore(checked: Checked, kept: Path | None = None, then: Callable[[], None] = lambda: None) -> Restored:
    """Put a backup in the place of everything that is here. The database changes as a whole, or not at all; its files are
    all on the disk before, where a full one shows, and change places with those that are there at the end.

    The tables of an older Plenum are brought to its migrations first, and to the newest ones afterwards. The audit log that
    was restored says so at once, before the files change places. `kept`: the backup of what was here before; `then`: what
    belongs into the same transaction.
    """
    fresh = unpack_media(checked)
    with connection.constraint_checks_disabled(), transaction.atomic():
        if archive.applied_targets() != checked.targets:
            empty_and_migrate(checked.targets)
        rows = load_tables(checked)
        call_command("migrate", interactive=False, verbosity=0)
        keep_in_log(checked, kept)
        then()
    return Restored(rows, checked.files, put_media(fresh))


def keep_in_log(checked, kept):
    """File names alone: where an operator keeps backups is nobody's business in the admin."""
    made, before = localtime(checked.at).isoformat(), kept.name if kept else ""
    note(Act.BACKUP_RESTORED, file=checked.path.name, made=made, kept=before, operator=operator())


def empty_and_migrate(targets):
    """Rows first: a migration has no need to understand what the backup replaces."""
    applied = archive.applied_targets()
    empty(archive.models_at(applied), "ACCESS EXCLUSIVE")  # as migrations need them: who reads waits, too
    executor = MigrationExecutor(connection)
    executor.migrate([*targets, *((app, None) for app, _name in applied if app not in dict(targets))])


def load_tables(checked) -> int:
    models = archive.models_at(checked.targets)
    named = {archive.name_of(model): model for model in models}
    empty(models, "EXCLUSIVE")  # whoever reads may
    with tarfile.open(checked.path, "r:gz") as tar:
        tables = (entry for entry in tar if entry.name in named)
        rows = sum(archive.insert(named[entry.name], iter(tar.extractfile(entry))) for entry in tables)
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    return rows


def empty(models, lock):
    """Delete all rows, and keep others out until the transaction ends. SQLite has one writer at a time anyhow."""
    tables = [connection.ops.quote_name(model._meta.db_table) for model in models]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and tables:
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN {lock} MODE")
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")  # nosec B608 # the name of one of our tables, quoted
    connection.check_constraints()  # PostgreSQL alters no table that waits for one


def unpack_media(checked) -> Path:
    """The files in a folder beside those that are there. Raises ArchiveError, with nothing left behind, where they find no
    room."""
    root = Path(settings.MEDIA_ROOT)
    fresh = root.with_name(f"{root.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        fresh.mkdir(parents=True)
        with tarfile.open(checked.path, "r:gz") as tar:
            for entry in tar:
                if entry.name.startswith(archive.MEDIA):
                    entry.name, entry.mode = entry.name.removeprefix(archive.MEDIA), 0o644
                    tar.extract(entry, fresh, filter="data")
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        told = _("Nothing was restored: the uploaded files cannot be put beside %(folder)s (%(error)s).")
        raise ArchiveError(told % {"folder": root, "error": error}) from error
    return fresh


def put_media(fresh: Path) -> Path | None:
    """Let the files change places with those that were there; where these are now, if there were any."""
    root = Path(settings.MEDIA_ROOT)
    before = None
    if root.exists():
        before = root.with_name(f"{root.name}.before-{timezone.now():%Y-%m-%dT%H%M%S.%f}")
        root.rename(before)
        if not any(path.is_file() for path in before.rglob("*")):
            shutil.rmtree(before)
            before = None
    fresh.rename(root)
    return before
