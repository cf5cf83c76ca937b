"""A publisher at the review in a real browser: ticking, planning, and sharing a preview, with and without a script."""

import pytest

from programme.models import PlannedRelease, PreviewLink, Release
from programme.publish import programme_of
from tests.desk import check_with_axe
from tests.factories import make_room, make_session

pytestmark = pytest.mark.django_db(transaction=True)


def publish(page):
    with page.expect_navigation():
        page.click(".desk-button")


def test_a_publisher_ticks_one_change_and_plans_the_other(desk, released):
    first, second = make_session("Første", room=make_room("Rom 2")), make_session("Andre")
    review = f"/admin/programme/release/review/{released.pk}/"
    desk.at(review)
    desk.click("text=Tick none")
    assert desk.locator("[name=change]:checked").count() == 0
    desk.check(f"[value='session:{first.uuid}']")
    publish(desk)
    made = programme_of(Release.objects.get(number=2))
    assert {session.title["nb"] for session in made.sessions} == {"Sammen", "Første"}

    desk.at(review)
    desk.fill("[name=day]", "2029-05-17")
    desk.fill("[name=time]", "08:00")
    assert desk.is_checked("[data-later]")
    with desk.expect_navigation():
        desk.press("[name=time]", "Enter")
    assert not PlannedRelease.objects.exists()
    assert desk.input_value("[name=day]") == "2029-05-17"
    publish(desk)
    assert "1 change is planned for Thursday 17 May 2029, 08:00" in desk.inner_text("#planned-title")
    assert PlannedRelease.objects.get().chosen == [["session", str(second.uuid)]]
    assert Release.objects.count() == 2
    assert desk.said == []
    check_with_axe(desk, "review")
    desk.said.clear()


def test_a_link_is_made_copied_and_opened_by_somebody_without_an_account(desk, released, browser):
    draft = make_session("Statsråden kommer", state="draft")
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.at(f"/admin/programme/release/links/{released.pk}/")
    desk.select_option("#id_session", str(draft.pk))
    with desk.expect_navigation():
        desk.click("text=Make the link")
    desk.click("[data-copy]")
    desk.wait_for_selector("text=Copied")
    path = desk.evaluate("navigator.clipboard.readText()").partition("/preview/")[2]
    assert desk.said == []
    check_with_axe(desk, "links")
    desk.said.clear()

    stranger = browser.new_page()
    here = desk.url.partition("/admin/")[0]
    assert stranger.goto(f"{here}/preview/{path}").status == 200
    assert "Statsråden kommer" in stranger.inner_text("h1")
    check_with_axe(stranger, "preview")
    PreviewLink.objects.all().delete()
    assert stranger.reload().status == 410
    check_with_axe(stranger, "preview that is over")
    stranger.close()
