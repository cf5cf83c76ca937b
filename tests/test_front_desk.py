"""The start page of the admin: what waits, what is wrong, what is missing, and the way to do something about each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html
from reversion.models import Revision

from conference.models import Conference
from conference.recording import recorded
from programme.early import ready_for_staff
from programme.shelf import shelf
from sessions.models import Session
from tests.factories import (
    make_conference,
    make_format,
    make_moderator,
    make_person,
    make_release,
    make_room,
    make_session,
    make_speaker,
    make_staff,
    make_superuser,
)
from tests.forms import open_form, words_on

pytestmark = pytest.mark.django_db
INDEX = reverse("admin:index")


@pytest.fixture
def staff(client):
    client.force_login(make_superuser("kari"))
    client.cookies["django_language"] = "en"
    return client


def front(staff):
    return words_on(staff.get(INDEX))


def links(answer):
    """{words: address} of the links in the page's own part."""
    page = html.fromstring(answer.content.decode())
    return {" ".join(a.text_content().split()): a.get("href") for a in page.xpath("//div[@id='content-main']//a")}


def opened(staff, words):
    """The page that a link of the front desk leads to."""
    answer = staff.get(links(staff.get(INDEX))[words])
    assert answer.status_code == 200
    return words_on(answer)


def test_staff_see_what_waits_and_come_to_publish_it(staff):
    session = make_session("Åpning", room=make_room())
    make_release()
    assert "Everything is published" in front(staff)

    session.title_nb = "Velkommen"
    session.save()

    assert "1 change waits to be published" in front(staff)
    assert "“Velkommen”" in links(staff.get(INDEX))
    assert "What the release will say" in opened(staff, "Review and publish")


def test_staff_see_problems_by_kind_and_come_to_the_forms_that_mend_them(staff):
    room = make_room("Aula")
    first = make_session("Åpning", room=room)
    second = make_session("Verksted", room=room)
    make_session("Samtale", "15:00")
    make_session("Utenfor", "18:00", room=room)

    listed = opened(staff, "1 room in use twice")
    assert "Åpning" in listed
    assert "Verksted" in listed
    assert "Utenfor" not in listed
    everything = opened(staff, "All problems")
    assert "“Verksted” is in Aula at the same time as “Åpning”" in everything
    assert "“Samtale” has no room yet." in everything
    page = staff.get(reverse("problems")).content.decode()
    for session in (first, second):
        assert reverse("admin:conference_sessions_session_change", args=[session.pk]) in page


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("1 session without a time", "Uten tid"),
        ("1 session without a room", "Uten rom"),
        ("1 session without a moderator", "Uten ordstyrer"),
        ("English: 1", "Bare på norsk"),
        ("Utkastet", "Utkastet"),
    ],
)
def test_staff_come_to_what_is_missing(staff, words, found):
    conference = make_conference(languages=["nb", "en"])
    room, person = make_room(), make_person()

    def session(title, at="13:00", **fields):
        whole = {"room": room, "moderators": [person], "title_en": title}
        return make_session(title, at, **whole | fields)

    session("Uten tid", at=None)
    session("Uten rom", "09:00", room=None)
    session("Uten ordstyrer", "11:00", moderators=[])
    session("Bare på norsk", title_en="")
    session("Utkastet", "15:00", state="draft")
    session("Kaffetid", "16:00", room=None, moderators=[], format=make_format("Pause", is_break=True))
    session("Uavklart", at=None, state="cancelled")
    assert conference.sessions.count() == 7
    listed = opened(staff, words)

    assert found in listed
    others = {"Uten tid", "Uten rom", "Uten ordstyrer", "Bare på norsk", "Utkastet", "Kaffetid", "Uavklart"} - {found}
    assert words == found or not [other for other in others if other in listed]


def test_staff_see_who_changed_what_last(staff):
    session = make_session("Åpning", title_fr="Bienvenue", room=make_room("Aula"))
    elsewhere = make_session("Elsewhere", conference=make_conference("Alene", slug="alene"))
    ola = make_staff(name="ola", first_name="Ola", last_name="Nordmann")
    with recorded(ola, about=[session, elsewhere]):
        session.title_nb = "Velkommen"
        session.save()
        elsewhere.title_nb = "Still elsewhere"
        elsewhere.save()
    with recorded(ola, about=[elsewhere]):
        elsewhere.delete()
    with recorded(ola, "Moved “%(name)s” on the board", about=[session], name="Velkommen"):
        session.is_featured = True
        session.save()

    page = front(staff)

    assert "Velkommen Moved “Velkommen” on the board Ola Nordmann" in page
    staff.cookies["django_language"] = "fr"
    assert "Bienvenue" in links(staff.get(INDEX))
    staff.cookies["django_language"] = "en"
    assert "lsewhere" not in page
    assert staff.get(links(staff.get(INDEX))["Velkommen"]).status_code == 200


def test_a_comment_that_another_tool_wrote_is_shown_as_it_is(staff):
    session = make_session("Åpning")
    with recorded(make_staff(name="ola"), about=[session]):
        session.is_featured = True
        session.save()
    Revision.objects.update(comment="By hand, {not json", date_created=timezone.now())

    assert "By hand, {not json" in front(staff)


