"""How templates tell what releases have told of sessions. Needs `page` and `programme` in the context."""

from django import template
from django.utils.html import format_html

from programme import tell
from programme.templatetags.programme_tags import marked

register = template.Library()


@register.simple_tag(takes_context=True)
def latest_news(context, session):
    """(the release, what it told) of the newest news of a session; None where there is none."""
    return next(iter(context["programme"].news_of(session)), None)


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
