"""A visitor finds what there is for them: with filters in the address, and by searching."""

import pytest

from programme.folding import fold
from tests.factories import (
    make_conference,
    make_moderator,
    make_person,
    make_question,
    make_release,
    make_room,
    make_session,
    make_track,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    make_conference()
    rights, work = make_track("Rettigheter"), make_track("Arbeid")
    hall, loft = make_room("Storsalen", is_step_free=True), make_room("Loftet")
    make_session("Åpning", track=rights, room=hall, spoken_languages=["nb"], interpreted_to=["fr"], has_captions=True)
    make_session("Fiskeoppdrett", track=work, room=loft, spoken_languages=["nn", "en"])
    make_session("En français", at="2030-02-01 10:00", track=work, room=hall, spoken_languages=["fr"])
    make_session("Uten tid", at=None, track=work, spoken_languages=["en"])
    make_release()


def shown(visitor, query):
    page = visitor.get(f"/en/sammen/programme/{query}").text.partition('id="results"')[2]
    return [title for title in ("Åpning", "Fiskeoppdrett", "En français", "Uten tid") if title in page]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Åpning", "Fiskeoppdrett", "En français", "Uten tid"]),
        ("?track=rettigheter", ["Åpning"]),
        ("?track=rettigheter&track=arbeid&room=storsalen", ["Åpning", "En français"]),
        ("?follow=fr", ["Åpning", "En français"]),
        ("?follow=no", ["Åpning", "Fiskeoppdrett"]),
        ("?language=en", ["Fiskeoppdrett", "Uten tid"]),
        ("?access=captions", ["Åpning"]),
        ("?access=step-free", ["Åpning", "En français"]),
        ("?track=nonsense&evil=%3Cscript%3E", ["Åpning", "Fiskeoppdrett", "En français", "Uten tid"]),
    ],
)
def test_filters_show_what_passes_all_of_them(visitor, programme, query, titles):
    assert shown(visitor, query) == titles


def test_filters_say_how_much_each_box_would_show(visitor, programme):
    page = visitor.get("/en/sammen/programme/?track=arbeid").text

    assert '<span lang="nb">Storsalen</span></span> <small>1</small>' in page
    assert '<span lang="nb">Rettigheter</span></span> <small>1</small>' in page
    assert "3 items" in page


def test_a_filter_can_be_taken_off_and_travels_to_other_days(visitor, programme):
    page = visitor.get("/en/sammen/programme/?track=arbeid&follow=fr").text

    assert 'class="pill" href="?follow=fr"' in page
    assert "/en/sammen/programme/2030-01-31/?track=arbeid&amp;follow=fr" in page
    assert "Clear the filters" in page
    assert 'href="/fr/sammen/programme/?track=arbeid&amp;follow=fr"' in page


def test_filters_that_leave_nothing_say_so(visitor, programme):
    page = visitor.get("/en/sammen/programme/?track=rettigheter&language=en").text

    assert "Nothing on the programme matches these filters" in page


def found(visitor, asked):
    page = visitor.get("/nb/sammen/search/", {"q": asked}).text.partition('id="results"')[2]
    return [name for name in ("Åpning", "Fiskeoppdrett", "En français", "Uten tid", "Anousheh Karvar") if name in page]


def test_search_finds_words_within_words_whatever_their_case_or_marks(visitor, programme):
    assert found(visitor, "APNING") == ["Åpning"]
    assert found(visitor, "åpn") == ["Åpning"]
    assert found(visitor, "oppdrett") == ["Fiskeoppdrett"]
    assert found(visitor, "francais") == ["En français"]
    assert found(visitor, "åpning oppdrett") == []
    assert found(visitor, "   ") == []


def test_search_reads_people_and_questions_in_all_languages_titles_first(visitor):
    make_conference()
    session = make_session("Om arbeid", lead="Noe annet")
    make_moderator(session, make_person("Anousheh Karvar", organisation="Alliance 8.7"))
    make_question(session, text="Hva er status?", text_fr="Où en sommes-nous ?")
    make_session("Karvar på scenen")
    make_release()

    page = visitor.get("/en/sammen/search/?q=ou+en+sommes").text
    assert "Om arbeid" in page
    results = visitor.get("/en/sammen/search/?q=karvar").text.partition('id="found-sessions"')[2]
    assert results.index("Karvar på scenen") < results.index("Om arbeid")


def test_search_never_finds_what_is_not_public(visitor):
    make_conference()
    session = make_session("Åpning")
    make_question(session, "Hemmelig spørsmål", audience="moderators")
    make_session("Hemmelig post", state="draft")
    make_release()

    assert "Nothing was found" in visitor.get("/en/sammen/search/?q=hemmelig").text


@pytest.mark.parametrize("asked", ["<script>alert(1)</script>", "%00", "a" * 5000, "((((", "\\", "' OR 1=1 --", "🙂"])
def test_search_takes_any_words(visitor, programme, asked):
    response = visitor.get("/en/sammen/search/", {"q": asked})
    assert response.status_code == 200
    assert "<script>alert" not in response.text


def test_folding_keeps_words_apart_and_drops_their_marks():
    assert fold("  ÅPNING i Ærø – l’été, Œuvre: STRAẞE ") == "apning i aero l ete oeuvre strasse"


def test_a_field_suggests_by_names_in_every_language_what_is_public(visitor):
    room, track = make_room("Storsalen"), make_track("Rettigheter")
    make_session(
        "Samtale", title_en="A talk", at="13:00", room=room, track=track, speakers=[make_person("Kari Nordmann")]
    )
    make_session("Hemmelig", state="draft")
    make_release()

    told = visitor.get("/en/sammen/suggestions.json").json()
    things = {told["kinds"][kind][0]: rest for kind, *rest in told["things"]}
    assert things["Session"] == ["samtale", "A talk", "", "31 January, 13:00 · Storsalen", "Samtale Kari Nordmann"]
    assert things["Room"][:3] == ["storsalen", "Storsalen", "nb"]
    assert set(things) == {"Session", "Room", "Track", "Person"}
    for word, address in told["kinds"]:
        if word in things:
            assert visitor.get(address.replace("{slug}", things[word][0])).status_code == 200
