"""What is not as it should be in an installation, in words, with what to do about it. Reads much, and changes nothing."""

import datetime as dt
import shutil
import tempfile
import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError, InterfaceError, connection
from django.db.models import FileField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.archive import applied_targets, newest_targets
from conference.backup import age_of, backups_in
from conference.metrics import failed_jobs
from conference.models import Conference
from programme.planned import due, is_overdue
from programme.shelf import load

LEAST_SPACE = 1_000_000_000  # bytes
OLDEST_BACKUP = dt.timedelta(hours=36)
MOST_DRIFT = dt.timedelta(seconds=5)  # between our clock and the database's


class Level(StrEnum):
    WRONG = "wrong"  # visitors or staff meet it, or somebody could misuse it
    LOOK = "look"  # worth a look


@dataclass(frozen=True)
class Finding:
    level: Level
    words: str  # what is so, and what to do about it


def findings() -> Iterator[Finding]:
    """Everything that is not as it should be, in the active language. What needs the database comes last."""
    for check in (secret, debugging, addresses, https, time_zones, files, static_files, backups):
        yield from check()
    try:
        connection.ensure_connection()
    except (DatabaseError, InterfaceError) as error:
        yield wrong(
            _("The database does not answer: %(error)s Check DATABASE_URL, and that it runs.") % {"error": error}
        )
        return
    for check in (migrations, clocks, jobs):
        yield from check()
    if applied_targets() == newest_targets():
        for check in (releases, conferences, uploads, planned, staff, second_factors):
            yield from check()


def wrong(words) -> Finding:
    return Finding(Level.WRONG, words)


def look(words) -> Finding:
    return Finding(Level.LOOK, words)


# --- Settings


def secret():
    key = settings.SECRET_KEY
    if key == "only-for-development" or key.startswith("replace-this"):
        yield wrong(_("SECRET_KEY is one that everybody knows. Set it to a long random text."))
    elif len(key) < 40 or len(set(key)) < 10:
        yield wrong(_("SECRET_KEY is short or simple. Set it to a random text of at least 50 characters."))


def debugging():
    if settings.DEBUG:
        yield wrong(_("DEBUG is on: errors show code and settings to everybody. Turn it off."))


def addresses():
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    if "*" in settings.ALLOWED_HOSTS:
        yield wrong(_("ALLOWED_HOSTS allows every host. Name those of the site."))
    elif not any(
        host == allowed or (allowed.startswith(".") and f".{host}".endswith(allowed))
        for allowed in settings.ALLOWED_HOSTS
    ):
        yield wrong(_("PUBLIC_URL is at %(host)s, which is not among ALLOWED_HOSTS. Add it there.") % {"host": host})
    if urlsplit(settings.PUBLIC_URL).path not in ("", "/"):
        yield wrong(_("PUBLIC_URL has a path. Plenum stands at the root of a host."))


def https():
    if not settings.PUBLIC_URL.startswith("https://"):
        yield wrong(
            _("PUBLIC_URL is not HTTPS: passwords could be read on their way. Set it to an address with https://.")
        )
    if not settings.SECURE_PROXY_SSL_HEADER and not settings.SECURE_SSL_REDIRECT:
        yield look(_("Neither BEHIND_PROXY nor SECURE_SSL_REDIRECT is set. With nginx in front, set BEHIND_PROXY=1."))
    if not settings.SECURE_HSTS_SECONDS:
        yield look(_("SECURE_HSTS_SECONDS is 0: browsers are not told to insist on HTTPS."))


def time_zones():
    if "Europe/Oslo" not in zoneinfo.available_timezones():
        yield wrong(_("There are no time zones on this machine. Install the package tzdata."))


# --- Files


def files():
    for name, folder in (("VAR_DIR", settings.VAR_DIR), ("MEDIA_ROOT", settings.MEDIA_ROOT)):
        if not is_writable(Path(folder)):
            yield wrong(
                _("%(name)s (%(folder)s) cannot be written to. Give the user that runs Plenum the right to.")
                % {"name": name, "folder": folder}
            )
    free = shutil.disk_usage(settings.VAR_DIR).free
    if free < LEAST_SPACE:
        yield wrong(_("Only %(free)d MB are left on the disk of VAR_DIR. Make room.") % {"free": free // 1_000_000})


def is_writable(folder: Path) -> bool:
    while not folder.exists():
        folder = folder.parent
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
    if age > OLDEST_BACKUP:
        hours = age // dt.timedelta(hours=1)
        told = ngettext(
            "The newest backup is %(hours)d hour old. See why no newer one was made.",
            "The newest backup is %(hours)d hours old. See why no newer one was made.",
            hours,
        )
        yield wrong(told % {"hours": hours})


# --- The database


def migrations():
    if connection.vendor == "sqlite" and not settings.DEBUG:
        yield look(_("The database is SQLite. It is good for one process on one machine; else use PostgreSQL."))
    if applied_targets() != newest_targets():
        yield wrong(_("The database is not up to date. Run manage.py migrate."))


def clocks():
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        drift = abs(cursor.fetchone()[0] - timezone.now())
    if drift > MOST_DRIFT:
        yield wrong(
            _("The database’s clock and this machine’s differ by %(seconds)d seconds. Set both with NTP.")
            % {"seconds": drift.total_seconds()}
        )


def releases():
    for conference in Conference.objects.published().only("slug", "current_release"):
        if load(conference.current_release_id)[0] is None:
            yield wrong(
                _("The published release of “%(slug)s” cannot be read. Restore another release in the admin.")
                % {"slug": conference.slug}
            )


def conferences():
    if not Conference.objects.filter(is_current=True).exists():
        yield look(_("No conference is the current one, so the start page shows the newest. Mark one in the admin."))
    for conference in Conference.objects.published():
        if conference.timezone not in zoneinfo.available_timezones():
            told = _("The time zone of “%(slug)s”, %(zone)s, is not known on this machine. Install the package tzdata.")
            yield wrong(told % {"slug": conference.slug, "zone": conference.timezone})
        if not conference.contact_email:
            told = _(
                "“%(slug)s” has no e-mail address, so nobody can write to the organisers. Give it one in the admin."
            )
            yield look(told % {"slug": conference.slug})


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


def planned():
    for release in due(timezone.now()).select_related("conference").defer("programme"):
        if is_overdue(release, timezone.now()):
            told = _("What is planned for “%(slug)s” is overdue. Have manage.py publish_due run every minute.")
            yield wrong(told % {"slug": release.conference.slug})


def jobs():
    for name in failed_jobs():
        yield wrong(_("The last run of manage.py %(name)s failed. Run it yourself to see why.") % {"name": name})


def staff():
    if not User.objects.filter(is_active=True, is_superuser=True).exists():
        yield wrong(_("Nobody can administer this site. Run manage.py createsuperuser."))


def second_factors():
    if settings.SECOND_FACTOR == "required":
        return
    bare = User.objects.filter(is_active=True, is_superuser=True, totpdevice=None)
    if names := ", ".join(bare.order_by("username").values_list("username", flat=True)):
        words = _("These superusers have no second factor: %(names)s. Set SECOND_FACTOR=required, or ask them to.")
        yield look(words % {"names": names})
