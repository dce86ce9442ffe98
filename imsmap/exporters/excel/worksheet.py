"""How a workbook is begun: no text becomes a formula, a link or a number, and formulas are stored as given."""

from __future__ import annotations

import io

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import CellBlankTuple, CellStringTuple, Worksheet

from imsmap.exporters.excel import theme


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


class Sheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A worksheet that takes tens of thousands of cells by row and column, and stores their formulas as they are.

    XlsxWriter asks of each cell whether its place is written as A1, puts each tag together from a list and looks for
    functions that are newer than the file format. Ours are all old, what people wrote comes with its prefixes as a
    program stored it, and the search would change words between quotes.
    """

    write_string = Worksheet._write_string
    write_number = Worksheet._write_number
    write_blank = Worksheet._write_blank
    write_formula = Worksheet._write_formula

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002 - its shape
        """Drop the sign of a formula."""
        return formula.removeprefix("=")

    def _write_cell(self, row: int, col: int, cell: CellStringTuple) -> None:
        """Write the tag of a cell: here for texts and blanks that have a format, which nearly all are."""
        kind = type(cell)
        look = cell.format if kind is CellStringTuple or kind is CellBlankTuple else None
        if look is None:
            super()._write_cell(row, col, cell)
            return
        begin = f'<c r="{xl_rowcol_to_cell_fast(row, col)}" s="{look._get_xf_index()}"'
        self.fh.write(f"{begin}/>" if kind is CellBlankTuple else f'{begin} t="s"><v>{cell.string}</v></c>')
