"""What makes a cell of a table stand out as long as its row says something: Excel's conditional formats."""

from __future__ import annotations

from imsmap.exporters.excel.grid import Grid
from imsmap.exporters.excel.sheet import Writer


def stand_out(writer: Writer, laid: Grid, key: str, formula: str, style: str) -> None:
    """Let the cells of a column stand out in the rows for which a formula holds.

    formula: with the keys of columns in braces, each of which stands for the row's own cell.
    """
    cells = {field.key: f"${laid.letter(field.key)}{laid.first + 1}" for field in laid.fields}
    column, last = laid.place(key) + 1, laid.first + max(1, len(laid.lines)) - 1
    rule = {"type": "formula", "criteria": formula.format(**cells), "format": writer.formats.condition(style)}
    writer.sheet.conditional_format(laid.first, column, last, column, rule)
