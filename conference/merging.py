"""Two people wrote on the same form: what one sheet of values becomes of it. Pure: values in, values out.

A Sheet is what a form holds, as a browser sends it: each field a list of strings, empty where nothing is written. Rows
are named by their keys ("12", or "new-parts-3" before they are stored) and stand in the order in which they are seen.
A path names one thing that can be decided: "title_en", "parts/12/room", "parts/12" (whether the row stays), "parts/".
"""

from dataclasses import dataclass, field

MINE, THEIRS, BOTH = "mine", "theirs", "both"
Values = list[str]
Row = dict[str, Values]


@dataclass(frozen=True)
class Sheet:
    fields: Row = field(default_factory=dict)
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)  # list → key → fields

    def row(self, name: str, key: str) -> Row | None:
        return self.rows.get(name, {}).get(key)


@dataclass(frozen=True)
class Conflict:
    """One thing that both changed, and differently. None: it is not known, or there is no such row."""

    path: str
    base: Values | Row | None
    theirs: Values | Row | None
    mine: Values | Row | None


@dataclass(frozen=True)
class Choice:
    what: str = ""  # MINE, THEIRS, BOTH, or "" while nothing is chosen
    words: str = ""  # for BOTH


@dataclass
class Merged:
    """What came of two sheets. Of what nothing was chosen for (`conflicts`), it has mine for the time being."""

    sheet: Sheet
    conflicts: list[Conflict] = field(default_factory=list)
    told: list[Conflict] = field(default_factory=list)  # what only the other changed, and was taken


def merge(base: Sheet | None, theirs: Sheet, mine: Sheet, choices: dict[str, Choice] | None = None) -> Merged:
    """What comes of two sheets that were both written from `base`; without a base, every difference is a conflict.

    Only fields that `mine` has are compared: the others could not be written on.
    """
    base = base or Sheet()
    mine = with_twins(base, theirs, mine)
    merging = Merging(choices or {})
    fields = merging.fields("", base.fields, theirs.fields, mine.fields)
    rows = {
        name: merging.rows(
            name, base.rows.get(name, {}), theirs.rows.get(name, {}), there, pointed_at(mine, base, name)
        )
        for name, there in mine.rows.items()
    }
    point_again(rows, theirs, mine)
    return Merged(Sheet(theirs.fields | fields, theirs.rows | rows), merging.conflicts, merging.told)


def point_again(rows: dict[str, dict[str, Row]], theirs: Sheet, mine: Sheet):
    """Let my rows point at a row that the other removed, and that stays after all."""
    for name, found in rows.items():
        for key, row in found.items():
            for field_name, values in (mine.row(name, key) or {}).items():
                target, _slash, other = (values or [""])[0].partition("/")
                if not row.get(field_name) and other in rows.get(target, {}) and not theirs.row(target, other):
                    row[field_name] = values


def same(one: Sheet | None, other: Sheet | None) -> bool:
    """Whether two sheets say the same, their rows in the same order."""
    if one is None or other is None or one != other:
        return False
    return all(list(rows) == list(other.rows[name]) for name, rows in one.rows.items())


