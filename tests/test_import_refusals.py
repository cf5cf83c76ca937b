"""Files that are no schedule, or mean harm: one clear sentence, and nothing has changed."""

import pytest
from django.core.management import CommandError

from conference.models import Conference
from programme.imports import xml_tree
from programme.imports.rows import Refused
from programme.imports.save import save
from programme.imports.schedule_xml import SOURCE, parse
from sessions.models import Session
from speakers.models import Person
from tests.schedule_files import HEAD, a_file, an_event, import_file

EUROPYTHON = b"""<schedule><day date="2014-07-22"><entry id="1"><title>X</title><duration>30</duration>
    <room>A, B</room><start>10:00</start></entry></day></schedule>"""
GIGGITY = b'<schedule xmlns="http://gaa.st/giggity#sched" id="x"><line id="m" title="M"><item id="u" startTime="1" title="U"/></line></schedule>'
BOMB = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><schedule><conference><title>&b;</title></conference></schedule>"""
OUTSIDE = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><schedule><conference><title>&f;</title></conference></schedule>'
LATIN = a_file(an_event("Lørdag")).replace(b' encoding="utf-8"', b"").decode().encode("latin-1")

REFUSALS = {
    "empty": (b"", "The file is empty."),
    "blank": (b" \n\t ", "The file is empty."),
    "json": (b'{"schedule": {}}', "This is a JSON file; a schedule.xml"),
    "calendar": (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "This is a calendar file; a schedule.xml"),
    "web page": (b"<!DOCTYPE html><html><body></body></html>", "This is a web page; a schedule.xml"),
    "xhtml": (
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head/></html>',
        "This is a web page; a schedule.xml",
    ),
    "spreadsheet": (b"PK\x03\x04\x14\x00", "This is a spreadsheet, a PDF or a packed file; a schedule.xml"),
    "old spreadsheet": (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is a spreadsheet, a PDF or a packed file; a schedule.xml"),
    "latin that says UTF-8": (
        a_file(an_event("Lørdag")).decode().encode("latin-1"),
        "The file says that it is in UTF-8, but it is not; save it as UTF-8.",
    ),
    "words": (b"title,start\nA,10:00", "This is not an XML file; a schedule.xml of frab, "),
    "cut off": (a_file(an_event())[:200], "The XML is broken at line "),
    "bomb": (BOMB, "The file defines entities of its own, which is not safe to read."),
    "outside": (OUTSIDE, "The file defines entities of its own, which is not safe to read."),
    "unknown encoding": (
        a_file(an_event()).replace(b"utf-8", b"klingon"),
        "The file is in a character encoding that cannot be read",
    ),
    "latin without saying so": (LATIN, "The file is not in UTF-8, and does not say which"),
    "deep": (b"<schedule>" + b"<a>" * 500 + b"</a>" * 500 + b"</schedule>", "nested too deeply"),
    "xinclude": (
        b'<schedule xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></schedule>',
        "without <conference> and <day>",
    ),
    "giggity": (
        GIGGITY,
        "This is not a schedule.xml of frab, Pentabarf or pretalx: it is a <schedule> without <conference> and <day>.",
    ),
    "europython": (
        EUROPYTHON,
        "This is not a schedule.xml of frab, Pentabarf or pretalx: its days hold <entry>, not <room> and <event>.",
    ),
    "feed": (b"<rss><channel/></rss>", "it is a <rss> without"),
    "no date at all": (
        a_file(head="<title>X</title>", day=""),
        "The file does not say when the conference takes place",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
@pytest.mark.django_db
def test_staff_are_told_in_one_sentence_why_a_file_is_refused(name, tmp_path):
    body, reason = REFUSALS[name]
    path = tmp_path / "file.xml"
    path.write_bytes(body)

    with pytest.raises(CommandError) as refusal:
        import_file(path, create=True, timezone="Europe/Oslo")

    assert reason in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).endswith(".")
    assert not Conference.objects.exists()


def test_foreign_files_are_refused(data):
    files = sorted((data / "foreign_xml").glob("*.xml"))

    assert files
    for path in files:
        with pytest.raises(Refused, match="This is not a schedule"):
            parse(path.read_bytes(), timezone="Europe/London")


@pytest.mark.parametrize("kind", ["ics", "schedule_json", "sessionize_json", "spreadsheet", "other_json"])
def test_files_of_other_kinds_are_refused(data, kind):
    files = [path for path in (data / kind).iterdir() if path.is_file()]

    assert files
    for path in files:
        with pytest.raises(Refused):
            parse(path.read_bytes(), timezone="Europe/London")


def test_a_doctype_without_entities_is_harmless():
    body = a_file(an_event()).replace(b"<schedule>", b'<!DOCTYPE schedule SYSTEM "schedule.dtd"><schedule>', 1)

    assert len(parse(body, timezone="Europe/Oslo").sessions) == 1


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_a_file_in_an_encoding_that_it_names_is_read(encoding):
    body = a_file(an_event("Lørdag")).decode().replace("utf-8", encoding.removesuffix("-sig")).encode(encoding)

    assert parse(body, timezone="Europe/Oslo").sessions[0].title == "Lørdag"


@pytest.mark.django_db
def test_an_absurdly_large_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "large.xml"
    with path.open("wb") as file:
        file.truncate(xml_tree.MOST_BYTES + 1)

    with pytest.raises(CommandError, match="larger than 100 MB"):
        import_file(path, create=True)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"slug": "nowhere"}, "There is no conference “nowhere”; add --create"),
        ({"slug": "Bad Slug", "create": True}, "“Bad Slug” cannot be a web address"),
        ({"create": True, "timezone": "Europe/Atlantis"}, "There is no time zone called “Europe/Atlantis”"),
        ({"create": True, "timezone": ""}, "The file names no time zone; add --timezone Europe/Berlin"),
        ({"create": True, "language": "xx"}, "“xx” is not one of the languages"),
    ],
)
@pytest.mark.django_db
def test_staff_are_told_what_is_wrong_with_what_they_asked_for(options, reason, tmp_path):
    path = tmp_path / "schedule.xml"
    path.write_bytes(a_file(an_event()))

    with pytest.raises(CommandError, match=reason):
        import_file(path, **{"timezone": "Europe/Oslo"} | options)

    assert not Conference.objects.exists()


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_named(tmp_path):
    for path in (tmp_path / "missing.xml", tmp_path):
        with pytest.raises(CommandError, match=f"The file {path} cannot be read"):
            import_file(path, create=True)


@pytest.mark.django_db
def test_the_file_of_another_conference_does_not_cancel_everything(tmp_path):
    path = tmp_path / "schedule.xml"
    path.write_bytes(a_file(an_event()))
    import_file(path, create=True, timezone="Europe/Oslo")
    other = HEAD.replace("Sommertreff", "Wintertreff").replace("2030", "2031")

    for number in ("77", "1"):  # ids may begin at 1 each year
        path.write_bytes(a_file(an_event("Else", f'id="{number}"'), head=other, day='date="2031-06-01"'))
        with pytest.raises(
            CommandError, match="Hardly any of the events that were imported into “treff” before are in"
        ):
            import_file(path)
    path.write_bytes(a_file())
    with pytest.raises(CommandError, match="The file has no events, though 1 were imported"):
        import_file(path)

    assert Session.objects.get().state == "public"


@pytest.mark.django_db
def test_an_import_that_breaks_half_way_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("programme.imports.save.note_days", lambda saving, schedule: 1 / 0)
    schedule = parse(
        a_file(an_event(persons='<persons><person id="5">Kari</person></persons>')), timezone="Europe/Oslo"
    )

    with pytest.raises(ZeroDivisionError):
        save(schedule, "treff", SOURCE, "en")

    assert not Conference.objects.exists()
    assert not Person.objects.exists()
