"""Those who follow from elsewhere see what their own clock shows, in words; nobody else sees a difference."""

import pytest

from tests.test_browser_mine import ADD, star

SEED = "sessions/sammen-mot-menneskehandel/"


@pytest.fixture
def living_in(browser):
    """A visitor whose device is set to a time zone."""
    contexts = []

    def open_page(zone):
        contexts.append(browser.new_context(timezone_id=zone, viewport={"width": 1280, "height": 800}))
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("zone", "language", "words"),
    [
        ("America/New_York", "en", "Your time: 04:00–04:45 · 04:45–05:30 (New York)"),
        ("Australia/Adelaide", "en", "Your time: 19:30–20:15 · 20:15–21:00 (Adelaide)"),
        ("Pacific/Honolulu", "en", "Your time: Wednesday 23:00–23:45 · Wednesday 23:45–00:30 (Honolulu)"),
        ("Etc/GMT+3", "en", "Your time: 06:00–06:45 · 06:45–07:30 (GMT-03:00)"),
    ],
)
def test_a_visitor_elsewhere_reads_the_time_there_on_the_session_page(living_in, site, zone, language, words):
    page = living_in(zone)
    page.goto(f"{site}/{language}/sammen/{SEED}")
    assert page.locator(".session-facts > .own-time").inner_text() == words
    assert page.locator(".part-facts .own-time").count() == page.locator(".part-facts time").count() == 2


@pytest.mark.parametrize("zone", ["Europe/Oslo", "Europe/Paris"])
def test_a_visitor_with_the_same_clock_sees_no_difference(living_in, site, zone):
    page = living_in(zone)
    for path in (SEED, "programme/", "mine/"):
        page.goto(f"{site}/en/sammen/{path}")
        assert page.locator(".own-time, .own-time-note").count() == 0


def test_the_times_on_the_programme_come_when_asked_for_and_stay(living_in, site):
    page = living_in("America/New_York")
    page.goto(f"{site}/en/sammen/programme/?view=list")
    note = page.locator(".own-time-note")
    assert note.inner_text().startswith("Times are local to the conference (Oslo).")
    assert page.locator(".own-time").count() == 0

    note.get_by_role("button", name="Show the time in New York, too").click()
    assert page.locator(".hour-time").first.inner_text().split() == ["09:00", "03:00", "New", "York"]
    star(page, "Eight chairs, one case")
    page.goto(f"{site}/en/sammen/mine/")
    page.locator("#mine .own-time").wait_for()
    assert page.locator("#mine .hour-time").inner_text().split() == ["14:00", "08:00", "New", "York"]

    page.get_by_role("button", name="Show the time in New York, too").click()
    assert page.locator(".own-time").count() == 0
    assert page.get_by_role("button", name=ADD).count() == 0


def test_times_are_written_as_the_language_writes_them(living_in, site):
    page = living_in("America/New_York")
    page.goto(f"{site}/nb/sammen/{SEED}")
    assert "kl.\u00a004.00–04.45" in page.locator(".own-time").first.inner_text()
    page.goto(f"{site}/fr/sammen/{SEED}")
    words = page.locator(".own-time").first.inner_text().replace("\u202f", " ").replace("\xa0", " ")
    assert "4 h 00 – 4 h 45" in words
