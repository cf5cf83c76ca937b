"""Every kind of public page in a real browser: by axe-core, at 320 px, with text of twice the size, and without scripts."""

import datetime as dt

import pytest

from programme.publish import publish
from sessions.models import Session
from tests.looking import KINDS, LANGUAGES, findings, is_wider_than_its_window, paths, unfold

DAY = dt.date(2030, 1, 31)
LOOKS = [("light", 360), ("dark", 1280), ("light", 1280), ("dark", 360)]


@pytest.fixture
def site(site, demo, time_machine):
    """The demo at noon of its first day, with a second release in which something was said and taken away."""
    time_machine.move_to(dt.datetime(2030, 1, 31, 12, 20, tzinfo=dt.UTC))
    Session.objects.filter(slug="bussholdeplassen").update(notice_nb="Flyttet til et annet rom.")
    Session.objects.get(slug="tolken-er-ogsa-i-rommet").delete()
    publish(demo)
    return site


@pytest.fixture
def reader(browser, site):
    """A page of a visitor whose programme holds two sessions at the same time, and the ids of these: (page, ids)."""
    context = browser.new_context(reduced_motion="reduce", service_workers="block")
    page = context.new_page()
    page.goto(f"{site}/en/sammen/programme/?view=list")
    cards = [
        page.locator(f".session-card:has(a[href*='/{slug}/'])").first
        for slug in ("den-som-arbeider-om-natta", "tegn-kjeden")
    ]
    for card in cards:
        card.locator(".star").click()
    page.locator(".said .overlap").wait_for()
    yield page, "".join(card.get_attribute("data-session") for card in cards)
    context.close()


@pytest.fixture
def plain(browser):
    """A page of a visitor whose browser runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def rounds():
    """([(kind, language, scheme, width in pixels)], …): twice over all kinds of page, the second time opposite in everything."""
    found = [], []
    for turn, kind in enumerate(KINDS):
        for each in (0, 1):
            language = LANGUAGES[(turn + turn // 2 + 2 * each) % 4]
            found[each].append((kind, language, *LOOKS[turn % 2 * 2 + each]))
    return found


def arrive(page, address, kind):
    answer = page.goto(address)
    assert answer.status == (404 if kind.startswith("not found") else 200), kind


def links(page):
    return set(page.locator("main a:visible").evaluate_all("links => links.map(link => link.getAttribute('href'))"))


def what_is_wrong(page, kind):
    """What a visitor would have to complain of on a page that has arrived."""
    if kind == "my programme":
        page.locator("#mine .overlap").first.wait_for()
    unfold(page)
    told = findings(page)
    for size, text in ((320, 100), (640, 200), (1280, 200)):
        if is_wider_than_its_window(page, size, text):
            told.append(f"wider than {size} px with text of {text} %")
    return told


def what_is_missing(plain, page, kind):
    """What a visitor without scripts would have to complain of beside one with scripts."""
    assert plain.locator("main :is(h1, h2)").first.is_visible(), kind
    if kind == "my programme":
        assert plain.locator("noscript .empty").is_visible()
        return []
    buttons = plain.locator("button[type=button]:visible").all_inner_texts()  # nothing that only a script can do
    return [*sorted(links(page) - links(plain)), *buttons]


def test_every_kind_of_page_is_met_light_and_dark_narrow_and_wide_in_every_language():
    visits = [visit for each in rounds() for visit in each]
    assert len(visits) == 2 * len(KINDS) == 70
    for kind in KINDS:
        assert {scheme for each, _language, scheme, _width in visits if each == kind} == {"light", "dark"}
        assert {width for each, _language, _scheme, width in visits if each == kind} == {360, 1280}
    for language in LANGUAGES:
        assert {(scheme, width) for _kind, each, scheme, width in visits if each == language} == set(LOOKS), language


@pytest.mark.parametrize("turn", [0, 1])
def test_every_kind_of_page_is_accessible_fits_and_says_the_same_without_scripts(reader, plain, site, turn):
    page, ids = reader
    wrong, missing = {}, {}
    for kind, language, scheme, width in rounds()[turn]:
        address = site + paths(language, DAY, ids)[kind]
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        arrive(page, address, kind)
        if turn == 0:
            plain.set_viewport_size({"width": width, "height": 800})
            arrive(plain, address, kind)
            missing[kind] = what_is_missing(plain, page, kind)
        wrong[kind, language, scheme, width] = what_is_wrong(page, kind)
    assert {visit: told for visit, told in wrong.items() if told} == {}
    assert {kind: told for kind, told in missing.items() if told} == {}
    assert len(wrong) == len(KINDS)
