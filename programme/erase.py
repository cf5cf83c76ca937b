"""Erasing somebody: from what staff edit, from every release, from the history, the files and the memory of imports.

Sessions stay, with that place empty. It is the one way in which a Release changes, and it cannot be undone.
"""

from collections.abc import Set
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from conference.audit import Act, note
from conference.documents import key_of
from conference.models import Conference, Presence
from conference.recording import count_up
from programme.erase_files import erase_pictures
from programme.erase_history import erase_from_history, holding
from programme.erase_shown import take_away
from programme.erased_json import tellable, unnamed, without
from programme.kept_away import keep_away
from programme.models import Erased, Imported, PlannedRelease, PreviewLink, Release
from programme.shelf import shelf
from programme.traces import Traces, one_by_one, traces_of
from sessions.models import Session
from speakers.models import Moderator, Person, Speaker


@dataclass(frozen=True)
class Erasure:
    """What was done."""

    releases: int  # rewritten
    sessions: int  # that they were on stage in
    versions: int  # of the history
    files: int = 0


class NobodyThere(LookupError):
    """Nothing is known of such a person."""


def erase(uuid: UUID, pictures: Set[str] = frozenset()) -> Erasure:
    """Erase the person from everything but backups, all of it or nothing. Raises NobodyThere.

    `pictures`: paths of those of sessions that show them, and go as well (erase_shown.py). Visitors no longer read of them within seconds, as after a publication.
    """
    with transaction.atomic():
        done, paths = erase_from_database(uuid, pictures)
    shelf.forget()  # this process shows it at once, the others within a second
    return replace(done, files=erase_pictures(paths))


def erase_from_database(uuid: UUID, pictures: Set[str] = frozenset()) -> tuple[Erasure, set[str]]:
    """All but the files, whose paths are returned for erase_pictures() after the transaction. Raises NobodyThere."""
    alone()
    traces = traces_of(uuid)
    if not traces.is_known:
        raise NobodyThere
    names = whole_names(traces)
    sessions = erase_rows(traces)
    take_away(pictures)
    releases = erase_from_releases(traces, names, pictures)
    for imported in Imported.objects.filter(target=uuid, kind="person"):
        keep_away(imported)
    unname_imports(names)
    versions = erase_from_history(traces, names)
    Erased.objects.get_or_create(uuid=uuid)
    note(Act.PERSON_ERASED, number=", ".join(map(str, sorted(traces.pks))))
    return Erasure(releases, sessions, versions), traces.pictures | pictures


def alone():
    """Nobody publishes meanwhile."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'LOCK TABLE "{Release._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')
    list(Conference.objects.select_for_update().order_by("pk").values_list("pk"))


def whole_names(traces: Traces) -> set[str]:
    """Names that can be taken out of texts: of two words and more, and nobody else's."""
    others = set(Person.objects.exclude(uuid=traces.uuid).values_list("name", flat=True))
    others = {name.casefold() for name in others}
    return {name for name in tellable(traces.names) if name.casefold() not in others}


def erase_from_releases(traces, names, pictures) -> int:
    """Rewrite what was published, what is planned and what links were made for; the number of releases."""
    now = timezone.now()
    public = set(Conference.objects.values_list("current_release", flat=True))
    changed = [
        release.conference_id
        for release in one_by_one(Release)
        if rewritten(release, traces, names, now, release.pk in public, pictures)
    ]
    Conference.objects.filter(pk__in=changed).update(changed_at=now)  # staff see it compared anew
    for plan in one_by_one(PlannedRelease):
        PlannedRelease.objects.filter(pk=plan.pk).update(
            programme=without(plan.programme, str(traces.uuid), names, now, pictures=pictures),
            chosen=[each for each in plan.chosen if each != ["person", str(traces.uuid)]],
            note=unnamed(plan.note, names),
            failure=unnamed(plan.failure, names),
        )
    for link in PreviewLink.objects.exclude(made_for=""):
        PreviewLink.objects.filter(pk=link.pk).update(made_for=unnamed(link.made_for, names))
    return len(changed)


def rewritten(release, traces, names, now, is_public, pictures) -> bool:
    programme = without(release.programme, str(traces.uuid), names, now, is_public, pictures)
    note = unnamed(release.note, names)
    if programme is release.programme and note == release.note:
        return False
    revision = programme.get("revision", 0)
    Release.objects.filter(pk=release.pk).update(programme=programme, note=note, revision=revision)
    return True


def unname_imports(names):
    """What sources said in their texts; the next import takes the names out of the file before it compares."""
    for imported in Imported.objects.filter(holding("said", names) | holding("key", names)):
        imported.said, before = unnamed(imported.said, names), imported.key
        imported.key = unnamed(before, names)
        imported.key += f" #{imported.pk}" * (imported.key != before)  # another one may be called the same by now
        imported.save(update_fields=["said", "key"])


def erase_rows(traces) -> int:
    """Delete the person and their places on stage; the number of sessions."""
    sessions = Session.objects.filter(
        pk__in=[
            pk
            for model in (Speaker, Moderator)
            for pk in model.objects.filter(person__in=traces.pks).values_list("session", flat=True)
        ]
    )
    keys = [key_of(session) for session in sessions]
    for model in (Speaker, Moderator):
        model.objects.filter(person__in=traces.pks).delete()
    Presence.objects.filter(about__in=[f"speakers.person.{pk}" for pk in traces.pks]).delete()
    Person.objects.filter(uuid=traces.uuid).delete()
    count_up(keys)
    return len(keys)
