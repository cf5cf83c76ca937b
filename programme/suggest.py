"""What a search field suggests: whatever has a page, by its name. The browser chooses; see static/modules/suggest.js."""

import json

from django.utils import translation
from django.utils.translation import gettext

from conference.slugs import LETTERS
from programme import wording
from programme.page import Answer, Page
from programme.values import NOTHING, Session, Text

KINDS = ("track", "topic", "room", "person", "session")  # the few before the many


def suggestions_json(page: Page) -> Answer:
    """{"letters": {letter: what it is folded to}, "kinds": [[word, address with {slug}]], "things": [see told()]}."""
    programme = page.programme
    with translation.override(page.language):
        words = (gettext("Track"), gettext("Topic"), gettext("Room"), gettext("Person"), gettext("Session"))
    addresses = [page.url(kind, slug="slug").replace("/slug/", "/{slug}/") for kind in KINDS]
    of_each_kind = (programme.tracks, programme.topics, programme.rooms, programme.people, programme.sessions)
    body = {
        "letters": {chr(letter): folded for letter, folded in LETTERS.items()},
        "kinds": list(zip(words, addresses, strict=True)),
        "things": [told(page, number, thing) for number, things in enumerate(of_each_kind) for thing in things],
    }
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Answer(text.encode(), "application/json; charset=utf-8")


def told(page, number, thing) -> list:
    """[number of the kind, slug, name, the name's language where that is not the page's, a line about it, other words]"""
    if isinstance(thing, Session):
        name, line = thing.title, when(page, thing)
        others = [thing.subtitle, *(part.title for part in thing.parts)]
        names = [person.name for person in thing.people]
    elif KINDS[number] == "person":
        name, line = Text({page.language: thing.name}), page.words(thing.organisation)
        others, names = [thing.organisation], []
    else:
        name, line, others, names = thing.name, "", [], []
    words, language = name.best(page.language, page.programme.language)
    more = {text for each in (name, *others) for text in each.values() if text not in (words, line)}
    return [
        number,
        thing.slug,
        words,
        "" if language == page.language else language,
        line,
        " ".join(sorted(more) + names),
    ]


def when(page, session: Session) -> str:
    """Where and when a session begins, in words."""
    with translation.override(page.language):
        if session.is_cancelled:
            return gettext("Cancelled")
        if not session.is_scheduled:
            return gettext("Time to be announced")
    slot = min((slot for slot in session.slots if slot.part.is_scheduled), key=lambda slot: slot.starts_at)
    moment = wording.time_of_date(slot.starts_at.astimezone(page.programme.zone), page.language)
    room = page.words(slot.room.name if slot.room else NOTHING)
    return f"{moment} · {room}" if room else moment
