"""The board in a real browser: dragged, moved by keyboard, and seen by a colleague, under the strict policy."""

import pytest
from django.utils.translation import override
from playwright.sync_api import expect

from conference.models import Conference
from speakers.board import tag_of
from tests.desk import sign_in
from tests.factories import make_conference, make_part, make_room, make_session, make_superuser, make_track
from tests.looking import violations

pytestmark = pytest.mark.django_db(transaction=True)
FIRST_DAY = "/admin/board/sammen/2030-01-31/"


@pytest.fixture
def colleagues(browser, live_server):
    """open(path, user) → a page of somebody else's browser, far from the conference's zone; all stay silent consoles."""
    said, contexts = [], []

    def open_page(path=FIRST_DAY, user=None, **options):
        context = browser.new_context(
            timezone_id="America/New_York", viewport={"width": 1280, "height": 1250}, **options
        )
        contexts.append(context)
        sign_in(context, live_server, user)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.said = said
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


@pytest.fixture
def a_day(transactional_db):
    make_conference()
    hall, cellar = make_room("Storsalen", position=1), make_room("Kjelleren", position=2)
    track = make_track()
    make_session("I veien", "15:00", room=cellar, track=track)
    return make_session("Møtet", "13:00", room=hall, track=track).parts.get()


def card(page, part):
    return page.locator(f".board-card[data-part='{part.pk}']")


def times(part):
    part.refresh_from_db()
    if not part.starts_at:
        return None
    zone = part.session.conference.zone
    return f"{part.starts_at.astimezone(zone):%H:%M}–{part.ends_at.astimezone(zone):%H:%M} {part.room}"


