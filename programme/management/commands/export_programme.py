"""manage.py export_programme: the published programme as a file."""

from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from conference.audit import Act, note
from conference.models import Conference
from programme.formats import ical, schedule_xml
from programme.management.operator import OperatorCommand
from programme.publish import published

FORMATS = {"ical": ical.encode, "schedule-xml": schedule_xml.encode}


class Command(OperatorCommand):
    help = "Write the published programme of a conference as a file, to standard output or --output."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the conference’s address, such as sammen")
        parser.add_argument("--format", required=True, choices=FORMATS)
        parser.add_argument("--language", help="a language of the conference; its first one when left out")
        parser.add_argument("--output", type=Path, help="the file to write")

    def handle(self, slug, format, language, output, **options):
        programme = published_programme(slug)
        language = language or programme.language
        if language not in programme.languages:
            known = {"language": language, "languages": ", ".join(programme.languages)}
            raise CommandError(_("The programme has no language “%(language)s”, but these: %(languages)s.") % known)
        body = FORMATS[format](programme, language)
        note(Act.EXPORTED, what=slug, format=format)
        if output is None:
            self.stdout.write(body.decode(), ending="")
            return
        try:
            output.write_bytes(body)
        except OSError as error:
            problem = {"file": output, "problem": error.strerror}
            raise CommandError(_("%(file)s cannot be written: %(problem)s.") % problem) from error


def published_programme(slug):
    conference = Conference.objects.filter(slug=slug).first()
    if conference is None:
        raise CommandError(_("There is no conference “%(slug)s”.") % {"slug": slug})
    programme = published(conference)
    if programme is None:
        raise CommandError(_("Nothing of “%(slug)s” is published yet.") % {"slug": slug})
    return programme
