"""Plain text for a terminal: no frames, so that a screen reader reads it as written.

A table whose cells fit side by side is set in columns; any other becomes one block a row, `name: value` on each line,
since text wrapped into narrow columns can't be read aloud.
"""

from __future__ import annotations

import unicodedata

from imsmap import about
from imsmap.plain import legible, legible_line
from imsmap.report import Report, Row, Table, reads

ABOUT = about.Format(suffix=".txt", holds=("answers",), name="table", place=10)

_GAP = 2
_NARROWEST = 20


def export(report: Report[object], width: int = 80) -> bytes:
    """Write message, tables and notes, wrapped to the width in characters."""
    width = max(width, _NARROWEST)
    parts = [_title(report.title, "=", width), _wrap(report.message, width)]
    for table in report.tables:
        parts += [_title(table.title, "-", width), _body(table, width)]
        if table.note:
            parts.append(_wrap(table.note, width))
    parts += [_wrap(note, width) for note in report.notes]
    told = f"apping data {report.data_version}"
    if not any(told in text for text in (report.message, *report.notes)):
        parts.append(_wrap(f"M{told}.", width))
    return ("\n\n".join(part for part in parts if part) + "\n").encode("utf-8", "replace")


def _title(text: str, line: str, width: int) -> str:
    title = _wrap(text, width)
    return title + "\n" + line * max(measure(part) for part in title.split("\n"))


def measure(text: str) -> int:
    """Count the columns that text takes on a terminal: wide signs take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_sign_width(sign) for sign in text)


def _sign_width(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _body(table: Table, width: int) -> str:
    if not table.rows:
        return "none"
    return _columns(table, width) or _blocks(table, width)


def _columns(table: Table, width: int) -> str | None:
    """Set a table in columns, or give nothing where it does not fit; only a title may take several lines."""
    texts = [[reads(cell, ", ") for cell in row.cells] for row in table.rows]
    if any("\n" in text for row in texts for text in row):
        return None
    grid = [[legible_line(text) for text in row] for row in texts]
    # A heading row may run over the columns that it leaves empty, so it does not count.
    scored = [cells for cells, row in zip(grid, table.rows, strict=True) if not row.heading]
    titles = [legible_line(column.title) for column in table.columns]
    widths = [
        max([measure(cells[at]) for cells in scored] + [measure(word) for word in title.split()], default=0)
        for at, title in enumerate(titles)
    ]
    spare = width - sum(widths) - _GAP * (len(widths) - 1)
    if spare < 0:
        return None
    for at, title in enumerate(titles):
        wider = min(spare, max(0, measure(title) - widths[at]))
        widths[at] += wider
        spare -= wider
    right = [column.kind in ("number", "confidence") for column in table.columns]
    above = [_wrap(title, room).split("\n") for title, room in zip(titles, widths, strict=True)]
    deep = max(len(lines) for lines in above)
    above = [[""] * (deep - len(lines)) + lines for lines in above]
    lines = [_line([column[at] for column in above], widths, right) for at in range(deep)]
    for cells, row in zip(grid, table.rows, strict=True):
        lines.append(_heading(cells, width) if row.heading else _line(cells, widths, right))
    return "\n".join(lines)


def _line(cells: list[str], widths: list[int], right: list[bool]) -> str:
    set_cells = []
    for cell, room, to_right in zip(cells, widths, right, strict=True):
        blank = " " * (room - measure(cell))
        set_cells.append(blank + cell if to_right else cell + blank)
    return (" " * _GAP).join(set_cells).rstrip()


def _heading(cells: list[str], width: int) -> str:
    return _wrap(" ".join(cell for cell in cells if cell), width)


def _blocks(table: Table, width: int) -> str:
    """Set a table row by row, a line for each cell that is not blank."""
    return "\n\n".join(
        _heading([legible_line(reads(cell, ", ")) for cell in row.cells], width)
        if row.heading
        else _block(table, row, width)
        for row in table.rows
    )


def _block(table: Table, row: Row, width: int) -> str:
    lines = []
    for index, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
        text = legible(reads(cell, "\n")).strip()
        if not text:
            continue
        title = legible_line(column.title)
        parts = [part for part in (" ".join(line.split()) for line in text.split("\n")) if part]
        if len(table.columns) == 1:  # plain sentences: the title above the table says what they are
            lines.append(_wrap(_in_a_row(parts), width))
            continue
        indent = "" if index == 0 else "  "
        lines.append(_wrap(f"{title}: {_in_a_row(parts)}", width, indent, indent + "  "))
    return "\n".join(lines)


def _in_a_row(parts: list[str]) -> str:
    """Put the parts of a list into one line: sentences behind each other, all else with semicolons between."""
    return "".join(part if index == 0 else f"{_between(parts[index - 1])}{part}" for index, part in enumerate(parts))


def _between(before: str) -> str:
    return " " if before.endswith((".", "!", "?")) else "; "


def _wrap(text: str, width: int, first: str = "", rest: str = "") -> str:
    """Wrap a text by the columns that it takes; a word longer than a line is broken."""
    lines: list[str] = []
    words: list[str] = []
    begin, used = first, len(first)
    for word in legible_line(text).split(" "):
        wide = measure(word)
        while used + bool(words) + wide > width:
            if words:
                lines.append(begin + " ".join(words))
                words = []
            else:
                cut = _fitting(word, width - used)
                lines.append(begin + word[:cut])
                word, wide = word[cut:], measure(word[cut:])
            begin, used = rest, len(rest)
        used += bool(words) + wide
        words.append(word)
    lines.append(begin + " ".join(words))
    return "\n".join(lines)


def _fitting(word: str, room: int) -> int:
    """Count the signs of a word that fit into the room; at least one."""
    used = 0
    for index, sign in enumerate(word):
        used += _sign_width(sign)
        if used > room:
            return max(index, 1)
    return len(word)
