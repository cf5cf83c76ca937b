"""What leads a visitor on: from part to part, from day to day, and from the front page to what they can follow."""

import datetime as dt
import io

import pytest
from PIL import Image

from tests.factories import make_format, make_part, make_release, make_room, make_session, make_track
from tests.pages import Links

pytestmark = pytest.mark.django_db


def test_a_card_of_one_part_leads_to_the_other_with_its_time_and_room(visitor, conference):
    session = make_session("Åpning", at="13:00", room=make_room("Storsalen"))
    make_part(session, "2030-02-01 09:00", room=make_room("Biblioteket"))
    make_release()

    for view in ("?view=list", "?view=grid", "?view=print"):
        page = visitor.get(f"/en/sammen/programme/2030-01-31/{view}").text
        assert "/en/sammen/sessions/apning/#part-2" in Links(page).addresses
        assert "Part 2: 1 February, 09:00, " in page
        assert "Part 1:" not in page
    assert "part-2" in Links(visitor.get("/en/sammen/sessions/apning/").text).ids
    assert "Part 1: 31 January, 13:00, " in visitor.get("/en/sammen/mine/sessions/").text


def test_a_card_leads_to_the_next_three_of_many_parts(visitor, conference):
    session = make_session("Kurs", at="09:00", minutes=30)
    for hour in range(10, 15):
        make_part(session, f"{hour}:00", 30)
    make_release()

    page = visitor.get("/en/sammen/programme/?view=list").text
    ways = [address for address in Links(page).addresses if "kurs/#part-" in address]
    assert [address[-1] for address in ways[:3]] == ["2", "3", "4"]
    assert [address[-1] for address in ways[-3:]] == ["1", "2", "3"]
    assert len(ways) == 6 * 3


def test_the_front_page_says_in_which_languages_with_what_access_and_about_what(visitor, conference):
    make_session(
        "Åpning", spoken_languages=["nb"], interpreted_to=["fr"], has_captions=True, track=make_track("Arbeid")
    )
    make_session("Lunsj", at="12:00", format=make_format("Pause", is_break=True), room=make_room(is_step_free=True))
    make_session("Avlyst", at="15:00", state="cancelled", spoken_languages=["de"])
    make_release()

    page = visitor.get("/fr/sammen/").text
    glance = page.partition('<dl class="glance">')[2].partition("</dl>")[0]
    assert "norvégien" in glance
    assert "français" in glance
    assert "allemand" not in glance
    assert "Arbeid" in glance
    assert "langue des signes" not in glance
    assert {"/fr/sammen/programme/?follow=fr", "/fr/sammen/accessibility/"} <= set(Links(page).addresses)
    assert "?follow=en" not in visitor.get("/en/sammen/").text  # nothing can be followed in English


def test_a_day_of_the_conference_without_sessions_says_so_and_leads_on(visitor, conference):
    make_session()
    make_release()

    empty = visitor.get("/en/sammen/programme/2030-02-01/")
    assert empty.status_code == 200
    assert "Nothing takes place on Friday 1 February 2030." in empty.text
    assert "/en/sammen/programme/" in Links(empty.text.partition("<main")[2]).addresses
    assert visitor.get("/en/sammen/programme/2030-02-02/").status_code == 404


def test_what_comes_next_on_another_day_has_its_date(visitor, conference, time_machine):
    make_session("I dag", at="13:00")
    make_session("I morgen", at="2030-02-01 09:00")
    make_release()

    time_machine.move_to(dt.datetime(2030, 1, 31, 12, 0, tzinfo=conference.zone))
    assert "Thursday 31 January 2030</span>" not in visitor.get("/en/sammen/now/").text
    time_machine.move_to(dt.datetime(2030, 1, 31, 20, 0, tzinfo=conference.zone))
    assert "<span>Friday 1 February 2030</span>" in visitor.get("/en/sammen/now/").text


def test_a_room_that_nothing_is_said_of_and_nothing_is_in_is_not_listed(visitor, conference):
    make_session(room=make_room("Storsalen"))
    make_room("Lager 7")
    make_room("Stillerommet", accessibility="Dempet lys")
    make_release()

    page = visitor.get("/nb/sammen/accessibility/").text
    assert "Storsalen" in page
    assert "Stillerommet" in page
    assert "Lager 7" not in page


def test_the_icon_is_found_where_every_browser_looks_for_it(visitor):
    response = visitor.get("/favicon.ico")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/x-icon")
    assert Image.open(io.BytesIO(response.content)).info["sizes"] == {(16, 16), (32, 32), (48, 48)}
