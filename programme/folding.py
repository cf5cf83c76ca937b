"""Words as a searcher may have typed them: no case, no marks, æ as ae, ø as o, å as a."""

import re
import unicodedata

LETTERS = str.maketrans({"æ": "ae", "ø": "o", "œ": "oe", "ß": "ss", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "ı": "i"})
WORDS = re.compile(r"\w+")


def fold(text: str) -> str:
    """The words of a text, folded, with single spaces between them: "ÅPNING i Ærø" → "apning i aero"."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return " ".join(WORDS.findall("".join(letter for letter in plain if not unicodedata.combining(letter))))
