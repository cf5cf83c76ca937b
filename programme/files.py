"""What visitors take with them as a file: calendars, the feed of changes, the whole programme for other programs."""

from programme.formats import atom, ical
from programme.formats import schedule_xml as schedule
from programme.page import NoLongerHere, NotHere


def programme_ics(page):
    return page.calendar(ical.encode(page.programme, page.language), page.programme.slug)


def session_ics(page, slug):
    return calendar_of(page, "session", slug)


def part_ics(page, slug, number):
    found = page.find("session", slug)
    slot = next((slot for slot in found.slots if slot.number == number), None)
    if slot is None:
        raise NoLongerHere if found.gone_parts else NotHere
    return page.calendar(ical.encode(page.programme, page.language, slot), f"{slug}-{number}")


def person_ics(page, slug):
    return calendar_of(page, "person", slug)


def room_ics(page, slug):
    return calendar_of(page, "room", slug)


def track_ics(page, slug):
    return calendar_of(page, "track", slug)


def topic_ics(page, slug):
    return calendar_of(page, "topic", slug)


def calendar_of(page, kind, slug):
    """The calendar of one thing; of something gone too, so that subscribers learn what was cancelled."""
    about = page.find_gone(kind, slug) or page.find(kind, slug)
    return page.calendar(ical.encode(page.programme, page.language, about), slug)


def schedule_xml(page):
    return page.file(schedule.encode(page.programme, page.language), "application/xml; charset=utf-8", "schedule.xml")


def changes_atom(page):
    return page.file(atom.encode(page.programme, page.language), "application/atom+xml; charset=utf-8", "changes.atom")
