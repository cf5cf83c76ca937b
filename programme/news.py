"""What a release told the public: sessions that are new, moved, cancelled or gone. Mended words are no news."""

import datetime as dt

from programme.compare import Change, Kind, compare
from programme.values import NOTHING, Text
from programme.whole import News, Programme, Spot, Told

MOST_RELEASES = 100  # that a programme remembers
LATE = dt.timedelta(days=7)  # before a conference begins: from then on people have made their plans
WHOLE = (Kind.ADDED, Kind.GONE, Kind.CANCELLED, Kind.BACK)


def history(before: Programme | None, new: Programme, note: Text = NOTHING) -> tuple[Told, ...]:
    """The releases of a programme, the newest first. The very first one tells no news: all of it was new."""
    news = tuple(item for change in compare(before, new) for item in news_of(change)) if before else ()
    return (Told(new.number, new.published_at, note, news), *(before.history if before else ()))[:MOST_RELEASES]


def news_of(change: Change):
    if change.about != "session":
        return
    if change.kind in WHOLE:
        yield News(change.uuid, str(change.kind), change.session.title)
    moves = {}
    for difference in change.differences:
        if difference.field == "part" and difference.kind in (Kind.ADDED, Kind.GONE):
            yield News(change.uuid, str(difference.kind), change.session.title, *part_of(difference))
        elif difference.field in ("time", "room"):
            moves.setdefault(difference.part, {})[difference.field] = difference
    for part, fields in sorted(moves.items()):
        yield News(change.uuid, "moved", change.session.title, part, spot(fields, "before"), spot(fields, "after"))


def part_of(difference):
    """(number, where it was, where it is) of a part that came or went."""
    before, after = (
        slot and Spot(slot.starts_at, slot.ends_at, slot.room and slot.room.name)
        for slot in (difference.before, difference.after)
    )
    return difference.part, before, after


def spot(fields, side):
    """Where a part was or is, as far as it changed."""
    starts_at, ends_at = (getattr(fields["time"], side) if "time" in fields else None) or (None, None)
    room = getattr(fields["room"], side) if "room" in fields else None
    return Spot(starts_at, ends_at, room and room.name)


def is_late(told: Told, programme: Programme) -> bool:
    """Whether a release came so near the conference, or during it, that its news are marked for everybody."""
    day = told.published_at.astimezone(programme.zone).date()
    return programme.starts_on - LATE <= day <= programme.ends_on
