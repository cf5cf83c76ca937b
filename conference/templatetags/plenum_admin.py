"""What the admin's templates ask for."""

from django import template
from django.conf import settings

from conference.admin_languages import languages_in_order
from conference.chosen import chosen_conference, conference_of
from conference.language_names import own_name

register = template.Library()
FIRST_APPS = ["conference_sessions", "speakers", "conference", "programme"]
FIRST_MODELS = ["Session", "Person", "Conference", "Room", "Track", "Topic", "Format"]


def place(names, name):
    return names.index(name) if name in names else len(names)


@register.filter
def work_first(app_list):
    """The admin's list of apps with the daily work first, and sessions before the words they are sorted by."""
    apps = sorted(app_list, key=lambda app: place(FIRST_APPS, app["app_label"]))
    return [
        app | {"models": sorted(app["models"], key=lambda model: place(FIRST_MODELS, model["object_name"]))}
        for app in apps
    ]


@register.simple_tag(takes_context=True)
def working_on(context):
    """The conference that staff have chosen; None without a request or a conference."""
    request = context.get("request")
    return chosen_conference(request) if request else None


@register.simple_tag(takes_context=True)
def form_languages(context, original=None):
    """[(code, name)] of the languages of a form, those of its conference first."""
    conference = original if hasattr(original, "languages") else conference_of(context["request"], original)
    return [(code, own_name(code)) for code in languages_in_order(conference)]


@register.simple_tag
def site_languages():
    return settings.LANGUAGES


@register.filter
def in_order(inline_formset):
    """The rows of a list, in the order in which they are seen; without the empty one that new rows are made from."""
    rows = [row for row in inline_formset if "__prefix__" not in row.form.prefix]
    return sorted(rows, key=lambda row: row.form.place())


@register.filter
def new_row(inline_formset):
    """The empty row that new rows are made from; None for who may not add any."""
    return next((row for row in inline_formset if "__prefix__" in row.form.prefix), None)


@register.filter
def split_words(words):
    return words.split()


@register.filter
def with_zone(text, conference):
    """The text with the name of the conference's time zone: “Europe/Oslo”."""
    return str(text) % {"zone": conference.timezone.replace("_", " ")}


@register.filter
def has_languages(adminform):
    return any(hasattr(field, "language") for field in adminform.form.fields.values())


@register.filter
def is_written(fieldset):
    """Whether a part of a form that can be folded has to be seen: something is written in it, or is wrong."""
    fields = [field for line in fieldset for field in line if hasattr(field.field, "value")]
    return any(field.field.value() or field.field.errors for field in fields)


@register.filter
def in_languages(line):
    """Whether a line of a form holds one field in several languages."""
    return all(hasattr(getattr(field.field, "field", None), "language") for field in line)


@register.filter
def first_field(line):
    """The first field of a line of a form, as it is shown."""
    return next(iter(line)).field


@register.filter
def was_sent(field):
    """Whether a file was sent with the form that is now shown again: browsers do not keep it."""
    return not field.is_readonly and field.field.html_name in field.field.form.files


@register.filter
def sends_files(adminform):
    """Whether a form has a place for files."""
    return adminform.form.is_multipart()
