"""Words and pictures as people really paste them: quotation marks, control characters, very long and very tall ones."""

import io
from html.parser import HTMLParser

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from lxml import etree
from PIL import Image

from programme import card
from programme.values import Text
from speakers.models import Person
from tests.factories import (
    a_picture,
    make_material,
    make_person,
    make_release,
    make_session,
    make_speaker,
    make_superuser,
)
from tests.factories_values import a_programme, a_session, a_track

pytestmark = pytest.mark.django_db


class Metas(HTMLParser):
    """The attributes of every <meta> of a page."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found += [dict(attributes)] if tag == "meta" else []


def metas(client, path):
    page = client.get(path)
    assert page.status_code == 200
    return Metas(page.content.decode()).found


@pytest.mark.parametrize(
    "lead", ['De sier “ja”, vi sier "nei" & <takk>', '0;url=https://example.com" http-equiv="refresh']
)
def test_a_visitor_is_told_all_of_a_lead_with_quotation_marks_and_led_nowhere(client, lead):
    session = make_session(lead=lead)
    make_release()

    found = metas(client, f"/nb/sammen/sessions/{session.slug}/")

    assert {"name": "description", "content": lead} in found
    assert {"property": "og:description", "content": lead} in found
    assert not any("http-equiv" in meta for meta in found)


def test_the_feed_survives_what_a_slide_show_pastes_into_a_title(client):
    """A line break within a title comes out of PowerPoint as U+000B, which no XML can hold."""
    session = make_session("Sammen\x0bmot menneskehandel")
    make_release()
    session.cancel()
    make_release(note="Innlederen er\x0csyk")

    feed = client.get("/nb/sammen/changes.atom")

    assert feed.status_code == 200
    words = "".join(etree.fromstring(feed.content).itertext())
    assert "mot menneskehandel" in words
    assert "syk" in words


def test_a_shared_picture_holds_the_longest_word_of_a_title():
    word = "Likestillingsdirektoratetskommunikasjonsavdelingen"
    size, lines = card.fitted(f"{word} møtes")
    assert word in lines[0]
    assert all(card.length(line, size, 700) <= card.SIZE[0] - 2 * card.MARGIN for line in lines)

    size, lines = card.fitted(word * 3)
    assert lines[0].endswith("…")
    assert card.length(lines[0], size, 700) <= card.SIZE[0] - 2 * card.MARGIN


def test_a_shared_picture_is_drawn_of_names_with_a_line_break():
    session = a_session("Sammen", track=a_track("Rettigheter\nog arbeid"))
    drawn = Image.open(io.BytesIO(card.draw(a_programme(session), session, "nb")))
    assert drawn.size == card.SIZE


@pytest.mark.once
@pytest.mark.parametrize(("width", "height"), [(600, 20000), (2, 30000), (1500, 17000)])
def test_staff_may_upload_a_very_tall_picture(width, height):
    session = make_session(image=a_picture(width, height))
    with session.image.open() as file:
        stored = Image.open(file)
        assert stored.format == "WEBP"
        assert stored.height <= 16383
        assert session.image.name.endswith(f"-{stored.width}x{stored.height}.webp")


def test_staff_choose_no_conference_that_does_not_exist(client):
    make_session()
    client.force_login(make_superuser())
    for named in ("", "abc", "0", "9" * 30):
        assert client.post("/admin/choose/", {"conference": named}).status_code == 404, named


def test_staff_see_everybody_where_a_list_is_asked_for_a_conference_that_does_not_exist(client):
    make_speaker(make_session(), make_person("Anousheh Karvar"))
    client.force_login(make_superuser())
    for named in ("abc", "9" * 30):
        assert "Karvar" in client.get("/admin/speakers/person/", {"at": named}).content.decode()


def test_a_note_with_a_character_that_no_database_stores_is_published(client):
    conference = make_session().conference
    client.force_login(make_superuser())
    address = f"/admin/programme/release/review/{conference.pk}/"
    seal = client.get(address).context["seal"]

    client.post(address, {"note": "Første\0 utgave", "reviewed": seal})

    assert conference.releases.get().note == "Første utgave"


def test_a_name_as_long_as_it_may_be_can_be_sorted_by():
    person = make_person(f"{'A' * 150} {'B' * 49}")
    person.full_clean()
    assert Person.objects.get().sort_name.startswith("B" * 49 + ", AAA")


def test_nobody_guesses_the_address_of_a_file_that_is_not_published(client):
    session = make_session(state="draft")
    files = [make_material(session, link="", file=ContentFile(b"%PDF-", name="Lysbilder.pdf")).file for _ in "ab"]

    first, second = (file.url for file in files)

    answer = client.get(first)  # as those can who were told it
    assert b"".join(answer.streaming_content) == b"%PDF-"
    answer.close()
    assert first.endswith("/Lysbilder.pdf")
    assert first.rsplit("/", 1)[0] != second.rsplit("/", 1)[0]
    assert client.get(f"/media/materials/{timezone.now().year}/Lysbilder.pdf").status_code == 404


def test_words_fall_back_to_the_same_language_in_whatever_order_a_database_keeps_them():
    words = {"nn": "Saman", "fr": "Ensemble"}
    backwards = dict(reversed(words.items()))
    assert Text(words).best("de", "de") == Text(backwards).best("de", "de") == ("Ensemble", "fr")


def test_a_card_draws_european_names_and_leaves_out_what_it_has_no_letters_for():
    assert card.drawable("Rasa  Vėjūnaitė\nog Łukasz Żółć") == "Rasa Vėjūnaitė og Łukasz Żółć"
    assert card.drawable("كيف نعمل معًا") == card.drawable("共に立ち向かう") == ""
    assert card.drawable("Sammen 共に mot menneskehandel") == "Sammen  mot menneskehandel"
