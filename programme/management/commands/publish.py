from django.core.management import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.models import Conference
from programme.management.operator import OperatorCommand
from programme.publish import publish


class Command(OperatorCommand):
    help = "Publish what staff have edited in a conference, as its next release."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the conference’s address, such as “sammen”")
        parser.add_argument("--note", default="", help="why, for the list of releases")

    def handle(self, *, slug, note, **options):
        conference = Conference.objects.filter(slug=slug).first()
        if conference is None:
            raise CommandError(self.unknown(slug))
        made = publish(conference, note=note)
        if made is None:
            self.stdout.write(_("Nothing has changed in “%(slug)s” since the last release.") % {"slug": slug})
            return
        count = made.number_of_changes
        words = {"number": made.number, "slug": slug, "count": count}
        told = ngettext(
            "Release %(number)d of “%(slug)s” is published, with %(count)d change.",
            "Release %(number)d of “%(slug)s” is published, with %(count)d changes.",
            count,
        )
        self.stdout.write(self.style.SUCCESS(told % words))

    def unknown(self, slug):
        known = ", ".join(Conference.objects.order_by("slug").values_list("slug", flat=True))
        if not known:
            return _("There is no conference yet.")
        return _("There is no conference “%(slug)s”. There is: %(known)s.") % {"slug": slug, "known": known}
