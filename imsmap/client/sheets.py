"""What a returned sheet says in terms of rows and fields, however its rows and columns were moved, copied and renamed.

The same reading is used on the workbook when it goes out (its snapshot) and when it comes back, so that whatever a
program does to a cell between is all that can differ.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from attrs import define, evolve, field

from imsmap.client import matching, others
from imsmap.readers.workbook import Returned, ReturnedSheet, column_of, letters_of
from imsmap.register.cells import (
    COLUMNS,
    COMMENT,
    LINK,
    NEW,
    ORDER,
    OWN,
    SHEET,
    Cells,
    Formula,
    Key,
    Value,
    essence,
)
from imsmap.register.formulas import Layout, kept, shape
from imsmap.values import frozen
from imsmap.wording import CONTAINS_LICENSED_TEXT
from imsmap.workbook import LICENSED, marked

UNTITLED = "Untitled"
_LOCATION = "location"
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
Owner = Callable[[str, str], str]
"""Tells who fills a field of a sheet: `tool`, `user` or `computed`."""


@define
class Row:
    """A row of a sheet: its id, its cells by field, and the fields whose blank cells say nothing.

    added: it has no id of ours in the file, so its id was made from its text; `after` is the id of the row above it.
    """

    id: str
    cells: dict[str, Value]
    covered: frozenset[str] = frozenset()
    added: bool = False
    after: str = ""
    number: int = 0
    """Where it stands in the file."""


@frozen
class Sheet:
    """A sheet: its fields with titles, its rows, remarks by row and field, and by place what stands outside its table.

    Without fields it is one of pages and lines, whose rows have the fields of `PAIR`.
    """

    key: str
    title: str
    fields: Mapping[str, str]
    rows: Sequence[Row]
    remarks: Mapping[tuple[str, str], str]
    outside: dict[str, Value]
    columns: Mapping[str, str] = field(factory=dict)
    """The letters of its fields."""
    links: Mapping[tuple[str, str], str] = field(factory=dict)
    """Where links on cells lead, by row and field; those that the tool made lead to places in the workbook."""
    layout: Layout | None = None

    def cell(self, row: Row, name: str) -> str:
        """Say where a cell stands in the file."""
        return f"{self.title}, {self.columns.get(name, '')}{row.number}"


@frozen
class View:
    """A workbook by rows and fields; `notes` tells what a person should know of how it was read."""

    sheets: tuple[Sheet, ...]
    own: Mapping[Key, Value] = field(factory=dict)
    """Cells and remarks of sheets that people added, at their places."""
    pictured: frozenset[Key] = frozenset()
    """Cells of such sheets that are a picture: that they are blank says nothing."""
    copies: tuple[str, ...] = ()
    """Titles of copies of sheets of ours; they are kept as sheets that people added."""
    notes: tuple[str, ...] = ()


def view(returned: Returned, base: Cells | None, known: Callable[[str, str], bool], owner: Owner) -> View:
    """Read a workbook by rows and fields.

    base: what it held when it went out; of two copies of a sheet, a column or a row, the one that agrees most with it
    is the old one. known: tells whether a row id of a sheet is one of ours.
    """
    by_key: defaultdict[str, list[ReturnedSheet]] = defaultdict(list)
    own: dict[Key, Value] = {}
    pictured: set[Key] = set()
    copies = []
    agreement = matching.Agreement(base or {})
    computed = matching.Computed(base)
    titles = matching.titles_of(base or {})
    there = {sheet.key for sheet in returned.sheets}
    lost = {key: named for key, named in titles.items() if key not in there}
    notes: list[str] = []
    for one in returned.sheets:
        sheet = matching.recognized(one, titles if one.key is not None else lost)
        if sheet.key is not None and one.key is None:
            lost.pop(sheet.key)
            sheet = matching.with_ids(sheet, agreement.ids(sheet.key))
            notes.append(f"{sheet.title}: its hidden mark is gone; it was known by its headings")
        if _is_licensed(sheet):
            notes.append(f"{sheet.title}: holds licensed text, and nothing of it was taken")
            continue
        if sheet.key is None:
            titled = evolve(sheet, title=returned.original(sheet.title))
            _take_own(own, titled)
            pictured |= {Key(OWN + titled.title, str(at[0]), letters_of(at[1])) for at in sheet.pictures}
        else:
            by_key[sheet.key].append(sheet)
    sheets = []
    for key, group in sorted(by_key.items()):
        if len(group) > 1:
            group.sort(key=lambda sheet: (-agreement.of_sheet(key, sheet), sheet.title))
        first, *others = group
        for other in others:
            copies.append(other.title)
            _take_own(own, other)
        sheets.append(_sheet(first, key, agreement, known, owner, notes, computed))
    _keep_formulas(sheets, own)
    return View(tuple(sheets), own, frozenset(pictured), tuple(sorted(copies)), tuple(notes))


def _is_licensed(sheet: ReturnedSheet) -> bool:
    """Tell the sheet with the text of standards, or a copy of it, by its mark or by what stands above its columns."""
    if sheet.key is not None:
        return sheet.key == LICENSED
    return any(CONTAINS_LICENSED_TEXT in cells.values() for cells in sheet.rows.values())


def _keep_formulas(sheets: Sequence[Sheet], own: dict[Key, Value]) -> None:
    """Let formulas name the cells of our tables by row and field, wherever those stand."""
    tabs = {sheet.title.casefold(): sheet.layout for sheet in sheets if sheet.layout is not None}
    for sheet in sheets:
        numbers = {id_: number for number, id_ in sheet.layout.rows.items()} if sheet.layout else {}
        for row in sheet.rows:
            for name, value in row.cells.items():
                if isinstance(value, Formula):
                    row.cells[name] = evolve(value, text=kept(value.text, numbers.get(row.id, 0), sheet.layout, tabs))
        for name, value in sheet.outside.items():
            if isinstance(value, Formula):
                sheet.outside[name] = evolve(value, text=kept(value.text, 0, sheet.layout, tabs))
    for key, value in own.items():
        if isinstance(value, Formula):
            own[key] = evolve(value, text=kept(value.text, 0, None, tabs))


def flatten(returned: Returned, owner: Owner) -> dict[Key, Value]:
    """Give all that a workbook holds as cells: what to keep as the snapshot of an export.

    Take it from the exported file itself, read back: then it is exactly what the client's program will find.
    """
    cells: dict[Key, Value] = {}
    found = view(returned, None, lambda _, row: bool(row), owner)
    for sheet in found.sheets:
        cells[Key(sheet.key, SHEET, "title")] = sheet.title
        for name, title in sheet.fields.items():
            cells[Key(sheet.key, COLUMNS, name)] = title
        for row in sheet.rows:
            for name, value in row.cells.items():
                cells[Key(sheet.key, row.id, name)] = value
        for (row_id, name), text in sheet.remarks.items():
            cells[Key(sheet.key, row_id, COMMENT + name)] = text
        for (row_id, name), address in sheet.links.items():
            cells[Key(sheet.key, row_id, LINK + name)] = address
        for name, value in sheet.outside.items():
            cells[Key(sheet.key, SHEET, name)] = value
        if order := own_order(sheet):
            cells[Key(sheet.key, ORDER, COLUMNS)] = order
    cells.update(found.own)
    cells.update(others.kept(returned))
    return {key: value for key, value in cells.items() if essence(value) is not None}


def _placed(cells: dict[str, Value]) -> dict[str, Value]:
    """Take the place of a document for the text that it is: a long one was written as a formula, so that it wraps."""
    place = cells.get(_LOCATION)
    if isinstance(place, Formula) and not _QUOTED.sub("", place.text).strip("=& "):
        pieces = (piece[1:-1].replace('""', '"') for piece in _QUOTED.findall(place.text))
        return {**cells, _LOCATION: "".join(pieces)}
    return cells


def own_order(sheet: Sheet) -> str:
    """Give the columns that people added from left to right, a line for each."""
    added = [name for name in sheet.fields if name.startswith(OWN)]
    return "\n".join(sorted(added, key=lambda name: column_of(sheet.columns.get(name, ""))))


def _take_own(own: dict[Key, Value], sheet: ReturnedSheet) -> None:
    """Keep a sheet that people added cell by cell."""
    key = OWN + sheet.title
    for number, cells in sheet.rows.items():
        for column, value in cells.items():
            own[Key(key, str(number), letters_of(column))] = value
    for (number, column), text in sheet.comments.items():
        own[Key(key, str(number), COMMENT + letters_of(column))] = text
    for (number, column), address in sheet.links.items():
        own[Key(key, str(number), LINK + letters_of(column))] = address


def _sheet(
    sheet: ReturnedSheet,
    key: str,
    agreement: matching.Agreement,
    known: Callable[[str, str], bool],
    owner: Owner,
    notes: list[str],
    computed: matching.Computed,
) -> Sheet:
    marker = sheet.marker
    assert marker is not None
    if not sheet.keys:
        return _free(sheet, key)
    first = marker.row + 2
    names = _fields(sheet, key, first, agreement)
    titles = sheet.rows.get(marker.row + 1, {})
    merged = _merged_down(sheet, first, names, lambda name: owner(key, name) == "user")
    entries: list[matching.Entry] = []
    for number in sorted(sheet.rows):
        if number >= first:
            cells = {**sheet.rows[number], **merged.get(number, {})}
            entries.append((number, _row_id(cells, marker.column), _placed(matching.by_field(cells, names))))
    rekeyed = matching.keyed(entries, agreement.rows(key), set(names.values()), lambda name: owner(key, name) == "tool")
    notes += (f"{sheet.title}: {note}" for note in rekeyed.notes)
    entries = [
        (number, id_, {**cells, **_stray(sheet, number, key, agreement)}) for number, id_, cells in rekeyed.entries
    ]
    keepers = _keepers(entries, key, agreement, known)
    rows, places = _rows(sheet, entries, keepers, key, owner, partial(computed.holds, key))
    for row, number in zip(rows, places, strict=True):
        row.number = number
        if sheet.merged or sheet.pictures:
            row.covered = frozenset(name for name in _hidden(sheet, number, names) if name not in row.cells)
    ids = dict(zip(places, (row.id for row in rows), strict=True))
    remarks = {}
    for (number, column), text in sheet.comments.items():
        if number in ids and column in names:
            remarks[ids[number], names[column]] = text
        elif number == marker.row + 1 and column in names:
            remarks[COLUMNS, names[column]] = text
        else:
            remarks[SHEET, f"{letters_of(column)}{number}"] = text
    outside = {
        f"{letters_of(column)}{number}": value
        for number, cells in sheet.rows.items()
        for column, value in cells.items()
        if number < marker.row or (number == marker.row and _is_theirs(sheet, column, value))
    }
    shown = {name: _text(titles.get(place)) or _untitled(name) for place, name in names.items()}
    letters = {name: letters_of(place) for place, name in names.items()}
    links = {
        (ids[number], names[column]): address
        for (number, column), address in sheet.links.items()
        if number in ids and column in names and (owner(key, names[column]) == "user" or not address.startswith("#"))
    }
    layout = Layout(key, {letter: name for name, letter in letters.items()}, ids)
    return Sheet(key, sheet.title, shown, rows, remarks, outside, letters, links, layout)


STRAY = f"{OWN}Text in hidden column A"
"""The column that keeps what people wrote, or pasted, where the ids stand."""


def _stray(sheet: ReturnedSheet, number: int, key: str, agreement: matching.Agreement) -> dict[str, Value]:
    """Give what stands in the hidden column of ids and is none: an id, or what was one, is no text of people."""
    assert sheet.marker is not None
    value = sheet.rows[number].get(sheet.marker.column)
    if value is None or not agreement.ids(key):
        return {}
    said = str(value).strip()
    kinds = agreement.kinds(key)
    return {} if said.partition(":")[0] in kinds and not any(sign.isspace() for sign in said) else {STRAY: value}


def _is_theirs(sheet: ReturnedSheet, column: int, value: Value) -> bool:
    """Tell whether what stands in the row of keys is of people: above the table, beside it, or in its place."""
    assert sheet.marker is not None
    if column == sheet.marker.column:
        return marked(str(value)) is None
    return sheet.named is not None and _text(value) != sheet.named.get(column)


def _merged_down(
    sheet: ReturnedSheet, first: int, names: Mapping[int, str], is_theirs: Callable[[str], bool]
) -> dict[int, dict[int, Value]]:
    """Give what counts in cells under a merged range: a value that somebody merged down over rows is each row's."""
    found: dict[int, dict[int, Value]] = {}
    for area in sheet.merged:
        value = sheet.rows.get(area.top, {}).get(area.left)
        if area.top < first or value is None or not is_theirs(names.get(area.left, "")):
            continue
        plain = value.value if isinstance(value, Formula) else value
        for number in range(area.top + 1, area.bottom + 1):
            if number in sheet.rows and plain is not None:
                found.setdefault(number, {})[area.left] = plain
    return found


