import datetime as dt

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from conference.models import Conference
from programme.demo.load import load
from programme.publish import publish


class Command(BaseCommand):
    help = "Load the demo conference “Sammen”, and publish it."

    def add_arguments(self, parser):
        parser.add_argument("--starts-on", type=dt.date.fromisoformat, metavar="YYYY-MM-DD", help="first day (today)")

    def handle(self, *, starts_on, **options):
        if Conference.objects.filter(slug="sammen").exists():
            raise CommandError("There is a conference with the address “sammen” already; nothing was loaded.")
        conference = load(starts_on or timezone.localdate())
        release = publish(conference, note="")
        sessions = conference.sessions.count()
        self.stdout.write(f"Loaded {conference}: {sessions} sessions, published as {release}.")
