"""Files as visitors get them in production."""

from pathlib import Path

import pytest
from django.core.management import call_command
from rjsmin import jsmin

pytestmark = pytest.mark.once


def test_scripts_are_whole_and_without_what_is_for_their_authors(settings, tmp_path):
    settings.DEBUG, settings.STATIC_ROOT = False, tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "conference.static_files.Slim"}}
    call_command("collectstatic", "--no-input", verbosity=0)

    ours = [path for folder in ("modules", "offline", "admin-plenum") for path in Path("static", folder).glob("*.js")]
    assert len(ours) > 30
    for path in ours:
        slim = jsmin(path.read_text())
        copies = [
            *(tmp_path / path.parent.name).glob(f"{path.stem}.js"),
            *(tmp_path / path.parent.name).glob(f"{path.stem}.????????????.js"),
        ]
        assert [copy.read_text() for copy in copies] == [slim, slim], path
        assert 0.2 < len(slim) / len(path.read_text()) < 1, path
