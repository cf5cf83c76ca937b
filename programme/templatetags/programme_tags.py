"""How public templates show values. Needs `page` in the context."""

import json
from functools import lru_cache
from urllib.parse import urlencode

import segno
from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from programme import addresses, markup, theme, wording
from programme.values import SIBLINGS

register = template.Library()
LATER, AT_ONCE = SafeString(' loading="lazy" decoding="async"'), SafeString(' fetchpriority="high"')
IN_SCRIPT = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


# --- Words


def note_of(code, language):
    """Says that words are not in the page's language: "in Norwegian"; between bokmål and nynorsk, which of them."""
    written = {"nb": pgettext("language", "bokmål"), "nn": pgettext("language", "nynorsk")}
    name = written[code] if SIBLINGS.get(language) == code else wording.language_name(code, language)
    return pgettext("note beside words in another language", "in %(language)s") % {"language": name}


def best(context, text):
    page = context["page"]
    return text.best(page.language, page.programme.language)


@register.simple_tag(takes_context=True)
def text(context, value):
    """The words in the page's language, or in the best other one, marked with it."""
    words, language = best(context, value)
    return words if language == context["page"].language else noted(words, language, context["page"].language)


@lru_cache(maxsize=4096)
def noted(words, language, page_language):
    note = note_of(language, page_language)
    return format_html('<span lang="{}">{}</span> <small class="tongue">{}</small>', language, words, note)


@register.simple_tag(takes_context=True)
def words(context, value):
    """The words alone, for a title, an attribute, or where a note would be too much."""
    return best(context, value)[0]


@register.simple_tag(takes_context=True)
def marked(context, value):
    """The words with their language in the markup, and no visible note: beside others that carry it."""
    words, language = best(context, value)
    return words if language == context["page"].language else in_language(words, language)


@lru_cache(maxsize=4096)
def in_language(words, language):
    return format_html('<span lang="{}">{}</span>', language, words)


@register.simple_tag(takes_context=True)
def prose(context, value, css="prose"):
    """A Markdown text as HTML, with a note above it when it is in another language than the page."""
    words, language = best(context, value)
    if not words:
        return ""
    cleaned = markup.html(words)
    body = mark_safe(cleaned)  # nosec B703 # nh3 has cleaned it
    if language == context["page"].language:
        return format_html('<div class="{}">{}</div>', css, body)
    note = format_html('<p class="tongue">{}</p>', note_of(language, context["page"].language).capitalize())
    return format_html('{}<div class="{}" lang="{}">{}</div>', note, css, language, body)


@register.simple_tag(takes_context=True)
def description(context, *values):
    """The first of some texts that has words, shortened for search results."""
    for value in values:
        words = markup.text(best(context, value)[0]) if value else ""
        if words:
            return markup.shortened(words, 155)
    return ""


@lru_cache(maxsize=1024)
def language_names(codes, language):
    return wording.language_names(codes, language)


@register.simple_tag(takes_context=True)
def in_languages(context, codes):
    """Language names in a row: "norsk, engelsk"."""
    return language_names(tuple(codes), context["page"].language)


@register.simple_tag(takes_context=True)
def language_name(context, code):
    """A language as it stands within a sentence: "norsk"."""
    return language_names((code,), context["page"].language)


# --- Addresses


@register.simple_tag(takes_context=True)
def address(context, name, **kwargs):
    return context["page"].url(name, **kwargs)


@register.simple_tag(takes_context=True)
def webcal(context, name, **kwargs):
    """The address that calendar apps subscribe to."""
    page = context["page"]
    return (
        "webcal:"
        + addresses.absolute(addresses.path(name, page.language, page.programme.slug, **kwargs)).partition(":")[2]
    )


@register.simple_tag
def site_address(name, language, conference=None):
    return addresses.path(name, language, conference)


@register.simple_tag
def public(path):
    return addresses.absolute(path)


@register.simple_tag(takes_context=True)
def stylesheet(context):
    """The address of the stylesheet of a programme's pages; it changes when the stylesheet does."""
    page = context["page"]
    return page.url("style", version=theme.version(page.programme))


# --- Times, in the conference's zone


def here(context, moment):
    return moment.astimezone(context["page"].programme.zone)


@lru_cache(maxsize=4096)
def time_in(zone, language, moment):
    """A big day shows the same few moments many times."""
    return wording.time(moment.astimezone(zone), language)


@lru_cache(maxsize=4096)
def hours_in(zone, language, start, end):
    return wording.time_range(start.astimezone(zone), end.astimezone(zone), language)


@register.simple_tag(takes_context=True)
def clock(context, moment):
    return time_in(context["page"].programme.zone, context["page"].language, moment)


@register.simple_tag(takes_context=True)
def hours(context, part):
    """The time range of a part, such as kl. 13.00–14.30."""
    page = context["page"]
    return hours_in(page.programme.zone, page.language, part.starts_at, part.ends_at)


@register.simple_tag(takes_context=True)
def date_of(context, moment):
    return wording.long_date(here(context, moment).date(), context["page"].language)


@register.simple_tag(takes_context=True)
def long_date(context, day):
    return wording.long_date(day, context["page"].language)


@register.simple_tag(takes_context=True)
def short_date(context, day):
    return wording.short_date(day, context["page"].language)


@register.simple_tag(takes_context=True)
def length(context, part):
    return wording.duration(part.minutes, context["page"].language)


@register.simple_tag
def date_range(programme, language):
    return wording.date_range(programme.starts_on, programme.ends_on, language)


@lru_cache(maxsize=4096)
def iso_in(zone, moment):
    return moment.astimezone(zone).isoformat(timespec="minutes")


@register.simple_tag(takes_context=True)
def iso(context, moment):
    return iso_in(context["page"].programme.zone, moment)


# --- Pictures


@register.simple_tag(takes_context=True)
def picture(context, value, sizes="100vw", css="", lazy=True):
    """An <img> in fitting sizes; its alternative text in the best language."""
    alt, language = best(context, value.alt)
    srcset = ", ".join(f"{settings.MEDIA_URL}{name} {width}w" for width, name in value.sizes)
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}{}{}>',
        settings.MEDIA_URL + value.sizes[0][1],
        srcset,
        sizes,
        value.width,
        value.height,
        alt,
        format_html(' lang="{}"', language) if alt and language != context["page"].language else "",
        format_html(' class="{}"', css) if css else "",
        LATER if lazy else AT_ONCE,
    )


@register.simple_tag
def name_in(programme, language):
    """A conference's name on a page that is not its own."""
    words, spoken = programme.name.best(language, programme.language)
    return words if spoken == language else format_html('<span lang="{}">{}</span>', spoken, words)


# --- Addresses for other programs


@register.simple_tag(takes_context=True)
def absolute_address(context, name, **kwargs):
    page = context["page"]
    return addresses.absolute(addresses.path(name, page.language, page.programme.slug, **kwargs))


@register.simple_tag
def query_string(**values):
    return urlencode(values)


@register.simple_tag
@lru_cache(maxsize=1024)  # a release leaves most addresses alone
def qr(address):
    """An address as a QR code."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(scale=4, border=2, svgclass="qr", lineclass=None, omitsize=False)
    return mark_safe(svg)  # nosec B703 # numbers alone


@register.simple_tag
def json_data(value):
    """A value as JSON that can stand inside a <script> element."""
    escaped = json.dumps(value, ensure_ascii=False).translate(IN_SCRIPT)
    return mark_safe(escaped)  # nosec B703 # without < > &
