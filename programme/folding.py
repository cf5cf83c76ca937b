"""Words as a searcher may have typed them: no case, no marks, æ as ae, ø as o, å as a."""

import re
import unicodedata

from conference.slugs import LETTERS

WORDS = re.compile(r"\w+")


def fold(text: str) -> str:
    """The words of a text, folded, with single spaces between them: "ÅPNING i Ærø" → "apning i aero"."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return " ".join(WORDS.findall("".join(letter for letter in plain if not unicodedata.combining(letter))))
