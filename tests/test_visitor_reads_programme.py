"""What a visitor sees of a published programme."""

import datetime as dt
import re

import pytest
from django.core.files.base import ContentFile

from conference.models import Conference
from programme.demo.load import load
from programme.publish import publish
from tests.factories import (
    a_picture,
    make_conference,
    make_format,
    make_material,
    make_moderator,
    make_part,
    make_person,
    make_question,
    make_release,
    make_room,
    make_session,
    make_speaker,
    make_topic,
    make_track,
)
from tests.pages import Links, crawl, every_public_page, path_of

pytestmark = pytest.mark.django_db


def test_the_site_leads_to_the_current_conference_in_the_visitors_language(visitor, conference):
    make_session()
    make_release()

    for accepted, language in {
        "fr-CA,fr;q=0.9": "fr",
        "no": "nb",
        "nn-NO": "nn",
        "en-GB": "en",
        "de": "nb",
        "": "nb",
    }.items():
        response = visitor.get("/", headers={"accept-language": accepted})
        assert (response.status_code, response.headers["Location"]) == (302, f"/{language}/sammen/")
        assert response.headers["Vary"] == "Accept-Language"
        assert not response.cookies


def test_a_session_page_tells_everything_about_it(visitor, conference):
    room = make_room("Storsalen", accessibility="Trinnfri adkomst")
    chair = make_person("Anousheh Karvar", title="Leder av Alliance 8.7", organisation="Alliance 8.7")
    session = make_session(
        subtitle="Åpning",
        lead="Hva skal til?",
        description="Første avsnitt.\n\nAndre *avsnitt*.",
        room=room,
        track=make_track("Samarbeid"),
        topics=[make_topic("Delmål 8.7")],
        image=ContentFile(a_picture(1200, 800).read(), name="a.jpg"),
        image_alt="To mennesker i samtale",
        image_credit="Foto: Kari Nordmann",
        spoken_languages=["nb", "en"],
        interpreted_to=["fr"],
    )
    second = make_part(session, "14:00", 45, room, title="Hvor langt er vi kommet?")
    make_speaker(session, chair, contribution="Svarer på spørsmål", part=second)
    make_moderator(session, make_person("Tina Davis"))
    make_question(session, "Hvordan kan vi arbeide sammen?")
    make_question(session, "Hva er status?", part=second, addressed_to=session.speakers.get())
    make_material(session, "Rapport")
    make_release()

    page = visitor.get("/nb/sammen/sessions/sammen-mot-menneskehandel/")

    assert page.status_code == 200
    for words in [
        *("Sammen mot menneskehandel", "Åpning", "Hva skal til?", "Første avsnitt.", "<em>avsnitt</em>", "Storsalen"),
        *("Trinnfri adkomst", "Samarbeid", "Delmål 8.7", "To mennesker i samtale", "Foto: Kari Nordmann"),
        *("Anousheh Karvar", "Leder av Alliance 8.7", "Svarer på spørsmål", "Tina Davis", "Hvor langt er vi kommet?"),
        *(
            "Hvordan kan vi arbeide sammen?",
            "Hva er status?",
            "Rapport",
            "torsdag 31.\u00a0januar 2030",
            "kl.\u00a013.00–14.00",
        ),
        *("kl.\u00a014.00–14.45", "norsk, engelsk", "fransk"),
    ]:
        assert words in page.text


def test_what_is_not_public_is_nowhere_a_visitor_can_look(visitor, conference):
    session = make_session(lead="Alle kan lese dette")
    make_session("Secret keynote", state="draft")
    make_question(session, "Secret question", audience="moderators")
    make_question(session, "Public question", note="Secret note")
    make_speaker(session, make_person("Kari", contact_email="secret@example.org"))
    make_person("Secret person")
    make_release()
    session.title_nb = "Secret new title"
    session.save()

    pages = every_public_page(visitor, conference)

    assert len(pages) > 30
    assert any("Alle kan lese dette" in text for text in pages.values())
    assert [path for path, text in pages.items() if "secret" in text.lower()] == []


