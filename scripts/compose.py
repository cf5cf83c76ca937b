"""docker-compose.yml and the Dockerfile, read as Docker would: so that the very same commands can be started without it."""

import json
import re
import shlex
from pathlib import Path

import yaml

HOUSE = Path(__file__).resolve().parent.parent
VARIABLE = re.compile(r"\$\{(\w+)(?::(-|\?)([^}]*))?\}")


def services(given: dict[str, str]) -> dict:
    """Every service, with its variables filled in as from a file .env. Raises KeyError for one that must be given."""
    return yaml.safe_load(filled((HOUSE / "docker-compose.yml").read_text(), given))["services"]


def filled(text: str, given: dict[str, str]) -> str:
    def value(found):
        name, how, otherwise = found.groups()
        if given.get(name):
            return given[name]
        if how == "?":
            raise KeyError(name)
        return filled(otherwise or "", given)

    nested = re.compile(r"\$\{(\w+):-([^{}]*)\$\{(\w+):\?\}([^{}]*)\}")  # a default that needs another variable
    text = nested.sub(lambda found: given.get(found[1]) or f"{found[2]}${{{found[3]}:?}}{found[4]}", text)
    return VARIABLE.sub(value, text).replace("$$", "$")


def command_of(service: dict) -> list[str]:
    """What is started in its container."""
    return shlex.split(service["command"]) if "command" in service else image_command()


def health_of(service: dict) -> list[str]:
    """What tells whether its container is healthy."""
    return service["healthcheck"]["test"][1:]


def image_command() -> list[str]:
    """The Dockerfile's CMD of the last stage."""
    return json.loads(re.findall(r"^CMD (\[.*\])$", (HOUSE / "Dockerfile").read_text(), re.MULTILINE)[-1])


def asked_for() -> set[str]:
    """The names of the variables that docker-compose.yml reads from .env."""
    return set(re.findall(r"\$\{(\w+)", (HOUSE / "docker-compose.yml").read_text()))
