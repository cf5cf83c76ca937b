import os
import secrets

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command

from conference.models import Conference

READY = """
Plenum is ready.

  Programme   {address}/
  Admin       {address}/admin/
  Sign in as  {name}
  Password    {password}

Ctrl+C stops it; what you change is kept.
"""


class Command(BaseCommand):
    help = "Prepare a first look at Plenum: a conference, a user for the admin, and where to find both."
    name = "staff"

    def add_arguments(self, parser):
        parser.add_argument("--new-password", action="store_true", help="only make a new password for the user")

    def handle(self, *, new_password, **options):
        if new_password:
            self.stdout.write(f"The new password of {self.name} is {self.set_password()}")
            return
        if not Conference.objects.exists():
            self.stdout.write("Loading a demo conference")
            call_command("load_demo", stdout=self.stdout)
        address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
        self.stdout.write(READY.format(address=address, name=self.name, password=self.password()))

    def password(self):
        """The password where it is new; nobody can read an old one."""
        if get_user_model().objects.filter(username=self.name, is_superuser=True).exists():
            return "as printed the first time (make password makes a new one)"
        return f"{self.set_password()}  (shown this once; make password makes a new one)"

    def set_password(self):
        password = secrets.token_urlsafe(12)
        user, _ = get_user_model().objects.get_or_create(username=self.name)
        user.is_staff = user.is_superuser = user.is_active = True
        user.set_password(password)
        user.save()
        return password
