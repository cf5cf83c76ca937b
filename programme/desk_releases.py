"""Releases on the desk: what each told the public, any two side by side, and one of them published again."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from conference.admin_pages import must
from conference.language_names import own_name
from conference.numbers import whole_number
from programme.compare import compare
from programme.desk import front_of, may_look, may_publish, page, release_prefix, when
from programme.models import Release
from programme.notes import notes_in
from programme.publish import forgetful, programme_of, published, restore
from programme.told import told


def show_release(request, pk):
    """What one release told the public that the one before it, or another one that is asked for, did not."""
    must(may_look(request.user))
    found = get_object_or_404(Release.objects.select_related("conference", "published_by"), pk=pk)
    others = found.conference.releases.exclude(pk=pk).order_by("-number").defer("programme", "note")
    before = asked_for(request, others) or others.filter(number__lt=found.number).first()
    programme = programme_of(found)
    changes = compare(before and programme_of(before), programme)
    context = {
        "title": release_title(found),
        "release": found,
        "before": before,
        "others": others,
        "is_public": found.conference.current_release_id == found.pk,
        "was_planned": hasattr(found, "plan"),
        "published": when(found.published_at, found.conference.zone),
        "notes": notes_of(programme),
        "number": len(changes),
        "groups": told(changes, found.conference),
        "look": release_prefix(found) + front_of(programme),
        "may_publish": may_publish(request.user),
    }
    return page(request, "release.html", context)


def asked_for(request, others):
    """The release that staff want to compare with; None where they say none, or one that is not there."""
    number = whole_number(request.GET.get("compare"))
    return None if number is None else others.filter(number=number).first()


def notes_of(programme):
    """[(language, its name, words)] of the note that a release gave to the public."""
    note = programme.history[0].note if programme.history else {}
    return [(code, own_name(code), note[code]) for code in programme.languages if code in note]


def restore_release(request, pk):
    """Ask, and then publish an earlier release again."""
    must(may_publish(request.user))
    found = get_object_or_404(Release.objects.select_related("conference__current_release"), pk=pk)
    notes = notes_in(request, found.conference)
    if request.method == "POST" and not notes.problem:
        made = restore(found, request.user, notes.words)
        if made:
            return say_published(request, made)
        messages.info(request, gettext("The public reads just this already."))
        return HttpResponseRedirect(reverse("admin:programme_release_change", args=[pk]))
    changes = compare(published(found.conference), forgetful(programme_of(found)))
    context = {
        "title": gettext("Restore release %(number)s") % {"number": found.number},
        "release": found,
        "published": when(found.published_at, found.conference.zone),
        "notes": notes,
        "number": len(changes),
        "groups": told(changes, found.conference),
    }
    return page(request, "restore.html", context, status=400 if notes.problem else 200)


def say_published(request, made: Release):
    words = gettext("Release {number} is published. {start}Look at the public page{end}.")
    link = format_html('<a href="{}">', front_of(programme_of(made)))
    messages.success(request, format_html(words, number=made.number, start=link, end=SafeString("</a>")))
    return HttpResponseRedirect(reverse("admin:programme_release_change", args=[made.pk]))


def release_title(release):
    return gettext("Release %(number)s of “%(conference)s”") % {
        "number": release.number,
        "conference": release.conference,
    }
