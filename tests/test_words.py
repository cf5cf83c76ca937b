"""Every sentence people read is set as its language sets it, and calls a thing by its one name."""

import polib
import pytest
from django.conf import settings

from programme.demo.load import read
from programme.formats.plain_text import one_line
from programme.markup import shortened, text
from scripts.words import SETTING, problems_of, problems_of_translation, set_wrong


def catalogue(language):
    found = polib.pofile(settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po")
    return [entry for entry in found if not entry.obsolete and not (entry.msgctxt or "").startswith("date format")]


@pytest.mark.parametrize("language", ["nb", "nn", "fr"])
def test_translations_are_set_as_their_language_sets_them(language):
    told = [
        (entry.msgid, words)
        for entry in catalogue(language)
        for words in (entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr])
    ]

    assert len(told) > 1000
    assert [
        f"{what}: {words}" for msgid, words in told for what in problems_of_translation(msgid, words, language)
    ] == []


def test_sentences_in_the_code_are_british_and_set_with_care():
    ours = [entry for entry in catalogue("nb") if "conference/admin_words.py" not in dict(entry.occurrences)]

    assert len(ours) > 1000
    assert [f"{problem}: {entry.msgid}" for entry in ours for problem in problems_of(entry.msgid, "en")] == []


def test_the_demo_is_set_as_its_languages_set_it():
    told = list(texts_of(read()))

    assert len(told) > 1000
    assert [f"{problem}: {words}" for language, words in told for problem in set_wrong(words, language)] == []


def texts_of(value):
    """(language, words) of every translated text in the demo's files."""
    if isinstance(value, list):
        for each in value:
            yield from texts_of(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from [(key, each)] if key in SETTING and isinstance(each, str) else texts_of(each)


@pytest.mark.parametrize(
    ("language", "wrong", "right"),
    [
        ("nb", 'Åpne "Lunsj"', "Åpne «Lunsj»"),
        ("nb", "Legg til en foredragsholder", "Legg til en innleder"),
        ("nn", "Det er ikke lagra", "Det er ikkje lagra"),
        ("en", "Change the program", "Change the programme"),
        ("fr", "Que puis-je suivre ?", "Que puis-je suivre\u202f?"),
        ("fr", "L'heure: 13 h", "L’heure\u00a0: 13\u00a0h"),
        ("fr", "Ajouter une session", "Ajouter une séance"),
        ("fr", "Les participants", "Les participant·e·s"),
    ],
)
def test_a_slip_is_found(language, wrong, right):
    assert list(problems_of(wrong, language)) != []
    assert list(problems_of(right, language)) == []


def test_a_translation_ends_as_its_sentence():
    assert list(problems_of_translation("Nothing is lost.", "Ingenting er tapt", "nb")) != []


def test_no_break_spaces_stay_in_what_is_shared():
    asked = "Que puis-je suivre\u202f?"

    assert one_line(f" {asked}\n Oui. ") == text(f"*{asked}*  \nOui.") == f"{asked} Oui."


def test_a_description_ends_after_a_whole_word():
    assert shortened("Une séance, deux parties", 14) == "Une séance…"
    assert shortened("Une séance", 14) == "Une séance"