def saved(page, do):
    """Do something that saves a move, and wait until the board shows it."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        do()
    shown(page)


def shown(page):
    """Wait until the board shows what is in the database."""
    conference = Conference.objects.get()
    with override("en"):
        tag = tag_of(conference, conference.starts_on)
    page.wait_for_selector(f"[data-shown='{tag}']")


def drag(page, locator, across, down, up=True):
    box = locator.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 60 + across / 2, box["y"] + 12 + down / 2)
    page.mouse.move(box["x"] + 60 + across, box["y"] + 12 + down, steps=3)
    if up:
        page.mouse.up()


def column_width(page):
    first, second = (page.locator(".ec-col-head").nth(n).bounding_box() for n in (0, 1))
    return second["x"] - first["x"]


def test_staff_drag_a_part_and_a_colleague_sees_it(colleagues, a_day):
    mine, hers = colleagues(user=make_superuser()), colleagues(user=make_superuser("kari"))
    expect(card(hers, a_day)).to_contain_text("13:00–14:00")
    hour = card(mine, a_day).bounding_box()["height"]

    drag(mine, card(mine, a_day), column_width(mine), 2.5 * hour, up=False)
    mine.wait_for_selector("[data-said]:has-text('in Kjelleren at the same time as “I veien”')")
    assert times(a_day) == "13:00–14:00 Storsalen"
    saved(mine, mine.mouse.up)

    assert times(a_day) == "15:30–16:30 Kjelleren"
    mine.wait_for_selector(".board-problems:has-text('“Møtet” is in Kjelleren at the same time as “I veien”')")
    hers.wait_for_selector(f".board-card[data-part='{a_day.pk}']:has-text('15:30–16:30')")
    expect(hers.locator("[data-said]")).to_contain_text("Møtet 15:30–16:30 Kjelleren")

    saved(mine, lambda: mine.keyboard.press("Control+z"))
    assert times(a_day) == "13:00–14:00 Storsalen"


def test_staff_drag_a_part_out_of_the_list_lengthen_it_and_drag_it_back(colleagues, a_day):
    waiting = make_part(make_session("Uten tid", None, parts=0), None)
    page = colleagues(user=make_superuser())
    link = page.locator(f"[data-waits='{waiting.pk}']")
    to, hour = card(page, a_day).bounding_box(), card(page, a_day).bounding_box()["height"]
    box = link.bounding_box()

    saved(page, lambda: drag(page, link, to["x"] - box["x"], to["y"] + 1.06 * hour - box["y"] - 12))
    assert times(waiting) == "14:00–14:45 Storsalen"
    page.wait_for_selector(f".board-card[data-part='{waiting.pk}']:focus")
    there = card(page, waiting).bounding_box()
    page.mouse.move(there["x"] + 60, there["y"] + there["height"] - 3)
    page.mouse.down()
    page.mouse.move(there["x"] + 60, there["y"] + there["height"] - 3 + hour / 4, steps=3)
    saved(page, page.mouse.up)
    assert times(waiting) == "14:00–15:00 Storsalen"

    page.wait_for_selector(f".board-card[data-part='{waiting.pk}']:has-text('14:00–15:00'):focus")
    there = card(page, waiting).bounding_box()
    saved(page, lambda: drag(page, card(page, waiting), box["x"] - there["x"], box["y"] - there["y"]))
    assert times(waiting) is None
    page.wait_for_selector(f"[data-waits='{waiting.pk}']")


def test_staff_move_a_part_with_the_keyboard_alone(colleagues, a_day):
    page = colleagues(user=make_superuser())
    card(page, a_day).focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("+")
    page.wait_for_selector("[data-said]:has-text('is moved: Thursday 31 January, 13:10–14:15, Kjelleren')")
    assert times(a_day) == "13:10–14:15 Kjelleren"
    page.wait_for_selector(f".board-card[data-part='{a_day.pk}']:focus")

    with page.expect_request(lambda request: request.method == "POST"):
        page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("Shift+ArrowUp")  # before the answer
    page.wait_for_selector("[data-said]:has-text('is moved: Thursday 31 January, 13:00–14:05, Kjelleren')")
    assert times(a_day) == "13:00–14:05 Kjelleren"

    page.keyboard.press("ArrowDown")
    page.wait_for_selector(".board-card[aria-label^='I veien']:focus")
    page.keyboard.press("ArrowUp")
    page.wait_for_selector(".board-card[aria-label^='Møtet']:focus")
    shown(page)
    page.keyboard.press("Enter")
    page.fill("dialog [name=start]", "15:30")
    page.wait_for_selector("dialog [data-warned]:has-text('at the same time as “I veien”')")
    assert page.input_value("dialog [name=end]") == "16:35"
    saved(page, lambda: page.keyboard.press("Enter"))
    assert times(a_day) == "15:30–16:35 Kjelleren"

    page.wait_for_selector(f".board-card[data-part='{a_day.pk}']:has-text('15:30–16:35'):focus")
    saved(page, lambda: page.keyboard.press("Delete"))
    assert times(a_day) is None


def test_who_is_too_late_sees_where_the_colleague_put_it(colleagues, a_day):
    page = colleagues(user=make_superuser())
    page.route("**/day.json", lambda route: route.fulfill(status=304))  # has not heard of it yet
    a_day.room = None
    a_day.save()
    card(page, a_day).focus()
    with page.expect_request(lambda request: request.method == "POST"):
        page.keyboard.press("Shift+ArrowDown")
    page.unroute("**/day.json")
    page.wait_for_selector(
        "[data-said]:has-text('“Møtet” was moved meanwhile: Thursday 31 January, 13:00–14:00, no room yet.')"
    )
    page.wait_for_selector(".ec-col-head:has-text('No room yet')")
    assert times(a_day) == "13:00–14:00 None"
    page.said.clear()  # the browser tells of the refused move


def test_the_board_can_be_read_by_everybody(colleagues, a_day):
    make_session("Utkast", "10:00", state="draft", room=a_day.room)
    make_session("Avlyst", "11:00", state="cancelled", room=a_day.room)
    make_part(make_session("Uten tid", None, parts=0), None)
    staff = make_superuser()
    for scheme in ("light", "dark"):
        page = colleagues(user=staff, color_scheme=scheme)
        card(page, a_day).wait_for()
        assert violations(page) == []
    card(page, a_day).click()
    page.wait_for_selector("dialog[open]")
    assert violations(page) == []
    page.goto(page.url + "?list")
    assert violations(page) == []


def test_without_a_script_the_board_is_a_list(colleagues, a_day):
    page = colleagues(user=make_superuser(), java_script_enabled=False)
    page.wait_for_url("**?list")
    page.click("tr:has-text('Møtet') >> text=Move")
    page.fill("[name=start]", "14:00")
    page.fill("[name=end]", "14:30")
    with page.expect_navigation():
        page.click(".board-form button.default")
    assert times(a_day) == "14:00–14:30 Storsalen"
    with page.expect_navigation():
        page.click("text=Undo")
    page.wait_for_selector("text=13:00–14:00, Storsalen")
    assert times(a_day) == "13:00–14:00 Storsalen"
