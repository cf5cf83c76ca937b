"""Staff take the published programme out as a file."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from lxml import etree

from programme.formats import ical
from programme.publish import published
from tests.factories import make_conference, make_release, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    conference = make_conference()
    make_session(title="Åpning", title_en="Opening")
    make_session(title="Hemmelig", state="draft")
    return conference


def export(*arguments):
    out = StringIO(newline="")
    call_command("export_programme", *arguments, stdout=out)
    return out.getvalue()


def test_staff_write_the_calendar_in_a_language(conference, tmp_path):
    make_release(conference)
    file = tmp_path / "programme.ics"
    said = export(conference.slug, "--format", "ical", "--language", "en", "--output", str(file))
    conference.refresh_from_db()

    assert said == ""
    assert file.read_bytes() == ical.encode(published(conference), "en")
    assert b"Opening" in file.read_bytes()
    assert b"Hemmelig" not in file.read_bytes()


def test_staff_pipe_schedule_xml_in_the_first_language(conference):
    make_release(conference)
    root = etree.fromstring(export(conference.slug, "--format", "schedule-xml").encode())
    assert [title.text for title in root.iterfind("day/room/event/title")] == ["Åpning"]


def test_staff_pipe_the_calendar_with_its_line_breaks_whole(conference):
    make_release(conference)
    conference.refresh_from_db()
    assert export(conference.slug, "--format", "ical").encode() == ical.encode(published(conference), "nb")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["sammen", "--format", "ical"], "Nothing of “sammen” is published yet."),
        (["elsewhere", "--format", "ical"], "There is no conference “elsewhere”."),
        (["sammen", "--format", "pdf"], "invalid choice: 'pdf'"),
        (["sammen"], "--format"),
    ],
)
def test_staff_are_told_plainly_why_there_is_no_file(conference, arguments, complaint):
    with pytest.raises(CommandError, match=complaint):
        export(*arguments)


def test_staff_are_told_plainly_of_a_wrong_language_or_folder(conference, tmp_path):
    make_release(conference)
    with pytest.raises(CommandError, match="no language “de”, but these: nb, nn, en, fr"):
        export("sammen", "--format", "ical", "--language", "de")
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        export("sammen", "--format", "ical", "--output", str(tmp_path / "nowhere" / "a.ics"))
