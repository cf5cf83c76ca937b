"""The grid of a day: every session where its room and its time meet, whatever the programme's rhythm."""

import datetime as dt
from dataclasses import replace
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from programme.grid import grid_of
from programme.values import Format
from tests.factories_values import a_part, a_programme, a_room, a_session, slug, text, uuid_of

HALL, LOFT, ROOF = a_room("Storsalen"), a_room("Loftet"), a_room("Taket")


def a_format(name, **fields):
    return Format(uuid_of("format", name), slug(name), text(name), **fields)


TALK, PLENARY, BREAK = a_format("Foredrag"), a_format("Plenum"), a_format("Pause", is_break=True)


def on(title, at, minutes=60, room=HALL, **fields):
    """A session in one part on the first day; `at` as "13:00", or with a date."""
    at = at if " " in at else f"2026-06-15 {at}"
    return a_session(title, parts=(a_part(at, minutes, name=title, room=room),), **{"format": TALK} | fields)


def lines_of(grid):
    """The grid as words, a list for each row: `=` where a session goes on, `-` for nothing."""
    picture = [["?"] * grid.width for _row in grid.rows]
    for number, row in enumerate(grid.rows):
        for cell in row.cells:
            left = picture[number].index("?")
            name = cell.slot.session.title["nb"] if cell.slot else "-"
            for down in range(cell.rows):
                for right in range(left, left + cell.columns):
                    assert picture[number + down][right] == "?", "two cells in one place"
                    picture[number + down][right] = name if (down, right) == (0, left) else "=" if cell.slot else "-"
    assert not any("?" in line for line in picture), "a hole in the table"
    return picture


def heads(grid):
    return [(column.room.name["nb"] if column.room else None, column.lanes) for column in grid.columns]


def grid(*sessions, day=0, shown=None):
    programme = a_programme(*sessions, rooms=(HALL, LOFT, ROOF))
    return grid_of(programme, programme.days[day], shown)


# --- Where things stand


def test_parallel_sessions_stand_beside_each_other_and_empty_rooms_are_left_out():
    found = grid(on("A", "13:00"), on("B", "13:00", room=ROOF), on("C", "14:00"))
    assert heads(found) == [("Storsalen", 1), ("Taket", 1)]
    assert lines_of(found) == [["A", "B"], ["C", "-"]]


def test_every_start_and_end_begins_a_row():
    found = grid(on("A", "13:00", 45), on("B", "13:20", 40, room=LOFT))
    assert [row.starts_at.strftime("%M") for row in found.rows] == ["00", "20", "45"]
    assert [row.is_start for row in found.rows] == [True, True, False]
    assert [row.is_hour for row in found.rows] == [True, False, False]
    assert lines_of(found) == [["A", "-"], ["=", "B"], ["-", "="]]


def test_what_overlaps_in_one_room_splits_it_and_the_rest_keeps_its_whole_width():
    found = grid(on("A", "13:00", 90), on("B", "14:00", 60), on("C", "15:00"), on("D", "13:00", 180, room=LOFT))
    assert heads(found) == [("Storsalen", 2), ("Loftet", 1)]
    assert lines_of(found) == [["A", "-", "D"], ["=", "B", "="], ["-", "=", "="], ["C", "=", "="]]


def test_three_things_at_once_in_a_room_take_three_lanes():
    found = grid(on("A", "13:00"), on("B", "13:00"), on("C", "13:30"))
    assert heads(found) == [("Storsalen", 3)]
    assert lines_of(found) == [["A", "B", "-"], ["=", "=", "C"], ["-", "-", "="]]


def test_empty_time_is_one_cell_however_many_rows_it_lasts():
    found = grid(on("A", "13:00", 15), on("B", "13:15", 15), on("C", "13:30", 15), on("D", "13:30", 15, room=LOFT))
    assert [cell.rows for row in found.rows for cell in row.cells if not cell.slot] == [2]


def test_a_break_with_nothing_beside_it_stands_over_all_rooms():
    lunch = on("Lunsj", "14:00", format=BREAK)
    found = grid(on("A", "13:00"), on("B", "13:00", room=LOFT), lunch)
    assert lines_of(found)[1] == ["Lunsj", "="]
    assert found.rows[1].cells[0].is_over_all

    beside = grid(on("A", "13:00"), on("B", "13:00", 90, room=LOFT), lunch)
    assert lines_of(beside)[1:] == [["Lunsj", "="], ["=", "-"]]


def test_a_plenary_stands_over_all_rooms_and_a_lonely_talk_stays_in_its_own():
    found = grid(
        on("Åpning", "09:00", format=PLENARY),
        on("A", "10:00"),
        on("B", "10:00", room=LOFT),
        on("Sent", "22:00", room=LOFT),
    )
    assert lines_of(found) == [["Åpning", "="], ["A", "B"], ["-", "-"], ["-", "Sent"]]


