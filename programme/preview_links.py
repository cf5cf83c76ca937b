"""Preview links: the next release, or one session of it, shown to whoever has the address, until it expires or is revoked.

The address holds the link's random key, signed with the site's secret key: what is not ours is refused without a look
into the database, and a copy of the database is no address. Answers are made for nobody else and kept by no cache.
"""

import datetime as dt
import time
from functools import lru_cache

from django.core import signing
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from conference.models import Conference
from conference.translated import language_codes
from programme import addresses, wording
from programme.models import PreviewLink
from programme.page import Answer, Page
from programme.publish import published
from programme.reply import HEADERS
from programme.selected import chosen, pointed_at
from programme.serve import find_view, render
from programme.take import take
from programme.values import Session as SessionValue
from programme.waiting import fingerprint, live
from programme.whole import Programme
from sessions.models import Session

SALT = "programme.preview_links"
SECONDS_BETWEEN_LOOKS = 5  # at the database, for each conference: what bounds how often a programme is taken
A_MINUTE = dt.timedelta(minutes=1)
OF_ONE_SESSION = {"session", "session_ics", "part_ics", "session_card"}
PRIVATE = HEADERS | {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}


# --- The address


def token_of(link: PreviewLink) -> str:
    return signing.Signer(sep=".", salt=SALT).sign(link.key)


def address_of(link: PreviewLink, language: str) -> str:
    """The address to send to somebody, with scheme and host."""
    return addresses.absolute(start_of(link, language))


def prefix_of(link) -> str:
    return reverse("preview_link", args=[token_of(link)]).rstrip("/")


def start_of(link, language) -> str:
    """The path of the page it leads to first."""
    conference = link.conference
    language = language if language in conference.languages else conference.language
    name, kwargs = ("session", {"slug": link.session.slug}) if link.session else ("front", {})
    return prefix_of(link) + addresses.path(name, language, conference.slug, **kwargs)


def is_over(link: PreviewLink, now: dt.datetime) -> bool:
    return link.revoked_at is not None or link.expires_at <= now


# --- The pages


@require_safe
def shared(request, token, path=""):
    """A public page as it would be if everything, or the one session, were published now."""
    language, now = language_of(path), timezone.now()
    link = link_of(token)
    if link is None or is_over(link, now):
        return sent(over(language or get_language()))
    note_use(link, now)
    if not path:
        return sent(Answer(status=302, headers={"Location": start_of(link, get_language())}))
    return sent(page_of(link, f"/{path}", language, now, request.META["QUERY_STRING"]))


def link_of(token: str) -> PreviewLink | None:
    """None for a link that is deleted. Raises Http404 for a token that is not ours."""
    try:
        key = signing.Signer(sep=".", salt=SALT).unsign(token)
    except signing.BadSignature as error:
        raise Http404 from error
    return PreviewLink.objects.select_related("conference", "session").filter(key=key).first()


def note_use(link, now):
    """Staff see when a link was used last, to the minute."""
    if link.last_used_at is None or now - link.last_used_at >= A_MINUTE:
        PreviewLink.objects.filter(pk=link.pk).update(last_used_at=now)


def language_of(path) -> str:
    """The language of a public path; "" where it has none that we know."""
    first = path.partition("/")[0]
    return first if first in language_codes() else ""


def page_of(link, path, language, now, query) -> Answer:
    programme = programme_of_link(link)
    with translation.override(language or programme.language):
        banner = banner_of(link)
    prefix = prefix_of(link)
    if link.session and not belongs_to(path, programme.with_uuid(link.session.uuid)):
        language = language if language in programme.languages else programme.language
        page = Page(programme, language, now, "front", {}, prefix, banner)
        return page.html("preview_of_one.html", 404, start=start_of(link, language))
    return render(path, programme, prefix, banner, now.astimezone(dt.UTC), query)


def belongs_to(path, session: SessionValue | None) -> bool:
    """Whether a link to one session shows what is at a path."""
    _view, name, kwargs = find_view(path) or (None, "", {})
    return name == "style" or (name in OF_ONE_SESSION and session is not None and kwargs["slug"] == session.slug)


def banner_of(link) -> str:
    """In the active language."""
    moment, language = link.expires_at.astimezone(link.conference.zone), get_language()
    said = {"day": wording.long_date(moment.date(), language), "time": wording.time(moment, language)}
    if link.session and link.session.state == Session.State.DRAFT:
        words = gettext("Preview of a draft, not public. This link works until %(day)s, %(time)s.")
    else:
        words = gettext("Preview: this is not public yet. This link works until %(day)s, %(time)s.")
    return words % said


def over(language) -> Answer:
    with translation.override(language):
        body = render_to_string("programme/preview_over.html", {"language": language})
    return Answer(body.encode(), status=410)


def sent(answer: Answer) -> HttpResponse:
    headers = {**answer.headers, **PRIVATE, "Content-Type": answer.content_type}
    return HttpResponse(answer.body, status=answer.status, headers=headers)


# --- What they show


def programme_of_link(link: PreviewLink) -> Programme:
    pk, tick = link.conference_id, int(time.monotonic() // SECONDS_BETWEEN_LOOKS)
    return lately(pk, link.session_id, tick)


@lru_cache(maxsize=4)  # whole programmes, as with the others here
def lately(pk: int, session: int | None, _tick: int) -> Programme:
    conference = Conference.objects.get(pk=pk)
    return with_one(pk, session, fingerprint(conference)) if session else live(conference)


@lru_cache(maxsize=4)
def with_one(pk: int, session: int, _fingerprint: tuple) -> Programme:
    """What the public reads, and one session with all it points at as staff have it now: nothing else is given away."""
    conference = Conference.objects.get(pk=pk)
    row, before = Session.objects.get(pk=session), published(conference)
    taken = take(conference, draft=row)
    found = taken.with_uuid(row.uuid)
    things = {(kind, thing.uuid) for kind, several in pointed_at(found).items() for thing in several}
    return chosen(before, taken, things | {("session", row.uuid)})


def forget():
    """Let the next look ask the database, however soon it comes."""
    lately.cache_clear()
