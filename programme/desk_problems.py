"""All problems of a conference, and those that somebody has said are meant so."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conference.admin_pages import admin_page, must
from conference.chosen import chosen_conference
from conference.writers import name_of
from programme.desk import may_look
from sessions.known import KnownProblem, remember
from sessions.problems import Severity, all_problems_of, counted
from speakers.findings import findings_of

MEND = "conference_sessions.change_session"


def problems(request):
    """Every problem of the chosen conference, by kind, each leading to the form where it is mended."""
    must(may_look(request.user))
    conference = chosen_conference(request)
    if conference is None:
        return HttpResponseRedirect(reverse("admin:index"))
    found = findings_of(conference).problems
    groups = [(words, [problem for problem in found if problem.kind == kind]) for kind, words in counted(found)]
    context = {
        "title": _("Problems in “%(conference)s”") % {"conference": conference},
        "groups": groups,
        "number": len(found),
        "known": known(conference),
        "zone": conference.zone,
        "may_mend": request.user.has_perm(MEND),
    }
    return admin_page(request, "plenum/all_problems.html", context)


def known(conference):
    """[(problem, who said that it is meant so, when)] of those that are told no more."""
    rows = conference.known_problems.select_related("known_by")
    said = {row.identity: row for row in rows}
    found = all_problems_of(conference) if said else ()
    return [(p, name_of(row.known_by), row.created_at) for p in found if (row := said.get(p.identity))]


@require_POST
def know(request):
    """Tell of one problem no more, or of one again."""
    must(request.user.has_perm(MEND))
    conference = chosen_conference(request)
    there = {problem.identity: problem for problem in all_problems_of(conference)} if conference else {}
    problem = there.get(request.POST.get("problem"))
    if problem is None:
        messages.info(request, _("That has changed meanwhile, so it is looked at again."))
    elif "again" in request.POST:
        KnownProblem.objects.filter(conference=conference, identity=problem.identity).delete()
    elif problem.severity != Severity.BLOCKS:
        remember(problem, conference, request.user, list(there))
        messages.success(request, _("It is told no more, unless something about it changes."))
    return HttpResponseRedirect(reverse("problems"))
