"""What a French visitor does with a phone, from the front page to a corridor without a network; each tap is counted."""

import pytest

from tests.test_browser_offline import wait_until, wait_until_kept

FEWEST = 6  # taps from the front page to reading offline
FRENCH = "Écouter avant d’interroger\N{NO-BREAK SPACE}: le premier entretien"
OTHER = "Qui voit celle ou celui qui travaille la nuit\N{NARROW NO-BREAK SPACE}?"
SHARES = (
    "navigator.share = async (what) => { window.shared = what }"  # the sheet of the telephone, which no page can see
)


@pytest.fixture
def phone(browser, site):
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, locale="fr")
    context.add_init_script(SHARES)
    yield context
    context.close()


@pytest.fixture
def tap():
    """A function that taps something a finger can hit, and counts in `tap.number`."""

    def tap(element):
        element.scroll_into_view_if_needed()
        box = element.bounding_box()
        assert min(box["height"], box["width"]) >= 24, element
        element.tap()
        tap.number += 1

    tap.number = 0
    return tap


def test_a_visitor_finds_stars_shares_and_reads_a_session_without_a_network(phone, live_server, tap):
    page = phone.new_page()
    page.goto(f"{live_server.url}/")
    assert page.url == f"{live_server.url}/fr/sammen/"

    # Find what can be followed in French
    tap(page.locator(".opening a[href*='follow=fr']"))
    page.wait_for_url("**/programme/?follow=fr")
    assert page.locator(".pill").inner_text().strip() != ""
    assert not page.locator(".filters-boxes").is_visible()  # the sessions come first
    assert page.locator(f".session-card:has({title(FRENCH)})").is_visible()

    # Star it and another one that can be followed in French, and hear that they are on at the same time
    tap(page.locator(f".session-card:has({title(FRENCH)}) .star"))
    tap(page.locator(f".is-list .session-card:has({title(OTHER)}) .star"))
    page.locator(".said .overlap").wait_for()
    assert page.locator(".said .overlap a").inner_text() == FRENCH

    # See both on one page, and share them
    tap(page.locator(".masthead a[href$='/mine/']"))
    page.locator("#mine .overlap").nth(1).wait_for()
    assert set(page.locator("#mine .session-card-title").all_inner_texts()) == {FRENCH, OTHER}
    tap(page.locator("#send"))
    wait_until(page, lambda: page.evaluate("window.shared"))
    assert page.evaluate("window.shared.url") == page.locator("#link").input_value()
    assert page.evaluate("window.shared.url").startswith(f"{live_server.url}/fr/sammen/mine/?s=")

    # Read one of them where there is no network
    wait_until_kept(page, 1, "fr")
    phone.set_offline(True)
    tap(page.locator(f"#mine {title(FRENCH)}"))
    page.wait_for_url("**/sessions/**")
    page.locator("#offline.is-on p").wait_for()
    assert page.locator("h1").inner_text().startswith(FRENCH)
    assert page.locator(".session-people").is_visible()
    assert tap.number == FEWEST


def title(words):
    return f'.session-card-title a:text-is("{" ".join(words.split())}")'
