"""The same event is the same session in every export, however badly the source numbers its events."""

import pytest

from sessions.models import Session
from tests.schedule_files import a_file, an_event, import_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def exports(tmp_path):
    """Import one list of events after another; the uuids of the sessions by title after the last, and the report of it."""

    def import_all(*exports):
        for events in exports:
            path = tmp_path / "schedule.xml"
            path.write_bytes(a_file(*events))
            said = import_file(path, create=True, timezone="Europe/Oslo")
        return {session.title_en: session.uuid for session in Session.objects.filter(state="public")}, said

    return import_all


def test_events_without_any_id_are_known_by_their_title(exports):
    first = [an_event("One", "", start="10:00"), an_event("Two", "", start="11:00")]
    before, _said = exports(first)
    after, said = exports([an_event("Two", "", start="15:00"), an_event("One", "", start="10:00")])

    assert after == before
    assert "Two: time" in said


def test_an_event_without_any_id_is_known_by_time_and_room_when_its_title_changes(exports):
    before, _said = exports([an_event("Keynote", "", start="10:00"), an_event("Two", "", start="11:00")])
    after, _said = exports([an_event("Keynote by Kari", "", start="10:00"), an_event("Two", "", start="11:00")])

    assert after["Keynote by Kari"] == before["Keynote"]


def test_events_that_share_an_id_stay_apart_and_each_keeps_its_own_address(exports):
    first = [
        an_event("Show", 'guid="g" id="140"', start="10:00"),
        an_event("Show", 'guid="g" id="140"', start="12:00"),
        an_event("Show", 'guid="g" id="140"', start="14:00"),
    ]
    exports(first)
    before = {s.parts.get().starts_at: s.uuid for s in Session.objects.all()}
    _titles, said = exports([first[2], first[0]])

    assert len(before) == 3
    assert Session.objects.filter(state="public").count() == 2
    assert {s.parts.get().starts_at: s.uuid for s in Session.objects.all()} == before
    assert "Cancelled, because the file no longer has them:\n  Show" in said


def test_the_order_of_events_that_share_an_id_means_nothing(exports):
    pair = [an_event("A", 'id="1"', start="10:00"), an_event("B", 'id="1"', start="10:00")]
    before, _said = exports(pair)
    after, said = exports(pair[::-1])

    assert after == before
    assert "nothing has changed" in said


def test_one_number_under_two_guids_is_two_sessions(exports):
    before, _said = exports([an_event("A", 'guid="g1" id="4000"'), an_event("B", 'guid="g2" id="4000"')])
    after, _said = exports([an_event("B changed", 'guid="g2" id="4000"'), an_event("A", 'guid="g1" id="4000"')])

    assert after == {"A": before["A"], "B changed": before["B"]}


def test_an_event_whose_guid_is_swapped_for_another_event_is_another_session(exports):
    before, _said = exports([an_event("A", 'guid="g1" id="1"'), an_event("B", 'guid="g2" id="2"')])
    after, _said = exports([an_event("A", 'guid="g1" id="1"'), an_event("C", 'guid="g3" id="3"')])

    assert after["A"] == before["A"]
    assert after["C"] not in before.values()


def test_an_event_that_loses_its_title_is_not_taken_for_gone(exports):
    exports([an_event("A", 'id="1"'), an_event("B", 'id="2"')])
    _titles, said = exports([an_event("", 'id="1"'), an_event("B", 'id="2"')])

    assert Session.objects.filter(state="public").count() == 2
    assert "Left out, because they have no title: 1\n  1" in said


def test_a_room_with_an_id_keeps_it_under_a_new_name(tmp_path):
    def import_room(name):
        path = tmp_path / "schedule.xml"
        path.write_bytes(
            a_file(an_event(room=None)).replace(b'<room name="Aula">', f'<room guid="r1" name="{name}">'.encode())
        )
        return import_file(path, create=True, timezone="Europe/Oslo")

    import_room("Saal 1")
    before = Session.objects.get().parts.get().room
    import_room("Saal One")
    after = Session.objects.get().parts.get().room

    assert (after.uuid, after.name_en, after.slug) == (before.uuid, "Saal One", "saal-1")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('id="{0}" guid="a{0}"', 'id="{0}" guid="b{0}"'),
        ('id="{0}" guid="a{0}"', 'id="9{0}" guid="b{0}"'),
        ('id="{0}"', 'id="9{0}"'),
        ('id="{0}"', 'id="{0}" guid="b{0}"'),
    ],
)
def test_a_source_that_numbers_everything_anew_moves_sessions_instead_of_doubling_them(exports, old, new):
    titles = {"1": "One", "2": "Two", "3": "Three"}
    before, _said = exports(
        [an_event(title, old.format(number), start=f"1{number}:00") for number, title in titles.items()]
    )
    times = {"1": "11:00", "2": "18:00", "3": "13:00"}
    after, said = exports([an_event(titles[n], new.format(n), start=times[n]) for n in titles])

    assert after == before
    assert "Sessions: 0 new, 1 changed, 2 as before" in said


def test_another_talk_in_the_same_place_with_another_number_is_another_session(exports):
    exports([an_event("One", 'id="1" guid="a"')])
    after, said = exports([an_event("Two", 'id="2" guid="b"')])

    assert list(after) == ["Two"]
    assert "Cancelled, because the file no longer has them:\n  One " in said


def test_an_update_of_more_than_a_thousand_people_on_stage_is_taken_over(exports):
    def panel(number, title):
        people = "".join(f'<person id="{number}{who:02}">Person {number}{who:02}</person>' for who in range(60))
        return an_event(title, f'id="{number}"', start=f"{number}:00", persons=f"<persons>{people}</persons>")

    exports([panel(number, f"Panel {number}") for number in range(1, 19)])
    after, said = exports([panel(number, f"Round table {number}") for number in range(1, 19)])

    assert "Sessions: 0 new, 18 changed, 0 as before\nPeople: 0 new, 0 changed, 1080 as before" in said
    assert len(after) == 18
