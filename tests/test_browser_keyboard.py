"""The public pages with the keyboard alone: everything is reached in the order it is read, seen, and told of."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from tests.looking import LANGUAGES, paths

DAY = dt.date(2030, 1, 31)
TITLE = "Who sees the one who works at night?"
FOCUS = "document.activeElement"
# Whether some point of what has the focus is the topmost there: not all of it is covered (WCAG 2.2, 2.4.11).
IS_IN_SIGHT = """() => {
  const focused = document.activeElement;
  const spot = focused.closest("td, .session-card") ?? focused;
  return [...focused.getClientRects(), spot.getBoundingClientRect()].some((box) =>
    [0.1, 0.5, 0.9].some((part) => {
      const top = document.elementFromPoint(box.left + box.width * part, box.top + box.height * part);
      return top !== null && (spot.contains(top) || top.contains(focused) && top.closest("label"));
    }));
}"""
HAS_A_RING = """() => {
  const ring = (element) => element && getComputedStyle(element).outlineStyle === "solid" && parseFloat(getComputedStyle(element).outlineWidth) >= 2;
  const focused = document.activeElement;
  return ring(focused) || ring(focused.closest(".session-card")) || ring(focused.closest(".grid-item"));
}"""


@pytest.fixture
def keyboard(browser, site):
    """(page, keys): a page without a mouse, and what presses the keys with these names on it."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 600}, reduced_motion="reduce", service_workers="block", locale="en"
    )
    page = context.new_page()

    def keys(*names):
        for name in names:
            page.keyboard.press(name)

    yield page, keys
    context.close()


def words(page):
    return page.evaluate(f"{FOCUS}.innerText || {FOCUS}.value || ''").strip()


def tab_to(page, selector, key="Tab", most=120):
    """Press Tab until what a selector finds has the focus; every stop on the way is in sight and has a ring."""
    stops = []
    for _press in range(most):
        page.keyboard.press(key)
        stops.append(words(page))
        assert page.evaluate(IS_IN_SIGHT), f"hidden: {stops[-1]}"
        assert page.evaluate(HAS_A_RING), f"no ring: {stops[-1]}"
        if page.evaluate(f"selector => {FOCUS}.matches(selector)", selector):
            return stops
    raise AssertionError(f"{selector} is not reached in {most} steps: {stops}")


def test_a_visitor_walks_through_the_page_in_the_order_it_is_read(keyboard, site):
    page, keys = keyboard
    page.goto(f"{site}/en/sammen/programme/?view=list")
    stops = tab_to(page, ".session-card-title a")
    menu = page.locator(".masthead a").all_inner_texts()
    assert stops[: len(menu) + 1] == ["Skip to the content", *menu]
    assert stops[len(menu) + 1 : len(menu) + 3] == ["", "Search"]
    rest = stops[len(menu) + 3 :]
    days = page.locator(".tabs a").all_inner_texts()
    assert rest[: len(days) + 1] == [*days, "Filter"]
    assert [stop for stop in rest if stop in ("List", "Grid", "Print")] == ["List", "Print"]
    page.reload()
    keys("Tab", "Enter")
    expect(page.locator("main")).to_be_focused()
    keys("Tab")
    assert page.evaluate(f"{FOCUS}.id") == "q"


def test_a_visitor_changes_the_language_and_stays_on_the_page(keyboard, site):
    page, keys = keyboard
    page.goto(f"{site}/en/sammen/speakers/")
    tab_to(page, "[hreflang=fr]")
    keys("Enter")
    page.wait_for_url("**/fr/sammen/speakers/")
    assert page.locator("html").get_attribute("lang") == "fr"


def test_a_visitor_goes_from_day_to_day(keyboard, site):
    page, keys = keyboard
    page.goto(f"{site}/en/sammen/programme/")
    tab_to(page, ".tabs a[href*='2030-02-01']")
    keys("Enter")
    page.wait_for_url("**/programme/2030-02-01/")
    assert page.locator(".tabs [aria-current=page]").get_attribute("href").endswith("2030-02-01/")


def test_a_visitor_filters_and_takes_a_filter_away_again(keyboard, site):
    page, keys = keyboard
    page.goto(f"{site}/en/sammen/programme/?view=list")
    everything = page.locator(".session-card").count()
    tab_to(page, ".filters summary")
    told = page.locator("[role=status]#told")
    told.wait_for(state="attached")  # before it has anything to say
    keys("Enter")
    expect(page.locator(".filters-boxes")).to_be_visible()
    tab_to(page, "input[name=track]")
    box = page.evaluate(f"{FOCUS}.value")
    keys("Space")
    page.wait_for_url(f"**track={box}**")
    page.locator(".pill").wait_for()
    expect(page.locator("input[name=track]:checked")).to_be_focused()  # still where it was
    assert page.evaluate(f"{FOCUS}.value") == box
    assert 0 < page.locator(".session-card").count() < everything
    expect(told).to_have_text(f"{page.locator('.session-card').count()} items")
    tab_to(page, ".pill")
    assert words(page).startswith("Remove")
    keys("Enter")
    page.wait_for_url(lambda url: "track=" not in url)
    assert page.locator(".session-card").count() == everything


def test_a_visitor_stars_a_session_and_hears_of_it(keyboard, site):
    page, keys = keyboard
    page.goto(f"{site}/en/sammen/programme/?view=list")
    page.get_by_role("link", name=TITLE, exact=True).first.focus()
    tab_to(page, ".star", most=4)
    assert words(page).split("\n") == ["Add to my programme", TITLE]
    keys("Space")
    expect(page.locator(".said [role=status]")).to_have_text("Added to my programme.")
    assert words(page).split("\n") == ["Remove from my programme", TITLE]  # the focus stays
    keys("Enter")
    expect(page.locator(".said [role=status]")).to_have_text("Removed from my programme.")
    for _stop in range(12):  # with what was said still at the foot of the window
        keys("Tab")
        assert page.evaluate(IS_IN_SIGHT), words(page)


