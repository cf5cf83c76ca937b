"""What goes with what when staff delete something, and what stays."""

import pytest
from reversion.models import Revision

from sessions.models import Part, Session
from speakers.models import Moderator, Person, Speaker
from tests.factories import (
    make_conference,
    make_moderator,
    make_part,
    make_person,
    make_question,
    make_room,
    make_session,
    make_speaker,
    make_superuser,
)
from tests.forms import words_on

pytestmark = pytest.mark.django_db


def somebody_in_both_parts():
    """A session of two parts with one person on stage in each of them."""
    session, person = make_session(parts=2), make_person("Dag Inge Ulstein")
    for part in session.parts.all():
        speaker = make_speaker(session, person, part)
        make_moderator(session, person, part)
    make_question(session, part=part, addressed_to=speaker)
    return session


def test_staff_delete_a_session_with_somebody_in_both_its_parts(client):
    session, other = somebody_in_both_parts(), make_session("Åpning", speakers=[make_person("Anousheh Karvar")])
    client.force_login(make_superuser())
    address = f"/admin/conference_sessions/session/{session.pk}/delete/"
    assert client.get(address).status_code == 200

    assert client.post(address, {"post": "yes"}).status_code == 302

    assert list(Session.objects.all()) == [other]
    assert [speaker.session for speaker in Speaker.objects.all()] == [other]
    assert not Moderator.objects.exists()
    assert Person.objects.count() == 2


def test_staff_delete_several_sessions_from_the_list(client):
    sessions = [somebody_in_both_parts() for _number in range(2)]
    client.force_login(make_superuser())

    data = {"action": "delete_selected", "post": "yes", "_selected_action": [session.pk for session in sessions]}
    client.post("/admin/conference_sessions/session/", data)

    assert not Session.objects.exists()
    assert not Speaker.objects.exists()


def test_a_conference_that_was_never_published_can_be_deleted():
    conference = make_conference()
    somebody_in_both_parts()
    conference.delete()
    assert not Session.objects.exists()
    assert not Speaker.objects.exists()
    assert Person.objects.count() == 1


def test_who_was_in_a_part_that_is_deleted_stays_in_the_session():
    session = somebody_in_both_parts()
    session.parts.first().delete()
    assert Part.objects.count() == 1
    assert sorted(speaker.part is None for speaker in session.speakers.all()) == [False, True]
    assert sorted(moderator.part is None for moderator in session.moderators.all()) == [False, True]


def test_who_deletes_a_room_in_use_reads_what_stays_without_it_and_can_undo_it(client):
    hall = make_room("Storsalen")
    parts = [make_part(make_session(title, parts=0), room=hall) for title in ("Åpning", "Avslutning")]
    client.force_login(make_superuser())
    address = f"/admin/conference/room/{hall.pk}/delete/"

    page = client.get(address, headers={"accept-language": "en"})
    assert "What stays, without it Parts: 2 What goes Rooms: 1" in words_on(page)
    assert "Speakers" not in words_on(page)
    client.post(address, {"post": "yes"})
    assert [part.room for part in Part.objects.all()] == [None, None]

    client.post("/admin/undo/", {"step": Revision.objects.latest("pk").pk})
    assert {str(part.room) for part in Part.objects.filter(pk__in=[part.pk for part in parts])} == {"Storsalen"}


def test_who_deletes_a_session_is_not_told_that_its_own_rows_stay(client):
    client.force_login(make_superuser())
    page = client.get(
        f"/admin/conference_sessions/session/{somebody_in_both_parts().pk}/delete/", headers={"accept-language": "en"}
    )
    assert "What stays" not in words_on(page)
