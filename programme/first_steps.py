"""The way from an empty installation to a published page, as a list of what is done and what comes next."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.models import Conference


@dataclass(frozen=True)
class FirstStep:
    words: str
    button: str  # what the link to its form says
    address: str  # "" for who may not do it
    is_done: bool = False
    is_next: bool = False


def first_steps(conference: Conference | None, user) -> list[FirstStep]:
    """What leads to the first release, in order; at most one of the steps is the next one."""
    steps = [
        (_("Create your conference"), _("Create your conference"), "conference.add_conference", "admin:conference_conference_add", []),
        (_("Add the first room"), _("Add a room"), "conference.add_room", "admin:conference_room_add", []),
        (_("Write the first session"), _("Write a session"), "conference_sessions.add_session", "admin:conference_sessions_session_add", []),
        (_("Make it public and publish"), _("Review and publish"), "programme.publish", "admin:programme_release_review", [conference and conference.pk]),
    ]  # fmt: skip
    done = [conference is not None, has(conference, "rooms"), has(conference, "sessions"), False]
    following = done.index(False)
    return [
        FirstStep(
            str(words),
            str(button),
            reverse(name, args=args) if user.has_perm(permission) and None not in args else "",
            done[index],
            index == following,
        )
        for index, (words, button, permission, name, args) in enumerate(steps)
    ]


def has(conference, rows) -> bool:
    return conference is not None and getattr(conference, rows).exists()
