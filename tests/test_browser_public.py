"""The public pages in a real browser: quiet, reached by the keyboard, and of use without scripts."""

import re

import pytest
from playwright.sync_api import expect

PAGES = [
    *("", "programme/", "programme/2030-02-01/", "sessions/sammen-mot-menneskehandel/", "sessions/havnas-oyne/"),
    *("sessions/apen-time-hos-erfaringspanelet/", "speakers/", "speakers/anousheh-karvar/", "rooms/storsalen/"),
    *("tracks/samarbeid/", "now/", "nowhere/"),
]


@pytest.fixture
def complaints(page):
    """What the browser complains of, and whom it asked beside this site."""
    found = []
    page.on("console", lambda message: found.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on(
        "request",
        lambda request: (
            found.append(request.url) if "//127.0.0.1" not in request.url and "//localhost" not in request.url else None
        ),
    )
    return found


def test_the_browser_has_nothing_to_complain_of_and_asks_nobody_else(page, site, complaints):
    for path in PAGES[:-1]:
        page.goto(f"{site}/nb/sammen/{path}")
    page.goto(f"{site}/nb/")
    page.goto(f"{site}/nb/sammen/")
    page.wait_for_function("navigator.serviceWorker.ready")  # what comes after the page has come, too
    assert complaints == []


def test_the_keyboard_reaches_the_content_first_and_shows_where_it_is(page, site):
    page.goto(f"{site}/en/sammen/programme/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_visitor_finds_a_session_and_takes_it_home_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False, locale="fr-FR", accept_downloads=True)
    page = context.new_page()
    page.goto(site)
    page.get_by_role("link", name="Voir le programme").click()
    page.get_by_role("link", name="Ensemble contre la traite des êtres humains").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Ensemble contre la traite"))
    file = context.request.get(
        site + page.get_by_role("link", name="Enregistrer dans l’agenda").first.get_attribute("href")
    )
    assert file.headers["content-type"].startswith("text/calendar")
    assert file.text().count("BEGIN:VEVENT") == 2
    context.close()
