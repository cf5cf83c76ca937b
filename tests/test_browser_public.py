"""The public pages in a real browser: readable for everybody, at every width, in every language, light and dark."""

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe

from programme.demo.load import load
from programme.publish import publish

PAGES = [
    *("", "programme/", "programme/2030-02-01/", "sessions/sammen-mot-menneskehandel/", "sessions/havnas-oyne/"),
    *("sessions/apen-time-hos-erfaringspanelet/", "speakers/", "speakers/anousheh-karvar/", "rooms/storsalen/"),
    *("tracks/samarbeid/", "now/", "nowhere/"),
]
LANGUAGES = ["nb", "nn", "en", "fr"]


@pytest.fixture
def site(live_server, transactional_db, settings):
    settings.PUBLIC_URL = live_server.url
    publish(load(dt.date(2030, 1, 31)))
    return live_server.url


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible_in_light_and_dark_on_a_phone_and_a_desk(page, site, language):
    axe, visited = Axe(), 0
    for scheme, width in (("light", 1280), ("dark", 360)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        for path in PAGES:
            page.goto(f"{site}/{language}/sammen/{path}")
            found = axe.run(page).response["violations"]
            told = [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in found]
            assert told == [], f"{path} {scheme} {width}"
            visited += 1
    assert visited == 2 * len(PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_wider_than_a_small_phone(page, site, language):
    page.set_viewport_size({"width": 320, "height": 640})
    for path in PAGES:
        page.goto(f"{site}/{language}/sammen/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_large_text_still_fits(page, site):
    page.set_viewport_size({"width": 1280, "height": 800})
    for path in PAGES:
        page.goto(f"{site}/fr/sammen/{path}")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, path


def test_the_browser_has_nothing_to_complain_of_and_asks_nobody_else(page, site, complaints):
    for path in PAGES[:-1]:
        page.goto(f"{site}/nb/sammen/{path}", wait_until="networkidle")
    page.goto(f"{site}/nb/", wait_until="networkidle")
    assert complaints == []


def test_the_keyboard_reaches_the_content_first_and_shows_where_it_is(page, site):
    page.goto(f"{site}/en/sammen/programme/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_visitor_finds_a_session_and_takes_it_home_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False, locale="fr-FR", accept_downloads=True)
    page = context.new_page()
    page.goto(site)
    page.get_by_role("link", name="Voir le programme").click()
    page.get_by_role("link", name="Ensemble contre la traite des êtres humains").first.click()
    assert page.get_by_role("heading", level=1).text_content().startswith("Ensemble contre la traite")
    file = context.request.get(
        site + page.get_by_role("link", name="Enregistrer dans l’agenda").first.get_attribute("href")
    )
    assert file.headers["content-type"].startswith("text/calendar")
    assert file.text().count("BEGIN:VEVENT") == 2
    context.close()
