"""Somebody adds German by following docs/languages.md, in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
PROJECT = Path(__file__).parents[1]
RECIPE = (PROJECT / "docs" / "languages.md").read_text()
KEPT = ["conference", "sessions", "speakers", "programme", "templates", "static", "locale", "tests", "manage.py"]

LOOK = """
import datetime as dt
from django.test import Client
from django.contrib.auth import get_user_model
from conference.models import Conference
from programme.publish import publish
from sessions.models import Session

conference = Conference.objects.create(
    name_de="Zusammen", slug="zusammen", starts_on=dt.date(2030, 1, 31), ends_on=dt.date(2030, 2, 1), languages=["de", "nb"], is_current=True
)
staff = Client(SERVER_NAME="localhost")
staff.force_login(get_user_model().objects.create_superuser("staff"))
form = staff.get("/admin/conference_sessions/session/add/").content.decode()
for name in ("title_de", "parts-0-title_de", "speakers-0-contribution_de", "questions-0-text_de"):
    assert f'name="{name}"' in form, name
assert "Deutsch" in form

Session.objects.create(conference=conference, title_de="Gemeinsam gegen Menschenhandel", slug="gemeinsam", state="public")
publish(conference)
answer = Client(SERVER_NAME="localhost").get("/de/zusammen/sessions/gemeinsam/")
assert answer.status_code == 200, answer.status_code
page = answer.content.decode()
assert '<html lang="de"' in page, page[:300]
assert "Gemeinsam gegen Menschenhandel" in page
print("all is well")
"""


@pytest.fixture
def copy(tmp_path):
    for name in KEPT:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(PROJECT / name, tmp_path / name)
    return tmp_path


def run(copy, *command, code=None):
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    answer = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=copy, input=code, capture_output=True, text=True, env=kept | {"DEBUG": "1", "VAR_DIR": str(copy / "var")},
    )  # fmt: skip
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def test_following_the_recipe_gives_german_fields_and_german_pages(copy):
    settings = copy / "conference" / "settings.py"
    line = next(line.strip() for line in RECIPE.splitlines() if line.strip().startswith("LANGUAGES = "))
    changed = re.sub(r"^LANGUAGES = .*$", line, settings.read_text(), flags=re.MULTILINE)
    assert changed != settings.read_text()
    settings.write_text(changed)
    commands = re.findall(r"manage\.py (makemigrations .*|migrate)$", RECIPE, flags=re.MULTILINE)
    assert len(commands) == 2

    for command in commands:
        run(copy, *command.split())

    made = sorted(path.parent.parent.name for path in copy.glob("*/migrations/*_speak_german.py"))
    assert made == ["conference", "sessions", "speakers"]
    run(copy, "makemigrations", "--check", "--dry-run")
    assert "all is well" in run(copy, "shell", "--verbosity", "0", "--command", LOOK)
