"""Publishing: the one way from what staff edit to what the public reads."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from django.db import OperationalError, connection, transaction
from django.db.models import Max
from django.utils import timezone

from conference.audit import Act
from conference.audit import note as audit
from conference.models import Conference
from programme.codec import from_json, to_json
from programme.compare import compare
from programme.models import Release
from programme.news import history
from programme.remember import remember
from programme.selected import Key, chosen, keys, needs, possible
from programme.shelf import shelf
from programme.take import take
from programme.values import Text
from programme.whole import Programme
from sessions.problems import Problem, Severity, problems_of


class ChangedMeanwhile(Exception):
    """Somebody edited or published between the review and the press of the button; nothing was published."""


def next_programme(conference: Conference) -> Programme:
    """What publishing now would put before the public; preview shows it."""
    return remember(selected(conference, take(conference)), published(conference), timezone.now())


def selected(conference: Conference, taken: Programme, wanted: Set[Key] | None = None) -> Programme:
    """What would be published of all that waits (None) or of the wanted changes: not what `held_back()` names."""
    held = held_back(problems_of(conference))
    if wanted is None and not held:
        return taken
    before = published(conference)
    wanted = keys(before, taken) if wanted is None else wanted
    return chosen(before, taken, possible(needs(before, taken), wanted, held.keys()))


def held_back(problems: Iterable[Problem]) -> dict[Key, Problem]:
    """Sessions of which the public could make nothing, each with the reason: they stay as they were until it is mended."""
    return {("session", p.session.uuid): p for p in problems if p.severity == Severity.BLOCKS}


def published(conference: Conference) -> Programme | None:
    """What the public reads now."""
    if conference.current_release_id is None:
        return None
    return shelf.known(conference.current_release_id) or programme_of(conference.current_release)


def programme_of(release: Release) -> Programme:
    return from_json(release.programme)


def seal(conference: Conference, taken: Programme) -> str:
    """What stands for a programme that was looked at, and for the release it was compared with."""
    looked_at = json.dumps([conference.current_release_id, to_json(taken)], sort_keys=True)
    return hashlib.sha256(looked_at.encode()).hexdigest()


def publish(
    conference: Conference,
    by=None,
    note: str | Mapping[str, str] = "",
    reviewed: str | None = None,
    wanted: Set[Key] | None = None,
) -> Release | None:
    """Make the next release out of what staff have edited. None when nothing has changed since the last one.

    Safe when two publish at once: each waits for the other, and releases are numbered without a gap. With `reviewed`,
    the seal of what was looked at, it raises ChangedMeanwhile where that is not what would be published. `wanted`: only
    these changes and what they need; None: all. A note is in the conference's first language, or {language: words}.
    """

    def act(conference):
        taken = taken_as(reviewed, conference)
        return release(conference, selected(conference, taken, wanted), by, note)

    return alone_with(conference.pk, act)


def taken_as(reviewed: str | None, conference: Conference) -> Programme:
    """What staff have edited. Raises ChangedMeanwhile where that is not what was `reviewed`."""
    taken = take(conference)
    if reviewed is not None and seal(conference, taken) != reviewed:
        raise ChangedMeanwhile
    return taken


def restore(old: Release, by=None, note: str | Mapping[str, str] = "") -> Release | None:
    """Publish an earlier release again, as a new one. None when it says what the public reads already.

    What staff have edited stays as it is, and waits as changes.
    """

    def act(conference):
        return release(conference, forgetful(programme_of(old)), by, note, old.number)

    return alone_with(old.conference_id, act)


def alone_with(pk, act, tries=5):
    """act(conference) in a transaction that sees one moment of the database, one publisher at a time."""
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                wait_for_the_others()
            done = act(Conference.objects.select_for_update().get(pk=pk))
        shelf.forget()  # this process shows it at once, the others within a second
        return done
    except OperationalError:  # PostgreSQL: the conference was saved since the moment we see
        if tries == 1 or connection.in_atomic_block:
            raise
    return alone_with(pk, act, tries - 1)


def wait_for_the_others():
    """The moment that a transaction sees is that of its first query; a lock is not one, so we see what others published."""
    with connection.cursor() as cursor:
        if not connection.savepoint_ids:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute(f'LOCK TABLE "{Release._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')


def release(conference, programme, by, note, again: int = 0) -> Release | None:
    """The next release. `again`: the number of the older one that it repeats."""
    note = Text({conference.language: note} if isinstance(note, str) else note)
    before = published(conference)
    now = timezone.now()
    new = remember(programme, before, now)
    changes = compare(before, new)
    if before and not changes:
        return None
    number = (conference.releases.aggregate(last=Max("number"))["last"] or 0) + 1
    new = replace(new, number=number, published_at=now)
    new = replace(new, history=history(before, new, note))
    made = Release.objects.create(
        conference=conference,
        number=number,
        published_at=now,
        published_by=by if by and by.pk else None,
        note=note.best(conference.language)[0],
        number_of_changes=len(changes),
        programme=to_json(new),
    )
    conference.current_release = made
    conference.save(update_fields=["current_release"])
    audit(Act.RESTORED if again else Act.PUBLISHED, by, conference=str(conference), number=number, old=again)
    return made


def forgetful(programme: Programme) -> Programme:
    """The programme without what it remembered of the releases before it."""
    return replace(
        programme,
        gone_sessions=(),
        gone=(),
        former_slugs=(),
        sessions=tuple(replace(session, gone_parts=()) for session in programme.sessions),
    )
