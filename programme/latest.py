"""The latest steps of the history, for the front desk: who, what and when."""

from dataclasses import dataclass
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.urls import reverse
from reversion.models import Version

from conference.admin_fields import day_name
from conference.clock import time_of_day
from conference.history_words import told
from conference.models import Conference, Room
from conference.steps import name_then
from conference.writers import name_of
from sessions.models import Format, Session, Topic, Track
from speakers.models import Person

OF_A_CONFERENCE = (Session, Room, Track, Topic, Format)
GONE = "gone"  # how the history marks what a step deleted
ROWS_LOOKED_AT = 200  # of the history, so that a step that touched hundreds of sessions costs no more than another


@dataclass(frozen=True)
class Step:
    who: str
    what: str  # the name of the first thing that was changed
    others: int  # how many more things were changed with it
    words: str  # why, in the reader's language; "" for an ordinary edit
    when: str
    form: str  # the address of its form; "" for what is gone
    is_gone: bool


def latest_steps(conference: Conference, number=6) -> list[Step]:
    """The last steps that somebody made in a conference, the newest first. Three queries, however long the history is."""
    kinds = ContentType.objects.get_for_models(*OF_A_CONFERENCE, Person, Conference)
    found = Version.objects.filter(here(conference, kinds), revision__user__isnull=False)
    found = found.select_related("revision__user").defer("serialized_data").order_by("-revision_id", "pk")
    steps = [list(rows) for _key, rows in groupby(found[:ROWS_LOOKED_AT], lambda row: row.revision_id)]
    models = {kind.pk: model for model, kind in kinds.items()}
    whole = Version.objects.in_bulk([rows[0].pk for rows in steps[:number]])
    names = {pk: name_then(version) for pk, version in whole.items()}  # in the reader's language, not in the editor's
    return [step(rows, models, conference.zone, names) for rows in steps[:number]]


def here(conference, kinds) -> Q:
    """Versions of the rows of a conference, also of those that are gone, and of people, who belong to all of them."""
    says = f'"conference": {conference.pk}'
    was_here = Q(serialized_data__contains=f"{says},") | Q(serialized_data__contains=f"{says}}}")
    condition = Q(content_type=kinds[Person]) | Q(content_type=kinds[Conference], object_id=str(conference.pk))
    for model in OF_A_CONFERENCE:
        keys = (
            model.objects.filter(conference=conference).order_by().annotate(key=Cast("pk", CharField())).values("key")
        )
        condition |= Q(content_type=kinds[model]) & (Q(object_id__in=keys) | Q(format=GONE) & was_here)
    return condition


def step(rows, models, zone, names) -> Step:
    first, moment = rows[0], rows[0].revision.date_created.astimezone(zone)
    user, options = first.revision.user, models[first.content_type_id]._meta
    is_gone = first.format == GONE
    return Step(
        who=name_of(user),
        what=names[first.pk] or str(options.verbose_name),
        others=len(rows) - 1,
        words=told(first.revision.comment, zone),
        when=f"{day_name(moment.date(), short=True)} {time_of_day(moment)}",
        form=""
        if is_gone
        else reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[first.object_id]),
        is_gone=is_gone,
    )
