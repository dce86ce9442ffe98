"""A workbook as text, to compare by content and not by bytes: sheet by sheet, cell by cell."""

from __future__ import annotations

import datetime
import io
from functools import lru_cache
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import get_column_letter


def load(content: bytes, *, values: bool = False, only_read: bool = False) -> Any:
    """Open a workbook.

    only_read: sheets are read when their rows are asked for, without styles of rows, rules and tables.
    """
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values, read_only=only_read)


@lru_cache(maxsize=8)
def one_sheet(content: bytes, name: str, *, values: bool = False) -> Any:
    """Open one sheet of a workbook; whoever asks for the same gets the same, and leaves it as it is."""
    reader = _One(io.BytesIO(content), data_only=values)
    reader.name = name
    reader.read()
    return reader.wb[name]


class _One(ExcelReader):
    """Reads one sheet; the others are there, and empty: what the workbook names is told by their places."""

    name: str

    def read_worksheets(self) -> None:
        find = self.parser.find_sheets
        for sheet, relation in list(find()):
            if sheet.name == self.name:
                self.parser.find_sheets = lambda found=(sheet, relation): [found]
                super().read_worksheets()
            else:
                self.wb.create_sheet(sheet.name)
        self.parser.find_sheets = find


def describe(content: bytes) -> str:
    """Tell everything about a workbook that a reader could notice."""
    book, values = load(content), load(content, values=True)
    properties = book.properties
    lines = [
        f"title: {properties.title}",
        f"author: {properties.creator}",
        f"keywords: {properties.keywords}",
        f"created: {properties.created}",
    ]
    for sheet in book.worksheets:
        lines += ["", f"=== {sheet.title} ===", *_sheet(sheet, values[sheet.title])]
    return "\n".join(lines) + "\n"


def _sheet(sheet: Any, values: Any) -> list[str]:
    setup = sheet.page_setup
    lines = [
        f"freeze {sheet.freeze_panes}; paper {setup.paperSize} {setup.orientation}; fit {setup.fitToWidth} wide "
        f"{setup.fitToHeight} tall; repeat rows {sheet.print_title_rows} columns {sheet.print_title_cols}; "
        f"area {sheet.print_area}",
        f"header {sheet.oddHeader.left.text} | {sheet.oddHeader.right.text}; footer {sheet.oddFooter.left.text} | "
        f"{sheet.oddFooter.center.text} | {sheet.oddFooter.right.text}",
        "widths "
        + " ".join(
            f"{letter}={column.width:g}{' hidden' if column.hidden else ''}"
            for letter, column in sorted(sheet.column_dimensions.items(), key=lambda item: (len(item[0]), item[0]))
        ),
        f"merged {' '.join(sorted(str(cells) for cells in sheet.merged_cells.ranges)) or 'nothing'}",
    ]
    for table in sheet.tables.values():
        filters = table.autoFilter.ref if table.autoFilter else "no"
        lines.append(f"table {table.displayName} {table.ref}; filter {filters}")
    for rule in sorted(sheet.data_validations.dataValidation, key=lambda rule: str(rule.sqref)):
        lines.append(f"validation {rule.sqref}: {rule.type} {rule.formula1}; {rule.promptTitle}: {rule.prompt}")
    for cells, rules in sheet.conditional_formatting._cf_rules.items():
        lines += [f"condition {cells.sqref}: {rule.formula[0]}" for rule in rules]
    for row in sheet.iter_rows():
        dimension = sheet.row_dimensions[row[0].row]
        shown = [_cell(cell, values[cell.coordinate].value) for cell in row if _speaks(cell)]
        if shown:
            level = f" level {dimension.outlineLevel}" if dimension.outlineLevel else ""
            lines.append(f"row {row[0].row} height {dimension.height}{level}")
            lines += shown
    return lines


def _speaks(cell: Cell) -> bool:
    return cell.value is not None or cell.fill.fill_type is not None


def _cell(cell: Any, value: Any) -> str:
    shown = value.date().isoformat() if isinstance(value, datetime.datetime) else value
    words = [f"  {get_column_letter(cell.column)}: {shown!r}"]
    if cell.data_type == "f":
        words.append(f"formula {cell.value}")
    if cell.hyperlink is not None:
        words.append(f"to {cell.hyperlink.location}")
    if cell.number_format != "General":
        words.append(f"as {cell.number_format}")
    if cell.font.b:
        words.append("bold")
    if cell.fill.fill_type is not None:
        colour = cell.fill.fgColor
        words.append(f"on {colour.rgb if colour.type == 'rgb' else f'theme {colour.theme} {colour.tint:.2f}'}")
    return "; ".join(words)