PAIR = ("label", "value")
"""The fields of a line on a sheet without columns of ours, such as the cover: what it says, and of what."""


def _free(sheet: ReturnedSheet, key: str) -> Sheet:
    """Read a sheet that has no columns of ours: by places, and its lines with an id as label and value."""
    marker = sheet.marker
    assert marker is not None
    ids: defaultdict[str, list[int]] = defaultdict(list)
    for number, cells in sheet.rows.items():
        if (id_ := _row_id(cells, marker.column)).startswith(f"{key}:"):
            ids[id_].append(number)
    lines = {numbers[0]: id_ for id_, numbers in ids.items() if len(numbers) == 1}
    names = {marker.column + offset: name for offset, name in enumerate(PAIR, 1)}
    rows = [
        Row(id_, matching.by_field(sheet.rows[number], names), frozenset(_hidden(sheet, number, names)))
        for number, id_ in lines.items()
    ]
    outside = {
        f"{letters_of(column)}{number}": value
        for number, cells in sheet.rows.items()
        for column, value in cells.items()
        if not (number in lines and column in (marker.column, *names))
        and (column != marker.column or not _is_id(value, key))
    }
    remarks = {
        (lines[number], names[column])
        if number in lines and column in names
        else (SHEET, f"{letters_of(column)}{number}"): text
        for (number, column), text in sheet.comments.items()
    }
    links = {
        (lines[number], names[column]): address
        for (number, column), address in sheet.links.items()
        if number in lines and column in names and not address.startswith("#")
    }
    return Sheet(key, sheet.title, {}, rows, remarks, outside, links=links)


