"""Reading without a network after one visit, in a real browser with its service worker."""

import pytest
from playwright.sync_api import expect

from conference.models import Conference
from programme.publish import publish
from sessions.models import Session
from tests.test_browser_mine import ADD

SEED = "sessions/sammen-mot-menneskehandel/"
IN_USE = """async ([scope, number]) => {
  const kept = await (await caches.open(`plenum ${scope}`)).match(scope);
  return kept ? (await kept.json()).version.startsWith(`${number}-`) : false;
}"""
KEPT_RELEASES = """async () => {
  const kept = {};
  for (const name of await caches.keys()) {
    if (!/ \\d+-/.test(name)) continue;
    const cache = await caches.open(name), numbers = new Set();
    for (const request of await cache.keys()) {
      const found = (await (await cache.match(request)).text()).match(/data-version="(\\d+)-/);
      if (found) numbers.add(found[1]);
    }
    kept[name.split(' ').pop().split('-')[0]] = [...numbers];
  }
  return kept;
}"""

IS_KEPT = "async (path) => Boolean(await caches.match(path))"
IS_PICTURE_KEPT = "picture => caches.match(picture.currentSrc).then(Boolean)"
IS_SHOWN = "picture => picture.complete && picture.naturalWidth > 0"


@pytest.fixture
def context(browser, site):
    context = browser.new_context(locale="en", viewport={"width": 360, "height": 740})
    yield context
    context.close()


def visit(page, site, path="", language="en", number=1):
    """Open a page and stay until the device has kept the whole programme."""
    page.goto(f"{site}/{language}/sammen/{path}")
    wait_until_kept(page, number, language)


def wait_until_kept(page, number, language="en"):
    wait_until(page, lambda: page.evaluate(IN_USE, [f"/{language}/sammen/", number]))


def wait_until(page, is_so, seconds=90):
    for _turn in range(seconds * 5):
        if is_so():
            return
        page.wait_for_timeout(200)
    raise AssertionError("It took too long.")


def lose(context, addresses):
    """Let no answer from these addresses come; the list that is returned tells which were asked for."""
    lost = []
    context.route(addresses, lambda route: (lost.append(route.request.url), route.abort()))
    return lost


