"""A day of the programme as a table: rooms across, time down.

Every start and every end begins a row, so that each slot stands in whole rows whatever the programme's rhythm is. How
tall a row is follows its minutes, and what must be readable in it; heights are counted in half lines of text.
"""

import bisect
import datetime as dt
import itertools
from dataclasses import dataclass, replace

from programme.days import Day, alone_in_time
from programme.values import Room, Slot
from programme.whole import Programme

FEW_COLUMNS = 5  # so many always fit on a wide screen, side by side
LETTERS = {"few": 26, "many": 21}  # of a title that surely fit on one line of a column
MINUTES = (5, 10, 15, 20, 30, 45, 60, 90, 120)  # a row this long …
HEIGHTS = (2, 3, 4, 5, 6, 8, 9, 10, 11, 12)  # … is this tall, in half lines; the last is for all that is longer
TALLEST = 20  # half lines; static/parts/grid.css knows heights up to this one


@dataclass(frozen=True)
class Column:
    """A room in the table's head; None for what has no room yet."""

    room: Room | None
    lanes: int = 1  # how many things run side by side in it: the columns that its heading spans


@dataclass(frozen=True)
class Cell:
    """A slot where it stands, or an empty stretch (slot None)."""

    slot: Slot | None
    rows: int  # rowspan
    columns: int  # colspan
    lines: int = 0  # of text that fit
    is_over_all: bool = False  # stands over all rooms

    @property
    def is_brief(self) -> bool:
        """Too low for more than its title."""
        return self.lines < 3


