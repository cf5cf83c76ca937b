"""Erasures outlive the restoring of a backup that was made before them."""

import logging
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.db import DatabaseError, connection

from programme.erase import NobodyThere, erase_from_database
from programme.erase_files import erase_pictures
from programme.mentions import Mention, mentions_of
from programme.models import Erased
from programme.traces import traces_of

FILE = "erased.txt"  # beside the backups: one uuid a line
log = logging.getLogger(__name__)


def erased_until_now(folder: Path) -> set[UUID]:
    """Who was erased, as the database and the file beside the backups know it."""
    return in_database() | in_file(folder)


def in_database() -> set[UUID]:
    try:
        here = Erased._meta.db_table in connection.introspection.table_names()
        return set(Erased.objects.values_list("uuid", flat=True)) if here else set()
    except DatabaseError:
        return set()


def in_file(folder) -> set[UUID]:
    try:
        lines = (folder / FILE).read_text().split()
        return {UUID(line) for line in lines}
    except FileNotFoundError:
        return set()
    except (OSError, ValueError) as error:
        log.warning("The list of erased people beside the backups cannot be read: %s", error)
        return set()


def write_down(folder: Path):
    """Keep the list beside the backups, for a machine that has nothing else."""
    known = erased_until_now(folder)
    if known:
        draft = folder / f".{FILE}"
        draft.write_text("".join(f"{uuid}\n" for uuid in sorted(known)))
        draft.replace(folder / FILE)


@dataclass
class EraseAgain:
    """Those whom a restored backup still holds: erased before anybody reads of them."""

    people: set[UUID]
    count: int = 0  # of those that it held
    mentions: list[Mention] = field(default_factory=list)  # texts that still name them
    pictures: set[str] = field(default_factory=set)

    def in_database(self):
        """Inside the transaction that restores."""
        for uuid in sorted(self.people):
            names = traces_of(uuid).names
            try:
                _done, pictures = erase_from_database(uuid)
            except NobodyThere:
                Erased.objects.get_or_create(uuid=uuid)
            else:
                self.count += 1
                self.mentions += mentions_of(names, uuid)
                self.pictures |= pictures

    def in_files(self):
        """When the restored files are in their place."""
        erase_pictures(self.pictures)
