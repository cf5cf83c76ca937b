"""What people write by hand in other spellings than the tools: clocks, dates, durations, languages, names, markers in titles."""

import datetime as dt

import pytest
from django.core.management import CommandError

from programme.imports.schedule_xml import parse
from programme.imports.spoken import read_languages
from programme.imports.times import read_clock, read_duration, read_moment
from programme.imports.titles import read_title
from tests.schedule_files import a_file, an_event, import_file, noted, oslo, read, read_one

CANCELLED = """
    ❌ CANCELLED: Foo|🚫 Cancelled – Foo|【中止】Foo|キャンセル: Foo|INSTÄLLD: Foo|Foo (inställd)|Kansellert: Foo|Utgår: Foo
    GEANNULEERD: Foo|PERUUTETTU: Foo|ZRUŠENO: Foo|ODWOŁANE: Foo|ANNULE : Foo|CANCELLED--Foo|CANCELLED, Foo|CANCELLED-Foo
    CANCELLED (illness): Foo|Cancelled due to illness: Foo|Avlyst pga. sykdom: Foo|Abgesagt / Cancelled: Foo|<CANCELLED> Foo
    WORKSHOP CANCELLED: Foo|Foo (CANCELLED due to illness)|Foo - CANCELLED|Foo – avlyst|Foo – fällt aus!|Foo CANCELLED|WITHDRAWN: Foo
"""
NOT_CANCELLED = """
    Cancelled lives|Noise cancelling with Rust|Cancel culture: a debate|Event cancelled? What the law says|Lives, cancelled
    Avlyst kulturliv – hva nå?|Utgår på dato – mat og svinn|Innstilt på samarbeid|Annuler un commit|Session cancelled: async in Rust|Why my talk got cancelled
"""


def written(text):
    return [words.strip() for line in text.strip().splitlines() for words in line.split("|")]


@pytest.mark.parametrize("title", written(CANCELLED))
def test_a_cancelled_session_is_recognised_however_it_is_marked(title):
    assert (read_title(title).words, read_title(title).is_cancelled) == ("Foo", True)


@pytest.mark.parametrize("title", written(NOT_CANCELLED))
def test_a_title_about_cancelling_is_just_a_title(title):
    assert (read_title(title).words, read_title(title).is_cancelled) == (title, False)


@pytest.mark.django_db
def test_staff_can_check_what_was_taken_from_titles(tmp_path):
    path = tmp_path / "schedule.xml"
    path.write_bytes(a_file(an_event("Avlyst: en roman"), an_event("(verschoben) Orgel", 'id="2"', start="12:00")))
    printed = import_file(path, create=True, timezone="Europe/Oslo")

    assert "Taken as cancelled, because the title says so: 1\n  Avlyst: en roman\n" in printed
    assert "A notice was made of what the title says first: 1\n  (verschoben) Orgel\n" in printed


@pytest.mark.parametrize(
    ("texts", "minutes"),
    [
        ("9:00|9.00|09:00:00|0900|9h|9h00|kl. 09.00|kl 9|9:00 AM|9am|09:00 Uhr|T09:00|09:00+02:00", 540),
        ("2:15pm|02:15 PM|14.15|1415|14h15", 855),
        ("12:00 AM|0:00|00.00", 0),
        ("12:30 p.m.", 750),
        ("25:30", 1530),
    ],
)
def test_a_clock_is_read_in_every_spelling(texts, minutes):
    assert {text: read_clock(text) for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), dt.timedelta(minutes=minutes)
    )


@pytest.mark.parametrize("text", ["9", "99:99", "tba", "13 pm", "9:75", "-1:00", "", "12345"])
def test_what_is_no_clock_is_none(text):
    assert read_clock(text) is None


def test_a_duration_is_read_as_people_write_it():
    ninety = (
        "1h30|1h 30m|1 h 30 min|90 min|90min|1.30|1.5h|1,5 timer|90.0|PT1.5H|P0Y0M0DT1H30M0S|1t 30min|1:30 h|90'|90’"
    )
    assert {text: read_duration(text).total_seconds() / 60 for text in ninety.split("|")} == dict.fromkeys(
        ninety.split("|"), 90
    )
    assert [read_duration(text) for text in ("", "lang", "h", "-0:30", "1h3h", "P", "PT")] == [None] * 7


@pytest.mark.parametrize(
    "date",
    [
        "02.06.2030",
        "2.6.2030",
        "2030/06/02",
        "20300602",
        "2030-06-02T00:00:00+02:00",
        "2030-06-02T00:00:00",
        "2030-06-02 10:00:00 +0200",
    ],
)
def test_a_date_in_another_spelling_is_the_day_of_the_clock(date):
    assert read_one(date=date, start="10:00").starts_at == oslo("2030-06-02T10:00:00")


def test_a_moment_in_another_spelling_is_read():
    texts = "02.06.2030 10:00|2030-06-02 10:00:00 UTC|2030-06-02T10:00:00+02:00[Europe/Oslo]"
    assert [f"{read_moment(text):%d %H:%M}" for text in texts.split("|")] == ["02 10:00"] * 3
    assert [read_moment(text) for text in ("32.01.2030", "1.13.2030", "0000-00-00", "31.12.9999")] == [None] * 4