def _is_id(value: Value, key: str) -> bool:
    return isinstance(value, str) and (value.startswith(f"{key}:") or marked(value) is not None)


def _hidden(sheet: ReturnedSheet, number: int, names: Mapping[int, str]) -> list[str]:
    """Give the fields of a row whose blank cells say nothing, since a merged range or a picture hides them."""
    there = sheet.rows.get(number, {})
    return [name for place, name in names.items() if place not in there and sheet.is_covered(number, place)]


def _row_id(cells: Mapping[int, Value], column: int) -> str:
    value = cells.get(column)
    text = value.strip() if isinstance(value, str) else "" if value is None else str(value)
    # Names that begin with @ are the register's own.
    return "" if text.startswith("@") else text


def _text(value: Value | None) -> str:
    if isinstance(value, Formula):
        value = value.value
    return "" if value is None else " ".join(str(value).split())


def _untitled(name: str) -> str:
    return name.removeprefix(OWN) if name.startswith(OWN) else name


def _fields(sheet: ReturnedSheet, key: str, first: int, agreement: matching.Agreement) -> dict[int, str]:
    """Name every column that holds anything: by its key, or, where people added or copied it, by its title."""
    marker = sheet.marker
    assert marker is not None
    found: dict[int, str] = {}
    columns: defaultdict[int, list[tuple[str, Value]]] = defaultdict(list)
    for number, cells in sheet.rows.items():
        if number >= first:
            row = _row_id(cells, marker.column)
            for place, value in cells.items():
                columns[place].append((row, value))
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for place, name in sheet.keys.items():
        by_key[name].append(place)
    for name, places in by_key.items():
        if len(places) > 1:
            places.sort(
                key=lambda p: (-agreement.of_column(key, name, dict(columns[p])), _content(columns[p]), p)
            )  # fmt: skip
        found[places[0]] = name
    titles = sheet.rows.get(first - 1, {})
    # Cells above the table and the keys themselves are no columns; comments on an empty one are.
    added = {*columns, *titles, *(place for row, place in sheet.comments if row >= first - 1)}
    added -= {*found, marker.column}
    taken = set(by_key)
    named = sorted((_text(titles.get(place)) or UNTITLED, _content(columns.get(place, [])), place) for place in added)
    for title, _, place in named:
        name, count = OWN + title, 2
        while name in taken:
            name, count = f"{OWN}{title} {count}", count + 1
        taken.add(name)
        found[place] = name
    return found


