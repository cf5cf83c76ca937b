"""Every odd shape that a schedule.xml has been seen in, one at a time."""

import pytest

from programme.imports.rows import Refused
from programme.imports.schedule_xml import parse
from tests.schedule_files import HEAD, a_file, an_event, noted, oslo, read, read_one

PENTABARF = {"head": f"{HEAD}<day_change>04:00</day_change>"}


def test_an_event_after_midnight_without_a_date_belongs_to_the_night_of_its_programme_day():
    late = read_one(start="00:15", file=PENTABARF)
    morning = read_one(start="04:00", file=PENTABARF)

    assert late.starts_at == oslo("2030-06-02T00:15:00")
    assert morning.starts_at == oslo("2030-06-01T04:00:00")


def test_a_day_that_ends_next_morning_says_the_same_as_a_day_change():
    day = 'date="2030-06-01" index="1" start="2030-06-01T11:00:00+02:00" end="2030-06-02T04:00:00+02:00"'

    assert read_one(start="01:00", file={"day": day}).starts_at == oslo("2030-06-02T01:00:00")


def test_a_date_of_its_own_wins_over_the_day():
    session = read_one(date="2030-06-02T00:30:00+02:00", start="00:30", file=PENTABARF)

    assert session.starts_at == oslo("2030-06-02T00:30:00")


@pytest.mark.parametrize(
    "date",
    [
        "2030-06-01T08:00:00+0000",
        "2030-06-01T08:00:00Z",
        "2030-06-01 10:00:00+02:00",
        "2030-06-01T10:00:00",
        "2030-06-01",
    ],
)
def test_a_date_is_read_in_every_spelling(date):
    assert read_one(date=date, start="10:00").starts_at == oslo("2030-06-01T10:00:00")


def test_a_date_in_utc_with_a_local_start_is_the_instant():
    schedule = read(an_event(date="2030-06-01T08:00:00+00:00", start="10:00"))

    assert schedule.sessions[0].starts_at == oslo("2030-06-01T10:00:00")
    assert schedule.notes == ()


def test_local_times_that_are_labelled_utc_are_taken_as_local_and_reported():
    schedule = read(an_event(date="2030-06-01T10:00:00+00:00", start="10:00"))

    assert schedule.sessions[0].starts_at == oslo("2030-06-01T10:00:00")
    assert noted(schedule, "wrong-offset") == ["1 A talk"]


def test_a_date_that_agrees_with_no_reading_of_the_start_is_trusted_and_reported():
    schedule = read(an_event(date="2030-06-01T14:20:00+02:00", start="10:00"))

    assert schedule.sessions[0].starts_at == oslo("2030-06-01T14:20:00")
    assert noted(schedule, "date-against-start") == ["1 A talk"]


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("0:30", 30),
        ("00:30", 30),
        ("1:30", 90),
        ("01:30:00", 90),
        ("36:00", 2160),
        ("1:00:00:00", 1440),
        ("45", 45),
        ("PT1H15M", 75),
    ],
)
def test_a_duration_is_read_in_every_spelling(written, minutes):
    session = read_one(duration=written)

    assert (session.ends_at - session.starts_at).total_seconds() == minutes * 60


@pytest.mark.parametrize("written", ["00:00", "0:00", "", "soon", "-1:00", "9999:00"])
def test_an_event_without_a_real_duration_gets_five_minutes_and_is_reported(written):
    schedule = read(an_event(duration=written))

    assert (schedule.sessions[0].ends_at - schedule.sessions[0].starts_at).total_seconds() == 300
    assert noted(schedule, "no-duration") == ["1 A talk"]


@pytest.mark.parametrize("start", ["", "late", "10:75", "99:00"])
def test_an_event_whose_time_cannot_be_read_is_kept_without_one_and_reported(start):
    schedule = read(an_event(start=start), an_event("Another", 'id="2"'))

    assert schedule.sessions[0].starts_at is None
    assert schedule.sessions[1].starts_at == oslo("2030-06-01T10:00:00")
    assert noted(schedule, "no-time") == ["1 A talk"]