def test_nothing_is_public_before_it_is_published(visitor, conference):
    make_session("Secret keynote")

    assert visitor.get("/nb/sammen/").status_code == 404
    assert visitor.get("/").status_code == 200
    assert "Secret" not in visitor.get("/").text


def test_a_cancelled_session_stays_readable_and_leads_to_its_replacement(visitor, conference):
    new = make_session("Prisen på kakao")
    old = make_session("Havnas øyne", lead="Dette skulle vi snakke om")
    old.cancel(replaced_by=new)
    make_release()

    page = visitor.get("/en/sammen/sessions/havnas-oyne/").text

    assert "Cancelled." in page
    assert "Dette skulle vi snakke om" in page
    assert "/en/sammen/sessions/prisen-pa-kakao/" in page
    assert "is-cancelled" in visitor.get("/en/sammen/programme/").text


def test_a_session_without_a_time_is_listed_as_to_be_announced(visitor, conference):
    make_session("Åpen time", at=None)
    make_release()

    assert "Time to be announced" in visitor.get("/en/sammen/programme/").text
    assert "Time to be announced" in visitor.get("/en/sammen/sessions/apen-time/").text


def test_the_front_page_counts_a_session_of_two_parts_once_and_knows_everybody_by_a_letter(visitor, conference):
    people = [make_person(name) for name in ("_john", "Dag Inge Ulstein", "Jean-Baptiste O’Connor", "42")]
    make_session(parts=2, speakers=people)
    make_session(title="Called off", state="cancelled")
    make_session(title="Coffee", format=make_format("Pause", is_break=True))
    make_release()

    page = visitor.get("/en/sammen/").text
    assert re.search(r"<strong>Thursday 31 January 2030</strong>\s*<span>1 session</span>", page)
    for initials in ("J", "DU", "JO", "4"):
        assert f'<span class="face" aria-hidden="true">{initials}</span>' in page


def test_nobody_is_told_to_come_back_soon_where_there_is_something_to_read(visitor, conference):
    make_release()
    assert "Come back soon" in visitor.get("/en/sammen/").text

    make_session("Åpen time", at=None)
    make_release()
    assert "Come back soon" not in visitor.get("/en/sammen/").text


def test_what_was_deleted_says_so_and_keeps_its_address(visitor, conference):
    person = make_person("Kari Nordmann")
    session = make_session("Sammen", speakers=[person], lead="Borte")
    make_session("En annen")
    make_release()
    session.delete()
    make_release()

    page = visitor.get("/en/sammen/sessions/sammen/")
    assert page.status_code == 200
    assert "Taken off the programme" in page.text
    assert "Borte" not in page.text
    assert visitor.get("/en/sammen/speakers/kari-nordmann/").status_code == 410
    assert "No longer on the programme" in visitor.get("/en/sammen/speakers/kari-nordmann/").text
    assert b"STATUS:CANCELLED" in visitor.get("/en/sammen/speakers/kari-nordmann.ics").content


def test_a_changed_slug_redirects_for_ever(visitor, conference):
    session = make_session("Sammen", slug="first")
    make_release()
    for slug in ("second", "third"):
        session.slug = slug
        session.save()
        make_release()

    response = visitor.get("/nb/sammen/sessions/first/")
    assert (response.status_code, response.headers["Location"]) == (301, "/nb/sammen/sessions/third/")
    assert visitor.get("/nb/sammen/sessions/second.ics").headers["Location"] == "/nb/sammen/sessions/third.ics"


def test_a_conference_that_changes_its_address_redirects(visitor, conference):
    make_session()
    make_release()
    Conference.objects.update(slug="saman")
    make_release()

    response = visitor.get("/nn/sammen/programme/")
    assert (response.status_code, response.headers["Location"]) == (301, "/nn/saman/programme/")


