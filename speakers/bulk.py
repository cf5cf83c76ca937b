"""Pages about many sessions at once: what will change, in words, and one button. They work with one session as well."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, override

from conference.admin_pages import admin_page, may, must
from conference.models import Conference
from conference.undo_button import offer_undo
from sessions.bulk import CHANGED_MANY, ChangedMeanwhile, Done, Wish, carry_out, planned
from sessions.edits import recorded, touched
from sessions.models import Session
from speakers.bulk_asked import keys_shown, token_of
from speakers.bulk_forms import CancelForm, ChangeForm, DuplicateForm
from speakers.bulk_pick import Picked, pick, ranges
from speakers.copying import copy_sessions

DUPLICATED = gettext_noop("Duplicated")
LIST = "admin:conference_sessions_session_changelist"


def may_edit(user, *more):
    """Whether somebody may change sessions, and has these permissions beside it."""
    return may(user, "conference_sessions.change_session", *more)


def change(request, keys=None):
    """Room, track, format, state, languages and times of many sessions."""
    must(may_edit(request.user))
    return ask(request, ChangeForm, keys, "change")


def cancel(request, keys=None):
    """What becomes of sessions that do not take place: marked, replaced, hidden; or brought back."""
    must(may_edit(request.user))
    return ask(request, CancelForm, keys, "cancel")


def ask(request, form_class, keys, name):
    picked = pick(request, keys)
    if picked is None:
        return HttpResponseRedirect(reverse(LIST))
    sent = "look" in request.POST or "go" in request.POST
    form = form_class(picked.conference, picked.sessions, request.POST if sent else None)
    wish = form.wish() if form.is_valid() else None
    act = go if wish and request.POST.get("go") else look
    try:
        return act(request, picked, form, wish, name)
    except OverflowError:
        form.add_error(None, _("A session would be moved further than a calendar reaches. Nothing was changed."))
        return look(request, picked, form, None, name)


def look(request, picked: Picked, form, wish, name, status=200):
    plan = planned(picked.conference, picked.keys, wish) if wish else None
    context = {
        "title": titles()[name],
        "form": form,
        "plan": plan,
        "nothing": sent_nothing(form, wish),
        "as_if": token_of(form, picked) if plan and plan.changed else "",
        "seen_few": len(keys_shown(picked)) if len(keys_shown(picked)) < len(picked.keys) else 0,
    }
    return page(request, picked, f"bulk_{name}.html", context, status)


def sent_nothing(form, wish):
    return form.is_bound and form.is_valid() and not wish


def go(request, picked, form, wish, name):
    try:
        done = carry_out(picked.conference, picked.keys, wish, request.user, request.POST["go"], form.said)
    except ChangedMeanwhile:
        messages.warning(request, _("Something was changed while you were reading. Nothing is done yet: look again."))
        return look(request, picked, form, wish, name, status=409)
    say_changed(request, done)
    return HttpResponseRedirect(picked.back)


def change_state(request, keys, state):
    """Make sessions public, or drafts, without a page in between. They may be of several conferences."""
    must(may_edit(request.user))
    with recorded(request.user, CHANGED_MANY) as step:
        found = Conference.objects.filter(sessions__in=keys).distinct()
        changed = [
            done for each in found for done in carry_out(each, keys, Wish({"state": state}), request.user).sessions
        ]
    say_changed(request, Done(changed, step.revision))


def say_changed(request, done: Done):
    count = len(done.sessions)
    words = ngettext("%(count)d session was changed.", "%(count)d sessions were changed.", count)
    messages.success(request, words % {"count": count})
    offer_undo(request, done.step)


def titles():
    return {
        "change": _("Change many sessions at once"),
        "cancel": _("Cancel, hide or bring back"),
        "duplicate": _("Duplicate"),
    }


def page(request, picked, template, context, status=200):
    about = {
        "opts": Session._meta,
        "picked": picked,
        "numbers": ranges(picked.keys),
        "back": picked.back,
        "conference": picked.conference,
    }
    return admin_page(request, template, about | context, status)


# --- Duplicating


def duplicate(request, keys=None):
    """Copies of sessions, as drafts in the same conference."""
    must(may_edit(request.user, "conference_sessions.add_session"))
    picked = pick(request, keys)
    if picked is None:
        return HttpResponseRedirect(reverse(LIST))
    form = DuplicateForm(picked.conference, picked.sessions, request.POST if "go" in request.POST else None)
    if not form.is_valid():
        return page(request, picked, "bulk_duplicate.html", {"title": titles()["duplicate"], "form": form})
    rows = Session.objects.filter(pk__in=picked.keys)
    with recorded(request.user, DUPLICATED) as step:
        copies = copy_sessions(rows, picked.conference, form.along(), marked_as_a_copy)
        touched(*copies)
    return say_duplicated(request, picked, copies, step.revision)


def marked_as_a_copy(title, language):
    with override(language):
        return _("%(title)s (copy)") % {"title": title}


def say_duplicated(request, picked, copies, step):
    count = len(copies)
    words = ngettext("%(count)d copy was made, as a draft.", "%(count)d copies were made, as drafts.", count)
    messages.success(request, words % {"count": count})
    offer_undo(request, step)
    if count == 1:
        return HttpResponseRedirect(reverse("admin:conference_sessions_session_change", args=[copies[0].pk]))
    return HttpResponseRedirect(picked.back)