def test_an_event_without_a_title_is_left_out_and_the_others_are_not():
    schedule = read(an_event("", 'id="7"'), an_event("  ", 'id="8"'), an_event("Here", 'id="9"'))

    assert [session.title for session in schedule.sessions] == ["Here"]
    assert noted(schedule, "no-title") == ["7 10:00 Aula", "8 10:00 Aula"]


def test_a_day_without_rooms_has_events_with_rooms_fosdem_2007():
    body = a_file().replace(b'<room name="Aula"></room>', an_event(room=" H.2214 ").encode())
    schedule = parse(body, timezone="Europe/Oslo")

    assert [room.name for room in schedule.rooms] == ["H.2214"]
    assert schedule.sessions[0].room == schedule.rooms[0].key


def test_rooms_stand_in_the_order_of_the_file_and_empty_ones_are_kept():
    body = a_file(an_event(room=None), room=" Große Halle / A [200]").replace(
        b"</day>", b'<room name="Foyer"/><room name="Aula"></room></day>'
    )

    assert [room.name for room in parse(body, timezone="Europe/Oslo").rooms] == [
        "Große Halle / A [200]",
        "Foyer",
        "Aula",
    ]


@pytest.mark.parametrize(
    ("written", "codes"),
    [("de, en", ("de", "en")), ("en, de", ("en", "de")), ("eng", ("en",)), ("English", ("en",)), ("Deutsch", ("de",)), ("de-CH", ("de",)),
     ("", ()), ("ab", ("ab",)), ("da", ("da",)), ("nb", ("nb",)), ("Norwegian", ("no",))],
)  # fmt: skip
def test_languages_are_read_in_every_spelling(written, codes):
    schedule = read(an_event(language=written))

    assert schedule.sessions[0].spoken_languages == codes
    assert noted(schedule, "language") == []


def test_a_language_that_is_none_is_left_out_and_reported():
    schedule = read(an_event(language="klingon, de"))

    assert schedule.sessions[0].spoken_languages == ("de",)
    assert [note.name for note in schedule.notes] == ["klingon"]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("CANCELLED Games", "Games"),
        ("CANCELLED - Games", "Games"),
        ("CANCELLED! Games (Day 2)", "Games (Day 2)"),
        ("CANCELED: Games", "Games"),
        ("Cancelled: Games", "Games"),
        ("[CANCELLED] Games", "Games"),
        ("(Cancelled due to illness) Games", "Games"),
        ("FÄLLT AUS: Spiele", "Spiele"),
        ("FÄLLT AUS Spiele", "Spiele"),
        ("Fällt leider aus! Spiele", "Spiele"),
        ("ABGESAGT – Spiele", "Spiele"),
        ("AVLYST: Spill", "Spill"),
        ("Games (CANCELLED)", "Games"),
    ],
)
def test_a_title_that_says_cancelled_makes_a_cancelled_session(written, title):
    session = read_one(written)

    assert (session.title, session.is_cancelled) == (title, True)


@pytest.mark.parametrize(
    "title",
    ["Cancelling POSIX syscalls in Managarm", "Cancelled lives", "CANCELLED CULTURE", "CANCELLED", "Cancellation - how to", "Abgesagte Träume", "Delayed ACKs: a story", "Moved by music", "(emulate|fuzz|break) kernels"],
)  # fmt: skip
def test_a_title_that_only_speaks_of_such_things_is_left_alone(title):
    session = read_one(title)

    assert (session.title, session.is_cancelled, session.notice) == (title, False, "")


@pytest.mark.parametrize(
    ("written", "title", "notice"),
    [
        ("(Achtung Verschoben!! ) Lötkurs", "Lötkurs", "Achtung Verschoben!!"),
        ("MOVED TO H.1302 - Kernel", "Kernel", "MOVED TO H.1302"),
        ("Verschoben: Lötkurs", "Lötkurs", "Verschoben"),
        ("[FLYTTET] Kurs", "Kurs", "FLYTTET"),
    ],
)
def test_a_title_that_says_moved_becomes_a_notice(written, title, notice):
    session = read_one(written)

    assert (session.title, session.notice, session.is_cancelled) == (title, notice, False)


