"""What a schedule.xml says about the conference as a whole."""

import datetime as dt
import zoneinfo

from django.utils.translation import gettext as _

from programme.imports.kinds import read_colour
from programme.imports.links import whole_address
from programme.imports.rows import ConferenceRow, Refused
from programme.imports.texts import one_line
from programme.imports.times import read_date, read_moment
from programme.imports.xml_tree import words_of

ELEMENTS_OF_THE_HEAD = (
    "title subtitle venue city start end days url base_url time_zone_name day_change timeslot_duration acronym "
    "track tracks color"
)
READ = frozenset(ELEMENTS_OF_THE_HEAD.split())
ELEMENTS_AT_THE_TOP = "conference day tracks persons generator version url base_url room name date"
READ_AT_THE_TOP = frozenset(ELEMENTS_AT_THE_TOP.split())
WELL_KNOWN_ZONES = (
    "Europe/Berlin Europe/London Europe/Helsinki UTC America/New_York America/Chicago America/Denver "
    "America/Los_Angeles Asia/Kolkata Asia/Tokyo Asia/Shanghai Australia/Sydney America/Sao_Paulo"
)
LIKELY = WELL_KNOWN_ZONES.split()


def zone_of(root, timezone, otherwise) -> zoneinfo.ZoneInfo:
    """The zone of the file's clocks. Raises Refused, naming a likely one, where neither the file nor anybody else says."""
    if timezone:
        return known_zone(timezone)
    named = words_of(root, "conference/time_zone_name") or words_of(root, "conference/timezone")
    if named in zoneinfo.available_timezones():
        return zoneinfo.ZoneInfo(named)
    if otherwise:
        return known_zone(otherwise)
    message = _("The file names no time zone; add --timezone %(zone)s, or whichever zone its clocks are in.")
    if named:
        message = _(
            "There is no time zone “%(named)s”, which the file names; add --timezone %(zone)s, or whichever zone its clocks are in."
        )
    raise Refused(message % {"zone": likely_zone(root), "named": named[:80]})


def known_zone(name):
    if name not in zoneinfo.available_timezones():
        raise Refused(_("There is no time zone called “%(name)s”. Write it like Europe/Oslo.") % {"name": name})
    return zoneinfo.ZoneInfo(name)


def likely_zone(root):
    """A well-known zone with the offset that the first date of the file has; Europe/Berlin without one."""
    texts = [words_of(date) for date in root.iterfind(".//event/date")] + [
        day.get("start") or "" for day in root.iter("day")
    ]
    for text in texts:
        found = read_moment(text)
        if isinstance(found, dt.datetime) and found.tzinfo:
            same = (
                name for name in LIKELY if found.astimezone(zoneinfo.ZoneInfo(name)).utcoffset() == found.utcoffset()
            )
            return next(same, LIKELY[0])
    return LIKELY[0]


def read_conference(root, head, zone, spoken) -> ConferenceRow:
    """Name, days, place. Raises Refused where no day of the conference can be read."""
    head = root if head is None else head
    days = [date for day in root.iter("day") if (date := read_date(day.get("date") or "", zone))]
    starts_on = read_date(words_of(head, "start"), zone) or min(days, default=None)
    if starts_on is None:
        raise Refused(
            _("The file does not say when the conference takes place: neither <start> nor a <day> has a date.")
        )
    ends_on = read_date(words_of(head, "end"), zone) or max(days, default=starts_on)
    colour = head.find("color")
    website = whole_address(words_of(head, "url") or words_of(root, "url"))
    return ConferenceRow(
        name=one_line(words_of(head, "title"))[:200] or one_line(words_of(head, "acronym"))[:200] or "?",
        starts_on=starts_on,
        ends_on=max(starts_on, ends_on),
        timezone=zone.key,
        tagline=one_line(words_of(head, "subtitle"))[:300],
        venue_name=one_line(words_of(head, "venue"))[:200],
        venue_address=one_line(words_of(head, "city"))[:300],
        website=website if len(website) <= 200 else "",
        accent_colour=read_colour(colour.get("primary") or "") if colour is not None else "",
        spoken=spoken,
    )


def unknown_in_head(root, note):
    """Note what is said about the conference or the file, and has no place with us."""
    for element in root.iterfind("conference/*"):
        if element.tag not in READ and words_of(element):
            note("element", words_of(element)[:80], f"conference/{element.tag}")
    beside = [child for holder in root.iter() if holder.tag in ("day", "room") for child in holder]
    for element in [*root, *beside]:
        is_read = element.tag in READ_AT_THE_TOP or next(element.iter("event"), None) is not None
        if not is_read and "".join(element.itertext()).strip():
            note("element", one_line(" ".join(element.itertext()))[:80], element.tag)
    named = words_of(root, "conference/time_zone_name")
    if named and named not in zoneinfo.available_timezones():
        note("bad-zone", named[:80])
