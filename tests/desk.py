"""A browser of staff: signed in, and at work in the admin's forms."""

from urllib.parse import parse_qs, urlparse

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import expect

from tests.looking import violations

ADD = "/admin/conference_sessions/session/add/"


def sign_in(context, live_server, user):
    """The browser is that of somebody who reads the admin in English."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    for name, value in {"sessionid": session.session_key, "django_language": "en"}.items():
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])


def address(session):
    return f"/admin/conference_sessions/session/{session.pk}/change/"


def save(page, name="_save"):
    with page.expect_navigation():
        page.click(f"[name={name}]")


def search(page, row, words):
    """Type into the field that searches for a person, and wait for the answer to all that was typed."""
    page.evaluate("() => new Promise((then) => django.jQuery(then))")  # the field is made when the page is ready
    page.click(f"#{row} .select2-selection")
    page.wait_for_selector(".select2-search__field:focus")
    with page.expect_response(lambda answer: parse_qs(urlparse(answer.url).query).get("term") == [words]):
        page.keyboard.type(words)
    page.wait_for_selector(".select2-results__option.loading-results", state="detached")


def pick(page, row, words):
    """Pick a person by typing into the field that searches."""
    search(page, row, words)
    page.click(f".select2-results__option:has-text('{words}')")
    expect(page.locator(f"#{row} .select2-selection__rendered")).to_contain_text(words)


def expect_option(page, name, words):
    expect(page.locator(f"[name='{name}'] option", has_text=words)).to_have_count(1)


def check_with_axe(page, name):
    assert violations(page) == [], name
