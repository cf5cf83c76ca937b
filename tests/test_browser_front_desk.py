"""The front desk and the problems told while somebody writes, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.desk import ADD, check_with_axe, pick
from tests.factories import make_conference, make_person, make_release, make_room, make_session

pytestmark = pytest.mark.django_db(transaction=True)
HEARD = ".submit-row .problems-now .problem"
ABOVE_THE_BUTTONS = """document.querySelector(".submit-row:last-of-type").getBoundingClientRect().top
  - document.activeElement.getBoundingClientRect().bottom"""  # pixels


def test_staff_hear_of_a_clash_as_they_pick_a_time_and_a_person(desk):
    conference = make_conference()
    person = make_person("Tina Davis")
    make_session("Åpning", "13:00", room=make_room("Aula"), moderators=[person])
    make_room("Rom 2")
    desk.at(ADD)
    assert desk.get_attribute(".problems-now", "aria-live") == "polite"
    desk.fill("#id_title_nb", "Verksted")
    desk.click("[data-free-time]")
    assert desk.input_value("#id_parts-0-start") == "14:00"
    desk.evaluate(f"window.scrollBy(0, ({ABOVE_THE_BUTTONS}) * -1 + 4)")
    desk.fill("#id_parts-0-start", "1330")
    desk.press("#id_parts-0-start", "Tab")
    desk.wait_for_selector(f"{HEARD}:has-text('is in Aula at the same time as “Åpning”')")
    assert desk.evaluate(ABOVE_THE_BUTTONS) > 0, "what is being written is behind what is told"

    desk.select_option("#id_parts-0-room", label="Rom 2")
    desk.wait_for_selector(HEARD, state="detached")
    pick(desk, "speakers-0", "Davis")
    desk.wait_for_selector(f"{HEARD}:has-text('Tina Davis is on stage')")
    desk.click("[data-rows=parts] [data-add-row]")
    expect(desk.locator("#id_parts-1-start")).to_have_value(desk.input_value("#id_parts-0-end"))
    assert conference.sessions.count() == 1


def check_by_day_and_night(desk, name):
    for scheme in ("light", "dark"):
        desk.emulate_media(color_scheme=scheme)
        check_with_axe(desk, f"{name}, {scheme}")
    desk.said.clear()  # axe-core itself tries styles that the policy forbids


def test_the_front_desk_is_usable_by_everybody(desk):
    desk.at("/admin/")
    check_by_day_and_night(desk, "without a conference")
    room = make_room("Aula")
    conference = make_session("Åpning", "13:00", room=room).conference
    desk.at("/admin/")
    check_by_day_and_night(desk, "before the first release")
    make_release(conference)
    clash = make_session("Verksted", "13:30", room=room)
    make_session("Utkast", at=None, state="draft")
    pages = ["/admin/", "/admin/problems/", f"/admin/programme/release/review/{conference.pk}/",
             f"/admin/conference_sessions/session/{clash.pk}/change/", "/admin/conference_sessions/session/"]  # fmt: skip
    for path in pages:
        desk.set_viewport_size({"width": 820, "height": 900})
        desk.at(path)
        assert desk.evaluate("document.documentElement.scrollWidth") <= 820, path
        check_by_day_and_night(desk, path)
