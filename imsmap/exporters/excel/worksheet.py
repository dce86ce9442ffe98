"""How a workbook is begun: no text becomes a formula, a link or a number, and formulas are stored as given."""

from __future__ import annotations

import io

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

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
    """A worksheet without XlsxWriter's search for functions that are newer than the file format.

    Ours are all old, and what people wrote comes with its prefixes as a program stored it. The search would take half
    of the time for a formula, and would change words between quotes.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002 - its shape
        """Drop the sign of a formula."""
        return formula.removeprefix("=")