def _content(cells: Sequence[tuple[str, Value]]) -> tuple[tuple[str, str], ...]:
    """Reduce a column to what does not depend on the order of rows."""
    return tuple(sorted((row, str(essence(value))) for row, value in cells))


def _keepers(
    entries: Sequence[tuple[int, str, Mapping[str, Value]]],
    sheet: str,
    agreement: matching.Agreement,
    known: Callable[[str, str], bool],
) -> set[int]:
    """Find the rows that keep their id: of several with the same, the one that is most as it was."""
    by_id: defaultdict[str, list[tuple[int, Mapping[str, Value]]]] = defaultdict(list)
    for number, row, cells in entries:
        if row and known(sheet, row):
            by_id[row].append((number, cells))
    found = set()
    for row, copies in by_id.items():
        if len(copies) > 1:
            copies.sort(key=lambda copy: (-agreement.of_row(sheet, row, copy[1]), _text_of(copy[1])))
        found.add(copies[0][0])
    return found


def _text_of(cells: Mapping[str, Value]) -> str:
    """Reduce a row to what does not depend on the order of columns, nor on which program saved it."""
    # Where a formula's references lead changes with its place.
    said = sorted(
        (name, shape(value.text) if isinstance(value, Formula) else reduced)
        for name, value in cells.items()
        if (reduced := essence(value)) is not None
    )
    return json.dumps(said, ensure_ascii=True)


