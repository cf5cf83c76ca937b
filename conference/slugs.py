"""Addresses from names."""

import unicodedata

from django.utils.text import slugify

# Small letters that Unicode does not take apart, or not as readers would.
LETTERS = str.maketrans({"æ": "ae", "ø": "o", "œ": "oe", "ß": "ss", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "ı": "i"})


def slug_of(words, max_length=60):
    """A readable ASCII slug, "Ærø – Åpning" → "aero-apning"; "" when nothing can be kept. (Django's drops æ, ø and å.)"""
    plain = unicodedata.normalize("NFKD", words.casefold().translate(LETTERS))
    slug = slugify(plain.replace("’", "").replace("'", ""))
    return slug if len(slug) <= max_length else slug[: max_length + 1].rsplit("-", 1)[0][:max_length].strip("-")


def free_slug(row, words):
    """A slug for a row that no sibling has: among its conference's rows, or among all where it has no conference."""
    stem = slug_of(words) or row._meta.model_name
    siblings = type(row)._default_manager.exclude(pk=row.pk)
    if hasattr(row, "conference_id"):
        siblings = siblings.filter(conference_id=row.conference_id)
    taken = set(siblings.filter(slug__startswith=stem).values_list("slug", flat=True))
    return first_free(stem, taken)


def first_free(stem, taken):
    """The stem, or the first of stem-2, stem-3 … that is not among the slugs that are taken."""
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug
