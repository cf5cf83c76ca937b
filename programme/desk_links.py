"""Preview links on the desk: made, listed and revoked by those who may share previews with people outside."""

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from conference.admin_pages import may, must
from conference.audit import Act, note
from conference.models import Conference
from conference.numbers import whole_number
from programme.desk import page, when
from programme.models import PreviewLink
from programme.preview_links import address_of, is_over

LIFETIMES = {"1": _("1 day"), "7": _("1 week"), "30": _("1 month")}  # days
MOST_SHOWN = 100


def may_share(user) -> bool:
    return may(user, "programme.share")


class LinkForm(forms.Form):
    """What a new link is to show, to whom, and for how long."""

    def __init__(self, *args, conference, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["session"].queryset = conference.sessions.all()

    session = forms.ModelChoiceField(
        label=_("What it shows"),
        queryset=None,
        required=False,
        empty_label=_("The whole conference, as the next release would be"),
        help_text=_(
            "One session: that page alone, also while it is a draft. Everything else is as the public reads it."
        ),
    )
    made_for = forms.CharField(
        label=_("For whom"),
        max_length=200,
        required=False,
        help_text=_("Only staff see this: “the minister’s office”."),
    )
    days = forms.ChoiceField(label=_("It works for"), choices=LIFETIMES.items(), initial="7")


@dataclass(frozen=True)
class Shown:
    """A link in words."""

    link: PreviewLink
    address: str  # "" for one that is over
    made: str
    expires: str
    used: str  # "" for one that nobody has used


def links(request, pk):
    """All links of a conference, and a form for a new one."""
    must(may_share(request.user))
    conference = get_object_or_404(Conference, pk=pk)
    form = LinkForm(request.POST or None, conference=conference, initial={"session": request.GET.get("session")})
    if request.method == "POST" and (done := revoke(request, conference) or make(request, conference, form)):
        return done
    now = timezone.now()
    found = conference.preview_links.select_related("conference", "session", "made_by")[:MOST_SHOWN]
    context = {
        "title": gettext("Preview links to “%(conference)s”") % {"conference": conference},
        "conference": conference,
        "form": form,
        "working": [shown(link) for link in found if not is_over(link, now)],
        "over": [shown(link) for link in found if is_over(link, now)],
    }
    return page(request, "links.html", context, status=400 if form.errors else 200)


def make(request, conference, form):
    if not form.is_valid():
        return None
    wanted = form.cleaned_data
    link = PreviewLink.objects.create(
        conference=conference,
        session=wanted["session"],
        made_for=wanted["made_for"],
        made_by=request.user,
        expires_at=timezone.now() + dt.timedelta(days=int(wanted["days"])),
    )
    note(Act.PREVIEW_MADE, number=link.pk, conference=str(conference))
    messages.success(request, gettext("The link is ready: copy it from the list, and send it."))
    return HttpResponseRedirect(f"{back(conference)}#link-{link.pk}")


def revoke(request, conference):
    """Let a link lead nowhere from now on; None where the form asks for something else."""
    named = whole_number(request.POST.get("revoke"))
    if named is None:
        return None
    if conference.preview_links.filter(pk=named, revoked_at=None).update(revoked_at=timezone.now()):
        note(Act.PREVIEW_REVOKED, number=named, conference=str(conference))
    messages.success(request, gettext("The link is revoked: it shows nothing any more."))
    return HttpResponseRedirect(back(conference))


def back(conference):
    return reverse("admin:programme_preview_links", args=[conference.pk])


def shown(link) -> Shown:
    zone = link.conference.zone
    return Shown(
        link,
        "" if is_over(link, timezone.now()) else address_of(link, get_language()),
        when(link.made_at, zone),
        when(link.expires_at, zone),
        when(link.last_used_at, zone) if link.last_used_at else "",
    )
