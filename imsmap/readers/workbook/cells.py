"""The cells of one sheet, read from its XML in one pass: values, formulas with what they showed, merged ranges.

openpyxl reads values or formulas, not both at once, and reads comments only together with everything else, so the XML
is walked here; openpyxl says what a date format is, what day a number means, and how a shared formula is shifted.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from functools import cache

from attrs import define, field

from imsmap.readers.workbook.package import Package
from imsmap.register.cells import Formula, Value
from imsmap.values import frozen

CELLS_LIMIT = 1_500_000
LINKS_LIMIT = 66_000
"""Links on a sheet; Excel itself takes 65 530."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_ESCAPE = re.compile(r"_x([dD][89abAB][0-9A-Fa-f]{2})__x([dD][c-fC-F][0-9A-Fa-f]{2})_|_x([0-9A-Fa-f]{4})_")
_LOCAL_DATES = frozenset((*range(27, 37), *range(50, 59)))
"""Numbers of formats that are dates in East Asian and Thai Excel and have no code in the file."""


@frozen
class Range:
    """A merged range, with its ends."""

    top: int
    left: int
    bottom: int
    right: int


@define
class Grid:
    """What one sheet holds: by row and column (counted from 1) the cells that hold anything."""

    rows: dict[int, dict[int, Value]] = field(factory=dict)
    merged: list[Range] = field(factory=list)
    errors: int = 0
    links: list[tuple[Range, str, str]] = field(factory=list)
    """Where links stand, with the id of their address and the place inside the workbook or the file."""
    pictures: list[tuple[int, int]] = field(factory=list)
    """Cells that are a picture, and so hold no value."""
    embedded: dict[str, tuple[str, str]] = field(factory=dict)
    """Files and form controls over the cells, with the cell under them, by the id of their part."""
    headers: list[str] = field(factory=list)
    """What is printed above and below each page."""


@frozen
class Book:
    """What all sheets of a workbook share; `dates` tells for each style whether it shows a date or a duration."""

    strings: Sequence[str]
    dates: Sequence[str]
    mac: bool


def plain_text(text: str) -> str:
    """Undo Excel's way of writing control characters (`_x000D_`); what would be half a character stays as it is."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    high, low, single = match.groups()
    if single is None:
        return bytes.fromhex(high + low).decode("utf-16-be")
    return match[0] if 0xD800 <= int(single, 16) < 0xE000 else chr(int(single, 16))


def read_strings(package: Package, part: str) -> list[str]:
    """Read the shared strings, rich text as plain."""
    found: list[str] = []
    pieces: list[str] = []
    taking = phonetic = False

    def start(tag: str, _: Mapping[str, str]) -> None:
        nonlocal taking, phonetic
        if tag == "t":
            taking = not phonetic
        elif tag == "rPh":
            phonetic = True
        elif tag == "si":
            pieces.clear()

    def end(tag: str) -> None:
        nonlocal taking, phonetic
        if tag == "t":
            taking = False
        elif tag == "rPh":
            phonetic = False
        elif tag == "si":
            found.append(plain_text("".join(pieces)))

    package.parse(part, start, end, lambda text: pieces.append(text) if taking else None)
    return found


def read_dates(package: Package, part: str) -> list[str]:
    """Read which styles show a date or a duration."""
    # It takes a tenth of a second to load, and most commands that know of workbooks open none.
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

    codes: dict[int, str] = dict(BUILTIN_FORMATS)
    formats: list[int] = []
    inside = conditional = False

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal inside, conditional
        if tag == "dxfs":
            # Conditional formats number theirs by themselves; a program may give a number that is another's above.
            conditional = True
        elif tag == "numFmt" and not conditional:
            codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside:
            formats.append(_whole(attributes.get("numFmtId")))

    def end(tag: str) -> None:
        nonlocal inside, conditional
        if tag == "cellXfs":
            inside = False
        elif tag == "dxfs":
            conditional = False

    @cache
    def kind(number: int) -> str:
        code = codes.get(number)
        if code is None:
            return "date" if number in _LOCAL_DATES else ""
        return "duration" if is_timedelta_format(code) else "date" if is_date_format(code) else ""

    package.parse(part, start, end)
    return [kind(number) for number in formats]


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else 0


@cache
def _letters(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number


def place_of(reference: str) -> tuple[int, int] | None:
    """Give row and column of a cell's name (`$B$4`), or nothing if it is none."""
    name = reference.replace("$", "").upper()
    letters = name.rstrip("0123456789")
    digits = name[len(letters) :]
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3 and digits and len(digits) <= 7):
        return None
    row, column = int(digits), _letters(letters)
    return (row, column) if 1 <= row <= LAST_ROW and column <= LAST_COLUMN else None


