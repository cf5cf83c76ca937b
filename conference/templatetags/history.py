"""What the pages of the history, and forms that several people write on, ask for."""

import datetime as dt

from django import template
from django.utils import timezone

from conference.clock import date_and_time, time_of_day
from conference.made_once import word_of
from conference.presence import in_words, others_at
from conference.writers import name_of

register = template.Library()
register.filter(name_of)


@register.filter
def moment(value, zone=None):
    """A moment in the zone of the conference, or else the server's: “24 November 2026, 14:32”."""
    return date_and_time(value.astimezone(zone or timezone.get_current_timezone()))


@register.simple_tag
def clock_example() -> str:
    """A quarter to four at night, as the page's language writes it."""
    return time_of_day(dt.time(3, 45))


@register.simple_tag(takes_context=True)
def others_here(context, about):
    """Who else has the form open, in words; "" for nobody."""
    return in_words(others_at(about, context["request"].user))


@register.simple_tag(takes_context=True)
def draft_key(context):
    """The word that a browser made for the text of this form, when it was sent before."""
    return word_of(context["request"])
