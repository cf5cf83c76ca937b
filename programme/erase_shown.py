"""Pictures of sessions that may show somebody: staff say which of them go, when the person is erased."""

from collections.abc import Set
from uuid import UUID

from django.db.models import Q
from reversion.models import Version

from conference.documents import key_of
from conference.pictures import measures
from conference.recording import count_up
from conference.steps import columns_in, kind_of
from programme.erase_history import rewrite
from programme.erased_json import is_on_stage, title_in
from programme.models import PlannedRelease, Release
from programme.traces import one_by_one, traces_of, versions_on_stage
from sessions.models import Session
from speakers.models import Moderator, Speaker


def pictures_beside(uuid: UUID) -> dict[str, str]:
    """{path of a picture: session} of the sessions that somebody is or was on stage in, the pictures they had before, too."""
    found = released_with(uuid)
    sessions = sessions_with(traces_of(uuid).pks)
    for version in versions_with_a_picture(sessions):
        found.setdefault(columns_in(version)["image"], version.object_repr)
    for session in Session.objects.filter(pk__in=sessions).exclude(image=""):
        found[session.image.name] = str(session)
    return {path: session for path, session in found.items() if path and measures(path)}


def sessions_with(people) -> set[int]:
    here = Q(speakers__person__in=people) | Q(moderators__person__in=people)
    before = (each for model in (Speaker, Moderator) for each in versions_on_stage(model, people))
    return {
        *Session.objects.filter(here).values_list("pk", flat=True),
        *(columns_in(each)["session"] for each in before),
    }


def versions_with_a_picture(sessions):
    versions = Version.objects.filter(content_type=kind_of(Session), object_id__in=map(str, sessions))
    return [version for version in versions.order_by("pk") if columns_in(version).get("image")]


def released_with(uuid) -> dict[str, str]:
    stored = (each.programme for model in (Release, PlannedRelease) for each in one_by_one(model))
    sessions = (session for programme in stored for session in programme.get("sessions", ()))
    return {
        session["picture"]["src"]: title_in(session)
        for session in sessions
        if session.get("picture") and is_on_stage(session, str(uuid))
    }


def take_away(paths: Set[str]):
    """Take the pictures out of sessions and out of the history; releases are rewritten by erase()."""
    shown = Session.objects.filter(image__in=paths)
    keys = [key_of(session) for session in shown]
    shown.update(image="")
    count_up(keys)
    for version in Version.objects.filter(content_type=kind_of(Session), serialized_data__contains='"pictures/'):
        if columns_in(version).get("image") in paths:
            rewrite(version, lambda columns: columns | {"image": ""})
