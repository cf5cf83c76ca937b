"""Write calendar files into files/, and what every reader must find in them into files/expected.tsv.

Each file is there twice: as visitors get it, and with a zone of a made-up name, so that a reader must believe the
VTIMEZONE in the file and cannot look the zone up.
"""

import datetime as dt
from pathlib import Path

import django

from programme.formats import ical
from programme.formats.entry import title
from tests.factories_values import a_part, a_programme, a_session, the_seed

FILES = Path(__file__).parent / "files"
ZONES = {
    "Europe/Oslo": 2026,
    "Europe/Dublin": 2026,
    "Antarctica/Troll": 2026,
    "Australia/Lord_Howe": 2026,
    "America/St_Johns": 2026,
    "Asia/Kolkata": 2026,
    "Asia/Kathmandu": 2026,
    "UTC": 2026,
    "Africa/Casablanca": 2026,
    "Asia/Jerusalem": 2026,
    "America/Santiago": 2026,
    "America/New_York": 2006,
    "Asia/Almaty": 2024,
    "Pacific/Apia": 2011,
}
HOSTILE = [r"Semikolon; komma, C:\New og \n", "å" * 100, "e\u0301 🏳️‍🌈" * 20, "BEGIN:VEVENT"]


def main():
    django.setup()
    FILES.mkdir(exist_ok=True)
    for old in FILES.glob("*.ics"):
        old.unlink()
    lines = []
    for name, programme, language in calendars():
        body = ical.encode(programme, language)
        lines += write(name, body, programme, language)
        lines += write(f"{name}-unknown-zone", with_unknown_zone(body, programme.timezone), programme, language)
    (FILES / "expected.tsv").write_text("".join(sorted(lines)), encoding="utf-8")


def calendars():
    """(name, programme, language)"""
    for zone, year in ZONES.items():
        yield zone.replace("/", "-"), a_year_in(zone, year), "en"
    cancelled = a_session("Avlyst post", [a_part("2026-12-15 13:00", name="cancelled")], is_cancelled=True)
    party = a_session("Fest", [a_part("2026-12-31 21:00", 6 * 60)])
    twice = a_session("Nattevakt", [a_part("2026-10-25 01:30", 120)])
    for language in ("nb", "fr"):
        yield f"words-{language}", a_programme(the_seed(), cancelled, party, twice), language
    sessions = (a_session({"nb": words}, [a_part(name=words)], slug=f"x{n}") for n, words in enumerate(HOSTILE))
    yield "hostile", a_programme(*sessions), "nb"
    yield "nothing", a_programme(a_session(parts=[a_part(None)])), "nb"


def a_year_in(zone, year):
    times = [
        f"{year}-{month:02}-{day:02} {time}"
        for month in range(1, 13)
        for day in (1, 15, 28)
        for time in ("00:00", "13:00", "23:30")
    ]
    return a_programme(a_session("Opening", [a_part(at, 60, zone) for at in times]), timezone=zone)


def with_unknown_zone(body, zone):
    renamed = body.replace(f"TZID:{zone}\r\n".encode(), b"TZID:Nowhere\r\n")
    return renamed.replace(f"TZID={zone}:".encode(), b"TZID=Nowhere:")


def write(name, body, programme, language):
    (FILES / f"{name}.ics").write_bytes(body)
    for slot in programme.calendar_slots():
        facts = (
            f"{name}.ics",
            str(slot.part.uuid),
            utc(slot.starts_at),
            utc(slot.ends_at),
            "CANCELLED" if slot.is_cancelled else "CONFIRMED",
            str(slot.part.sequence),
            title(programme, slot, language)[0],
        )
        yield "\t".join(facts) + "\n"


def utc(moment):
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


if __name__ == "__main__":
    main()
