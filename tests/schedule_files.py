"""Small schedule.xml files, made up for tests."""

import datetime as dt
import io
from xml.sax.saxutils import escape

from django.core.management import call_command
from django.utils.translation import override

from programme.imports.schedule_xml import parse
from sessions.models import Session

HEAD = """<title>Sommertreff</title><start>2030-06-01</start><end>2030-06-02</end><days>2</days>
<timeslot_duration>00:15</timeslot_duration>"""
PEOPLE = '<persons><person id="5">Kari Nordmann</person><person id="6">Ola Hansen</person></persons>'
LINKS = '<links><link href="https://a.example/">Notes</link><link href="https://b.example/">Code</link></links>'


def an_event(title="A talk", attributes='id="1"', **children):
    """An <event>; a child given as None is left out, one that starts with "<" is taken as XML."""
    children = {"start": "10:00", "duration": "00:30", "room": "Aula", "title": title} | children
    inside = "".join(child(name, value) for name, value in children.items() if value is not None)
    return f"<event {attributes}>{inside}</event>"


def child(name, value):
    return value if value.startswith(f"<{name}") else f"<{name}>{escape(value)}</{name}>"


def a_file(*events, head=HEAD, day='date="2030-06-01" index="1"', room="Aula", before_days=""):
    """The bytes of a schedule.xml with one day and one room."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><schedule><conference>{head}</conference>{before_days}'
        f'<day {day}><room name="{room}">{"".join(events)}</room></day></schedule>'
    ).encode()


def read(*events, timezone="Europe/Oslo", **file):
    return parse(a_file(*events, **file), timezone=timezone)


def read_one(*arguments, file=None, timezone="Europe/Oslo", **children):
    """The one session of a file with one event."""
    (session,) = read(an_event(*arguments, **children), timezone=timezone, **(file or {})).sessions
    return session


def noted(schedule, topic):
    return [note.about for note in schedule.notes if note.topic == topic]


def oslo(text):
    """The instant of a clock time in Oslo in June, in UTC."""
    return dt.datetime.fromisoformat(f"{text}+02:00").astimezone(dt.UTC)


def import_file(path, slug="treff", **options):
    """What manage.py import_programme prints, in English."""
    out = io.StringIO()
    with override("en"):
        call_command("import_programme", str(path), conference=slug, stdout=out, **options)
    return out.getvalue()


def importer(folder):
    """A function that imports events as the next export of one conference, and returns what was printed."""

    def import_events(*events, **options):
        path = folder / "schedule.xml"
        path.write_bytes(a_file(*events, **options.pop("file", {})))
        return import_file(path, **{"create": True, "timezone": "Europe/Oslo"} | options)

    return import_events


def session(slug="a-talk"):
    return Session.objects.get(slug=slug)
