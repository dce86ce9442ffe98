"""What a table offers to who fills it: lists of words, dates that are checked, and what belongs into a cell."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import groupby

from xlsxwriter.utility import xl_col_to_name

from imsmap.exporters.excel.book import Volume
from imsmap.exporters.excel.grid import Line
from imsmap.exporters.excel.text import short
from imsmap.exporters.excel.worksheet import Sheet
from imsmap.register.schema import Field
from imsmap.workbook import LISTS, META

_OVERRIDE = "Only where this standard needs its own; else the row of the question above holds."


def offer(book: Volume, sheet: Sheet, first: int, lines: Sequence[Line], fields: Sequence[Field]) -> None:
    """Offer lists and check dates in the cells that people fill; headings have none but those that are open."""
    for column, field in enumerate(fields, 1):
        words = book.lists.get(field.listed)
        offers = field.choices or field.kind == "date" or field.prompt or words
        if field.owner != "user" or not offers:
            continue
        rule: dict[str, object] = {"validate": "any"}
        if field.choices:
            said = f"Choose {', '.join(field.choices[:-1])} or {field.choices[-1]}."
            rule = {"validate": "list", "source": list(field.choices), "error_message": said}
        elif words:
            place = xl_col_to_name(LISTS + list(book.lists).index(field.listed))
            source = f"='{META}'!${place}$2:${place}${len(words) + 1}"
            rule = {"validate": "list", "source": source, "show_error": False}
        elif field.kind == "date":
            rule = {
                "validate": "date", "criteria": ">=", "value": datetime.date(1990, 1, 1),
                "error_type": "warning", "error_message": "This should be a date.",
            }  # fmt: skip
        rule["error_title"] = short(field.title, 30)
        here = [line.takes(field.key) for line in lines]
        override = [not line.heading and field.key in line.override for line in lines]
        for prompt, runs in ((field.prompt, _runs(first, here)), (_OVERRIDE, _runs(first, override))):
            if runs:
                told = {"input_title": short(field.title, 30), "input_message": prompt} if prompt else {}
                start, end = runs[0]
                other = [[run[0], column, run[1], column] for run in runs[1:]]
                sheet.data_validation(start, column, end, column, {**rule, **told, "other_cells": other})


def _runs(first: int, wanted: Sequence[bool]) -> list[tuple[int, int]]:
    """Give the runs of rows that are wanted."""
    found = []
    for inside, run in groupby(enumerate(wanted, first), key=lambda entry: entry[1]):
        if inside:
            rows = [row for row, _ in run]
            found.append((rows[0], rows[-1]))
    return found
