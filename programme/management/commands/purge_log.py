import datetime as dt

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.audit import Entry
from programme.management.operator import OperatorCommand


class Command(OperatorCommand):
    help = "Delete entries of the audit log that are older than AUDIT_DAYS, and sessions and failed sign-ins that are over. Run it every day."

    def handle(self, **options):
        call_command("clearsessions")
        AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - get_cool_off()).delete()
        gone = Entry.objects.forget_before(timezone.now() - dt.timedelta(days=settings.AUDIT_DAYS))
        words = ngettext("%(count)d entry was deleted.", "%(count)d entries were deleted.", gone)
        self.stdout.write(words % {"count": gone} if gone else _("Nothing was too old."))
