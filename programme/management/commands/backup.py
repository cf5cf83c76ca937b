import datetime as dt
import logging
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.audit import Act, note, operator
from conference.backup import backup, backups_in, is_younger_than, thin_out
from programme.erase_again import write_down
from programme.management.operator import OperatorCommand

log = logging.getLogger(__name__)


class Command(OperatorCommand):
    help = "Write the database, with all releases, and the uploaded files into one file."

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, default=settings.BACKUP_DIR, help="the folder; else BACKUP_DIR")
        parser.add_argument("--keep", type=int, metavar="N", help="delete all but the newest N backups in the folder")
        parser.add_argument("--every", type=float, metavar="HOURS", help="only where the newest one is as old as this")

    def handle(self, *, to, keep, every, **options):
        if keep is not None and keep < 1:
            raise CommandError(_("Keep at least one backup."))
        if every and (made := backups_in(to)) and is_younger_than(made[0], dt.timedelta(hours=every)):
            self.stdout.write(_("%(path)s is new enough.") % {"path": made[0]})
            return
        try:
            path = backup(to)
            keep_in_log(path)
            write_down(to)
            gone = thin_out(to, keep) if keep else []
        except OSError as error:
            raise CommandError(_("No backup was made: %(error)s") % {"error": error}) from error
        size = f"{path.stat().st_size / 1_000_000:.1f}"
        self.stdout.write(
            self.style.SUCCESS(_("Backed up into %(path)s (%(size)s MB).") % {"path": path, "size": size})
        )
        if gone:
            told = ngettext("%(count)d older backup was deleted.", "%(count)d older backups were deleted.", len(gone))
            self.stdout.write(told % {"count": len(gone)})


def keep_in_log(path):
    """An entry in the audit log; the backup is made all the same where the database takes none (just before an upgrade)."""
    try:
        with transaction.atomic():
            note(Act.BACKED_UP, file=path.name, operator=operator())
    except DatabaseError as error:
        log.warning("The backup is made, and not in the audit log: %s", error)
