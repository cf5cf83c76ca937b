"""What staff ask of the board, and where its parts stand."""

import datetime as dt

JSON = {"HTTP_ACCEPT": "application/json"}
FIRST_DAY = "/admin/board/sammen/2030-01-31/"


def signed_in(client, user):
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def address(part):
    return f"/admin/board/part/{part.pk}/"


def at(part, times, room=None, day="2030-01-31"):
    """What the form sends to put a part there: times are "14:00-15:00"."""
    start, _dash, end = times.partition("-")
    part.refresh_from_db()
    seen = " ".join(
        [
            *(m.astimezone(dt.UTC).isoformat() if m else "" for m in (part.starts_at, part.ends_at)),
            str(part.room_id or ""),
        ]
    )
    return {"day": day, "start": start, "end": end, "room": room.pk if room else "", "seen": seen}


def stands(part):
    part.refresh_from_db()
    zone = part.session.conference.zone
    times = [f"{m.astimezone(zone):%d. %H:%M}" for m in (part.starts_at, part.ends_at) if m]
    return *times, str(part.room or "")


def day_as_json(client, day=FIRST_DAY, **headers):
    return client.get(f"{day}day.json", **headers)
