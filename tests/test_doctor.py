"""An operator asks what is wrong with the installation, and is told in words."""

import datetime as dt
import os
import ssl
import subprocess
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from conference.backup import backup
from conference.metrics import job_done
from conference.models import Conference
from programme import doctor_files, doctor_visit
from programme.models import PlannedRelease, Release
from speakers.models import Person


@pytest.fixture
def well(transactional_db, demo, settings, tmp_path):
    """An installation in which nothing is wrong."""
    settings.DEBUG = False
    settings.SECRET_KEY = "Qm3v8yZ1tLw6sRk0pXe5uJc9hBa2nGf7dVi4oTq8xYr1zM"
    settings.ALLOWED_HOSTS, settings.PUBLIC_URL = ["programme.example.org"], "https://programme.example.org"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS, settings.SECOND_FACTOR = 31_536_000, "required"
    settings.VAR_DIR, settings.BACKUP_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "backups", tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "staticfiles.json").write_text("{}")
    User.objects.create_superuser("kari", password="a long password")
    backup(settings.BACKUP_DIR)
    job_done("publish_due", succeeded=True)
    return settings


def told(capsys):
    """(exit status, what was written)"""
    try:
        call_command("doctor")
    except SystemExit as stopped:
        return stopped.code, capsys.readouterr().out
    return 0, capsys.readouterr().out


def test_an_operator_hears_that_all_is_well(well, capsys):
    status, words = told(capsys)
    assert status == 0
    assert words == "✓ Everything is as it should be.\n" or connection.vendor == "sqlite"
    assert [line for line in words.splitlines() if "SQLite" not in line and "as it should" not in line] == []


def test_an_operator_hears_of_superusers_without_a_second_factor(well, capsys):
    well.SECOND_FACTOR = "optional"
    status, words = told(capsys)
    assert (status, "no second factor: kari" in words) == (0, True)


SETTINGS = [
    ({"SECRET_KEY": "replace-this-by-a-long-random-text"}, "everybody knows"),
    ({"SECRET_KEY": "short"}, "short or simple"),
    ({"DEBUG": True}, "DEBUG is on"),
    ({"ALLOWED_HOSTS": ["*"]}, "every host"),
    ({"ALLOWED_HOSTS": ["elsewhere.example.org"]}, "not among ALLOWED_HOSTS"),
    ({"PUBLIC_URL": "https://programme.example.org/2030"}, "has a path"),
    ({"PUBLIC_URL": "http://programme.example.org"}, "not HTTPS"),
    ({"LOCALE_PATHS": [Path("/nowhere")]}, "Translations are missing: /nowhere/nb"),
    ({"PAGES_DIR": Path("/proc/pages")}, "PAGES_DIR (/proc/pages) cannot be written to"),
    ({"BACKUP_DIR": Path("/proc/backups")}, "BACKUP_DIR (/proc/backups) cannot be written to"),
    ({"PAGES_DIR": Path("/proc/pages")}, "PAGES_DIR (/proc/pages) cannot be written to"),
]


@pytest.mark.parametrize(
    "changed", [{"SECURE_HSTS_SECONDS": 3600}, {"SECURE_PROXY_SSL_HEADER": None}, {"workers": "1"}]
)
def test_an_operator_hears_of_what_is_worth_a_look(well, capsys, monkeypatch, changed):
    [(name, value)] = changed.items()
    if name == "workers":
        name = "WEB_CONCURRENCY"
        monkeypatch.setenv(name, value)
    else:
        setattr(well, name, value)
    status, words = told(capsys)
    assert (status, name.replace("SECURE_PROXY_SSL_HEADER", "BEHIND_PROXY") in words) == (0, True)


@pytest.mark.parametrize(("changed", "sentence"), SETTINGS)
def test_an_operator_hears_of_a_wrong_setting(well, capsys, changed, sentence):
    for name, value in changed.items():
        setattr(well, name, value)
    status, words = told(capsys)
    assert status == 1
    assert sentence in words


def test_an_operator_hears_of_a_password_that_is_only_an_example(well, capsys, monkeypatch):
    monkeypatch.setitem(well.DATABASES["default"], "PASSWORD", "replace-this-too")
    assert "POSTGRES_PASSWORD is one that everybody knows" in told(capsys)[1]


def test_an_operator_hears_of_files_that_are_missing(well, capsys, tmp_path, monkeypatch):
    (tmp_path / "static" / "staticfiles.json").unlink()
    well.MEDIA_ROOT = tmp_path / "static" / "file" / "media"
    (tmp_path / "static" / "file").write_text("not a folder")
    monkeypatch.setattr(doctor_files.shutil, "disk_usage", lambda folder: SimpleNamespace(free=5_000_000))
    status, words = told(capsys)
    assert status == 1
    for sentence in ("collectstatic", "cannot be written to", "Only 5 MB"):
        assert sentence in words


