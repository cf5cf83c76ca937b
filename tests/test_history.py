"""The history: who changed what, and the way back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext_noop
from reversion.models import Revision, Version

from conference.admin_history import affected
from conference.documents import documents, key_of
from conference.recording import about_keys, recorded, touched
from conference.steps import latest_documents
from conference.undoing import undo
from sessions.models import Part, Session
from tests.factories import (
    a_picture,
    make_part,
    make_person,
    make_room,
    make_session,
    make_speaker,
    make_superuser,
    make_topic,
    make_track,
)

pytestmark = pytest.mark.django_db


def test_staff_leave_a_step_that_knows_before_and_after():
    session = make_session("Før", speakers=[make_person()])
    staff = make_superuser()
    with recorded(staff, gettext_noop("Changed"), about=[session]) as recording:
        session.title_nb = "Etter"
        session.save()
        make_part(session, "15:00")

    assert recording.revision.user == staff
    assert Session.objects.get().version == 2
    assert Revision.objects.count() == 2
    key = key_of(session)
    assert latest_documents([key]) == documents([key])
    assert len(documents([key])[key]) == 4  # the session, two parts, a speaker


def test_a_step_that_changes_nothing_leaves_no_trace():
    session = make_session()
    with recorded(None, about=[session]) as recording:
        session.save()
        touched(session)
    assert recording.revision is None
    assert not Revision.objects.exists()
    assert Session.objects.get().version == 1


def test_line_ends_of_a_browser_are_no_change():
    session = make_session(description="En\n\nTo", spoken_languages=["en", "no"])
    with recorded(None, about=[session]) as recording:
        Session.objects.update(description_nb="En\r\n\r\nTo")
    assert recording.revision is None
    with recorded(None, about=[session]):
        Session.objects.update(is_featured=True)
    entry = Version.objects.filter(serialized_data__contains=r"En\n\nTo").latest("pk")
    Version.objects.filter(pk=entry.pk).update(serialized_data=entry.serialized_data.replace(r"\n\n", r"\r\n\r\n"))
    assert latest_documents([key_of(session)]) == documents([key_of(session)])


def test_staff_undo_a_step_and_get_back_parts_and_people():
    session = make_session("Før", speakers=[make_person()])
    make_speaker(session, make_person("Tina Davis"), part=session.parts.get())
    key = key_of(session)
    before = documents([key])
    with recorded(None, about=[session]) as recording:
        session.title_nb = "Etter"
        session.save()
        session.parts.all().delete()
        session.speakers.all().delete()
    assert documents([key]) != before

    assert undo(recording.revision, None).problems == []
    assert documents([key]) == before


def test_staff_cannot_undo_what_somebody_changed_since():
    room = make_room()
    with recorded(None, about=[room]) as recording:
        room.capacity = 5
        room.save()
    with recorded(None, about=[room]):
        room.capacity = 6
        room.save()
    assert undo(recording.revision, None).changed == [key_of(room)]
    room.refresh_from_db()
    assert room.capacity == 6


def test_staff_undo_deleting_a_session_with_its_rows_and_address():
    session = make_session("Før", speakers=[make_person()])
    key, uuids = key_of(session), (session.uuid, session.parts.get().uuid, session.slug)
    before = documents([key])
    with recorded(None, about=[session]) as recording:
        session.delete()

    undo(recording.revision, None)
    assert documents([key]) == before
    back = Session.objects.get()
    assert (back.uuid, back.parts.get().uuid, back.slug) == uuids


def test_staff_undo_adding_a_session():
    with recorded(None) as recording:
        touched(make_session())
    undo(recording.revision, None)
    assert not Session.objects.exists()


def test_staff_are_told_what_could_not_be_put_back():
    room = make_room("Storsalen")
    session = make_session(room=room)
    with recorded(None, about=[session]) as recording:
        session.delete()
    with recorded(None, about=[room]):
        room.delete()
    done = undo(recording.revision, None)
    assert done.problems == ["room: “Storsalen” has been deleted."]
    assert Session.objects.get().parts.get().room is None


def test_staff_undo_deleting_two_sessions_of_which_one_replaces_the_other():
    new = make_session("Ny")
    old = make_session("Gammel", replaced_by=new)
    newest = make_session("Nyest")
    Session.objects.filter(pk=new.pk).update(replaced_by=newest)
    with recorded(None, about=Session.objects.all()) as recording:
        Session.objects.all().delete()
    assert undo(recording.revision, None).problems == []
    assert Session.objects.get(pk=old.pk).replaced_by == new
    assert Session.objects.get(pk=new.pk).replaced_by == newest


def test_staff_undo_two_speakers_who_exchanged_their_places():
    one, other = make_person("Tina Davis"), make_person("Dag Inge Ulstein")
    session = make_session(speakers=[one, other])
    first, second = session.speakers.all()
    with recorded(None, about=[session]) as recording:
        first.delete()
        second.person = one
        second.save()
    assert undo(recording.revision, None).problems == []
    assert [speaker.person for speaker in session.speakers.all()] == [one, other]
    assert [speaker.pk for speaker in session.speakers.all()] == [first.pk or second.pk - 1, second.pk]


def test_a_row_whose_person_is_gone_does_not_stop_the_rest():
    one, other = make_person("Tina Davis"), make_person("Dag Inge Ulstein")
    session = make_session("Før", speakers=[one, other])
    with recorded(None, about=[session]) as recording:
        session.title_nb = "Etter"
        session.save()
        session.speakers.all().delete()
    with recorded(None, about=[one]):
        one.delete()
    done = undo(recording.revision, None)
    assert len(done.problems) == 1
    assert "“Tina Davis” has been deleted." in done.problems[0]
    assert (Session.objects.get().title_nb, session.speakers.get().person) == ("Før", other)


def set_room_and_track(number):
    """(the step, the keys of what it touched, how that was before) of one change to many sessions."""
    room, track = make_room(f"Sal {number}"), make_track(f"Spor {number}")
    sessions = [make_session(f"Post {number} {turn}", room=make_room(f"Rom {number} {turn}")) for turn in range(number)]
    keys = [key_of(session) for session in sessions]
    before = documents(keys)
    with recorded(None, about=sessions) as recording:
        Session.objects.filter(pk__in=[session.pk for session in sessions]).update(track=track, is_featured=True)
        Part.objects.filter(session__in=sessions).update(room=room, starts_at=F("starts_at") + timedelta(minutes=5))
    return recording.revision, keys, before


def add_sessions(number):
    with recorded(None) as recording:
        sessions = [
            make_session(f"Ny {number} {turn}", speakers=[make_person(f"Ola {turn}")]) for turn in range(number)
        ]
        touched(*sessions)
    return recording.revision, [key_of(session) for session in sessions], {}


def delete_sessions(number):
    topics, first = [make_topic(f"Tema {number}")], make_session("Ny", topics=[make_topic()])
    people = [[make_person(f"Ola {turn}")] for turn in range(number)]
    sessions = [
        make_session(f"Vekk {n}", topics=topics, speakers=who, replaced_by=first) for n, who in enumerate(people)
    ]
    first.image.save("bilde.jpg", a_picture())
    rows = Session.objects.filter(pk__in=[session.pk for session in sessions])
    keys = [key_of(session) for session in [*sessions, first]]
    before = documents(keys)
    with recorded(None, about=[first]) as recording:
        about_keys(affected(rows))
        rows.delete()
        first.delete()
    return recording.revision, keys, before


@pytest.mark.parametrize("act", [set_room_and_track, add_sessions, delete_sessions])
def test_undoing_what_was_done_to_many_costs_as_many_queries_as_to_few(act):
    counts = []
    for number in (2, 9):
        step, keys, before = act(number)
        with CaptureQueriesContext(connection) as queries:
            assert undo(step, None).problems == []
        counts.append(len(queries))
        assert documents(keys) == before
    assert counts[0] == counts[1] < 60
