import logging

from django.core.management import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programme.management.operator import OperatorCommand
from programme.planned import due, failed, publish_planned

log = logging.getLogger(__name__)


class Command(OperatorCommand):
    help = "Publish what staff have planned for a moment that has come. Run it every minute; it does nothing twice."

    def handle(self, **options):
        failures = 0
        for planned in due(timezone.now()).select_related("conference"):
            failures += not self.publish(planned)
        if failures:
            words = ngettext(
                "%(count)d planned release could not be published; the next run tries again.",
                "%(count)d planned releases could not be published; the next run tries again.",
                failures,
            )
            raise CommandError(words % {"count": failures})

    def publish(self, planned) -> bool:
        """Whether there is nothing left to do about it; a failure is told, and keeps no other from being published."""
        slug = planned.conference.slug
        try:
            done = publish_planned(planned)
        except Exception as error:
            log.exception("What was planned for %s could not be published", slug)
            failed(planned, error)
            words = _("What was planned for “%(slug)s” could not be published: %(error)s")
            self.stderr.write(words % {"slug": slug, "error": error})
            return False
        self.tell(done, slug)
        return True

    def tell(self, done, slug):
        if done is None:
            words = _("What was planned for “%(slug)s” is published or called off already.")
        elif done.release is None:
            words = _("Nothing was left to publish of what was planned for “%(slug)s”.")
        else:
            words = _("Release %(number)d of “%(slug)s” is published, as planned.")
        number = done.release.number if done and done.release else 0
        self.stdout.write(words % {"slug": slug, "number": number})
