"""Programmes of real conferences, imported, published and written again: the same events at the same moments."""

import datetime as dt

import pytest
from django.core.management import call_command
from lxml import etree

from conference.models import Conference
from programme.formats import ical, schedule_xml
from programme.publish import published
from tests.calendar_readers import read_with_icalendar

pytestmark = pytest.mark.django_db


def published_from(file, zone):
    call_command(
        "import_programme",
        file,
        conference="real",
        create=True,
        timezone=zone,
        language="en",
        publish=True,
        verbosity=0,
    )
    return published(Conference.objects.get(slug="real"))


def events_of(root):
    """[(title, start, minutes)] of a schedule.xml whose events have dates."""
    return sorted(
        (" ".join(event.findtext("title").split()), moment_of(event).astimezone(dt.UTC), minutes_of(event))
        for event in root.iterfind(".//event")
    )


def moment_of(event):
    return dt.datetime.fromisoformat(event.findtext("date"))


def minutes_of(event):
    hours, minutes = event.findtext("duration").split(":")
    return int(hours) * 60 + int(minutes)


@pytest.mark.parametrize(
    ("name", "zone"),
    [("debconf-2023", "Asia/Kolkata"), ("39c3-2025-block", "Europe/Berlin"), ("31c3-2014", "Europe/Berlin")],
)
def test_a_real_programme_comes_out_as_it_went_in(data, name, zone, capsys):
    file = data / "schedule_xml" / f"{name}.xml"
    programme = published_from(file, zone)

    root = etree.fromstring(schedule_xml.encode(programme, "en"))
    entries = read_with_icalendar(ical.encode(programme, "en"))

    etree.XMLSchema(etree.parse(data / "validators" / "schedule.xml.xsd")).assertValid(root)
    expected = events_of(etree.parse(file))
    assert events_of(root) == expected
    assert (
        sorted((e.summary, e.starts_at, (e.ends_at - e.starts_at).total_seconds() / 60) for e in entries.values())
        == expected
    )
    assert len(expected) > 100
