"""Several people at once, each with a connection of their own, on a real database: SQLite in a file, or PostgreSQL."""

import itertools
import threading

from django.db import connection, transaction
from django.utils import timezone

from conference.models import Conference, Room
from programme.models import Release
from programme.planned import due, plan, publish_planned
from programme.publish import programme_of, publish, published, seal
from programme.selected import keys
from programme.take import take
from sessions.models import Session
from tests.factories import make_conference, make_room, make_session


def at_once(*acts):
    """Run functions at the same time, each in a thread with its own connection; what they return, or the first error."""
    returned, errors = [None] * len(acts), []

    def run(number, act):
        try:
            returned[number] = act()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return returned


def two_sessions():
    conference = make_conference()
    return conference.pk, [make_session(title, "13:00").pk for title in ("Den ene 0", "Den andre 0")]


def rename(pk, number):
    session = Session.objects.get(pk=pk)
    session.title_nb = f"{session.title_nb.rpartition(' ')[0]} {number}"
    session.save()


def releases():
    return [(release.number, programme_of(release)) for release in Release.objects.order_by("number")]


def test_two_publishers_at_once_number_their_releases_without_a_gap(shared_database):
    [(conference, pks)] = at_once(two_sessions)

    def edit_and_publish(pk):
        for number in range(1, 9):
            rename(pk, number)
            publish(Conference.objects.get(pk=conference))

    at_once(*(lambda pk=pk: edit_and_publish(pk) for pk in pks))

    [made] = at_once(releases)
    numbers = [number for number, _programme in made]
    assert numbers == list(range(1, len(made) + 1))
    assert 8 <= len(made) <= 16
    assert [programme.number for _number, programme in made] == numbers
    assert {session.title["nb"] for session in made[-1][1].sessions} == {"Den ene 8", "Den andre 8"}
    assert at_once(lambda: Conference.objects.get().current_release.number) == [numbers[-1]]


def room_and_session():
    """Rows that a release reads one after the other, with time between them for somebody to edit."""
    conference = make_conference()
    return conference.pk, make_room("Rom 0").pk, make_session("Post 0", lead="0").pk


def test_no_release_shows_one_half_of_an_edit(shared_database):
    [(conference, room, session)] = at_once(room_and_session)
    both_published, finished, edited = threading.Barrier(2, timeout=300), threading.Event(), threading.Event()

    def edit():
        for number in itertools.count(1):
            with transaction.atomic():
                Session.objects.filter(pk=session).update(title_nb=f"Post {number}")
                Room.objects.filter(pk=room).update(name_nb=f"Rom {number}")
            edited.set()
            if finished.wait(0.002):  # nobody types without a pause
                return

    def publish_six_times():
        made = 0
        try:
            while made < 6:
                assert edited.wait(timeout=60)
                edited.clear()
                made += publish(Conference.objects.get(pk=conference)) is not None
            both_published.wait()
        finally:
            finished.set()

    at_once(edit, publish_six_times, publish_six_times)

    [made] = at_once(releases)
    assert [number for number, _programme in made] == list(range(1, 13))
    for _number, programme in made:
        assert programme.rooms[0].name["nb"].split()[1] == programme.sessions[0].title["nb"].split()[1]


# --- A release that was planned


def a_planned_release():
    """The conference and the session of a release whose moment has come."""
    conference = make_conference()
    publish(conference)
    conference.refresh_from_db()
    session = make_session("Ny post 0")
    taken = take(conference)
    waiting = keys(published(conference), taken)
    plan(conference, None, timezone.now(), {}, waiting, seal(conference, taken))
    return conference.pk, session.pk


def publish_what_is_due():
    return [bool(publish_planned(planned)) for planned in due(timezone.now())]


def test_a_planned_release_is_published_once_however_many_run(shared_database):
    at_once(a_planned_release)

    done = at_once(*[publish_what_is_due] * 4)

    assert sum(sum(each) for each in done) == 1
    [made] = at_once(releases)
    assert [number for number, _programme in made] == [1, 2]


def test_a_publisher_and_the_timer_lose_nothing_of_each_other(shared_database):
    [(conference, session)] = at_once(a_planned_release)

    def edit_and_publish():
        for number in range(1, 4):
            rename(session, number)
            publish(Conference.objects.get(pk=conference))

    at_once(edit_and_publish, publish_what_is_due, publish_what_is_due)

    [made] = at_once(releases)
    assert [number for number, _programme in made] == list(range(1, len(made) + 1))
    assert [session.title["nb"] for session in made[-1][1].sessions] == ["Ny post 3"]
    sequences = [programme.sessions[0].parts[0].sequence for _number, programme in made[1:]]
    assert sequences == list(range(len(sequences)))
