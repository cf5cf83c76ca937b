"""What the admin's templates ask the publishing desk for."""

from django import template

from programme.desk import desk_of
from sessions.problems import problems_of_session

register = template.Library()


@register.simple_tag(takes_context=True)
def desk(context):
    """The chosen conference and what waits to be published; None for who may not look."""
    request = context.get("request")
    return desk_of(request) if request else None


@register.inclusion_tag("admin/plenum/problems.html")
def session_problems(original):
    """What does not fit together about the session of a form; nothing for a new one."""
    return {"problems": problems_of_session(original) if original and original.pk else (), "original": original}
