"""Fail, with a list, where locale/ lacks a sentence of the code or a template, has one that is not set as its language
sets it or calls a thing by another name (words.py), or holds a .mo older than its .po."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib
from words import SETTING, problems_of_translation

ROOT = Path(__file__).parent.parent
LANGUAGES = ["nb", "nn", "en", "fr"]
NOT_COPIED = shutil.ignore_patterns(".*", "var", "__pycache__")
MAKEMESSAGES = ["manage.py", "makemessages", "--locale=en", "--keep-pot", "--ignore=tests", "--ignore=scripts"]


def main():
    sentences = sentences_in_use()
    problems = [problem for language in LANGUAGES for problem in problems_of(language, sentences)]
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"{len(sentences)} sentences in {len(LANGUAGES)} languages, {len(problems)} problems.")
    if problems:
        sys.exit("Translate them in locale/ and run: make messages")


def sentences_in_use():
    """What makemessages finds in a copy of the code, so that locale/ itself stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "plenum"
        shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
        subprocess.run([sys.executable, *MAKEMESSAGES, "--verbosity=0"], cwd=copy, check=True)
        return [(entry.msgctxt, entry.msgid) for entry in polib.pofile(copy / "locale" / "django.pot")]


def problems_of(language, sentences):
    path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return [] if language == "en" else [f"{language}: {path.relative_to(ROOT)} is missing"]
    catalogue = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(path) if not entry.obsolete}
    missing = [key for key in sentences if key not in catalogue or not catalogue[key].translated()]
    if language == "en":  # English needs words only where they differ from the code's
        missing = [key for key in missing if key in catalogue and catalogue[key].fuzzy]
    return [
        *(f"{language}: not translated, or fuzzy: {msgid!r}" for _, msgid in missing),
        *(problems_of_words(language, catalogue.values()) if language in SETTING else []),
        *problems_of_compiled(language, path),
    ]


def problems_of_words(language, entries):
    """What is wrong with the words; formats of dates are no words."""
    for entry in entries:
        if not (entry.msgctxt or "").startswith("date format"):
            for words in filter(None, entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]):
                for problem in problems_of_translation(entry.msgid, words, language):
                    yield f"{language}: {problem}: {words!r}"


def problems_of_compiled(language, path):
    checked = subprocess.run(["msgfmt", "--check-format", "-o", "/dev/null", path], capture_output=True, text=True)
    if checked.returncode:
        return [f"{language}: {checked.stderr.strip()}"]
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or words_in(polib.mofile(compiled)) != words_in(polib.pofile(path)):
        return [f"{language}: {compiled.relative_to(ROOT)} is missing or older than its .po"]
    return []


def words_in(catalogue):
    entries = catalogue.translated_entries()
    return {(e.msgctxt, e.msgid): (e.msgstr, tuple(e.msgstr_plural.values())) for e in entries}


if __name__ == "__main__":
    main()
