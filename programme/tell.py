"""News of sessions in words."""

from django.utils.translation import gettext, override, pgettext

from programme import wording
from programme.whole import News, Programme, Spot


def kind(news: News) -> str:
    """ "new", "moved", "cancelled" … in the active language."""
    return {
        "added": pgettext("a session", "new"),
        "moved": pgettext("a session", "moved"),
        "cancelled": pgettext("a session", "cancelled"),
        "gone": pgettext("a session", "taken off the programme"),
        "back": pgettext("a session", "back on the programme"),
    }[news.kind]


def what(news: News, programme: Programme, language: str) -> str:
    """What happened, without the title: "moved, part 2: kl. 13.00–14.00, Storsalen → kl. 14.00–15.00, Biblioteket"."""
    with override(language):
        words = kind(news)
        if news.part:
            part = gettext("part %(number)s") % {"number": news.part}
            words = gettext("%(what)s, %(part)s") % {"what": words, "part": part}
        places = [spot(each, programme, language) for each in (news.before, news.after) if each]
        if not any(places):
            return words
        return gettext("%(what)s: %(words)s") % {"what": words, "words": " → ".join(places)}


def sentence(news: News, programme: Programme, language: str) -> str:
    """All of it, with the title first: “Sammen” – moved: …"""
    title = news.title.best(language, programme.language)[0]
    with override(language):
        return gettext("“%(title)s” – %(what)s") % {"title": title, "what": what(news, programme, language)}


def spot(spot: Spot, programme: Programme, language: str) -> str:
    words = []
    if spot.starts_at:
        start, end = spot.starts_at.astimezone(programme.zone), spot.ends_at.astimezone(programme.zone)
        words = [wording.times_of_date(start, end, language)]
    if spot.room:
        words.append(spot.room.best(language, programme.language)[0])
    with override(language):
        return ", ".join(words) or gettext("(no time yet)")
