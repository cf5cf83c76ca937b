"""What is not as it should be in an installation, in words, with what to do about it. Reads much, and changes nothing."""

import datetime as dt
import os
import zoneinfo
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from conference.archive import applied_targets, newest_targets
from conference.health import away
from conference.metrics import age_of_job, failed_jobs
from conference.models import Conference
from conference.starting import OWN
from programme.doctor_files import backups, files, newest_backup, static_files, uploads
from programme.doctor_words import Finding, look, wrong
from programme.planned import due, is_overdue
from programme.shelf import load

MOST_DRIFT = dt.timedelta(seconds=5)  # between our clock and the database's
OLDEST_TURN = dt.timedelta(minutes=10)  # of the job that publishes what is planned
LEAST_HSTS = 15_768_000  # seconds: half a year, as Mozilla's HTTP Observatory asks for


def findings() -> Iterator[Finding]:
    """Everything that is not as it should be, in the active language. What needs the database comes last."""
    for check in (secret, debugging, addresses, https, workers, time_zones, words, files, static_files, backups):
        yield from check()
    try:
        connection.ensure_connection()
    except (DatabaseError, InterfaceError) as error:
        yield wrong(away(error))
        return
    for check in (migrations, clocks, jobs, newest_backup):
        yield from check()
    if applied_targets() == newest_targets():
        for check in (releases, conferences, uploads, planned, staff, second_factors):
            yield from check()


# --- Settings


def secret():
    key = settings.SECRET_KEY
    if key == "only-for-development" or key.startswith("replace-this"):
        yield wrong(_("SECRET_KEY is one that everybody knows. Set it to a long random text."))
    elif len(key) < 40 or len(set(key)) < 10:
        yield wrong(_("SECRET_KEY is short or simple. Set it to a random text of at least 50 characters."))
    if str(settings.DATABASES["default"].get("PASSWORD", "")).startswith("replace-this"):
        yield wrong(_("POSTGRES_PASSWORD is one that everybody knows. docs/operate.md says how to change it."))


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
    elif settings.SECURE_HSTS_SECONDS < LEAST_HSTS:
        yield look(_("SECURE_HSTS_SECONDS is less than half a year. Set it to 31536000 when HTTPS works."))


def workers():
    if os.environ.get("WEB_CONCURRENCY") == "1":
        yield look(_("WEB_CONCURRENCY is 1: while the process does one thing, visitors wait. Set it to 2 or more."))


def time_zones():
    if "Europe/Oslo" not in zoneinfo.available_timezones():
        yield wrong(_("There are no time zones on this machine. Install the package tzdata."))


def words():
    files = {code: settings.LOCALE_PATHS[0] / code / "LC_MESSAGES" / "django.mo" for code, _name in settings.LANGUAGES}
    missing = ", ".join(str(file) for code, file in files.items() if code != OWN and not file.exists())
    if missing:
        yield wrong(
            _("Translations are missing: %(files)s. Install Plenum anew, or run make messages.") % {"files": missing}
        )


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


def planned():
    for release in due(timezone.now()).select_related("conference").defer("programme"):
        if is_overdue(release, timezone.now()):
            told = _("What is planned for “%(slug)s” is overdue. Have manage.py publish_due run every minute.")
            yield wrong(told % {"slug": release.conference.slug})


def jobs():
    for name in failed_jobs():
        yield wrong(_("The last run of manage.py %(name)s failed. Run it yourself to see why.") % {"name": name})
    age = age_of_job("publish_due")
    if age is None or age > OLDEST_TURN:
        yield look(
            _(
                "manage.py publish_due has not run of late, so nothing that is planned is published. Run it every minute."
            )
        )


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
