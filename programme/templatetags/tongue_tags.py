"""How a page says once that the programme is written in another language than its own, where each title would say it."""

from django import template

from programme.templatetags.programme_tags import note_of

register = template.Library()


@register.simple_tag(takes_context=True)
def borrowed(context) -> str:
    """In which language the titles of all sessions are, "in English", where none is in the page's own; "" otherwise."""
    page = context["page"]
    languages = set()
    for session in page.programme.sessions:
        _words, language = session.title.best(page.language, page.programme.language)
        if language == page.language:
            return ""
        languages.add(language)
    return note_of(languages.pop(), page.language) if len(languages) == 1 else ""
