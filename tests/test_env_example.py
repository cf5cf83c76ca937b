"""An operator finds every setting explained in .env.example, and what is explained there has an effect."""

import re

import compose
from django.conf import settings

READ = re.compile(r'(?:os\.environ\.get\(|os\.environ\[|claim\(|listed\(|number_from\()\s*"([A-Z][A-Z_]+)"')
SET_BY_ITSELF = {"DJANGO_SETTINGS_MODULE", "PROMETHEUS_MULTIPROC_DIR"}
OWN_OF_THE_IMAGE = {"BACKUP_DIR", "BEHIND_PROXY", "BIND", "LANG", "PAGES_DIR"}  # compose says what they are
WITHOUT_DOCKER = "# Without Docker Compose"


def read_by_the_code():
    files = [f for room in ("conference", "sessions", "speakers", "programme", "deploy") for f in rooms(room)]
    return {name for file in files for name in READ.findall(file.read_text())} - SET_BY_ITSELF


def rooms(name):
    return (settings.BASE_DIR / name).rglob("*.py")


def explained(text):
    """Each setting that stands in a part of the file, with the remark before it."""
    names, remark = {}, ""
    for line in text.splitlines():
        if found := re.fullmatch(r"#?([A-Z][A-Z_]+)=.*", line):
            names[found[1]] = remark
        elif line.startswith("# "):
            remark = line
    return names


def test_every_setting_is_explained_and_reaches_the_containers():
    with_docker, without = (settings.BASE_DIR / ".env.example").read_text().split(WITHOUT_DOCKER)
    read, of_compose = read_by_the_code(), compose.asked_for()

    assert len(read) > 18
    assert read - {*explained(with_docker), *explained(without)} == set(), "explain it"
    assert explained(without).keys() - read == set(), "nothing reads it"
    assert set(explained(with_docker)) == of_compose, "what Docker Compose is given, and what it passes on"
    assert all(explained(with_docker).values())
    given = compose.services(dict.fromkeys(of_compose, "given"))["web"]["environment"]
    assert read & set(explained(with_docker)) <= set(given)
    assert set(given) - of_compose == OWN_OF_THE_IMAGE


def test_what_a_shell_has_anyhow_is_no_setting():
    """Docker Compose lets the shell that calls it come before .env: such a setting would do nothing, and nobody would know why."""
    usual = {"HOME", "HOSTNAME", "LANG", "LANGUAGE", "LC_ALL", "LOGNAME", "MAIL", "PATH", "PWD", "SHELL", "TERM", "TZ", "USER"}  # fmt: skip
    assert not compose.asked_for() & usual
