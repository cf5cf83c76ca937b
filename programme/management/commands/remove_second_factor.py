from django.contrib.auth.models import User
from django.core.management import CommandError
from django.utils.translation import gettext as _

from conference.second_factor import remove
from programme.management.operator import OperatorCommand


class Command(OperatorCommand):
    help = "Take away the second factor of somebody who lost telephone and backup codes, and sign them out everywhere."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(_("There is no user “%(name)s”.") % {"name": username})
        if not remove(user):
            raise CommandError(_("%(name)s has no second factor.") % {"name": username})
        said = _(
            "The second factor of %(name)s is taken away; the password alone signs them in, or leads to a new one."
        )
        self.stdout.write(self.style.SUCCESS(said % {"name": username}))
