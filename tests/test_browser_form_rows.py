"""Staff at the rows of a session's form in a real browser: parts and people, moved, removed, added on the spot."""

import pytest
from playwright.sync_api import expect

from sessions.models import Session
from speakers.models import Person
from tests.desk import ADD, address, expect_option, pick, save, search
from tests.factories import make_conference, make_part, make_person, make_session, make_speaker

pytestmark = pytest.mark.django_db(transaction=True)


def test_staff_add_a_person_a_room_and_a_topic_on_the_spot(desk, context):
    make_conference()
    desk.at(ADD)
    desk.fill("#id_title_nb", "Pause")

    def in_window(link, fields):
        with context.expect_page() as opened:
            desk.click(link)
        window = opened.value
        window.wait_for_load_state()
        for name, value in fields.items():
            window.fill(name, value)
        with window.expect_event("close"):
            window.click("[name=_save]")

    in_window("#add_id_speakers-0-person", {"#id_name": "Åsne Ødegård"})
    in_window("#add_id_parts-0-room", {"#id_name_nb": "Lillesalen"})
    in_window("#add_id_topics", {"#id_name_nb": "Arbeid"})
    desk.click("[data-rows=parts] [data-add-row]")
    desk.select_option("#id_parts-1-room", label="Lillesalen")
    expect_option(desk, "questions-0-addressed_to_row", "Åsne Ødegård")
    save(desk)

    session = Session.objects.get()
    assert session.speakers.get().person.name == "Åsne Ødegård"
    assert [str(part.room) for part in session.parts.all()] == ["Lillesalen", "Lillesalen"]
    assert [str(topic) for topic in session.topics.all()] == ["Arbeid"]


def test_staff_move_rows_by_keyboard_and_by_dragging(desk):
    session = make_session(parts=0)
    for title in ("A", "B", "C"):
        make_part(session, title_nb=title)
    desk.at(address(session))

    desk.focus("#parts-2 [data-move='-1']")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Enter")
    assert titles(desk) == ["C", "A", "B"]
    grip = desk.locator("#parts-0 [data-grip]").bounding_box()
    below = desk.locator("#parts-1").bounding_box()
    desk.mouse.move(grip["x"] + 4, grip["y"] + 4)
    desk.mouse.down()
    desk.mouse.move(grip["x"] + 4, below["y"] + below["height"] - 5, steps=8)
    desk.mouse.up()
    assert titles(desk) == ["C", "B", "A"]
    save(desk)

    assert [(part.title_nb, part.position) for part in session.parts.all()] == [("C", 1), ("B", 2), ("A", 3)]


def titles(page):
    return page.eval_on_selector_all(
        "[data-rows=parts] .rows-list > li", "rows => rows.map(row => row.querySelector('[name$=title_nb]').value)"
    )


def test_what_points_at_a_part_follows_it_and_survives_a_change_of_mind(desk):
    session = make_session(parts=0)
    make_part(session, title_nb="Del 1")
    second = make_part(session, title_nb="Del 2")
    make_speaker(session, part=second)
    desk.at(address(session))
    part = "[name='speakers-0-part_row']"
    expect(desk.locator(f"{part} option:checked")).to_have_text("Part 2 – Del 2")

    desk.fill("#id_parts-1-title_nb", "Debatt")
    desk.click("#parts-1 [data-move='-1']")
    expect(desk.locator(f"{part} option:checked")).to_have_text("Part 1 – Debatt")
    desk.click("#parts-1 [data-remove]")
    expect(desk.locator(f"{part} option:checked")).to_have_text("All parts")
    desk.click("#parts-1 [data-undo]")
    expect(desk.locator(f"{part} option:checked")).to_have_text("Part 1 – Debatt")
    desk.click("#parts-0 [data-remove]")
    save(desk)

    assert session.parts.get().pk == second.pk
    assert session.speakers.get().part == second


def test_somebody_who_was_not_there_yet_can_be_found_by_any_of_their_words(desk):
    make_conference()
    make_person("Åsne Ødegård", organisation_nb="Røde Kors")
    desk.at(ADD)
    pick(desk, "speakers-0", "Åsne")
    assert Person.objects.count() == 1
    search(desk, "moderators-0", "røde KORS")
    desk.wait_for_selector(".select2-results__option:has-text('Åsne Ødegård')")


def test_somebody_new_is_added_where_their_name_was_typed(desk):
    make_conference()
    make_person("Tina Davis")
    desk.at(ADD)
    desk.fill("#id_title_nb", "Sammen")
    search(desk, "speakers-0", "Anousheh Karvar")
    desk.wait_for_selector(".select2-results__option--highlighted:has-text('Add “Anousheh Karvar”')")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("#speakers-0 .select2-selection__rendered:text-is('Anousheh Karvar')")
    desk.click("[data-rows=moderators] [data-add-row]")
    pick(desk, "moderators-1", "Davis")
    expect_option(desk, "questions-0-addressed_to_row", "Anousheh Karvar")
    save(desk)

    session = Session.objects.get()
    assert session.speakers.get().person.name == "Anousheh Karvar"
    assert session.moderators.get().person.name == "Tina Davis"
    assert Person.objects.count() == 2
