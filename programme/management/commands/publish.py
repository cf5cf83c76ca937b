from django.core.management import BaseCommand, CommandError

from conference.models import Conference
from programme.publish import publish


class Command(BaseCommand):
    help = "Publish what staff have edited in a conference, as its next release."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the conference's address, such as “sammen”")
        parser.add_argument("--note", default="", help="why, for the list of releases")

    def handle(self, *, slug, note, **options):
        conference = Conference.objects.filter(slug=slug).first()
        if conference is None:
            raise CommandError(self.unknown(slug))
        made = publish(conference, note=note)
        if made is None:
            self.stdout.write(f"Nothing has changed in “{slug}” since the last release.")
            return
        counted = f"{made.number_of_changes} change{'' if made.number_of_changes == 1 else 's'}"
        self.stdout.write(self.style.SUCCESS(f"Release {made.number} of “{slug}” is published, with {counted}."))

    def unknown(self, slug):
        known = ", ".join(Conference.objects.order_by("slug").values_list("slug", flat=True))
        return f"There is no conference “{slug}”. There is: {known}." if known else "There is no conference yet."
