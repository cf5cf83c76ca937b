"""A day on the board: what it tells, of problems and of news, to whom, and how often it asks the database."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from sessions.models import Part
from tests.factories import (
    make_conference,
    make_part,
    make_person,
    make_room,
    make_session,
    make_staff,
    make_track,
    moment,
)
from tests.forms import words_on
from tests.on_board import FIRST_DAY, JSON, address, at, day_as_json, signed_in, stands

pytestmark = pytest.mark.django_db


def test_the_day_tells_its_own_problems_and_no_other_days(staff):
    hall = make_room("Storsalen")
    for day, name in (("2030-01-31", "Torsdag"), ("2030-02-01", "Fredag")):
        make_session(f"{name} én", f"{day} 13:00", room=hall)
        make_session(f"{name} to", f"{day} 13:30", room=hall)
    board = day_as_json(staff).json()
    [problem] = board["problems"]
    assert problem["words"].startswith("“Torsdag to” is in Storsalen at the same time as “Torsdag én”")
    assert sorted(problem["cards"]) == sorted(card["pk"] for card in board["cards"])
    assert len(board["cards"]) == 2


def test_a_colleague_is_told_of_changes_and_of_nothing_else(staff):
    part = make_session("Møtet", "13:00").parts.get()
    tag = day_as_json(staff)["ETag"]
    assert day_as_json(staff, HTTP_IF_NONE_MATCH=tag).status_code == 304
    staff.post(address(part), at(part, "15:00-16:00"))
    news = day_as_json(staff, HTTP_IF_NONE_MATCH=tag)
    assert (news.status_code, news.json()["cards"][0]["start"]) == (200, 900)
    make_track("Ny")
    assert day_as_json(staff, HTTP_IF_NONE_MATCH=news["ETag"]).status_code == 200


@pytest.mark.parametrize("change", ["state", "title", "room", "shift", "delete"])
def test_whatever_changes_on_the_day_is_news(staff, change):
    room = make_room("Storsalen")
    session = make_session("Møtet", "13:00", room=room)
    tag = day_as_json(staff)["ETag"]
    if change == "state":
        session.cancel()
    elif change == "title":
        session.title_nb = "Et annet navn"
        session.save()
    elif change == "room":
        room.name_nb = "Lillesalen"
        room.save()
    elif change == "shift":
        Part.objects.update(starts_at=moment("13:30"))
    else:
        session.delete()
    assert day_as_json(staff, HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_a_night_belongs_to_the_day_it_follows(staff):
    late = make_session("Nattkino", "2030-02-01 00:30").parts.get()
    across = make_session("Fest", "2030-01-31 22:00", minutes=240).parts.get()
    cards = {card["pk"]: card for card in day_as_json(staff).json()["cards"]}
    assert (cards[late.pk]["start"], cards[late.pk]["end"]) == (1470, 1530)
    assert (cards[across.pk]["start"], cards[across.pk]["end"]) == (1320, 1560)
    assert day_as_json(staff, "/admin/board/sammen/2030-02-01/").json()["cards"] == []
    staff.post(address(across), at(across, "23:00-03:00"))
    assert stands(across) == ("31. 23:00", "01. 03:00", "")


def test_the_clocks_are_those_of_the_conference_when_they_change(staff):
    """On 31 March 2030 they go from 02:00 to 03:00 in Oslo, on 27 October from 03:00 back to 02:00."""
    spring = make_conference("Vår", slug="var", starts_on=dt.date(2030, 3, 30), ends_on=dt.date(2030, 3, 31))
    night = make_session("Natt", "2030-03-31 01:00", minutes=60, conference=spring).parts.get()
    [card] = day_as_json(staff, "/admin/board/var/2030-03-30/").json()["cards"]
    assert (card["start"], card["end"]) == (1500, 1620)  # an hour, from 01:00 to 03:00 on the clock
    answer = staff.post(address(night), at(night, "02:30-03:30", day="2030-03-31"), **JSON)
    assert answer.json()["errors"][0] == "The clocks are put forward that night: this time does not exist."

    autumn = make_conference("Høst", slug="host", starts_on=dt.date(2030, 10, 26), ends_on=dt.date(2030, 10, 27))
    room = make_room(conference=autumn)
    back = make_session("Tilbake", at=None, conference=autumn).parts.get()
    back.starts_at = dt.datetime(2030, 10, 27, 0, 40, tzinfo=dt.UTC)  # 02:40, the first time
    back.ends_at = dt.datetime(2030, 10, 27, 1, 20, tzinfo=dt.UTC)  # 02:20, the second time
    back.save()
    [card] = day_as_json(staff, "/admin/board/host/2030-10-26/").json()["cards"]
    assert (card["start"], card["end"]) == (1600, 1640)
    staff.post(address(back), at(back, "", room) | {"room_only": "1"}, **JSON)
    back.refresh_from_db()
    assert (back.ends_at - back.starts_at, back.room) == (dt.timedelta(minutes=40), room)


def test_who_may_not_see_sessions_sees_no_board(client):
    part = make_session("Hemmelig", "13:00", state="draft").parts.get()
    pages = [FIRST_DAY, f"{FIRST_DAY}day.json", "/admin/board/sammen/", address(part), f"{address(part)}problems.json"]
    assert {client.get(page).status_code for page in pages} == {302}  # to sign in
    signed_in(client, make_staff("view_room"))
    assert {client.get(page).status_code for page in pages} == {403}


def test_staff_come_to_the_board_from_any_page(staff):
    make_session(at="13:00")
    [link] = html.fromstring(staff.get("/admin/").content.decode()).xpath("//section[@class='desk']//a[.='The board']")
    assert staff.get(link.get("href"))["Location"] == FIRST_DAY
    assert staff.get("/admin/board/sammen/2030-99-99/").status_code == 404
    assert staff.get("/admin/board/nothing/2030-01-31/").status_code == 404
    assert staff.get("/admin/board/part/99999/").status_code == 404


def test_drafts_and_cancelled_sessions_are_marked(staff):
    make_session("Utkastet", "13:00", state="draft")
    make_session("Avlyst", "14:00", state="cancelled")
    words = words_on(staff.get(FIRST_DAY + "?list"))
    assert "Utkastet draft" in words
    assert "Avlyst cancelled" in words


QUERIES = {"page": 17, "list": 16, "day": 17, "unchanged": 6, "form": 21, "problems": 30, "move": 37}


@pytest.mark.parametrize("size", [2, 24])
def test_the_board_asks_the_database_no_more_often_for_a_large_day(staff, size):
    rooms = [make_room(f"Rom {n}") for n in range(4)]
    track, person = make_track(), make_person()
    for n in range(size):
        session = make_session(f"Nr. {n}", f"{10 + n % 8}:00", room=rooms[n % 4], track=track, speakers=[person])
        make_part(session, None)
    part, another = Part.objects.filter(starts_at__isnull=False)[:2]
    staff.post(address(another), at(another, "10:30-12:00"), **JSON)
    staff.get(FIRST_DAY)  # the header counts what waits once, and remembers it
    move, tag = at(part, "10:00-11:30", rooms[0]), {"HTTP_IF_NONE_MATCH": day_as_json(staff)["ETag"]}
    header = queries(lambda: staff.get("/admin/password_change/"))  # what every page of the admin asks
    asked = {
        "page": queries(lambda: staff.get(FIRST_DAY)) - header,
        "list": queries(lambda: staff.get(FIRST_DAY + "?list")) - header,
        "day": queries(lambda: day_as_json(staff)),
        "unchanged": queries(lambda: day_as_json(staff, **tag)),
        "form": queries(lambda: staff.get(address(part))) - header,
        "problems": queries(lambda: staff.get(f"{address(part)}problems.json", move)),
        "move": queries(lambda: staff.post(address(part), move, **JSON)),
    }
    assert asked == QUERIES


def queries(ask):
    with CaptureQueriesContext(connection) as captured:
        assert ask().status_code in (200, 304)
    return len(captured)
