"""Staff write people, rooms and conferences, each on a form of its own."""

import pytest

from conference.models import Room
from tests.factories import make_conference, make_person, make_question, make_session
from tests.forms import errors_on, fields_of, open_form, words_on
from tests.session_form import ADD, saved, send

pytestmark = pytest.mark.django_db


def test_before_there_is_a_conference_staff_are_shown_the_way_to_make_one(staff):
    answer = staff.get(ADD, follow=True)
    assert answer.redirect_chain[-1][0] == "/admin/conference/conference/add/"
    assert "First describe the conference." in words_on(answer)


def test_the_order_of_a_conference_s_languages_is_kept_and_comes_first_on_forms(staff):
    conference = make_conference()
    path = f"/admin/conference/conference/{conference.pk}/change/"
    saved(staff, path, languages=["fr", "nb"])
    conference.refresh_from_db()
    assert conference.languages == ["fr", "nb"]
    page = staff.get(ADD).content.decode()
    assert page.index('data-count="fr"') < page.index('data-count="nb"') < page.index('data-count="nn"')
    assert "This field is required." in errors_on(send(staff, path, languages=None))


def test_another_time_zone_says_what_it_does_to_the_clocks_of_sessions(staff):
    path = f"/admin/conference/conference/{make_conference().pk}/change/"
    assert "clocks" not in words_on(
        staff.post(path, open_form(staff, path) | {"timezone": "Europe/Paris"}, follow=True)
    )
    make_session(at="13:00")
    answer = staff.post(path, open_form(staff, path) | {"timezone": "Europe/London"}, follow=True)
    assert "what began at 13:00 now begins at 12:00" in words_on(answer)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (("2030-01-31", "9999-12-31"), "There is no such year in our calendar."),
        (("0001-01-01", "2030-01-31"), "There is no such year in our calendar."),
        (("2030-01-31", "2031-02-02"), "That is more than a year after the first day."),
        (("2030-01-31", "2030-01-30"), "The last day cannot be before the first day."),
    ],
)
def test_days_that_make_no_sense_are_refused_before_pages_that_count_with_them(staff, days, words):
    path = f"/admin/conference/conference/{make_conference().pk}/change/"
    assert errors_on(send(staff, path, starts_on=days[0], ends_on=days[1])) == [words]
    assert staff.get("/admin/").status_code == 200


def test_a_text_that_a_browser_sends_back_is_the_same_text(staff):
    description = "Første avsnitt.\n\nAndre avsnitt."
    conference, session = make_conference(description_nb=description), make_session(description_nb=description)
    question = make_question(session, text_nb=description)
    for row in (conference, session):
        path = f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"
        sent = {
            name: value.replace("\n", "\r\n") if isinstance(value, str) else value
            for name, value in open_form(staff, path).items()
        }
        assert "\r\n" in sent["description_nb"]
        assert staff.post(path, sent).status_code == 302
    for row in (conference, session, question):
        row.refresh_from_db()
    assert [conference.description_nb, session.description_nb, question.text_nb] == [description] * 3


def test_links_are_written_one_on_each_line(staff):
    person = make_person()
    path = f"/admin/speakers/person/{person.pk}/change/"
    saved(staff, path, links="My blog https://example.org/blog\nhttps://example.org")
    person.refresh_from_db()
    assert person.links == [
        {"title": "My blog", "url": "https://example.org/blog"},
        {"title": "", "url": "https://example.org"},
    ]
    assert open_form(staff, path)["links"] == "My blog https://example.org/blog\nhttps://example.org"
    answer = send(staff, path, links="javascript:alert(1)")
    assert any("https://" in error for error in errors_on(answer))
    assert fields_of(answer.content)["links"] == "javascript:alert(1)"


def test_new_rooms_and_tracks_come_last_and_are_moved_with_buttons(staff):
    make_conference()
    for name in ("A", "B", "C"):
        saved(staff, "/admin/conference/room/add/", name_nb=name)
    rooms = list(Room.objects.all())
    assert [(room.name_nb, room.position) for room in rooms] == [("A", 1), ("B", 2), ("C", 3)]
    staff.post("/admin/conference/room/", {"move_up": rooms[2].pk})
    staff.post("/admin/conference/room/", {"move_up": rooms[0].pk})
    assert [room.name_nb for room in Room.objects.all()] == ["A", "C", "B"]
    staff.post("/admin/conference/room/", {"whole_order": f"{rooms[1].pk},{rooms[0].pk}"})
    assert [(room.name_nb, room.position) for room in Room.objects.all()] == [("B", 1), ("A", 2), ("C", 3)]
