import sys

from django.utils.translation import gettext as _

from programme.doctor import findings
from programme.doctor_visit import visit as from_outside
from programme.doctor_words import Level
from programme.management.operator import OperatorCommand


class Command(OperatorCommand):
    help = "Say what is wrong with this installation, and what to do about it. Exit status 1 where something is."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--visit", action="store_true", help="also ask PUBLIC_URL, as a visitor would")

    def handle(self, *, visit, **options):
        found = [*findings(), *(from_outside() if visit else ())]
        for finding in found:
            is_wrong = finding.level == Level.WRONG
            mark, style = ("✗", self.style.ERROR) if is_wrong else ("!", self.style.WARNING)
            self.stdout.write(style(f"{mark} {finding.words}"))
        if not found:
            self.stdout.write(self.style.SUCCESS(_("✓ Everything is as it should be.")))
        if any(finding.level == Level.WRONG for finding in found):
            sys.exit(1)