@dataclass
class Merging:
    choices: dict[str, Choice]
    conflicts: list[Conflict] = field(default_factory=list)
    told: list[Conflict] = field(default_factory=list)

    def decide(self, path, base, theirs, mine, known=True):
        """The value that stays: the one that was changed, or the one that was chosen."""
        if theirs == mine or (known and theirs == base):
            return mine
        conflict = Conflict(path, base, theirs, mine)
        if known and mine == base:
            self.told.append(conflict)
            return theirs
        choice = self.choices.get(path, Choice())
        if not choice.what:
            self.conflicts.append(conflict)
        if choice.what == BOTH and isinstance(mine, list):
            return [choice.words] if choice.words else []
        return theirs if choice.what == THEIRS else mine

    def fields(self, prefix, base, theirs, mine):
        return {
            name: self.decide(prefix + name, base.get(name), theirs.get(name, []), value, name in base)
            for name, value in mine.items()
        }

    def rows(self, name, base, theirs, mine, wanted):
        """The rows that stay, in an order that both can recognise."""
        found = {
            key: self.row(f"{name}/{key}", base.get(key), theirs.get(key), mine.get(key), key in wanted)
            for key in dict.fromkeys([*theirs, *mine])
        }
        order = self.order(name, list(base), list(theirs), list(mine))
        return {key: found[key] for key in order if found[key] is not None}

    def row(self, path, base, theirs, mine, is_wanted):
        """The row that stays; None for one that goes. What is changed by one and removed by the other is a conflict."""
        if theirs is not None and mine is not None:
            return theirs | self.fields(f"{path}/", base or {}, theirs, mine)
        is_new = base is None
        if theirs is None:
            kept = is_new or is_wanted or differs(mine, base)
            return self.decide(path, base, None, mine, is_new) if kept else self.taken(path, base, None)
        if is_new:
            return self.taken(path, None, theirs)
        return self.decide(path, base, theirs, None, known=not differs(theirs, base))

    def taken(self, path, base, theirs):
        self.told.append(Conflict(path, base, theirs, base))
        return theirs

    def order(self, name, base, theirs, mine):
        common = [key for key in base if key in theirs and key in mine]
        orders = [[key for key in keys if key in common] for keys in (base, theirs, mine)]
        chosen = self.decide(f"{name}/", *orders)
        return together(theirs, mine) if chosen == orders[1] else together(mine, theirs)


def differs(row, base):
    return any(base.get(name, []) != value for name, value in row.items())


def together(first: list[str], second: list[str]) -> list[str]:
    """The first list, with what only the second has: each after what stands before it there."""
    found = list(first)
    for number, key in enumerate(second):
        if key not in found:
            before = [other for other in second[:number] if other in found]
            found.insert(found.index(before[-1]) + 1 if before else 0, key)
    return found


def with_twins(base: Sheet, theirs: Sheet, mine: Sheet) -> Sheet:
    """My sheet, in which a row that the other added, too, or that I have sent before, has the key that it has there."""
    for name in mine.rows:
        for key, twin in twins_of(base.rows.get(name, {}), theirs.rows.get(name, {}), mine.rows[name]).items():
            mine = renamed(mine, name, key, twin)
    return mine


def twins_of(base, theirs, mine):
    """{key of a row that I added: key of the same row that the other added}."""
    twins = {}
    for key, row in mine.items():
        for other, there in theirs.items() if key not in theirs and key not in base else ():
            if other not in base and other not in mine and other not in twins.values() and alike(row, there):
                twins[key] = other
                break
    return twins


def renamed(sheet, name, key, new):
    """The sheet with another key for one row, wherever it is pointed at."""
    rows = {
        other: {
            new if (other, there) == (name, key) else there: {
                field: [f"{name}/{new}" if value == f"{name}/{key}" else value for value in values]
                for field, values in row.items()
            }
            for there, row in found.items()
        }
        for other, found in sheet.rows.items()
    }
    return Sheet(sheet.fields, rows)


def alike(row, other):
    """Nobody is on stage twice in the same part; all else is the same when nothing is different."""
    if row.get("person"):
        return all(row.get(name) == other.get(name) for name in ("person", "part_row"))
    return all(other.get(name, []) == value for name, value in row.items())


def pointed_at(mine, base, name):
    """The keys of rows of one list that rows which I added or changed point at."""
    found = set()
    for other, rows in mine.rows.items():
        for key, row in rows.items():
            before = base.row(other, key) or {}
            points = [value for field, values in row.items() if field.endswith("_row") and before.get(field) != values for value in values]  # fmt: skip
            found |= {value.partition("/")[2] for value in points if value.startswith(f"{name}/")}
    return found
