"""The programme on other people's websites: a bare page for an iframe, the lines to paste, and oEmbed."""

import datetime as dt
import json
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from django.utils.html import escape
from django.utils.translation import gettext, override

from conference.numbers import whole_number
from programme import addresses, wording
from programme.days import Day
from programme.page import Answer, NotHere
from programme.whole import Programme

WIDTH, HEIGHT = 600, 600  # pixels, where the other site does not say


def days_of(programme: Programme, query: str) -> list[Day]:
    """The days that an address asks for with `day=2030-01-31` and `track=slug`, each with the slots that are left."""
    asked = dict(parse_qsl(query))
    days = [day for day in programme.days if asked.get("day", day.date.isoformat()) == day.date.isoformat()]
    track = asked.get("track")
    if track:
        days = [replace(day, slots=tuple(slot for slot in day.slots if is_in(slot, track))) for day in days]
    return [day for day in days if day.slots]


def is_in(slot, track):
    return slot.session.track is not None and slot.session.track.slug == track


def snippets(page) -> list[tuple[str, str]]:
    """[(what is shown, address of the page for the iframe)]: all of it, each day, each track."""
    programme, language = page.programme, page.language
    here = addresses.absolute(addresses.path("embed", language, programme.slug))
    with override(language):
        found = [(gettext("The whole programme"), here)]
        found += [(sentence(day.date, language), f"{here}?{urlencode({'day': day.date})}") for day in programme.days]
        found += [(page.words(t.name), f"{here}?{urlencode({'track': t.slug})}") for t in programme.tracks]
    return found


def sentence(day: dt.date, language):
    words = wording.long_date(day, language)
    return words[:1].upper() + words[1:]


def oembed(programmes, query: str) -> Answer:
    """The oEmbed (oembed.com, 1.0) of one of our addresses, as JSON. Raises NotHere for others."""
    asked = dict(parse_qsl(query))
    path = asked.get("url", "").removeprefix(addresses.absolute("/"))
    language, _slash, rest = path.partition("/")
    programme = next((p for p in programmes if p.slug == rest.partition("/")[0]), None)
    if programme is None or language not in programme.languages or asked.get("format", "json") != "json":
        raise NotHere
    width, height = (number(asked.get(name), most) for name, most in (("maxwidth", WIDTH), ("maxheight", HEIGHT)))
    src = addresses.absolute(addresses.path("embed", language, programme.slug))
    title = programme.name.best(language, programme.language)[0]
    found = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": title,
        "provider_url": addresses.absolute(addresses.path("front", language, programme.slug)),
        "width": width,
        "height": height,
        "html": f'<iframe src="{src}" title="{escape(title)}" width="{width}" height="{height}" loading="lazy"></iframe>',
    }
    return Answer(json.dumps(found, ensure_ascii=False).encode(), "application/json; charset=utf-8", max_age=3600)


def number(asked, most):
    said = whole_number(asked)
    return most if said is None else min(said, most)