def test_where_nothing_is_ever_parallel_each_room_keeps_its_own_but_for_breaks():
    found = grid(on("A", "13:00"), on("Lunsj", "14:00", format=BREAK), on("B", "15:00", room=LOFT))
    assert lines_of(found) == [["A", "-"], ["Lunsj", "="], ["-", "B"]]


def test_a_session_without_a_room_stands_in_a_column_of_its_own_at_the_end():
    found = grid(on("A", "13:00"), on("B", "13:00", room=None))
    assert heads(found) == [("Storsalen", 1), (None, 1)]
    assert lines_of(found) == [["A", "B"]]


def test_a_night_stays_one_day_and_says_when_the_date_changes():
    found = grid(on("Dans", "23:00", 240), on("Film", "2026-06-16 00:30", 60, room=LOFT))
    assert len(found.rows) == 3
    assert [row.new_date for row in found.rows] == [None, dt.date(2026, 6, 16), None]
    assert lines_of(found) == [["Dans", "-"], ["=", "Film"], ["=", "-"]]


def test_one_session_is_a_table_too():
    found = grid(on("A", "13:00"))
    assert (heads(found), lines_of(found)) == ([("Storsalen", 1)], [["A"]])


def test_of_a_filtered_day_only_what_is_shown_takes_room_but_a_talk_does_not_become_a_plenary():
    sessions = (on("A", "13:00"), on("B", "13:00", room=LOFT), on("C", "14:00", room=LOFT), on("D", "14:00", room=ROOF))
    programme = a_programme(*sessions, rooms=(HALL, LOFT, ROOF))
    day = programme.days[0]
    found = grid_of(programme, day, tuple(slot for slot in day.slots if slot.session.title["nb"] in "AD"))
    assert heads(found) == [("Storsalen", 1), ("Taket", 1)]
    assert lines_of(found) == [["A", "-"], ["-", "D"]]


# --- How tall things are


def test_a_session_of_five_minutes_keeps_its_title():
    brief = on("Kort om et nokså langt emne som nesten ikke får plass", "13:00", 5)
    found = grid(brief, on("B", "13:05", 5), on("C", "13:00", 60, room=LOFT))
    assert found.rows[0].cells[0].lines >= 2
    assert found.rows[0].cells[0].is_brief


def test_long_rows_are_taller_but_a_whole_night_does_not_fill_the_page():
    found = grid(on("A", "09:00", 5), on("B", "09:05", 30), on("C", "09:35", 60), on("D", "10:35", 720))
    heights = [row.height for row in found.rows]
    assert heights == sorted(heights)
    assert heights[-1] < 3 * heights[1]


def test_a_session_of_half_an_hour_has_lines_for_its_title_and_its_time():
    found = grid(on("En tittel på noe over førti bokstaver i alt", "13:00", 30), *(on(n, "13:00", 5) for n in "BC"))
    assert all(cell.lines >= 3 for cell in found.rows[0].cells if cell.slot and cell.slot.part.minutes == 30)


# --- Whatever the programme


@st.composite
def programmes(draw):
    start = dt.datetime(2026, 6, 15, 6, 0, tzinfo=dt.UTC)
    sessions = []
    for number in range(draw(st.integers(1, 14))):
        at = start + dt.timedelta(minutes=5 * draw(st.integers(0, 150)))
        end = at + dt.timedelta(minutes=draw(st.sampled_from([1, 5, 15, 30, 60, 90, 700])))
        room = draw(st.sampled_from([HALL, LOFT, ROOF, None]))
        part = replace(a_part(name=str(number)), starts_at=at, ends_at=end, room=room, uuid=uuid4())
        kind = draw(st.sampled_from([TALK, PLENARY, BREAK, None]))
        sessions.append(a_session(f"S{number}", parts=(part,), format=kind))
    return a_programme(*sessions, rooms=(HALL, LOFT, ROOF))


@given(programmes(), st.data())
def test_every_slot_stands_once_in_its_own_time_and_the_table_has_neither_holes_nor_overlaps(programme, data):
    for day in programme.days:
        shown = data.draw(st.lists(st.sampled_from(day.slots), min_size=1, unique_by=id).map(tuple))
        shown = tuple(sorted(shown, key=day.slots.index))
        found = grid_of(programme, day, shown)
        lines_of(found)  # asserts that spans add up in every row
        cells = [(number, cell) for number, row in enumerate(found.rows) for cell in row.cells if cell.slot]
        assert sorted(c.slot.part.uuid for _n, c in cells) == sorted(s.part.uuid for s in shown)
        for number, cell in cells:
            assert found.rows[number].starts_at == cell.slot.starts_at
            assert found.rows[number + cell.rows - 1].ends_at == cell.slot.ends_at
