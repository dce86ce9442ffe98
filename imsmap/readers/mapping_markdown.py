"""Tables of relations in Markdown, as `imsmap export markdown` writes them: each clause by its full reference.

What stands around the tables is for people, and is passed over. A file without such a table is none of ours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from imsmap import about
from imsmap.errors import DataError, Problem
from imsmap.interchange import MARKDOWN_COLUMNS, MARKDOWN_NONE
from imsmap.library.model import ALL_CLAUSES
from imsmap.plain import cells_of_markdown, legible, of_markdown
from imsmap.readers import csv
from imsmap.readers.brought import Around, Brought
from imsmap.readers.foreign import Said, Side, Taker, gathered
from imsmap.readers.tables import content_of
from imsmap.wording import listed

ABOUT = about.Reader(name="mapping as tables in Markdown", suffixes=(".md", ".markdown"), place=145)

_KNOWN = MARKDOWN_COLUMNS[1:4]
"""By these columns a table is known as one of ours, whatever else it lacks."""
_RULE = re.compile(r":?-+:?")
_NAMED = re.compile(r"\\.|`([^`]*)`")
_REF = re.compile(r"([A-Za-z_][\w.+-]*):(\S(?:.*\S)?)")


def takes(beginning: bytes) -> bool:
    """Tell whether a table of relations begins in the beginning of a file, or it says that it has none to tell."""
    text, _, _ = csv.decoded(beginning)
    return any(_says_none(line) or _is_header(cells_of_markdown(line) or ()) for line in text.split("\n"))


def bring(path: Path, shown: str, around: Around) -> Brought:
    """Read every table; DataError where one is not whole. What is wrong in a row is told with its line."""
    return gathered(gather, ABOUT.name, path, shown, around)


def gather(path: Path, shown: str, around: Around, gathering: Taker) -> None:
    """Let who gathers take every row of every table; DataError where there is none, or one lacks columns."""
    text, _, _ = csv.decoded(content_of(str(path), shown))
    held = {head.key for head in around.heads} - around.replaceable
    table: _Table | None = None
    found = begun = False
    for line, said in enumerate(text.split("\n"), 1):
        cells = cells_of_markdown(said)
        if cells is None:
            table, found = None, found or _says_none(said)
        elif _is_header(cells):
            table, found, begun = _Table(shown, line, cells, held, gathering), True, True
        elif begun and all(map(_RULE.fullmatch, cells)):
            begun = False
        elif table is None:
            words = "stands in no table of relations; put it right below the other rows, or take it out"
            gathering.faults.add("no table", shown, line, f"line {line}", words)
        else:
            begun = False
            table.take(line, cells)
    if not found:
        raise DataError([Problem(shown, None, "holds no table of relations, as imsmap export markdown writes them")])


def _says_none(line: str) -> bool:
    return line.strip() == MARKDOWN_NONE


def _is_header(cells: Sequence[str]) -> bool:
    return len(cells) > 3 and cells[1] == MARKDOWN_COLUMNS[0] and {*_KNOWN} <= {*cells[3:]}


class _Table:
    """A table under way to relations."""

    def __init__(self, shown: str, line: int, header: Sequence[str], held: set[str], gathering: Taker) -> None:
        """Know what stands where; DataError where a column is missing."""
        missing = [name for name in MARKDOWN_COLUMNS[1:] if name not in header]
        if missing:
            words = f"the table has no column {listed(missing)}; export it again, with all of its columns"
            raise DataError([Problem(shown, line, words)])
        self._shown, self._held, self._gathering, self._width = shown, held, gathering, len(header)
        self._places = {name: header.index(name) for name in MARKDOWN_COLUMNS}
        self._called = (of_markdown(header[0]), of_markdown(header[2]))
        self._keys: dict[str, str] = {}

    def take(self, line: int, cells: Sequence[str]) -> None:
        """Take a row, or note what is wrong with it."""
        if len(cells) != self._width:
            words = f"has {len(cells)} cells, and its table {self._width} columns; write | within a cell as \\|"
            self._fault("cells", line, words)
            return
        subject, object_ = (self._side(cells[2 * n], called, line) for n, called in enumerate(self._called))
        if subject is None or object_ is None:
            return
        said = {name: of_markdown(cells[place]) for name, place in self._places.items()}
        self._gathering.take(
            Said(
                self._shown, line, f"line {line}", subject, object_, said["Relation"], False, said["Id"],
                said["Strength"], said["Confidence"], said["Author"], said["Source"], said["Justification"],
                said["In common"], said["Not in common"], said["Affirmed"] or None,
            )
        )  # fmt: skip

    def _side(self, cell: str, called: str, line: int) -> Side | None:
        """Give what a cell names, each reference with the title behind it; nothing, once it is told, where none is."""
        marks = [match for match in _NAMED.finditer(cell) if match[1] is not None]
        refs = [_REF.fullmatch(match[1]) for match in marks]
        whole = [(ref[1], ref[2]) for ref in refs if ref is not None]
        if not whole or len(whole) < len(refs):
            words = f"{legible(cell[:60])!r} names no clause by its full reference, as `iso9001-2015:8.4.1` does"
            self._fault("reference", line, words)
            return None
        keys = list(dict.fromkeys(key for key, _ in whole))
        if len(keys) > 1:
            self._fault("standards", line, f"{listed(keys)} stand in one cell; a side is of one standard")
            return None
        key = keys[0]
        if key not in self._held and self._keys.setdefault(called, key) != key:
            words = f"is not {legible(self._keys[called][:60])}, which the rows above it call {legible(called[:60])}"
            self._fault("column", line, f"{legible(key[:60])} {words}")
            return None
        ends = [*(match.start() for match in marks[1:]), len(cell)]
        labels = [cell[match.end() : end].strip() for match, end in zip(marks, ends, strict=True)]
        if len(labels) > 1:
            labels = [*(label.removesuffix(";") for label in labels[:-1]), labels[-1].removesuffix("together")]
        names = tuple("" if name == ALL_CLAUSES else name for _, name in whole)
        titles = tuple(of_markdown(label.strip()) for label in labels)
        return Side(key if key in self._held else called or key, names, titles)

    def _fault(self, kind: str, line: int, words: str) -> None:
        self._gathering.faults.add(kind, self._shown, line, f"line {line}", words)
