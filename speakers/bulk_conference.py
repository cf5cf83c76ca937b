"""The page that copies a conference to next year."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from conference.admin_pages import admin_page, must
from conference.chosen import KEY
from conference.language_names import own_name
from conference.models import YEARS, Conference
from conference.undo_button import offer_undo
from speakers.bulk import may_edit
from speakers.copy_conference import (
    DRAFTS,
    HEADINGS,
    NO_SESSIONS,
    UNSCHEDULED,
    Coming,
    a_year_later,
    copy_conference,
    names_for,
)

NEEDED = (
    "conference.add_conference",
    "conference.add_room",
    "conference_sessions.add_session",
    "conference_sessions.add_track",
    "conference_sessions.add_topic",
    "conference_sessions.add_format",
)


class CopyForm(forms.Form):
    starts_on = forms.DateField(
        label=gettext_lazy("first day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("It lasts as many days as this one. Everything keeps its place among the days."),
    )
    rooms = forms.BooleanField(required=False, initial=True, label=gettext_lazy("rooms"))
    tracks = forms.BooleanField(required=False, initial=True, label=gettext_lazy("tracks"))
    topics = forms.BooleanField(required=False, initial=True, label=gettext_lazy("topics"))
    formats = forms.BooleanField(required=False, initial=True, label=gettext_lazy("formats"))
    sessions = forms.ChoiceField(label=gettext_lazy("Sessions"), widget=forms.RadioSelect, initial=DRAFTS)
    cancelled = forms.BooleanField(required=False, label=gettext_lazy("sessions that were cancelled, too"))
    people = forms.BooleanField(
        required=False,
        initial=True,
        label=gettext_lazy("people on stage"),
        help_text=gettext_lazy("People are shared: nobody is entered twice, and a correction applies everywhere."),
    )
    questions = forms.BooleanField(required=False, initial=True, label=gettext_lazy("questions for the discussion"))
    materials = forms.BooleanField(required=False, label=gettext_lazy("materials; files are copied"))

    def __init__(self, old, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.old, starts_on = old, a_year_later(old.starts_on)
        self.initial |= {"starts_on": starts_on}
        names = names_for(old, starts_on)
        for code in old.languages:
            field = forms.CharField(required=False, max_length=200, label=own_name(code), initial=names.get(code, ""))
            field.widget.attrs |= {"lang": code, "class": "vTextField"}
            self.fields[f"name_{code}"] = field
        self.fields["sessions"].choices = [
            (DRAFTS, _("As drafts, at the same times on the new days")),
            (UNSCHEDULED, _("As drafts, without times and rooms")),
            (NO_SESSIONS, _("Leave them behind")),
        ]

    @property
    def names(self):
        return [self[f"name_{code}"] for code in self.old.languages]

    @property
    def headings(self):
        return [self[name] for name in HEADINGS]

    def clean(self):
        cleaned = super().clean()
        if not any(self.said_names().values()):
            raise ValidationError(_("Give the new conference a name in at least one language."))
        starts_on = cleaned.get("starts_on")
        if starts_on and starts_on.year not in YEARS:
            self.add_error("starts_on", _("There is no such year in our calendar."))
        return cleaned

    def said_names(self):
        return {code: self.cleaned_data.get(f"name_{code}", "") for code in self.old.languages}

    def coming(self) -> Coming:
        said = self.cleaned_data
        names = ("sessions", "cancelled", "people", "questions", "materials")
        return Coming(frozenset(name for name in HEADINGS if said[name]), **{name: said[name] for name in names})


def copy(request, pk):
    """Ask for the name, the first day and what comes along; then make the conference."""
    must(may_edit(request.user, *NEEDED))
    old = get_object_or_404(Conference, pk=pk)
    form = CopyForm(old, request.POST if request.method == "POST" else None)
    if form.is_valid():
        return copied(request, old, form)
    context = {
        "title": _("Copy “%(conference)s”") % {"conference": old},
        "opts": Conference._meta,
        "old": old,
        "form": form,
        "count": old.sessions.count(),
    }
    return admin_page(request, "bulk_conference.html", context)


def copied(request, old, form):
    made = copy_conference(
        old, form.cleaned_data["starts_on"], form.said_names(), coming=form.coming(), by=request.user
    )
    request.session[KEY] = made.conference.pk
    count = len(made.sessions)
    words = ngettext(
        "“%(conference)s” was made, with %(count)d session as a draft. You are working on it now.",
        "“%(conference)s” was made, with %(count)d sessions as drafts. You are working on it now.",
        count,
    )
    messages.success(request, words % {"conference": made.conference, "count": count})
    offer_undo(request, made.step)
    return HttpResponseRedirect(reverse("admin:conference_conference_change", args=[made.conference.pk]))