def look_again(page):
    """What happens every minute, and whenever somebody comes back to the page."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def rename_seed(title):
    session = Session.objects.get(slug="sammen-mot-menneskehandel")
    session.title_en = title
    session.save()
    publish(Conference.objects.get())


def test_after_one_visit_everything_can_be_read_without_a_network(context, site):
    page, complaints = context.new_page(), []
    visit(page, site, SEED)
    page.get_by_role("button", name=ADD).click()
    context.set_offline(True)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"{request.url} {request.failure}"))

    page.goto(f"{site}/en/sammen/programme/")
    assert page.locator("#offline").inner_text().startswith("You are offline. This is the programme as of ")
    with page.expect_navigation():
        page.get_by_role("link", name="Eight chairs, one case").locator("visible=true").first.click()
    expect(page.locator("h1")).to_have_text("Eight chairs, one case")
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Schibsted Grotesk"')
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Schibsted Grotesk\"'))")
    page.get_by_role("button", name=ADD).click()
    page.goto(f"{site}/en/sammen/speakers/anousheh-karvar/")
    assert page.locator("h1").inner_text().startswith("Anousheh Karvar")
    page.goto(f"{site}/en/sammen/rooms/storsalen/")
    assert page.locator(".session-card").count() > 3
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{site}/en/sammen/programme/2030-01-31/")
    page.locator(".views").get_by_role("link", name="List").click()
    page.wait_for_url("**view=list")
    assert page.locator(".session-card").first.is_visible()
    assert page.locator(".grid").count() == 0

    page.goto(f"{site}/en/sammen/search/?q=okoumbe")
    page.locator(".found-offline a").first.wait_for()
    assert page.locator(".found-offline a").count() > 2
    page.locator("#q").fill("eight cha")
    page.get_by_role("option", name="Eight chairs, one case").click()
    page.wait_for_url("**/sessions/**")
    expect(page.locator("h1")).to_have_text("Eight chairs, one case")

    page.get_by_role("link", name="My programme").click()
    page.locator("#mine .session-card").first.wait_for()
    assert page.locator("#mine .session-card").count() == 3
    excused = ("/media/", "/version.json", "ERR_ABORTED")  # a look for news may just have begun
    assert [line for line in complaints if not any(each in line for each in excused)] == []


def test_a_page_that_was_not_kept_says_so_and_leads_on(context, site):
    page = context.new_page()
    visit(page, site)
    context.set_offline(True)

    page.goto(f"{site}/en/sammen/now/")
    assert page.locator("h1").inner_text() == "You are offline"
    with page.expect_navigation():
        page.get_by_role("link", name="See the programme").click()
    assert page.locator(".session-card").count() > 20
    page.goto(f"{site}/en/sammen/programme/?track=samarbeid")
    assert "Filters need the network." in page.locator("#offline").inner_text()


def test_back_online_the_notice_goes_by_itself(context, site):
    page = context.new_page()
    visit(page, site)
    context.set_offline(True)
    page.goto(f"{site}/en/sammen/{SEED}")
    assert page.locator("#offline p").is_visible()

    context.set_offline(False)
    page.locator("#offline.is-on").wait_for(state="detached")


def test_pictures_that_were_seen_are_kept(context, site):
    page = context.new_page()
    visit(page, site)
    page.goto(f"{site}/en/sammen/{SEED}")
    picture = page.locator("main img").first
    wait_until(page, lambda: picture.evaluate(IS_SHOWN) and picture.evaluate(IS_PICTURE_KEPT))
    context.set_offline(True)
    page.goto(f"{site}/en/sammen/{SEED}")
    wait_until(page, lambda: picture.evaluate(IS_SHOWN))


def test_a_new_release_takes_the_place_of_the_old_one_whole(context, site):
    page = context.new_page()
    visit(page, site, SEED)
    assert page.evaluate(KEPT_RELEASES) == {"1": ["1"]}
    page.locator("h1").click()  # somebody has begun to read

    rename_seed("A second title")
    look_again(page)

    page.get_by_text("The programme has been updated.").wait_for()
    wait_until_kept(page, 2)
    assert page.locator("h1").inner_text() == "Together against human trafficking"
    wait_until(page, lambda: page.evaluate(KEPT_RELEASES) == {"2": ["2"]})
    page.get_by_role("button", name="Show it").click()
    page.get_by_role("heading", level=1, name="A second title").wait_for()
    context.set_offline(True)
    page.goto(f"{site}/en/sammen/programme/")
    assert page.get_by_text("A second title").count() > 0
    assert page.get_by_text("Together against human trafficking").count() == 0


def test_nobody_has_to_press_anything_before_reading_has_begun(context, site):
    page = context.new_page()
    visit(page, site, SEED)
    rename_seed("A second title")
    look_again(page)
    page.get_by_role("heading", level=1, name="A second title").wait_for()
    assert page.get_by_text("The programme has been updated.").count() == 0


def test_visitors_with_a_network_always_get_the_newest(context, site):
    page = context.new_page()
    visit(page, site, SEED)
    rename_seed("A second title")
    page.goto(f"{site}/en/sammen/{SEED}")
    assert page.locator("h1").inner_text() == "A second title"


def test_a_network_that_goes_half_way_through_a_new_release_leaves_the_old_one_whole(context, site):
    page = context.new_page()
    visit(page, site, SEED)
    page.locator("h1").click()  # somebody has begun to read, so that the page stays
    rename_seed("A second title")
    lost = lose(context, "**/speakers/anousheh-karvar/")
    look_again(page)
    wait_until(page, lambda: lost and page.evaluate(KEPT_RELEASES).get("2") == ["2"])
    context.set_offline(True)
    for path in ("programme/", SEED, "speakers/anousheh-karvar/"):
        page.goto(f"{site}/en/sammen/{path}")
        assert page.locator("#offline").get_attribute("data-version").startswith("1-")
        assert page.get_by_text("A second title").count() == 0


def test_what_there_is_of_a_first_visit_can_be_read_already(context, site):
    page = context.new_page()
    lost = lose(context, "**/speakers/anousheh-karvar/")
    page.goto(f"{site}/en/sammen/")
    for path in ("programme/", "offline/"):
        wait_until(page, lambda path=path: lost and page.evaluate(IS_KEPT, f"/en/sammen/{path}"))
    context.set_offline(True)
    page.goto(f"{site}/en/sammen/programme/")
    assert page.locator("#offline p").is_visible()
    page.goto(f"{site}/en/sammen/speakers/anousheh-karvar/")
    assert page.locator("h1").inner_text() == "You are offline"


def test_an_error_of_the_server_shows_what_was_kept_and_is_never_kept(context, site):
    page = context.new_page()
    visit(page, site)
    page.goto(f"{site}/en/sammen/sessions/nowhere/")
    assert page.locator("h1").inner_text() == "We cannot find that page"
    kept = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
        (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname)))).flat()"""
    )
    assert len(kept) > 60
    assert not [path for path in kept if "nowhere" in path or "admin" in path or "preview" in path]


def test_each_language_that_is_read_is_kept_by_itself(context, site):
    page = context.new_page()
    visit(page, site)
    visit(page, site, language="fr")
    context.set_offline(True)
    for language, words in (("en", "Programme"), ("fr", "Programme")):
        page.goto(f"{site}/{language}/sammen/programme/")
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("h1").inner_text() == words


def test_the_conference_can_be_installed(context, site):
    page = context.new_page()
    page.goto(f"{site}/fr/sammen/programme/")
    devtools = context.new_cdp_session(page)
    found = devtools.send("Page.getAppManifest")
    assert found["errors"] == []
    assert '"lang": "fr"' in found["data"]
    assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] in (
        [],
        [{"errorId": "in-incognito", "errorArguments": []}],
    )
