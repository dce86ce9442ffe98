"""Text of comma-separated values in whatever manner a program saved it, and written again in the same manner.

Encodings of Excel, LibreOffice and editors; commas, semicolons or tabs, as a line `sep=;` says or as the header shows;
titles above the header; quoted line breaks. Each record keeps its line and its text, so that what is not changed can
be written back to the byte.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from imsmap.plain import folded
from imsmap.values import frozen

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEPARATORS = ",;\t|"
_SEP_LINE = re.compile(r'"?sep=(.)"?\s*')
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TITLES = 20
"""So many records may stand above the header."""


class Record(NamedTuple):
    """A record: its cells, the line it begins in, its text with the line's end, and why it can't be read.

    `unclosed`: a quotation mark opens in it that nothing closes, so that the rest of the file is in it.
    """

    cells: tuple[str, ...]
    line: int
    raw: str
    fault: str = ""
    unclosed: bool = False

    def empty(self) -> bool:
        """Tell whether nothing stands in the record."""
        return not any(cell.strip() for cell in self.cells)


@frozen
class CsvText:
    """A file of comma-separated values: the header and the records below it, and the manner in which it is written.

    before: the text above the header. header: nothing where the file is empty.
    """

    header: Record | None
    records: tuple[Record, ...]
    before: str
    notices: tuple[str, ...]
    bom: bytes
    encoding: str
    separator: str

    def names(self) -> list[str]:
        """Give the names of the columns, in small letters."""
        return [] if self.header is None else names_of(self.header)

    def line(self, cells: Iterable[str], like: Record) -> str:
        """Write a record in the manner of the file, with the line's end of another."""
        return written(cells, self.separator, like.raw[len(like.raw.rstrip("\r\n")) :])

    def encoded(self, header: str, records: Iterable[str]) -> bytes:
        """Write the whole file in its encoding; in UTF-8 if that has not all the signs."""
        text = "".join((self.before, header, *records))
        try:
            return self.bom + text.encode(self.encoding)
        except UnicodeEncodeError:
            return codecs.BOM_UTF8 + text.encode("utf-8")


def written(cells: Iterable[str], separator: str = ",", end: str = "\r\n") -> str:
    """Write a record."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end).writerow(list(cells))
    return out.getvalue()


def guarded(text: str) -> str:
    """Make text that a spreadsheet shows as it is: an apostrophe stands before what it would take for a formula.

    Also before what begins so by itself, which else would lose its own when it comes back.
    """
    return f"'{text}" if _needs_guard(text) else text


def unguarded(text: str) -> str:
    """Take off the apostrophe that stands before what a spreadsheet would take for a formula."""
    return text[1:] if text.startswith("'") and _needs_guard(text[1:]) else text


def _needs_guard(text: str) -> bool:
    # Leading blanks are looked through: some spreadsheets trim a cell before they read it.
    bare = text.lstrip("'")
    return bare.startswith(_FORMULA) or bare.lstrip().startswith(_FORMULA)


def having(*needed: str) -> Callable[[Sequence[str]], bool]:
    """Know a header by columns that it must have."""
    return lambda names: set(needed) <= set(names)


def parse(content: bytes, shown: str, fits: Callable[[Sequence[str]], bool]) -> CsvText:
    """Take a file as Excel, LibreOffice or an editor saved it.

    shown: what the file is called in notices. fits: tells whether the names of columns are those of the header.
    """
    text, bom, encoding = decoded(content)
    notices = (f"{shown}: is not UTF-8 and was read as Windows text; save it as CSV UTF-8",) * (encoding == "cp1252")
    told = _SEP_LINE.fullmatch(next(io.StringIO(text, newline=""), ""))
    separator = told[1] if told else _separator(text, fits)
    records = list(_records(text, separator))
    place = header_of(records, fits, 1 if told else 0)
    before = "".join(record.raw for record in records[:place])
    header = records[place] if place < len(records) else None
    return CsvText(header, tuple(records[place + 1 :]), before, notices, bom, encoding, separator)


def decoded(content: bytes) -> tuple[str, bytes, str]:
    """Give the text, the mark it begins with, and its encoding."""
    if not content.startswith(tuple(mark for mark, _ in _MARKS)) and (guessed := _by_zeros(content)):
        return content.decode(guessed, "replace"), b"", guessed
    bom, encoding = next((pair for pair in _MARKS if content.startswith(pair[0])), (b"", "utf-8"))
    try:
        return content[len(bom) :].decode(encoding), bom, encoding
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), b"", "cp1252"


def _by_zeros(content: bytes) -> str:
    """Tell text of two bytes a sign that does not say so: every other byte of plain text is nothing."""
    start = content[:2000]
    odd, even = start[1::2].count(0), start[::2].count(0)
    return (
        "utf-16-le" if odd > len(start) // 4 and not even else "utf-16-be" if even > len(start) // 4 and not odd else ""
    )


def _separator(text: str, fits: Callable[[Sequence[str]], bool]) -> str:
    """Find the sign between cells: that with which there is a header, else the most frequent in the first line."""
    for sign in _SEPARATORS:
        if any(fits(names_of(record)) for record in islice(_records(text, sign), _TITLES + 1)):
            return sign
    first = next((line for line in io.StringIO(text, newline="") if line.strip()), "")
    return max(_SEPARATORS, key=lambda sign: (first.count(sign), sign == _SEPARATORS[0]))


def header_of(records: Sequence[Record], fits: Callable[[Sequence[str]], bool], start: int = 0) -> int:
    """Find the header: the first record that fits, else the first in which anything stands."""
    for place in range(start, min(len(records), start + _TITLES + 1)):
        if fits(names_of(records[place])):
            return place
    return next((place for place in range(start, len(records)) if not records[place].empty()), len(records))


def names_of(record: Record) -> list[str]:
    """Give the names of columns that a record would be, in small letters."""
    return [folded(cell).strip().lower() for cell in record.cells]


def _records(text: str, separator: str) -> Iterator[Record]:
    """Cut a text into records; one that can't be read as it should is read as well as it can be."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    reader = csv.reader(lines(), delimiter=separator, strict=True)
    start = 1
    while True:
        fault = ""
        try:
            cells = tuple(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            fault = str(error)
            cells = _leniently(taken, separator)
        yield Record(cells, start, "".join(taken), fault, fault == "unexpected end of data")
        start += len(taken)
        taken.clear()


def _leniently(lines: Sequence[str], separator: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader(lines, delimiter=separator), ()))
    except csv.Error:
        return ("".join(lines),)
