"""Every sentence people read is set as its language sets it, and calls a thing by its one name.

The names are those that visitors and organisers use: a session is a programpost or a séance, wherever it stands.
"""

import re

import polib
import pytest
from django.conf import settings

from programme.demo.load import read

NO_BREAK = "\u00a0"
NARROW = "\u202f"
LEFT_OUT = re.compile(r"%%?\(\w+\)[sd]|\{\w*\}|%[sd]|</?\w[^>]*>|https?:\S*|\b\d\d:\d\d\b|--\w+")
STRAIGHT = (re.compile(r"""["']"""), "a straight quotation mark or apostrophe")
NORWEGIAN = [
    STRAIGHT,
    (re.compile("[“”‘„]"), "quotation marks that are not «»"),
    (re.compile(r"« | »| [:;!?](?!\w)| - "), "a space or a hyphen that Norwegian does not have here"),
]
SETTING = {
    "nb": NORWEGIAN,
    "nn": NORWEGIAN,
    "en": [
        STRAIGHT,
        (re.compile("[«»„]"), "quotation marks that are not “”"),
        (re.compile(r" [:;!?](?!\w)"), "a space"),
    ],
    "fr": [
        STRAIGHT,
        (re.compile("[“”‘„]"), "quotation marks that are not « »"),
        (re.compile(rf"«(?!{NARROW})|(?<!{NARROW})[;!?»]"), "; ! ? « or » without its narrow no-break space"),
        (re.compile(rf"(?<!{NO_BREAK}):"), "a colon without its no-break space"),
        (re.compile(" [–%]|(?<=\\d) (?=[hM])"), "a space at which a line must not break"),
    ],
}
OTHER_NAMES = {
    "nb": r"(?<!ings)sesjon\w*|foredragsholder\w*|moderator\w*|slot\w*|synk\w*|keynote\w*|speaker\w*|session\w*",
    "nn": r"(?<!ings)sesjon\w*|foredragshaldar\w*|moderator\w*|slot\w*|synk\w*|keynote\w*|speaker\w*|session\w*",
    "en": r"slots?|sync\w*|programs?|colors?|canceled|organiz\w+|customiz\w+|presenters?",
    "fr": r"sessions?|orateurs?|oratrices?|conférenciers?|speakers?|slots?|sync\w*|pistes?|évènements?"
    r"|(?:intervenant|participant|modérateur)s?(?!·)",
}
BOKMAAL = (
    r"ikke|jeg|hun|dere|hva|hvem|hvor|hvordan|hvorfor|hvilke\w*|hvis|hver\w*|være|gjøre|noe|noen|bare|mer|fra|en|et|"
    r"ble|siden|mye|selv|også|uten|mens|nå|språkene|dager|endringer|programposter|innleder\w*|ordstyrer\w*"
)


def problems_of(words, language):
    """What is wrong with the way these words are set, or with a name in them."""
    bare = LEFT_OUT.sub("X", words)
    yield from (problem for pattern, problem in SETTING[language] if pattern.search(bare))
    names = OTHER_NAMES[language] + (f"|{BOKMAAL}" if language == "nn" else "")
    unquoted = re.sub("«[^»]*»|“[^”]*”", "X", bare)  # what another program calls its buttons is quoted
    for name in re.findall(rf"(?<![\w·-])(?:{names})(?![\w-])", unquoted, re.IGNORECASE):
        yield f"“{name}”, which has another name"


def catalogue(language):
    found = polib.pofile(settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po")
    return [entry for entry in found if not entry.obsolete and not (entry.msgctxt or "").startswith("date format")]


def sentences(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def end_of(words):
    """The sign that ends a sentence, and that its translation ends with, too; what a quotation ends with is its own."""
    return (re.findall(r"[.!?:…]$", words.replace(" …", "…")) or [""])[0]


@pytest.mark.parametrize("language", ["nb", "nn", "fr"])
def test_translations_are_set_as_their_language_sets_them(language):
    entries = catalogue(language)
    found = [
        f"{problem}: {words}"
        for entry in entries
        for words in sentences(entry)
        for problem in [
            *problems_of(words, language),
            *(["another end"] if end_of(entry.msgid) != end_of(words) and not entry.msgid.endswith(".”") else []),
        ]
    ]

    assert len(entries) > 1000
    assert found == []


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


def set_wrong(words, language):
    return [problem for pattern, problem in SETTING[language] if pattern.search(LEFT_OUT.sub("X", words))]


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
