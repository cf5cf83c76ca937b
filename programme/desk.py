"""The publishing desk: what staff see and do between editing and what the public reads."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext, ngettext

from conference.chosen import chosen_conference
from conference.models import Conference
from programme import addresses, wording
from programme.compare import compare
from programme.models import Release
from programme.publish import ChangedMeanwhile, forgetful, programme_of, publish, published, restore, seal
from programme.serve import render
from programme.take import take
from programme.told import told
from programme.waiting import Standing, live, standing_of
from programme.whole import Programme
from sessions.problems import problems_of

LOOK = (
    "programme.publish",
    "programme.view_release",
    "conference_sessions.view_session",
    "conference_sessions.change_session",
)
NOT_FOR_THE_PUBLIC = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}


def may_look(user) -> bool:
    return user.is_active and user.is_staff and any(user.has_perm(permission) for permission in LOOK)


def may_publish(user) -> bool:
    return user.is_active and user.is_staff and user.has_perm("programme.publish")


def must(allowed: bool):
    if not allowed:
        raise PermissionDenied


# --- The line on every page of the admin


@dataclass(frozen=True)
class Desk:
    conference: Conference
    conferences: list[Conference]  # to choose from
    standing: Standing
    may_publish: bool

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
    return Desk(conference, list(Conference.objects.all()), standing_of(conference), may_publish(user))


# --- Review and publish


def review(request, pk):
    """The changes that wait, in words, the problems, and the one button."""
    conference = get_object_or_404(Conference.objects.select_related("current_release"), pk=pk)
    must(may_look(request.user))
    return press(request, conference) if request.method == "POST" else show_review(request, conference)


def show_review(request, conference, note="", status=200):
    taken = take(conference)
    changes = compare(published(conference), taken)
    context = {
        "title": gettext("Publish “%(conference)s”") % {"conference": conference},
        "conference": conference,
        "release": conference.current_release,
        "number": len(changes),
        "groups": told(changes, conference),
        "problems": problems_of(conference),
        "seal": seal(conference, taken),
        "may_publish": may_publish(request.user),
        "note": note,
    }
    return page(request, "review.html", context, status)


def press(request, conference):
    must(may_publish(request.user))
    note = note_in(request)
    try:
        made = publish(conference, request.user, note, reviewed=request.POST.get("reviewed", ""))
    except ChangedMeanwhile:
        messages.warning(
            request,
            gettext(
                "Something was changed while you were reading. Nothing is published yet: look again, then publish."
            ),
        )
        return show_review(request, conference, note, status=409)
    if made is None:
        messages.info(request, gettext("Nothing has changed since the last release, so there was nothing to publish."))
        return HttpResponseRedirect(request.path)
    return say_published(request, made)


def note_in(request) -> str:
    """The note in a form, without what PostgreSQL cannot store (U+0000)."""
    return request.POST.get("note", "").replace("\0", "").strip()


def say_published(request, made: Release):
    words = gettext("Release {number} is published. {start}Look at the public page{end}.")
    link = format_html('<a href="{}">', front_of(programme_of(made)))
    messages.success(request, format_html(words, number=made.number, start=link, end=mark_safe("</a>")))
    return HttpResponseRedirect(reverse("admin:programme_release_change", args=[made.pk]))


# --- Releases


def show_release(request, pk):
    """What one release told the public that the one before it did not."""
    must(may_look(request.user))
    found = get_object_or_404(Release.objects.select_related("conference", "published_by"), pk=pk)
    before = found.conference.releases.filter(number__lt=found.number).order_by("-number").first()
    changes = compare(before and programme_of(before), programme_of(found))
    context = {
        "title": release_title(found),
        "release": found,
        "before": before,
        "is_public": found.conference.current_release_id == found.pk,
        "published": when(found, found.conference.zone),
        "groups": told(changes, found.conference),
        "look": release_prefix(found) + front_of(programme_of(found)),
        "may_publish": may_publish(request.user),
    }
    return page(request, "release.html", context)


def restore_release(request, pk):
    """Ask, and then publish an earlier release again."""
    must(may_publish(request.user))
    found = get_object_or_404(Release.objects.select_related("conference__current_release"), pk=pk)
    if request.method == "POST":
        made = restore(found, request.user, note_in(request))
        if made:
            return say_published(request, made)
        messages.info(request, gettext("The public reads just this already."))
        return HttpResponseRedirect(reverse("admin:programme_release_change", args=[pk]))
    changes = compare(published(found.conference), forgetful(programme_of(found)))
    context = {
        "title": gettext("Restore release %(number)s") % {"number": found.number},
        "release": found,
        "groups": told(changes, found.conference),
    }
    return page(request, "restore.html", context)


def release_title(release):
    return gettext("Release %(number)s of “%(conference)s”") % {
        "number": release.number,
        "conference": release.conference,
    }


def when(release, zone) -> str:
    """When a release was published, in words and in the conference's zone."""
    moment, language = release.published_at.astimezone(zone), get_language()
    return gettext("%(day)s, %(time)s") % {
        "day": wording.long_date(moment.date(), language),
        "time": wording.time(moment, language),
    }


def page(request, template, context, status=200):
    request.current_app = admin.site.name
    context = admin.site.each_context(request) | {"opts": Release._meta} | context
    return TemplateResponse(request, f"admin/plenum/{template}", context, status=status)


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
    said = {"number": number, "when": when(found, found.conference.zone)}
    banner = gettext(
        "This is release %(number)s, published on %(when)s. The public may read another one; only staff see this."
    )
    way_back = reverse("admin:programme_release_change", args=[found.pk])
    return shown(request, path, programme_of(found), release_prefix(found), banner % said, way_back)


def shown(request, path, programme, prefix, said, way_back):
    if not path:
        return HttpResponseRedirect(prefix + front_of(programme))
    words = '<span lang="{}">{} <a href="{}">{}</a></span>'  # in the language of staff, whatever that of the page
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
