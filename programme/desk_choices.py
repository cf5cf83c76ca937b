"""What staff can choose to publish: a box for each change, and in words what it brings with it or why it must wait."""

from collections.abc import Mapping, Set

from django.utils.translation import get_language, gettext

from programme.compare import SHARED, Change, Kind
from programme.describe import SUBJECTS, words_of
from programme.selected import Key, key_of, needs, pointed_at, reach
from programme.told import Choice
from programme.whole import Programme
from sessions.problems import Problem

MOST_NAMES = 5


def choices_of(
    changes: tuple[Change, ...],
    before: Programme | None,
    taken: Programme,
    held: Mapping[Key, Problem],
    ticked: Set[Key] | None,
    planned: Set[Key] = frozenset(),
) -> dict[Key, Choice]:
    """The choice for each change. `ticked`: None for all but what is planned for later."""
    by_key = {key_of(change): change for change in changes}
    needed = needs(before, taken, by_key.keys())
    kept = kept_in_use(changes, before)

    def choice(key):
        along = reach(needed, [key]) - {key}
        blocked = next((held[other] for other in (key, *sorted(along, key=str)) if other in held), None)
        notes = [takes_along(by_key, along)] if along and not blocked else []
        notes += [stays_for(kept[key])] if key in kept else []
        notes += [gettext("Planned. Tick it to publish it already now.")] if key in planned else []
        is_ticked = key not in planned if ticked is None else key in ticked
        why = waits(key, blocked, held) if blocked else ""
        return Choice(f"{key[0]}:{key[1]}", is_ticked and not blocked, tuple(notes), why)

    return {key: choice(key) for key in by_key}


def waits(key, problem: Problem, held) -> str:
    if key in held:
        return gettext("Not published until this is corrected: %(problem)s") % {"problem": problem.words}
    return gettext("Waits for another session that cannot be published yet: %(problem)s") % {"problem": problem.words}


def takes_along(by_key, along: Set[Key]) -> str:
    return gettext("Takes along: %(names)s") % {"names": names(by_key[key] for key in sorted(along, key=str))}


def stays_for(sessions) -> str:
    said = ", ".join(gettext("“%(name)s”") % {"name": words_of(s.title, get_language())} for s in sessions[:MOST_NAMES])
    return gettext("Stays where it is in use if you leave out: %(names)s") % {"names": said}


def names(changes) -> str:
    found = [str(SUBJECTS[change.about]) % {"name": words_of(change.name, get_language())} for change in changes]
    return ", ".join(found[:MOST_NAMES]) + (" …" if len(found) > MOST_NAMES else "")


def kept_in_use(changes, before: Programme | None) -> dict:
    """{change that takes away a room, track …: the sessions that are there as the public knows them}."""
    gone = {key_of(change) for change in changes if change.kind == Kind.GONE and change.about in SHARED}
    found: dict = {}
    for session in before.sessions if before and gone else ():
        things = pointed_at(session)
        for key in {(kind, thing.uuid) for kind in SHARED for thing in things[kind]} & gone:
            found.setdefault(key, []).append(session)
    return found
