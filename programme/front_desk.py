"""The front desk: what to do next in the chosen conference, each with the way to do it. It is the admin's start page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from conference.language_names import own_name
from programme.desk import Desk, desk_of
from programme.first_steps import FirstStep, first_steps
from programme.latest import Step, latest_steps
from programme.told import Told, few
from sessions.models import Session
from sessions.problems import Problem, counted
from speakers.findings import findings_of

FIRST_FEW = 4
SESSIONS = "admin:conference_sessions_session_changelist"


@dataclass(frozen=True)
class Way:
    """Something that waits, in words, and the address where it is done."""

    words: str
    address: str


@dataclass(frozen=True)
class FrontDesk:
    desk: Desk
    changes: list[Told]  # the first few that wait to be published
    problems: tuple[Problem, ...]
    kinds: list[Way]  # the problems, counted
    missing: list[Way]
    translations: list[Way]
    drafts: list[Session]  # the first few
    how_many_drafts: int
    latest: list[Step]
    steps: list[FirstStep]  # until the first release is out
    board: str  # the address of the board
    may_add: bool

    @property
    def first_problems(self):
        return self.problems[:FIRST_FEW]


def front_desk_of(request) -> FrontDesk | None:
    """None for who may not look, and while there is no conference."""
    desk = desk_of(request)
    if desk is None:
        return None
    conference = desk.conference
    found = findings_of(conference)
    drafts = conference.sessions.filter(state=Session.State.DRAFT)
    return FrontDesk(
        desk=desk,
        changes=few(desk.standing.first, conference),
        problems=found.problems,
        kinds=[Way(words, filtered(problem=kind)) for kind, words in counted(found.problems)],
        missing=missing(found.lacking),
        translations=translations(found.incomplete),
        drafts=list(drafts.order_by("-changed_at")[:FIRST_FEW]),
        how_many_drafts=drafts.count(),
        latest=latest_steps(conference),
        steps=first_steps(conference, request.user) if not desk.standing.slug else [],
        board=reverse("board", args=[conference.slug]),
        may_add=request.user.has_perm("conference_sessions.add_session"),
    )


def filtered(**choices) -> str:
    """The address of the list of sessions, with filters."""
    return f"{reverse(SESSIONS)}?{urlencode(choices)}"


def missing(counts) -> list[Way]:
    words = {
        "time": ngettext("%(count)d session without a time", "%(count)d sessions without a time", counts["time"]),
        "room": ngettext("%(count)d session without a room", "%(count)d sessions without a room", counts["room"]),
        "moderator": ngettext(
            "%(count)d session without a moderator", "%(count)d sessions without a moderator", counts["moderator"]
        ),
    }
    return [Way(words[what] % {"count": n}, filtered(missing=what)) for what, n in counts.items() if n]


def translations(counts) -> list[Way]:
    words = gettext("%(language)s: %(count)d")
    return [
        Way(words % {"language": own_name(code), "count": count}, filtered(incomplete=code))
        for code, count in counts.items()
        if count
    ]
