import os
import secrets

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils.translation import gettext as _

from conference.models import Conference
from programme.management.operator import OperatorCommand


class Command(OperatorCommand):
    help = "Prepare a first look at Plenum: a conference, a user for the admin, and where to find both."
    name = "staff"

    def add_arguments(self, parser):
        parser.add_argument("--new-password", action="store_true", help="only make a new password for the user")

    def handle(self, *, new_password, **options):
        if new_password:
            words = {"name": self.name, "password": self.set_password()}
            self.stdout.write(_("The new password of %(name)s is %(password)s") % words)
            return
        if not Conference.objects.exists():
            call_command("load_demo", stdout=self.stdout)
        address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
        told = {
            _("Programme"): f"{address}/",
            _("Admin"): f"{address}/admin/",
            _("Sign in as"): self.name,
            _("Password"): self.password(),
        }
        width = max(map(len, told))
        lines = [f"  {what.ljust(width)}  {words}" for what, words in told.items()]
        ends = _("Ctrl+C stops it; what you change is kept.")
        self.stdout.write("\n".join(["", _("Plenum is ready."), "", *lines, "", ends, ""]))

    def password(self):
        """The password where it is new; nobody can read an old one."""
        if get_user_model().objects.filter(username=self.name, is_superuser=True).exists():
            return _("as printed the first time (make password makes a new one)")
        return _("%(password)s  (shown this once; make password makes a new one)") % {"password": self.set_password()}

    def set_password(self):
        password = secrets.token_urlsafe(12)
        user, _made = get_user_model().objects.get_or_create(username=self.name)
        user.is_staff = user.is_superuser = user.is_active = True
        user.set_password(password)
        user.save()
        return password
