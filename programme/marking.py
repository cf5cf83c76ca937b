"""Two versions of a text side by side, with the words that differ marked."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

MOST_COMPARED = 4_000_000  # pairs of words: about a second; longer passages are marked as a whole


def marked(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Both texts as safe HTML: what only the first has stands in <del>, what only the second has in <ins>."""
    old, new = words(before), words(after)
    steps = steps_between(old, new)
    deleted = [("del" if step != "equal" else "", "".join(old[start:end])) for step, start, end, _i, _j in steps]
    inserted = [("ins" if step != "equal" else "", "".join(new[start:end])) for step, _i, _j, start, end in steps]
    return html(deleted), html(inserted)


def words(text):
    """Words and the spaces between them, so that joining them gives the text back."""
    return re.findall(r"\s+|[^\s]+", text)


def steps_between(old, new):
    """difflib's opcodes. What is the same at both ends is set aside first, for most edits are in one place."""
    start = same_at_start(old, new)
    end = same_at_start(old[start:][::-1], new[start:][::-1])
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    steps = [("replace", 0, len(middle_old), 0, len(middle_new))]
    if len(middle_old) * len(middle_new) <= MOST_COMPARED:
        steps = SequenceMatcher(None, middle_old, middle_new, autojunk=False).get_opcodes()
    return [
        ("equal", 0, start, 0, start),
        *((step, i + start, j + start, k + start, m + start) for step, i, j, k, m in steps),
        ("equal", len(old) - end, len(old), len(new) - end, len(new)),
    ]


def same_at_start(old, new):
    return next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def html(pieces) -> SafeString:
    return format_html_join("", "{}", ((element(tag, text),) for tag, text in pieces if text))


def element(tag, text):
    return format_html("<{0}>{1}</{0}>", tag, text) if tag else text
