"""The commands that docs/operate.md tells an operator to type."""

import re
import shlex

from compose import HOUSE

IN_WEB = ["docker", "compose", "exec", "web", "python", "manage.py"]


def commands() -> list[str]:
    """Each line that is indented as code, without the remark behind it, in the document's order."""
    lines = (HOUSE / "docs" / "operate.md").read_text().splitlines()
    return [re.sub(r"\s+# .*", "", line).strip() for line in lines if line.startswith("    ") and line.strip()]


def in_web() -> list[list[str]]:
    """The arguments of each `docker compose exec web python manage.py ...`."""
    typed = [shlex.split(command) for command in commands()]
    return [words[len(IN_WEB) :] for words in typed if words[: len(IN_WEB)] == IN_WEB]


def others() -> list[str]:
    return [command for command in commands() if shlex.split(command)[: len(IN_WEB)] != IN_WEB]
