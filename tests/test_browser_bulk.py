"""Staff change many sessions in a real browser, see at once what will change, and take it back; with and without scripts."""

import pytest
from playwright.sync_api import expect

from sessions.models import Session
from tests.desk import sign_in
from tests.factories import make_conference, make_release, make_room, make_session, make_superuser
from tests.looking import violations

pytestmark = pytest.mark.django_db(transaction=True)
SESSIONS = "/admin/conference_sessions/session/"


@pytest.fixture
def programme(live_server, settings):
    settings.PUBLIC_URL = live_server.url
    make_conference()
    make_room("Storsalen")
    sessions = [make_session(f"Post {n}", at=f"{10 + n}:00", title_en=f"Session {n}") for n in range(3)]
    make_release()
    return sessions


def choose(page, live_server, action, count):
    page.goto(live_server.url + SESSIONS)
    for box in page.locator("input.action-select").all()[:count]:
        box.check()
    page.select_option("select[name=action]", action)
    with page.expect_navigation():
        page.click(".actions button[name=index]")


def test_staff_see_what_will_change_while_they_choose_do_it_and_take_it_back(page, context, live_server, programme):
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(context, live_server, make_superuser())
    choose(page, live_server, "change_many", 2)
    page.select_option("[name=room]", label="Storsalen")
    page.locator(".bulk-line").nth(1).wait_for()
    page.fill("[name=minutes]", "90")
    page.press("[name=minutes]", "Tab")
    page.get_by_text("12:30").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.frame_locator("iframe").locator("h1")).to_have_text("Session 0")
    assert said == []
    assert violations(page) == []

    page.click("[name=go]")
    page.get_by_text("2 sessions were changed.").wait_for()
    assert [str(session.parts.get().room) for session in programme] == ["Storsalen", "Storsalen", "None"]
    page.click("button.undo")
    page.get_by_text("It is undone.").wait_for()
    assert [session.parts.get().room for session in programme] == [None] * 3


def test_staff_cancel_a_session_with_the_keyboard_and_see_what_the_public_will_see(
    page, context, live_server, programme
):
    sign_in(context, live_server, make_superuser())
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.goto(f"{live_server.url}{SESSIONS}{programme[0].pk}/change/")
    with page.expect_navigation():
        page.get_by_role("link", name="Cancel, replace or hide").click()
    assert page.locator("[name=replaced_by]").is_hidden()
    page.locator(".bulk-line").wait_for()
    page.focus("[name=outcome]:checked")
    page.keyboard.press("ArrowDown")
    page.locator(".select2-selection").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".select2-search__field:focus")
    page.keyboard.type("Session 2")
    page.wait_for_selector(".select2-results__option--highlighted:has-text('Session 2')")
    page.keyboard.press("Enter")
    page.fill("[name=notice_en]", "The speaker is ill.")
    page.press("[name=notice_en]", "Tab")
    seen = page.frame_locator("iframe")
    seen.get_by_text("The speaker is ill.").wait_for()
    expect(seen.get_by_role("link", name="Session 2")).to_have_count(1)
    assert violations(page) == []
    page.click("[name=go]")
    page.get_by_text("1 session was changed.").wait_for()
    session = Session.objects.get(pk=programme[0].pk)
    assert (session.state, session.replaced_by, session.notice_en) == ("cancelled", programme[2], "The speaker is ill.")


def test_all_of_it_works_without_scripts(browser, live_server, programme):
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    sign_in(context, live_server, make_superuser())
    choose(page, live_server, "cancel", 3)
    page.check("[name=outcome][value=hide]")
    page.click("[name=look]")
    expect(page.locator(".bulk-line")).to_have_count(3)
    page.click("[name=go]")
    page.get_by_text("3 sessions were changed.").wait_for()
    assert set(Session.objects.values_list("state", flat=True)) == {"draft"}
    context.close()
