"""Staff move parts about on the board: with a plain form, and with what the board's script sends."""

import json

import pytest
from django.contrib.auth.models import Group
from lxml import html
from reversion.models import Revision

from sessions.models import Part
from tests.factories import make_conference, make_person, make_room, make_session, make_staff, make_superuser, moment
from tests.forms import errors_on, fields_of, open_form, words_on
from tests.on_board import FIRST_DAY, JSON, address, at, day_as_json, signed_in, stands

pytestmark = pytest.mark.django_db


@pytest.fixture
def translator(client):
    user = make_staff(name="translator")
    user.groups.add(Group.objects.get(name="Translators"))
    return signed_in(client, user)


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
