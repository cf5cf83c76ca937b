from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.db import DatabaseError
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.archive import ArchiveError
from conference.backup import backup
from conference.clock import date_and_time
from conference.restore import check, is_empty, restore
from programme.erase_again import EraseAgain, erased_until_now
from programme.management.operator import OperatorCommand


class Command(OperatorCommand):
    help = "Put a backup in place: the database with all releases, and the uploaded files."
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="a file that the command backup made")
        parser.add_argument(
            "--replace", action="store_true", help="even if there is something here; it is backed up first"
        )

    def handle(self, *, file, replace, **options):
        try:
            checked = check(file)
            self.stdout.write(
                _("The backup is complete. It was made on %(at)s.")
                % {"at": f"{date_and_time(localtime(checked.at))} UTC"}
            )
            kept = None if is_empty() else self.keep_what_is_here(replace)
            again = EraseAgain(erased_until_now(file.parent) | erased_until_now(settings.BACKUP_DIR))
            done = restore(checked, kept, again.in_database)
            again.in_files()
        except (ArchiveError, DatabaseError, OSError) as error:
            raise CommandError(str(error)) from error
        words = _("Restored. Rows: %(rows)d, files: %(files)d. Restart Plenum now.")
        self.stdout.write(self.style.SUCCESS(words % {"rows": done.rows, "files": done.files}))
        if again.count:
            told = ngettext(
                "%(count)d person who had been erased since is erased again.",
                "%(count)d people who had been erased since are erased again.",
                again.count,
            )
            self.stdout.write(told % {"count": again.count})
            self.tell_of(again.mentions)
        if done.media_before:
            self.stdout.write(_("The files that were here before are in %(path)s.") % {"path": done.media_before})

    def keep_what_is_here(self, replace):
        if not replace:
            raise CommandError(_("There is something here already. With --replace it is backed up, and then replaced."))
        path = backup(settings.BACKUP_DIR)
        self.stdout.write(_("What was here is backed up into %(path)s.") % {"path": path})
        return path
