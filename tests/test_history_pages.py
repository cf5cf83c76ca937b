"""Staff look at what happened, go back to it, and take back what they just did."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from reversion.models import Revision

from conference.models import Presence, Room
from conference.recording import recorded
from sessions.models import Session
from tests.factories import (
    make_conference,
    make_person,
    make_question,
    make_room,
    make_session,
    make_staff,
    make_superuser,
    make_track,
)
from tests.forms import open_form, words_on
from tests.schedule_files import an_event
from tests.schedule_files import session as imported
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/conference_sessions/session/"


@pytest.fixture
def kari():
    return signed_in(make_superuser("kari"))


def address(row, what="change"):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/{what}/"


def edit(client, row, **changes):
    answer = client.post(address(row), open_form(client, address(row)) | changes)
    assert answer.status_code == 302
    return answer


def undo(client):
    """Press the button beside the last message."""
    page = client.get(LIST)
    assert "Undo" in words_on(page) or "Angre" in words_on(page), words_on(page)
    step = Revision.objects.order_by("-pk").first()
    assert f'name="step" value="{step.pk}"' in page.text
    return client.post("/admin/undo/", {"step": step.pk, "next": LIST}, follow=True)


def test_staff_read_in_words_who_changed_what(kari):
    session = make_session("Før", state="draft", room=make_room("Storsalen"))
    make_question(session, "Hva?")
    edit(kari, session, **{"title_nb": "Etter", "state": "public", "questions-0-text_nb": "Hva nå?", "parts-0-room": "", "parts-0-start": "14:00", "parts-0-end": "15:00"})  # fmt: skip
    words = words_on(kari.get(address(session, "history")))
    for said in [
        "kari", "Changed", "Title (Bokmål) before: Før after: Etter", "State before: draft after: public",
        "Question (Bokmål) before: Hva? after: Hva nå?", "Room before: Storsalen empty now",
        "Starts before: 31 January 2030, 13:00 after: 31 January 2030, 14:00",
    ]:  # fmt: skip
        assert said in words
    norwegian = signed_in(make_superuser("ola"), "nb").get(address(session, "history"))
    assert "Tittel (Bokmål)" in words_on(norwegian)


def test_staff_go_back_to_an_earlier_version_with_its_people(kari):
    session = make_session("Først", speakers=[make_person("Tina Davis")])
    edit(kari, session, title_nb="Så")
    edit(kari, session, **{"title_nb": "Til slutt", "speakers-0-DELETE": "on"})
    steps = list(Revision.objects.order_by("pk"))
    there = f"{address(session, 'history')}{steps[0].pk}/"
    page = words_on(kari.get(there))
    assert "Title (Bokmål) before: Til slutt after: Først" in page
    assert "Speaker – Tina Davis after: added" in page
    kari.post(there)
    session.refresh_from_db()
    assert (session.title_nb, session.speakers.get().person.name, session.version) == ("Først", "Tina Davis", 4)
    undo(kari)
    assert not Session.objects.get().speakers.exists()
    there = words_on(kari.get(address(session, "history")))
    assert re.search(r"Restored as it was on \d+ \w+ 20\d\d, \d\d:\d\d", there)


def test_staff_undo_a_save_from_its_message(kari):
    session = make_session("Før")
    edit(kari, session, title_nb="Etter")
    assert "It is undone." in words_on(undo(kari))
    assert Session.objects.get().title_nb == "Før"


def test_staff_undo_what_a_list_was_told_to_do(kari):
    sessions = [make_session(f"Post {n}", state="draft") for n in range(3)]
    kari.post(LIST, {"action": "show", "_selected_action": [session.pk for session in sessions]})
    assert {session.state for session in Session.objects.all()} == {"public"}
    undo(kari)
    assert {session.state for session in Session.objects.all()} == {"draft"}


def test_staff_undo_a_new_order(kari):
    make_conference()
    rooms = [make_room(name, position=n) for n, name in enumerate("ABC", 1)]
    kari.post("/admin/conference/room/", {"move_down": str(rooms[0].pk)})
    assert [room.name for room in Room.objects.all()] == ["B", "A", "C"]
    undo(kari)
    assert [room.name for room in Room.objects.all()] == ["A", "B", "C"]


def test_staff_undo_deleting_a_room_and_its_parts_are_in_it_again(kari):
    room = make_room("Storsalen")
    session = make_session(room=room)
    kari.post(address(room, "delete"), {"post": "yes"})
    assert session.parts.get().room is None
    undo(kari)
    assert session.parts.get().room == room


def test_staff_undo_adding_something(kari):
    conference = make_conference()
    sent = open_form(kari, "/admin/conference/room/add/") | {"name_nb": "Nytt rom"}
    assert kari.post("/admin/conference/room/add/", sent).status_code == 302
    assert Room.objects.get().conference == conference
    undo(kari)
    assert not Room.objects.exists()


def test_staff_are_refused_an_undo_in_words_and_shown_the_history(kari):
    session = make_session("Før")
    edit(kari, session, title_nb="Først")
    step = Revision.objects.order_by("-pk").first()
    edit(kari, session, title_nb="Så")
    answer = kari.post("/admin/undo/", {"step": step.pk}, follow=True)
    assert "cannot be undone any more" in words_on(answer)
    assert answer.redirect_chain[-1][0] == address(session, "history")
    assert Session.objects.get().title_nb == "Så"


def test_staff_bring_back_a_deleted_session_with_its_address(kari):
    session = make_session("Viktig", speakers=[make_person()])
    kari.post(address(session, "delete"), {"post": "yes"})
    page = kari.get(f"{LIST}deleted/")
    assert "Viktig" in words_on(page)
    [version] = page.context_data["rows"]
    kari.post(f"{LIST}deleted/", {"version": version[0].pk})
    back = Session.objects.get()
    assert (back.uuid, back.slug, back.speakers.count()) == (session.uuid, session.slug, 1)
    assert "Nothing here has been deleted" in words_on(kari.get(f"{LIST}deleted/"))


def test_staff_bring_back_what_was_changed_around_it_since(kari):
    room = make_room("Storsalen")
    session = make_session("Post", room=room)
    kari.post(address(room, "delete"), {"post": "yes"})
    edit(kari, session, title_nb="Ny")
    [version] = kari.get("/admin/conference/room/deleted/").context_data["rows"]
    answer = kari.post("/admin/conference/room/deleted/", {"version": version[0].pk}, follow=True)
    assert "These were changed since, and stay as they are: Ny." in words_on(answer)
    assert Room.objects.get() == room


def test_only_who_may_edit_goes_back_and_undoes(kari):
    session = make_session("Før")
    edit(kari, session, title_nb="Etter")
    steps = Revision.objects.order_by("pk")
    reader = signed_in(make_staff("view_session"))
    translator = signed_in(make_staff("conference.translate"))
    assert "Etter" in words_on(reader.get(address(session, "history")))
    for somebody in (reader, translator):
        assert somebody.post(f"{address(session, 'history')}{steps[0].pk}/").status_code == 403
        assert somebody.post("/admin/undo/", {"step": steps[1].pk}).status_code == 403
        assert somebody.post(f"{LIST}deleted/", {"version": 1}).status_code == 403
    assert signed_in(make_staff()).get(address(session, "history")).status_code == 403
    assert kari.get("/admin/undo/").status_code == 405
    assert Session.objects.get().title_nb == "Etter"


def test_undoing_a_deletion_adds_and_undoing_an_addition_deletes(kari):
    room = make_room("Galleriet")
    edit(kari, room, capacity=10)
    kari.post(address(room, "delete"), {"post": "yes"})
    step = Revision.objects.latest("pk").pk
    changer = signed_in(make_staff("conference.change_room", "conference.delete_room"))

    assert changer.post("/admin/undo/", {"step": step}).status_code == 403
    assert not Room.objects.exists()

    adder = signed_in(make_staff("conference.change_room", "conference.add_room"))
    assert adder.post("/admin/undo/", {"step": step}).status_code == 302
    assert Room.objects.get().name_nb == "Galleriet"


def test_the_history_costs_as_many_queries_for_many_steps_as_for_few(kari):
    session = make_session("0", track=make_track())
    rooms = [make_room(f"Rom {n}") for n in range(8)]
    counts = []
    for number, room in enumerate(rooms, 1):
        with recorded(None, about=[session]):
            session.parts.update(room=room)
            Session.objects.filter(pk=session.pk).update(title_nb=str(number))
        if number in (2, 8):
            kari.get(address(session, "history"))
            with CaptureQueriesContext(connection) as queries:
                kari.get(address(session, "history"))
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_import_is_one_step_and_can_be_undone(kari, treff):
    treff(an_event(title="A talk"))
    assert Revision.objects.count() == 1
    assert "Imported from a file" in words_on(kari.get(address(imported(), "history")))
    treff(an_event(title="Another name"))
    assert (Revision.objects.count(), imported().version, str(imported())) == (2, 2, "Another name")
    kari.post("/admin/undo/", {"step": Revision.objects.order_by("-pk").first().pk})
    assert str(imported()) == "A talk"


# --- who else is here


def here(client, row, **more):
    return client.post("/admin/presence/", {"about": f"{row._meta.label_lower}.{row.pk}"} | more)


def test_staff_see_who_else_has_the_form_open(kari):
    session = make_session()
    ola = signed_in(make_superuser("ola"))
    assert here(kari, session).json() == {"words": "", "names": []}
    assert here(ola, session).json()["names"] == ["kari"]
    assert "kari has this form open, too." in words_on(ola.get(address(session)))
    here(kari, session, left="1")
    assert here(ola, session).json()["names"] == []


def test_who_was_not_heard_for_a_minute_is_not_there_and_is_forgotten(kari):
    session = make_session()
    here(kari, session)
    Presence.objects.update(seen_at=timezone.now() - dt.timedelta(seconds=61))
    assert here(signed_in(make_superuser("ola")), session).json()["names"] == []
    assert Presence.objects.count() == 1


def test_nobody_learns_who_is_where_without_permission(kari):
    session = make_session()
    here(kari, session)
    assert here(signed_in(make_staff()), session).status_code == 403
    assert here(Client(), session).status_code == 302
    for nonsense in ("", "auth.user.1", "x.y.1", "conference_sessions.session.x"):
        assert kari.post("/admin/presence/", {"about": nonsense}).status_code == 404


@pytest.mark.parametrize(
    ("language", "undone", "row"),
    [
        ("nb", "Angret: Flyttet «Sammen» på tavlen", "Del 1: Starter"),
        ("nn", "Angra: Flytta «Saman» på tavla", "Del 1: Startar"),
        ("en", "Undone: Moved “Together” on the board", "Part 1: Starts"),
        ("fr", "Annulation : Déplacement de « Ensemble » sur le tableau", "Partie 1 : Début"),
    ],
)
def test_each_reader_of_the_history_reads_it_in_their_own_language(language, undone, row):
    session = make_session("Sammen", title_nn="Saman", title_en="Together", title_fr="Ensemble")
    pierre = signed_in(make_superuser("pierre"), "fr")
    move = f"/admin/board/part/{session.parts.get().pk}/"
    pierre.post(move, open_form(pierre, move) | {"start": "14:00", "end": "15:00"})
    pierre.post("/admin/undo/", {"step": Revision.objects.latest("pk").pk})

    reader = signed_in(make_superuser("reader"), language)
    told = words_on(reader.get(address(session, "history"))).replace("\u202f", " ").replace("\xa0", " ")
    assert undone in told
    assert row in told
    desk = words_on(reader.get("/admin/")).replace("\u202f", " ").replace("\xa0", " ")
    assert undone in desk
