"""Publishing at a moment that was chosen before: what was reviewed then, as it was then, and nothing that came after.

Three things are left out when the moment comes: a session that has been taken off the programme or cancelled since, what
somebody published in the meantime, and what cannot do without either.
"""

import datetime as dt
from collections.abc import Mapping, Set
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from conference.audit import Act
from conference.audit import note as audit
from conference.models import Conference
from programme.codec import from_json, to_json
from programme.models import PlannedRelease
from programme.publish import alone_with, held_back, programme_of, published, release, taken_as
from programme.selected import Key, chosen, keys, needs, possible
from programme.take import take
from programme.whole import Programme
from sessions.problems import problems_of

MINUTES_OF_GRACE = 10  # that the timer may be late before staff are told


class AnotherIsPlanned(Exception):
    """One release is planned already; it is called off or published first."""


def plan(
    conference: Conference, by, due_at: dt.datetime, note: Mapping[str, str], wanted: Set[Key] | None, reviewed: str
) -> PlannedRelease:
    """Keep the wanted changes (None: all) as they stand, to be published at `due_at`.

    Raises ChangedMeanwhile as publish() does, and AnotherIsPlanned.
    """

    def act(conference):
        if conference.planned_releases.filter(state=PlannedRelease.State.WAITING).exists():
            raise AnotherIsPlanned
        taken = taken_as(reviewed, conference)
        before = published(conference)
        chosen_ones = keys(before, taken) if wanted is None else wanted
        here = possible(needs(before, taken), chosen_ones, held_back(problems_of(conference)).keys())
        audit(Act.PLANNED, by, conference=str(conference), due=due_at.astimezone(conference.zone).isoformat())
        return PlannedRelease.objects.create(
            conference=conference,
            due_at=due_at,
            planned_by=by,
            note=dict(note),
            chosen=sorted([about, str(uuid)] for about, uuid in here),
            programme=to_json(taken),
            based_on=conference.current_release,
        )

    return alone_with(conference.pk, act)


def planned_of(conference: Conference) -> PlannedRelease | None:
    """The release that is planned and waits for its moment; one query, without its programme."""
    waiting = conference.planned_releases.filter(state=PlannedRelease.State.WAITING)
    return waiting.select_related("planned_by").defer("programme").first()


def due(now: dt.datetime) -> QuerySet[PlannedRelease]:
    """What should be public by now and is not."""
    return PlannedRelease.objects.filter(state=PlannedRelease.State.WAITING, due_at__lte=now).order_by("due_at", "pk")


def publish_planned(planned: PlannedRelease) -> PlannedRelease | None:
    """Publish what was planned: once, however many try. None where somebody else did, or called it off.

    Its `release` stays None where the public reads all of it already.
    """

    def act(conference):
        mine = waiting(planned)
        if mine is None:
            return None
        mine.release = release(conference, as_planned(mine, conference).programme, mine.planned_by, mine.note)
        return ended(mine, PlannedRelease.State.PUBLISHED)

    return alone_with(planned.conference_id, act)


def call_off(planned: PlannedRelease) -> PlannedRelease | None:
    """Nothing will be published at that moment. None where it is too late."""

    def act(conference):
        mine = waiting(planned)
        if mine is None:
            return None
        audit(Act.CALLED_OFF, conference=str(conference))
        return ended(mine, PlannedRelease.State.CALLED_OFF)

    return alone_with(planned.conference_id, act)


def waiting(planned):
    return PlannedRelease.objects.select_for_update().filter(pk=planned.pk, state=PlannedRelease.State.WAITING).first()


def ended(planned, state):
    planned.state, planned.ended_at, planned.failure = state, timezone.now(), ""
    planned.save()
    return planned


def failed(planned: PlannedRelease, error: Exception):
    """Remember for staff why it was not published; the next run tries again."""
    words = f"{type(error).__name__}: {error}"
    PlannedRelease.objects.filter(pk=planned.pk, state=PlannedRelease.State.WAITING).update(failure=words)


# --- What it comes to, as things stand


@dataclass(frozen=True)
class AsPlanned:
    programme: Programme  # what the public would read
    wanted: frozenset[Key]
    left_out: frozenset[Key]  # of those: withdrawn, published since, or in need of something that is
    edited: frozenset[Key]  # of those: edited since; published as they were


def as_planned(planned: PlannedRelease, conference: Conference) -> AsPlanned:
    """What publishing a planned release now would come to."""
    then, before, taken = from_json(planned.programme), published(conference), take(conference)
    wanted = keys_of(planned)
    held = overtaken(planned, conference, before) | withdrawn(then, taken)
    here = possible(needs(before, then), wanted, held)
    return AsPlanned(chosen(before, then, here), wanted, wanted - here, here & keys(then, taken))


def keys_of(planned: PlannedRelease) -> frozenset[Key]:
    return frozenset((about, UUID(uuid)) for about, uuid in planned.chosen)


def overtaken(planned, conference, before) -> Set[Key]:
    """What has been published otherwise since: it is newer than what was planned."""
    if before is None or conference.current_release_id == planned.based_on_id:
        return frozenset()
    return keys(planned.based_on and programme_of(planned.based_on), before)


def withdrawn(then: Programme, taken: Programme) -> Set[Key]:
    """Sessions that were to take place then, and are not any more."""
    now = {session.uuid: session.is_cancelled for session in taken.sessions}
    return {("session", s.uuid) for s in then.sessions if not s.is_cancelled and now.get(s.uuid, True)}


def is_overdue(planned: PlannedRelease, now: dt.datetime) -> bool:
    """Whether the timer should have published it by now."""
    return now > planned.due_at + dt.timedelta(minutes=MINUTES_OF_GRACE)
