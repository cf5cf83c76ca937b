"""What visitors are told of personal data, and that nothing private is in any byte that the public can ask for."""

import dataclasses
import gzip

import brotli
import pytest
from django.utils import timezone

from programme import lifeboat
from programme.models import Imported, PreviewLink
from programme.planned import plan
from programme.publish import published, seal
from programme.shelf import shelf
from programme.stored import OF_THE_PAGE, PUBLISHED
from programme.take import take
from programme.urls import of_a_conference
from programme.values import Person
from tests.factories import (
    a_picture,
    make_conference,
    make_full_session,
    make_material,
    make_person,
    make_question,
    make_release,
    make_room,
    make_session,
    make_speaker,
    make_superuser,
)
from tests.pages import Links, crawl, every_address

pytestmark = pytest.mark.django_db

TITLES = {"nb": "Personopplysninger", "nn": "Personopplysningar", "en": "Personal data", "fr": "Données personnelles"}


def test_every_page_leads_to_what_is_stored_about_people_in_the_visitors_language(visitor):
    make_conference(contact_email="post@sammen.example")
    make_session(speakers=[make_person("Anousheh Karvar", biography="Hun leder."), make_person("Tina Davis")])
    make_release()

    for language, title in TITLES.items():
        address = f"/{language}/sammen/personal-data/"
        for page in ("", "programme/", "speakers/anousheh-karvar/", "mine/"):
            assert address in Links(visitor.get(f"/{language}/sammen/{page}").text).addresses
        page = visitor.get(address)
        assert f"<h1>{title}</h1>" in page.text
        assert "mailto:post@sammen.example" in page.text
        assert not page.cookies


def test_the_page_counts_what_is_really_published_about_people(visitor):
    make_session(speakers=[make_person("Anousheh Karvar", biography_fr="Elle préside."), make_person("Tina Davis")])
    make_person("Nobody’s guest", photo=a_picture())
    make_release()

    words = " ".join(visitor.get("/en/sammen/personal-data/").text.split())

    assert "2 people are on this programme" in words
    assert '<li>name <span class="muted">about 2 people</span></li>' in words
    assert '<li>biography <span class="muted">about 1 person</span></li>' in words
    assert "<li>photo" not in words


def test_a_programme_without_people_says_so(visitor):
    make_session()
    make_release()
    assert "Ingen er nevnt i programmet ennå." in visitor.get("/nb/sammen/personal-data/").text


def test_every_field_of_a_person_is_accounted_for():
    assert {field.name for field in dataclasses.fields(Person)} == set(PUBLISHED) | OF_THE_PAGE


# --- In no byte


@pytest.fixture
def full_of_secrets():
    """A published conference in which everything that is not public holds the word "zebra"; staff go on editing it."""
    conference = make_conference(contact_email="post@sammen.example")
    kari = make_person("Kari Nordmann", contact_email="zebra@kari.example", photo=a_picture(), biography="Hun leder.")
    ann = make_person("Ann Olsen", contact_email="zebra@ann.example")
    make_person("Zebra Hansen", contact_email="zebra@hansen.example")
    room = make_room("Storsalen", capacity=90)
    session = make_full_session(speaker=kari, moderator=ann, room=room, expected_attendance=98761)
    session.questions.update(note_nb="zebra one", note_fr="zebra deux")
    make_question(session, "Zebra question", audience="moderators")
    going = make_session("Borte bra", at="15:00", lead="zebra soon", speakers=[kari])
    draft = make_session("Zebra draft", at="16:00", state="draft", image=a_picture(), image_credit="zebra credit")
    make_material(draft, "Zebra slides", link="https://zebra.example/")
    make_speaker(draft, make_person("Per Zebra", contact_email="per@zebra.example"))
    return conference, session, going


def private_work(conference, session, going):
    """What staff do after and beside publishing, none of it public."""
    boss = make_superuser("zebra-boss")
    PreviewLink.objects.create(conference=conference, made_for="zebra minister", expires_at=timezone.now())
    Imported.objects.create(
        conference=conference,
        source="schedule.xml",
        kind="person",
        key="zebra",
        target=session.uuid,
        said={"a": "zebra"},
    )
    session.lead_nb = "Zebra not yet"
    session.save()
    wanted = {("session", session.uuid)}
    plan(conference, boss, timezone.now(), {"nb": "Zebra note"}, wanted, seal(conference, take(conference)))


OF_THE_SITE = ["/", "/nb/", "/fr/", "/sitemap.xml", "/robots.txt", "/favicon.ico"]
OF_THE_SITE += [f"/oembed.json?url=http://127.0.0.1:8000/nb/sammen/{page}" for page in ("", "sessions/apning/")]
WITH_A_QUERY = [
    f"/{language}/sammen/{page}"
    for language in TITLES
    for page in (
        *("programme/?view=list", "programme/?view=grid", "programme/?view=print", "programme/?track=rettigheter"),
        *("search/?q=kari", "search/?q=example", "search/?q=hva", "embed/?day=2030-01-31"),
    )
]


def every_byte(visitor, path):
    """The body of an answer and its headers; what is sent compressed is the same."""
    plain = visitor.get(path)
    assert plain.status_code < 500, path
    for encoding, unpack in (("gzip", gzip.decompress), ("br", brotli.decompress)):
        packed = visitor.get(path, headers={"accept-encoding": encoding})
        if packed.headers.get("Content-Encoding"):
            assert unpack(packed.content) == plain.content
    return plain.content + repr(plain.headers).encode()


def files_beside():
    """What a process keeps in files, from which it can show the programme without its database."""
    shelf.forget()
    shelf.show(shelf.ask())
    shelf.keep_files()
    found = {str(file): file.read_bytes() for file in lifeboat.folder().iterdir()}
    assert any(b"Kari Nordmann" in body for body in found.values())
    return found


def test_what_is_private_is_in_no_byte_that_the_public_can_ask_for(visitor, full_of_secrets, settings, tmp_path):
    conference, session, going = full_of_secrets
    settings.VAR_DIR = tmp_path
    make_release(by=make_superuser("zebra-publisher"))
    going.lead_nb = ""
    going.save()
    make_release()
    going.delete()
    make_release(note="Ett innlegg er borte")
    conference.refresh_from_db()
    private_work(conference, session, going)

    listed = every_address(published(conference))
    paths = [path for found in listed.values() for path in found] + WITH_A_QUERY + OF_THE_SITE
    bodies = {path: every_byte(visitor, path) for path in paths}
    bodies |= {path: response.content for path, response in crawl(visitor, "/nb/sammen/").items()}
    bodies |= files_beside()

    assert [path for path, body in bodies.items() if b"zebra" in body.lower() or b"98761" in body] == []
    assert set(listed) == {pattern.name for pattern in of_a_conference}
    assert len(paths) == len(set(paths)) == 4 * 47 + len(WITH_A_QUERY) + len(OF_THE_SITE)
    assert len(bodies) > len(paths) + 50
    assert b"post@sammen.example" in bodies["/nb/sammen/personal-data/"]
    assert b"Kari Nordmann" in bodies["/fr/sammen/speakers/kari-nordmann.ics"]
