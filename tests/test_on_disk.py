"""Pages as files, for nginx: the same bytes, only of what is shown now, and written by one process."""

import os

import brotli
import pytest

from conference.models import Conference
from programme import on_disk
from programme.on_disk import OnDisk
from programme.shelf import shelf
from sessions.models import Session
from tests.factories import make_person, make_release, make_room, make_session

pytestmark = pytest.mark.django_db
PAGE, CALENDAR, PERSON = "/nb/sammen/sessions/sammen/", "/nb/sammen/sessions/sammen.ics", "/nb/sammen/speakers/kari/"


@pytest.fixture
def pages(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(on_disk, "SECONDS_AT_ONCE", float("inf"))  # also a slow disk takes all of it
    settings.PAGES_DIR = tmp_path / "pages"
    return settings.PAGES_DIR


@pytest.fixture
def writer(pages):
    make_session("Sammen", room=make_room(), speakers=[make_person("Kari")], lead="Hva skal til? " * 50)
    make_release()
    writer = OnDisk()
    yield writer
    writer.lock.close()


def kept(pages, path, encoding="identity"):
    return pages / "now" / encoding / f"{path[1:]}.kept"


def turn(writer):
    """What the thread does each second."""
    shelf.forget()
    writer.begin()
    writer.keep(shelf, shelf.look())


def test_what_a_visitor_was_sent_is_a_file_from_then_on(visitor, writer, pages):
    sent = {path: visitor.get(path).content for path in (PAGE, CALENDAR, "/nb/sammen/sessions/sammen/1.ics")}
    turn(writer)

    assert kept(pages, PAGE).read_bytes() == sent[PAGE] == brotli.decompress(kept(pages, PAGE, "br").read_bytes())
    assert kept(pages, CALENDAR).read_bytes() == sent[CALENDAR]
    assert kept(pages, PAGE).stat().st_mode & 0o777 == 0o644, "nginx is another user"
    assert not list(pages.rglob("1.ics*")), "nginx would give it another name"


@pytest.mark.parametrize(
    "path", ["now/", "embed/", "programme/?q=x", "nowhere/", "schedule.xml", "version.json", "card.png"]
)
def test_what_nginx_would_send_otherwise_is_no_file(visitor, writer, pages, path):
    visitor.get(f"/nb/sammen/{path}")
    turn(writer)
    assert (pages / "now").is_symlink()
    assert list(pages.rglob("*.kept")) == []


def test_a_new_release_replaces_all_files_at_once_and_keeps_those_that_say_the_same(visitor, writer, pages):
    for path in (PAGE, PERSON, CALENDAR):
        visitor.get(path)
    turn(writer)
    before, folder = kept(pages, CALENDAR).stat(), (pages / "now").resolve()
    Session.objects.update(is_featured=True)
    make_release()
    shelf.forget()
    visitor.get(CALENDAR)
    turn(writer)

    assert (pages / "now").resolve() != folder
    assert not folder.exists(), "nobody is shown it any more"
    after = kept(pages, CALENDAR).stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino), "so its ETag is what it was"
    assert not kept(pages, PERSON).exists(), "nobody has asked for it since"


def test_nothing_is_left_of_a_conference_that_is_taken_back(visitor, writer, pages):
    visitor.get(PAGE)
    turn(writer)
    Conference.objects.update(current_release=None)
    turn(writer)
    assert not list(pages.rglob("*.kept"))


def test_all_processes_write_but_one_says_what_is_shown_until_it_is_gone(visitor, writer, pages):
    visitor.get(PAGE)
    turn(writer)
    folder, written, other = (pages / "now").resolve(), kept(pages, PAGE).stat(), OnDisk()
    visitor.get(PERSON)
    turn(other)
    assert kept(pages, PERSON).exists()
    assert kept(pages, PAGE).stat().st_mtime_ns == written.st_mtime_ns

    Session.objects.update(is_featured=True)
    make_release()
    turn(other)
    assert (pages / "now").resolve() == folder, "the other process may be the one that is late"
    assert len([each for each in pages.iterdir() if each.is_dir()]) == 2, "now, and what it leads to"
    writer.lock.close()
    turn(other)
    writer.lock = other.lock
    assert (pages / "now").resolve() != folder


def test_without_room_on_the_disk_nginx_has_no_files_and_later_all_again(visitor, writer, pages, caplog):
    visitor.get(PAGE)
    turn(writer)
    (pages / "now" / f".draft-{os.getpid()}").mkdir()  # so that nothing can be written
    visitor.get(PERSON)
    for _again in range(3):
        turn(writer)
    assert not (pages / "now").is_symlink()
    assert caplog.text.count("Pages cannot be kept as files") == 1

    next(pages.glob("*/.draft-*")).rmdir()
    turn(writer)
    assert kept(pages, PAGE).exists()
    assert kept(pages, PERSON).exists()


def test_much_is_written_a_part_at_a_time(visitor, writer, pages, monkeypatch):
    monkeypatch.setattr(on_disk, "SECONDS_AT_ONCE", 0)
    for path in (PAGE, PERSON):
        visitor.get(path)
    turn(writer)
    assert kept(pages, PAGE).exists()
    assert not kept(pages, PERSON).exists()
    turn(writer)
    assert kept(pages, PERSON).exists()
