"""Staff at work in a real browser: everything under the strict content security policy, with keyboard and pointer."""

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from sessions.models import Session
from speakers.models import Person
from tests.factories import (
    make_conference,
    make_part,
    make_person,
    make_room,
    make_session,
    make_speaker,
    make_staff,
    make_superuser,
    make_track,
)
from tests.looking import violations

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "/admin/conference_sessions/session/add/"


@pytest.fixture
def desk(page, live_server, context):
    """A signed-in browser; fails at the end when the console told of anything: a violated policy, a script's error."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(context, live_server, make_superuser())
    page.set_default_timeout(8000)
    page.at = lambda path: page.goto(live_server.url + path)
    page.said = said
    yield page
    assert "\n".join(said) == ""


def sign_in(context, live_server, user):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": live_server.url}])


def address(session):
    return f"/admin/conference_sessions/session/{session.pk}/change/"


def save(page, name="_save"):
    with page.expect_navigation():
        page.click(f"[name={name}]")


def pick(page, row, words):
    """Pick a person by typing into the field that searches."""
    page.click(f"#{row} .select2-selection")
    page.keyboard.type(words)
    page.click(
        f".select2-results__option--highlighted:has-text('{words}'), .select2-results__option:has-text('{words}')"
    )


def options(page, name):
    return page.eval_on_selector_all(f"[name='{name}'] option", "nodes => nodes.map(node => node.text)")


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
    assert desk.input_value("#id_parts-0-end") == "13:45"
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
    assert desk.input_value("#id_parts-0-end") == "10:15"
    desk.keyboard.type("11")
    desk.press("#id_parts-0-end", "Tab")
    assert desk.input_value("#id_parts-0-end") == "11:00"


def test_staff_add_a_person_a_room_and_a_topic_on_the_spot(desk, context):
    make_conference()
    desk.at(ADD)
    desk.fill("#id_title_nb", "Pause")

    def in_window(link, fields):
        with context.expect_page() as opened:
            desk.click(link)
        window = opened.value
        for name, value in fields.items():
            window.fill(name, value)
        with window.expect_event("close"):
            window.click("[name=_save]")

    in_window("#add_id_speakers-0-person", {"#id_name": "Åsne Ødegård"})
    in_window("#add_id_parts-0-room", {"#id_name_nb": "Lillesalen"})
    in_window("#add_id_topics", {"#id_name_nb": "Arbeid"})
    desk.click("[data-rows=parts] [data-add-row]")
    desk.select_option("#id_parts-1-room", label="Lillesalen")
    assert "Åsne Ødegård" in options(desk, "questions-0-addressed_to_row")
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
    assert options_of_places(desk) == ["C", "A", "B"]
    grip = desk.locator("#parts-0 [data-grip]").bounding_box()
    below = desk.locator("#parts-1").bounding_box()
    desk.mouse.move(grip["x"] + 4, grip["y"] + 4)
    desk.mouse.down()
    desk.mouse.move(grip["x"] + 4, below["y"] + below["height"] - 5, steps=8)
    desk.mouse.up()
    assert options_of_places(desk) == ["C", "B", "A"]
    save(desk)

    assert [(part.title_nb, part.position) for part in session.parts.all()] == [("C", 1), ("B", 2), ("A", 3)]


def options_of_places(page):
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
    assert desk.eval_on_selector(part, "select => select.selectedOptions[0].text") == "Part 2 – Del 2"

    desk.fill("#id_parts-1-title_nb", "Debatt")
    desk.click("#parts-1 [data-move='-1']")
    assert desk.eval_on_selector(part, "select => select.selectedOptions[0].text") == "Part 1 – Debatt"
    desk.click("#parts-1 [data-remove]")
    assert desk.eval_on_selector(part, "select => select.selectedOptions[0].text") == "All parts"
    desk.click("#parts-1 [data-undo]")
    assert desk.eval_on_selector(part, "select => select.selectedOptions[0].text") == "Part 1 – Debatt"
    desk.click("#parts-0 [data-remove]")
    save(desk)

    assert session.parts.get().pk == second.pk
    assert session.speakers.get().part == second


def test_one_language_or_two_are_shown_and_an_error_opens_a_hidden_one(desk):
    session = make_session("Sammen", title_en="Together", lead_nb="Kom")
    desk.at(address(session))
    assert desk.is_visible("#id_title_nb")
    assert not desk.is_visible("#id_title_en")
    assert desk.inner_text("[data-count=en]") == "1/2"

    desk.select_option("[name=language-beside]", "en")
    assert desk.is_visible("#id_title_nb")
    assert desk.is_visible("#id_title_en")
    desk.fill("#id_lead_en", "Come")
    assert desk.inner_text("[data-count=en]") == "2/2"
    desk.eval_on_selector(
        "#id_title_fr", "input => { input.removeAttribute('maxlength'); input.value = 'x'.repeat(301) }"
    )
    save(desk)

    assert desk.is_visible("#id_title_fr")
    assert desk.input_value("#id_lead_en") == "Come"


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
    assert desk.input_value("#id_questions-2-text_nb") == "Hvorfor?"
    assert (
        desk.eval_on_selector("#id_questions-2-part_row", "select => select.selectedOptions[0].text")
        == "Part 1 – Del 1"
    )
    assert desk.locator("[data-rows=questions] .rows-list > li").first.get_attribute("id") == "questions-2"


def test_tracks_are_moved_with_buttons_and_by_dragging(desk):
    for name in ("A", "B", "C"):
        make_track(name)
    desk.at("/admin/conference_sessions/track/")
    with desk.expect_navigation():
        desk.click("tr:has(th a:text-is('C')) button[name=move_up]")
    names = "rows => rows.map(row => row.querySelector('th').textContent)"
    assert desk.eval_on_selector_all("#result_list tbody tr", names) == ["A", "C", "B"]
    grip = desk.locator("tr:has(th a:text-is('B')) [data-grip]").bounding_box()
    first = desk.locator("#result_list tbody tr").first.bounding_box()
    desk.mouse.move(grip["x"] + 3, grip["y"] + 3)
    desk.mouse.down()
    desk.mouse.move(grip["x"] + 3, first["y"] + 2, steps=8)
    with desk.expect_navigation():
        desk.mouse.up()
    assert desk.eval_on_selector_all("#result_list tbody tr", names) == ["B", "A", "C"]


def test_the_pages_before_signing_in_are_usable_by_everybody(page, live_server):
    make_staff(name="kari")
    page.goto(live_server.url + "/admin/")
    check_with_axe(page, "login")
    for _attempt in range(8):
        page.fill("#id_username", "kari")
        page.fill("#id_password", "wrong")
        page.press("#id_password", "Enter")
        page.wait_for_load_state()
        if not page.locator("#id_username").count():
            break
    assert "Nothing is lost" in page.inner_text(".locked-out")
    check_with_axe(page, "locked out")


def check_with_axe(page, name):
    assert violations(page) == [], name


@pytest.mark.parametrize("width", [360, 820, 1280])
def test_nothing_is_wider_than_the_screen(desk, width):
    session = make_session(
        "Et svært langt navn på en programpost om samarbeid på tvers av alt vi kan tenke oss", track=make_track()
    )
    make_speaker(session)
    desk.set_viewport_size({"width": width, "height": 800})
    for path in (address(session), "/admin/conference_sessions/session/", "/admin/", "/admin/speakers/person/"):
        desk.at(path)
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, path


def test_somebody_who_was_not_there_yet_can_be_found_by_any_of_their_words(desk):
    make_conference()
    make_person("Åsne Ødegård", organisation_nb="Røde Kors")
    desk.at(ADD)
    pick(desk, "speakers-0", "Åsne")
    assert Person.objects.count() == 1
    desk.click("#moderators-0 .select2-selection")
    desk.keyboard.type("røde KORS")
    desk.wait_for_selector(".select2-results__option:has-text('Åsne Ødegård')")


def test_somebody_new_is_added_where_their_name_was_typed(desk):
    make_conference()
    make_person("Tina Davis")
    desk.at(ADD)
    desk.fill("#id_title_nb", "Sammen")
    desk.click("#speakers-0 .select2-selection")
    desk.keyboard.type("Anousheh Karvar")
    desk.wait_for_selector(".select2-results__option--highlighted:has-text('Add “Anousheh Karvar”')")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("#speakers-0 .select2-selection__rendered:text-is('Anousheh Karvar')")
    desk.click("[data-rows=moderators] [data-add-row]")
    pick(desk, "moderators-1", "Davis")
    assert "Anousheh Karvar" in options(desk, "questions-0-addressed_to_row")
    save(desk)

    session = Session.objects.get()
    assert session.speakers.get().person.name == "Anousheh Karvar"
    assert session.moderators.get().person.name == "Tina Davis"
    assert Person.objects.count() == 2
