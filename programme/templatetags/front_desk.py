"""What the admin's start page asks for."""

from django import template

from programme.first_steps import first_steps
from programme.front_desk import front_desk_of

register = template.Library()


@register.simple_tag(takes_context=True)
def front_desk(context):
    """What to do next in the chosen conference; None for who may not look, and while there is no conference."""
    return front_desk_of(context["request"])


@register.simple_tag(takes_context=True)
def steps_without_a_conference(context):
    """The way to the first release, for who may begin it."""
    return first_steps(None, context["request"].user)
