"""How templates name filters and their choices. Needs `page` in the context."""

from django import template
from django.utils.translation import gettext_lazy

from programme import wording
from programme.templatetags.programme_tags import marked

register = template.Library()
FILTERS = {
    "track": gettext_lazy("Track"),
    "topic": gettext_lazy("Topic"),
    "format": gettext_lazy("Format"),
    "room": gettext_lazy("Room"),
    "language": gettext_lazy("Spoken in"),
    "follow": gettext_lazy("What can I follow?"),
    "access": gettext_lazy("Accessibility"),
}
ACCESS = {
    "captions": gettext_lazy("captions"),
    "sign": gettext_lazy("sign language"),
    "step-free": gettext_lazy("step-free access"),
}


@register.filter
def filter_name(name):
    return FILTERS[name]


@register.filter
def access_name(name):
    return ACCESS[name]


@register.simple_tag(takes_context=True)
def label(context, choice):
    """The words beside a box: a name, a language, or a kind of access."""
    if isinstance(choice.label, str):
        return ACCESS.get(choice.label) or wording.language_name(choice.label, context["page"].language)
    return marked(context, choice.label)


@register.simple_tag
def without(filters, name, choice):
    """The query string with one box unticked; "?" with none, so that it is an address of its own."""
    return filters.without(name, choice.value) or "?"