def test_a_day_shows_that_day_alone(visitor, conference):
    make_session("Torsdag", at="2030-01-31 13:00")
    make_session("Fredag", at="2030-02-01 10:00")
    make_session("Etter midnatt", at="2030-02-01 01:30")
    make_release()

    thursday = visitor.get("/nb/sammen/programme/2030-01-31/").text
    assert ("Torsdag" in thursday, "Etter midnatt" in thursday) == (True, True)
    assert "fredag</a>" not in thursday.lower()
    assert visitor.get("/nb/sammen/programme/2030-02-05/").status_code == 404
    assert visitor.get("/nb/sammen/programme/2030-99-99/").status_code == 404


def test_now_shows_what_is_on_and_what_comes_next(visitor, conference, time_machine):
    make_session("Nå er det kaffe", at="10:00", minutes=30)
    make_session("Så er det samtale", at="10:30", minutes=60)
    make_release()

    time_machine.move_to(dt.datetime(2030, 1, 31, 10, 20, tzinfo=conference.zone))
    page = visitor.get("/en/sammen/now/").text

    assert page.index("Nå er det kaffe") < page.index("starts in 10 minutes") < page.index("Så er det samtale")


def test_the_minutes_left_are_counted_through_the_night_when_clocks_change(visitor, time_machine):
    conference = make_conference(starts_on=dt.date(2030, 3, 30), ends_on=dt.date(2030, 3, 31))
    make_session("Nattevandring", at="2030-03-31 03:30")
    make_session("Frokost", at="2030-03-31 08:00")
    make_release(conference)

    time_machine.move_to(dt.datetime(2030, 3, 31, 1, 59, tzinfo=conference.zone))  # a minute before it is three
    assert "starts in 31 minutes" in visitor.get("/en/sammen/now/").text
    time_machine.move_to(dt.datetime(2030, 3, 30, 23, 0, tzinfo=conference.zone))
    page = visitor.get("/fr/sammen/now/").text
    assert re.search("dimanche 31\u00a0mars 2030</span>, commence dans 3.heures et 30.minutes", page, re.IGNORECASE)


def test_a_room_has_a_page_of_its_own_for_now(visitor, conference, time_machine):
    hall, loft = make_room("Storsalen"), make_room("Loftet")
    make_session("I salen", at="10:00", room=hall)
    make_session("På loftet", at="10:00", room=loft)
    make_session("Senere i salen", at="12:00", room=hall)
    make_release()

    time_machine.move_to(dt.datetime(2030, 1, 31, 10, 20, tzinfo=conference.zone))
    page = visitor.get("/en/sammen/rooms/storsalen/now/").text

    assert ("I salen" in page, "Senere i salen" in page, "På loftet" in page) == (True, True, False)
    assert "/en/sammen/rooms/storsalen/now/" in visitor.get("/en/sammen/now/").text


def test_programme_text_cannot_carry_scripts(visitor, conference):
    hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) <b>fet</b>"
    make_session(hostile, lead=hostile, description=hostile, slug="hostile", notice=hostile)
    make_person(hostile, slug="h", biography=hostile)
    make_release()

    pages = {
        path: text for path, text in every_public_page(visitor, conference).items() if text.startswith("<!doctype")
    }
    assert len(pages) > 20
    for path, text in pages.items():
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path
        assert 'href="javascript' not in text, path


@pytest.mark.once
def test_every_link_of_the_demo_leads_somewhere(visitor, media_served):
    conference = load(dt.date(2030, 1, 31))
    publish(conference)

    pages = crawl(visitor, "/nb/sammen/")

    assert len(pages) > 600
    assert {path: r.status_code for path, r in pages.items() if r.status_code not in (200, 301)} == {}
    for path, response in pages.items():
        if response.headers["Content-Type"].startswith("text/html"):
            links = Links(response.text)
            assert len(links.ids) == len(set(links.ids)), f"an id stands twice on {path}"
            anchors = {address[1:] for address in links.addresses if address.startswith("#")}
            assert anchors <= set(links.ids), path
            media = {path_of(a, path) for a in links.addresses if a.startswith("/media/")}
            assert media <= media_served(), path


@pytest.fixture
def media_served(settings):
    def paths():
        root = settings.MEDIA_ROOT
        return {f"/media/{file.relative_to(root)}" for file in root.rglob("*") if file.is_file()}

    return paths
