"""My programme in a real browser: kept on the device, shared by a link, taken along, and usable by everybody."""

import icalendar
import pytest
from playwright.sync_api import expect

from tests.looking import violations

ADD, REMOVE = "Add to my programme", "Remove from my programme"
KEPT = "Object.entries(localStorage).filter(([key]) => key.startsWith('plenum.stars')).flatMap(([, ids]) => JSON.parse(ids))"


@pytest.fixture
def phone(browser, site):
    """A visitor with a phone: (context, page). The browser's complaints are what the test ends on."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, locale="en")
    page, complaints = context.new_page(), []
    listen(page, complaints)
    yield context, page
    assert complaints == []
    context.close()


def listen(page, complaints):
    def hear(message):
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))


def card(page, title):
    return page.locator(".session-card", has=page.get_by_role("link", name=title, exact=True)).first


def star(page, *titles):
    """Add the sessions with these titles on the programme page."""
    for title in titles:
        card(page, title).get_by_role("button", name=f"{ADD} {title}").click()


def test_a_visitor_stars_a_session_on_a_phone_and_finds_it_again(phone, site):
    _context, page = phone
    page.goto(f"{site}/en/sammen/programme/?view=list")
    star(page, "Who sees the one who works at night?")
    button = card(page, "Who sees the one who works at night?").get_by_role("button")
    assert button.inner_text() == f"{REMOVE}\nWho sees the one who works at night?"
    expect(page.locator(".said [role=status]")).to_have_text("Added to my programme.")

    page.reload()
    assert page.evaluate(KEPT) == [card(page, "Who sees the one who works at night?").get_attribute("data-session")]
    page.get_by_role("link", name="My programme").click()

    page.locator("#mine .session-card").wait_for()
    assert page.locator("#mine h2").all_inner_texts() == ["Thursday 31 January 2030"]
    assert page.locator("#mine .session-card-title").all_inner_texts() == ["Who sees the one who works at night?"]
    assert not page.locator("#mine-empty").is_visible()


def test_the_star_is_large_enough_and_the_rest_of_the_card_still_leads_to_the_session(phone, site):
    _context, page = phone
    page.goto(f"{site}/en/sammen/programme/?view=list")
    buttons = page.locator(".session-card .star:visible")
    buttons.first.wait_for()
    sizes = [button.bounding_box() for button in buttons.all()]
    assert len(sizes) > 20
    assert all(size["width"] >= 44 and size["height"] >= 44 for size in sizes)

    people = card(page, "Who sees the one who works at night?").locator(".session-card-people")
    people.scroll_into_view_if_needed()
    middle = people.bounding_box()
    page.mouse.click(middle["x"] + 20, middle["y"] + 10)
    page.wait_for_url("**/sessions/den-som-arbeider-om-natta/")


def test_a_visitor_takes_a_star_back_from_the_session_page_and_from_the_message(phone, site):
    _context, page = phone
    page.goto(f"{site}/en/sammen/sessions/sammen-mot-menneskehandel/")
    page.get_by_role("button", name=ADD).click()
    page.get_by_role("button", name=REMOVE).click()
    assert page.evaluate(KEPT) == []
    page.get_by_role("button", name="Undo").click()
    assert len(page.evaluate(KEPT)) == 1
    page.get_by_role("button", name=REMOVE).wait_for()


def test_sessions_at_the_same_time_warn_of_each_other(phone, site):
    _context, page = phone
    page.goto(f"{site}/en/sammen/programme/?view=list")
    star(page, "Who sees the one who works at night?", "Eight chairs, one case")
    assert not page.locator(".said .overlap").is_visible()
    star(page, "Listening before asking: the first interview")
    page.locator(".said .overlap").wait_for()
    assert page.locator(".said .overlap").inner_text() == "Overlaps with Who sees the one who works at night?"

    page.goto(f"{site}/en/sammen/mine/")
    page.locator("#mine .overlap").first.wait_for()
    assert page.locator("#mine .overlap").all_inner_texts() == [
        "Overlaps with Listening before asking: the first interview",
        "Overlaps with Who sees the one who works at night?",
    ]
    card(page, "Listening before asking: the first interview").get_by_role("button").click()
    expect(page.locator("#mine .overlap")).to_have_count(0)
    assert card(page, "Listening before asking: the first interview").is_visible()  # and can be put back


def test_stars_reach_the_other_tabs_of_the_device(phone, site):
    context, page = phone
    page.goto(f"{site}/en/sammen/mine/")
    other = context.new_page()
    other.goto(f"{site}/en/sammen/programme/?view=list")
    assert page.locator("#mine-empty").is_visible()

    star(other, "Eight chairs, one case")
    page.locator("#mine .session-card").wait_for()
    card(page, "Eight chairs, one case").get_by_role("button").click()
    other.locator(".session-card.is-starred").wait_for(state="detached")


def test_stars_find_cards_that_filters_have_renewed(phone, site):
    _context, page = phone
    page.goto(f"{site}/en/sammen/programme/?view=list")
    page.locator(".filters summary").click()
    with page.expect_response("**/programme/?*"):
        page.locator(".filters input[type=checkbox]").first.check()
    page.locator(".pills").wait_for()
    page.locator("#results .star:visible").first.wait_for()


def test_a_link_is_opened_elsewhere_and_added_without_losing_anything(phone, browser, site):
    _context, page = phone
    page.goto(f"{site}/en/sammen/programme/?view=list")
    star(page, "Who sees the one who works at night?", "Eight chairs, one case")
    page.goto(f"{site}/en/sammen/mine/")
    page.locator(".share summary").click()
    link = page.get_by_label("Link", exact=True).input_value()
    assert link.startswith(f"{site}/en/sammen/mine/?s=")
    expect(page.locator("#qr")).not_to_have_js_property("naturalWidth", 0)

    friend, complaints = browser.new_context(locale="en"), []
    theirs = friend.new_page()
    listen(theirs, complaints)
    theirs.goto(f"{site}/en/sammen/programme/?view=list")
    star(theirs, "Listening before asking: the first interview")
    theirs.goto(link)
    assert theirs.locator("h1").inner_text() == "A shared programme"
    assert theirs.locator(".session-card-title").all_inner_texts() == [
        *("Who sees the one who works at night?", "Eight chairs, one case")
    ]
    assert len(theirs.evaluate(KEPT)) == 1  # looking changes nothing

    theirs.get_by_role("button", name="Add these to my programme").click()
    theirs.get_by_text("All of these are in my programme.").wait_for()
    assert len(theirs.evaluate(KEPT)) == 3
    theirs.get_by_role("button", name="Undo").click()
    assert len(theirs.evaluate(KEPT)) == 1
    theirs.get_by_role("button", name="Add these to my programme").click()
    theirs.get_by_role("link", name="See my programme").click()
    theirs.locator("#mine .session-card").first.wait_for()
    assert theirs.locator("#mine .session-card").count() == 3
    assert complaints == []
    friend.close()


def test_the_link_can_be_copied(phone, site):
    context, page = phone
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{site}/en/sammen/programme/?view=list")
    star(page, "Eight chairs, one case")
    page.goto(f"{site}/en/sammen/mine/")
    page.locator(".share summary").click()
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_text("The link is copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.get_by_label("Link", exact=True).input_value()


def test_my_programme_goes_into_a_calendar(phone, site):
    context, page = phone
    page.goto(f"{site}/en/sammen/sessions/sammen-mot-menneskehandel/")
    page.get_by_role("button", name=ADD).click()
    page.goto(f"{site}/en/sammen/mine/")
    address = page.get_by_role("link", name="Save to calendar").get_attribute("href")
    file = context.request.get(address if address.startswith("http") else site + address)
    events = icalendar.Calendar.from_ical(file.body()).walk("VEVENT")
    assert len(events) == 2
    assert all("Together against human trafficking" in str(event["SUMMARY"]) for event in events)


def test_a_device_that_keeps_nothing_says_so(browser, site):
    context = browser.new_context(locale="en")
    context.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }")
    page = context.new_page()
    page.goto(f"{site}/en/sammen/programme/?view=list")
    star(page, "Eight chairs, one case")
    assert "does not let the page keep anything" in page.locator(".said").inner_text()
    assert ADD in card(page, "Eight chairs, one case").get_by_role("button").inner_text()
    context.close()


def test_without_scripts_there_are_no_stars_and_nothing_is_broken(browser, site):
    context = browser.new_context(java_script_enabled=False, locale="fr")
    page = context.new_page()
    page.goto(f"{site}/fr/sammen/programme/?view=list")
    assert page.locator(".star").count() == 0
    page.goto(f"{site}/fr/sammen/mine/")
    assert page.locator(".empty:visible").count() == 1
    assert page.locator("#mine-kept, #mine-failed, #mine-missing").evaluate_all("all => all.every(e => e.hidden)")
    context.close()


def test_my_programme_is_made_and_undone_by_keyboard_alone(page, site):
    page.goto(f"{site}/en/sammen/programme/?view=list")
    page.locator(".session-card .star:visible").first.focus()
    page.keyboard.press("Space")
    assert len(page.evaluate(KEPT)) == 1
    assert page.evaluate("document.activeElement.className") == "star"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.goto(f"{site}/en/sammen/mine/")
    page.locator("#mine .star").wait_for()
    page.locator(".share summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "link"
    page.locator("#mine .star").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(KEPT) == []
    assert page.evaluate("document.activeElement.className") == "star"


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [("nb", "light", 1280), ("nn", "dark", 320), ("en", "dark", 1280), ("fr", "light", 320)],
)
def test_my_programme_is_accessible_and_fits_a_small_phone(page, site, language, scheme, width):
    visited = 0
    page.goto(f"{site}/{language}/sammen/programme/?view=list")
    ids = page.locator(".session-card").evaluate_all("all => [...new Set(all.map(e => e.dataset.session))].slice(0, 9)")
    states = {"empty": [], "filled": [each for each in ids if each]}
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    for state, kept in states.items():
        page.evaluate(
            "([ids, uuid]) => localStorage.setItem(`plenum.stars.${uuid}`, JSON.stringify(ids))",
            [kept, page.locator("#stars").get_attribute("data-conference")],
        )
        page.goto(f"{site}/{language}/sammen/mine/")
        page.locator("#mine .overlap" if kept else "#mine-empty").first.wait_for()
        if kept:
            page.locator(".share summary").click()
            page.locator("#mine .star").nth(1).click()  # one that is no longer mine, and a message
        check(page, f"{state} {scheme} {width}")
        visited += 1
    for path in (f"mine/?s={''.join(states['filled'])}AAAAAA", "programme/?view=list"):
        page.goto(f"{site}/{language}/sammen/{path}")
        page.locator(".star:visible").first.wait_for()
        check(page, f"{path} {scheme} {width}")
        visited += 1
    assert visited == 4


def check(page, where):
    assert violations(page) == [], where
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where


def test_my_programme_prints_as_a_programme(page, site):
    page.goto(f"{site}/en/sammen/programme/?view=list")
    star(page, "Eight chairs, one case")
    page.goto(f"{site}/en/sammen/mine/")
    page.locator("#mine .session-card").wait_for()
    page.emulate_media(media="print")
    assert page.locator("#mine .session-card-title").is_visible()
    assert not page.locator("#mine .star, .share, .masthead").first.is_visible()
    assert page.pdf()[:5] == b"%PDF-"


def test_in_the_grid_the_star_comes_with_the_pointer_or_the_focus(page, site):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}/en/sammen/programme/2030-01-31/?view=grid")
    cell = page.locator(".grid-cell", has=page.get_by_role("link", name="Eight chairs, one case"))
    button = cell.locator(".star")
    expect(button).to_have_css("opacity", "0")
    cell.hover()
    expect(button).to_have_css("opacity", "1")

    cell.get_by_role("link").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "star"
    page.keyboard.press("Enter")
    assert "is-starred" in cell.get_attribute("class")
    assert len(page.evaluate(KEPT)) == 1
    page.evaluate("document.activeElement.blur()")
    check(page, "grid with a star")