def test_an_operator_hears_of_missing_and_old_backups(well, capsys):
    [made] = well.BACKUP_DIR.iterdir()
    two_days_ago = made.stat().st_mtime - 48 * 3600
    os.utime(made, (two_days_ago, two_days_ago))
    assert "48 hours old" in told(capsys)[1]
    os.utime(made, (32472144000, 32472144000))
    assert "is from the future" in told(capsys)[1]
    os.utime(made)
    whole = made.read_bytes()
    made.write_bytes(whole[: len(whole) // 2])
    assert "is not a complete backup" in told(capsys)[1]
    made.unlink()
    status, words = told(capsys)
    assert status == 1
    assert "no backup" in words


def test_an_operator_hears_of_a_release_that_cannot_be_read(well, capsys):
    Release.objects.update(programme={"schema": 999})
    status, words = told(capsys)
    assert status == 1
    assert "release of “sammen” cannot be read" in words


def test_an_operator_hears_who_is_missing_and_what_is_unmarked(well, capsys):
    Conference.objects.update(is_current=False)
    words = told(capsys)[1]
    assert "No conference is the current one" in words
    User.objects.update(is_superuser=False)
    assert "createsuperuser" in told(capsys)[1]


def test_an_operator_hears_of_what_is_lost_overdue_or_failed(well, capsys):
    Path(well.MEDIA_ROOT, Person.objects.exclude(photo="").first().photo.name).unlink()
    Conference.objects.update(contact_email="", timezone="Europe/Nowhere")
    conference = Conference.objects.get()
    PlannedRelease.objects.create(
        conference=conference, due_at=timezone.now() - dt.timedelta(hours=1), programme={}, note={}, chosen=[]
    )
    job_done("publish_due", succeeded=False)
    os.utime(well.VAR_DIR / "jobs" / "publish_due", (0, 0))
    status, words = told(capsys)
    assert status == 1
    for sentence in (
        *("1 uploaded file is missing", "“sammen” has no e-mail address", "Europe/Nowhere, is not known"),
        *("planned for “sammen” is overdue", "manage.py publish_due failed", "publish_due has not run of late"),
    ):
        assert sentence in words


def test_an_operator_hears_what_only_shows_from_outside(well, live_server, capsys):
    def heard():
        return list(doctor_visit.visit())

    well.PUBLIC_URL = live_server.url
    well.METRICS_TOKEN, well.ALLOWED_HOSTS = "", ["localhost", "127.0.0.1"]
    said = " ".join(finding.words for finding in heard())
    assert "X-Forwarded-Proto" in said, "this server says nothing of HTTPS"
    assert "Everybody can read /metrics" in said
    well.SECURE_SSL_REDIRECT = True
    assert "X-Forwarded-Proto" in heard()[0].words, "visitors are sent round in circles"
    well.SECURE_SSL_REDIRECT, well.ALLOWED_HOSTS = False, ["elsewhere.example.org"]
    assert "answers with 400" in heard()[0].words
    well.PUBLIC_URL = "http://127.0.0.1:9"
    assert "does not answer" in heard()[0].words


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *said):
        pass


@pytest.fixture
def with_certificate(tmp_path):
    """(address, file) of a server with a certificate of its own, which is good for three days."""
    files = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    made = "openssl req -x509 -newkey rsa:2048 -nodes -days 3 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run([*made.split(), "-keyout", files[0], "-out", files[1]], check=True, capture_output=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files[1], files[0])
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://localhost:{server.server_port}", files[1]
    server.shutdown()
    server.server_close()


def test_an_operator_hears_of_a_certificate_that_ends_soon_or_is_none(well, with_certificate, monkeypatch):
    well.PUBLIC_URL, trusted = with_certificate
    assert [finding.words for finding in doctor_visit.visit()] == [
        f"Browsers do not accept the certificate of {well.PUBLIC_URL} (self-signed certificate). Renew it, and let nginx read the new one."
    ]
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    said = [finding.words for finding in doctor_visit.visit()]
    assert "answers with 404" in said[0]
    assert "good for 2 days more" in said[-1]


def test_an_operator_hears_of_a_database_that_is_behind(well, capsys):
    call_command("migrate", "programme", "0002", verbosity=0)
    try:
        status, words = told(capsys)
    finally:
        call_command("migrate", verbosity=0)
    assert status == 1
    assert "manage.py migrate" in words


def test_an_operator_hears_in_their_own_language(well, capsys, monkeypatch):
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    well.DEBUG = True
    assert "DEBUG is on" not in told(capsys)[1]
