"""Pieces of pages that stand on many of them, such as the card of a slot: each is made once for a programme and a language.

They are kept with the programme, and a release takes over those of the release before it that would be the same. So a
page of a thousand cards costs what is new in it.
"""

from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from programme.page import Page
from programme.values import Session, Slot
from programme.whole import Programme


def piece(page: Page, template: str, slot: Slot, **looks) -> SafeString:
    """A template about one slot, in the page's language. It may depend on the slot, on what releases told of its session,
    on `looks`, and on nothing else of the page: not on the time, nor on its query."""

    def render():
        context = {"page": page, "programme": page.programme, "slot": slot, **looks}
        return get_template(f"programme/{template}").template.render(Context(context)).encode()

    key = (template, page.language, page.prefix, *looks.items())
    piece = page.programme.kept(slot, key, render).decode()
    return mark_safe(piece)  # nosec B703 # what a template has rendered


def take_over(old: Programme, new: Programme):
    """Let a release have the pieces of the one before it, of all sessions that nothing happened to."""
    if facts(old) != facts(new):
        return
    for session in new.sessions + new.gone_sessions:
        was = old.with_uuid(session.uuid)
        if was == session and latest(old, was) == latest(new, session):
            parts = [part.uuid for part in session.parts + session.gone_parts]
            new.pieces.update({uuid: old.pieces[uuid] for uuid in parts if uuid in old.pieces})


def facts(programme: Programme):
    """What every piece of a programme depends on. All that an entry in a calendar shows besides makes each part another
    one where it changes (see programme/remember.py)."""
    return programme.slug, programme.languages, programme.timezone, programme.starts_on, programme.ends_on


def latest(programme: Programme, session: Session):
    """The newest news of a session, and when it was told."""
    return next(((told.published_at, news) for told, news in programme.news_of(session)), None)