def test_a_visitor_shares_what_is_starred(keyboard, site):
    page, keys = keyboard
    page.goto(f"{site}/en/sammen/sessions/den-som-arbeider-om-natta/")
    tab_to(page, ".star")
    keys("Enter")
    page.goto(f"{site}/en/sammen/mine/")
    page.locator("#mine .session-card").wait_for()
    tab_to(page, ".share summary")
    keys("Enter")
    tab_to(page, "#link")
    link = page.evaluate(f"{FOCUS}.value")
    assert link.startswith(f"{site}/en/sammen/mine/?s=")
    tab_to(page, "#copy")
    keys("Enter")
    expect(page.locator(".said [role=status]")).to_have_text(
        re.compile("The link is copied.|Copy the link from the field.")
    )
    page.goto(link)
    assert page.locator("h1").inner_text() == "A shared programme"


def test_a_visitor_searches_with_suggestions_arrows_and_escape(keyboard, site):
    page, keys = keyboard
    page.goto(f"{site}/en/sammen/search/")
    tab_to(page, "#q")
    assert page.locator("#q").get_attribute("aria-expanded") == "false"
    page.keyboard.type("OKOUMBE")
    options = page.get_by_role("option")
    options.first.wait_for()
    told = page.locator(".search [role=status]")
    expect(options.first.locator(".suggestion-name")).to_have_text("Jean-Baptiste Okoumbé")
    expect(told).to_have_text(f"{options.count() - 1} suggestions")
    assert options.last.inner_text() == "Search everywhere for “OKOUMBE”"
    keys("ArrowDown", "ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    assert "Session" in chosen.inner_text()
    assert page.locator("#q").get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    keys("ArrowUp", "ArrowUp")
    assert chosen.count() == 0
    keys("ArrowDown", "Escape")
    assert page.evaluate(f"{FOCUS}.id") == "q"
    assert page.locator("#suggestions").is_hidden()
    assert page.locator("#q").input_value() == "OKOUMBE"
    keys("ArrowDown")
    options.first.wait_for()
    keys("ArrowDown", "Enter")
    page.wait_for_url("**/speakers/jean-baptiste-okoumbe/")


def test_a_visitor_goes_from_the_programme_to_what_was_suggested_or_to_all_results(keyboard, site):
    page, keys = keyboard
    page.goto(f"{site}/fr/sammen/programme/")
    page.locator("#q").click()
    page.keyboard.type("bibliothèque")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/rooms/biblioteket/")
    page.go_back()
    page.locator("#q").fill("ulstein")
    page.get_by_role("option").first.wait_for()
    keys("Enter")
    page.wait_for_url("**/search/?q=ulstein")
    assert page.locator("#found-people").is_visible()


def test_a_visitor_walks_the_grid_and_always_sees_the_focus(keyboard, site):
    page, keys = keyboard
    page.goto(f"{site}/en/sammen/programme/2030-01-31/?view=grid")
    total = page.locator(".grid td a").count()
    page.locator(".grid td a").last.focus()
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    passed = 0
    while page.evaluate(f"{FOCUS}.closest('.grid tbody') !== null"):
        assert page.evaluate(IS_IN_SIGHT), words(page)
        assert page.evaluate(HAS_A_RING), words(page)
        keys("Shift+Tab")
        passed += 1
    assert passed >= total > 15
    keys("Tab")
    before = words(page)
    keys("ArrowDown")
    assert words(page) != before
    assert page.evaluate(IS_IN_SIGHT)
    keys("Enter")
    page.wait_for_url("**/sessions/**")


MAIN_CONTROLS = ".masthead a, .tabs a, .views a, summary, .button, .star, .actions a, .filters label, .pills a, #q, #link, button.plain"
SMALLER = """controls => controls
  .filter((each) => each.checkVisibility({visibilityProperty: true}))
  .map((each) => [each.outerHTML.slice(0, 120), each.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && box.height < 43.5)
  .map(([html, box]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`)"""


def test_what_is_used_most_is_large_enough_for_a_thumb(keyboard, site):
    page, _keys = keyboard
    page.set_viewport_size({"width": 360, "height": 740})
    smaller, seen = {}, 0
    for turn, (kind, path) in enumerate(paths("en", DAY, "").items()):
        page.goto(site + path.replace("/en/", f"/{LANGUAGES[turn % 4]}/"))
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        controls = page.locator(MAIN_CONTROLS)
        seen += controls.count()
        smaller[kind] = controls.evaluate_all(SMALLER)
    assert {kind: found for kind, found in smaller.items() if found} == {}
    assert seen > 500


def test_an_entry_in_focus_is_whole_also_in_a_menu_wider_than_the_phone(page, site):
    page.set_viewport_size({"width": 360, "height": 800})
    for path in ("speakers/", "programme/"):
        page.goto(f"{site}/fr/sammen/{path}")
        menu = page.locator(".masthead-nav")
        assert menu.evaluate("menu => menu.scrollWidth > menu.clientWidth")
        for entry in [*menu.locator("a").all(), *reversed(menu.locator("a").all())]:
            entry.focus()
            left, width = (entry.bounding_box()[name] for name in ("x", "width"))
            assert -1 <= left <= left + width <= 361, entry.inner_text()
