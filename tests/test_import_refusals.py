"""Files that are no schedule, or mean harm: one clear sentence, and nothing has changed."""

import pytest
from django.core.management import CommandError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conference.models import Conference
from programme.imports import xml_tree
from programme.imports.rows import Refused
from programme.imports.save import save
from programme.imports.schedule_xml import SOURCE, parse
from programme.publish import programme_of, publish
from programme.serve import serve
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
    "spreadsheet": (b"PK\x03\x04\x14\x00", "This is not an XML file."),
    "words": (b"title,start\nA,10:00", "This is not an XML file."),
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

    path.write_bytes(a_file(an_event("Else", 'id="77"'), head=other))
    with pytest.raises(CommandError, match="None of the events that were imported into “treff” before is in this file"):
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


WHOLE = a_file(
    an_event(
        "Ærlig & <ekte>",
        'id="1" guid="b"',
        date="2030-06-01T10:00:00+02:00",
        language="de, en",
        abstract="<p>One <a href='https://a.example/'>two</a></p>",
        persons='<persons><person id="5">Kari</person></persons>',
        links='<links><link href="https://a.example/">A</link></links>',
        track="Art",
    ),
    an_event("CANCELLED - B", 'id="2"', start="25:00", duration="1:00"),
    head=f"{HEAD}<time_zone_name>Europe/Oslo</time_zone_name><day_change>04:00</day_change>",
)


def parsed_or_refused(body):
    try:
        return parse(body, otherwise="Europe/Oslo")
    except Refused:
        return None


@given(st.integers(0, len(WHOLE)))
def test_a_truncated_file_is_read_or_refused(length):
    assert parsed_or_refused(WHOLE[:length]) is None or length >= len(WHOLE.rstrip())


@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=8), st.integers(0, 12))
@settings(max_examples=300, deadline=None)
def test_a_file_with_bytes_changed_anywhere_is_read_or_refused(start, bytes_put, bytes_taken):
    parsed_or_refused(WHOLE[:start] + bytes_put + WHOLE[start + bytes_taken :])


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200),
    st.sampled_from(["date", "start", "duration", "language", "type", "track", "slug", "room"]),
)
@settings(max_examples=300, deadline=None)
def test_a_field_may_say_anything(text, field):
    (session,) = parse(a_file(an_event(**{field: f" {text}"})), timezone="Europe/Oslo").sessions

    assert session.title == "A talk"
    assert session.starts_at is None or session.starts_at < session.ends_at


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300),
    st.text("<>/&;#pbrxa='\"*_[]() \n", max_size=120),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.django_db
def test_whatever_texts_say_can_be_saved(words, markup):
    event = an_event(
        f"T {words}", abstract=markup, description=f"{words}{markup}", subtitle=markup, language=words[:20], links=None
    )
    schedule = parse(a_file(event), timezone="Europe/Oslo")

    report = save(schedule, "treff", SOURCE, "en")

    assert schedule.sessions
    assert report.counts["session"]["new"] + report.counts["session"]["changed"] + report.counts["session"]["same"] == 1


# --- Files that are meant to exhaust us: what is counted is work, not seconds


@pytest.mark.parametrize(
    "body",
    [
        b"<schedule>" + b"<a/>" * 3_000 + b"</schedule>",
        b"<schedule>" + b"<a b='1' c='2' d='3'/>" * 800 + b"</schedule>",
    ],
)
def test_elements_without_end_are_refused_before_they_take_memory(body, monkeypatch):
    monkeypatch.setattr(xml_tree, "MOST_ELEMENTS", 2_000)
    kept = []

    class Counting(xml_tree.Bounded):
        def start(self, tag, attributes):
            kept.append(tag)
            return super().start(tag, attributes)

    monkeypatch.setattr(xml_tree, "Bounded", Counting)
    with pytest.raises(Refused, match="more than a million elements"):
        parse(body, timezone="Europe/Oslo")
    assert len(kept) <= 2_001


def test_a_file_that_is_deep_is_refused_at_its_sixty_first_step(monkeypatch):
    depths = []

    class Counting(xml_tree.Bounded):
        def start(self, tag, attributes):
            depths.append(self.depth)
            return super().start(tag, attributes)

    monkeypatch.setattr(xml_tree, "Bounded", Counting)
    with pytest.raises(Refused, match="nested too deeply"):
        parse(b"<schedule>" * 200_000, timezone="Europe/Oslo")
    assert len(depths) == xml_tree.MOST_DEPTH + 1


ABSURD = {
    "durations": [{"duration": words} for words in ("99:99", "-1:00", "9" * 40, "00:00", "1e9", "24:00:00:00", "P9999Y")],
    "dates": [{"date": words} for words in ("0000-00-00", "0001-01-01", "9999-12-31T23:59:59", "99999-01-01", "2030-02-30")],
    "starts": [{"start": words} for words in ("99:99", "24:00", "-01:00", "٣:٠٠", "10:00\u202e", "9" * 400)],
    "words": [{"title": "x" * 200_000}, {"subtitle": "\u202e" * 9_000}, {"slug": "../" * 900}, {"language": "x" * 9_000}],
    "texts": [{"description": "[a](javascript:alert(1)) <a href='data:text/html,x'>b</a><img src=x onerror=y>"}, {"abstract": "[" * 5_000}, {"abstract": "> " * 5_000}],
}  # fmt: skip


@pytest.mark.parametrize("kind", ABSURD)
@pytest.mark.django_db
def test_absurd_events_are_saved_as_far_as_they_make_sense_and_told(kind):
    events = [an_event(f"Talk {n}", f'id="{n}"', **fields) if "title" not in fields else an_event(attributes=f'id="{n}"', **fields) for n, fields in enumerate(ABSURD[kind], 1)]  # fmt: skip
    schedule = parse(a_file(*events), timezone="Europe/Oslo")

    report = save(schedule, "treff", SOURCE, "en")

    assert report.counts["session"]["new"] == len(events)
    for session in Session.objects.all():
        assert len(session.title) <= 300
        part = session.parts.get()
        assert part.starts_at is None or (part.ends_at - part.starts_at).days < 400
    release = publish(Conference.objects.get())
    pages = "".join(encode_pages(release))
    assert 'href="javascript' not in pages
    assert 'href="data' not in pages
    assert "<img src=x" not in pages


def encode_pages(release):
    programme = programme_of(release)
    for path in ("programme/", "programme.ics", *(f"sessions/{session.slug}/" for session in programme.sessions)):
        answer = serve(f"/en/treff/{path}", (programme,), release.published_at)
        assert answer.status == 200, path
        yield answer.body.decode()


@pytest.mark.django_db
def test_thousands_of_people_in_one_event_and_one_id_for_all_of_them(django_assert_max_num_queries):
    people = "".join(f'<person id="{number}">Person {number}</person>' for number in range(3_000))
    same = "".join('<person id="7">Kari</person>' for _number in range(2_000))
    events = [an_event("Mange", 'id="1"', persons=f"<persons>{people}</persons>"), an_event("En", 'id="1"', persons=f"<persons>{same}</persons>")]  # fmt: skip
    schedule = parse(a_file(*events), timezone="Europe/Oslo")

    with django_assert_max_num_queries(400):
        report = save(schedule, "treff", SOURCE, "en")

    assert report.counts["session"]["new"] == 2
    assert Person.objects.count() in (3_000, 3_001)
