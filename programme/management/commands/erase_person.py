import re
from uuid import UUID

from django.core.management import CommandError
from django.utils.translation import gettext as _

from programme.erase import NobodyThere, erase
from programme.management.operator import OperatorCommand
from programme.mentions import mentions_of
from programme.shelf import Shelf
from programme.traces import traces_of
from speakers.models import Person


class Command(OperatorCommand):
    help = "Erase a person from what staff edit, every release, the history and the files, for good. See docs/personal-data.md."

    def add_arguments(self, parser):
        parser.add_argument(
            "person", help="the last part of the address of their page; or their uuid, for somebody who was deleted"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *, person, yes, **options):
        uuid = uuid_of(person)
        question = _("Erase “%(person)s” for good? It cannot be undone. Write yes: ") % {"person": person}
        if not yes and input(question).strip().casefold() != "yes":
            raise CommandError(_("Nothing was erased."))
        names = traces_of(uuid).names
        try:
            done = erase(uuid)
        except NobodyThere as error:
            raise CommandError(_("Nothing is known of “%(person)s”.") % {"person": person}) from error
        keep_files_beside()
        words = _(
            "Erased: %(sessions)d sessions have an empty place, %(releases)d releases and %(versions)d versions of the history are rewritten or gone, %(files)d files are deleted."
        )
        self.stdout.write(self.style.SUCCESS(words % vars(done)))
        self.tell_of(mentions_of(names, uuid))


def uuid_of(person) -> UUID:
    found = Person.objects.filter(slug=person).first()
    if found:
        return found.uuid
    if not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", person):
        raise CommandError(_("Nobody here has the address “%(person)s”.") % {"person": person})
    return UUID(person)


def keep_files_beside():
    """Without waiting for a web process: the files from which one can start without the database."""
    shelf = Shelf()
    shelf.show(shelf.ask())
    shelf.keep_files()
