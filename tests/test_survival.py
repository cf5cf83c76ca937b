"""What the public site lives through: no database, damaged files, bad releases, and crowds."""

import datetime as dt
import itertools
import os
import re
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from prometheus_client import REGISTRY

from conference.models import Conference
from programme import lifeboat
from programme.answers import answers
from programme.middleware import MOST_WAITING, in_front_of
from programme.models import Release
from programme.shelf import Shelf, shelf, text_of
from programme.watch import looked, turn
from tests.factories import make_conference, make_release, make_session

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2030, 1, 31, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def database_goes(monkeypatch):
    def go():
        def gone():
            raise OperationalError("the database is gone")

        monkeypatch.setattr(Conference.objects, "published", gone)
        shelf.forget()

    return go


def start_again():
    """What is left of a process that was restarted: nothing but the files."""
    shelf.empty()
    answers.empty()


def release_of(title, **fields):
    make_session(title, **fields)
    return make_release(fields.get("conference"))


# --- The last release in a file


def test_a_process_that_starts_without_the_database_shows_the_last_release(visitor, database_goes):
    release_of("Sammen")
    turn()
    before = visitor.get("/nb/sammen/sessions/sammen/")

    database_goes()
    start_again()

    after = visitor.get("/nb/sammen/sessions/sammen/")
    assert (after.status_code, after.content) == (200, before.content)
    assert visitor.get("/").headers["Location"] == "/nb/sammen/"


def test_a_process_that_has_nothing_to_show_says_so_however_soon_it_is_asked_again(visitor, database_goes, caplog):
    database_goes()
    for _second in range(3):
        looked(turn)

    assert caplog.text.count("The database does not answer") == 1
    assert REGISTRY.get_sample_value("plenum_database_gone") == 1
    assert [visitor.get("/nb/sammen/").status_code for _time in range(2)] == [503, 503]


def test_the_files_follow_each_release_and_old_ones_go(visitor, database_goes):
    for title in ("En", "To", "Tre"):
        release_of(title)
        shelf.forget()
        turn()
    database_goes()
    start_again()

    assert "Tre" in visitor.get("/nb/sammen/programme/").text
    assert len(list(lifeboat.folder().glob("*.json"))) == 2  # the release, and the index


def test_a_damaged_file_is_left_out_and_told_of(visitor, database_goes, caplog):
    other = make_conference("Annet")
    release_of("Hel", conference=other)
    release_of("Skadet", conference=make_conference("Sammen"))
    turn()
    damaged = next(f for f in lifeboat.folder().glob("*.json") if "Skadet" in f.read_text())
    damaged.write_text(damaged.read_text().replace("Skadet", "Forfalsket"))
    database_goes()
    start_again()

    assert visitor.get("/nb/annet/").status_code == 200
    assert visitor.get("/nb/sammen/").status_code == 404
    assert "checksum" in caplog.text


@pytest.mark.parametrize("index", ["", "[]", "{", '{"schema": 99, "releases": []}', '{"schema": 1, "releases": [{}]}'])
def test_a_damaged_list_of_files_is_as_good_as_none(visitor, database_goes, index):
    release_of("Sammen")
    turn()
    (lifeboat.folder() / "index.json").write_text(index)
    database_goes()
    start_again()

    assert visitor.get("/nb/sammen/").status_code == 503


def test_files_that_were_damaged_are_mended_while_the_database_is_there(visitor, database_goes):
    release_of("Sammen")
    turn()
    (lifeboat.folder() / "index.json").write_text("{")

    shelf.files_at = float("-inf")  # a minute later
    turn()
    database_goes()
    start_again()
    assert visitor.get("/nb/sammen/").status_code == 200


def test_an_unreadable_release_is_not_kept_in_a_file(visitor, database_goes):
    release_of("God")
    turn()
    bad = release_of("Dårlig")
    Release.objects.filter(pk=bad.pk).update(programme={"schema": 99})
    shelf.forget()
    turn()
    database_goes()
    start_again()

    page = visitor.get("/nb/sammen/programme/").text
    assert "God" in page
    assert "Dårlig" not in page


def test_files_that_cannot_be_written_stop_nobody(visitor, settings, tmp_path, caplog):
    (tmp_path / "full").write_text("a file where there should be a folder")
    settings.VAR_DIR = tmp_path / "full"
    release_of("Sammen")
    turn()

    assert visitor.get("/nb/sammen/").status_code == 200
    assert "cannot be kept" in caplog.text


def test_the_database_that_comes_back_is_believed_again(visitor, monkeypatch):
    release_of("Før")
    turn()
    with monkeypatch.context() as without:
        without.setattr(Conference.objects, "published", raises(OperationalError("gone")))
        shelf.forget()
        assert visitor.get("/nb/sammen/programme/").status_code == 200
        looked(turn)
        assert "plenum_database_gone 1.0" in visitor.get("/metrics").text
    release_of("Etter")

    assert "Etter" in visitor.get("/nb/sammen/programme/").text
    looked(turn)
    assert "plenum_database_gone 0.0" in visitor.get("/metrics").text