def letters_of(column: int) -> str:
    """Name a column by its letters."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_sheet(package: Package, part: str, book: Book, limit: int = CELLS_LIMIT) -> Grid:
    """Read a sheet; `limit` is how many filled cells it may have."""
    walk = _Walk(package, book, limit)
    package.parse(part, walk.start, walk.end, walk.characters, _Sieve())
    return walk.grid


class _Sieve:
    """Takes cells and rows out of a sheet's XML that hold nothing but a format or a height, which may be a million.

    Only where what follows says its own place, so that nothing is counted wrong; text is never touched, since a bracket
    in a text is written otherwise, but in a section of raw text: from such a one on, nothing is taken out.
    """

    _CELLS = re.compile(rb'<c r="[A-Z]+[0-9]+"(?: [a-z]+="[^"<>]*")*(?:/>|></c>)(?=<c r="|</row>)')
    _ROWS = re.compile(rb'<row r="[0-9]+"(?: [A-Za-z0-9:]+="[^"<>]*")*(?:/>|></row>)(?=<row r="|</sheetData>)')

    def __init__(self) -> None:
        """Begin without having seen raw text."""
        self._raw = False

    def __call__(self, chunk: bytes) -> bytes:
        self._raw = self._raw or b"<!" in chunk or chunk.endswith(b"<")
        return chunk if self._raw else self._ROWS.sub(b"", self._CELLS.sub(b"", chunk))


class _Walk:
    """One pass over a sheet's XML."""

    def __init__(self, package: Package, book: Book, limit: int) -> None:
        """Begin before the first row."""
        self.grid = Grid()
        self._package = package
        self._book = book
        self._left = limit
        self._row = self._column = 0
        self._cells: dict[int, Value] = {}
        self._type = self._style = ""
        self._rich = False
        self._around = _Around(self.grid)
        self._taking: list[str] | None = None
        self._value: list[str] = []
        self._formula: list[str] = []
        self._inline: list[str] = []
        self._shape: Mapping[str, str] = {}
        self._shared: dict[str, tuple[str, str]] = {}
        self._phonetic = self._inside = False
        self._days: dict[tuple[float, str], str | int | float | datetime.date] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an element's begin."""
        if not self._inside:
            if tag == "sheetData":
                self._inside = True
            elif tag == "mergeCell":
                self._merge(attributes.get("ref", ""))
            elif tag == "hyperlink":
                self._link(attributes)
            else:
                self._around.start(tag, attributes)
        elif tag == "c":
            self._begin(attributes)
        elif tag == "v":
            self._taking = self._value
        elif tag == "row":
            number = attributes.get("r")
            self._row = int(number) if number is not None and number.isdigit() and len(number) < 8 else self._row + 1
            if self._row > LAST_ROW:
                raise self._package.refuse("holds rows that no spreadsheet has; open it and save it anew")
            self._column = 0
            self._cells = {}
        elif tag == "f":
            self._taking = self._formula
            self._shape = attributes
        elif tag == "t":
            self._taking = None if self._phonetic else self._inline
        elif tag == "rPh":
            self._phonetic = True

    def end(self, tag: str) -> None:
        """Take an element's end."""
        if tag == "v":
            self._taking = None
        elif not self._inside:
            self._around.end(tag)
        elif tag == "c":
            self._finish()
        elif tag in ("f", "t"):
            self._taking = None
        elif tag == "row":
            if self._cells:
                self.grid.rows.setdefault(self._row, {}).update(self._cells)
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "sheetData":
            self._inside = False

    def characters(self, text: str) -> None:
        """Take text."""
        if self._taking is not None:
            self._taking.append(text)
        elif not self._inside:
            self._around.characters(text)

    def _begin(self, attributes: Mapping[str, str]) -> None:
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._rich = "vm" in attributes
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            self._column = column_of(reference)
        if not 1 <= self._column <= LAST_COLUMN:
            raise self._package.refuse("holds columns that no spreadsheet has; open it and save it anew")
        self._value.clear()
        self._formula.clear()
        self._inline.clear()
        self._shape = {}

    def _finish(self) -> None:
        if self._rich and self._type == "e" and not self._formula:
            # What an older program shows in the place of a picture is no answer of anybody.
            self.grid.pictures.append((self._row, self._column))
            return
        shown = self._shown()
        value: Value | None = shown
        if self._formula or self._shape.get("t") == "shared":
            text = self._formula_text()
            if text in ("TRUE()", "FALSE()"):
                value = text == "TRUE()"  # LibreOffice writes a plain truth value so
            elif text:
                value = Formula(f"={text}", shown.isoformat() if isinstance(shown, datetime.date) else shown)
        if value is None:
            return
        self._left -= 1
        if self._left < 0:
            raise self._package.refuse("holds more filled cells than any workbook of ours; nothing was taken")
        self._cells[self._column] = value

    def _shown(self) -> str | int | float | bool | datetime.date | None:
        kind = self._type
        if kind == "inlineStr":
            return plain_text("".join(self._inline)) or None
        if not self._value:
            return None
        text = "".join(self._value)
        if kind == "s":
            index = _whole(text.strip())
            if index >= len(self._book.strings) or not text.strip().isdigit():
                raise self._package.refuse("is damaged (a text is missing from it); open it and save it anew")
            return self._book.strings[index] or None
        if kind == "n":
            return self._number(text)
        if kind == "b":
            return text.strip() not in ("0", "false", "")
        if kind == "e":
            self.grid.errors += 1
            return text
        if kind == "d":
            return _iso(text)
        return plain_text(text) or None

    def _number(self, text: str) -> str | int | float | datetime.date:
        style = int(self._style) if self._style.isdigit() and len(self._style) < 7 else -1
        dates = self._book.dates
        kind = dates[style] if 0 <= style < len(dates) else ""
        try:
            number: int | float = int(text) if len(text) < 16 and text.lstrip("-").isdigit() else float(text)
        except ValueError:
            return text
        if number in (float("inf"), float("-inf")) or number != number:
            return text
        if not kind:
            return number
        if (number, kind) not in self._days:
            self._days[number, kind] = self._day(number, kind)
        return self._days[number, kind]

    def _day(self, number: float, kind: str) -> str | int | float | datetime.date:
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

        try:
            found = from_excel(number, MAC_EPOCH if self._book.mac else WINDOWS_EPOCH, timedelta=kind == "duration")
        except (ValueError, OverflowError, TypeError):
            return number
        if isinstance(found, datetime.datetime):
            return found.date() if found.time() == datetime.time() else found
        return number if found is None else str(found)

    def _formula_text(self) -> str:
        text = plain_text("".join(self._formula))
        if self._shape.get("t") != "shared":
            return text
        index = self._shape.get("si", "")
        here = f"{letters_of(self._column)}{self._row}"
        if text:
            self._shared[index] = (text, here)
            return text
        if index not in self._shared:
            return ""
        first, origin = self._shared[index]
        from openpyxl.formula.tokenizer import TokenizerError
        from openpyxl.formula.translate import Translator, TranslatorError

        try:
            return str(Translator(f"={first}", origin).translate_formula(here)).removeprefix("=")
        except (TranslatorError, TokenizerError, ValueError, IndexError):
            return first  # it is no formula that can be shifted; what it showed is kept with it

    def _link(self, attributes: Mapping[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        begin, end = place_of(first), place_of(last or first)
        if begin and end and len(self.grid.links) < LINKS_LIMIT:
            id_ = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), "")
            self.grid.links.append((Range(*begin, *end), id_, plain_text(attributes.get("location", ""))))

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        begin, end = place_of(first), place_of(last or first)
        if begin and end and begin != end:
            self.grid.merged.append(Range(*begin, *end))


