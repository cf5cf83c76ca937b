"""An operator who forgot something is told so in one sentence."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


def start(tmp_path, command="check", **environment):
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", command],
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


def test_a_second_factor_is_optional_or_required(tmp_path):
    told = start(tmp_path, DEBUG="1", SECOND_FACTOR="maybe")
    assert (told.returncode, "optional or required" in told.stderr) == (3, True)


def test_debug_needs_nothing_else(tmp_path):
    assert start(tmp_path, DEBUG="1").returncode == 0


def test_production_needs_a_secret_and_a_host(tmp_path):
    told = start(tmp_path, SECRET_KEY="x" * 60, ALLOWED_HOSTS="program.example.no")
    assert told.returncode == 0, told.stderr


def test_the_doctor_has_words_for_a_database_without_tables(tmp_path):
    told = start(tmp_path, "doctor", SECRET_KEY="x" * 60, ALLOWED_HOSTS="program.example.no", LANG="nn_NO.UTF-8")
    assert (told.returncode, told.stderr) == (1, "")
    assert "manage.py migrate" in told.stdout
