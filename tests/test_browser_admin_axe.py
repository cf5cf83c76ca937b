"""Every kind of page that staff see, by axe-core: light and wide, dark and narrow, unfolded, in four languages."""

import pytest
from django.test import Client

from tests.admin_pages import a_busy_desk, form_of, pages_of
from tests.desk import sign_in
from tests.factories import make_superuser
from tests.forms import open_form
from tests.looking import LANGUAGES, findings, unfold

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = [("light", 1280), ("dark", 820), ("light", 360)]
DRAWN = "() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)))"


@pytest.fixture
def desk(page, live_server, context):
    """A signed-in browser that remembers what its console told of, and the demo with something of everything in it."""
    user, client = make_superuser("kari"), Client()
    client.force_login(user)
    page.conference, page.client, page.said = a_busy_desk(client, user), client, []
    page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.said.append(str(error)))
    sign_in(context, live_server, user)
    page.emulate_media(reduced_motion="reduce")
    return page


def looked_at(page, scheme, width):
    """What somebody would have to complain of: what axe finds, and a page that is wider than its window."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(DRAWN)
    wide = page.evaluate("document.documentElement.scrollWidth") > width
    return findings(page) + ([f"wider than {width} px"] if wide else [])


def test_every_kind_of_page_is_usable_by_everybody_and_keeps_to_the_policy(desk, live_server, context):
    wrong, pages = {}, pages_of(desk.conference)
    for turn, (kind, path) in enumerate(pages.items()):
        language = LANGUAGES[turn % 4]
        context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
        assert desk.goto(live_server.url + path).status == 200, kind
        assert desk.evaluate("document.documentElement.lang") == language
        if kind == "board":
            desk.wait_for_selector(".ec-event")
        if said := list(desk.said):
            wrong[kind, "console"] = said
        unfold(desk)
        for scheme, width in LOOKS:
            if told := looked_at(desk, scheme, width):
                wrong[kind, language, scheme, width] = told
        desk.said.clear()  # axe-core itself tries styles that the policy forbids
    assert wrong == {}
    assert len(pages) == 40


def test_the_page_that_asks_the_later_writer_is_usable_by_everybody(desk, live_server):
    session = desk.conference.sessions.first()
    desk.goto(live_server.url + form_of(session))
    desk.fill("#id_lead_nb", "Min.")
    desk.client.post(form_of(session), open_form(desk.client, form_of(session)) | {"lead_nb": "Deres."})
    with desk.expect_navigation():
        desk.click("[name=_save]")
    assert desk.locator("[name^='choose:']").count()
    assert [told for look in LOOKS if (told := looked_at(desk, *look))] == []
