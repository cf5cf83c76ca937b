"""Somebody without an account sees what is not public yet, by an address that staff made, until it is over."""

import datetime as dt

import pytest
import time_machine
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme import preview_links
from programme.models import PreviewLink
from programme.preview_links import start_of, token_of
from tests.factories import (
    make_conference,
    make_person,
    make_question,
    make_release,
    make_room,
    make_session,
    make_staff,
)
from tests.forms import words_on
from tests.pages import crawl

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)
NOW = dt.datetime(2030, 1, 20, 19, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


@pytest.fixture
def sharer(conference):
    """Somebody who may share previews, signed in."""
    client = Client()
    client.force_login(make_staff("view_session", "programme.share", name="kari"))
    client.cookies["django_language"] = "en"
    return client


def links_of(conference):
    return reverse("admin:programme_preview_links", args=[conference.pk])


def make_link(conference, session=None, **fields):
    return PreviewLink.objects.create(conference=conference, session=session, **{"expires_at": NOW + A_DAY} | fields)


def prefix(link):
    return f"/preview/{token_of(link)}"


def test_a_minister_s_office_reads_the_next_release(visitor, conference, sharer):
    session = make_session("Sammen")
    make_release(conference)
    session.title_nb = "Sammen nå"
    session.save()
    answer = sharer.post(links_of(conference), {"days": "7", "made_for": "the minister’s office"}, follow=True)
    [shown] = answer.context["working"]
    assert shown.address.startswith("http")
    assert "Works until Sunday 27 January 2030, 20:00." in words_on(answer)
    assert "Not used yet." in words_on(answer)

    page = visitor.get(f"{prefix(shown.link)}/nb/sammen/sessions/sammen/")

    assert page.status_code == 200
    assert "Sammen nå" in words_on(page)
    assert "Forhåndsvisning" in words_on(page) or "This link works until" in words_on(page)
    assert "Sammen nå" not in visitor.get("/nb/sammen/sessions/sammen/").text
    assert "Last used Sunday 20 January 2030, 20:00." in words_on(sharer.get(links_of(conference)))


def test_nothing_keeps_or_finds_a_preview(visitor, conference):
    make_session()
    page = visitor.get(f"{prefix(make_link(conference))}/nb/sammen/")

    assert page["Cache-Control"] == "private, no-store"
    assert "noindex" in page["X-Robots-Tag"]
    assert page["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex">' in page.text
    assert "ETag" not in page
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert not page.cookies
    assert "Disallow: /preview/" in visitor.get("/robots.txt").text


def test_links_on_a_preview_stay_in_it(visitor, conference):
    make_session("Sammen", room=make_room("Aula"), speakers=[make_person("Ann")])
    link = make_link(conference)
    start = visitor.get(f"{prefix(link)}/", headers={"accept-language": "fr"})["Location"]
    assert start == f"{prefix(link)}/fr/sammen/"

    pages = crawl(visitor, start)
    inside = {path: page for path, page in pages.items() if path.startswith(prefix(link))}
    outside = {path for path in pages if not path.startswith(prefix(link))}

    assert len(inside) > 40
    missing = {path for path, page in inside.items() if page.status_code != 200}
    assert all(path.endswith("/mine/qr.svg") for path in missing)  # an address for a script, which adds what is starred
    assert not [path for path in outside if "/sammen/sessions/" in path and path.endswith("/")]


@pytest.mark.parametrize("how", ["expired", "revoked", "deleted"])
def test_a_link_that_is_over_says_so(visitor, conference, sharer, clock, how):
    make_session("Hemmelig")
    link = make_link(conference)
    path = f"{prefix(link)}/fr/sammen/"
    assert visitor.get(path).status_code == 200
    if how == "expired":
        clock.shift(A_DAY)
    elif how == "revoked":
        assert "The link is revoked" in words_on(sharer.post(links_of(conference), {"revoke": link.pk}, follow=True))
    else:
        link.delete()

    page = visitor.get(path)
    assert page.status_code == 410
    assert 'lang="fr"' in page.text
    assert "Hemmelig" not in page.text
    assert page["Cache-Control"] == "private, no-store"


def test_an_address_cannot_be_guessed(visitor, conference):
    link = make_link(conference)
    token = token_of(link)
    others = [link.key, token[:-1], f"x{token}", signing.Signer(sep=".", salt="other").sign(link.key), f"{link.pk}"]

    with CaptureQueriesContext(connection) as queries:
        answers = [visitor.get(f"/preview/{other}/nb/sammen/") for other in others]

    assert {answer.status_code for answer in answers} == {404}
    assert len(queries) == 0
    assert visitor.post(f"{prefix(link)}/nb/sammen/").status_code == 405


def test_a_draft_is_seen_by_its_link_alone(visitor, conference):
    make_session("Offentlig", room=make_room("Aula"))
    make_release(conference)
    draft = make_session("Statsråden kommer", state="draft", speakers=[make_person("Statsråd")])
    make_question(draft, "Spørsmål til alle")
    make_question(draft, "Bare for ordstyrer", audience="moderators")
    make_question(draft, "Med notat", note="Hemmelig notat")
    waiting = make_session("Annen nyhet")
    link, whole = make_link(conference, draft), make_link(conference)

    page = visitor.get(start_of(link, "nb"))

    assert page.status_code == 200
    for words in ("Statsråden kommer", "Statsråd", "Spørsmål til alle", "Med notat"):
        assert words in page.text
    for words in ("Bare for ordstyrer", "Hemmelig notat", waiting.title_nb):
        assert words not in page.text
    assert "Preview of a draft" in page.text or "utkast" in page.text
    for path in ("programme/", "sessions/annen-nyhet/", "speakers/statsrad/", "programme.ics", "search/?q=annen"):
        other = visitor.get(f"{prefix(link)}/nb/sammen/{path}")
        assert other.status_code == 404
        assert "Annen nyhet" not in other.text
        assert start_of(link, "nb") in other.text
    assert visitor.get(f"{prefix(link)}/nb/sammen/sessions/{draft.slug}.ics").status_code == 200
    assert visitor.get(f"{prefix(whole)}/nb/sammen/sessions/{draft.slug}/").status_code == 404
    assert "Statsråden" not in visitor.get(f"{prefix(whole)}/nb/sammen/programme/").text


def test_who_may_not_share_sees_no_links(client, conference):
    make_link(conference)
    assert client.get(links_of(conference)).status_code == 302
    client.force_login(make_staff("view_session", "programme.publish"))

    assert client.get(links_of(conference)).status_code == 403
    assert client.post(links_of(conference), {"days": "30"}).status_code == 403
    assert PreviewLink.objects.count() == 1


def test_a_link_is_made_for_a_session_of_the_same_conference_and_a_lifetime_we_offer(sharer, conference):
    other = make_session("Annet sted", conference=make_conference("Alene", slug="alene"))

    for wrong in ({"days": "365"}, {"days": "7", "session": other.pk}):
        answer = sharer.post(links_of(conference), wrong)
        assert answer.status_code == 400
        assert b"errorlist" in answer.content
    assert not PreviewLink.objects.exists()


def test_a_preview_is_taken_from_the_database_once_in_a_while(visitor, conference, monkeypatch):
    monkeypatch.setattr(preview_links, "SECONDS_BETWEEN_LOOKS", float("inf"))
    make_session("Sammen")
    link = make_link(conference)
    path = f"{prefix(link)}/nb/sammen/programme/"
    visitor.get(path)

    with CaptureQueriesContext(connection) as queries:
        assert visitor.get(path).status_code == 200

    assert [query["sql"].split()[0] for query in queries] == ["SELECT"]
