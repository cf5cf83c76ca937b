"""Staff move parts about on the board: with a plain form, and with what the board's script sends."""

import datetime as dt
import json

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html
from reversion.models import Revision

from sessions.models import Part
from tests.factories import (
    make_conference,
    make_part,
    make_person,
    make_room,
    make_session,
    make_staff,
    make_superuser,
    make_track,
    moment,
)
from tests.forms import errors_on, fields_of, open_form, words_on

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}
FIRST_DAY = "/admin/board/sammen/2030-01-31/"


@pytest.fixture
def staff(client):
    return signed_in(client, make_superuser())


@pytest.fixture
def translator(client):
    user = make_staff(name="translator")
    user.groups.add(Group.objects.get(name="Translators"))
    return signed_in(client, user)


def signed_in(client, user):
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def address(part):
    return f"/admin/board/part/{part.pk}/"


def at(part, times, room=None, day="2030-01-31"):
    """What the form sends to put a part there: times are "14:00-15:00"."""
    start, _dash, end = times.partition("-")
    part.refresh_from_db()
    seen = " ".join(
        [
            *(m.astimezone(dt.UTC).isoformat() if m else "" for m in (part.starts_at, part.ends_at)),
            str(part.room_id or ""),
        ]
    )
    return {"day": day, "start": start, "end": end, "room": room.pk if room else "", "seen": seen}


def stands(part):
    part.refresh_from_db()
    zone = part.session.conference.zone
    times = [f"{m.astimezone(zone):%d. %H:%M}" for m in (part.starts_at, part.ends_at) if m]
    return *times, str(part.room or "")


def day_as_json(client, day=FIRST_DAY, **headers):
    return client.get(f"{day}day.json", **headers)


def test_staff_move_a_part_with_a_plain_form(staff):
    hall, cellar = make_room("Storsalen"), make_room("Kjelleren")
    part = make_session("Møtet", "13:00", room=hall).parts.get()

    assert "Møtet" in words_on(staff.get(FIRST_DAY + "?list"))
    form = open_form(staff, address(part))
    assert (form["day"], form["start"], form["end"], form["room"]) == ("2030-01-31", "13:00", "14:00", str(hall.pk))
    answer = staff.post(address(part), form | {"start": "15:00", "end": "15:45", "room": cellar.pk}, follow=True)

    assert stands(part) == ("31. 15:00", "31. 15:45", "Kjelleren")
    assert "“Møtet” is moved: Thursday 31 January, 15:00–15:45, Kjelleren." in words_on(answer)


def test_staff_take_back_a_move_from_the_message_that_reports_it(staff):
    hall = make_room("Storsalen")
    part = make_session("Møtet", "13:00", room=hall).parts.get()
    answer = staff.post(address(part), at(part, "15:00-16:00"), follow=True)
    [form] = html.fromstring(answer.content.decode()).xpath("//form[@class='board-undo']")

    answer = staff.post(form.get("action"), dict(form.fields), follow=True)

    assert stands(part) == ("31. 13:00", "31. 14:00", "Storsalen")
    assert "Thursday 31 January, 13:00–14:00, Storsalen" in words_on(answer)


def test_staff_cannot_take_back_over_what_a_colleague_did_since(staff):
    part = make_session(at="13:00").parts.get()
    done = staff.post(address(part), at(part, "15:00-16:00"), **JSON).json()
    Part.objects.update(starts_at=moment("17:00"), ends_at=moment("18:00"))

    answer = staff.post(done["undo"], {"way_back": done["way_back"]}, **JSON)

    assert answer.status_code == 409
    assert stands(part) == ("31. 17:00", "31. 18:00", "")


def test_staff_cannot_make_up_a_way_back(staff):
    part = make_session(at="13:00").parts.get()
    other = make_session(at="15:00").parts.get()
    done = staff.post(address(other), at(other, "16:00-17:00"), **JSON).json()
    assert staff.post(f"{address(part)}undo/", {"way_back": "made:up"}, **JSON).status_code == 404
    assert staff.post(f"{address(part)}undo/", {"way_back": done["way_back"]}, **JSON).status_code == 409
    assert stands(part) == ("31. 13:00", "31. 14:00", "")


def test_staff_move_a_part_with_what_the_script_sends(staff):
    hall = make_room("Storsalen")
    part = make_session("Møtet", at=None).parts.get()

    done = staff.post(address(part), at(part, "09:05-09:50", hall), **JSON).json()

    assert stands(part) == ("31. 09:05", "31. 09:50", "Storsalen")
    [card] = day_as_json(staff).json()["cards"]
    assert (card["start"], card["end"], card["room"], card["seen"]) == (545, 590, hall.pk, done["seen"])
    assert staff.post(done["undo"], {"way_back": done["way_back"]}, **JSON).status_code == 200
    assert stands(part) == ("",)
    assert [card["title"] for card in day_as_json(staff).json()["waiting"]] == ["Møtet"]


