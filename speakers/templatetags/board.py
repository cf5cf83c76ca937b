"""What the templates of the board ask for."""

from django import template

register = template.Library()


@register.filter
def of(values, key):
    """What a dictionary holds for a key; "" where it holds nothing."""
    return values.get(key, "")
