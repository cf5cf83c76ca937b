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
        parser.add_argument("--starts-on", type=dt.date.fromisoformat, metavar="YYYY-MM-DD", help="first day (today)")

    def handle(self, *, starts_on, **options):
        if Conference.objects.filter(slug="sammen").exists():
            raise CommandError(_("There is a conference with the address “sammen” already; nothing was loaded."))
        conference = load(starts_on or timezone.localdate())
        release = publish(conference, note="")
        words = {"name": conference, "count": conference.sessions.count(), "release": release}
        self.stdout.write(_("Loaded “%(name)s” with %(count)d sessions, published as %(release)s.") % words)
