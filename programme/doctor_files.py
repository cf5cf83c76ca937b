"""What is not as it should be with an installation's files: room for them, backups, and what rows name."""

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import FileField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.archive import ArchiveError
from conference.backup import NO_TIME, age_of, backups_in
from conference.restore import check as read_whole
from programme.doctor_words import wrong

LEAST_SPACE = 1_000_000_000  # bytes
OLDEST_BACKUP = dt.timedelta(hours=36)


def files():
    disks = {}
    for name in ("VAR_DIR", "MEDIA_ROOT", "BACKUP_DIR", *(["PAGES_DIR"] if settings.PAGES_DIR else [])):
        folder = Path(getattr(settings, name))
        if not is_writable(folder):
            yield wrong(
                _("%(name)s (%(folder)s) cannot be written to. Give the user that runs Plenum the right to.")
                % {"name": name, "folder": folder}
            )
        disks.setdefault(is_there(folder).stat().st_dev, (name, folder))
    for name, folder in disks.values():
        free = shutil.disk_usage(is_there(folder)).free
        if free < LEAST_SPACE:
            told = _("Only %(free)d MB are left on the disk of %(name)s (%(folder)s). Make room.")
            yield wrong(told % {"free": free // 1_000_000, "name": name, "folder": folder})


def is_there(folder: Path) -> Path:
    """The folder, or what there is of the way to it."""
    while not folder.exists():
        folder = folder.parent
    return folder


def is_writable(folder: Path) -> bool:
    folder = is_there(folder)
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def static_files():
    if not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield wrong(_("Static files are not collected. Run manage.py collectstatic."))


def backups():
    made = backups_in(Path(settings.BACKUP_DIR))
    if not made:
        yield wrong(
            _("There is no backup in %(folder)s. Run manage.py backup, and have it run every day.")
            % {"folder": settings.BACKUP_DIR}
        )
        return
    age = age_of(made[0])
    if age < NO_TIME:
        told = _("The newest backup (%(path)s) is from the future. See whether the clock is right, and delete it.")
        yield wrong(told % {"path": made[0]})
    if age > OLDEST_BACKUP:
        hours = age // dt.timedelta(hours=1)
        told = ngettext(
            "The newest backup is %(hours)d hour old. See why no newer one was made.",
            "The newest backup is %(hours)d hours old. See why no newer one was made.",
            hours,
        )
        yield wrong(told % {"hours": hours})


def newest_backup():
    """Whether it could be restored: it is read to its end."""
    for path in backups_in(Path(settings.BACKUP_DIR))[:1]:
        try:
            read_whole(path)
        except ArchiveError as error:
            yield wrong(_("%(error)s Run manage.py backup.") % {"error": error})


def uploads():
    """Files that rows name: somebody may have restored the database without them."""
    missing = sum(not (Path(settings.MEDIA_ROOT) / name).exists() for name in names_of_uploads())
    if missing:
        told = ngettext(
            "%(count)d uploaded file is missing from MEDIA_ROOT (%(folder)s). Restore it from a backup.",
            "%(count)d uploaded files are missing from MEDIA_ROOT (%(folder)s). Restore them from a backup.",
            missing,
        )
        yield wrong(told % {"count": missing, "folder": settings.MEDIA_ROOT})


def names_of_uploads() -> Iterator[str]:
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileField):
                yield from model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True).iterator()
