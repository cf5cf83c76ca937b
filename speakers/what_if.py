"""The problems that a session would have if it were saved as its form stands: asked for while somebody writes."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from conference.admin_pages import must
from conference.chosen import conference_of
from sessions.models import Session
from sessions.problems import problems_if
from speakers.proposals import proposal_of


@require_POST
def what_if(request, pk=None):
    """A piece of a page: what does not fit together; empty where everything does."""
    stored = stored_session(request, pk)
    conference = conference_of(request, stored)
    if conference is None:
        raise Http404
    plan = proposal_of(request.POST, conference, stored)
    return render(
        request,
        "admin/plenum/problems.html",
        {"problems": problems_if(conference, plan), "original": plan.session, "is_proposal": True},
    )


def stored_session(request, pk):
    needed = "change" if pk else "add"
    must(request.user.has_perm(f"conference_sessions.{needed}_session"))
    return get_object_or_404(Session.objects.select_related("conference"), pk=pk) if pk else None
