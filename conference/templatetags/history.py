"""What the pages of the history, and forms that several people write on, ask for."""

from django import template
from django.utils import formats, timezone

register = template.Library()


@register.filter
def moment(value, zone=None):
    """A moment in the zone of the conference, or else the server's: “24 November 2026 14:32”."""
    return formats.date_format(value.astimezone(zone or timezone.get_current_timezone()), "DATETIME_FORMAT")
