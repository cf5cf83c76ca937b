"""The way from an empty installation to a published page, as a list of what is done and what comes next."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.models import Conference


@dataclass(frozen=True)
class Way:
    words: str
    button: str
    permission: str
    name: str  # of the address
    row: Any = None  # that the address names


@dataclass(frozen=True)
class FirstStep:
    words: str
    button: str  # what the link to its form says
    address: str  # "" for who may not do it, and for what is not the next step
    is_done: bool = False
    is_next: bool = False


def first_steps(conference: Conference | None, user) -> list[FirstStep]:
    """What leads to the first release, in order; at most one of the steps is the next one."""
    first = conference and conference.sessions.order_by("pk").first()
    shown = conference is not None and conference.sessions.on_programme().exists()
    ways = [
        Way(_("Create your conference"), _("Create your conference"), "conference.add_conference", "admin:conference_conference_add"),
        Way(_("Add the first room"), _("Add a room"), "conference.add_room", "admin:conference_room_add"),
        Way(_("Write the first session, and save it as public when it is ready"), _("Write a session"), "conference_sessions.add_session", "admin:conference_sessions_session_add"),
        Way(_("Make a session public"), _("Open the session"), "conference_sessions.change_session", "admin:conference_sessions_session_change", first),
        Way(_("Publish: from then on everybody can read the programme"), _("Review and publish"), "programme.publish", "admin:programme_release_review", conference),
    ]  # fmt: skip
    done = [conference is not None, has(conference, "rooms"), first is not None, shown, False]
    return [step(way, user, done[index], index == done.index(False)) for index, way in enumerate(ways)]


def step(way, user, is_done, is_next) -> FirstStep:
    may = user.has_perm(way.permission)
    address = reverse(way.name, args=[way.row.pk] if way.row else []) if is_next and may else ""
    return FirstStep(str(way.words), str(way.button), address, is_done, is_next)


def has(conference, rows) -> bool:
    return conference is not None and getattr(conference, rows).exists()
