"""Reading translated columns (django-modeltranslation: one column per language, `title_nb`, `title_en` …)."""

from functools import cache

from django.conf import settings
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname


def all_languages_of(row, field):
    """{language: words} of one translated field; blank and NULL are both left out."""
    found = ((code, getattr(row, column, None)) for code, column in columns_of(field))
    return {code: stripped for code, words in found if words and (stripped := words.strip())}


def language_codes() -> list[str]:
    """The codes of the site's languages, in the order of the settings."""
    return [code for code, _name in settings.LANGUAGES]


@cache
def columns_of(field) -> list[tuple[str, str]]:
    """(code, name of the column) in each language."""
    return [(code, build_localized_fieldname(field, code)) for code in language_codes()]


def in_any_language(row, field):
    """The words in the active language, or else in the first language that has any; "" when none has."""
    if not hasattr(row, columns_of(field)[0][1]):  # a field that is not translated
        return getattr(row, field) or ""
    words = all_languages_of(row, field)
    return words.get(get_language() or "") or next(iter(words.values()), "")