def test_a_start_may_be_a_whole_moment_and_a_range_may_say_when_it_ends():
    whole = read_one(start="2030-06-02T08:00:00Z", duration="0:30")
    span = read_one(start="kl. 10.00 – 11.15", duration=None)

    assert whole.starts_at == oslo("2030-06-02T10:00:00")
    assert (span.starts_at, span.ends_at) == (oslo("2030-06-01T10:00:00"), oslo("2030-06-01T11:15:00"))


@pytest.mark.parametrize(
    ("end", "until"),
    [
        ("11:15", "2030-06-01T11:15:00"),
        ("2030-06-01T12:00:00+02:00", "2030-06-01T12:00:00"),
        ("0:30", "2030-06-02T00:30:00"),
    ],
)
def test_an_end_counts_where_there_is_no_duration(end, until):
    assert read_one(start="10:00", duration=None, end=end).ends_at == oslo(until)
    assert read_one(start="10:00", duration="0:30", end=end).ends_at == oslo("2030-06-01T10:30:00")


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Bokmål", "nb"),
        ("norwegian bokmål", "nb"),
        ("Engelsk og norsk", "en no"),
        ("fr et en", "fr en"),
        ("English (US)", "en"),
        ("English only", "en"),
        ("Swiss German", "de"),
        ("allemand / anglais", "de en"),
        ("davvisámegiella", "se"),
        ("中文", "zh"),
        ("English with German subtitles", ""),
        ("tba", ""),
    ],
)
def test_languages_are_read_as_people_call_them(words, codes):
    assert " ".join(read_languages(words)[0]) == codes


def test_people_are_found_in_every_shape():
    shapes = {
        "Attr Name": '<persons><person guid="g" name="Attr Name"/></persons>',
        "Ola Nordmann": "<persons><person><first_name>Ola</first_name><last_name>Nordmann</last_name></person></persons>",
        "Spea Ker": "<speakers><speaker>Spea Ker</speaker></speakers>",
        "Alone": "<person>Alone</person>",
    }
    for name, shape in shapes.items():
        event = an_event(**{shape[1:].partition(">")[0]: shape})
        assert [person.name for person in read(event).people] == [name]
    several = read(an_event(persons="<persons>Just Text, And Another</persons>"))
    assert [person.name for person in several.people] == ["Just Text", "And Another"]


EVENT = an_event(room=None)


@pytest.mark.parametrize(
    "inside",
    [
        f'<room name="Aula"><day date="2030-06-01">{EVENT}</day></room>',
        f'<days><day date="2030-06-01"><rooms><room name="Aula"><events>{EVENT}</events></room></rooms></day></days>',
        f'<Day Date="2030-06-01"><Room Name="Aula">{EVENT}</Room></Day>',
    ],
)
def test_days_rooms_and_events_may_hold_each_other_in_any_order(inside):
    body = f"<schedule><conference><title>T</title></conference>{inside}</schedule>"
    schedule = parse(body.encode(), timezone="Europe/Oslo")

    assert [(s.title, s.starts_at, s.room) for s in schedule.sessions] == [
        ("A talk", oslo("2030-06-01T10:00:00"), "aula")
    ]
    assert schedule.notes == ()


def test_a_list_of_people_that_names_their_events_adds_none():
    listed = '<persons><person id="5"><name>Kari</name><events><event id="1"/></events></person></persons>'
    schedule = read(an_event(persons='<persons><person id="5">Kari</person></persons>'), before_days=listed)

    assert (len(schedule.sessions), len(schedule.people), schedule.notes) == (1, 1, ())


def test_what_stands_beside_the_events_of_a_day_and_is_no_event_is_reported():
    day = 'date="2030-06-01"><break><title>Lunch</title><start>12:00</start></break><room name="X"/></day><day'
    schedule = read(an_event(), day=day)

    assert noted(schedule, "element") == ["Lunch 12:00"]


def broken(old, new):
    return a_file(an_event("R Mark D")).replace(old, new)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (broken(b"R Mark D", b"R&D &nbsp; Q&A &eacute; &amp; &lt;x&gt;"), "R&D Q&A é & <x>"),
        (broken(b"R Mark D", b"R\x0b \x08D&#11;"), "R D"),
        (broken(b"R Mark D", b"<![CDATA[R&amp;D]]> & more"), "R&D & more"),
        (broken(b"<?xml", b"\n <?xml"), "R Mark D"),
        (a_file(an_event("A")) + b"<br />Warning: x in y", "A"),
        (a_file(an_event("A")) + b"\0\0", "A"),
        (a_file(an_event("Blåbær")).replace(b"utf-8", b"ISO-8859-1"), "Blåbær"),
        (a_file(an_event("日本")).decode().replace("utf-8", "shift_jis").encode("shift_jis"), "日本"),
    ],
)
def test_xml_whose_meaning_is_plain_is_mended_and_said_so(body, title):
    schedule = parse(body, timezone="Europe/Oslo")

    assert [session.title for session in schedule.sessions] == [title]
    assert noted(schedule, "mended") == [""]


@pytest.mark.django_db
def test_a_zone_that_is_none_is_named_when_it_is_asked_for(tmp_path):
    path = tmp_path / "schedule.xml"
    path.write_bytes(a_file(head="<title>T</title><time_zone_name>CEST</time_zone_name>"))

    with pytest.raises(CommandError, match="There is no time zone “CEST”, which the file names; add --timezone"):
        import_file(path, create=True, timezone="")
