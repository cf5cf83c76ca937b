"""What the public site lives through when a crowd comes: each page is made once, and nobody waits for another."""

import datetime as dt
import threading

import pytest

from programme.answers import Answers, answers
from programme.page import Answer
from programme.reply import Kept
from programme.shelf import shelf
from programme.watch import turn
from tests.factories import make_conference
from tests.test_survival import NOW, release_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture(autouse=True)
def one_minute(time_machine):
    """Pages with a clock are made anew each minute: also when a minute ends in the midst of a test."""
    time_machine.move_to(NOW, tick=False)


def a_page(body=b"x" * 1000):
    return Kept(Answer(body))


def test_a_crowd_that_asks_for_one_page_has_it_made_once():
    kept, gate, made, given = Answers(), threading.Event(), [], []

    def make():
        gate.wait(60)
        made.append(1)
        return a_page()

    crowd = [threading.Thread(target=lambda: given.append(kept.get("page", NOW, make))) for _each in range(30)]
    for each in crowd:
        each.start()
    gate.set()
    for each in crowd:
        each.join()

    assert len(made) == 1
    assert len(given) == 30
    assert len(set(map(id, given))) == 1


def test_a_page_that_takes_long_keeps_nobody_from_another():
    kept, gate = Answers(), threading.Event()

    def make_slowly():
        gate.wait(60)
        return a_page()

    slow = threading.Thread(target=lambda: kept.get("slow", NOW, make_slowly))
    slow.start()
    assert kept.get("quick", NOW, a_page).answer.status == 200
    gate.set()
    slow.join()
    assert kept.made == 2


def test_a_page_that_fails_fails_for_each_who_asks_and_is_tried_again():
    kept = Answers()
    with pytest.raises(ZeroDivisionError):
        kept.get("page", NOW, lambda: 1 / 0)

    assert kept.get("page", NOW, a_page).answer.status == 200


def test_a_page_of_the_last_minute_is_shown_while_the_next_is_made():
    kept, gate, started = Answers(), threading.Event(), threading.Event()
    old = Kept(Answer(b"09:00"), NOW)
    kept.get("now", NOW - dt.timedelta(seconds=1), lambda: old)

    def make_next():
        started.set()
        gate.wait(60)
        return Kept(Answer(b"09:01"), NOW + dt.timedelta(minutes=1))

    slow = threading.Thread(target=lambda: kept.get("now", NOW, make_next))
    slow.start()
    assert started.wait(60)
    assert kept.get("now", NOW, make_next) is old
    gate.set()
    slow.join()
    assert kept.get("now", NOW, make_next).answer.body == b"09:01"


def test_endless_queries_cannot_push_out_the_pages(visitor, monkeypatch):
    monkeypatch.setattr("programme.answers.MOST_BYTES_OF_QUERIES", 400_000)
    answers.empty()
    release_of("Sammen")
    visitor.get("/nb/sammen/programme/")

    for number in range(40):
        visitor.get(f"/nb/sammen/search/?q={number}")
        visitor.get(f"/nb/sammen/style-{number}.css")
    made = answers.made
    visitor.get("/nb/sammen/programme/")

    assert answers.made == made
    assert answers.queries.size <= 400_000


def test_a_release_of_one_conference_leaves_the_pages_of_another(visitor):
    release_of("Den ene", conference=make_conference("Sammen"))
    other = make_conference("Annet")
    release_of("Den andre", conference=other)
    visitor.get("/nb/annet/")
    visitor.get("/nb/sammen/")
    made = answers.made

    release_of("Enda en", conference=other)
    visitor.get("/nb/sammen/")
    assert answers.made == made
    assert "Enda en" in visitor.get("/nb/annet/programme/").text


def test_the_first_pages_of_a_new_release_are_there_before_anybody_asks(visitor):
    release_of("Sammen")
    turn()
    made = answers.made
    for language in ("nb", "en"):
        for page in ("", "programme/", "programme/2030-01-31/"):
            assert visitor.get(f"/{language}/sammen/{page}").status_code == 200

    assert answers.made == made


def test_a_release_does_not_wait_until_all_first_pages_of_the_one_before_are_made(visitor, monkeypatch):
    monkeypatch.setattr(shelf, "watcher", threading.current_thread())  # nobody looks but in turns
    monkeypatch.setattr("programme.watch.SECONDS_BEFORE", 0)
    release_of("En")
    turn(most_seconds=0)
    begun = answers.made
    for title in ("To", "Tre"):
        release_of(title)
        turn(most_seconds=0)
        assert title in visitor.get("/nb/sammen/programme/").text
    assert begun == 2  # of the first pages, one before the release was shown, and one after

    for _time in range(20):
        turn(most_seconds=0)
    made = answers.made
    for page in ("", "programme/", "programme/2030-01-31/", "programme.ics"):
        assert visitor.get(f"/en/sammen/{page}").status_code == 200
    assert answers.made == made


def test_what_was_made_of_earlier_releases_is_forgotten(visitor):
    release_of("En")
    turn()
    size = answers.size
    for title in ("To", "Tre", "Fire"):
        release_of(title)
        turn()

    assert answers.size < 2 * size


def test_visitors_read_on_while_a_new_release_is_being_read(visitor, monkeypatch):
    release_of("Før")
    visitor.get("/nb/sammen/")
    monkeypatch.setattr(shelf, "watcher", threading.current_thread())  # somebody else looks
    release_of("Etter")

    assert "Etter" not in visitor.get("/nb/sammen/programme/").text
    turn()
    assert "Etter" in visitor.get("/nb/sammen/programme/").text