def test_breaks_are_recognised_by_type_or_by_a_title_without_people():
    person = '<persons><person id="3">Kari</person></persons>'
    kinds = {"Lunch": "", "Kaffee": "Pause", "Afternoon break": "other", "Breaking things": "", "Coffee break": "talk"}
    events = [an_event(title, f'id="{number}"', type=kind) for number, (title, kind) in enumerate(kinds.items())]
    schedule = read(*events, an_event("Lunch", 'id="99"', type="Talk", persons=person))
    breaks = {row.key for row in schedule.formats if row.is_break}

    assert [session.title for session in schedule.sessions if session.format in breaks] == [
        "Lunch",
        "Kaffee",
        "Afternoon break",
        "Coffee break",
    ]
    assert {row.name for row in schedule.formats} == {"", "Pause", "Talk"}


def test_types_and_tracks_that_differ_in_capitals_only_are_one():
    schedule = read(
        an_event(type="Talk", track="CCC"),
        an_event("B", 'id="2"', type="talk", track="ccc"),
        an_event("C", 'id="3"', track=""),
    )

    assert [row.name for row in schedule.formats] == ["Talk"]
    assert [row.name for row in schedule.tracks] == ["CCC"]
    assert [session.track for session in schedule.sessions] == ["ccc", "ccc", ""]


def test_tracks_and_their_colours_come_from_wherever_a_file_lists_them():
    head = f'{HEAD}<track name="Hardware" slug="hw" color="#685B9D"/><track name="Art" color="f90"/>'
    schedule = read(an_event(track="Security"), head=head, before_days='<tracks><track slug="law">Law</track></tracks>')

    assert [(row.name, row.colour) for row in schedule.tracks] == [
        ("Hardware", "#685b9d"),
        ("Art", "#ff9900"),
        ("Law", ""),
        ("Security", ""),
    ]


def test_what_is_not_taken_over_is_noted_with_its_element():
    children = {
        "feedback_url": "https://a.example/f",
        "logo": "/logo.png",
        "answers": "<answers><answer>x</answer></answers>",
    }
    schedule = read(
        an_event(
            **children,
            tag="old",
            do_not_stream="true",
            recording="<recording><optout>true</optout></recording>",
            conf_url=" ",
        )
    )

    assert sorted(note.name for note in schedule.notes if note.topic == "element") == [
        "answers",
        "do_not_stream",
        "feedback_url",
        "logo",
        "tag",
    ]
    assert noted(schedule, "optout") == ["1 A talk"]


def test_the_zone_is_the_one_asked_for_then_the_files_then_the_conferences():
    named = a_file(an_event(), head=f"{HEAD}<time_zone_name>Asia/Kolkata</time_zone_name>")
    silent = a_file(an_event())

    assert parse(named, timezone="Europe/Oslo", otherwise="UTC").conference.timezone == "Europe/Oslo"
    assert parse(named, otherwise="UTC").conference.timezone == "Asia/Kolkata"
    assert parse(silent, otherwise="Europe/Oslo").conference.timezone == "Europe/Oslo"
    with pytest.raises(Refused, match=r"names no time zone; add --timezone Europe/Berlin"):
        parse(silent)
    with pytest.raises(Refused, match=r"--timezone America/New_York"):
        parse(a_file(an_event(date="2030-06-01T10:00:00-04:00")))


def test_a_zone_that_nobody_knows_is_as_good_as_none():
    body = a_file(an_event(), head=f"{HEAD}<time_zone_name>Middle Earth</time_zone_name>")

    assert noted(parse(body, otherwise="Europe/Oslo"), "bad-zone") == ["Middle Earth"]


def test_the_conference_is_read_from_its_head():
    head = """<title>Treff &amp; Co</title><subtitle>Alle</subtitle><venue>Folkets Hus</venue><city>Oslo</city>
        <start>2030-05-31T23:00:00+00:00</start><end>2030-06-02T10:00:00+00:00</end><url>https://treff.example/</url><color primary="#abcdef"/>"""
    conference = read(an_event(language="nb"), head=head).conference

    assert (conference.name, conference.tagline, conference.venue_name, conference.venue_address) == (
        "Treff & Co",
        "Alle",
        "Folkets Hus",
        "Oslo",
    )
    assert (conference.starts_on.isoformat(), conference.ends_on.isoformat()) == ("2030-06-01", "2030-06-02")
    assert (conference.website, conference.accent_colour, conference.spoken) == (
        "https://treff.example/",
        "#abcdef",
        "nb",
    )
