"""How templates name a session for the visitor's own programme."""

from django import template

from programme import picked

register = template.Library()


@register.filter
def short(session) -> str:
    """The short id of a session."""
    return picked.short(session.uuid)