def test_translators_and_strangers_see_only_what_is_theirs(client):
    make_session("Secret", state="draft")
    make_conference("Other", slug="other")
    client.cookies["django_language"] = "en"
    client.force_login(make_staff("add_topic"))
    assert "Secret" not in words_on(client.get(INDEX))
    assert client.get(reverse("problems")).status_code == 403

    client.force_login(make_staff("translate", "view_session"))
    page = front(client)
    assert "Secret" in page
    assert "Write a session" not in page
    assert "Review and publish" not in page


def test_an_organiser_is_led_from_nothing_to_a_published_page(staff, visitor):
    assert "Welcome to Plenum" in front(staff)

    def go_on(words, sent):
        address = links(staff.get(INDEX))[words]
        form = open_form(staff, address)
        return staff.post(address, form | sent)

    answer = go_on(
        "Create your conference", {"name_nb": "Sammen", "starts_on": "2030-01-31", "languages": ["nb", "fr"]}
    )
    assert answer.headers["Location"] == INDEX
    conference = Conference.objects.get()
    assert (conference.is_current, str(conference.ends_on)) == (True, "2030-01-31")
    assert go_on("Add a room", {"name_nb": "Aula"}).headers["Location"] == INDEX
    times = {"parts-0-day": "2030-01-31", "parts-0-start": "9", "parts-0-end": "10"}
    assert go_on("Write a session", {"title_nb": "Åpning"} | times).headers["Location"] == INDEX
    assert "Open the session" in front(staff)
    Session.objects.get().show()

    review = links(staff.get(INDEX))["Review and publish"]
    assert "This will be the first release" in words_on(staff.get(review))
    make_release(conference)

    assert "The way to your first published page" not in front(staff)
    visitor.cookies.clear()
    assert "Åpning" in visitor.get("/fr/sammen/sessions/apning/").content.decode()


def test_the_first_rooms_are_named_with_the_conference(staff):
    add = reverse("admin:conference_conference_add")
    form = open_form(staff, add) | {"name_nb": "Sammen", "starts_on": "2030-01-31", "languages": ["fr", "nb"]}
    refused = staff.post(add, form | {"first_rooms": "Aula " * 60})
    assert "The name of a room is too long." in words_on(refused)
    refused = staff.post(add, form | {"first_rooms": "\n".join(map(str, range(101)))})
    assert "Name at most 100 rooms here." in words_on(refused)
    assert not Conference.objects.exists()

    staff.post(add, form | {"first_rooms": " Aula\r\n\r\nRom 2\nAula\n"})
    rooms = Conference.objects.get().rooms.all()
    assert [(room.name_fr, room.name_nb, room.position) for room in rooms] == [("Aula", None, 1), ("Rom 2", None, 2)]
    assert "Write a session" in links(staff.get(INDEX))
    staff.post("/admin/undo/", {"step": Revision.objects.latest("pk").pk})
    assert not Conference.objects.exists()


def test_the_next_free_time_is_free(staff):
    room, other = make_room("Aula"), make_room("Rom 2")
    make_session("Senere", "10:00", 45, room=room)
    make_session("Annet rom", "10:45", 45, room=other)
    make_session("Sist", "09:15", 45, room=room)
    assert free_time(staff) == ["2030-01-31", "10:45", "11:30", str(room.pk)]


def test_the_next_free_time_is_by_day_and_while_the_conference_lasts(staff):
    room = make_room("Aula")
    make_session("Fest", "22:00", 180, room=room)
    assert free_time(staff) == ["2030-02-01", "09:00", "12:00", str(room.pk)]
    make_session("Siste kveld", "2030-02-01 22:00", 180, room=room)
    assert free_time(staff) is None


def free_time(staff):
    page = html.fromstring(staff.get(reverse("admin:conference_sessions_session_add")).content.decode())
    buttons = page.xpath("//button[@data-free-time]")
    return [buttons[0].get(f"data-{name}") for name in ("day", "start", "end", "room")] if buttons else None


def test_the_front_desk_asks_the_database_as_often_for_many_rows_as_for_few(staff):
    conference, user = make_conference(), make_staff(name="ola")
    make_release(conference)
    staff.get(INDEX)
    counts = []
    for size in (5, 15):
        for number in range(size):
            session = make_session(f"Post {size} {number}", "13:00", room=make_room(f"R {size} {number}"))
            make_speaker(session, make_person(f"P {size} {number}")), make_moderator(session)
            make_session(f"Utkast {size} {number}", at=None, state="draft")
            with recorded(user, about=[session]):
                session.is_featured = True
                session.save()
        with CaptureQueriesContext(connection) as queries:
            staff.get(INDEX)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 45


@pytest.mark.django_db(transaction=True)
def test_the_first_of_staff_waits_for_no_more_than_the_next(staff):
    """What waits and what is wrong was found before the server took requests, where the database answered."""
    make_session()
    make_release()
    ready_for_staff()
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            staff.get(INDEX)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_process_is_ready_without_the_database():
    shelf.is_degraded = True
    with connection.execute_wrapper(refuse):
        ready_for_staff()


def refuse(_execute, sql, *_arguments):
    raise AssertionError(f"The database was asked: {sql}")
