"""Staff change many sessions at once: they read what will change, press one button, and can take it back."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from conference.models import Conference
from sessions.bulk import ChangedMeanwhile, Wish, carry_out, planned
from sessions.models import Part, Session
from tests.factories import (
    make_conference,
    make_format,
    make_part,
    make_person,
    make_room,
    make_session,
    make_staff,
    make_track,
    moment,
)
from tests.forms import words_on

pytestmark = pytest.mark.django_db
SESSIONS = "/admin/conference_sessions/session/"
CHANGE, CANCEL, DUPLICATE = "/admin/bulk/change/", "/admin/bulk/cancel/", "/admin/bulk/duplicate/"


def asked(*sessions, **fields):
    return {"sessions": ",".join(str(session.pk) for session in sessions), **fields}


def button(answer):
    """What the last button of a page sends: the seal of what was looked at."""
    return html.fromstring(answer.content.decode()).xpath("//button[@name='go']/@value")[0]


def look_and_press(staff, path, *sessions, **fields):
    """Look at what will change, then do it; gives the page that was looked at."""
    page = staff.post(path, asked(*sessions, look="1", **fields))
    assert page.status_code == 200, page.status_code
    done = staff.post(path, asked(*sessions, go=button(page), **fields))
    assert done.status_code == 302, words_on(done)
    return page


def lines(page):
    """{title: [what, before → after]} as the page tells it."""
    found = html.fromstring(page.content.decode()).xpath("//li[@class='bulk-line']")
    return {
        " ".join(line.xpath("./p")[0].text_content().split()): [
            " ".join(each.text_content().split()) for each in line.xpath("./ul/li")
        ]
        for line in found
    }


def clock(part):
    part.refresh_from_db()
    return part.starts_at.astimezone(part.session.conference.zone).strftime("%Y-%m-%d %H:%M")


def test_staff_read_what_will_change_before_anything_does(staff):
    room, track = make_room("Storsalen"), make_track("Rettigheter")
    first, second = make_session("A", room=room), make_session("B", at="15:00", track=track)
    page = staff.post(CHANGE, asked(first, second, look="1", room=room.pk, track=track.pk, minutes="-15"))

    assert lines(page) == {
        "A": [
            "Track before: no track → after: Rettigheter",
            "Time before: Thursday 31 January 13:00–14:00 → after: Thursday 31 January 12:45–13:45",
        ],
        "B": [
            "Room before: no room yet → after: Storsalen",
            "Time before: Thursday 31 January 15:00–16:00 → after: Thursday 31 January 14:45–15:45",
        ],
    }
    assert "Change 2 sessions" in words_on(page)
    first.refresh_from_db()
    assert first.track is None
    assert clock(first.parts.get()).endswith("13:00")


def test_staff_change_room_track_format_state_and_languages_of_many_with_one_button(staff):
    room, track, kind = make_room(), make_track(), make_format()
    sessions = [make_session("A", state="draft"), make_session("B", at=None)]
    sent = {"room": room.pk, "track": track.pk, "format": kind.pk, "state": "public", "spoken_languages": ["en", "fr"]}
    look_and_press(staff, CHANGE, *sessions, **sent)

    for session in Session.objects.all():
        assert (session.track, session.format, session.state) == (track, kind, "public")
        assert session.spoken_languages == ["en", "fr"]
        assert session.parts.get().room == room
        assert session.version == 2


def test_staff_take_rooms_and_tracks_away(staff):
    session = make_session(room=make_room(), track=make_track())
    look_and_press(staff, CHANGE, session, room="none", track="none")
    session.refresh_from_db()
    assert (session.track, session.parts.get().room) == (None, None)


def test_staff_move_sessions_to_another_day_and_all_parts_come_along(staff):
    session = make_session("To deler", at="13:00")
    make_part(session, "2030-02-01 09:00")
    unscheduled = make_session("Uten tid", at=None)
    page = look_and_press(staff, CHANGE, session, unscheduled, day="2030-02-01", minutes="30")

    assert [clock(part) for part in session.parts.all()] == ["2030-02-01 13:30", "2030-02-02 09:30"]
    assert "1 session stays as it is." in words_on(page)
    assert unscheduled.parts.get().starts_at is None


def test_sessions_keep_their_time_of_day_and_length_when_the_clocks_are_put_forward(staff):
    conference = make_conference(starts_on=dt.date(2030, 3, 30), ends_on=dt.date(2030, 4, 1))
    night = make_session("Natt", at="01:30", minutes=120)
    morning = make_session("Morgen", at="09:00")
    look_and_press(staff, CHANGE, night, morning, day="2030-03-31")

    assert clock(morning.parts.get()) == "2030-03-31 09:00"
    assert clock(part := night.parts.get()) == "2030-03-31 01:30"
    assert part.ends_at - part.starts_at == dt.timedelta(hours=2)
    assert conference.zone.key == "Europe/Oslo"


def test_staff_are_told_which_problems_would_follow_and_not_those_there_are(staff):
    room, person = make_room("Storsalen"), make_person("Anousheh Karvar")
    make_session("I veien", at="13:00", room=room)
    moved = make_session("Flyttes", at="10:00", room=room, moderators=[person])
    make_session("Uten rom", at="16:00")
    page = words_on(staff.post(CHANGE, asked(moved, look="1", minutes="180")))

    assert "1 problem would follow" in page
    assert "is in Storsalen at the same time as" in page
    assert "no room yet" not in page
    assert "No new problem would follow." in words_on(staff.post(CHANGE, asked(moved, look="1", minutes="30")))


def test_nothing_is_done_when_somebody_edits_between_the_look_and_the_button(staff):
    session, track = make_session(), make_track("Ny")
    page = staff.post(CHANGE, asked(session, look="1", minutes="15"))
    Session.objects.filter(pk=session.pk).update(track=track)
    Part.objects.update(starts_at=moment("09:00"), ends_at=moment("10:00"))

    answer = staff.post(CHANGE, asked(session, go=button(page), minutes="15"))
    assert answer.status_code == 409
    assert "Something was changed while you were reading." in words_on(answer)
    assert clock(session.parts.get()).endswith("09:00")
    assert staff.post(CHANGE, asked(session, go=button(answer), minutes="15")).status_code == 302
    assert clock(session.parts.get()).endswith("09:15")


def test_all_is_changed_or_nothing_is(staff):
    fine, last_of_time = make_session("A"), make_session("B", at="9999-12-31 12:00", minutes=60)
    before = clock(fine.parts.get())
    answer = staff.post(CHANGE, asked(fine, last_of_time, look="1", minutes="10000"))
    assert "further than a calendar reaches" in words_on(answer)
    assert clock(fine.parts.get()) == before


@pytest.mark.parametrize("minutes", ["99999", "1.5", "soon"])
def test_minutes_that_make_no_sense_are_refused_in_words(staff, minutes):
    session = make_session()
    page = staff.post(CHANGE, asked(session, look="1", minutes=minutes))
    assert html.fromstring(page.content.decode()).xpath("//ul[contains(@class, 'errorlist')]")
    assert not lines(page)


def test_choosing_nothing_says_what_to_do_and_what_is_so_already_changes_nothing(staff):
    session = make_session(track=make_track())
    assert "Choose what should change." in words_on(staff.post(CHANGE, asked(session, look="1")))
    page = staff.post(CHANGE, asked(session, look="1", track=session.track_id))
    assert "This would change nothing" in words_on(page)


def test_rooms_of_another_conference_are_not_offered_and_not_taken(staff):
    session, other = make_session(), make_room("Fremmed", make_conference("Neste", slug="neste"))
    page = staff.post(CHANGE, asked(session, look="1", room=other.pk))
    assert "Fremmed" not in words_on(page)
    assert not lines(page)


def test_sessions_of_two_conferences_are_not_changed_together(staff):
    session, other = make_session(), make_session("Der", conference=make_conference("Neste", slug="neste"))
    answer = staff.post(CHANGE, asked(session, other, look="1", minutes="5"), follow=True)
    assert "Choose sessions of one conference" in words_on(answer)


def test_the_list_leads_to_the_page_with_all_sessions_that_match_and_back_to_the_same_list(staff):
    track = make_track()
    sessions = [make_session(f"Post {n}", track=track) for n in range(3)]
    make_session("En annen")
    chosen = {"action": "change_many", "_selected_action": [sessions[0].pk], "select_across": "1"}
    page = staff.post(f"{SESSIONS}?track={track.pk}", chosen)
    assert "3 sessions are chosen." in words_on(page)
    form = html.fromstring(page.content.decode()).xpath("//form[@data-bulk]")[0]
    sent = {field.get("name"): field.get("value") for field in form.xpath(".//input[@type='hidden']")}
    looked = staff.post(CHANGE, sent | {"look": "1", "track": "none"})
    done = staff.post(CHANGE, sent | {"go": button(looked), "track": "none"})
    assert done["Location"] == f"{SESSIONS}?track={track.pk}"
    assert Session.objects.filter(track=None).count() == 4


def test_staff_take_back_what_they_did_to_many_from_the_message(staff):
    first, second = make_session("A", at="10:00"), make_session("B", at="12:00", track=make_track("Før"))
    sent = {"track": make_track("Etter").pk, "minutes": "30"}
    page = staff.post(CHANGE, asked(first, second, look="1", **sent))
    done = staff.post(CHANGE, asked(first, second, go=button(page), **sent), follow=True)
    assert clock(first.parts.get()).endswith("10:30")

    step = html.fromstring(done.content.decode()).xpath("//button[@name='step']/@value")[0]
    staff.post("/admin/undo/", {"step": step})
    assert [clock(session.parts.get())[-5:] for session in (first, second)] == ["10:00", "12:00"]
    assert [str(session.track) for session in Session.objects.order_by("pk")] == ["None", "Før"]


def test_showing_and_hiding_stay_one_click(staff):
    here, there = make_session("A"), make_session("B", conference=make_conference("Neste", slug="neste"))
    for action, state in [("hide", "draft"), ("show", "public")]:
        answer = staff.post(
            f"{SESSIONS}?in=all", {"action": action, "_selected_action": [here.pk, there.pk]}, follow=True
        )
        assert "2 sessions were changed." in words_on(answer)
        assert set(Session.objects.values_list("state", flat=True)) == {state}


# --- Who may


@pytest.mark.parametrize("path", [CHANGE, CANCEL, DUPLICATE])
def test_translators_and_onlookers_change_nothing(client, path):
    session = make_session()
    translator = make_staff()
    translator.groups.add(Group.objects.get(name="Translators"))
    for user in (translator, make_staff("view_session"), make_staff()):
        client.force_login(user)
        assert client.get(path, {"sessions": session.pk}).status_code == 403
        assert client.post(path, asked(session, go="x", state="draft", outcome="hide", times="none")).status_code == 403
    session.refresh_from_db()
    assert (session.state, Session.objects.count()) == ("public", 1)


def test_editors_find_the_ways_on_the_form_and_translators_do_not(client):
    session, editor, translator = make_session(), make_staff(), make_staff()
    editor.groups.add(Group.objects.get(name="Editors"))
    translator.groups.add(Group.objects.get(name="Translators"))
    client.force_login(editor)
    assert f"{CANCEL}?sessions={session.pk}" in client.get(f"{SESSIONS}{session.pk}/change/").content.decode()
    assert client.get(CANCEL, {"sessions": session.pk}).status_code == 200
    client.force_login(translator)
    assert CANCEL not in client.get(f"{SESSIONS}{session.pk}/change/").content.decode()


@pytest.mark.parametrize("sessions", ["", "x", "0", "1-999999999999999999", "-1", "1,,2", "99999"])
def test_an_odd_address_leads_back_to_the_list(staff, sessions):
    make_conference()
    assert staff.get(CHANGE, {"sessions": sessions})["Location"] == SESSIONS


# --- How much it asks of the database


def test_a_change_asks_the_database_as_often_for_many_sessions_as_for_few():
    make_conference()
    counts, track, joins = [], make_track(), make_person()
    conference = Conference.objects.get()
    for size in (3, 30):
        for number in range(size):
            make_session(
                f"Post {size} {number}",
                room=make_room(f"R{size}{number}"),
                moderators=[make_person(f"P{size}{number}")],
            )
        keys = list(Session.objects.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as looking:
            plan = planned(conference, keys, Wish({"track": track}, minutes=size, joins=joins))
        with CaptureQueriesContext(connection) as doing:
            carry_out(conference, keys, Wish({"track": track}, minutes=size, joins=joins), None, plan.seal)
        counts.append((len(looking), len(doing)))
    assert counts[0][0] == counts[1][0] <= 10
    assert counts[1][1] - counts[0][1] <= 4
    assert Session.objects.filter(track=track).count() == 33


def test_what_was_not_looked_at_is_not_done():
    session = make_session()
    with pytest.raises(ChangedMeanwhile):
        carry_out(session.conference, [session.pk], Wish(minutes=5), None, "another seal")
    assert clock(session.parts.get()).endswith("13:00")
