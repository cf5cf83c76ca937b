"""Staff save while the database is away, or a disk is full: they are told, and nothing is half saved."""

import errno

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError, connection
from django.test import Client

from speakers.models import Person
from tests.factories import a_picture, make_person, make_superuser
from tests.files import a_file
from tests.forms import open_form

pytestmark = pytest.mark.django_db
FULL = "DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$"


@pytest.fixture
def editor():
    client = Client(raise_request_exception=False)
    client.force_login(make_superuser())
    client.cookies["django_language"] = "fr"
    return client


@pytest.fixture
def form(editor):
    """(address, what its form sends) of a person."""
    address = f"/admin/speakers/person/{make_person('Kari Nordmann').pk}/change/"
    return address, open_form(editor, address) | {"name": "Kari Olsen"}


@pytest.fixture
def full_database():
    """Every change finds it full, with the very error that the database has for that."""
    if connection.vendor == "postgresql":
        with connection.execute_wrapper(lambda execute, sql, *more: execute(FULL if "UPDATE" in sql else sql, *more)):
            yield
    else:
        connection.cursor().execute("PRAGMA max_page_count = 1")  # it keeps what it has, and takes no more
        yield
        connection.cursor().execute(f"PRAGMA max_page_count = {2**32 - 2}")


def test_staff_are_told_that_the_database_is_away_and_that_nothing_is_saved(editor, form):
    def is_away(execute, sql, *more):
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(is_away):
        sent, read = editor.post(*form), editor.get(form[0])

    assert (sent.status_code, sent.headers["Retry-After"]) == (503, "30")
    assert "ce que vous avez envoyé n’est pas enregistré" in sent.text
    assert "n’est pas enregistré" not in read.text
    assert read.status_code == 503
    assert Person.objects.get().name == "Kari Nordmann"


@pytest.mark.django_db(transaction=True)
def test_staff_are_told_that_the_disk_of_the_database_is_full(editor, form, full_database):
    address, values = form
    sent = editor.post(address, values | {"biography_nb": "Om Kari. " * 50_000})

    assert sent.status_code == 507
    assert "Il n’y a plus de place" in sent.text
    assert Person.objects.get().name == "Kari Nordmann"


@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_staff_are_told_that_a_picture_finds_no_room(editor, form, monkeypatch, reason):
    def no_room(storage, name, content):
        raise OSError(reason, "No room", name)

    address, values = form
    monkeypatch.setattr(FileSystemStorage, "_save", no_room)
    sent = editor.post(address, values | {"photo": a_file(a_picture().read(), "kari.jpg")})

    assert sent.status_code == 507
    assert "Il n’y a plus de place" in sent.text
    assert Person.objects.get().name == "Kari Nordmann"
