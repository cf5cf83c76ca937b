"""Staff at the form of a session in a real browser: typing, languages, saving, with and without a script."""

import pytest
from playwright.sync_api import expect

from sessions.models import Session
from tests.desk import ADD, address, pick, save, sign_in
from tests.factories import make_conference, make_person, make_room, make_session, make_superuser

pytestmark = pytest.mark.django_db(transaction=True)


def test_staff_enter_the_whole_page_of_a_new_session_without_leaving_it(desk):
    make_conference()
    make_room("Storsalen")
    make_person("Anousheh Karvar"), make_person("Dag Inge Ulstein"), make_person("Tina Davis")
    desk.at(ADD)
    desk.fill("#id_title_nb", "Sammen mot menneskehandel")
    desk.fill("#id_lead_nb", "I 2015 vedtok FNs medlemsland 17 bærekraftsmål.")

    desk.fill("#id_parts-0-title_nb", "Del 1")
    desk.select_option("#id_parts-0-day", index=1)
    desk.fill("#id_parts-0-start", "1300")
    desk.press("#id_parts-0-start", "Tab")
    expect(desk.locator("#id_parts-0-end")).to_have_value("13:45")
    desk.click("[data-rows=parts] [data-add-row]")
    desk.fill("#id_parts-1-title_nb", "Del 2")
    desk.fill("#id_parts-1-start", "14")
    desk.press("#id_parts-1-start", "Tab")
    assert desk.input_value("#id_parts-1-day") == desk.input_value("#id_parts-0-day")

    pick(desk, "speakers-0", "Ulstein")
    desk.select_option("#id_speakers-0-part_row", label="Part 1 – Del 1")
    pick(desk, "speakers-1", "Karvar")
    desk.select_option("#id_speakers-1-part_row", label="Part 2 – Del 2")
    desk.click("[data-rows=speakers] [data-add-row]")
    pick(desk, "speakers-2", "Davis")
    pick(desk, "moderators-0", "Davis")
    desk.fill("#id_questions-0-text_nb", "Hva er status?")
    desk.select_option("#id_questions-0-part_row", label="Part 2 – Del 2")
    desk.select_option("#id_questions-0-addressed_to_row", label="Anousheh Karvar")
    save(desk)

    session = Session.objects.get()
    first, second = session.parts.all()
    assert (first.title_nb, second.title_nb, second.ends_at - second.starts_at) == (
        "Del 1",
        "Del 2",
        first.ends_at - first.starts_at,
    )
    on_stage = [(row.person.name, row.part, row.position) for row in session.speakers.all()]
    assert on_stage == [("Dag Inge Ulstein", first, 1), ("Anousheh Karvar", second, 2), ("Tina Davis", None, 3)]
    assert session.moderators.get().person.name == "Tina Davis"
    question = session.questions.get()
    assert (question.part, question.addressed_to.person.name) == (second, "Anousheh Karvar")


def test_an_end_that_is_typed_replaces_the_one_that_was_suggested(desk):
    make_conference()
    desk.at(ADD)
    desk.click("#id_parts-0-start")
    desk.keyboard.type("930")
    desk.click("#id_parts-0-end")
    expect(desk.locator("#id_parts-0-end")).to_have_value("10:15")
    desk.keyboard.type("11")
    desk.press("#id_parts-0-end", "Tab")
    expect(desk.locator("#id_parts-0-end")).to_have_value("11:00")


def test_one_language_or_two_are_shown_and_an_error_opens_a_hidden_one(desk):
    session = make_session("Sammen", title_en="Together", lead_nb="Kom")
    desk.at(address(session))
    assert desk.is_visible("#id_title_nb")
    assert not desk.is_visible("#id_title_en")
    expect(desk.locator("[data-count=en]")).to_have_text("1/2")

    desk.select_option("[name=language-beside]", "en")
    assert desk.is_visible("#id_title_nb")
    assert desk.is_visible("#id_title_en")
    desk.fill("#id_lead_en", "Come")
    expect(desk.locator("[data-count=en]")).to_have_text("2/2")
    desk.eval_on_selector(
        "#id_title_fr", "input => { input.removeAttribute('maxlength'); input.value = 'x'.repeat(301) }"
    )
    save(desk)

    assert desk.is_visible("#id_title_fr")
    expect(desk.locator("#id_lead_en")).to_have_value("Come")


