"""Commands speak the language of the operator's terminal."""

import os

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError, connection
from django.utils import translation
from django.utils.translation import gettext as _

from conference.archive import applied_targets, newest_targets
from conference.health import away
from conference.metrics import JOBS, job_done
from conference.starting import operators_language


class OperatorCommand(BaseCommand):
    """A command whose words are in the operator's language."""

    def execute(self, *args, **options):
        name, succeeded = type(self).__module__.rpartition(".")[2], False
        try:
            with translation.override(operators_language(os.environ)):
                done = self.told(*args, **options)
            succeeded = True
        finally:
            if name in JOBS:
                job_done(name, succeeded)
        return done

    def told(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except (DatabaseError, InterfaceError) as error:
            raise CommandError(in_words(error)) from error

    def tell_of(self, mentions):
        """The texts that still name who was erased, each with the address of its form."""
        if mentions:
            self.stdout.write(_("Texts that still may mention them; the next release tells what they say:"))
        for each in mentions:
            address = f"{settings.PUBLIC_URL}{each.form}"
            self.stdout.write(f"  {each.where}: {each.before}{each.words}{each.after} {address}")


def in_words(error) -> str:
    """What is the matter with the database, and what to do about it."""
    try:
        if not connection.in_atomic_block:
            connection.close()  # it may be open no longer
        connection.ensure_connection()
        is_behind = applied_targets() != newest_targets()
    except (DatabaseError, InterfaceError):
        return away(error)
    return _("The database is not up to date. Run manage.py migrate.") if is_behind else str(error)
