"""A visitor who comes back sees what has changed since."""

import pytest

from conference.models import Conference
from programme.publish import publish
from tests.factories import make_conference, make_session, moment


@pytest.fixture
def site(server):
    make_conference()
    make_session("Samtale", at="13:00")
    make_session("Foredrag", at="15:00")
    publish(Conference.objects.get())
    return server


def marks(page):
    return [mark.text_content() for mark in page.locator("[data-told]:visible").all()]


def again(browser, context):
    """The same device on another day: what it remembers is there, what it had fetched is too old."""
    state = context.storage_state()
    context.close()
    return browser.new_context(storage_state=state)


def test_marks_show_what_changed_since_the_last_visit_and_only_then(browser, site):
    context = browser.new_context()
    first = context.new_page()
    first.goto(f"{site}/en/sammen/programme/?view=list")
    assert marks(first) == []
    context = again(browser, context)

    session = Conference.objects.get().sessions.get(slug="samtale")
    session.parts.update(starts_at=moment("13:30"))
    make_session("Ny samtale", at="16:00")
    publish(Conference.objects.get())

    second = context.new_page()
    second.goto(f"{site}/en/sammen/programme/?view=list")
    assert marks(second) == ["moved", "new"]
    second.reload()
    assert marks(second) == ["moved", "new"]
    context = again(browser, context)
    third = context.new_page()
    third.goto(f"{site}/en/sammen/programme/?view=list")
    assert marks(third) == []
    context.close()


def test_a_first_visit_marks_nothing(browser, site):
    session = Conference.objects.get().sessions.get(slug="samtale")
    session.cancel()
    publish(Conference.objects.get())

    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}/en/sammen/programme/?view=list")
    assert marks(page) == []
    context.close()
