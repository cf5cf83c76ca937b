"""A list that cannot be cleared is read no more: staff say what is meant so, and hear of it again when it changes."""

import pytest
from lxml import html

from sessions.known import KnownProblem
from sessions.problems import problems_of
from tests.factories import make_conference, make_person, make_room, make_session, make_staff, make_superuser
from tests.forms import open_form, words_on
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
PAGE, KNOW = "/admin/problems/", "/admin/problems/known/"
CLASH = "is on stage in “B” and in “A” at the same time"


@pytest.fixture
def kari():
    return signed_in(make_superuser("kari"))


@pytest.fixture
def clash():
    """The same person in two rooms at once; the session in which it is told."""
    person = make_person("Tina Davis")
    make_session("A", "13:00", room=make_room("Ene"), speakers=[person])
    return make_session("B", "13:30", room=make_room("Andre"), speakers=[person])


def press(client, button, **more):
    page = html.fromstring(client.get(PAGE).content.decode())
    [value] = page.xpath(f"//button[contains(., '{button}')]/@value")
    return words_on(client.post(KNOW, {"problem": value} | more, follow=True))


def test_what_is_meant_so_is_told_no_more_anywhere_and_can_be_told_again(kari, clash):
    form = f"/admin/conference_sessions/session/{clash.pk}/change/"
    assert all(CLASH in words_on(kari.get(page)) for page in (PAGE, "/admin/", form))
    said = press(kari, "I know")
    assert "It is told no more, unless something about it changes." in said
    assert "1 that is meant so" in said
    assert "kari, " in said
    assert all(CLASH not in words_on(kari.get(page)) for page in ("/admin/", form))
    assert "1 problem" not in words_on(kari.get("/admin/conference_sessions/session/"))

    press(kari, "Tell of it again", again="1")
    assert all(CLASH in words_on(kari.get(page)) for page in (PAGE, "/admin/", form))


def test_it_comes_back_when_its_facts_change_and_what_is_over_is_forgotten(kari, clash):
    press(kari, "I know")
    form = f"/admin/conference_sessions/session/{clash.pk}/change/"
    kari.post(form, open_form(kari, form) | {"parts-0-start": "13:45"})
    assert CLASH in words_on(kari.get("/admin/"))
    press(kari, "I know")
    assert [problem.words for problem in problems_of(clash.conference)] == []
    assert KnownProblem.objects.count() == 1


def test_what_keeps_a_session_from_being_published_is_always_told(kari):
    make_session("", at=None)
    page = kari.get(PAGE)
    assert page.text.count("I know: it is meant so") == 2  # no time, no room
    [blocking] = [problem for problem in problems_of(make_session("C").conference) if problem.severity == "blocks"]
    kari.post(KNOW, {"problem": blocking.identity})
    assert not KnownProblem.objects.exists()


def test_who_may_only_look_has_no_button_and_one_conference_does_not_know_for_another(kari, clash):
    client = signed_in(make_staff("view_session", "view_part"))
    assert "I know" not in words_on(client.get(PAGE))
    [problem] = problems_of(clash.conference)
    assert client.post(KNOW, {"problem": problem.identity}).status_code == 403

    other = make_conference("Next year", slug="next")
    kari.post("/admin/choose/", {"conference": other.pk})
    assert "That has changed meanwhile" in words_on(kari.post(KNOW, {"problem": problem.identity}, follow=True))
    assert not KnownProblem.objects.exists()
