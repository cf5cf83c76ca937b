"""Staff cancel, replace and hide sessions, and see beforehand what the public would see."""

import re

import pytest
from lxml import html

from sessions.models import Session
from tests.factories import make_conference, make_release, make_session, make_staff
from tests.forms import words_on
from tests.test_bulk import CANCEL, asked, look_and_press

pytestmark = pytest.mark.django_db


def test_a_session_is_kept_and_marked_as_cancelled_with_a_notice(staff):
    session = make_session(replaced_by=make_session("Gammel"), notice_nb="Flyttet")
    sent = {"outcome": "keep", "notice_nb": "Avlyst fordi innlederen er syk.", "notice_fr": "Annulée."}
    look_and_press(staff, CANCEL, session, **sent)
    session.refresh_from_db()
    assert (session.state, session.replaced_by) == ("cancelled", None)
    assert (session.notice_nb, session.notice_fr) == ("Avlyst fordi innlederen er syk.", "Annulée.")


def test_a_session_is_replaced_by_another_one_of_the_conference(staff):
    session, instead = make_session("Avlyst"), make_session("I stedet")
    make_session("Fremmed", conference=make_conference("Neste", slug="neste"))
    page = staff.post(CANCEL, asked(session, look="1", outcome="replace"))
    assert "Choose the session that takes its place." in words_on(page)
    choices = html.fromstring(page.content.decode()).xpath("//select[@name='replaced_by']/option/text()")
    assert choices == ["Choose a session", "I stedet"]
    look_and_press(staff, CANCEL, session, outcome="replace", replaced_by=instead.pk)
    session.refresh_from_db()
    assert (session.state, session.replaced_by) == ("cancelled", instead)


def test_many_sessions_are_hidden_and_keep_their_words(staff):
    sessions = [make_session("A", notice_nb="Flyttet"), make_session("B")]
    look_and_press(staff, CANCEL, *sessions, outcome="hide", notice_nb="Glemmes")
    assert set(Session.objects.values_list("state", "notice_nb")) == {("draft", "Flyttet"), ("draft", None)}


def test_a_cancelled_session_is_brought_back_and_its_notice_goes(staff):
    session = make_session(state="cancelled", notice_nb="Avlyst", notice_fr="Annulée", replaced_by=make_session("B"))
    assert "Bring it back" in words_on(staff.get(CANCEL, {"sessions": session.pk}))
    look_and_press(staff, CANCEL, session, outcome="bring back", clears_notice="on")
    session.refresh_from_db()
    assert (session.state, session.replaced_by) == ("public", None)
    assert not any([session.notice_nb, session.notice_fr, session.notice])


def test_staff_see_the_public_page_as_it_would_be_and_nothing_is_changed_by_looking(staff, visitor):
    session, instead = make_session("Avlyst post"), make_session("Noe annet")
    make_release()
    changed_at = Session.objects.get(pk=session.pk).changed_at
    sent = {"outcome": "replace", "replaced_by": instead.pk, "notice_en": "The speaker is ill."}
    page = staff.post(CANCEL, asked(session, look="1", **sent))
    address = html.fromstring(page.content.decode()).xpath("//iframe/@src")[0]
    shown = staff.get(address)
    assert shown.status_code == 200
    assert "The speaker is ill." in words_on(shown)
    assert "Noe annet" in words_on(shown)
    assert "Cancelled" in words_on(shown)
    assert "no-store" in shown["Cache-Control"]
    session.refresh_from_db()
    assert (session.state, session.changed_at) == ("public", changed_at)
    assert "The speaker is ill." not in words_on(visitor.get(f"/en/{session.conference.slug}/sessions/{session.slug}/"))


def test_a_hidden_session_is_gone_in_the_preview_and_calendars_would_say_it_is_cancelled(staff):
    session = make_session("Skjules")
    make_session("Blir")
    make_release()
    page = staff.post(CANCEL, asked(session, look="1", outcome="hide"))
    address = html.fromstring(page.content.decode()).xpath("//iframe/@src")[0]
    prefix = address[: address.index("/en/")]
    assert "Taken off the programme." in words_on(staff.get(address))
    programme = words_on(staff.get(f"{prefix}/en/{session.conference.slug}/programme/"))
    assert "Skjules" not in programme
    assert "Blir" in programme
    calendar = staff.get(f"{prefix}/nb/{session.conference.slug}/programme.ics").content.decode()
    assert re.search(r"STATUS:CANCELLED", calendar)


def test_a_forged_or_foreign_preview_address_shows_nothing(staff, client):
    session = make_session()
    page = staff.post(CANCEL, asked(session, look="1", outcome="hide"))
    address = html.fromstring(page.content.decode()).xpath("//iframe/@src")[0]
    forged = address.replace("/admin/as-if/", "/admin/as-if/x")
    assert staff.get(forged).status_code == 404
    client.force_login(make_staff("view_session"))
    assert client.get(address).status_code == 403
    client.logout()
    assert client.get(address)["Location"].startswith("/admin/login/")