def _rows(
    sheet: ReturnedSheet,
    entries: Sequence[tuple[int, str, Mapping[str, Value]]],
    keepers: set[int],
    key: str,
    owner: Owner,
    is_computed: Callable[[str, Value], bool],
) -> tuple[list[Row], list[int]]:
    """Give every row that says anything its id, with the places."""
    rows: list[Row] = []
    places: list[int] = []
    equal: Counter[str] = Counter()
    above = ""
    # Empty rows of ours hold formulas too, of which no snapshot knows: most in a column are alike.
    alike = matching.most_alike((cells for _, _, cells in entries), is_computed)
    for number, id_, cells in entries:
        if number in keepers:
            rows.append(Row(id_, dict(cells)))
            places.append(number)
            above = id_
            continue
        # What a table fills in by itself is nothing that somebody wrote.
        written = {
            name: value
            for name, value in cells.items()
            if essence(value) is not None
            and not (
                owner(key, name) == "computed"
                and isinstance(value, Formula)
                and (is_computed(name, value) or shape(value.text) == alike[name])
            )
        }
        if not written:
            continue
        text = _text_of(written)
        equal[text] += 1
        mark = hashlib.sha256(json.dumps([sheet.export, key, text, equal[text]]).encode()).hexdigest()[:12]
        rows.append(Row(NEW + mark, written, added=True, after=above))
        places.append(number)
    return rows, places
