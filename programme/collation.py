"""Names in the order that readers of a language look for them."""

import unicodedata

LAST_LETTERS = {
    "æ": "zzz1",
    "ä": "zzz1",
    "ø": "zzz2",
    "ö": "zzz2",
    "å": "zzz3",
}  # the Norwegian alphabet ends with æ, ø, å
TWINS = str.maketrans({"æ": "ae", "ø": "o", "œ": "oe", "ß": "ss", "đ": "d", "ł": "l", "ð": "d", "þ": "th"})


def sort_key(words: str, language: str) -> str:
    """Key to sort names by: no case, no marks; in Norwegian æ, ø and å (and ä, ö) after z."""
    words = words.casefold()
    if language in ("nb", "nn"):
        words = "".join(LAST_LETTERS.get(letter, letter) for letter in unicodedata.normalize("NFC", words))
    plain = unicodedata.normalize("NFKD", words.translate(TWINS))
    return "".join(letter for letter in plain if letter.isalnum() or letter == " ").strip()


def first_letter(words: str, language: str) -> str:
    """The letter of the alphabet that a name stands under; "#" for what begins with none."""
    letter = next((letter for letter in words.upper() if letter.isalnum()), "#")
    if language in ("nb", "nn") and letter in "ÆØÅ":
        return letter
    plain = unicodedata.normalize("NFKD", letter.translate(str.maketrans({"Æ": "A", "Ø": "O", "Œ": "O"})))[0]
    return plain if plain.isalpha() else "#"
