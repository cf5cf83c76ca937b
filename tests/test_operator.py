"""What an operator reads in the terminal."""

import io

import pytest
from django.core.management import CommandError, call_command

from conference.models import Conference
from conference.starting import operators_language
from tests.factories import make_conference, make_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_terminal")]


def say(name, *arguments, **options):
    out = io.StringIO()
    call_command(name, *arguments, stdout=out, **options)
    return out.getvalue()


def test_welcome_makes_a_demo_and_a_user_with_a_password_of_its_own(client):
    first = say("welcome")

    password = first.partition("Password")[2].split()[0]
    assert "http://127.0.0.1:8000/admin/" in first
    assert client.post("/admin/login/", {"username": "staff", "password": password}).status_code == 302
    assert Conference.objects.get().current_release.number == 1
    again = say("welcome")
    assert password not in again
    assert "make password" in again
    assert Conference.objects.count() == 1


def test_a_new_password_replaces_the_old_one(client):
    old = say("welcome").partition("Password")[2].split()[0]
    new = say("welcome", new_password=True).split()[-1]

    assert old != new
    assert client.post("/admin/login/", {"username": "staff", "password": old}).status_code == 200
    assert client.post("/admin/login/", {"username": "staff", "password": new}).status_code == 302


def test_a_first_day_that_is_no_date_is_refused_in_a_sentence():
    with pytest.raises(CommandError, match="“tomorrow” is not a date"):
        say("load_demo", "--starts-on", "tomorrow")

    assert not Conference.objects.exists()


def test_the_demo_is_loaded_once_and_on_the_day_asked_for():
    say("load_demo", "--starts-on", "2031-05-17")

    assert str(Conference.objects.get().starts_on) == "2031-05-17"
    with pytest.raises(CommandError, match="already"):
        say("load_demo")


def test_publishing_from_the_terminal_says_what_it_did():
    make_conference()
    make_session()

    assert "Release 1 of “sammen” is published" in say("publish", "sammen")
    assert "Nothing has changed" in say("publish", "sammen")
    with pytest.raises(CommandError, match="There is: sammen"):
        say("publish", "samen")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "nn_NO.UTF-8"}, "nn"),
        ({"LANG": "no_NO"}, "nb"),
        ({"LC_ALL": "fr_FR", "LANG": "nb_NO"}, "fr"),
        ({"LANG": "C"}, "en"),
        ({}, "en"),
    ],
)
def test_commands_speak_the_language_of_the_terminal(environment, language):
    assert operators_language(environment) == language
