"""What the page that asks about a change shows of the public pages."""

from django import template

from programme.as_if import ways_as_if

register = template.Library()


@register.simple_tag
def seen_as_if(token, plan, conference):
    """[(words, address)] of pages as they would be."""
    return ways_as_if(token, plan, conference)
