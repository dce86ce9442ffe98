"""A list of requirements as its file holds it: the sheet that is meant, its columns, its rows, its head.

What a spreadsheet does to numbers is found here: 8.10 that became 8.1, 10.1 that became the tenth of January, cells
that were merged. None is guessed; each is told with its cell.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import field

from imsmap.errors import DataError, Problem, RefusedError
from imsmap.plain import folded
from imsmap.readers import csv
from imsmap.readers.brought import Faults
from imsmap.readers.own import columns
from imsmap.readers.tables import content_of
from imsmap.readers.workbook import ReturnedSheet, letters_of, read_sheets
from imsmap.register.cells import Formula, Value
from imsmap.values import frozen

MAX_ROWS = 5_000
_ZIP = b"PK\x03\x04"
_WORKBOOKS = (".xlsx", ".xlsm")
_MONTHS = "jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez"
_DATE = re.compile(
    rf"[0-9]{{1,2}}[-. /]+(?:{_MONTHS})[a-z]*\.?(?:[-. /]+[0-9]{{2,4}})?|(?:{_MONTHS})[a-z]*\.?[-. /]+[0-9]{{1,4}}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].*)?|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}"
    r"|[0-9]{1,2}\.[0-9]{1,2}\.(?:19|20)[0-9]{2}",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"3[6-9][0-9]{3}|4[0-9]{4}|5[0-4][0-9]{3}")
"""A day from 1998 to 2050 as a spreadsheet counts it, where the cell no longer says that it is one."""
_ERRORS = frozenset(("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"))
_STRICT = ("number", "belongs", "under")
"""The columns of numbers, which a spreadsheet takes for its own."""


@frozen
class Row:
    """A row: its line, and what stands in it, by the keys of columns."""

    line: int
    values: Mapping[str, Value]

    def text(self, key: str) -> str:
        """Give what a cell says, its lines trimmed; nothing where it is blank."""
        return "\n".join(filter(None, (" ".join(line.split()) for line in _shown(self.values.get(key)).splitlines())))

    def line_of(self, key: str) -> str:
        """Give what a cell says on one line."""
        return " ".join(self.text(key).split())


@frozen
class Table:
    """The rows of a list. path: file and sheet as people know them; letters: the columns have letters."""

    path: str
    header: int
    places: Mapping[str, int]
    rows: tuple[Row, ...]
    head: Mapping[str, tuple[str, str, int]]
    """What the sheet Standard says: the text by its key, with the name of that sheet and the line."""
    letters: bool
    notices: tuple[str, ...] = ()

    def cell(self, key: str, line: int) -> str:
        """Say where a cell is: B7, or the column's title where the file has no letters."""
        if not self.letters:
            return f"{columns.title(key)}:"
        return f"{letters_of(self.places[key])}{line}" if key in self.places else f"row {line}"


@frozen
class _Sheet:
    """A sheet under way: its rows by line and column (from 1), and which cells are merged."""

    title: str
    path: str
    rows: Mapping[int, Mapping[int, Value]]
    letters: bool = True
    merged: tuple[tuple[int, int, int, int], ...] = field(default=())


def read(path: Path, shown: str, wanted: str, faults: Faults) -> Table:
    """Read the list in a file; DataError where there is none, or it can't be told which of several is meant.

    wanted: the title of its sheet, if somebody named it. faults: take what is wrong with cells.
    """
    sheets, notices = _sheets(path, shown)
    found = [(sheet, header) for sheet in sheets if (header := _header(sheet)) is not None]
    if wanted:
        named = [one for one in found if one[0].title.casefold() == wanted.casefold()]
        if not named:
            words = f"has no sheet {wanted!r} with columns for number and requirement; {_there(sheets)}"
            raise DataError([Problem(shown, None, words)])
        found = named
    else:
        found = [one for one in found if not columns.is_example(one[0].title)] or found
    if not found:
        raise DataError([Problem(shown, None, _no_list(sheets))])
    if len(found) > 1:
        names = " and ".join(repr(sheet.title) for sheet, _ in found)
        words = f"the sheets {names} both hold requirements; say which is meant with --sheet, or add one after another"
        raise DataError([Problem(shown, None, words)])
    sheet, header = found[0]
    heads = [one for one in sheets if one.title.casefold() == columns.HEAD.casefold() and one is not sheet]
    return _Reading(sheet, header, faults).table(_head(heads, shown), notices)


