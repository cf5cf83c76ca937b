"""Colours in lists: attributes of an SVG, since the content security policy allows no inline style."""

from django.utils.html import format_html


def square(colour):
    return format_html(
        '<svg class="swatch" width="14" height="14" aria-hidden="true"><rect width="14" height="14" fill="{}"/></svg>',
        colour,
    )


def swatch(colour):
    """A square of the colour, and the colour in figures."""
    return format_html("{} {}", square(colour), colour)
