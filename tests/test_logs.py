"""What the operator can read of the site: its lines and its numbers, and nothing of its visitors in them."""

import datetime as dt
import json
import logging
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from conference.logs import JsonLines, configuration, current, request_id, without_tokens
from programme import middleware
from programme.models import PreviewLink
from programme.preview_links import token_of
from programme.watch import turn
from tests.factories import make_release, make_session, make_staff

pytestmark = pytest.mark.django_db
NGINX = "deploy/nginx/nginx.conf.template"


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def lines():
    """The JSON lines that are written while the test runs."""
    found = []

    class Keep(logging.Handler):
        def emit(self, record):
            found.append(self.format(record))

    handler = Keep()
    handler.setFormatter(JsonLines())
    handler.addFilter(without_tokens)
    names = ("", "plenum")
    levels = [logging.getLogger(name).level for name in names]
    logging.getLogger().addHandler(handler)
    logging.getLogger("plenum").setLevel("INFO")
    yield found
    logging.getLogger().removeHandler(handler)
    for name, level in zip(names, levels, strict=True):
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def programme():
    make_session("Sammen")
    return make_release()


def test_each_request_of_staff_is_one_line_of_json(client, lines):
    staff = make_staff(name="kari.nordmann")
    client.force_login(staff)
    client.get("/admin/?q=hemmelig", headers={"x-request-id": "from-the-proxy-1"}, REMOTE_ADDR="203.0.113.9")

    told = json.loads(lines[-1])
    assert told["request"] == "from-the-proxy-1"
    assert (told["status"], told["method"], told["route"], told["staff"]) == (200, "GET", "admin/", staff.pk)
    assert told["milliseconds"] > 0
    assert not any(word in "".join(lines) for word in ("203.0.113.9", "hemmelig", "kari"))


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "with spaces in it", 'quote"and{brace', "new\nline-123"])
def test_an_odd_request_id_is_replaced(given):
    token = current.set({"HTTP_X_REQUEST_ID": given})
    made = request_id()
    assert made != given
    assert len(made) == 32
    assert request_id() == made
    current.reset(token)


def test_staff_can_quote_the_id_of_their_request(client):
    answer = client.get("/admin/login/", headers={"x-request-id": "from-the-proxy-2"})
    assert answer.headers["X-Request-ID"] == "from-the-proxy-2"


def test_a_public_page_that_fails_is_told_with_its_id_and_without_its_query(
    visitor, programme, lines, monkeypatch, settings
):
    def fail(*_arguments):
        raise ZeroDivisionError

    monkeypatch.setattr(middleware, "serve", fail)
    answer = visitor.get("/nb/sammen/search/?q=hemmelig", headers={"x-request-id": "from-the-proxy-3"})

    told = next(line for line in map(json.loads, lines) if line["logger"] == "programme.middleware")
    assert answer.status_code == 500
    assert (told["level"], told["request"]) == ("ERROR", "from-the-proxy-3")
    assert "ZeroDivisionError" in told["error"]
    assert "hemmelig" not in "".join(lines)


def test_an_error_of_the_database_is_told_without_what_was_written(lines):
    make_staff(name="kari.nordmann")
    try:
        with transaction.atomic():
            make_staff(name="kari.nordmann")
    except IntegrityError as error:
        logging.getLogger("plenum").exception("It failed: %s", error)
    told = json.loads(lines[-1])
    assert "kari" not in told["message"]
    assert "unique constraint" in told["error"].lower()
    assert "IntegrityError" in told["error"]
    assert "kari" not in told["error"].replace('make_staff(name="kari.nordmann")', "")  # the line of this test


def test_a_line_of_json_is_one_line_whatever_it_says():
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, "two\nlines “%s”", ("ø",), None)
    line = JsonLines().format(record)
    assert "\n" not in line
    assert json.loads(line)["message"] == "two\nlines “ø”"


def test_the_address_of_a_preview_link_is_in_no_line(client, lines, programme, settings):
    """Whoever reads the log would otherwise read what is not public."""
    link = PreviewLink.objects.create(conference=programme.conference, expires_at=timezone.now() + dt.timedelta(days=1))
    token = token_of(link)
    assert client.get(f"/preview/{token}/nb/sammen/").status_code == 200
    assert client.get(f"/preview/{token}/nb/sammen/nowhere/").status_code == 404
    logging.getLogger("django.request").error("Internal Server Error: %s", f"/preview/{token}/nb/")

    assert any("Not Found: /preview/" in line for line in lines)
    assert not any(link.key in line or token in line for line in lines)
    assert "$uri" not in re.search("log_format.*", (settings.BASE_DIR / NGINX).read_text())[0]


