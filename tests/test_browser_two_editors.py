"""Two people in two browsers on one session; and one whose browser closes too early."""

import pytest
from playwright.sync_api import expect

from sessions.models import Session
from tests.desk import address, pick, save, sign_in
from tests.factories import make_conference, make_person, make_question, make_session, make_superuser
from tests.looking import violations

pytestmark = pytest.mark.django_db(transaction=True)

PRESS_AGAIN_AND_AGAIN = """() => {
  const button = document.querySelector("[name=_save]");
  button.click();
  setInterval(() => button.click(), 30);
}"""


@pytest.fixture
def desks(browser, live_server):
    """desks(name) → a page of somebody of that name, signed in, in a browser of their own."""
    contexts, said = [], []

    def open_desk(name):
        context = browser.new_context(locale="en", viewport={"width": 1280, "height": 900})
        contexts.append(context)
        sign_in(context, live_server, make_superuser(name))
        page = context.new_page()
        expected = ("409", "500")  # the answers of this test that browsers call errors
        page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") and not any(code in m.text for code in expected) else None)  # fmt: skip
        page.on("pageerror", lambda error: said.append(str(error)))
        page.at = lambda path: page.goto(live_server.url + path)
        return page

    yield open_desk
    for context in contexts:
        context.close()
    assert "\n".join(said) == ""


def take_back(page):
    with page.expect_navigation():
        page.click("[data-draft-take]")


def test_two_people_edit_one_session_and_both_texts_survive(desks):
    session = make_session("Før", lead="Gammelt")
    make_question(session, "Hva?")
    kari, ola = desks("kari"), desks("ola")
    with kari.expect_response(lambda answer: answer.request.method == "POST"):  # who is there has been heard
        kari.at(address(session))
    ola.at(address(session))
    ola.wait_for_selector("[data-presence]:not([hidden])")
    assert ola.inner_text("[data-presence]").startswith("kari has this form open, too.")

    kari.fill("#id_lead_nb", "Fra Kari")
    kari.fill("#id_questions-0-text_nb", "Hva nå?")
    save(kari)
    ola.fill("#id_lead_nb", "Fra Ola")
    ola.click("[data-rows=questions] [data-add-row]")
    ola.fill("#id_questions-1-text_nb", "Hvorfor?")
    save(ola)
    assert ola.inner_text(".conflict legend").startswith("Lead")
    assert violations(ola) == []
    ola.check("[value=both]")
    with ola.expect_navigation():
        ola.click("[type=submit].default")

    session = Session.objects.get()
    assert session.lead_nb == "Fra Kari\n\nFra Ola"
    assert [question.text_nb for question in session.questions.all()] == ["Hva nå?", "Hvorfor?"]
    with ola.expect_navigation():
        ola.click(".messagelist .undo")
    assert Session.objects.get().lead_nb == "Fra Kari"
    ola.at(address(session).replace("change", "history"))
    assert violations(ola) == []


def test_a_browser_that_closes_offers_the_text_back_with_its_rows(desks):
    session = make_session("Før")
    make_person("Tina Davis")
    kari = desks("kari")
    kari.at(address(session))
    kari.fill("#id_title_nb", "Halvferdig")
    kari.click("[data-rows=speakers] [data-add-row]")
    pick(kari, "speakers-0", "Tina")
    kari.wait_for_selector("form[data-kept]")
    context, there = kari.context, kari.url
    kari.close()

    kari = context.new_page()
    kari.goto(there)
    take_back(kari)
    assert kari.input_value("#id_title_nb") == "Halvferdig"
    save(kari)
    session = Session.objects.get()
    assert (session.title_nb, session.speakers.get().person.name) == ("Halvferdig", "Tina Davis")
    kari.goto(there)
    assert not kari.is_visible("[data-draft]")


def test_text_survives_being_signed_out_when_it_is_saved(desks):
    session = make_session("Før")
    kari = desks("kari")
    kari.at(address(session))
    kari.fill("#id_title_nb", "Skrevet lenge")
    cookies = kari.context.cookies()
    kari.context.clear_cookies(name="sessionid")
    save(kari)
    assert "login" in kari.url
    assert kari.is_visible("text=What you wrote is kept in this browser")
    kari.context.add_cookies([cookie for cookie in cookies if cookie["name"] == "sessionid"])
    kari.at(address(session))
    take_back(kari)
    save(kari)
    assert Session.objects.get().title_nb == "Skrevet lenge"


def test_something_new_is_made_once_however_often_save_is_pressed(desks):
    make_conference()
    kari = desks("kari")
    kari.at("/admin/conference_sessions/session/add/")
    assert not kari.is_visible("[data-saved-already]")
    kari.fill("#id_title_nb", "Utålmodig")
    kari.evaluate(PRESS_AGAIN_AND_AGAIN)  # after fifteen seconds without an answer the form is sent again
    kari.wait_for_selector(".messagelist")
    kari.wait_for_load_state()
    assert Session.objects.count() == 1

    kari.go_back()
    kari.wait_for_selector("[data-saved-already]")
    assert "saved already" in kari.inner_text("[data-saved-already]")
    kari.fill("#id_lead_nb", "En tanke til")
    save(kari)
    assert "was made from this form already" in kari.inner_text(".messagelist")
    assert kari.input_value("#id_lead_nb") == "En tanke til"
    assert Session.objects.count() == 1
    kari.at("/admin/conference_sessions/session/add/")
    expect(kari.locator("[name=_draft_key]")).not_to_have_value("")
    assert not kari.is_visible("[data-saved-already]")
