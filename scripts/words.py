"""How each language sets what people read, and the names that things do not have.

The names that they do have are those that visitors and organisers use: a session is a programpost or a séance, wherever
it stands. `scripts/check_translations.py` and tests/test_words.py ask here.
"""

import re

NO_BREAK = "\u00a0"
NARROW = "\u202f"
LEFT_OUT = re.compile(r"%%?\(\w+\)[sd]|\{\w*\}|%[sd]|</?\w[^>]*>|\w+://\S*|\b\d\d:\d\d\b|--\w+")
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
    "en": r"slots?|sync\w*|program|colors?|canceled|organiz\w+|customiz\w+|presenters?",
    "fr": r"sessions?(?! (?:de connexion|ouverte))|orateurs?|oratrices?|conférenciers?|speakers?|slots?|sync\w*|pistes?|évènements?"
    r"|(?:intervenant|participant|modérateur)s?(?!·)",
}
BOKMAAL = (
    r"ikke|jeg|hun|dere|hva|hvem|hvor|hvordan|hvorfor|hvilke\w*|hvis|hver\w*|være|gjøre|noe|noen|bare|mer|fra|en|et|"
    r"ble|siden|mye|selv|også|uten|mens|nå|språkene|dager|endringer|programposter|innleder\w*|ordstyrer\w*"
)


def problems_of(words, language):
    """What is wrong with the way these words are set, or with a name in them."""
    yield from set_wrong(words, language)
    bare = LEFT_OUT.sub("X", words)
    names = OTHER_NAMES[language] + (f"|{BOKMAAL}" if language == "nn" else "")
    unquoted = re.sub("«[^»]*»|“[^”]*”", "X", bare)  # what another program calls its buttons is quoted
    for name in re.findall(rf"(?<![\w·-])(?:{names})(?![\w-])", unquoted, re.IGNORECASE):
        yield f"“{name}”, which has another name"


def set_wrong(words, language):
    """What is wrong with the way these words are set."""
    bare = LEFT_OUT.sub("X", words)
    return [problem for pattern, problem in SETTING[language] if pattern.search(bare)]


def problems_of_translation(sentence, words, language):
    """The same of a sentence and its translation, which ends as it does; what a quotation ends with is its own."""
    yield from problems_of(words, language)
    if end_of(sentence) != end_of(words) and not sentence.endswith(".”"):
        yield f"ends with “{end_of(words)}”, not with “{end_of(sentence)}”"


def end_of(words):
    return (re.findall(r"[.!?:…]$", words.replace(" …", "…")) or [""])[0]