@dataclass(frozen=True)
class Row:
    """The time between two moments at which something starts or ends."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    height: int  # half lines
    cells: tuple[Cell, ...]  # those that begin in this row
    is_start: bool  # something begins here
    is_hour: bool  # on the full hour
    new_date: dt.date | None  # of the first row after midnight


@dataclass(frozen=True)
class Grid:
    date: dt.date
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """Columns below the head, those of split rooms counted each."""
        return sum(column.lanes for column in self.columns)

    @property
    def is_few(self) -> bool:
        """Narrow enough never to be scrolled sideways on a wide screen."""
        return self.width <= FEW_COLUMNS


@dataclass(frozen=True)
class Box:
    """A rectangle of the table, in rows and columns from 0; bottom and right are the first outside."""

    slot: Slot | None
    top: int
    bottom: int
    left: int
    right: int
    is_over_all: bool = False


def grid_of(programme: Programme, day: Day, shown: tuple[Slot, ...] | None = None) -> Grid:
    """The table of a day, or of those of its slots that are to be shown, at least one; rooms without any are left out."""
    slots = day.slots if shown is None else shown
    moments = sorted({moment for slot in slots for moment in (slot.starts_at, slot.ends_at)})
    wide = over_all(day.slots)
    columns, lanes = columns_of(programme, [slot for slot in slots if slot.part.uuid not in wide] or slots)
    boxes = boxes_of(slots, columns, lanes, moments)
    heights = heights_of(boxes, moments, sum(column.lanes for column in columns))
    boxes += gaps(boxes, columns, len(heights))
    return Grid(day.date, columns, tuple(rows_of(programme.zone, moments, heights, boxes)))


# --- What stands over all rooms


def over_all(slots) -> set:
    """The uuids of the parts of a day that concern everybody: breaks, and plenaries, with nothing beside them.

    A plenary is known by its format: one whose sessions never have anything beside them that day. What merely happens
    to be alone, such as the last workshop of a night, stays in its room.
    """
    alone = set(alone_in_time(slots))
    beside = {slot.session.format and slot.session.format.uuid for slot in slots if slot.part.uuid not in alone}
    found = [slot for slot in slots if slot.part.uuid in alone and is_for_all(slot.session, beside)]
    if len(found) == len(slots):  # nothing is ever parallel: each room keeps its own
        found = [slot for slot in found if slot.session.is_break]
    return {slot.part.uuid for slot in found}


def is_for_all(session, formats_beside) -> bool:
    return session.is_break or (session.format and session.format.uuid) not in formats_beside


# --- Columns


def columns_of(programme, slots):
    """(the columns, {uuid of a part: its lane in its room}) of slots given by start."""
    by_room = {}
    for slot in slots:
        by_room.setdefault(slot.room and slot.room.uuid, []).append(slot)
    columns, lanes = [], {}
    for room in (*programme.rooms, None):
        found = by_room.get(room and room.uuid)
        if found:
            lanes |= side_by_side(found)
            columns.append(Column(room, 1 + max(lanes[slot.part.uuid] for slot in found)))
    return tuple(columns), lanes


def side_by_side(slots) -> dict:
    """{uuid of a part: the first lane that is free when it starts}, for slots of one room given by start."""
    free_from, lanes = [], {}
    for slot in slots:
        lane = next((n for n, moment in enumerate(free_from) if moment <= slot.starts_at), len(free_from))
        free_from[lane : lane + 1] = [slot.ends_at]
        lanes[slot.part.uuid] = lane
    return lanes


# --- Rectangles


def boxes_of(slots, columns, lanes, moments) -> list[Box]:
    """Where each slot stands; one without a lane stands over all columns."""
    row = {moment: number for number, moment in enumerate(moments)}
    first = {column.room and column.room.uuid: start for column, start in starts_of(columns)}
    width = sum(column.lanes for column in columns)
    found = []
    for slot in slots:
        rows = row[slot.starts_at], row[slot.ends_at]
        if slot.part.uuid in lanes:
            left = first[slot.room and slot.room.uuid] + lanes[slot.part.uuid]
            found.append(Box(slot, *rows, left, left + 1))
        else:
            found.append(Box(slot, *rows, 0, width, is_over_all=True))
    return widened(found, columns)


def widened(boxes, columns) -> list[Box]:
    """In a split room, what has nothing to its right takes that width too."""
    ends = {
        start + lane: start + column.lanes
        for column, start in starts_of(columns)
        if column.lanes > 1
        for lane in range(column.lanes)
    }
    split = [box for box in boxes if is_split(box, ends)]
    return [widest(box, split, ends[box.left]) if is_split(box, ends) else box for box in boxes]


def is_split(box, ends) -> bool:
    return box.left in ends and not box.is_over_all


def starts_of(columns):
    """Each column with the number of its first lane."""
    return zip(columns, itertools.accumulate((column.lanes for column in columns), initial=0), strict=False)


def widest(box, others, end) -> Box:
    beside = (o.left for o in others if o.left >= box.right and o.top < box.bottom and box.top < o.bottom)
    return replace(box, right=min(end, *beside, end))


def gaps(boxes, columns, rows) -> list[Box]:
    """What no slot covers, in rectangles as tall as can be, none of them over two rooms."""
    width = sum(column.lanes for column in columns)
    free = [[True] * width for _row in range(rows)]
    for box in boxes:
        fill(free, box)
    found = []
    for column, start in starts_of(columns):
        for left, top in itertools.product(range(start, start + column.lanes), range(rows)):
            if free[top][left]:
                found.append(gap_at(free, top, left, start + column.lanes))
                fill(free, found[-1])
    return found


def gap_at(free, top, left, end) -> Box:
    bottom = next((row for row in range(top, len(free)) if not free[row][left]), len(free))
    right = next((c for c in range(left, end) if not all(free[row][c] for row in range(top, bottom))), end)
    return Box(None, top, bottom, left, right)


def fill(free, box):
    for row in range(box.top, box.bottom):
        free[row][box.left : box.right] = [False] * (box.right - box.left)


# --- Rows


def heights_of(boxes, moments, width) -> list[int]:
    """How tall each row is, in half lines: by its minutes, and so that every slot can show what matters most."""
    minutes = [(end - start).total_seconds() / 60 for start, end in itertools.pairwise(moments)]
    heights = [HEIGHTS[bisect.bisect_left(MINUTES, length)] for length in minutes]
    for box in sorted(boxes, key=lambda box: box.bottom - box.top):
        missing = needed(box, width <= FEW_COLUMNS) - sum(heights[box.top : box.bottom])
        for row in itertools.islice(itertools.cycle(range(box.top, box.bottom)), max(missing, 0)):
            heights[row] += 1
    return [min(height, TALLEST) for height in heights]


def needed(box, is_few) -> int:
    """The half lines that a slot asks for: its title, up to a limit, and what stands below when it lasts a while."""
    slot, minutes = box.slot, box.slot.part.minutes
    letters = LETTERS["few" if is_few else "many"] * (box.right - box.left)
    title = max(map(len, slot.session.title.values()), default=1)
    lines = min(lines_of(title, letters), 2 if minutes < 10 else 3 if minutes < 20 else 4)
    if minutes >= 20:
        people = lines_of(sum(len(person.name) + 2 for person in slot.people), letters)
        lines += 1 + min(people, 3 if is_few else 1)
    if minutes >= 20 and is_few:
        lines += bool(slot.session.track) + bool(slot.session.notice)
        lines += lines_of_parts(slot, box.right - box.left)
    return 2 * lines + 1


def lines_of_parts(slot, columns) -> int:
    """For the part's own title, and the way to the other parts: links that are a third taller than text."""
    links = lines_of(min(slot.of - 1, 3), columns)
    return bool(slot.part.title) + lines_of(4 * links, 3) if slot.of > 1 else 0


def lines_of(length, letters) -> int:
    return -(-length // letters)


def rows_of(zone, moments, heights, boxes):
    by_row = {}
    for box in sorted(boxes, key=lambda box: box.left):
        by_row.setdefault(box.top, []).append(box)
    yesterday = moments[0].astimezone(zone).date()
    for number, (start, end) in enumerate(itertools.pairwise(moments)):
        found, local = by_row.get(number, ()), start.astimezone(zone)
        cells = tuple(cell_of(box, heights) for box in found)
        begins = any(cell.slot for cell in cells)
        date = local.date()
        yield Row(start, end, heights[number], cells, begins, local.minute == 0, date if date != yesterday else None)
        yesterday = date


def cell_of(box, heights) -> Cell:
    rows = box.bottom - box.top
    lines = (sum(heights[box.top : box.bottom]) - 1) // 2
    return Cell(box.slot, rows, box.right - box.left, lines, box.is_over_all)
