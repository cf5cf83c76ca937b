"""Staff find their way in the lists: what stands when, in what state, and what is missing."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from conference.models import Conference
from tests.factories import (
    a_picture,
    make_conference,
    make_format,
    make_material,
    make_moderator,
    make_part,
    make_person,
    make_question,
    make_room,
    make_session,
    make_speaker,
    make_topic,
    make_track,
)
from tests.forms import open_form, words_on

pytestmark = pytest.mark.django_db
SESSIONS = "/admin/conference_sessions/session/"


def rows_on(staff, path, **query):
    """The rows of a list, each as {column: words}."""
    answer = staff.get(path, query)
    assert answer.status_code == 200, (answer.status_code, path, query)
    rows = html.fromstring(answer.content.decode()).xpath("//table[@id='result_list']/tbody/tr")
    return [
        {
            c.get("class", "").split()[0].removeprefix("field-"): " ".join(c.text_content().split())
            for c in row
            if c.get("class")
        }
        for row in rows
    ]


def titles(staff, **query):
    return [row["shown_title"] for row in rows_on(staff, SESSIONS, **query)]


def test_the_list_of_sessions_says_what_stands_when_and_what_is_done(staff):
    session = make_session(
        "Sammen", at="13:00", room=make_room("Storsalen"), track=make_track("Rettigheter"), format=make_format("Plenum"),
        moderators=[make_person("Tina Davis")], title_en="Together", lead_nb="Kom", state="cancelled",
    )  # fmt: skip
    make_part(session, "14:00", room=make_room("Lillesalen"))
    row = rows_on(staff, SESSIONS)[0]
    assert row["shown_title"] == "Together"
    assert row["shown_state"] == "✕ cancelled"
    assert row["when"].endswith("13:00")
    assert "31" in row["when"]
    assert row["rooms"] == "Storsalen, Lillesalen"
    assert (row["track_and_colour"], row["format"], row["who_moderates"]) == ("Rettigheter", "Plenum", "Tina Davis")
    assert row["languages"] == "nb ✓ nn – en 1/2 fr –"


def test_sessions_stand_in_the_order_of_the_programme_and_those_without_a_time_come_last(staff):
    make_session("Uten tid", at=None), make_session("Senere", at="15:00"), make_session("Først", at="09:00")
    assert titles(staff) == ["Først", "Senere", "Uten tid"]
    assert titles(staff, o="3") == ["Først", "Senere", "Uten tid"]


def test_a_session_starts_when_clocks_at_the_conference_say_so(staff):
    make_session(at="23:30", conference=make_conference(timezone="Pacific/Auckland"))
    assert rows_on(staff, SESSIONS)[0]["when"].endswith("23:30")
    assert titles(staff, day="2030-01-31") == ["Sammen mot menneskehandel"]
    assert titles(staff, day="2030-02-01") == []


def test_sessions_are_filtered_by_what_they_are_and_what_they_lack(staff):
    room, track, kind, rest = make_room(), make_track(), make_format(), make_format("Pause", is_break=True)
    make_session("Full", room=room, track=track, format=kind, moderators=[make_person()])
    make_session("Uten rom", moderators=[make_person("B")], state="draft")
    make_session("Uten tid", at=None, room=room, moderators=[make_person("C")])
    make_session("Pause", room=room, format=rest)
    assert titles(staff, state="draft") == ["Uten rom"]
    assert titles(staff, track=track.pk) == titles(staff, format=kind.pk) == ["Full"]
    assert titles(staff, room=room.pk) == ["Full", "Pause", "Uten tid"]
    assert titles(staff, missing="time") == ["Uten tid"]
    assert titles(staff, missing="room") == ["Uten rom"]
    make_session("Alene", room=room)
    assert titles(staff, missing="moderator") == ["Alene"]
    assert len(titles(staff, missing="nonsense", state="nonsense", day="nonsense", room="x")) == 5


def test_sessions_that_are_not_complete_in_a_language_are_found_whatever_is_missing(staff):
    done = make_session("Ferdig", title_fr="Fini")
    make_question(done, "Hvorfor?", text_fr="Pourquoi ?")
    parts = make_session("Del", title_fr="Partie", parts=0)
    make_part(parts, title_nb="Bare norsk")
    speaker = make_session("Innleder", title_fr="Orateur")
    make_speaker(speaker, contribution_nb="åpning", contribution_fr="")
    material = make_session("Materiale", title_fr="Document")
    make_material(material)
    assert titles(staff, incomplete="fr") == ["Del", "Innleder", "Materiale"]
    assert set(titles(staff, incomplete="nb")) == set()
    assert len(titles(staff, incomplete="nn")) == 4
    french = [row["languages"].rsplit("fr ")[1] for row in rows_on(staff, SESSIONS)]
    assert sorted(french) == ["1/2", "1/2", "1/2", "✓"]


@pytest.mark.parametrize(
    "words", ["åpning", "ÅPNING", "apning", "ensemble", "ødegård", "Odegard Åpning", "debatt", "røde kors"]
)
def test_sessions_are_found_by_words_in_any_language_and_by_people(staff, words):
    session = make_session("Åpning", title_fr="Ensemble", parts=0)
    make_part(session, title_nn="Debatt")
    make_part(session, title_nb="Mer debatt")
    make_speaker(session, make_person("Åsne Ødegård", organisation_nb="Røde Kors"))
    make_session("Noe annet")
    assert titles(staff, q=words) == ["Åpning"]
    assert titles(staff, q=words + " finnesikke") == []


def test_search_takes_signs_as_signs(staff):
    make_session("100 % (nesten)")
    assert titles(staff, q="(nesten") == ["100 % (nesten)"]
    assert titles(staff, q=".*") == []


def test_lists_show_the_chosen_conference_and_all_of_them_when_asked(staff):
    this, other = make_conference(), make_conference("Neste år", slug="neste")
    make_session("Her", conference=this), make_session("Der", conference=other)
    make_room("Rom der", other)
    assert titles(staff) == ["Her"]
    assert sorted(titles(staff, **{"in": "all"})) == ["Der", "Her"]
    assert titles(staff, **{"in": other.pk}) == ["Der"]
    assert rows_on(staff, "/admin/conference/room/") == []
    staff.post("/admin/choose/", {"conference": other.pk})
    assert titles(staff) == ["Der"]
    assert len(rows_on(staff, "/admin/conference/room/")) == 1


def test_the_list_of_people_counts_each_session_once(staff):
    person, other = make_person("Anousheh Karvar", photo=a_picture()), make_person("Dag Inge Ulstein")
    session = make_session(speakers=[person], moderators=[person])
    make_speaker(session, person, part=session.parts.get())
    make_moderator(make_session("En annen"), person)
    rows = {row["shown_name"]: row for row in rows_on(staff, "/admin/speakers/person/")}
    assert rows[person.name]["sessions_count"] == "2"
    assert rows[other.name]["sessions_count"] == "0"
    assert rows[other.name]["has_photo"] == "none"
    assert [row["shown_name"] for row in rows_on(staff, "/admin/speakers/person/", photo="yes")] == [person.name]
    at = {"at": session.conference_id}
    assert [row["shown_name"] for row in rows_on(staff, "/admin/speakers/person/", **at)] == [person.name]


def test_people_are_picked_by_any_of_their_words_in_any_case(staff):
    make_person("Åsne Ødegård", organisation_nb="Røde Kors", organisation_fr="Croix-Rouge")
    make_person("Somebody Else")
    where = {"app_label": "speakers", "model_name": "speaker", "field_name": "person"}
    for words in ("ÅSNE", "ødegård åsne", "asne", "RØDE kors", "croix"):
        found = staff.get("/admin/autocomplete/", where | {"term": words}).json()["results"]
        assert [person["text"] for person in found] == ["Åsne Ødegård"], words


@pytest.mark.parametrize(
    ("path", "first_words"),
    [
        (SESSIONS, "No session here."),
        ("/admin/conference/room/", "There are no rooms yet."),
        ("/admin/conference_sessions/track/", "There are no tracks yet."),
        ("/admin/conference_sessions/topic/", "There are no topics yet."),
        ("/admin/conference_sessions/format/", "There are no formats yet."),
        ("/admin/speakers/person/", "There is nobody here yet."),
        ("/admin/conference/conference/", "There is no conference yet."),
    ],
)
def test_an_empty_list_says_what_to_do(staff, path, first_words):
    assert first_words in words_on(staff.get(path))


def test_staff_are_told_in_their_own_words_what_goes_with_a_session(staff):
    session = make_session(speakers=[make_person("Anousheh Karvar")])
    session.topics.add(make_topic("Menneskehandel"))
    page = words_on(staff.get(f"{SESSIONS}{session.pk}/delete/"))
    assert "Speaker: Anousheh Karvar" in page
    assert "relationship" not in page
    assert "Session_topics" not in page


def test_a_list_counts_only_what_was_searched_for(staff):
    make_session("Åpning")
    assert "1 result" not in words_on(staff.get(SESSIONS))
    assert "1 result (Show all)" in words_on(staff.get(SESSIONS, {"q": "åpning"}))


def test_the_first_conference_is_the_current_one(staff):
    add = "/admin/conference/conference/add/"
    for name in ("Sammen", "Alene"):
        staff.post(add, open_form(staff, add) | {"name_nb": name, "starts_on": "2030-01-31"})

    assert dict(Conference.objects.values_list("name_nb", "is_current")) == {"Sammen": True, "Alene": False}


def test_sessions_are_made_public_and_drafted_from_the_list(staff):
    first, second = make_session("A", state="draft"), make_session("B", state="draft")
    for action, state in [("show", "public"), ("hide", "draft")]:
        staff.post(SESSIONS, {"action": action, "_selected_action": [first.pk, second.pk]})
        first.refresh_from_db(), second.refresh_from_db()
        assert first.state == second.state == state


@pytest.mark.parametrize(
    ("path", "queries"), [(SESSIONS, 30), ("/admin/speakers/person/", 14), ("/admin/conference_sessions/track/", 14)]
)
def test_a_list_asks_the_database_as_often_for_many_rows_as_for_few(staff, path, queries):
    conference, track = make_conference(), make_track()
    counts = []
    for size in (2, 12):
        for number in range(size):
            person = make_person(f"Person {size} {number}")
            session = make_session(
                f"Post {size} {number}", room=make_room(f"R{size}{number}"), track=track, moderators=[person]
            )
            make_speaker(session, person), make_question(session), make_material(session)
        staff.get(path)
        with CaptureQueriesContext(connection) as asked:
            staff.get(path)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= queries
    assert conference.sessions.count() == 14


def test_the_form_of_a_session_asks_once_more_for_each_person_and_no_more(staff):
    counts = []
    session = make_session(parts=0)
    for size in (2, 8):
        for number in range(size):
            part = make_part(session, at=None, title_nb=f"Del {number}", room=make_room(f"R{size}{number}"))
            speaker = make_speaker(session, make_person(f"P{size}{number}"), part=part)
            make_question(session, part=part, addressed_to=speaker)
        path = f"{SESSIONS}{session.pk}/change/"
        staff.get(path)
        with CaptureQueriesContext(connection) as asked:
            staff.get(path)
        counts.append(len(asked))
    assert counts[1] - counts[0] == 8
    assert session.conference.starts_on == dt.date(2030, 1, 31)