def raises(error):
    def act(*_arguments):
        raise error

    return act


def test_readiness_tells_degraded_from_down(client, monkeypatch):
    release_of("Sammen")
    shelf.look()
    monkeypatch.setattr("django.db.connection.cursor", raises(OperationalError("gone")))

    degraded = client.get("/readyz")
    assert (degraded.status_code, degraded.text.split(":")[0]) == (503, "degraded")
    shelf.empty()
    assert client.get("/readyz").text == "unavailable\n"
    assert client.get("/healthz").status_code == 200


def test_files_are_whole_whoever_is_killed_while_writing_them(visitor, database_goes):
    release_of("Sammen", lead="Hva skal til? " * 5000)
    turn()
    (loaded,) = shelf.loaded.values()
    text = text_of(loaded.key[0])
    for number in range(10):
        child = os.fork()
        if child == 0:
            try:
                for turn_ in itertools.count():
                    key = (number * 1_000_000 + turn_, *loaded.key[1:])
                    lifeboat.lower({1: (key, text + " " * (turn_ % 7))}, text_of)
            finally:
                os._exit(1)
        time.sleep(0.01 * number)  # any moment will do
        os.kill(child, signal.SIGKILL)
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
        assert [programme.number for _conference, _key, programme in lifeboat.board()] == [1]
    database_goes()
    start_again()

    assert visitor.get("/nb/sammen/sessions/sammen/").status_code == 200


# --- In front of Django


def get(path, door=None, **environ):
    """(status, headers, body) from the door that a web server knocks at."""
    got = []
    door = door or in_front_of(WSGIHandler())
    body = door(RequestFactory().get(path, **environ).environ, lambda *told: got.append(told))
    status, headers = got[0][:2]
    return int(status[:3]), dict(headers), b"".join(body)


def test_both_ways_in_say_the_same(visitor, settings):
    release_of("Sammen", lead="Hva skal til? " * 50)
    for path in ("/", "/nb/sammen/", "/nb/sammen", "/nb/sammen/sessions/sammen.ics", "/nb/ukjent/", "/nb/sammen/søk/"):
        for sent in ({}, {"HTTP_ACCEPT_ENCODING": "gzip"}, {"HTTP_HOST": "evil.example"}):
            inside = visitor.get(path, **sent)
            assert get(path, **sent) == (inside.status_code, dict(inside.headers), inside.content)


def test_what_is_not_public_goes_on_to_django():
    assert get("/healthz")[0] == 200
    assert get("/admin/")[0] == 302


def test_staff_who_wait_for_the_database_leave_threads_for_the_public(settings):
    release_of("Sammen")
    goes_on, waiting = threading.Event(), itertools.count()

    def waits(environ, start_response):
        next(waiting)
        goes_on.wait(20)
        start_response("200 OK", [])
        return [b"at last"]

    house = in_front_of(waits)
    with ThreadPoolExecutor(40) as staff:
        clicks = [staff.submit(get, "/admin/", house) for _each in range(30)]
        refused = [click.result() for click in itertools.islice(as_completed(clicks, timeout=10), 30 - MOST_WAITING)]
        assert get("/nb/sammen/", house)[0] == 200
        assert get("/readyz", house, REQUEST_METHOD="HEAD")[::2] == (503, b"")
        goes_on.set()
    assert {status for status, _headers, _body in refused} == {503}
    assert "Prøv igjen" in refused[0][2].decode()
    assert next(waiting) == MOST_WAITING
    assert get("/admin/", house)[2] == b"at last", "a place that was given back is taken again"
    gunicorn = (settings.BASE_DIR / "deploy" / "gunicorn.conf.py").read_text()
    assert int(re.search(r"^threads = (\d+)", gunicorn, re.MULTILINE)[1]) >= MOST_WAITING + 2


def test_a_database_that_lets_everybody_wait_is_told_of_without_asking_it(visitor, monkeypatch):
    release_of("Sammen")
    assert visitor.get("/nb/sammen/").status_code == visitor.get("/readyz").status_code == 200
    monkeypatch.setattr(shelf, "watcher", threading.current_thread())
    monkeypatch.setattr(shelf, "turned_at", time.monotonic() - 29)
    assert visitor.get("/readyz").status_code == 200
    monkeypatch.setattr(shelf, "turned_at", time.monotonic() - 31)
    with CaptureQueriesContext(connection) as asked:
        answer = visitor.get("/readyz")
    assert (answer.status_code, answer.text.partition(":")[0], len(asked)) == (503, "degraded", 0)
    assert "plenum_database_gone 1.0" in visitor.get("/metrics").text
    monkeypatch.setattr(shelf, "turned_at", time.monotonic())
    turn()
    assert "plenum_database_gone 0.0" in visitor.get("/metrics").text


def test_a_shelf_without_database_and_files_says_so(database_goes):
    database_goes()
    with pytest.raises(OperationalError):
        Shelf().look()
