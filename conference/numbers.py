"""Numbers that come with a request, where anything may have been written."""

LONGEST = 17  # digits: what every database holds


def whole_number(said) -> int | None:
    """The whole number that somebody wrote; None for other words, and for more digits than a row can have."""
    words = str(said or "")
    return int(words) if words.isdecimal() and len(words) <= LONGEST else None
