"""What docs/operate.md tells an operator to type works. `make production-check` types it, too, with real processes."""

import compose
import operate_document
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from conference.audit import Act, Entry
from conference.backup import backups_in
from conference.models import Conference
from sessions.models import Session
from speakers.models import Person

ENV = settings.BASE_DIR / ".env.example"
# Commands outside of the web container, and who sees that they work.
ELSEWHERE = {
    "cp .env.example .env": lambda: compose.services(example()),
    "docker compose up --build --detach": lambda: [
        compose.command_of(service) for name, service in services().items() if name != "database"
    ],
    "docker compose restart web": lambda: services()["web"],
    "make production-check": lambda: (settings.BASE_DIR / "Makefile").read_text().index("\nproduction-check:"),
}


def example():
    """What .env.example says, as a file .env that was only copied."""
    lines = [line for line in ENV.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def services():
    return compose.services(example())


def create_superuser(arguments, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long password")
    call_command("createsuperuser", "--no-input", "--username=ola", "--email=ola@example.org", verbosity=0)
    assert User.objects.get(username="ola").is_superuser


def doctor(arguments, monkeypatch):
    with pytest.raises(SystemExit):  # of an installation that is just being tried, it finds something to say
        call_command("doctor", *arguments)


def backup(arguments, monkeypatch):
    before = len(backups_in(settings.BACKUP_DIR))
    call_command("backup", verbosity=0)
    assert len(backups_in(settings.BACKUP_DIR)) == before + 1


def restore(arguments, monkeypatch):
    made = backups_in(settings.BACKUP_DIR)[0]
    typed = [str(made) if word == "FILE" else word for word in arguments]
    Session.objects.all().delete()
    if "--replace" in typed:
        call_command("restore", *typed)
        assert Session.objects.count() > 5
    else:
        with pytest.raises(CommandError, match="something here already"):
            call_command("restore", *typed)


def publish_due(arguments, monkeypatch):
    call_command("publish_due")
    assert Conference.objects.get().current_release.number == 1


def purge_log(arguments, monkeypatch):
    Entry.objects.create(act=Act.SIGNED_IN, at="2001-01-01T00:00Z")
    call_command("purge_log")
    assert not Entry.objects.filter(at__year=2001).exists()
    assert Entry.objects.exists()


def erase_person(arguments, monkeypatch):
    call_command("erase_person", *("anousheh-karvar" if word == "PERSON" else word for word in arguments))
    assert not Person.objects.filter(slug="anousheh-karvar").exists()


IN_WEB = {
    ("erase_person", "PERSON", "--yes"): erase_person,
    ("createsuperuser",): create_superuser,
    ("doctor",): doctor,
    ("doctor", "--visit"): doctor,
    ("backup",): backup,
    ("restore", "FILE"): restore,
    ("restore", "FILE", "--replace"): restore,
    ("publish_due",): publish_due,
    ("purge_log",): purge_log,
}


@pytest.mark.django_db(transaction=True)
def test_every_command_in_the_document_does_what_it_says(demo, settings, tmp_path, monkeypatch, capsys):
    settings.VAR_DIR, settings.BACKUP_DIR = tmp_path, tmp_path / "backups"
    settings.PUBLIC_URL = "http://127.0.0.1:9"  # nobody answers there
    typed = operate_document.in_web()
    assert {tuple(each) for each in typed} == set(IN_WEB), "say here how a new command is tried"

    for name, *arguments in typed:
        IN_WEB[name, *arguments](arguments, monkeypatch)


def test_the_commands_for_docker_are_about_what_is_there():
    assert set(operate_document.others()) == set(ELSEWHERE), "say here how a new command is tried"
    for command, works in ELSEWHERE.items():
        assert works(), command


def test_containers_may_do_no_more_than_they_must():
    found = services()
    assert set(found) == {"database", "migrate", "web", "due", "backup", "nginx"}
    for name, service in found.items():
        assert "no-new-privileges:true" in service["security_opt"], name
        assert name == "database" or (service["read_only"] and service["cap_drop"] == ["ALL"]), name
    image = (settings.BASE_DIR / "Dockerfile").read_text()
    assert "\nUSER 10001\n" in image
    assert "\nHEALTHCHECK " in image
    assert "unprivileged" in found["nginx"]["image"]
    assert all(compose.health_of(found[name]) for name in ("database", "nginx", "due", "backup"))
    assert compose.command_of(found["backup"])[-1].startswith("while true; do python manage.py backup")