def _sheets(path: Path, shown: str) -> tuple[list[_Sheet], tuple[str, ...]]:
    content = content_of(str(path), shown)
    if content.startswith(_ZIP) or path.suffix.lower() in _WORKBOOKS:
        try:
            return [_of_workbook(sheet, shown) for sheet in read_sheets(path, shown)], ()
        except RefusedError as error:
            raise DataError([Problem(shown, None, str(error).removeprefix(f"{shown}: "))]) from None
    text = csv.parse(content, shown, columns.fits)
    records = () if text.header is None else (text.header, *text.records)
    broken = [Problem(shown, one.line, f"the row can't be read ({one.fault})") for one in records if one.fault]
    if broken:
        raise DataError(broken)
    rows = {one.line: {place: cell for place, cell in enumerate(one.cells, 1) if cell.strip()} for one in records}
    return [_Sheet("", shown, rows, letters=False)], text.notices


def _of_workbook(sheet: ReturnedSheet, shown: str) -> _Sheet:
    merged = tuple((one.top, one.left, one.bottom, one.right) for one in sheet.merged)
    return _Sheet(sheet.title, f"{shown}, {sheet.title}", sheet.rows, merged=merged)


def _header(sheet: _Sheet) -> int | None:
    """Find the line of a sheet's header; nothing where it has none."""
    for line in sorted(sheet.rows)[:20]:
        if columns.fits(_names(sheet.rows[line])):
            return line
    return None


def _names(cells: Mapping[int, Value]) -> list[str]:
    return [_shown(cells.get(place)) for place in range(1, max(cells, default=0) + 1)]


def _there(sheets: Sequence[_Sheet]) -> str:
    titles = [sheet.title for sheet in sheets if sheet.title]
    return f"there are {', '.join(titles)}" if titles else "the file has no sheets"


def _no_list(sheets: Sequence[_Sheet]) -> str:
    first = next((row for sheet in sheets for _, row in sorted(sheet.rows.items())), None)
    reads = "is empty" if first is None else f"begins with {', '.join(filter(None, _names(first)))[:120]!r}"
    return (
        f"holds no list of requirements: it needs a row of headings with {columns.title('number')} and "
        f"{columns.title('text')}, and {reads}; imsmap add --template writes a form to fill in"
    )


def _head(sheets: Sequence[_Sheet], shown: str) -> dict[str, tuple[str, str, int]]:
    """Read what the sheet Standard says."""
    found: dict[str, tuple[str, str, int]] = {}
    for sheet in sheets:
        for line in sorted(sheet.rows):
            cells = sheet.rows[line]
            key, said = columns.field(_shown(cells.get(1))), " ".join(_shown(cells.get(2)).split())
            if key and said:
                found.setdefault(key, (said, f"{shown}, {sheet.title}", line))
    return found


