"""The public views: find the value, render it. No database, no clock, no request."""

import itertools
from dataclasses import replace
from urllib.parse import parse_qsl

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from conference.safety import FOR_OTHER_SITES
from programme import addresses, card, machines, theme
from programme import embed as embeds
from programme.collation import first_letter, sort_key
from programme.days import Day
from programme.filters import chosen, places_of
from programme.glance import glance
from programme.grid import grid_of
from programme.page import SECONDS_FRESH, Answer, NotHere
from programme.search import MOST_LETTERS
from programme.search import search as find
from programme.stored import published_about

VIEWS = ("list", "grid", "print")
MOST_IN_BOTH_VIEWS = 150  # slots; a page of more days holds the list alone, and each day's page the grid


def home(programmes, language, now, query):
    """Never called: the way to the current conference depends on the visitor; see middleware.py."""
    return conferences(programmes, language, now, query)


def conferences(programmes, language, now, query):
    """All conferences that have been published."""
    alternates = [(code, name, addresses.path("conferences", code, None)) for code, name in settings.LANGUAGES]
    context = {"programmes": programmes, "language": language, "alternates": alternates}
    with translation.override(language):
        body = render_to_string("programme/conferences.html", context)
    return Answer(body.encode())


def front(page):
    at_a_glance = glance(page.programme)
    can_follow = at_a_glance.can_be_followed_in(page.language)
    moment = page.programme.at(page.now)
    data = machines.whole_conference(page)
    return page.html("front.html", moment=moment, glance=at_a_glance, can_follow=can_follow, data=data)


def programme(page):
    return programme_of(page, page.programme.days)


def day(page, day):
    programme = page.programme
    found = next((found for found in programme.days if found.date == day), None)
    if not found and not programme.starts_on <= day <= programme.ends_on:
        raise NotHere
    return programme_of(page, [found] if found else [], found or Day(day, 0, ()))


def programme_of(page, days, on=None):
    """The programme of some days, as far as the filters in the query string let it through."""
    view = view_of(page.query)
    picked = chosen(page.programme, page.query, view)
    shown = [(day, tuple(s for s in day.slots if picked.passes((s.session, s.room)))) for day in days]
    shown = [(day, slots) for day, slots in shown if slots]
    number = sum(len(slots) for _day, slots in shown)
    unscheduled = () if on else [s for s in page.programme.unscheduled if picked.passes((s, None))]
    places = [(slot.session, slot.room) for day in ([on] if on else page.programme.days) for slot in day.slots]
    has_grid = view == "grid" or (not view and (on or number <= MOST_IN_BOTH_VIEWS))
    return page.html(
        "programme.html",
        days=() if view == "grid" else [replace(day, slots=slots) for day, slots in shown],
        grids=[grid_of(page.programme, day, slots) for day, slots in shown] if has_grid else (),
        view=view,
        list_query=picked.query_in("list"),
        grid_query=picked.query_in("grid"),
        print_query=picked.query_in("print"),
        on=on,
        unscheduled=unscheduled,
        filters=picked,
        boxes=boxes(picked, places),
        number=number + len(unscheduled),
    )


def view_of(query) -> str:
    """How the programme is to be shown: one of VIEWS, or "" for what fits the screen."""
    asked = dict(parse_qsl(query)).get("view", "")
    return asked if asked in VIEWS else ""


def boxes(picked, places):
    """[(filter name, [(choice, is ticked, how many slots it would show)])]"""
    found = []
    for each in picked.filters:
        left = [place for place in places if picked.passes(place, except_for=each.name)] if picked else places
        counts = each.counts(left)
        rows = [(c, c.value in picked.ticked[each.name], counts[c.value]) for c in each.choices]
        found.append((each.name, [row for row in rows if row[1] or row[2]]))
    return [(name, rows) for name, rows in found if rows]


def search(page):
    asked = dict(parse_qsl(page.query)).get("q", "").strip()[:MOST_LETTERS]
    return page.html("search.html", asked=asked, found=find(page.programme, asked))


def session(page, slug):
    found = page.find("session", slug)
    before, meanwhile, after = page.neighbours(found)
    news = page.programme.news_of(found)
    return page.html(
        "session.html",
        session=found,
        replacement=page.programme.with_uuid(found.replaced_by),
        before=before,
        meanwhile=meanwhile,
        after=after,
        news=news,
        data=machines.event(page, found),
    )


