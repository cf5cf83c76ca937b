"""How templates name a session for the visitor's own programme, and the release that a device may keep."""

import datetime as dt

from django import template

from programme import offline, picked, wording

register = template.Library()
register.filter("zone_name", wording.zone_name)
AN_EXAMPLE = dt.datetime(2000, 1, 1, 3, 45, tzinfo=dt.UTC)
AN_HOUR = dt.timedelta(hours=1)


@register.filter
def short(session) -> str:
    """The short id of a session."""
    return picked.short(session.uuid)


@register.simple_tag(takes_context=True)
def version(context) -> str:
    """What the page is made of; it changes with every release."""
    return offline.version(context["page"].programme)


@register.simple_tag(takes_context=True)
def clock_example(context) -> str:
    """A quarter to four at night, as the page's language writes it."""
    return wording.time(AN_EXAMPLE, context["page"].language)


@register.simple_tag(takes_context=True)
def hours_example(context) -> str:
    """From a quarter to four until a quarter to five."""
    return wording.time_range(AN_EXAMPLE, AN_EXAMPLE + AN_HOUR, context["page"].language)
