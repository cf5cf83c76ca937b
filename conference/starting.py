"""What stops a start, in the language of the operator's terminal. It knows no setting: it is needed while they are read."""

import gettext
import os
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

LOCALE = Path(__file__).resolve().parent.parent / "locale"
HOST = re.compile(r"\*|\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]", re.IGNORECASE)  # as Django compares it
_ = str  # marks a sentence for locale/
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


def number_from(name: str, otherwise: int, least: int = 0) -> int:
    """The whole number that a variable says; a sentence with its name, and what it says, where that is none, or too small."""
    said = os.environ.get(name) or str(otherwise)
    if not said.isdecimal():
        refuse(_("%(name)s is a whole number, not “%(said)s”."), name=name, said=said)
    if int(said) < least:
        refuse(_("%(name)s is %(least)d at least, not %(said)s."), name=name, least=least, said=said)
    return int(said)


def hosts_from(name: str, hosts: list[str]) -> list[str]:
    """Names of hosts, if they are written as browsers send them; else one sentence, which says how."""
    for host in hosts:
        if not host.isascii():
            refuse_letters(name, host)
        if not HOST.fullmatch(host):
            told = _(
                "“%(host)s” in %(name)s is no name of a host. Write names such as programme.example.org, with commas."
            )
            refuse(told, name=name, host=host)
    return hosts


def addresses_from(name: str, addresses: list[str]) -> list[str]:
    """Addresses that begin with http:// or https:// and a host; else one sentence."""
    for address in addresses:
        there = urlsplit(address)
        if there.scheme not in ("http", "https") or not there.hostname:
            told = _("%(name)s begins with https://, such as https://programme.example.org. It is “%(said)s” now.")
            refuse(told, name=name, said=address)
        if not there.hostname.isascii():
            refuse_letters(name, there.hostname)
    return addresses


def refuse_letters(name, host):
    """RFC 5891: what people read as “blåbær.no” is “xn--blbr-roah.no” to machines."""
    try:
        sent = host.encode("idna").decode()
    except UnicodeError:
        sent = "xn--…"
    refuse(_("Write “%(host)s” in %(name)s as browsers send it: %(sent)s."), host=host, name=name, sent=sent)
