"""What sessions still lack before they can be published: conditions for lists and for the front desk."""

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from sessions.models import Part, Session
from speakers.languages_done import incomplete_in
from speakers.models import Moderator

NAMES = {"time": _("no time"), "room": _("no room"), "moderator": _("no moderator")}


def lacking(what: str) -> Q:
    """A condition on sessions: those without a "time", a "room" or a "moderator". A break needs no more than a time."""
    parts, moderators = (model.objects.filter(session=OuterRef("pk")) for model in (Part, Moderator))
    conditions = {
        "time": ~Exists(parts) | Exists(parts.filter(starts_at__isnull=True)),
        "room": ~Q(format__is_break=True) & (~Exists(parts) | Exists(parts.filter(room__isnull=True))),
        "moderator": ~Q(format__is_break=True) & ~Exists(moderators),
    }
    return ~Q(state=Session.State.CANCELLED) & conditions[what]


def how_many_lack(conference) -> dict:
    """{"time", "room", "moderator": number of sessions}, in one query."""
    return conference.sessions.aggregate(**{what: Count("pk", filter=lacking(what)) for what in NAMES})


def how_many_incomplete(conference) -> dict:
    """{language of the conference: number of sessions with a text that is not written in it}, in one query."""
    found = {code: Count("pk", filter=incomplete_in(code)) for code in conference.languages}
    return conference.sessions.aggregate(**found)
