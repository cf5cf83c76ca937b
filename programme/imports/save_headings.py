"""Saving what sessions are sorted by and where they are: rooms, tracks, formats."""

from collections import Counter, defaultdict

from django.utils.translation import gettext, override

from conference.models import Room
from conference.recording import touched
from conference.translated import all_languages_of, columns_of
from programme.imports.kinds import nth_colour
from programme.imports.match import HEADINGS, SESSIONS
from programme.imports.rows import Schedule
from programme.imports.saving import Kept, Names, Saving, slug_from
from sessions.models import Format, Track

LONGEST_NAME = 200
MODELS = {"room": Room, "track": Track, "format": Format}


def save_headings(saving: Saving, schedule: Schedule):
    """Rooms, tracks and formats; what staff have made under the same name is used, not doubled."""
    for kind, rows in (("room", schedule.rooms), ("track", schedule.tracks), ("format", schedule.formats)):
        pairs = saving.matched(kind, rows, HEADINGS)
        save_kind(saving, kind, rows, pairs | in_another_language(saving, kind, rows, pairs, schedule.sessions))


def in_another_language(saving, kind, rows, pairs, sessions):
    """{position in rows: Imported} of headings that have had names in other languages only: those that hold the same sessions."""
    taken = {imported.key for imported in pairs.values()}
    untold = {
        imported.key: imported
        for imported in saving.known[kind]
        if imported.key not in taken and saving.column("name") not in imported.said
    }
    held = defaultdict(set)
    for number, imported in (saving.matched("session", sessions, SESSIONS) if untold else {}).items():
        held[getattr(sessions[number], kind)].add(imported.said.get(kind))
    found = {
        number: min(held[row.key])
        for number, row in enumerate(rows)
        if number not in pairs and len(held[row.key]) == 1 and held[row.key] <= set(untold)
    }
    times = Counter(found.values())
    return {number: untold[key] for number, key in found.items() if times[key] == 1}


def save_kind(saving, kind, rows, pairs):
    ours = list(MODELS[kind].objects.filter(conference=saving.conference))
    by_uuid = {target.uuid: target for target in ours}
    by_name = free_names(ours, pairs)
    know_what_was_imported(saving, kind, by_uuid)
    slugs = Names(target.slug for target in ours)
    position, new, found = 0, [], []
    for number, row in enumerate(rows):
        imported = pairs.get(number)
        target = by_uuid.get(imported.target) if imported else by_name.get(row.name.casefold())
        if target is None and not imported:
            slug = slugs.new(slug_from(row.name, otherwise=kind))
            target = MODELS[kind](slug=slug, position=position + 1, **columns(saving, kind, row, number))
            target.conference = saving.conference
            new.append(target)
        elif not imported:
            saving.report.counts[kind]["same"] += 1
        position = target.position if target else position
        found.append((row, imported, target))
    saving.report.counts[kind]["new"] += len(new)
    MODELS[kind].objects.bulk_create(new)
    touched(*new)
    for row, imported, target in found:
        keep(saving, kind, row, imported, target)


def free_names(ours, pairs) -> dict:
    """{name in small letters, in any language: ours} of those that no row of the file is paired with."""
    taken = {imported.target for imported in pairs.values()}
    return {
        name.casefold(): target
        for target in ours
        if target.uuid not in taken
        for name in all_languages_of(target, "name").values()
    }


def know_what_was_imported(saving, kind, by_uuid):
    """What the file no longer names is still where staff have put it, so sessions can be in it."""
    for imported in saving.known[kind]:
        target = by_uuid.get(imported.target)
        saving.by_key[kind][imported.key] = Kept(imported.key, target.pk if target else None, str(target or ""))


def columns(saving, kind, row, number):
    """What a new row of ours is made with."""
    if not row.name:  # a break that the source has no word for: ours, in every language
        made = {column: break_in(code) for code, column in columns_of("name")}
    else:
        made = {saving.column("name"): shortened(saving, row)}
    if kind == "track":
        made["colour"] = row.colour or nth_colour(number)
    return made | ({"is_break": row.is_break} if kind == "format" else {})


def break_in(language):
    with override(language):
        return gettext("Break")


def shortened(saving, row):
    if len(row.name) > LONGEST_NAME:
        saving.note("too-long", row.name[:80], "name")
    return row.name if len(row.name) <= LONGEST_NAME else f"{row.name[: LONGEST_NAME - 1]}…"


def said_of(saving, kind, row):
    said = {saving.column("name"): row.name[:LONGEST_NAME]} if row.name and len(row.name) <= LONGEST_NAME else {}
    return said | ({"colour": row.colour} if kind == "track" and row.colour else {})


def keep(saving, kind, row, imported, target):
    count = saving.report.counts[kind]
    said = said_of(saving, kind, row)
    if imported is None:
        key = saving.remember(kind, row, target.uuid, said | {saving.called: row.identity.name})
    else:
        key = imported.key
        changed = target is not None and saving.update(target, imported.said, said, row.name)
        count["changed" if changed else "same"] += 1
        saving.record(imported, row, said | {saving.called: row.identity.name})
    saving.keep(kind, row.key, Kept(key, target.pk if target else None, row.name))
