"""A whole answer as plain text: no frames, so that a screen reader reads it as written.

A table whose cells fit side by side is set in columns; any other becomes one block a row, since text wrapped into
narrow columns can't be read aloud.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from imsmap.exporters.terminal.letters import measure, wrap
from imsmap.plain import legible, legible_line
from imsmap.report import NOTHING, Cell, Report, Row, Table, reads

_GAP = 2
_NARROWEST = 20


_PROVENANCE = ("author", "source")
"""What a column holds that only tells where something is known from."""


def export(report: Report[object], width: int = 80, *, sources: bool = True) -> str:
    """Write message, tables and notes, wrapped to the width in characters; sources: with who says so, and where."""
    width = max(width, _NARROWEST)
    parts = [_title(report.title, "=", width), wrap(report.message, width)]
    for table in report.tables:
        shown = table if sources else _without(table, _PROVENANCE)
        parts += [_title(table.title, "-", width), _body(shown, width)]
        if table.note:
            parts.append(wrap(table.note, width))
    parts += [wrap(note, width) for note in report.notes]
    told = f"apping data {report.data_version}"
    if not any(told in text for text in (report.message, *report.notes)):
        parts.append(wrap(f"M{told}.", width))
    return "\n\n".join(part for part in parts if part) + "\n"


def _without(table: Table, keys: Sequence[str]) -> Table:
    """Leave columns out, unless nothing would be left."""
    kept = [at for at, column in enumerate(table.columns) if column.key not in keys]
    rows = tuple(evolve(row, cells=tuple(row.cells[at] for at in kept)) for row in table.rows)
    return evolve(table, columns=tuple(table.columns[at] for at in kept), rows=rows) if kept else table


def _title(text: str, line: str, width: int) -> str:
    title = wrap(text, width)
    return title + "\n" + line * max(measure(part) for part in title.split("\n"))


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
    above = [wrap(title, room).split("\n") for title, room in zip(titles, widths, strict=True)]
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
    return wrap(" ".join(cell for cell in cells if cell), width)


def _blocks(table: Table, width: int) -> str:
    """Set a table row by row: what rows have in common in front stands above them once, and nothing empty is told."""
    parts: list[str] = []
    before = None
    for row in table.rows:
        if row.heading:
            parts.append(_heading([legible_line(reads(cell, ", ")) for cell in row.cells], width))
            before = None
            continue
        first = _in_a_row(_parts(row.cells[0]))
        named = _names(table)
        if named and (name := _in_a_row(_parts(row.cells[1]))):
            first = f"{first}  {name}"
        block = _block(table, row, width, 2 if named else 1)
        if len(table.columns) > 1 and first and first == before:
            parts[-1] += f"\n{block}" if block else ""
        else:
            above = wrap(first, width) if len(table.columns) > 1 and first else ""
            parts.append("\n".join(filter(None, (above, block))))
        before = first
    return "\n\n".join(part for part in parts if part)


def _parts(cell: Cell) -> list[str]:
    """Give the parts of a cell, each on one line; a cell that says only that nothing is there has none."""
    if cell is NOTHING:
        return []
    text = legible(reads(cell, "\n")).strip()
    return [part for part in (" ".join(line.split()) for line in text.split("\n")) if part]


def _names(table: Table) -> bool:
    """Tell whether the second column names what the first numbers: both stand on one line then."""
    return len(table.columns) > 2 and table.columns[0].kind == "clause" and table.columns[1].key == "title"


def _block(table: Table, row: Row, width: int, start: int = 1) -> str:
    """Set the cells of a row from some on: short ones beside each other, others on lines of their own."""
    if len(table.columns) == 1:  # plain sentences: the title above the table says what they are
        return wrap(_in_a_row(_parts(row.cells[0])), width)
    lines: list[str] = []
    beside: list[str] = []
    n = ""
    keys = [column.key for column in table.columns] + [""]
    for at, (column, cell) in enumerate(zip(table.columns[start:], row.cells[start:], strict=True), start):
        if not (parts := _parts(cell)):
            continue
        if column.key == "n" and keys[at + 1] == "m":  # 29 of 32, as people say it
            n = _in_a_row(parts)
            continue
        told = f"{legible_line(column.title)}: {_in_a_row(parts)}"
        if column.key == "m" and n:
            told = f"{n} of {_in_a_row(parts)}"
        if measure(told) <= width // 2:
            beside.append(told)
        else:
            lines += [*_flowing(beside, width), wrap(told, width, "  ", "    ")]
            beside = []
    return "\n".join([*lines, *_flowing(beside, width)])


def _flowing(beside: Sequence[str], width: int) -> list[str]:
    """Put short cells on lines, as many as fit."""
    lines: list[str] = []
    for told in beside:
        if lines and measure(lines[-1]) + _GAP + measure(told) <= width:
            lines[-1] += " " * _GAP + told
        else:
            lines.append(wrap(told, width, "  ", "    "))
    return lines


def _in_a_row(parts: list[str]) -> str:
    """Put the parts of a list into one line: sentences behind each other, all else with semicolons between."""
    return "".join(part if index == 0 else f"{_between(parts[index - 1])}{part}" for index, part in enumerate(parts))


def _between(before: str) -> str:
    return " " if before.endswith((".", "!", "?")) else "; "
