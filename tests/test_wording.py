"""Dates, times and durations as each language writes them, whatever language and zone are active."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from programme import wording

OSLO = ZoneInfo("Europe/Oslo")
START = dt.datetime(2020, 1, 30, 13, 0, tzinfo=OSLO)
END = dt.datetime(2020, 1, 30, 14, 30, tzinfo=OSLO)
FIRST_OF_MAY = dt.date(2020, 5, 1)


def in_four(write):
    return [write(language) for language in ("nb", "nn", "en", "fr")]


def test_visitor_reads_a_time_in_a_column():
    assert in_four(lambda language: wording.time(START, language)) == ["13.00", "13.00", "13:00", "13\u00a0h\u00a000"]


def test_visitor_reads_a_time_before_ten():
    early = START.replace(hour=9, minute=5)
    assert in_four(lambda language: wording.time(early, language)) == ["09.05", "09.05", "09:05", "9\u00a0h\u00a005"]


def test_visitor_reads_from_when_to_when():
    assert in_four(lambda language: wording.time_range(START, END, language)) == [
        "kl.\u00a013.00–14.30",
        "kl.\u00a013.00–14.30",
        "13:00–14:30",
        "13\u00a0h\u00a000\u00a0– 14\u00a0h\u00a030",
    ]


def test_visitor_reads_a_night_as_times_and_several_days_with_their_dates():
    night = wording.time_range(START.replace(hour=23), END.replace(day=31, hour=1), "nb")
    days = in_four(lambda language: wording.time_range(START, END.replace(day=31), language))

    assert night == "kl.\u00a023.00–01.30"
    assert days == [
        "30.\u00a0januar kl.\u00a013.00 – 31.\u00a0januar kl.\u00a014.30",
        "30.\u00a0januar kl.\u00a013.00 – 31.\u00a0januar kl.\u00a014.30",
        "30 January, 13:00 – 31 January, 14:30",
        "30\u00a0janvier, 13\u00a0h\u00a000\u00a0– 31\u00a0janvier, 14\u00a0h\u00a030",
    ]


def test_visitor_reads_a_date():
    assert in_four(lambda language: wording.long_date(START.date(), language)) == [
        "torsdag 30.\u00a0januar 2020",
        "torsdag 30.\u00a0januar 2020",
        "Thursday 30 January 2020",
        "jeudi 30\u00a0janvier 2020",
    ]
    assert in_four(lambda language: wording.short_date(START.date(), language)) == [
        "30.\u00a0januar",
        "30.\u00a0januar",
        "30 January",
        "30\u00a0janvier",
    ]
    assert in_four(lambda language: wording.weekday(START.date(), language)) == [
        "torsdag",
        "torsdag",
        "Thursday",
        "jeudi",
    ]


def test_a_date_and_its_times_read_as_one():
    assert in_four(lambda language: wording.times_of_date(START, START + dt.timedelta(minutes=90), language)) == [
        "30.\u00a0januar kl.\u00a013.00–14.30",
        "30.\u00a0januar kl.\u00a013.00–14.30",
        "30 January, 13:00–14:30",
        "30\u00a0janvier, 13\u00a0h\u00a000\u00a0– 14\u00a0h\u00a030",
    ]


def test_visitor_in_french_reads_premier_for_the_first_of_a_month():
    assert in_four(lambda language: wording.long_date(FIRST_OF_MAY, language)) == [
        "fredag 1.\u00a0mai 2020",
        "fredag 1.\u00a0mai 2020",
        "Friday 1 May 2020",
        "vendredi 1er\u00a0mai 2020",
    ]
    assert wording.short_date(FIRST_OF_MAY, "fr") == "1er\u00a0mai"
    assert wording.date_range(FIRST_OF_MAY, FIRST_OF_MAY.replace(day=2), "fr") == "1er–2\u00a0mai 2020"
    assert wording.date_range(dt.date(2019, 12, 31), dt.date(2020, 1, 1), "fr").endswith("– 1er\u00a0janvier 2020")


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2020-01-30", "2020-01-30", ["torsdag 30.\u00a0januar 2020", "torsdag 30.\u00a0januar 2020", "Thursday 30 January 2020", "jeudi 30\u00a0janvier 2020"]),
        ("2020-01-30", "2020-01-31", ["30.–31.\u00a0januar 2020", "30.–31.\u00a0januar 2020", "30–31 January 2020", "30–31\u00a0janvier 2020"]),
        ("2020-01-30", "2020-02-02", ["30.\u00a0januar – 2.\u00a0februar 2020", "30.\u00a0januar – 2.\u00a0februar 2020", "30 January – 2 February 2020", "30\u00a0janvier\u00a0– 2\u00a0février 2020"]),
        ("2019-12-30", "2020-01-02", ["30.\u00a0desember 2019 – 2.\u00a0januar 2020", "30.\u00a0desember 2019 – 2.\u00a0januar 2020", "30 December 2019 – 2 January 2020", "30\u00a0décembre 2019\u00a0– 2\u00a0janvier 2020"]),
    ],
)  # fmt: skip
def test_visitor_reads_when_a_conference_is(first, last, expected):
    days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    assert in_four(lambda language: wording.date_range(*days, language)) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (1, ["1 minutt", "1 minutt", "1 minute", "1\u00a0minute"]),
        (45, ["45 minutter", "45 minutt", "45 minutes", "45\u00a0minutes"]),
        (60, ["1 time", "1 time", "1 hour", "1\u00a0heure"]),
        (90, ["1 time og 30 minutter", "1 time og 30 minutt", "1 hour 30 minutes", "1\u00a0heure et 30\u00a0minutes"]),
        (120, ["2 timer", "2 timar", "2 hours", "2\u00a0heures"]),
        (0, ["0 minutter", "0 minutt", "0 minutes", "0\u00a0minute"]),
    ],
)
def test_visitor_reads_how_long_it_lasts(minutes, expected):
    assert in_four(lambda language: wording.duration(minutes, language)) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (10, ["starter om 10 minutter", "startar om 10 minutt", "starts in 10 minutes", "commence dans 10\u00a0minutes"]),
        (61, ["starter om 1 time og 1 minutt", "startar om 1 time og 1 minutt", "starts in 1 hour 1 minute", "commence dans 1\u00a0heure et 1\u00a0minute"]),
        (22 * 1440 - 60, ["starter om 21 dager", "startar om 21 dagar", "starts in 21 days", "commence dans 21 jours"]),
        (0, ["starter nå", "startar no", "starts now", "commence maintenant"]),
        (1, ["starter om 1 minutt", "startar om 1 minutt", "starts in 1 minute", "commence dans 1\u00a0minute"]),
        (2, ["starter om 2 minutter", "startar om 2 minutt", "starts in 2 minutes", "commence dans 2\u00a0minutes"]),
        (59, ["starter om 59 minutter", "startar om 59 minutt", "starts in 59 minutes", "commence dans 59\u00a0minutes"]),
        (60, ["starter om 1 time", "startar om 1 time", "starts in 1 hour", "commence dans 1\u00a0heure"]),
        (1440, ["starter om 24 timer", "startar om 24 timar", "starts in 24 hours", "commence dans 24\u00a0heures"]),
        (2880, ["starter om 2 dager", "startar om 2 dagar", "starts in 2 days", "commence dans 2 jours"]),
    ],
)  # fmt: skip
def test_visitor_reads_how_soon_it_starts(minutes, expected):
    assert in_four(lambda language: wording.starts_in(minutes, language)) == expected


def test_visitor_reads_the_names_of_spoken_languages():
    assert in_four(lambda language: wording.language_names(["nb", "en", "no"], language)) == [
        "norsk, engelsk",
        "norsk, engelsk",
        "Norwegian, English",
        "norvégien, anglais",
    ]
    assert wording.language_name("xyz", "nb") == "xyz"


def test_visitor_is_not_answered_in_somebody_elses_language_or_zone():
    calm = wording.long_date(START, "fr"), wording.time(START, "fr")
    with translation.override("nb"), timezone.override("Asia/Tokyo"):
        assert (wording.long_date(START, "fr"), wording.time(START, "fr")) == calm
        assert translation.get_language() == "nb"