def test_sign_ins_that_fail_leave_no_name_in_the_log():
    told = configuration("DEBUG", as_json=True)
    assert told["loggers"]["axes"]["level"] == "ERROR"
    assert told["filters"]["tokens"]["()"]() is without_tokens
    assert told["handlers"]["console"]["filters"] == ["tokens"]


# --- Numbers


def numbers(client, **sent) -> dict[str, float]:
    """{"name{labels}": value} of what Prometheus would read."""
    text = client.get("/metrics", **sent).text
    rows = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _space, value in rows}


def test_the_operator_counts_requests_by_page_and_status(client, programme):
    before = numbers(client)
    for _turn in range(3):
        client.get("/nb/sammen/sessions/sammen/")
    client.get("/nb/sammen/sessions/ukjent/")
    client.get(reverse("admin:login"))
    after = numbers(client)

    def more(name):
        return after[name] - before.get(name, 0)

    assert more('plenum_requests_total{page="session",status="200"}') == 3
    assert more('plenum_requests_total{page="session",status="404"}') == 1
    assert more('plenum_requests_total{page="staff:admin:login",status="200"}') == 1
    assert more('plenum_answer_seconds_count{page="session"}') == 2


@pytest.mark.django_db(transaction=True)  # a backup sees one moment of the database, from its first query on
def test_the_operator_sees_which_release_is_shown_and_how_jobs_ended(client, programme, settings, tmp_path):
    settings.VAR_DIR, settings.BACKUP_DIR = tmp_path, tmp_path / "backups"
    turn()
    assert numbers(client)['plenum_job_age_seconds{job="backup"}'] == float("inf"), (
        "it never succeeded: somebody is woken"
    )
    call_command("publish_due")
    call_command("backup", verbosity=0)
    with pytest.raises(CommandError):
        call_command("backup", "--keep", "0")
    found = numbers(client)

    assert found['plenum_release{conference="sammen"}'] == 1
    assert found['plenum_release_published_seconds{conference="sammen"}'] == pytest.approx(
        programme.published_at.timestamp()
    )
    assert found["plenum_answers_bytes"] > 1000
    assert found['plenum_job_age_seconds{job="backup"}'] < 3600
    assert found['plenum_job_failed{job="backup"}'] == 1
    assert found['plenum_job_failed{job="publish_due"}'] == 0
    call_command("backup", verbosity=0)
    assert numbers(client)['plenum_job_failed{job="backup"}'] == 0


@pytest.mark.parametrize(
    "sent",
    [
        {"REMOTE_ADDR": "203.0.113.9"},
        {"headers": {"x-forwarded-for": "127.0.0.1"}},
        {"headers": {"x-forwarded-proto": "https"}},
        {"headers": {"authorization": "Bearer wrong"}},
        {"headers": {"authorization": "Bearer "}, "REMOTE_ADDR": "203.0.113.9"},
    ],
)
def test_nobody_else_reads_the_numbers(client, settings, sent):
    settings.METRICS_TOKEN = "a long token" if "authorization" in sent.get("headers", {}) else ""
    assert client.get("/metrics", **sent).status_code == 404


def test_a_token_opens_the_numbers_from_elsewhere(client, settings):
    settings.METRICS_TOKEN = "a long token"
    sent = {"headers": {"authorization": "Bearer a long token"}, "REMOTE_ADDR": "203.0.113.9"}
    assert client.get("/metrics", **sent).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_a_monitor_may_call_the_host_what_it_likes_and_is_not_in_the_log(client, settings, lines, path):
    settings.METRICS_TOKEN, settings.SECURE_SSL_REDIRECT = "a long token", True
    sent = {"headers": {"authorization": "Bearer a long token", "host": "web:8000"}, "REMOTE_ADDR": "10.0.0.7"}
    assert client.get(path, **sent).status_code == 200
    assert lines == []
    assert client.get("/admin/", **sent).status_code == 400
