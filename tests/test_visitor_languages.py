"""A visitor reads in their own language, and is told where the words are in another."""

import pytest

from tests.factories import make_conference, make_release, make_session
from tests.pages import Links

pytestmark = pytest.mark.django_db


def test_the_language_switch_stays_on_the_same_page(visitor):
    make_session("Sammen", title_fr="Ensemble", conference=make_conference())
    make_release()

    page = visitor.get("/nb/sammen/sessions/sammen/").text

    for language in ("nn", "en", "fr"):
        assert f'href="/{language}/sammen/sessions/sammen/" lang="{language}"' in page
    assert "Ensemble" in visitor.get("/fr/sammen/sessions/sammen/").text


def test_words_in_another_language_are_marked_and_noted(visitor):
    make_session("Sammen mot menneskehandel", lead="Hva skal til?")
    make_release()

    french = visitor.get("/fr/sammen/sessions/sammen-mot-menneskehandel/").text
    nynorsk = visitor.get("/nn/sammen/sessions/sammen-mot-menneskehandel/").text

    assert '<span lang="nb">Sammen mot menneskehandel</span> <small class="tongue">en norvégien</small>' in french
    assert 'lang="nb"><p>Hva skal til?</p>' in french
    assert '<small class="tongue">på bokmål</small>' in nynorsk
    assert "tongue" not in visitor.get("/nb/sammen/sessions/sammen-mot-menneskehandel/").text


def test_a_programme_in_one_other_language_says_so_once(visitor):
    """Beside each of nine hundred titles it would be noise, so the stylesheet hides it there."""
    make_session("Sammen mot menneskehandel")
    other = make_session("Velkommen")
    make_release()
    assert '<p class="borrowed">Le programme est en norvégien.</p>' in visitor.get("/fr/sammen/programme/").text
    assert 'class="page-programme is-borrowed"' in visitor.get("/fr/sammen/programme/").text
    assert "Programmet er på bokmål." in visitor.get("/nn/sammen/").text
    assert "borrowed" not in visitor.get("/nb/sammen/programme/").text

    other.title_fr = "Bienvenue"
    other.save()
    make_release()
    assert "borrowed" not in visitor.get("/fr/sammen/programme/").text
    assert '<small class="tongue">en norvégien</small>' in visitor.get("/fr/sammen/programme/").text


def test_a_page_names_itself_and_its_siblings_for_search_engines(visitor, settings):
    make_session("Sammen", lead="Hva *skal* til & når?")
    make_release()

    page = visitor.get("/en/sammen/sessions/sammen/").text

    here = f"{settings.PUBLIC_URL}/en/sammen/sessions/sammen/"
    assert f'<link rel="canonical" href="{here}">' in page
    for language in ("nb", "nn", "en", "fr"):
        assert f'<link rel="alternate" hreflang="{language}" href="{here.replace("/en/", f"/{language}/")}">' in page
    assert 'hreflang="x-default"' in page
    assert '<meta name="description" content="Hva skal til &amp; når?">' in page
    assert "<title>Sammen – Sammen</title>" in page


def test_a_language_the_conference_does_not_offer_leads_to_its_first(visitor):
    make_session("Ensemble", title_fr="Ensemble", conference=make_conference(languages=["fr", "en"]), slug="ensemble")
    make_release()

    response = visitor.get("/nb/sammen/sessions/ensemble/")
    assert (response.status_code, response.headers["Location"]) == (302, "/fr/sammen/sessions/ensemble/")
    assert visitor.get("/de/sammen/").status_code == 404
    page = visitor.get("/fr/sammen/").text
    assert not [a for a in Links(page).addresses if a.startswith(("/nb/sammen", "/nn/sammen"))]


def test_times_are_written_as_each_language_does(visitor):
    make_session("Sammen", at="13:00", minutes=90)
    make_release()

    expected = {
        "nb": "kl.\u00a013.00–14.30",
        "nn": "kl.\u00a013.00–14.30",
        "en": "13:00–14:30",
        "fr": "13\xa0h\xa000\xa0– 14\xa0h\xa030",
    }
    for language, hours in expected.items():
        assert hours in visitor.get(f"/{language}/sammen/sessions/sammen/").text.replace("\u202f", "\xa0")


def test_times_are_the_conferences_whatever_the_server_thinks(visitor, settings):
    settings.TIME_ZONE = "America/New_York"
    make_session("Sammen", at="23:30", conference=make_conference(timezone="Pacific/Auckland"))
    make_release()

    assert "23:30" in visitor.get("/en/sammen/sessions/sammen/").text
    assert "2030-01-31T23:30+13:00" in visitor.get("/en/sammen/sessions/sammen/").text


@pytest.mark.parametrize("language", ["nb", "nn", "en", "fr"])
def test_error_pages_speak_the_visitors_language(visitor, language):
    make_session()
    make_release()
    words = {
        "nb": "Vi finner ikke siden",
        "nn": "Vi finn ikkje sida",
        "en": "We cannot find that page",
        "fr": "Page introuvable",
    }

    for path in (f"/{language}/sammen/sessions/nowhere/", f"/{language}/sammen/nowhere/", f"/{language}/nowhere/"):
        response = visitor.get(path)
        assert (response.status_code, words[language] in response.text) == (404, True), path
        assert f'<html lang="{language}">' in response.text
