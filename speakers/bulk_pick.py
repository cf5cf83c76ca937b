"""Which sessions a page is about: those ticked in the list, or one, on its form."""

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from conference.admin_lists import columns
from conference.models import Conference
from conference.numbers import whole_number
from sessions.models import Session

MOST = 20_000  # sessions; more are no conference


@dataclass(frozen=True)
class Picked:
    conference: Conference
    sessions: list[Session]  # with their state and title only
    back: str  # the address that staff came from, and go back to

    @property
    def keys(self) -> list[int]:
        return [session.pk for session in self.sessions]


def pick(request, keys=None) -> Picked | None:
    """The sessions with these primary keys, else those that the request names; None, and a message, where it cannot be."""
    keys = numbers(request.POST.get("sessions") or request.GET.get("sessions", "")) if keys is None else list(keys)
    found = Session.objects.filter(pk__in=keys).only("conference", "state", *columns(Session, "title"))
    sessions = list(found)
    conferences = {session.conference_id for session in sessions}
    if len(conferences) != 1:
        messages.warning(request, refusal(conferences))
        return None
    return Picked(Conference.objects.get(pk=conferences.pop()), sessions, back(request, sessions))


def refusal(conferences):
    if conferences:
        return _("Choose sessions of one conference: rooms, tracks and days are those of a conference.")
    return _("Choose at least one session. Nothing was changed.")


def back(request, sessions):
    """The list as it was filtered, or the form of the one session."""
    if request.POST.get("from") == "form" or (request.GET.get("sessions") and len(sessions) == 1):
        return reverse("admin:conference_sessions_session_change", args=[sessions[0].pk])
    asked = QueryDict(request.POST.get("filters") or request.META["QUERY_STRING"])
    query = asked.urlencode()
    return reverse("admin:conference_sessions_session_changelist") + (f"?{query}" if query else "")


def ranges(keys) -> str:
    """Whole numbers as a short text: "3-7,9"."""
    runs = groupby(enumerate(sorted(keys)), lambda pair: pair[1] - pair[0])
    found = ([key for _place, key in run] for _distance, run in runs)
    return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in found)


def numbers(text: str) -> list[int]:
    """The whole numbers of such a text, at most MOST of them; nothing of what is not one."""
    found = set()
    for piece in text.split(",")[:MOST]:
        written, _dash, end = piece.partition("-")
        first, last = whole_number(written), whole_number(end or written)
        if first is not None and last is not None:
            found.update(range(first, min(last, first + MOST) + 1))
    return sorted(found)[:MOST]
