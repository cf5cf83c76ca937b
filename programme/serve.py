"""From a path to an answer: a function of the programmes, the path, the query and the time alone."""

import dataclasses
import datetime as dt
from http import HTTPStatus

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import translation

from conference.translated import language_codes
from programme.page import SECONDS_FRESH, Answer, ElsewhereNow, NoLongerHere, NotHere, Page
from programme.whole import Programme

CLOCK_PAGES = {"front", "now", "room_now"}  # what they show changes with the minute
QUERY_PAGES = {
    "programme",
    "day",
    "search",
    "embed",
    "oembed",
    "mine",
    "mine_ics",
    "mine_qr",
}  # what they show depends on the query string
SITE_PAGES = {"home", "conferences", "sitemaps", "robots", "favicon", "oembed"}


def find_view(path: str):
    """(view, name, kwargs) of a public path, or None."""
    try:
        match = resolve(path, urlconf="programme.urls")
    except Resolver404:
        return None
    return match.func, match.url_name, dict(match.kwargs)


def serve(path: str, programmes: tuple[Programme, ...], now: dt.datetime, query: str = "") -> Answer:
    """The answer to a public path. Never raises for a path, however odd."""
    found = find_view(path)
    if not found:
        return moved(f"{path}/", 301) if find_view(f"{path}/") else nothing_at(path, programmes, now)
    view, name, kwargs = found
    if kwargs.get("language", settings.LANGUAGE_CODE) not in language_codes():
        return nothing_at(path, programmes, now)
    if name in SITE_PAGES:
        return site_page(view, programmes, kwargs.get("language", settings.LANGUAGE_CODE), now, query)
    programme = with_slug(programmes, kwargs["conference"])
    if programme is None:
        return nothing_at(path, programmes, now)
    return serve_programme(view, name, kwargs, programme, now, query)


def site_page(view, programmes, language, now, query) -> Answer:
    try:
        return view(programmes, language, now, query)
    except NotHere:
        return error_page(404, language, programmes)


def nothing_at(path, programmes, now) -> Answer:
    """The page that says so, in the language and the look of the conference that the address begins with."""
    _root, language, conference, *_rest = [*path.split("/"), "", "", ""]
    language = language if language in language_codes() else settings.LANGUAGE_CODE
    programme = with_slug(programmes, conference)
    if programme is None:
        return error_page(404, language, programmes)
    return not_found(Page(programme, language if language in programme.languages else programme.language, now))


def not_found(page, status=404):
    return dataclasses.replace(page, name="front", kwargs={}).html("error.html", status, status_code=status)


def serve_programme(view, name, kwargs, programme, now, query="", prefix="", banner="") -> Answer:
    """The answer of a view of one programme, with redirects and error pages."""
    kwargs = dict(kwargs)
    language, conference = kwargs.pop("language"), kwargs.pop("conference")
    offered = language if language in programme.languages else programme.language
    page = Page(programme, offered, now, name, kwargs, prefix, banner, query)
    if (offered, programme.slug) != (language, conference):
        return moved(page.url(name, **kwargs), 301 if offered == language else 302)
    try:
        return view(page, **kwargs)
    except ElsewhereNow as elsewhere:
        return moved(elsewhere.location, 301)
    except NoLongerHere:
        return not_found(page, 410)
    except NotHere:
        return not_found(page)


def render(path: str, programme: Programme, prefix: str, banner: str, now: dt.datetime, query: str = "") -> Answer:
    """A public path of one programme as it looks below another address: for preview and old releases."""
    found = find_view(path)
    if not found or found[1] in SITE_PAGES or found[2]["language"] not in language_codes():
        return not_found(Page(programme, programme.language, now, prefix=prefix, banner=banner))
    view, name, kwargs = found
    return serve_programme(view, name, kwargs | {"conference": programme.slug}, programme, now, query, prefix, banner)


def with_slug(programmes, slug):
    """The programme with this slug, now or formerly."""
    found = (p for p in programmes if p.slug == slug)
    formerly = (p for p in programmes for f in p.former_slugs if (f.kind, f.slug) == ("conference", slug))
    return next(found, None) or next(formerly, None)


def moved(location, status):
    return Answer(b"", "text/plain; charset=utf-8", status, {"Location": location})


def error_page(status: int, language: str, programmes=(), way_back: str = "", has_written=False) -> Answer:
    """An error page of the site, in a language, with the way to its conferences, or for staff back to their desk. Who
    `has_written` reads that it is not saved."""
    facts = {
        "status_code": status,
        "language": language,
        "programmes": programmes,
        "way_back": way_back,
        "has_written": has_written,
    }
    with translation.override(language):
        body = render_to_string("programme/error_site.html", facts)
    headers = {"Retry-After": "30"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}  # seconds
    return Answer(body.encode(), status=status, headers=headers, max_age=0 if status >= 500 else SECONDS_FRESH)
