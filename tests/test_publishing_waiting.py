"""Staff see what waits to be published, and how it would look."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions.models import Topic
from speakers.models import Person
from tests.factories import (
    make_conference,
    make_person,
    make_question,
    make_release,
    make_room,
    make_session,
    make_topic,
    moment,
)
from tests.forms import words_on
from tests.test_publishing import header, public, review

pytestmark = pytest.mark.django_db


def test_the_review_shows_problems_with_the_way_to_both_forms(staff, conference):
    room = make_room("Aula")
    first, second = make_session("Åpning", room=room), make_session("Verksted", room=room)

    page = review(staff, conference).content.decode()

    assert "“Verksted” is in Aula at the same time as “Åpning”" in page
    for session in (first, second):
        assert reverse("admin:conference_sessions_session_change", args=[session.pk]) in page


def test_the_first_release_of_a_large_conference_is_summed_up(staff, conference):
    room = make_room()
    for number in range(45):
        make_session(f"Post {number}", f"{8 + number // 10:02}:{number % 10 * 6:02}", 5, room=room)

    page = words_on(review(staff, conference))

    assert "New: 45 sessions" in page
    assert "Show 45 changes" in page
    assert "“Post 44” new" in page


def test_staff_see_several_conferences_and_choose(staff, conference):
    other = make_conference("Alene", slug="alene")
    make_session(conference=other)
    assert "Everything is published." not in header(staff)
    make_release(conference)
    assert "Everything is published." in header(staff)

    staff.post(reverse("choose_conference"), {"conference": other.pk})

    assert "2 changes wait to be published." in header(staff)
    assert (
        f'href="{reverse("admin:programme_release_review", args=[other.pk])}"'
        in staff.get(reverse("admin:index")).content.decode()
    )


def test_what_waits_is_right_after_every_kind_of_edit(staff, conference):
    session = make_session(room=make_room("Aula"), speakers=[person := make_person("Ann")])
    second = make_room("Rom 2")
    question, topic = make_question(session), make_topic("Arbeid")
    make_release(conference)

    def waiting():
        page = header(staff)
        return 0 if "Everything is published." in page else int(page.split(" change")[0].split()[-1])

    assert waiting() == 0
    Person.objects.filter(pk=person.pk).update(name="Anna", changed_at=moment("09:00"))
    assert waiting() == 1
    session.topics.add(topic)
    assert waiting() == 2
    session.topics.set([])
    assert waiting() == 1
    question.delete()
    assert waiting() == 2
    type(second).objects.filter(pk=second.pk).update(position=0)
    type(second).objects.exclude(pk=second.pk).update(position=1)
    assert waiting() == 3
    Topic.objects.all().delete()
    assert waiting() == 4
    make_release(conference)
    assert waiting() == 0
    session.title_fr = "Ensemble"
    session.save()
    assert waiting() == 1
    session.title_fr = ""
    session.save()
    assert waiting() == 0


def test_what_waits_costs_the_same_few_queries_on_every_page(staff, conference):
    for number in range(2):
        make_session(f"Post {number}", speakers=[make_person(f"Person {number}")])
    make_release(conference)
    costs = []
    for size in (0, 10):
        for number in range(size):
            make_session(f"Ny {number}", speakers=[make_person(f"Ny person {number}")])
        staff.get(reverse("admin:index"))
        with CaptureQueriesContext(connection) as queries:
            staff.get(reverse("admin:programme_release_changelist"))
        costs.append(len(queries))

    assert costs == [11, 11]


def test_preview_shows_what_waits_and_says_so(staff, conference):
    session = make_session("Sammen")
    make_release(conference)
    session.title_nb = "Sammen nå"
    session.save()

    page = staff.get("/admin/preview/sammen/nb/sammen/sessions/sammen/")

    assert page.status_code == 200
    assert "Sammen nå" in words_on(page)
    assert "Preview. 1 change on these pages is not published" in words_on(page)
    assert reverse("admin:programme_release_review", args=[conference.pk]) in page.content.decode()
    assert "noindex" in page["X-Robots-Tag"]
    assert "no-store" in page["Cache-Control"]
    assert 'href="/admin/preview/sammen/nb/sammen/programme/"' in page.content.decode()
    assert "Sammen nå" not in words_on(public(staff, "/nb/sammen/sessions/sammen/"))
    assert staff.get("/admin/preview/sammen/").url == "/admin/preview/sammen/en/sammen/"
    assert staff.get("/admin/preview/sammen/nb/sammen/sessions/nothing/").status_code == 404
    assert staff.get("/admin/preview/nothing/").status_code == 404
