"""The workbook (.xlsx) that a client fills in: real tables, links, lists and print set-up; one file for each sheet."""

from __future__ import annotations

import datetime
import importlib
import io
from collections.abc import Sequence
from types import ModuleType

from attrs import evolve

from imsmap import about
from imsmap.drawing import core_colours
from imsmap.exporters.excel import meta, own, theme
from imsmap.exporters.excel.book import TITLES, Book
from imsmap.exporters.excel.brand import notices
from imsmap.exporters.excel.reports import Reports
from imsmap.exporters.excel.settings import Settings
from imsmap.exporters.excel.text import short
from imsmap.exporters.excel.variants import BEHIND, PRINT, VARIANTS, sheets_of, standards_of
from imsmap.exporters.excel.worksheet import close, new_workbook
from imsmap.register.schema import Change, Field, Given, Process

ABOUT = about.Format(suffix=".xlsx", holds=("deliverables",), name="workbook", place=60)

__all__ = [
    "PRINT",
    "SHEETS",
    "VARIANTS",
    "Change",
    "Given",
    "Process",
    "Reports",
    "Settings",
    "columns",
    "export",
    "needs",
    "notices",
    "standards_of",
]

SHEETS = tuple(TITLES)
"""The names of the sheets, in order."""
_MEANT = {"dashboard", "requirements", "processes", "soa", "obligations"}
"""Sheets that say what answers mean, by formulas on a hidden sheet."""


def export(
    reports: Reports,
    settings: Settings,
    sheets: Sequence[str] | None = None,
    given: Given | None = None,
    variant: str = "",
) -> bytes:
    """Make the workbook from the reports on what its standards ask for and have in common.

    sheets: some of SHEETS; by default those for which there is something to show. given: what a client's project
    brings along: what people wrote, processes, history, the ids by which the file is known when it comes back.
    variant: one of VARIANTS, or the key of a standard: then the reports are about that standard alone (`standards_of`
    tells which standards to ask about). The same input gives the same bytes: the date is the settings'.
    """
    given = given or Given()
    keys = [side.key for side in reports.matrix.answer.standards]
    if standards_of(variant, keys) != tuple(keys):
        raise ValueError(f"the workbook of {variant} alone needs reports about this standard alone, not {len(keys)}")
    wanted = sheets_of(variant, _wanted(reports, sheets, given), named=sheets is not None)
    content = io.BytesIO()
    workbook = new_workbook(content)
    answer = reports.matrix.answer
    colours = theme.theme_xml(core_colours(answer.core_colours), settings.look)
    workbook.use_custom_theme(io.StringIO(colours))
    book = Book(workbook, reports, settings, wanted, _seen(reports, given))
    book.whole = variant not in VARIANTS and book.given.part is None
    book.behind = frozenset(BEHIND.get(variant, ())).intersection(wanted)
    book.paper = variant == PRINT
    book.lists = meta.lists(given)
    modules = _laid(book, wanted)
    for module in modules.values():
        module.write(book)
    if variant not in VARIANTS and book.given.part is None:
        own.write(book)
    if _MEANT.intersection(wanted):
        book.twin.write(book)
    meta.write(book)
    for kind in book.behind:
        book.sheets[kind].hide()
    _properties(book)
    workbook.worksheets()[0].activate()
    close(workbook)
    return content.getvalue()


def needs(variant: str, sheets: Sequence[str] | None = None) -> frozenset[str]:
    """Name the reports that a workbook is made of: with some of SHEETS, or with all that its variant may hold."""
    wanted = sheets_of(variant, SHEETS if sheets is None else sheets)
    told = [about.sheets()[kind] for kind in wanted]
    return frozenset(("matrix", *(name for sheet in told for name in (sheet.shows, *sheet.besides))))


def columns(reports: Reports, settings: Settings, given: Given | None = None) -> dict[str, dict[str, Field]]:
    """Tell the columns of every table of the workbook by sheet and key: who fills them, and what belongs into them."""
    given = given or Given()
    wanted = sheets_of("", _wanted(reports, None, given))
    book = Book(new_workbook(io.BytesIO()), reports, settings, wanted, _seen(reports, given))
    _laid(book, wanted)
    return {kind: {field.key: field for field in grid.fields} for kind, grid in book.grids.items()}


def _seen(reports: Reports, given: Given) -> Given:
    """Put what is said of shared questions where these standards have its rows: a standard alone has none."""
    if reports.requirements is None:
        return given
    asked = reports.requirements.answer.asked.questions
    shown = [question.id for question in asked if question.is_shared]
    return evolve(given, cells=asked.spread(given.cells, shown))


def _laid(book: Book, wanted: Sequence[str]) -> dict[str, ModuleType]:
    """Lay out the tables that have rows to lead to, before any sheet is written; gives the sheets' modules."""
    modules = {kind: importlib.import_module(f"{__name__}.{kind}") for kind in wanted}
    for kind, module in modules.items():
        if hasattr(module, "lay"):
            laid = module.lay(book)
            book.grids[kind] = evolve(laid, lead=laid.lead + 1) if book.doubt(kind) else laid
    return modules


def _wanted(reports: Reports, sheets: Sequence[str] | None, given: Given) -> tuple[str, ...]:
    """Put the sheets in order; by default those for which there is something to show."""
    if sheets is None:
        known = reports.names
        count = len(reports.matrix.answer.standards)
        return tuple(
            kind
            for kind, sheet in about.sheets().items()
            if sheet.shows in known and sheet.least <= count and (not sheet.given or getattr(given, sheet.given))
        )
    unknown = [kind for kind in sheets if kind not in TITLES]
    if unknown or not sheets:
        raise ValueError(f"there is no sheet {', '.join(unknown) or 'to write'}; choose from {', '.join(SHEETS)}")
    return tuple(kind for kind in SHEETS if kind in sheets)


def _properties(book: Book) -> None:
    """Set the document's properties; its date is the one given."""
    settings = book.settings
    day = datetime.datetime(book.date.year, book.date.month, book.date.day)
    book.workbook.set_properties(
        {
            "title": short(book.title, 250),
            "subject": short(", ".join(side.designation for side in book.standards), 250),
            "author": short(settings.author, 250),
            "company": short(settings.company or settings.client, 250),
            "keywords": short(
                "; ".join([*(standard.designation for standard in book.standards), "integrated management system"]),
                250,
            ),
            "comments": f"Made with imsmap, mapping data {book.data_version}. {book.words}",
            "created": day,
        }
    )
    book.workbook.set_custom_property("imsmap data version", short(book.data_version, 250), "text")
    if book.cuts:
        book.workbook.set_custom_property("imsmap cut texts", short("; ".join(book.cuts), 250), "text")
