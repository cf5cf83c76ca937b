"""What a release remembers of those before it."""

import datetime as dt
import json

import pytest

from programme.compare import compare
from programme.publish import programme_of, restore
from programme.take import take
from programme.values import Text
from tests.factories import make_part, make_person, make_release, make_room, make_session, make_speaker, moment

pytestmark = pytest.mark.django_db


def now_public(conference):
    conference.refresh_from_db()
    return programme_of(conference.current_release)


def by_title(programme, title):
    return next(s for s in programme.sessions + programme.gone_sessions if s.title.get("nb") == title)


def test_a_session_that_is_deleted_is_remembered_as_cancelled_for_ever(conference):
    room = make_room("Storsalen")
    session = make_session("Borte", room=room, speakers=[make_person()], lead="Long gone")
    make_release(conference)
    uuid, part = session.uuid, session.parts.get().uuid
    session.delete()

    for number in (2, 3):
        make_release(conference)
        programme = now_public(conference)
        assert programme.number == number
        gone = by_title(programme, "Borte")
        assert (gone.uuid, gone.is_gone, gone.is_cancelled, gone.lead) == (uuid, True, True, Text())
        [slot] = [slot for slot in programme.calendar_slots() if slot.session is gone]
        assert (slot.part.uuid, slot.part.sequence, slot.is_cancelled) == (part, 1, True)
        assert (slot.starts_at, slot.room.slug, slot.speakers) == (moment("13:00"), "storsalen", ())
        make_session(f"Ny {number}")


def test_a_part_that_is_deleted_is_remembered_as_cancelled(conference):
    session = make_session("Sammen", room=make_room())
    part = make_part(session, "14:00")
    make_release(conference)
    part.delete()
    make_release(conference)

    [kept] = by_title(now_public(conference), "Sammen").gone_slots
    assert (kept.part.uuid, kept.is_cancelled, kept.part.sequence) == (part.uuid, True, 1)


def test_a_part_without_its_time_is_cancelled_in_calendars_until_it_has_a_new_one(conference):
    session = make_session("Sammen")
    part = session.parts.get()
    make_release(conference)

    def in_calendars():
        make_release(conference)
        return [
            (s.part.uuid, s.is_cancelled, s.part.sequence)
            for s in now_public(conference).calendar_slots()
            if s.session.slug == "sammen"
        ]

    type(part).objects.filter(pk=part.pk).update(starts_at=None, ends_at=None)
    assert in_calendars() == [(part.uuid, True, 1)]
    make_session("Noe annet")
    assert in_calendars() == [(part.uuid, True, 1)]
    type(part).objects.filter(pk=part.pk).update(starts_at=moment("15:00"), ends_at=moment("16:00"))
    assert in_calendars() == [(part.uuid, False, 2)]


def test_a_session_comes_back_from_every_state_with_a_higher_number_each_time(conference):
    session = make_session("Sammen")
    seen = []
    for change in (lambda: None, session.cancel, session.show, session.hide, session.show):
        change()
        make_release(conference)
        found = by_title(now_public(conference), "Sammen")
        [slot] = found.slots + found.gone_slots
        seen.append((found.is_cancelled, found.is_gone, slot.part.sequence))

    assert seen == [(False, False, 0), (True, False, 1), (False, False, 2), (True, True, 3), (False, False, 4)]


def test_only_calendar_entries_that_changed_count_up(conference):
    first, second = make_session("Den ene", "09:00"), make_session("Den andre", "10:00")
    make_release(conference)
    first.title_nb = "Den første"
    first.save()
    make_release(conference)

    programme = now_public(conference)

    assert by_title(programme, "Den første").parts[0].sequence == 1
    assert by_title(programme, "Den andre").parts[0].sequence == 0
    assert by_title(programme, "Den andre").parts[0].changed_at < by_title(programme, "Den første").parts[0].changed_at
    assert second.parts.get().uuid == by_title(programme, "Den andre").parts[0].uuid


def test_an_address_that_changed_leads_on_and_can_be_used_again(conference):
    session, room = make_session("Sammen"), make_room("Storsalen")
    make_release(conference)
    session.slug, room.slug, conference.slug = "sammen-2", "storsal", "sammen-2030"
    for row in (session, room, conference):
        row.save()
    make_release(conference)
    former = {(f.kind, f.slug, f.uuid) for f in now_public(conference).former_slugs}
    assert former == {
        ("session", "sammen", session.uuid),
        ("room", "storsalen", room.uuid),
        ("conference", "sammen", conference.uuid),
    }

    make_session("En annen", slug="sammen")
    make_release(conference)

    assert {f.kind for f in now_public(conference).former_slugs} == {"room", "conference"}


def test_people_and_rooms_that_are_gone_keep_their_addresses_known(conference):
    room, person = make_room("Storsalen"), make_person("Anousheh Karvar")
    session = make_session(room=room, speakers=[person])
    make_release(conference)
    session.speakers.all().delete()
    room.delete()
    make_release(conference)

    assert {(gone.kind, gone.slug) for gone in now_public(conference).gone} == {
        ("person", "anousheh-karvar"),
        ("room", "storsalen"),
    }

    make_speaker(session, person)
    make_release(conference)
    assert [gone.kind for gone in now_public(conference).gone] == ["room"]


def test_a_restored_release_keeps_what_was_said_in_between(conference):
    session = make_session("Sammen")
    first = make_release(conference)
    later = make_session("Senere", "15:00")
    session.title_nb = "Sammen nå"
    session.save()
    make_release(conference)

    restore(first)
    programme = now_public(conference)

    assert [s.title["nb"] for s in programme.sessions] == ["Sammen"]
    assert programme.sessions[0].parts[0].sequence == 2
    assert [s.uuid for s in programme.gone_sessions] == [later.uuid]
    assert restore(first) is None
    assert len(compare(programme, take(conference))) == 2


def test_a_conference_that_was_opened_before_publishing_is_saved_without_undoing_it(conference):
    make_session("Sammen")
    release = make_release(conference)
    assert conference.current_release_id is None  # as staff have it who opened the form before

    conference.name_nb = "Sammen 2030"
    conference.save()

    conference.refresh_from_db()
    assert (conference.current_release_id, conference.name_nb) == (release.pk, "Sammen 2030")


def test_publishing_never_touches_what_was_published_before(conference):
    session = make_session("Sammen")
    first = make_release(conference)
    before = json.dumps(first.programme, sort_keys=True)
    session.delete()
    make_release(conference)

    first.refresh_from_db()
    assert json.dumps(first.programme, sort_keys=True) == before
    assert first.published_at < dt.datetime.now(dt.UTC)
