"""A file without those who were erased here: neither among its people nor by name in its texts."""

from dataclasses import fields, is_dataclass, replace

from conference.slugs import slug_of
from programme.erased_json import is_told_by, named_in, taken_out, tellable
from programme.imports.rows import Schedule
from programme.imports.saving import Saving
from programme.kept_away import is_kept_away
from programme.models import KeptAway
from speakers.models import Person


def without_erased(saving: Saving, schedule: Schedule) -> Schedule:
    """The schedule as if the source had never known them. What an import remembers is without their names, too, so a
    text that named them is no change. A namesake who is still here keeps the name."""
    kept = list(KeptAway.objects.filter(conference=saving.conference, source=saving.source))
    gone = [row for row in schedule.people if kept and is_kept_away(row.identity, kept)]
    if not gone:
        return schedule
    for row in gone:
        saving.note("erased", row.name)
    keys = {row.key for row in gone}
    schedule = replace(schedule, people=tuple(row for row in schedule.people if row.key not in keys))
    return unnamed(schedule, names_of(gone, schedule))


def names_of(gone, schedule):
    others = {row.name.casefold() for row in schedule.people}
    others |= {name.casefold() for name in Person.objects.values_list("name", flat=True)}
    return {row.name for row in gone if row.name.casefold() not in others}


def unnamed(schedule, names):
    pattern, slugs = named_in(names), set(filter(None, map(slug_of, tellable(names))))
    if not pattern:
        return schedule
    sessions = (replace(row, slug="") if is_told_by(row.slug, slugs) else row for row in schedule.sessions)
    return in_rows(replace(schedule, sessions=tuple(sessions)), pattern)


def in_rows(value, pattern):
    """The value, a row or rows in it too, with the names taken out of all its texts."""
    if is_dataclass(value):
        return replace(value, **{each.name: in_rows(getattr(value, each.name), pattern) for each in fields(value)})
    if isinstance(value, tuple):
        return tuple(in_rows(each, pattern) for each in value)
    return taken_out(value, pattern)
