"""Which of the conferences staff are working on."""

from django.contrib import messages
from django.contrib.admin.views.decorators import staff_member_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conference.models import Conference
from conference.numbers import whole_number
from conference.ways_on import way_on

KEY = "conference"


def chosen_conference(request):
    """The Conference that staff chose to work on, else the current one, else the newest; None while there is none."""
    if not hasattr(request, "_chosen_conference"):
        request._chosen_conference = choice_of(request) or default_conference()
    return request._chosen_conference


def choice_of(request):
    chosen = request.session.get(KEY) if hasattr(request, "session") else None
    return Conference.objects.filter(pk=chosen).first() if chosen else None


def default_conference():
    return Conference.objects.order_by("-is_current", "-starts_on", "-pk").first()


def conference_of(request, row=None):
    """The Conference that a form is about: the row's own, the one the form names, or the chosen one; None without any."""
    if row is not None and getattr(row, "conference_id", None):
        return row.conference
    named = whole_number(request.POST.get(KEY) or request.GET.get(KEY))
    return (named and Conference.objects.filter(pk=named).first()) or chosen_conference(request)


@staff_member_required
@require_POST
def choose(request):
    """Work on the conference named in the form, and go on where `next` says."""
    conference = get_object_or_404(Conference, pk=whole_number(request.POST.get(KEY)) or 0)
    request.session[KEY] = conference.pk
    messages.info(request, _("You are now working on “%(conference)s”.") % {"conference": conference})
    return HttpResponseRedirect(way_on(request, request.POST.get("next"), reverse("admin:index")))
