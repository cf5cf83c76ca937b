"""What goes with what when staff delete something, and what stays."""

import pytest

from sessions.models import Part, Session
from speakers.models import Moderator, Person, Speaker
from tests.factories import (
    make_conference,
    make_moderator,
    make_person,
    make_question,
    make_session,
    make_speaker,
    make_superuser,
)

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
