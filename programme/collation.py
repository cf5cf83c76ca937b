"""Names in the order that readers of a language look for them."""

import unicodedata

from conference.slugs import LETTERS

# The Norwegian alphabet ends with æ, ø, å.
LAST_LETTERS = {"æ": "zzz1", "ä": "zzz1", "ø": "zzz2", "ö": "zzz2", "å": "zzz3"}
HEADINGS = {"zzz1": "Æ", "zzz2": "Ø", "zzz3": "Å"}


def sort_key(words: str, language: str) -> str:
    """Key to sort names by: no case, no marks; in Norwegian æ, ø and å (and ä, ö) after z."""
    words = words.casefold()
    if language in ("nb", "nn"):
        words = "".join(LAST_LETTERS.get(letter, letter) for letter in unicodedata.normalize("NFC", words))
    plain = unicodedata.normalize("NFKD", words.translate(LETTERS))
    return "".join(letter for letter in plain if letter.isalnum() or letter == " ").strip()


def first_letter(words: str, language: str) -> str:
    """The letter of the reader's alphabet that a name stands under; "#" for what begins with none.

    It is read off the key, so that names in the order of their keys never come to a letter twice.
    """
    key = sort_key(words, language)
    last = HEADINGS.get(key[:4])
    return last or (key[0].upper() if key[:1].isalpha() else "#")
