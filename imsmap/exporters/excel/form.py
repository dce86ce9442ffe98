"""The form for a list of requirements: a workbook to fill in, with lists to choose from and a filled example."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from imsmap.exporters.excel import theme
from imsmap.exporters.excel.formats import Formats
from imsmap.exporters.excel.worksheet import new_workbook
from imsmap.library.graph import ClauseGraph
from imsmap.readers.own.columns import COLUMNS, DASH, EXAMPLE, FIELDS, HEAD, LAW, LISTS, SHEET, Column
from imsmap.register.schema import NOT_APPLICABLE
from imsmap.values import frozen

_ROWS = 2_000
"""So far down the lists are offered."""
_FIRST = 3
"""The row of the headings, from 0: a title, a line on use and a blank one stand above."""
_HINT = (
    "One requirement in each row, with a number of its own; a row with number and title alone is a heading. Yellow is "
    "yours to fill; columns that nobody fills may go; the last eight are for a legal register. Then: imsmap add FILE"
)
_FILLED: tuple[dict[str, str], ...] = (
    {"number": "1", "title": "Deliveries"},
    {
        "number": "1.1", "title": "Suppliers are assessed",
        "text": "Assess each supplier of paint before the first order, and every second year after that.",
        "belongs": "9001:8.4.1", "relation": "intersects-with", "strength": "7",
        "shared": "Suppliers are assessed by criteria before they are chosen.",
        "differs": "Paint only, and every second year.", "documented": "Supplier assessments", "kind": "record",
    },
    {
        "number": "1.2", "title": "What bears on deliveries",
        "text": "Find out what may keep deliveries from arriving on time.",
        "belongs": "issues",
    },
    {"number": "1.10", "title": "Packaging", "text": "Take packaging back from the customer.", "belongs": "14001:8.1"},
)  # fmt: skip
_LAW: tuple[dict[str, str], ...] = (
    {
        "number": "L-1", "title": "Emissions of solvents", "text": "Measure the emissions of solvents every year.",
        "law": "Clean Air Act", "place": "section 12", "applies": "Applies", "how": "Report of the measurement",
        "owner": "Ann", "evaluated": "2030-01-31", "next": "2031-01-31",
    },
    {
        "number": "L-2", "title": "Work at night", "text": "Keep below the limits of noise at night.",
        "law": "Permit 77/2020", "place": "condition 4", "applies": NOT_APPLICABLE,
        "justification": "Nobody works at night.",
    },
)  # fmt: skip
_SAID = {
    "name": "Smith Supplier Manual 2030", "title": "What Smith Ltd asks of its suppliers", "discipline": "quality",
    "edition": "3", "published": "2030-05", "author": "Jane Smith",
    "source": "Supplier manual of Smith Ltd, edition 3, read line by line.",
}  # fmt: skip


@frozen
class _List:
    """What a column of the sheet of lists offers."""

    title: str
    words: tuple[str, ...]


def form(common: ClauseGraph) -> bytes:
    """Write the form; common: the library without standards, whose core points, topics and disciplines it offers."""
    content = io.BytesIO()
    workbook = new_workbook(content)
    workbook.use_custom_theme(io.StringIO(theme.theme_xml()))
    formats = Formats(workbook, ())
    lists = (_List("Belongs to", _homes(common)), _List("Discipline", _disciplines(common)))
    _head(workbook.add_worksheet(HEAD), formats, lists)
    _requirements(workbook.add_worksheet(SHEET), formats, lists, (), "Requirements")
    _requirements(workbook.add_worksheet(EXAMPLE), formats, lists, _FILLED, "An example, which is not read")
    _requirements(
        workbook.add_worksheet(LAW), formats, lists, _LAW, "An example of a legal register, which is not read"
    )
    _lists(workbook.add_worksheet(LISTS), formats, lists)
    released = datetime.date.fromisoformat(common.library.released)
    workbook.set_properties(
        {
            "title": "Requirements of our own",
            "comments": f"A form of imsmap, mapping data {common.library.version}.",
            "created": datetime.datetime(released.year, released.month, released.day),
        }
    )
    workbook.get_worksheet_by_name(SHEET).activate()
    workbook.close()
    return content.getvalue()


def _homes(common: ClauseGraph) -> tuple[str, ...]:
    """Offer every core point in the order of the common structure, then every topic."""
    cores = [
        f"{point.id}{DASH}{clause.number} {point.text}" for clause in common.hub_clauses for point in clause.points
    ]
    return (*cores, *(f"{topic.id}{DASH}{topic.title}" for topic in common.topics))


def _disciplines(common: ClauseGraph) -> tuple[str, ...]:
    return tuple(one.name for one in common.library.disciplines)


def _place(lists: Sequence[_List], title: str) -> str:
    at = next(place for place, one in enumerate(lists) if one.title == title)
    letter = "ABCDEFGHIJ"[at]
    return f"='{LISTS}'!${letter}$2:${letter}${len(lists[at].words) + 1}"


def _head(sheet: Worksheet, formats: Formats, lists: Sequence[_List]) -> None:
    """Write the sheet that says what the standard is: a line for each thing, the second column to be filled."""
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, 3, 52)
    sheet.set_row(0, 26)
    sheet.write(0, 0, "A standard of your own", formats("title"))
    sheet.write(1, 0, "Fill in column B; column D shows how it may look.", formats("small"))
    for column, title in ((0, "What"), (1, "Yours"), (2, "What belongs there"), (3, "Example")):
        sheet.write(_FIRST, column, title, formats("head", *(("head user",) if column == 1 else ())))
    for row, one in enumerate(FIELDS, _FIRST + 1):
        sheet.write(row, 0, one.title, formats("tool", "bold"))
        sheet.write_blank(row, 1, None, formats("user", "text"))
        sheet.write(row, 2, one.prompt, formats("tool"))
        sheet.write(row, 3, _SAID.get(one.key, ""), formats("tool", "muted"))
        sheet.set_row(row, 30)
        if one.key == "discipline":
            rule = {"validate": "list", "source": _place(lists, "Discipline"), "show_error": False}
            sheet.data_validation(row, 1, row, 1, rule)
    sheet.ignore_errors({"number_stored_as_text": "B1:D40"})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_paper(9)


def _requirements(
    sheet: Worksheet, formats: Formats, lists: Sequence[_List], rows: Sequence[dict[str, str]], title: str
) -> None:
    """Write a sheet of requirements, empty or with the example in it."""
    sheet.set_row(0, 26)
    sheet.write(0, 0, title, formats("title"))
    sheet.write(1, 0, _HINT, formats("small"))
    sheet.set_row(_FIRST, 32)
    for place, column in enumerate(COLUMNS):
        # Text from the start: a spreadsheet would make 8.1 of 8.10, and a day of 10.1.
        is_date = column.key in ("evaluated", "next")
        sheet.set_column(place, place, column.width, formats("plain", "date" if is_date else "text"))
        sheet.write(_FIRST, place, column.title, formats("head", "head user"))
        if not rows:
            _offer(sheet, place, column, lists)
    for row, said in enumerate(rows, _FIRST + 1):
        sheet.set_row(row, 30)
        for place, column in enumerate(COLUMNS):
            sheet.write(row, place, said.get(column.key, ""), formats("tool", "text"))
    last = _FIRST + max(len(rows), 1)
    sheet.autofilter(_FIRST, 0, last, len(COLUMNS) - 1)
    sheet.freeze_panes(_FIRST + 1, 2)
    sheet.ignore_errors({"number_stored_as_text": f"A1:Z{_ROWS}"})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_FIRST)
    sheet.set_paper(8)


def _offer(sheet: Worksheet, place: int, column: Column, lists: Sequence[_List]) -> None:
    """Offer the words of a column, and say beside each cell what belongs there."""
    rule: dict[str, object] = {"validate": "any"}
    if column.key == "belongs":
        rule = {"validate": "list", "source": _place(lists, "Belongs to"), "show_error": False}
    elif column.offers:
        said = f"Choose one of {', '.join(column.offers)}."
        rule = {"validate": "list", "source": list(column.offers), "error_message": said[:255]}
    rule |= {"input_title": column.title[:32], "input_message": column.prompt}
    sheet.data_validation(_FIRST + 1, place, _ROWS, place, rule)


def _lists(sheet: Worksheet, formats: Formats, lists: Sequence[_List]) -> None:
    for place, one in enumerate(lists):
        sheet.set_column(place, place, 90 if place == 0 else 34)
        sheet.write(0, place, one.title, formats("head"))
        for row, word in enumerate(one.words, 1):
            sheet.write(row, place, word, formats("plain"))
    sheet.freeze_panes(1, 0)
    sheet.fit_to_pages(1, 0)
    sheet.set_paper(9)
