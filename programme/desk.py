"""The publishing desk: who may look, the line on every page of the admin, and the public pages as staff preview them."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext

from conference.admin_pages import admin_page, may, must
from conference.chosen import chosen_conference
from conference.models import Conference
from programme import addresses, wording
from programme.models import PlannedRelease, Release
from programme.planned import is_overdue, planned_of
from programme.publish import programme_of
from programme.serve import render
from programme.waiting import Standing, live, standing_of
from programme.whole import Programme

PUBLISH = "programme.publish"
LOOK = (
    PUBLISH,
    "programme.view_release",
    "conference_sessions.view_session",
    "conference_sessions.change_session",
)
NOT_FOR_THE_PUBLIC = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}


def may_look(user) -> bool:
    return any(may(user, permission) for permission in LOOK)


def may_publish(user) -> bool:
    return may(user, PUBLISH)


# --- The line on every page of the admin


@dataclass(frozen=True)
class Desk:
    conference: Conference
    conferences: list[Conference]  # to choose from
    standing: Standing
    may_publish: bool
    planned: PlannedRelease | None  # that waits for its moment

    @property
    def choices(self) -> list[tuple[Conference, str]]:
        """The conferences with their names; with the year where two have the same, as one and its copy."""
        names = Counter(map(str, self.conferences))
        return [
            (each, f"{each} ({each.starts_on:%Y})" if names[str(each)] > 1 else str(each)) for each in self.conferences
        ]

    @property
    def planned_for(self) -> str:
        return when(self.planned.due_at, self.conference.zone)

    @property
    def is_late(self) -> bool:
        return is_overdue(self.planned, timezone.now())

    @property
    def public_page(self) -> str:
        """The path of the public front page; "" before the first release."""
        return front_of(self.standing) if self.standing.slug else ""

    @property
    def preview(self) -> str:
        return preview_prefix(self.conference) + front_of(self.conference)


def desk_of(request) -> Desk | None:
    """None for who may not look, and while there is no conference."""
    user = getattr(request, "user", None)
    if not user or not may_look(user):
        return None
    conference = chosen_conference(request)
    if conference is None:
        return None
    conferences, standing = list(Conference.objects.all()), standing_of(conference)
    return Desk(conference, conferences, standing, may_publish(user), planned_of(conference))


def page(request, template, context, status=200):
    return admin_page(request, f"plenum/{template}", {"opts": Release._meta} | context, status)


def when(moment: dt.datetime, zone) -> str:
    """A moment in words and in the conference's zone."""
    moment, language = moment.astimezone(zone), get_language()
    return gettext("%(day)s, %(time)s") % {
        "day": wording.long_date(moment.date(), language),
        "time": wording.time(moment, language),
    }


# --- The public pages as they would be, and as they were


def preview(request, slug, path=""):
    """Any public page, as it would be if everything were published now."""
    must(may_look(request.user))
    conference = get_object_or_404(Conference, slug=slug)
    waiting = standing_of(conference).waiting
    banner = ngettext(
        "Preview. %(count)s change on these pages is not published; only staff see them.",
        "Preview. %(count)s changes on these pages are not published; only staff see them.",
        waiting,
    )
    way_back = reverse("admin:programme_release_review", args=[conference.pk])
    return shown(request, path, live(conference), preview_prefix(conference), banner % {"count": waiting}, way_back)


def look_at_release(request, slug, number, path=""):
    """Any public page, as it was in one release."""
    must(may_look(request.user))
    found = get_object_or_404(Release.objects.select_related("conference"), conference__slug=slug, number=number)
    said = {"number": number, "when": when(found.published_at, found.conference.zone)}
    banner = gettext(
        "This is release %(number)s, published on %(when)s. The public may read another one; only staff see this."
    )
    way_back = reverse("admin:programme_release_change", args=[found.pk])
    return shown(request, path, programme_of(found), release_prefix(found), banner % said, way_back)


def shown(request, path, programme, prefix, said, way_back):
    if not path:
        return HttpResponseRedirect(prefix + front_of(programme))
    link = ' <a href="{}">{}</a>' if way_back else ""
    words = f'<span lang="{{}}">{{}}{link}</span>'  # in the language of staff, whatever that of the page
    banner = format_html(words, get_language(), said, way_back, gettext("Back to publishing"))
    now = timezone.now().astimezone(dt.UTC)
    answer = render(f"/{path}", programme, prefix, banner, now, request.META["QUERY_STRING"])
    headers = {**answer.headers, **NOT_FOR_THE_PUBLIC, "Content-Type": answer.content_type}
    return HttpResponse(answer.body, status=answer.status, headers=headers)


def front_of(conference: Conference | Programme | Standing) -> str:
    """The path of a front page, in the language of staff where the conference has it."""
    language = get_language() if get_language() in conference.languages else conference.languages[0]
    return addresses.path("front", language, conference.slug)


def preview_prefix(conference):
    return reverse("preview", args=[conference.slug]).rstrip("/")


def release_prefix(release):
    return reverse("release_view", args=[release.conference.slug, release.number]).rstrip("/")
