"""An operator who forgot something is told so in one sentence."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


def start(tmp_path, *command, **environment):
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *(command or ["check"])],
        cwd=settings.BASE_DIR,
        env=clean | {"VAR_DIR": str(tmp_path)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("missing", "given"), [("SECRET_KEY", {}), ("ALLOWED_HOSTS", {"SECRET_KEY": "long enough"})])
def test_what_is_missing_is_named_in_one_sentence(tmp_path, missing, given):
    told = start(tmp_path, **given)

    assert told.returncode == 3
    assert missing in told.stderr
    assert told.stderr.count("\n") == 1


REFUSED = [
    ({"SECOND_FACTOR": "maybe"}, "SECOND_FACTOR er enten optional eller required"),
    ({"AUDIT_DAYS": "a year"}, "AUDIT_DAYS er et helt tall, ikke «a year»"),
    ({"SECURE_HSTS_SECONDS": "-1"}, "SECURE_HSTS_SECONDS er et helt tall"),
    ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL er DEBUG, INFO, WARNING eller ERROR"),
    ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL begynner med postgres://"),
    ({"DATABASE_URL": "postgres://plenum:a[b@database/plenum"}, "DATABASE_URL kan ikke leses"),
    ({"ALLOWED_HOSTS": "a.example b.example"}, "«a.example b.example» i ALLOWED_HOSTS er ikke navnet på en vert"),
    ({"ALLOWED_HOSTS": "a.example,b.example:8443"}, "«b.example:8443» i ALLOWED_HOSTS er ikke navnet på en vert"),
    (
        {"ALLOWED_HOSTS": "blåbær.example"},
        "Skriv «blåbær.example» i ALLOWED_HOSTS slik nettlesere sender det: xn--blbr-roah.example.",
    ),
    ({"PUBLIC_URL": "https://blåbær.example"}, "Skriv «blåbær.example» i PUBLIC_URL slik nettlesere"),
    ({"PUBLIC_URL": "a.example"}, "PUBLIC_URL begynner med https://"),
    ({"CSRF_TRUSTED_ORIGINS": "https://a.example,b.example"}, "CSRF_TRUSTED_ORIGINS begynner med https://"),
    ({"VAR_DIR": "/proc/plenum"}, "VAR_DIR (/proc/plenum) kan ikke lages"),
]


@pytest.mark.parametrize(("wrong", "sentence"), REFUSED)
def test_a_value_that_makes_no_sense_is_refused_in_the_operators_language(tmp_path, wrong, sentence):
    told = start(tmp_path, **({"DEBUG": "1", "LANG": "nb_NO.UTF-8"} | wrong))
    assert (told.returncode, told.stderr.count("\n")) == (3, 1), told.stderr
    assert sentence in told.stderr


def test_a_server_without_processes_is_refused(tmp_path):
    server = "import runpy; runpy.run_path('deploy/gunicorn.conf.py')"
    told = start(tmp_path, "shell", "-c", server, DEBUG="1", LANG="nb_NO.UTF-8", WEB_CONCURRENCY="0")
    assert (told.returncode, told.stderr) == (3, "WEB_CONCURRENCY er minst 1, ikke 0.\n")


@pytest.mark.parametrize("command", ["doctor", "backup", "publish_due", "purge_log", "publish x", "restore x"])
def test_without_its_database_a_command_says_so_in_one_sentence(tmp_path, command):
    nobody = "postgres://plenum:secret@127.0.0.1:9/plenum"
    told = start(tmp_path, *command.split(), DEBUG="1", LANG="fr_FR.UTF-8", DATABASE_URL=nobody)
    said = told.stdout + told.stderr
    assert (told.returncode, "Traceback" in said) == (1, False), said
    assert "La base de données ne répond pas" in said or command.startswith("restore")
    assert "secret" not in said


def test_debug_needs_nothing_else(tmp_path):
    assert start(tmp_path, DEBUG="1").returncode == 0


def test_production_needs_a_secret_and_a_host(tmp_path):
    told = start(tmp_path, SECRET_KEY="x" * 60, ALLOWED_HOSTS="program.example.no")
    assert told.returncode == 0, told.stderr


def test_the_doctor_has_words_for_a_database_without_tables(tmp_path):
    told = start(tmp_path, "doctor", SECRET_KEY="x" * 60, ALLOWED_HOSTS="program.example.no", LANG="nn_NO.UTF-8")
    assert (told.returncode, told.stderr) == (1, "")
    assert "manage.py migrate" in told.stdout
