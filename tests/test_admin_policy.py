"""The admin under the strict policy: no page holds code or styles of its own, and none is a dead end."""

import pytest
from django.urls import Resolver404, resolve
from lxml import html

from tests.admin_pages import SESSIONS, a_busy_desk, form_of, pages_of, two_writers
from tests.factories import make_superuser
from tests.pages import Links, path_of

pytestmark = pytest.mark.django_db
DATA = ("application/json", "application/ld+json", "importmap")


@pytest.fixture
def desk(client):
    user = make_superuser("kari")
    client.force_login(user)
    client.conference = a_busy_desk(client, user)
    return client


def inline(answer):
    """Everything on a page that the policy would not let the browser do."""
    page = html.fromstring(answer.content.decode())
    scripts = [node for node in page.iter("script") if not node.get("src") and node.get("type") not in DATA]
    styled = [node for node in page.iter() if isinstance(node.tag, str) and (node.tag == "style" or node.get("style"))]
    acting = [node for node in page.iter() if any(name.startswith("on") for name in node.keys())]  # noqa: SIM118 -- a node itself goes through what is in it
    return [html.tostring(node, encoding="unicode")[:120] for node in (*scripts, *styled, *acting)]


@pytest.mark.once  # that each address opens, test_permissions.py sees on both
def test_no_page_holds_code_of_its_own_and_every_link_of_it_leads_somewhere(desk):
    wrong, seen = {}, set()
    waiting = list(pages_of(desk.conference).values())
    kinds = set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = desk.get(path)
        if answer.status_code not in (200, 302):
            wrong[path] = answer.status_code
        if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.status_code != 200:
            continue
        if found := inline(answer):
            wrong[path] = found
        kinds.add(answer.resolver_match.view_name)
        for target in Links(answer.text).addresses:
            target = path_of(target, path)
            if target and target.startswith("/admin/") and is_new_kind(target, kinds, seen):
                waiting.append(target)
    assert wrong == {}
    assert len(kinds) > 50, sorted(kinds)
    for answer in that_ask_and_refuse(desk):
        assert inline(answer) == []


def is_new_kind(path, kinds, seen):
    """Whether a link leads to a page of a kind that was not looked at, so that each kind is followed once."""
    if path.startswith(("/admin/logout", "/admin/preview/", "/admin/releases/", "/admin/as-if/", "/admin/jsi18n")):
        return False
    try:
        return path not in seen and resolve(path.partition("?")[0]).view_name not in kinds
    except Resolver404:
        return True


def that_ask_and_refuse(desk):
    """Pages that no link leads to."""
    session = desk.conference.sessions.first()
    asked = two_writers(desk, session)
    assert asked.status_code == 409
    yield asked
    yield desk.post(form_of(session), {"title_nb": ""})
    yield desk.get(f"{SESSIONS}/session/999999/change/", follow=True)
    published = desk.get(form_of(desk.conference).replace("change", "delete"))
    assert published.status_code == 200  # and says that it cannot be deleted
    yield published
    desk.logout()
    yield desk.get("/admin/", follow=True)
    yield desk.get("/admin/nowhere/", follow=True)
