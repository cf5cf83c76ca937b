"""How templates tell what releases have told of sessions. Needs `page` and `programme` in the context."""

from django import template
from django.utils.html import format_html

from programme import tell
from programme.news import is_late
from programme.templatetags.programme_tags import marked

register = template.Library()


@register.simple_tag(takes_context=True)
def news_mark(context, session, part=0):
    """A word for the newest news of a session, or of one of its parts by number: for everybody when it came late,
    otherwise for those who have not been here since. "" where that it is cancelled stands there anyhow."""
    programme = context["programme"]
    found = [(told, news) for told, news in programme.news_of(session) if not (part and news.part) or news.part == part]
    if not found or session.is_cancelled:
        return ""
    told, news = found[0]
    when = "" if is_late(told, programme) else format_html(' hidden data-told="{}"', told.published_at.isoformat())
    return format_html('<strong class="mark news-mark"{}>{}</strong>', when, tell.kind(news))


@register.simple_tag
def news_kind(news):
    return tell.kind(news)


@register.simple_tag(takes_context=True)
def news_what(context, news):
    """What happened beside its kind: where the part was and is."""
    page = context["page"]
    words = tell.what(news, page.programme, page.language).removeprefix(tell.kind(news))
    return words if news.part or news.before or news.after else ""


@register.simple_tag(takes_context=True)
def news_session(context, news):
    """The title that was told, leading to the session where it still has a page."""
    page = context["page"]
    session = page.programme.with_uuid(news.session)
    if session is None:
        return marked(context, news.title)
    return format_html('<a href="{}">{}</a>', page.url("session", slug=session.slug), marked(context, news.title))