def test_staff_take_the_time_away(staff):
    hall = make_room("Storsalen")
    part = make_session("Møtet", "13:00", room=hall).parts.get()
    form = open_form(staff, address(part))
    answer = staff.post(address(part), form | {"unschedule": "1"}, follow=True)
    assert stands(part) == ("Storsalen",)
    assert "“Møtet” is moved: without a time." in words_on(answer)


def test_who_is_too_late_is_told_who_was_faster_and_overwrites_nothing(client):
    part = make_session("Møtet", "13:00").parts.get()
    mine = at(part, "15:00-16:00")
    kari = make_staff("change_session", "view_session", name="kari", first_name="Kari", last_name="Nordmann")
    signed_in(client, kari).post(address(part), at(part, "10:00-11:00"))

    signed_in(client, make_superuser())
    told = client.post(address(part), mine, **JSON)
    assert told.status_code == 409
    assert told.json()["said"] == (
        "Kari Nordmann moved “Møtet” meanwhile: Thursday 31 January, 10:00–11:00, no room yet. Your move is not saved."
    )
    page = client.post(address(part), mine)
    assert page.status_code == 409
    assert "Kari Nordmann moved “Møtet” meanwhile" in words_on(page)
    assert stands(part) == ("31. 10:00", "31. 11:00", "")
    again = fields_of(page.content)
    assert (again["start"], again["seen"]) == ("15:00", at(part, "")["seen"])  # pressed again, it is meant


def test_a_move_is_a_step_of_the_history(staff):
    session = make_session("Møtet", "13:00")
    part = session.parts.get()
    staff.post(address(part), at(part, "15:00-16:00"))
    session.refresh_from_db()
    [step] = Revision.objects.exclude(user=None)
    assert (session.version, step.user.username) == (2, "superuser")
    assert json.loads(step.comment) == {"said": "Moved “%(name)s” on the board", "with": {"name": {"nb": "Møtet"}}}


def test_staff_are_told_in_words_what_cannot_be_saved(staff):
    part = make_session(at="13:00").parts.get()
    page = staff.post(address(part), at(part, "15:00-14:00"))
    assert page.status_code == 400
    assert errors_on(page) == ["A part must end after it starts."]
    told = staff.post(address(part), at(part, "15:00-14:00"), **JSON)
    assert (told.status_code, told.json()) == (400, {"errors": ["A part must end after it starts."]})
    elsewhere = make_room(conference=make_conference("Et annet"))
    assert staff.post(address(part), at(part, "15:00-16:00", elsewhere), **JSON).status_code == 400
    assert stands(part) == ("31. 13:00", "31. 14:00", "")


def test_problems_are_told_of_a_move_before_it_is_made(staff):
    hall, ada = make_room("Storsalen"), make_person("Ada")
    make_session("I veien", "15:00", room=hall, speakers=[ada])
    part = make_session("Møtet", "13:00", room=make_room("Kjelleren"), speakers=[ada]).parts.get()

    def told(**move):
        query = at(part, move["times"], move.get("room"))
        return staff.get(f"{address(part)}problems.json", query).json()

    assert told(times="15:30-16:30", room=hall)["problems"] == [
        "“Møtet” is in Storsalen at the same time as “I veien” (Thursday 15:30–16:00)."
    ]
    assert [words for words in told(times="15:30-16:30")["problems"] if "Ada" in words] == [
        "Ada is on stage in “Møtet” and in “I veien” at the same time (Thursday 15:30–16:00)."
    ]
    assert told(times="10:00-11:00", room=hall) == {"problems": [], "errors": []}
    assert told(times="11:00-10:00")["errors"] == ["A part must end after it starts."]
    page = staff.post(address(part), at(part, "15:30-16:30", hall) | {"look": "1"})
    assert "at the same time as “I veien”" in words_on(page)
    assert stands(part) == ("31. 13:00", "31. 14:00", "Kjelleren")


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


def test_a_translator_looks_and_moves_nothing(translator):
    part = make_session("Møtet", "13:00").parts.get()
    assert "Møtet" in words_on(translator.get(FIRST_DAY + "?list"))
    assert (
        json.loads(
            html.fromstring(translator.get(FIRST_DAY).content.decode()).get_element_by_id("board-settings").text
        )["mayMove"]
        is False
    )
    assert translator.get(address(part)).status_code == 200
    assert translator.post(address(part), at(part, "15:00-16:00")).status_code == 403
    assert translator.post(f"{address(part)}undo/", {"way_back": ""}).status_code == 403
    assert stands(part) == ("31. 13:00", "31. 14:00", "")


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