class _Reading:
    """One sheet under way to its rows."""

    def __init__(self, sheet: _Sheet, header: int, faults: Faults) -> None:
        self._sheet, self._header, self._faults = sheet, header, faults
        names = _names(sheet.rows[header])
        self._places = {key: place + 1 for key, place in columns.places(names).items()}
        self._unused = [" ".join(name.split()) for place, name in enumerate(names, 1)
                        if name.strip() and place not in self._places.values()]  # fmt: skip

    def table(self, head: Mapping[str, tuple[str, str, int]], notices: tuple[str, ...]) -> Table:
        """Read the rows below the header."""
        sheet = self._sheet
        self._merged()
        rows = []
        below = sorted(line for line in sheet.rows if line > self._header)
        number = self._places["number"]
        self._is_dotted = any("." in _shown(sheet.rows[line].get(number)) for line in below)
        for line in below:
            cells = sheet.rows[line]
            values = {key: cells[place] for key, place in self._places.items() if _shown(cells.get(place)).strip()}
            if values:
                values |= {key: value for key, place in self._places.items() if _is_open(value := cells.get(place, ""))}
                rows.append(Row(line, {key: self._sound(key, value, line) for key, value in values.items()}))
        if len(rows) > MAX_ROWS:
            words = f"holds {len(rows)} requirements, and a standard may have {MAX_ROWS}; split the list into several"
            raise DataError([Problem(sheet.path, None, words)])
        if not rows:
            raise DataError([Problem(sheet.path, self._header, "there are headings and no row below them; fill some")])
        told = [*notices, *self._beside(below)]
        if self._unused:
            told.append(f"{sheet.path}: not read, as nothing is known of such columns: {', '.join(self._unused)}")
        return Table(sheet.path, self._header, self._places, tuple(rows), head, sheet.letters, tuple(told))

    def _beside(self, lines: Sequence[int]) -> list[str]:
        """Tell of what stands under no heading: in text, what was meant as one cell fell apart at a sign within it."""
        sheet = self._sheet
        head = sheet.rows[self._header]
        named = {place for place in head if _shown(head[place]).strip()}
        found = [
            (line, place)
            for line in lines
            for place, value in sorted(sheet.rows[line].items())
            if place not in named and _shown(value).strip()
        ]
        if sheet.letters and found:
            cells = [f"{letters_of(place)}{line}" for line, place in found]
            more = f" and {len(cells) - 5} more" if len(cells) > 5 else ""
            return [f"{sheet.path}: not read, as no heading stands above: {', '.join(cells[:5])}{more}"]
        for line, place in reversed(dict(reversed(found)).items()):
            words = f"has {_shown(sheet.rows[line][place]).strip()[:40]!r} under no heading; "
            words += "put what holds the sign between cells into quotation marks"
            self._faults.add("beside", sheet.path, line, "the row", words)
        return []

    def _cell(self, key: str, line: int) -> str:
        return f"{letters_of(self._places[key])}{line}" if self._sheet.letters else f"{columns.title(key)}:"

    def _merged(self) -> None:
        """Tell of merged cells among the rows: what they say of which row nobody but the writer knows."""
        used = set(self._places.values())
        for top, left, bottom, right in self._sheet.merged:
            here = used & set(range(left, right + 1))
            if bottom <= self._header or not here or (top == bottom and len(here) < 2):
                continue
            area = f"{letters_of(left)}{top}:{letters_of(right)}{bottom}"
            words = "are merged, so that only the first of them says anything; unmerge them and fill each"
            self._faults.add("merged", self._sheet.path, max(top, self._header), area, words)

    def _sound(self, key: str, value: Value, line: int) -> Value:
        """Tell of a cell that a spreadsheet changed; what is left stands in for it, so that the rest is checked."""
        cell, path = self._cell(key, line), self._sheet.path
        if isinstance(value, Formula):
            if value.value is None:
                words = "holds a formula that nobody has worked out; open the workbook in Excel and save it, or write "
                self._faults.add("formula", path, line, cell, f"{words}what it comes to")
                return value.text
            value = value.value
        if key != "number" and isinstance(value, str) and value.strip() in _ERRORS:
            self._faults.add("error", path, line, cell, f"holds the error {value.strip()}; write what is meant")
        if key not in _STRICT:
            return value
        again = "set the column's format to Text and write it anew"
        if isinstance(value, datetime.date):
            words = f"holds a date, {_day(value)}, which may have been {value.day}.{value.month} or "
            words += f"{value.month}.{value.day}; {again}"
            self._faults.add("date", path, line, cell, words)
        elif isinstance(value, bool):
            self._faults.add("truth", path, line, cell, f"holds yes or no, and no number; {again}")
        elif isinstance(value, float) and not value.is_integer():
            short = format(value, ".15g")
            words = f"holds the number {short}, which may have been {short}0; {again}"
            self._faults.add("float", path, line, cell, words)
        elif key == "number" and self._is_dotted and _SERIAL.fullmatch(_shown(value).strip()):
            day = datetime.date(1899, 12, 30) + datetime.timedelta(int(_shown(value)))
            words = f"holds {_shown(value).strip()}, which is how a spreadsheet counts {_day(day)} and may have been "
            self._faults.add("date", path, line, cell, f"{words}{day.day}.{day.month}; {again}")
        elif isinstance(value, str) and _DATE.fullmatch(folded(value).strip()):
            words = f"reads {value.strip()!r}, which a spreadsheet made of a number such as 10.1; write it anew"
            self._faults.add("date", path, line, cell, words)
        return value


def _is_open(value: Value) -> bool:
    """Tell whether a cell holds a formula that no program has worked out."""
    return isinstance(value, Formula) and value.value is None


def _day(value: datetime.date) -> str:
    return f"{value.day} {value:%B} {value.year}"


def _shown(value: Value | None) -> str:
    """Give what a cell shows, a number as short as it can be."""
    if isinstance(value, Formula):
        value = value.value
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(value, ".15g")
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
