"""A programme as it is stored, with somebody taken out of it: plain JSON, in whatever schema it was written."""

import datetime as dt
import re
from collections.abc import Set

from conference.slugs import slug_of

LEFT_OUT = "…"  # where a text named somebody
LISTS = ("speakers", "moderators")


def without(
    data, uuid: str, names: Set[str], at: dt.datetime, is_public=True, pictures: Set[str] = frozenset()
) -> dict:
    """`data` without the person: in no list, no memory and no text. The very same `data` where there was nothing of them.

    Whole names are taken out of texts, unless somebody else in the programme bears the same one; and out of the addresses
    of sessions, where it is not the programme that the public reads at them. Parts of sessions that lost something get the
    next SEQUENCE, as changed `at`, so that calendars take the new entry.
    """
    others = {person["name"].casefold() for person in data.get("people", ()) if person["uuid"] != uuid}
    names = {name for name in names if name.casefold() not in others}
    slugs = set(filter(None, map(slug_of, tellable(names))))
    new = dict(data) | {"people": [person for person in data.get("people", ()) if person["uuid"] != uuid]}
    for kind in ("sessions", "gone_sessions"):
        if kind in data:
            new[kind] = [session_without(session, uuid) for session in data[kind]]
    new["sessions"] = [without_picture(session, pictures) for session in new.get("sessions", ())]
    if not is_public:
        new["sessions"] = [readdressed(session, slugs) for session in new["sessions"]]
    for kind in ("gone", "former_slugs"):
        if kind in data:
            new[kind] = [each for each in data[kind] if each["uuid"] != uuid and not is_told_by(each["slug"], slugs)]
    new = unnamed(new, names)
    if new == data:
        return data
    for kind in ("sessions", "gone_sessions"):
        if kind in data:
            new[kind] = [renumbered(old, now, at) for old, now in zip(data[kind], new[kind], strict=True)]
    return new | {"revision": data.get("revision", 0) + 1}


def is_told_by(slug, slugs) -> bool:
    return any(f"-{part}-" in f"-{slug}-" for part in slugs)


def readdressed(row: dict, slugs: Set[str]) -> dict:
    """A row whose address tells no name."""
    return row | {"slug": slug_without(row["slug"], slugs, row["uuid"])} if is_told_by(row["slug"], slugs) else row


def slug_without(slug, slugs, uuid):
    """The address without the names, and with the beginning of the uuid instead, so that it is nobody else's."""
    for part in slugs:
        slug = f"-{slug}-".replace(f"-{part}-", "-").strip("-")
    return "-".join(filter(None, (slug, uuid[:8])))


def without_picture(session, pictures):
    shown = (session.get("picture") or {}).get("src") in pictures
    return session | {"picture": None} if shown else session


def is_on_stage(session, uuid) -> bool:
    rows = [session, *session.get("parts", ())]
    return any(each["person"] == uuid for row in rows for kind in LISTS for each in row.get(kind, ()))


def title_in(session) -> str:
    """The title of a session in the first of its languages."""
    return next(iter(session["title"].values()), "")


def session_without(session, uuid):
    new = stage_without(session, uuid)
    for kind in ("parts", "gone_parts"):
        if kind in session:
            new[kind] = [stage_without(part, uuid) for part in session[kind]]
    return new


def stage_without(row, uuid):
    """A session or a part without the person on stage, in its questions, and in the memory of whose calendar it stood in."""
    new = dict(row)
    for kind in LISTS:
        if kind in row:
            new[kind] = [each for each in row[kind] if each["person"] != uuid]
    if "questions" in row:
        new["questions"] = [question_without(question, uuid) for question in row["questions"]]
    if "once_about" in row:
        new["once_about"] = [each for each in row["once_about"] if each != uuid]
    return new


def question_without(question, uuid):
    return {name: value for name, value in question.items() if (name, value) != ("addressed_to", uuid)}


def renumbered(old, new, at):
    """The session, its parts counted up where anything in it has changed; memory of gone people is no change to anybody."""
    if old == new or "parts" not in new:
        return new
    parts = [part | {"sequence": part.get("sequence", 0) + 1, "changed_at": at.isoformat()} for part in new["parts"]]
    return new | {"parts": parts}


# --- Texts


def tellable(names: Set[str]) -> list[str]:
    """The names that tell somebody: of two words and more, the longest first. “Mark” alone may be anything."""
    return sorted((name.strip() for name in names if len(name.split()) > 1), key=len, reverse=True)


def unnamed(value, names: Set[str]):
    """A JSON value with the names taken out of all its texts."""
    pattern = named_in(names)
    return taken_out(value, pattern) if pattern else value


def named_in(names: Set[str]) -> re.Pattern | None:
    """Matches the names where they stand as whole words; None where there is nothing to look for."""
    words = (r"\s+".join(map(re.escape, name.split())) for name in tellable(names))
    pattern = "|".join(words)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE) if pattern else None


def taken_out(value, pattern):
    if isinstance(value, str):
        return pattern.sub(LEFT_OUT, value)
    if isinstance(value, list):
        return [taken_out(each, pattern) for each in value]
    if isinstance(value, dict):
        return {name: taken_out(each, pattern) for name, each in value.items()}
    return value
