"""What does not fit together in a conference: values that point at the rows, for forms, lists, the board and publishing.

A problem never keeps an edit from being saved. Only one whose severity is BLOCKS keeps its own session, and nothing
else, from being published.
"""

import datetime as dt

from django.db.models import Q

from conference.models import Conference
from sessions.known import known_in
from sessions.models import Session
from sessions.planned import Planned, moved, plan_of, planned_of, without
from sessions.problem_kinds import Kind, Problem, Severity, counted
from sessions.problems_between import problems_between
from sessions.problems_within import problems_within

__all__ = ["Kind", "Planned", "Problem", "Severity", "counted", "moved", "plan_of"]


def problems_of(conference: Conference) -> tuple[Problem, ...]:
    """The problems of a conference that are not known, in order of the sessions. A fixed number of queries."""
    return problems_among(conference, planned_of(conference, conference.sessions.all()))


def problems_of_session(session: Session) -> tuple[Problem, ...]:
    """The problems that one session has or is in the way of, as the database stands."""
    return problems_if(session.conference, plan_of(session))


def problems_if(conference: Conference, proposal: Planned) -> tuple[Problem, ...]:
    """The problems that one session would have, or be in the way of, if it were as proposed. Nothing is saved.

    A form makes the proposal out of what is typed (speakers.proposals). The board asks of a part that is being moved:
    `problems_if(conference, moved(plan_of(session), part.pk, starts_at, ends_at, room))`. A fixed number of queries.
    """
    beside = planned_of(conference, neighbours(conference, proposal))
    found = problems_among(conference, [proposal, *without(beside, proposal.pk)])
    return tuple(problem for problem in found if concerns(problem, proposal.pk))


def neighbours(conference, plan):
    """The other sessions that take place while this one does, or so shortly before or after it that people must hurry."""
    hurry = dt.timedelta(minutes=conference.minutes_between_rooms)
    near = Q(pk__in=[])
    for part in plan.parts:
        if part.starts_at:
            near |= Q(parts__starts_at__lt=part.ends_at + hurry, parts__ends_at__gt=part.starts_at - hurry)
    return conference.sessions.filter(pk__in=Session.objects.filter(near).values("pk")).exclude(pk=plan.pk)


def concerns(problem, pk):
    return pk == problem.session.pk or (problem.other is not None and pk == problem.other.pk)


def problems_among(conference: Conference, plans: list[Planned]) -> tuple[Problem, ...]:
    """The problems of some sessions, in their order, without those that are known. One query, but for the replacement
    of a proposal."""
    known = known_in(conference)
    return tuple(problem for problem in all_among(conference, plans) if problem.identity not in known)


def all_problems_of(conference: Conference) -> tuple[Problem, ...]:
    """All problems of a conference, known or not."""
    return all_among(conference, planned_of(conference, conference.sessions.all()))


def all_among(conference, plans):
    found = [problem for plan in plans for problem in problems_within(plan, conference)]
    found += problems_between(plans, conference)
    order = {plan.pk: index for index, plan in enumerate(plans)}
    return tuple(sorted(found, key=lambda problem: order[problem.session.pk]))
