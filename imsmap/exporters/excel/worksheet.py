"""How a workbook is begun: no text becomes a formula, a link or a number, and formulas are stored as given."""

from __future__ import annotations

import io
import re

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellFormulaTuple,
    CellNumberTuple,
    CellStringTuple,
    Worksheet,
    re_dynamic_function,
)

from imsmap.exporters.excel import theme

_VALUES = frozenset((str, int, float))
_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))
"""Values of formulas that XlsxWriter marks as such."""
_CALLED = re.compile(r"([A-Z]+)\(")
_DYNAMIC = frozenset(re.findall(r"([A-Z]+)\\\(", re_dynamic_function.pattern))
"""Functions that make a formula one of arrays. XlsxWriter looks for each of them at each place of a formula; to look at
those that it calls takes a fraction of that."""
_SHORT = 16_383
"""So many characters fit a cell, whichever they are."""
_ENDLESS = 1_000_000
"""More columns than there are."""


def new_workbook(content: io.BytesIO) -> xlsxwriter.Workbook:
    """Begin a workbook that will be written into `content`."""
    return xlsxwriter.Workbook(
        content,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": theme.FONT, "font_size": 10},
            "default_row_height": 17,
        },
    )


def close(workbook: xlsxwriter.Workbook) -> None:
    """Write a workbook, and let go what was written: it and its sheets hold each other, so that all would stay."""
    workbook.close()
    for sheet in workbook.worksheets():
        sheet.fh = sheet.str_table = None
    workbook.str_table = None


class _Unkept(dict[tuple[int, int], str]):
    """Which cells lie in tables, for XlsxWriter to find tables that overlap: none, for ours stand below each other."""

    def __setitem__(self, cell: tuple[int, int], table: str) -> None:
        """Keep nothing: a workbook of six standards has 150 000 of them."""


class Sheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A worksheet that takes tens of thousands of cells by row and column, and stores their formulas as they are.

    XlsxWriter asks of each cell whether its place is written as A1 and lies on a sheet, puts each tag together from a
    list and looks for functions that are newer than the file format. Ours are all old, what people wrote comes with its
    prefixes as a program stored it, and the search would change words between quotes.
    """

    write_number = Worksheet._write_number

    def __init__(self) -> None:
        super().__init__()
        self._blanks: dict[Format, CellBlankTuple] = {}
        self.table_cells = _Unkept()

    def write_string(self, row: int, col: int, string: str, cell_format: Format | None = None) -> int:
        """Write text; the first of a row, what goes beyond the columns so far and what may be too long is looked at."""
        cells = self.table[row]
        if not cells or not self.dim_colmin <= col <= self.dim_colmax or len(string) > _SHORT:
            return int(self._write_string(row, col, string, cell_format))
        cells[col] = CellStringTuple(self.str_table._get_shared_string_index(string), cell_format)
        return 0

    def write_formula(
        self, row: int, col: int, formula: str, cell_format: Format | None = None, value: str | float = 0
    ) -> int:
        """Write a formula; the first of a row, what goes beyond the columns so far and new functions are looked at."""
        cells = self.table[row]
        if (
            not cells
            or not self.dim_colmin <= col <= self.dim_colmax
            or formula[:1] != "="
            or not _DYNAMIC.isdisjoint(_CALLED.findall(formula))
        ):
            return int(self._write_formula(row, col, formula, cell_format, value))
        cells[col] = CellFormulaTuple(formula[1:], cell_format, value)
        return 0

    def write_blank(self, row: int, col: int, _: None, cell_format: Format | None) -> int:
        """Write a cell without content; all of one format are one value."""
        cells = self.table[row]
        if cell_format is None or not cells or not self.dim_colmin <= col <= self.dim_colmax:
            return int(self._write_blank(row, col, None, cell_format))
        blank = self._blanks.get(cell_format)
        if blank is None:
            blank = self._blanks[cell_format] = CellBlankTuple(cell_format)
        cells[col] = blank
        return 0

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002 - its shape
        """Drop the sign of a formula."""
        return formula.removeprefix("=")

    def _calculate_spans(self) -> None:
        """Tell the first and last column of each block of 16 rows, as XlsxWriter does, from the cells there are."""
        spans: dict[int, tuple[int, int]] = {}
        for rows in (self.table, self.comments):
            for row, cells in rows.items():
                if cells:
                    first, last = spans.get(row // 16, (_ENDLESS, 0))
                    spans[row // 16] = min(first, *cells), max(last, *cells)
        self.row_spans = {block: f"{first + 1}:{last + 1}" for block, (first, last) in spans.items()}

    def _write_rows(self) -> None:
        """Write rows and cells: here blanks, texts, numbers and formulas, which nearly all are."""
        self._calculate_spans()
        letters = [xl_col_to_name(column) for column in range(self.dim_colmax + 1)]
        looks: dict[Format | None, str] = {}
        if all(info.column_format is None for info in self.col_info.values()):
            looks[None] = ""
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            cells, info, span = self.table.get(row), self.row_info.get(row), self.row_spans.get(row // 16)
            if not cells:
                if info or row in self.comments:
                    self._write_empty_row(row, span, info)
                continue
            self._write_row(row, span, info)
            number = row + 1
            for column in sorted(cells):
                cell = cells[column]
                look = cell.format
                style = looks.get(look)
                if style is None and look is not None:
                    style = looks[look] = f' s="{look._get_xf_index()}"'
                if style is None or (style == "" and info and info.row_format):
                    self._write_cell(row, column, cell)
                    continue
                kind, begin = type(cell), f'<c r="{letters[column]}{number}"{style}'
                if kind is CellBlankTuple:
                    self.fh.write(f"{begin}/>")
                elif kind is CellStringTuple:
                    self.fh.write(f'{begin} t="s"><v>{cell.string}</v></c>')
                elif kind is CellNumberTuple:
                    self.fh.write(f"{begin}><v>{cell.number:.16G}</v></c>")
                elif kind is CellFormulaTuple and type(cell.value) in _VALUES and cell.value not in _ERRORS:
                    text = ' t="str"' if cell.value != "" and isinstance(cell.value, str) else ""
                    formula, value = self._escape_data(cell.formula), self._escape_data(cell.value)
                    self.fh.write(f"{begin}{text}><f>{formula}</f><v>{value}</v></c>")
                else:
                    self._write_cell(row, column, cell)
            self.fh.write("</row>")
            del self.table[row]  # all sheets are held as cells first and as XML then; a row is never both
