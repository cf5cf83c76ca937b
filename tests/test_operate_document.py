"""What docs/operate.md tells an operator to type works. `make production-check` types it, too, with real processes."""

import contextlib
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import compose
import operate_document
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from prometheus_client import REGISTRY

from conference.audit import Act, Entry
from conference.backup import backups_in
from conference.metrics import Jobs
from conference.models import Conference
from sessions.models import Session
from speakers.models import Person

ENV = settings.BASE_DIR / ".env.example"
COMPOSE = Path(sys.executable).with_name("docker-compose")


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


def run(words, folder, **more):
    return subprocess.run(
        words, cwd=folder, env=os.environ | more, capture_output=True, text=True, check=False, timeout=300
    )


def test_what_is_typed_to_docker_compose_is_understood_and_about_what_is_there(tmp_path):
    """No engine is needed for that: Docker Compose reads the line and the file before it asks for one."""
    if not COMPOSE.exists() or run([COMPOSE, "version"], tmp_path).returncode:
        pytest.skip("docker-compose does not run on this machine")
    typed = [shlex.split(line)[2:] for line in operate_document.others() if line.startswith("docker compose ")]
    assert len(typed) > 6
    for words in typed:
        ran = run([COMPOSE, "--env-file", ENV, *words], settings.BASE_DIR, DOCKER_HOST="unix:///nowhere.sock")
        assert "failed to connect to the docker API" in ran.stderr, (words, ran.stderr)
        named = [word for word in words[1:] if not word.startswith("-")]
        assert set(named[:1] if words[0] == "exec" else named) <= services().keys(), words


def test_the_other_commands_do_what_they_say(tmp_path):
    shutil.copy(ENV, tmp_path)
    for name in ("fullchain.pem", "privkey.pem"):
        (tmp_path / name).write_text(name)
    others = [shlex.split(line) for line in operate_document.others() if not line.startswith("docker compose ")]
    for words in others:
        if words[0] == "make":
            assert run([*words, "--dry-run"], settings.BASE_DIR).returncode == 0, words
        else:
            assert words[0] in ("cp", "install"), "say here how a new command is tried"
            mine = [
                f"--owner={os.getuid()}" if word.startswith("--owner=") else word for word in words
            ]  # else only root may
            ran = run(mine, tmp_path)
            assert ran.returncode == 0, (words, ran.stderr)
    assert (tmp_path / ".env").read_text() == ENV.read_text()
    assert (tmp_path / "certificates" / "challenges").is_dir()
    assert (tmp_path / "certificates" / "privkey.pem").stat().st_mode & 0o777 == 0o400
    assert "./backups:/var/backups/plenum" in services()["web"]["volumes"]
    assert "./certificates:/certificates:ro" in services()["nginx"]["volumes"]


def test_the_numbers_to_watch_are_there():
    named = set(re.findall(r"plenum_\w+", (settings.BASE_DIR / "docs" / "operate.md").read_text()))
    known = {metric.name for collector in (REGISTRY, Jobs()) for metric in collector.collect()}
    assert len(named) > 8
    assert {name.removesuffix("_total") for name in named} <= known


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


def test_containers_are_called_healthy_only_where_they_are(tmp_path):
    def says(script, *arguments):
        return run([sys.executable, settings.BASE_DIR / "deploy" / script, *arguments], tmp_path, VAR_DIR=str(tmp_path)).returncode  # fmt: skip

    done = tmp_path / "jobs" / "backup"
    done.parent.mkdir()
    assert says("recent.py", "backup", "90000") == 1, "it never succeeded"
    done.touch()
    assert says("recent.py", "backup", "90000") == 0
    os.utime(done, times=(0, time.time() - 90_060))
    assert says("recent.py", "backup", "90000") == 1
    with socket.socket() as taken, contextlib.suppress(OSError):
        taken.bind(("127.0.0.1", 8000))  # nobody answers there, and nobody else can
        assert says("alive.py") == 1


def test_nginx_finds_plenum_however_often_its_container_is_made_anew():
    found = services()
    door = found["nginx"]["environment"]["UPSTREAM"]
    assert door in found["web"]["environment"]["BIND"].split(",")
    assert door.startswith("unix:/run/plenum/")
    assert "door:/run/plenum" in found["web"]["volumes"]
    assert "door:/run/plenum:ro" in found["nginx"]["volumes"]
    image = (settings.BASE_DIR / "Dockerfile").read_text()
    [folders] = re.findall(r"^RUN install --directory --owner=10001 (.*)$", image, re.MULTILINE)
    assert {"/run/plenum", found["web"]["environment"]["PAGES_DIR"]} <= set(folders.split())


def test_the_image_is_made_of_plenum_and_of_nothing_that_is_secret():
    lines = (settings.BASE_DIR / ".dockerignore").read_text().splitlines()[1:]
    ours = {Path(app.path).name for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR}
    assert lines[0] == "*"
    assert {line[1:] for line in lines if line.startswith("!")} == ours | {
        *("deploy", "locale", "static", "templates", "manage.py", "requirements.txt")
    }