def test_without_a_script_every_language_and_every_row_is_there(browser, live_server):
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, live_server, make_superuser())
    make_conference()
    karvar = make_person("Anousheh Karvar")
    page = context.new_page()
    page.goto(live_server.url + ADD)
    assert page.is_visible("#id_title_nb")
    assert page.is_visible("#id_title_fr")
    page.fill("#id_title_fr", "Ensemble")
    page.fill("#id_parts-0-title_fr", "Partie")
    page.fill("#id_questions-0-text_fr", "Pourquoi ?")
    page.select_option("#id_questions-0-part_row", "parts-0")
    with page.expect_navigation():
        page.press("#id_title_fr", "Enter")

    session = Session.objects.get()
    assert (session.title_fr, session.questions.get().part) == ("Ensemble", session.parts.get())
    assert karvar.speaking.count() == 0

    page.goto(live_server.url + address(session))
    page.fill("#id_subtitle_nb", "Ikke lagret ennå")
    for rows in ("questions", "parts"):
        with page.expect_navigation():
            page.click(f"[name=_more_row][value={rows}]")
    assert not page.locator(".errornote").count()
    page.fill("#id_parts-1-title_nb", "Den andre")
    page.select_option("#id_questions-0-part_row", "parts-1")
    assert page.is_visible("#id_questions-1-text_nb")
    assert session.parts.count() == 1
    with page.expect_navigation():
        page.click("input[name=_save]:visible")
    session.refresh_from_db()
    assert session.subtitle_nb == "Ikke lagret ennå"
    assert [part.title_nb for part in session.parts.all()] == [None, "Den andre"]
    assert session.questions.get().part == session.parts.last()
    context.close()


def test_the_keyboard_saves_and_leaving_with_something_unsaved_is_asked_about(desk):
    session = make_session("Sammen")
    desk.at(address(session))
    make_person("Karvar")
    desk.click("[data-rows=speakers] [data-add-row]")
    pick(desk, "speakers-0", "Karvar")
    asked = []
    desk.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    with desk.expect_event("dialog"):
        desk.evaluate("document.querySelector('#site-name a').click()")
    assert asked == ["beforeunload"]

    desk.fill("#id_title_nb", "Sammen igjen")
    with desk.expect_navigation():
        desk.keyboard.press("Control+s")
    session.refresh_from_db()
    assert session.title_nb == "Sammen igjen"
    assert desk.url.endswith(address(session))


def test_a_file_that_is_no_picture_is_refused_in_words_and_nothing_typed_is_lost(desk, tmp_path):
    make_conference()
    notes = tmp_path / "notes.jpg"
    notes.write_text("not a picture")
    desk.at(ADD)
    desk.fill("#id_title_nb", "Sammen")
    desk.fill("#id_parts-0-title_nb", "Del 1")
    desk.click("[data-rows=questions] [data-add-row]")
    desk.fill("#id_questions-2-text_nb", "Hvorfor?")
    desk.select_option("#id_questions-2-part_row", "parts-0")
    desk.click("#questions-2 [data-move='-1']")
    desk.click("#questions-2 [data-move='-1']")
    desk.set_input_files("#id_image", notes)
    save(desk)

    assert "This is not a picture we can read." in desk.inner_text(".box-image .errorlist")
    expect(desk.locator("#id_questions-2-text_nb")).to_have_value("Hvorfor?")
    expect(desk.locator("#id_questions-2-part_row option:checked")).to_have_text("Part 1 – Del 1")
    assert desk.locator("[data-rows=questions] .rows-list > li").first.get_attribute("id") == "questions-2"
