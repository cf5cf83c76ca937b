"""The changes of a programme as an Atom feed (RFC 4287): one entry for each release."""

import datetime as dt

from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape, format_html_join
from django.utils.translation import gettext

from programme import addresses, wording
from programme.formats.plain_text import clean, one_line
from programme.tell import sentence
from programme.whole import Programme, Told


def encode(programme: Programme, language: str) -> bytes:
    """The feed in a language. The same programme gives the same bytes."""
    here = addresses.absolute(addresses.path("changes", language, programme.slug))
    feed_url = addresses.absolute(addresses.path("changes_atom", language, programme.slug))
    with translation.override(language):
        feed = DatedFeed(
            title=one_line(
                gettext("%(name)s: changes") % {"name": programme.name.best(language, programme.language)[0]}
            ),
            link=here,
            description=None,
            language=language,
            feed_url=feed_url,
            feed_guid=f"urn:uuid:{programme.uuid}",
        )
        feed.dated = dated(programme)
        for told in programme.history:
            feed.add_item(
                title=title(told, programme, language),
                link=f"{here}#release-{told.number}",
                unique_id=f"urn:uuid:{programme.uuid}:release:{told.number}",
                description=content(told, programme, language),
                pubdate=told.published_at,
                updateddate=told.published_at,
            )
    return feed.writeString("utf-8").encode()


def dated(programme: Programme) -> dt.datetime:
    """When the programme was last published; of a preview before the first release, its first day."""
    told = [told.published_at for told in programme.history[:1]]
    first_day = dt.datetime.combine(programme.starts_on, dt.time(), programme.zone)
    return programme.published_at or next(iter(told), first_day)


class DatedFeed(Atom1Feed):
    """A feed that is as old as its release, and does not look at the clock."""

    def latest_post_date(self):
        return self.dated


def title(told: Told, programme: Programme, language: str) -> str:
    day = wording.long_date(told.published_at.astimezone(programme.zone).date(), language)
    return gettext("Release %(number)s, %(day)s") % {"number": told.number, "day": day}


def content(told: Told, programme: Programme, language: str) -> str:
    """The note and the news of a release as HTML."""
    words = told.note.best(language, programme.language)[0]
    note = f"<p>{escape(words)}</p>" if words else ""
    lines = format_html_join("", "<li>{}</li>", ((sentence(news, programme, language),) for news in told.news))
    return clean(note + (f"<ul>{lines}</ul>" if lines else ""))
