import datetime as dt

from django.core.management import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from conference.models import Conference
from programme.demo.load import load
from programme.management.operator import OperatorCommand
from programme.publish import publish


class Command(OperatorCommand):
    help = "Load the demo conference “Sammen”, and publish it."

    def add_arguments(self, parser):
        parser.add_argument("--starts-on", metavar="YYYY-MM-DD", help="first day (today)")

    def handle(self, *, starts_on, **options):
        first_day = day(starts_on) if starts_on else timezone.localdate()
        if Conference.objects.filter(slug="sammen").exists():
            raise CommandError(_("There is a conference with the address “sammen” already; nothing was loaded."))
        conference = load(first_day)
        release = publish(conference, note="")
        words = {"name": conference, "count": conference.sessions.count(), "release": release}
        self.stdout.write(_("Loaded “%(name)s” with %(count)d sessions, published as %(release)s.") % words)


def day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise CommandError(_("“%(text)s” is not a date; write it like 2026-06-15.") % {"text": text}) from None
