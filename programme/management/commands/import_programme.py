import re
from pathlib import Path

from django.core.management import CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from conference.models import Conference
from programme.imports.rows import Refused
from programme.imports.save import language_for, save
from programme.imports.schedule_xml import SOURCE, parse
from programme.imports.xml_tree import MOST_BYTES
from programme.management.operator import OperatorCommand
from programme.publish import publish


class Command(OperatorCommand):
    help = "Import a conference programme from the schedule.xml of frab, Pentabarf, pretalx or the like. See docs/import.md."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the schedule.xml")
        parser.add_argument(
            "--conference", metavar="SLUG", required=True, help="the conference to import into, as in its web address"
        )
        parser.add_argument(
            "--create", action="store_true", help="make the conference from the file if it is not there"
        )
        parser.add_argument(
            "--timezone",
            default="",
            metavar="ZONE",
            help="the zone of the file’s clocks, like Europe/Oslo, if the file names none",
        )
        parser.add_argument("--language", default="", metavar="CODE", help="the language of the file’s texts, like en")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--publish", action="store_true", help="publish the programme afterwards")

    def handle(self, *, file, conference, create, timezone, language, dry_run, **options):
        try:
            report = self.run_import(file, conference, create, timezone, language, dry_run)
        except Refused as reason:
            raise CommandError(str(reason)) from reason
        self.tell(report, conference, create, dry_run)
        if options["publish"]:
            self.publish(conference, dry_run)

    def run_import(self, file, slug, create, timezone, language, dry_run):
        conference = self.find(slug, create)
        schedule = parse(read(file), timezone, conference.timezone if conference else "")
        language = language_for(schedule, conference, SOURCE, language)
        with transaction.atomic():
            report = save(schedule, slug, SOURCE, language)
            transaction.set_rollback(dry_run)
        report.taken_as = language, schedule.conference.timezone
        return report

    def find(self, slug, create):
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > 120:
            raise Refused(
                _("“%(slug)s” cannot be a web address; use small letters, digits and hyphens.") % {"slug": slug}
            )
        conference = Conference.objects.filter(slug=slug).first()
        if conference is None and not create:
            raise Refused(
                _("There is no conference “%(slug)s”; add --create to make it from the file.") % {"slug": slug}
            )
        return conference

    def tell(self, report, slug, create, dry_run):
        if dry_run:
            self.stdout.write(_("Dry run: nothing was saved. An import would bring about this:"))
        if report.is_new:
            self.stdout.write(_("New conference “%(slug)s”.") % {"slug": slug})
        elif create:
            self.stdout.write(_("The conference “%(slug)s” was there already.") % {"slug": slug})
        language, zone = report.taken_as
        message = _("Texts were taken as “%(language)s”, clocks as %(zone)s.")
        self.stdout.write(message % {"language": language, "zone": zone})
        for line in report.lines():
            self.stdout.write(line)

    def publish(self, slug, dry_run):
        if dry_run:
            self.stdout.write(_("Then the programme would be published, if it has changed."))
            return
        conference = Conference.objects.get(slug=slug)
        release = publish(conference)
        if release:
            self.stdout.write(_("Published as release %(number)d.") % {"number": release.number})
        else:
            self.stdout.write(_("Not published: the public programme is up to date."))


def read(file: Path) -> bytes:
    """The bytes of a file. Raises Refused where there is none, or far too many."""
    try:
        if file.is_file() and file.stat().st_size > MOST_BYTES:
            raise Refused(_("The file is larger than %(size)d MB.") % {"size": MOST_BYTES // 1024 // 1024})
        return file.read_bytes()
    except OSError as error:
        raise Refused(
            _("The file %(file)s cannot be read: %(reason)s.") % {"file": file, "reason": error.strerror}
        ) from error
