"""What every test stands on. The database is SQLite, or the one in DATABASE_URL; nothing leaves this machine."""

import datetime as dt
import ipaddress
import os
import shutil
import sqlite3
import sys
import time
from pathlib import Path

import pytest
import time_machine
from django.test import TransactionTestCase, override_settings
from django.utils import translation
from playwright.sync_api import expect

import tests.fuzzing  # noqa: F401 # sets what made-up examples are tried with
from tests import kept, underway
from tests.chromium import CHROMIUM, CHROMIUM_ARGUMENTS

DATA = Path(os.environ.get("PLENUM_DATA", Path(__file__).parents[2] / "shared" / "data"))
PATIENCE = 60_000  # milliseconds: a machine that is slow or busy fails no test
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def data():
    """The folder of real files (schedules, calendars, validators) that the formats are tested on."""
    if not DATA.is_dir():
        pytest.skip(f"No test data in {DATA}; PLENUM_DATA may name another folder.")
    return DATA


@pytest.fixture(scope="session", autouse=True)
def quick_passwords():
    """Hashing that is slow on purpose would take most of the time of tests that sign in."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """With a browser, SQLite is in a file, as when the site runs: several pages read while another one writes.

    In memory they would all be one connection, where they get in each other's way.
    """
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3") and any(i.get_closest_marker("browser") for i in request.session.items):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def made_by_migrations(django_db_setup, django_db_blocker):
    """The rows that every test finds: groups, permissions, kinds of content.

    Django empties all tables after a test whose writes others see. Here these rows stay, so tests may come in any order.
    """
    with django_db_blocker.unblock():
        rows = kept.keep()

    def put_back(_self):
        underway.wait()
        kept.put_back(rows)

    TransactionTestCase._fixture_teardown = put_back
    return rows


@pytest.fixture
def _django_db_helper(made_by_migrations, _django_db_helper):
    """pytest-django's own, which `db`, `transactional_db` and the mark `django_db` stand on."""


@pytest.fixture(scope="session")
def published_demo(made_by_migrations, django_db_blocker, tmp_path_factory):
    """The demo, loaded and published once: (rows, folder of its pictures)."""
    from programme.demo.load import load
    from programme.publish import publish

    pictures = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=pictures), translation.override("en"):
        publish(load(dt.date(2030, 1, 31)))
        rows = kept.keep()
        kept.put_back(made_by_migrations)
    return rows, pictures


@pytest.fixture
def demo(published_demo, db, own_folders, settings):
    """The demo conference as it was published, its first day on 31 January 2030."""
    from conference.models import Conference

    rows, pictures = published_demo
    kept.put_back(rows)
    shutil.copytree(pictures, settings.MEDIA_ROOT)
    forget()  # also what the last test's browser asked for meanwhile
    return Conference.objects.get()


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    """Threads see the database of the test; on SQLite, a copy in a file, since theirs is in memory, where nobody waits."""
    from django.db import connection, connections

    if connection.vendor != "sqlite":
        yield
        return
    settings = connections.settings["default"]
    name, file = settings["NAME"], tmp_path / "plenum.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(file) as copy:
        connection.connection.backup(copy)
    copy.close()
    settings["NAME"] = str(file)
    yield
    settings["NAME"] = name


@pytest.fixture(scope="session")
def live_server(live_server):
    """pytest-django's own, which a test that is over leaves with nothing to answer any more."""
    live_server.thread.httpd.set_app(underway.watched(live_server.thread.httpd.get_app()))
    return live_server


@pytest.fixture
def server(live_server, settings):
    """The address at which a browser finds what the test puts into the database."""
    settings.PUBLIC_URL = live_server.url
    return live_server.url


@pytest.fixture
def site(server, demo):
    """The address at which a browser finds the published demo."""
    return server


@pytest.fixture
def desk(page, live_server, context):
    """A signed-in browser; fails at the end when the console told of anything: a violated policy, a script's error."""
    from tests.desk import sign_in
    from tests.factories import make_superuser

    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(context, live_server, make_superuser())
    page.at = lambda path: page.goto(live_server.url + path)
    page.said = said
    yield page
    assert "\n".join(said) == ""


@pytest.fixture(autouse=True)
def nothing_kept():
    """Every test starts as a process that has read and rendered nothing yet."""
    forget()


def forget():
    from tests import forgetting

    forgetting.forget()


@pytest.fixture(autouse=True)
def in_english():
    """Words are those of the code, where no page, person or command says which language they want."""
    with translation.override("en"):
        yield


@pytest.fixture
def clock():
    """Stands still, so that the digits of a telephone stay good; clock.shift(seconds) lets time pass."""
    with time_machine.travel(time.time(), tick=False) as clock:
        yield clock


@pytest.fixture
def english_terminal(monkeypatch):
    """An operator whose terminal is in English."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


@pytest.fixture
def own_address(settings):
    """A site that is reached from elsewhere."""
    settings.PUBLIC_URL = "https://program.example.org"


@pytest.fixture
def visitor(client):
    """Somebody who reads the public pages, without an account."""
    return client


@pytest.fixture
def staff(client):
    """Somebody who may do everything, signed in, with the admin in English."""
    from tests.factories import make_superuser

    client.force_login(make_superuser())
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def conference(db):
    """A conference with nothing in it yet."""
    from tests.factories import make_conference

    return make_conference()


@pytest.fixture
def released(conference):
    """A conference whose first release is public, with one session in it: “Sammen”."""
    from tests.factories import make_release, make_session

    make_session("Sammen")
    make_release(conference)
    return conference


@pytest.fixture
def publisher(client, db):
    """Somebody who may look and publish, signed in, with the admin in English."""
    from tests.factories import make_staff

    client.force_login(make_staff("view_session", "programme.publish", name="kari"))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def treff(tmp_path):
    """Imports events as the next export of the conference “treff”, and gives what was printed."""
    from tests.schedule_files import importer

    return importer(tmp_path)


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    """Nothing that a test writes is found by another one, or by whoever works here."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.VAR_DIR, settings.BACKUP_DIR = tmp_path / "var", tmp_path / "var" / "backups"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A test that asks for a page is a browser test, and one that asks for no database runs once, whether or not it says so."""
    for item in items:
        if {"page", "browser"} & set(item.fixturenames):
            item.add_marker("browser")
        if not item.get_closest_marker("django_db") and "django_db_setup" not in item.fixturenames:
            item.add_marker("once")


def pytest_collection_finish(session):
    """Playwright keeps an event loop running in the thread in which Django then refuses to touch the database."""
    if any(item.get_closest_marker("browser") for item in session.items):
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def browser(browser):
    """Playwright's own, with patience in each of its windows."""
    opened = browser.new_context

    def patient(*args, **options):
        context = opened(*args, **options)
        context.set_default_timeout(PATIENCE)
        return context

    browser.new_context = patient
    return browser


def stay_on_this_machine(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
        if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise AssertionError(f"A test tried to reach {host}.")


sys.addaudithook(stay_on_this_machine)
