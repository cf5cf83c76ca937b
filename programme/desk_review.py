"""Review: the changes that wait, in words; staff choose among them, and publish now or at a moment."""

import datetime as dt
from collections.abc import Set
from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from conference.admin_pages import must
from conference.models import Conference
from programme.desk import may_look, may_publish, page, when
from programme.desk_choices import choices_of
from programme.desk_releases import say_published
from programme.models import PlannedRelease
from programme.notes import notes_in
from programme.planned import AnotherIsPlanned, as_planned, call_off, failed, keys_of, plan, planned_of, publish_planned
from programme.publish import ChangedMeanwhile, held_back, publish, seal
from programme.selected import Key
from programme.told import told
from programme.waiting import look_again, waiting_in
from speakers.findings import findings_of


def review(request, pk):
    """The changes that wait, in words, the problems, and the one button."""
    conferences = Conference.objects.select_related("current_release").defer("current_release__programme")
    conference = get_object_or_404(conferences, pk=pk)
    must(may_look(request.user))
    return press(request, conference) if request.method == "POST" else show_review(request, conference)


def show_review(request, conference, problem="", status=200):
    before, taken, changes = waiting_in(conference)
    planned, problems = planned_of(conference), findings_of(conference).problems
    later = keys_of(planned) if planned else frozenset()
    choices = choices_of(changes, before, taken, held_back(problems), ticked_in(request), later)
    groups = [
        replace(group, shown=with_choices(group.shown, choices), folded=with_choices(group.folded, choices))
        for group in told(changes, conference)
    ]
    context = {
        "title": gettext("Publish “%(conference)s”") % {"conference": conference},
        "conference": conference,
        "release": conference.current_release,
        "number": len(changes),
        "groups": groups,
        "held": [choice for choice in choices.values() if choice.held],
        "problems": problems,
        "seal": seal(conference, taken),
        "may_publish": may_publish(request.user),
        "notes": notes_in(request, conference),
        "asked": asked_in(request, conference),
        "planned": planned and shown_plan(planned, conference),
        "problem": problem,
    }
    return page(request, "review.html", context, status)


def with_choices(tolds, choices):
    return [replace(told, choice=choices[told.key]) for told in tolds]


# --- What the form says


@dataclass(frozen=True)
class Asked:
    """When to publish, as it stands in the form."""

    later: bool
    day: str
    time: str
    zone: str
    moment: dt.datetime | None = None  # of `day` and `time`; None where they are none

    @property
    def problem(self) -> str:
        if not self.later:
            said = self.day or self.time
            return gettext("You wrote a day or a time, but chose to publish now. Choose which.") if said else ""
        if self.moment is None:
            return gettext("Write the day and the time at which it is to be published.")
        return gettext("That moment has passed.") if self.moment <= timezone.now() else ""


def asked_in(request, conference) -> Asked:
    later, day, time = (request.POST.get(name, "").strip() for name in ("when", "day", "time"))
    try:
        naive = dt.datetime.combine(dt.date.fromisoformat(day), dt.time.fromisoformat(time))
        moment = naive.replace(tzinfo=conference.zone)
        moment.astimezone(dt.UTC)  # as it is stored
    except (ValueError, OverflowError):
        moment = None
    return Asked(later == "later", day, time, conference.timezone, moment)


def ticked_in(request) -> frozenset[Key] | None:
    """The changes that staff have chosen; None where nobody was asked, which means all."""
    if "choosing" not in request.POST or request.POST.get("tick") == "all":
        return None
    if request.POST.get("tick") == "none":
        return frozenset()
    return frozenset(filter(None, map(key_in, request.POST.getlist("change"))))


def key_in(value: str) -> Key | None:
    about, _colon, uuid = value.partition(":")
    try:
        return about, UUID(uuid)
    except ValueError:
        return None


# --- The button


def press(request, conference):
    must(may_publish(request.user))
    if "tick" in request.POST:
        return show_review(request, conference)
    wanted, notes, asked = ticked_in(request), notes_in(request, conference), asked_in(request, conference)
    nothing = gettext("Nothing is chosen. Tick at least one change.") if wanted == frozenset() else ""
    problem = notes.problem or asked.problem or nothing
    if problem:
        return show_review(request, conference, problem, status=400)
    act = plan_it if asked.later else publish_it
    try:
        return act(request, conference, wanted, notes.words, asked)
    except ChangedMeanwhile:
        look_again()
        messages.warning(
            request,
            gettext(
                "Something was changed while you were reading. Nothing is published yet: look again, then publish."
            ),
        )
    except AnotherIsPlanned:
        messages.warning(request, gettext("Another release is planned already. Call it off first."))
    conference.refresh_from_db()
    return show_review(request, conference, status=409)


def publish_it(request, conference, wanted: Set[Key] | None, words, asked):
    made = publish(conference, request.user, words, reviewed=request.POST.get("reviewed", ""), wanted=wanted)
    if made is None:
        messages.info(request, gettext("Nothing has changed since the last release, so there was nothing to publish."))
        return HttpResponseRedirect(request.path)
    return say_published(request, made)


def plan_it(request, conference, wanted: Set[Key] | None, words, asked):
    made = plan(conference, request.user, asked.moment, words, wanted, request.POST.get("reviewed", ""))
    said = gettext("Planned for %(when)s. What you edit from now on is not part of it.")
    messages.success(request, said % {"when": when(made.due_at, conference.zone)})
    return HttpResponseRedirect(request.path)


# --- What is planned


@dataclass(frozen=True)
class ShownPlan:
    planned: PlannedRelease
    when: str
    is_late: bool
    number: int  # of changes that will be published
    edited: int
    left_out: int


def shown_plan(planned, conference) -> ShownPlan:
    said = when(planned.due_at, conference.zone), planned.due_at <= timezone.now()
    try:
        found = as_planned(planned, conference)
    except ValueError:  # of a programme that cannot be read: publishing it fails, and says so
        return ShownPlan(planned, *said, len(planned.chosen), 0, 0)
    return ShownPlan(planned, *said, len(found.wanted - found.left_out), len(found.edited), len(found.left_out))


def act_on_plan(request, pk):
    """Publish what is planned now, or call it off."""
    must(may_publish(request.user))
    planned = get_object_or_404(PlannedRelease.objects.select_related("conference"), pk=pk)
    back = HttpResponseRedirect(reverse("admin:programme_release_review", args=[planned.conference_id]))
    if request.method != "POST":
        return back
    try:
        done = call_off(planned) if request.POST.get("act") == "call off" else publish_planned(planned)
    except ValueError as error:
        failed(planned, error)
        return back
    if done is None:
        messages.warning(request, gettext("Too late: it is published or called off already."))
    elif done.state == PlannedRelease.State.CALLED_OFF:
        messages.success(request, gettext("The planned release is called off. Its changes wait as before."))
    elif done.release is None:
        messages.info(request, gettext("The public reads all of it already, so there was nothing to publish."))
    else:
        return say_published(request, done.release)
    return back
