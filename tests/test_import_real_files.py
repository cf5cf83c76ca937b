"""Real files of fifteen years: what is in them is in the programme, counted independently of the importer."""

import functools
import xml.etree.ElementTree as ElementTree
import zoneinfo

import pytest
from django.utils.translation import override

from conference.models import Conference, Room
from programme.codec import from_json, to_json
from programme.imports.save import save
from programme.imports.schedule_xml import SOURCE, parse
from programme.publish import publish
from programme.take import take
from sessions.models import Material, Part, Session, Track
from speakers.models import Person, Speaker

pytestmark = pytest.mark.django_db
# People: by guid, by id where it is one, by name otherwise; counted by hand with other tools for the three that mix them.
FILES = {
    "28c3-2011": "id",
    "31c3-2014": "id",
    "39c3-2025-block": "id",
    "39c3-2025-everything": "guid",
    "39c3-2025": "guid",
    "camp2019-everything": None,
    "camp2019-stages": None,
    "debconf-2023": "id",
    "fosdem-2007": "name",
    "fosdem-2013": "id",
    "fosdem-2024": "id",
    "fosdem-2025": "id",
    "guadec-2016-example": "name",
}
PAIRS = [
    (
        "updates/fosdem-2025.v1.xml",
        "schedule_xml/fosdem-2025.xml",
        {"new": 22, "gone": 6, "title": 4, "times": 9, "room": 0, "materials": 6},
    ),
    (
        "updates/camp2019-20190821.xml",
        "updates/camp2019-20190823.xml",
        {"new": 175, "gone": 21, "title": 7, "times": 24},
    ),
    ("updates/camp2019-20190823.xml", "schedule_xml/camp2019-everything.xml", {"gone": 14, "title": 2, "room": 2}),
]


@functools.cache
def read(path):
    return parse(path.read_bytes(), otherwise="Europe/Berlin")


def saved(schedule, slug="real"):
    with override("en"):
        return save(schedule, slug, SOURCE, "en")


def room_names(root):
    inside = {(room.get("name") or "").strip() for room in root.iter("room")} | {
        (event.findtext("room") or "").strip() for event in root.iter("event")
    }
    return {" ".join(name.split()).casefold() for name in inside} - {""}


def people_in(root, by):
    if by == "name":
        return {person.text.strip() for person in root.iter("person")}
    return {person.get(by) for person in root.iter("person")}


@pytest.mark.parametrize("name", FILES)
def test_everything_in_a_real_file_arrives_once_and_a_second_import_changes_nothing(name, data):
    path = data / "schedule_xml" / f"{name}.xml"
    root = ElementTree.parse(path).getroot()
    events = list(root.iter("event"))
    schedule = read(path)
    saved(schedule)

    assert Session.objects.count() == Part.objects.filter(starts_at__isnull=False).count() == len(events)
    assert Room.objects.count() == len(room_names(root))
    assert Track.objects.count() >= len({event.findtext("track") or "" for event in events} - {""})
    if FILES[name]:
        assert Person.objects.count() == len(people_in(root, FILES[name]))
    assert len(set(Session.objects.values_list("slug", flat=True))) == len(events)

    programme = take(Conference.objects.get())
    assert from_json(to_json(programme)) == programme
    before = every_row()
    assert saved(schedule).changed_nothing
    assert every_row() == before


def every_row():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Conference, Room, Track, Session, Part, Person, Speaker, Material)
    ]


def test_a_second_import_of_a_real_file_gives_nothing_to_publish(data):
    schedule = read(data / "schedule_xml" / "31c3-2014.xml")
    saved(schedule)
    first = publish(Conference.objects.get())
    saved(schedule)

    assert first.number == 1
    assert publish(Conference.objects.get()) is None


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_shows_the_clocks_it_says(name, data):
    """Local start times in the programme are the <start> of the file, event by event."""
    path = data / "schedule_xml" / f"{name}.xml"
    schedule = read(path)
    zone = schedule.conference.timezone
    written = sorted(event.findtext("start") for event in ElementTree.parse(path).getroot().iter("event"))
    shown = sorted(f"{session.starts_at.astimezone(zoneinfo.ZoneInfo(zone)):%H:%M}" for session in schedule.sessions)
    assert shown == written


@pytest.mark.parametrize(("old", "new", "expected"), PAIRS)
def test_an_updated_real_file_changes_just_what_changed(old, new, expected, data):
    saved(read(data / old))
    report = saved(read(data / new))
    fields = [column.removesuffix("_en") for _title, columns in report.changes for column in columns]
    found = {"new": report.counts["session"]["new"], "gone": len(report.cancelled)}
    found |= {field: fields.count(field) for field in ("title", "times", "room", "materials")}

    assert {name: found[name] for name in expected} == expected
    assert report.overwritten == []
    assert saved(read(data / new)).changed_nothing


def test_what_vanished_in_one_version_is_public_again_when_the_older_one_returns(data):
    first, second = read(data / "updates" / "fosdem-2025.v1.xml"), read(data / "schedule_xml" / "fosdem-2025.xml")
    saved(first)
    saved(second)
    report = saved(first)

    assert (len(report.back), len(report.cancelled)) == (6, 22)
    assert Session.objects.filter(state="public").count() == 927


def test_known_oddities_of_real_files_arrive_as_meant(data):
    fosdem = read(data / "schedule_xml" / "fosdem-2013.xml")
    latest = read(data / "schedule_xml" / "fosdem-2025.xml")
    congress = read(data / "schedule_xml" / "39c3-2025-everything.xml")
    debconf = read(data / "schedule_xml" / "debconf-2023.xml")

    assert [session.title for session in fosdem.sessions if session.is_cancelled] == [
        "Community based translations of games"
    ]
    assert not any(session.is_cancelled for session in latest.sessions)
    assert any(session.title.startswith("Cancelling POSIX syscalls") for session in latest.sessions)
    assert [s.title for s in congress.sessions if s.is_cancelled] == [
        "Surface Mount Electronics Assembly for Terrified Beginners (Day 2)"
    ]
    assert sum(session.spoken_languages == ("de", "en") for session in congress.sessions) == 107
    breaks = {row.key for row in debconf.formats if row.is_break}
    assert {session.title for session in debconf.sessions if session.format in breaks} == {
        "Breakfast",
        "Lunch",
        "Dinner",
        "Afternoon break",
    }
    assert debconf.sessions[0].starts_at.isoformat() == "2023-09-10T05:00:00+00:00"
