"""What the admin's templates ask the publishing desk for."""

from django import template
from django.urls import reverse

from programme.desk import desk_of
from sessions.problems import Severity, problems_of_session

register = template.Library()


@register.simple_tag(takes_context=True)
def desk(context):
    """The chosen conference and what waits to be published; None for who may not look."""
    request = context.get("request")
    return desk_of(request) if request else None


@register.inclusion_tag("admin/plenum/session_problems.html", takes_context=True)
def session_problems(context, original):
    """What does not fit together about the session of a form, and where to ask while it is being written."""
    stored = original if original and original.pk else None
    may_write = context["request"].user.has_perm(f"conference_sessions.{'change' if stored else 'add'}_session")
    address = reverse("what_if", args=[stored.pk] if stored else []) if may_write else ""
    return {"problems": problems_of_session(stored) if stored else (), "original": original, "what_if": address}


@register.filter
def blocking(problems):
    """The problems that keep their session from being published."""
    return [problem for problem in problems if problem.severity == Severity.BLOCKS]
