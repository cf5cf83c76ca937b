"""What stops a start, in the language of the operator's terminal. It knows no setting: it is needed while they are read."""

import gettext
import os
import sys
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"
OWN = "en"  # what the sentences in the code are written in


def operators_language(environment) -> str:
    """One of our languages from the locale variables (POSIX.1-2017, 8.2), such as LANG=nn_NO.UTF-8; else English."""
    said = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    code = said.partition(".")[0].partition("_")[0].lower()
    code = {"no": "nb"}.get(code, code)
    return code if (LOCALE / code / "LC_MESSAGES").is_dir() and code else OWN


def refuse(sentence: str, **facts):
    """Stop the start with one sentence, and with the exit status at which gunicorn does not try again."""
    language = operators_language(os.environ)
    print(gettext.translation("django", LOCALE, [language], fallback=True).gettext(sentence) % facts, file=sys.stderr)
    raise SystemExit(3)


def number_from(name: str, otherwise: int, sentence: str) -> int:
    """The whole number that a variable says; a sentence with its name, and what it says, where that is none."""
    said = os.environ.get(name) or str(otherwise)
    return int(said) if said.isdecimal() else refuse(sentence, name=name, said=said)