class _Around:
    """What a sheet's XML says after its cells: embedded files, form controls, headers and footers."""

    _EMBEDDED: Mapping[str, str] = {"oleObject": "embedded file", "control": "form control"}
    _HEADERS = frozenset(f"{page}{end}" for page in ("odd", "even", "first") for end in ("Header", "Footer"))

    def __init__(self, grid: Grid) -> None:
        """Begin behind the cells."""
        self._grid = grid
        self._id = self._taking = ""
        self._from = False
        self._text: list[str] = []
        self._at: dict[str, int] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an element's begin."""
        if tag in self._EMBEDDED:
            id_ = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), "")
            self._id = id_ or attributes.get("shapeId", "")
            self._grid.embedded.setdefault(self._id, (self._EMBEDDED[tag], ""))
        elif tag == "from":
            self._from = True
            self._at = {}
        elif tag in self._HEADERS or (self._from and tag in ("row", "col")):
            self._taking = tag
            self._text = []

    def end(self, tag: str) -> None:
        """Take an element's end."""
        if tag == "from":
            self._from = False
            if self._id and len(self._at) == 2:
                place = f"{letters_of(self._at['col'] + 1)}{self._at['row'] + 1}"
                self._grid.embedded[self._id] = (self._grid.embedded[self._id][0], place)
        elif tag == self._taking:
            text = "".join(self._text)
            if tag in self._HEADERS:
                self._grid.headers.append(plain_text(text))
            else:
                self._at[tag] = min(_whole(text.strip()), LAST_COLUMN - 1 if tag == "col" else LAST_ROW - 1)
            self._taking = ""
        elif tag in self._EMBEDDED:
            self._id = ""

    def characters(self, text: str) -> None:
        """Take text."""
        if self._taking:
            self._text.append(text)


def column_of(reference: str) -> int:
    """Give the number of a cell's column, or of letters alone; 0 for what names none."""
    letters = reference.replace("$", "").rstrip("0123456789").upper()
    return _letters(letters) if len(letters) <= 3 and letters.isascii() and letters.isalpha() else 0


def _iso(text: str) -> str | datetime.date:
    try:
        found = datetime.datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    return found.date() if found.time() == datetime.time() else found.replace(tzinfo=None)