def speakers(page):
    def key(person):
        return sort_key(person.sort_name or person.name, page.language)

    def letter(person):
        return first_letter(person.sort_name or person.name, page.language)

    people = sorted(page.programme.people, key=lambda person: (letter(person) == "#", key(person)))
    groups = [(initial, list(group)) for initial, group in itertools.groupby(people, key=letter)]
    return page.html("speakers.html", groups=groups)


def person(page, slug):
    found = page.find("person", slug)
    return page.html("person.html", person=found, sessions=page.programme.sessions_of(found))


def room(page, slug):
    return listing(page, "room", slug)


def track(page, slug):
    return listing(page, "track", slug)


def topic(page, slug):
    return listing(page, "topic", slug)


def listing(page, kind, slug):
    """The sessions of one room, track or topic."""
    found = page.find(kind, slug)
    slots = [slot for slot in page.programme.slots_of(found) if slot.number and not slot.session.is_gone]
    about = {"room": lambda s: False, "track": lambda s: s.track == found, "topic": lambda s: found in s.topics}[kind]
    unscheduled = [s for s in page.programme.unscheduled if about(s)]
    return page.html("listing.html", kind=kind, thing=found, slots=slots, unscheduled=unscheduled)


def now(page):
    rooms = dict.fromkeys(slot.room for slot in page.programme.slots if slot.room)
    return page.html("now.html", moment=page.programme.at(page.now), rooms=rooms)


def room_now(page, slug):
    """What is on and next in one room, for a screen beside its door."""
    found = page.find("room", slug)
    return page.html("now.html", moment=page.programme.at(page.now, found), room=found)


def style(page, version):
    """The one stylesheet, with the conference's colours; its address changes when it does."""
    css = theme.stylesheet(page.programme).encode()
    is_this_one = version == theme.version(page.programme)
    return Answer(css, "text/css; charset=utf-8", max_age=31_536_000 if is_this_one else SECONDS_FRESH)


def changes(page):
    return page.html("changes.html")


def calendar(page):
    return page.html("calendar.html")


def accessibility(page):
    """What the venue and the programme offer, as far as staff have said."""
    places = list(places_of(page.programme))
    found = next((f for f in chosen(page.programme, "").filters if f.name == "access"), None)
    counts = found.counts(places) if found else {}
    access = [(choice, counts[choice.value]) for choice in found.choices] if found else ()
    return page.html("accessibility.html", access=access, rooms=rooms_worth_telling(page.programme))


def rooms_worth_telling(programme):
    """The rooms in which something is on, and those of which something is said: a quiet room has no sessions."""
    used = {slot.room.uuid for slot in programme.slots if slot.room}
    return [r for r in programme.rooms if r.uuid in used or r.accessibility or r.is_step_free or r.description]


def personal_data(page):
    return page.html("personal_data.html", published=published_about(page.programme))


def session_card(page, slug):
    """A picture of a session for those who share it."""
    picture = card.draw(page.programme, page.find("session", slug), page.language)
    return Answer(picture, "image/png", headers=FOR_OTHER_SITES, max_age=3600)


def conference_card(page):
    """The same of the conference, for all other pages."""
    return Answer(card.draw_conference(page.programme, page.language), "image/png", max_age=3600)


# --- For other websites


def embed(page):
    """The programme for an iframe on any site."""
    answer = page.html("embed.html", days=embeds.days_of(page.programme, page.query))
    return replace(answer, may_be_framed=True)


def for_websites(page):
    return page.html("for_websites.html", snippets=embeds.snippets(page))


def oembed(programmes, language, now, query):
    return embeds.oembed(programmes, query)


# --- For machines


def sitemaps(programmes, language, now, query):
    return Answer(machines.sitemaps(programmes), "application/xml; charset=utf-8", max_age=3600)


def sitemap(page):
    return page.file(machines.sitemap(page.programme, page.language), "application/xml; charset=utf-8", "sitemap.xml")


def favicon(programmes, language, now, query):
    """For browsers and readers that ask for it without looking at a page."""
    return Answer(machines.favicon(), "image/x-icon", max_age=86_400)


def robots(programmes, language, now, query):
    return Answer(machines.robots(), "text/plain; charset=utf-8", max_age=3600)
