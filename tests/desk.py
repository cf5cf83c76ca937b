"""A browser of staff: signed in, and at work in the admin's forms."""

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

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


def pick(page, row, words):
    """Pick a person by typing into the field that searches."""
    page.click(f"#{row} .select2-selection")
    page.keyboard.type(words)
    page.click(
        f".select2-results__option--highlighted:has-text('{words}'), .select2-results__option:has-text('{words}')"
    )


def options(page, name):
    return page.eval_on_selector_all(f"[name='{name}'] option", "nodes => nodes.map(node => node.text)")


def check_with_axe(page, name):
    assert violations(page) == [], name
