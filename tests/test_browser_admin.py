"""Staff at work in a real browser: everything under the strict content security policy, with keyboard and pointer."""

import pytest

from tests.desk import address, check_with_axe
from tests.factories import make_session, make_speaker, make_staff, make_track

pytestmark = pytest.mark.django_db(transaction=True)


def test_tracks_are_moved_with_buttons_and_by_dragging(desk):
    for name in ("A", "B", "C"):
        make_track(name)
    desk.at("/admin/conference_sessions/track/")
    with desk.expect_navigation():
        desk.click("tr:has(th a:text-is('C')) button[name=move_up]")
    names = "rows => rows.map(row => row.querySelector('th').textContent)"
    assert desk.eval_on_selector_all("#result_list tbody tr", names) == ["A", "C", "B"]
    grip = desk.locator("tr:has(th a:text-is('B')) [data-grip]").bounding_box()
    first = desk.locator("#result_list tbody tr").first.bounding_box()
    desk.mouse.move(grip["x"] + 3, grip["y"] + 3)
    desk.mouse.down()
    desk.mouse.move(grip["x"] + 3, first["y"] + 2, steps=8)
    with desk.expect_navigation():
        desk.mouse.up()
    assert desk.eval_on_selector_all("#result_list tbody tr", names) == ["B", "A", "C"]


def test_the_pages_before_signing_in_are_usable_by_everybody(page, live_server):
    make_staff(name="kari")
    page.goto(live_server.url + "/admin/")
    check_with_axe(page, "login")
    for _attempt in range(8):
        page.fill("#id_username", "kari")
        page.fill("#id_password", "wrong")
        with page.expect_navigation():
            page.press("#id_password", "Enter")
        if not page.locator("#id_username").count():
            break
    assert "Nothing is lost" in page.inner_text(".locked-out")
    check_with_axe(page, "locked out")


@pytest.mark.parametrize("width", [360, 820, 1280])
def test_nothing_is_wider_than_the_screen(desk, width):
    session = make_session(
        "Et svært langt navn på en programpost om samarbeid på tvers av alt vi kan tenke oss", track=make_track()
    )
    make_speaker(session)
    desk.set_viewport_size({"width": width, "height": 800})
    for path in (address(session), "/admin/conference_sessions/session/", "/admin/", "/admin/speakers/person/"):
        desk.at(path)
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, path
