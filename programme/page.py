"""What a public view is given, and what it gives back."""

import datetime as dt
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import slugify

from conference.language_names import locale_of, own_name
from programme import addresses
from programme.values import Session
from programme.whole import Programme

SECONDS_FRESH = 1  # that browsers and caches use an answer before they ask again: a new release is seen at once


class NotHere(Exception):
    """No such page."""


class NoLongerHere(Exception):
    """There was such a page once."""


class ElsewhereNow(Exception):
    """The page has another address, for ever."""

    def __init__(self, location: str):
        self.location = location


@dataclass(frozen=True)
class Answer:
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict = field(default_factory=dict)
    max_age: int = SECONDS_FRESH
    may_be_framed: bool = False  # by any site


@dataclass(frozen=True)
class Page:
    """One address of one programme in one language, at one moment."""

    programme: Programme
    language: str
    now: dt.datetime
    name: str = ""
    kwargs: dict = field(default_factory=dict)
    prefix: str = ""  # where the pages stand when they are not the public ones: preview, an old release
    banner: str = ""  # says so
    query: str = ""

    def url(self, name: str, **kwargs) -> str:
        """The path of another page of this programme in this language."""
        return self.prefix + addresses.path(name, self.language, self.programme.slug, **kwargs)

    def url_in(self, language: str) -> str:
        """The path of this very page in another language."""
        return self.prefix + addresses.path(self.name, language, self.programme.slug, **self.kwargs)

    @property
    def languages(self):
        """(code, the language's name in itself, address of this page in it) for each language of the conference."""
        query = f"?{self.query}" if self.query else ""
        return [(code, own_name(code), self.url_in(code) + query) for code in self.programme.languages]

    @property
    def canonical(self) -> str:
        return addresses.absolute(addresses.path(self.name, self.language, self.programme.slug, **self.kwargs))

    @property
    def alternates(self):
        return [
            (code, addresses.absolute(addresses.path(self.name, code, self.programme.slug, **self.kwargs)))
            for code in self.programme.languages
        ]

    @property
    def locales(self):
        """As Open Graph names them: of this page, and those of its siblings."""
        return locale_of(self.language), [locale_of(code) for code in self.programme.languages if code != self.language]

    def words(self, text) -> str:
        return text.best(self.language, self.programme.language)[0]

    def html(self, template: str, status: int = 200, max_age: int = SECONDS_FRESH, **context) -> Answer:
        """The page made of a template in templates/programme/."""
        with translation.override(self.language):
            body = render_to_string(f"programme/{template}", {"page": self, "programme": self.programme, **context})
        return Answer(body.encode(), status=status, max_age=max_age)

    def calendar(self, body: bytes, name: str) -> Answer:
        return self.file(body, "text/calendar; charset=utf-8", f"{name}.ics")

    def file(self, body: bytes, content_type: str, filename: str) -> Answer:
        filename = f"{slugify(filename.rpartition('.')[0]) or 'programme'}.{filename.rpartition('.')[2]}"
        return Answer(body, content_type, headers={"Content-Disposition": f'inline; filename="{filename}"'})

    def find(self, kind: str, slug: str):
        """The session, person, room, track or topic at a slug. Raises ElsewhereNow, NoLongerHere or NotHere."""
        found = self.programme.find(kind, slug)
        if found:
            return found
        gone = self.find_gone(kind, slug)
        if gone:
            raise NoLongerHere
        for former in self.programme.former_slugs:
            if (former.kind, former.slug) == (kind, slug):
                return self.follow(former)
        raise NotHere

    def find_gone(self, kind, slug):
        return next((gone for gone in self.programme.gone if (gone.kind, gone.slug) == (kind, slug)), None)

    def follow(self, former):
        value = self.programme.with_uuid(former.uuid)
        if value is None:
            raise NoLongerHere
        raise ElsewhereNow(
            self.prefix
            + addresses.path(self.name, self.language, self.programme.slug, **{**self.kwargs, "slug": value.slug})
        )

    def neighbours(self, session: Session):
        """What a visitor of a session asks next: (slots before, at the same time, after) on the programme."""
        if not session.is_scheduled:
            return (), (), ()
        mine = [slot for slot in session.slots if slot.part.is_scheduled]
        start, end = min(s.starts_at for s in mine), max(s.ends_at for s in mine)
        day = self.programme.day_of(start)
        others = [slot for slot in self.programme.slots_on(day) if slot.session is not session]
        before = [s for s in others if s.ends_at <= start]
        ended = max((s.ends_at for s in before), default=None)
        after = [s for s in others if s.starts_at >= end]
        return (
            tuple(s for s in before if s.ends_at == ended),
            tuple(s for s in others if any(s.starts_at < m.ends_at and m.starts_at < s.ends_at for m in mine)),
            tuple(s for s in after if s.starts_at == after[0].starts_at),
        )
