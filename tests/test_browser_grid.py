"""The grid in a real browser: on any screen, with a mouse, with arrow keys, at any time of the day, and on paper."""

import datetime as dt

import pytest

from tests.factories import make_conference, make_format, make_release, make_room, make_session
from tests.looking import violations

DAY = "programme/2030-01-31/"


@pytest.fixture
def small(site):
    """The demo: few rooms, which fit side by side."""
    return f"{site}/nb/sammen/"


@pytest.fixture
def large(server):
    """Twelve rooms, from morning to evening."""
    make_conference()
    talk = make_format("Foredrag")
    for number in range(12):
        room = make_room(f"Rom {number}", position=number)
        for hour in range(9, 21):
            title = f"Post {number}-{hour} om noe som trenger {'flere og ' * 9}enda flere linjer enn det er plass til"
            make_session(title, at=f"{hour:02}:00", minutes=25 if hour % 2 else 60, room=room, format=talk)
    make_release()
    return f"{server}/nb/sammen/"


def link(page, start):
    return page.locator(f".grid a:text('{start}')").first


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
def test_the_grid_is_accessible_however_it_is_met(page, large, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{large}{DAY}?view=grid")
    assert page.locator(".grid").is_visible()
    assert violations(page) == []


@pytest.mark.parametrize(("width", "shown", "hidden"), [(320, "is-list", "is-grid"), (1280, "is-grid", "is-list")])
def test_a_small_screen_shows_the_list_and_a_wide_one_the_grid(page, small, width, shown, hidden):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(small + DAY)
    assert page.locator(f".{shown}").is_visible()
    assert not page.locator(f".{hidden}").is_visible()


@pytest.mark.parametrize("width", [320, 768, 1280, 1920])
def test_only_the_table_scrolls_sideways_never_the_page(page, large, width):
    page.set_viewport_size({"width": width, "height": 800})
    for view in ("", "?view=grid"):
        page.goto(f"{large}{DAY}{view}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(
        "(({scrollWidth, clientWidth}) => scrollWidth > clientWidth)(document.querySelector('.grid-window'))"
    )


def test_rooms_and_times_stay_in_sight_while_a_large_grid_is_scrolled(page, large):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(large + DAY)
    window = page.locator(".grid-window")
    window.scroll_into_view_if_needed()
    window.evaluate("window => window.scrollTo(700, 900)")
    box = window.bounding_box()
    head = page.locator(".grid thead th").nth(5).bounding_box()
    assert abs(head["y"] - box["y"]) < 4
    time = page.locator(".grid tbody th").nth(14).bounding_box()
    assert abs(time["x"] - box["x"]) < 2
    assert page.evaluate("window.scrollX") == 0


def test_rooms_stay_in_sight_while_the_page_of_a_small_grid_is_scrolled(page, small):
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(small + DAY)
    page.evaluate("window.scrollTo(0, document.querySelector('.grid tbody tr:nth-child(8)').offsetTop + 400)")
    assert 0 <= page.locator(".grid thead th").first.bounding_box()["y"] < 4


def test_arrow_keys_go_from_session_to_session(page, large):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(large + DAY)
    link(page, "Post 3-11 ").focus()
    for key, expected in [
        ("ArrowRight", "Post 4-11 "),
        ("ArrowDown", "Post 4-12 "),
        ("ArrowLeft", "Post 3-12 "),
        ("ArrowUp", "Post 3-11 "),
    ]:
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.textContent").startswith(expected), key


def test_the_focus_is_never_hidden_behind_rooms_or_times(page, large):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(large + DAY)
    link(page, "Post 11-20 ").focus()
    for _step in range(11):
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.textContent").startswith("Post 0-9 ")
    focused = page.locator("td:focus-within").bounding_box()
    head, time = (
        page.locator(".grid thead th").first.bounding_box(),
        page.locator(".grid tbody th").first.bounding_box(),
    )
    assert focused["y"] >= head["y"] + head["height"] - 1
    assert focused["x"] >= time["x"] + time["width"] - 1


def test_links_come_by_time_then_room(page, large):
    page.goto(large + DAY)
    titles = page.locator(".grid td a").all_text_contents()
    assert [title.split(" om ")[0] for title in titles[:13]] == [f"Post {n}-9" for n in range(12)] + ["Post 0-10"]


def test_what_does_not_fit_is_shown_when_pointed_at_without_moving_the_rest(page, large):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(large + DAY)
    item = page.locator(".grid-item", has=page.locator("a:text('Post 2-9 ')"))
    below = link(page, "Post 2-10 ")
    place, title = below.bounding_box(), item.locator(".grid-title")
    clipped = "title => title.scrollHeight > title.clientHeight + 1"
    assert title.evaluate(clipped)
    item.hover()
    assert not title.evaluate(clipped)
    assert item.evaluate("item => item.scrollHeight <= item.clientHeight + 1")
    assert below.bounding_box() == place


def test_the_grid_shows_what_the_time_is(page, small):
    page.clock.install(time=dt.datetime(2030, 1, 31, 12, 20, tzinfo=dt.UTC))  # 13.20 in Oslo
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(small + DAY)
    row = page.locator(".grid tr.is-now")
    assert row.locator("time").text_content() == "13.00"
    line = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.is-today'), '::after').top)")
    top, height = row.evaluate("row => [row.offsetTop, row.offsetHeight]")
    assert top < line < top + height
    assert page.locator(".grid-cell.is-on").count() >= 1
    page.clock.run_for(3_600_000)
    assert page.locator(".grid tr.is-now time").text_content() == "14.00"


def test_on_another_day_nothing_is_marked_as_now(page, small):
    page.clock.install(time=dt.datetime(2030, 2, 3, 12, 20, tzinfo=dt.UTC))
    page.goto(small + DAY)
    assert page.locator(".grid").first.is_visible()
    assert page.locator(".is-now, .is-on, .is-today").count() == 0


def test_a_filter_ticked_shows_in_the_grid_at_once(page, small):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{small}{DAY}?view=grid")
    before = page.locator(".grid-cell").count()
    page.locator("#filters summary").click()
    page.locator('#filters input[name="room"]').first.check()
    page.wait_for_url("**room=**")
    assert "view=grid" in page.url
    assert 0 < page.locator(".grid-cell").count() < before


def test_large_text_keeps_the_page_within_the_screen(page, large):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(large + DAY)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


# --- Paper


def test_on_paper_the_list_stands_alone_with_its_address(page, small):
    page.goto(small + DAY)
    page.emulate_media(media="print")
    for gone in (".grid", ".masthead", ".tabs", "#filters", ".views", ".colophon"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator(".is-list").is_visible()
    assert page.locator(".paper-foot").is_visible()


def test_a_door_sheet_has_the_room_on_every_day(page, small):
    page.goto(small + "rooms/storsalen/")
    page.emulate_media(media="print")
    days = page.locator(".day")
    assert days.count() == 2
    for day in days.all():
        assert day.locator(".paper-door").is_visible()
        assert day.locator(".paper-foot svg").is_visible()
    assert days.nth(1).evaluate("day => getComputedStyle(day).breakBefore") == "page"


@pytest.mark.parametrize("path", ["rooms/storsalen/", "sessions/sammen-mot-menneskehandel/", "programme/?view=print"])
def test_the_print_button_prints(page, small, path):
    page.add_init_script("window.print = () => { document.title = 'printed' }")
    page.goto(small + path)
    page.locator("[data-print]").click()
    assert page.title() == "printed"
