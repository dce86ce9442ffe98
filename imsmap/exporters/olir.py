"""A workbook for NIST's catalog of references (OLIR): how one document stands to another, in the words of IR 8477.

A focal document, a reference document, and between them rows of a relationship each, with its strength. Several clauses
on the side of the reference are rows of one group; the focal side has one element in each row.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from imsmap import about, interchange
from imsmap.errors import UsageError
from imsmap.interchange import OLIR, OLIR_COLUMNS, OLIR_GENERAL, OLIR_RELATIONSHIPS, Loss
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Relation, split_ref
from imsmap.library.relationships import EQUAL, PREDICATES, SUBSET
from imsmap.plain import legible

ABOUT = about.Format(suffix=".olir.xlsx", holds=("mappings",), place=250)

_RATIONALE = "semantic"
"""How both sides were compared, of IR 8477's three ways: by what they mean."""
_WIDTHS = (18, 44, 12, 16, 18, 44, 12, 16, 60, 14)


def export(graph: ClauseGraph, day: str) -> bytes:
    """Write what is stated between two standards; UsageError for any other number. day: 2030-05-01."""
    focal, reference = _documents(graph)
    content = io.BytesIO()
    words = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(content, words)
    plain = workbook.add_format({"text_wrap": True, "valign": "top", "font_name": "Arial", "font_size": 10})
    head = workbook.add_format(
        {"text_wrap": True, "valign": "top", "font_name": "Arial", "font_size": 10, "bold": True, "bg_color": "#E8EDF1"}
    )
    sheet = workbook.add_worksheet(OLIR_GENERAL)
    _set_up(sheet, (34, 100))
    for row, (name, value) in enumerate(_general(graph, focal, reference, day)):
        sheet.set_row(row, _height((value,), (100,)))
        sheet.write_string(row, 0, name, head)
        sheet.write_string(row, 1, legible(value), plain)
    sheet = workbook.add_worksheet(OLIR_RELATIONSHIPS)
    _set_up(sheet, _WIDTHS)
    sheet.set_row(0, _height(OLIR_COLUMNS, _WIDTHS))
    sheet.write_row(0, 0, OLIR_COLUMNS, head)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    for row, cells in enumerate(_rows(graph), 1):
        sheet.set_row(row, _height(map(str, cells), _WIDTHS))
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, column, cell, plain)
            elif cell:
                sheet.write_string(row, column, legible(cell), plain)
    title = f"{graph.standard(focal).designation} and {graph.standard(reference).designation}"
    created = datetime.datetime.fromisoformat(day)
    workbook.set_properties({"title": title, "comments": interchange.ABOUT_RELATIONS[:250], "created": created})
    workbook.close()
    return content.getvalue()


def losses(graph: ClauseGraph) -> tuple[Loss, ...]:
    """Tell what the format can't say."""
    stated = interchange.stated(graph)
    ties = tuple(tie.ref for tie in interchange.ties(graph))
    told = (
        (
            "not written: the focal side has one element in each row, and these say something of several together",
            tuple(relation.id for relation in stated if len(relation.subject) > 1),
        ),
        (
            "confidence, justification, author, source and when it was affirmed are not written; what is shared and "
            "what differs is one comment",
            tuple(relation.id for relation in stated),
        ),
        ("not written: which points say which core point; sssom, jsonld and oscal-mapping hold it", ties),
        *interchange.table_losses(graph),
    )
    return (*interchange.never_said(graph), *(Loss(words, names) for words, names in told if names))


def _set_up(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Let a sheet print on pages that hold all of its columns."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _height(cells: Iterable[str], widths: Sequence[int]) -> float:
    """Give a row the height of its longest text: no program that only shows a file works that out."""
    lines = max(len(wrap(cell, max(width - 2, 4))) for cell, width in zip(cells, widths, strict=True))
    return 13.0 * max(lines, 1) + 3


def _documents(graph: ClauseGraph) -> tuple[str, str]:
    """Give the keys of focal and reference document: as the mapping set between both has them."""
    pairs = {(one.subject, one.object) for one, _ in interchange.sets(graph)}
    keys = {key for pair in pairs for key in pair} or {standard.key for standard in graph.standards}
    if len(keys) != 2:
        count = len(graph.standards)
        raise UsageError(f"an OLIR workbook is about two documents, and {count} are named; write one for each two")
    one, other = next(iter(sorted(pairs)), tuple(sorted(keys)))
    return one, other


def _general(graph: ClauseGraph, focal: str, reference: str, day: str) -> Iterator[tuple[str, str]]:
    one, other = graph.standard(focal), graph.standard(reference)
    yield "Informative Reference Name", f"{reference}-to-{focal}"
    yield "Reference Version", graph.library.version
    yield "Focal Document Version", one.designation
    yield "Summary", f"How {one.designation} and {other.designation} stand to each other. {interchange.ABOUT_RELATIONS}"
    yield "Comprehensive", "No"
    yield "Reference Document Author", other.designation.partition(" ")[0] if other.author == "imsmap" else other.author
    yield "Reference Document", other.designation
    yield "Reference Document Date", other.published
    yield "Reference Developer", ", ".join(sorted({relation.author for relation in interchange.stated(graph)}))
    yield "Comments", f"Made with imsmap, mapping data {graph.library.version}, {day}."


def _rows(graph: ClauseGraph) -> Iterator[tuple[str | int, ...]]:
    groups = 0
    for relation in interchange.stated(graph):
        if len(relation.subject) > 1:
            continue
        subject = _element(graph, relation.subject[0])
        group = ""
        if len(relation.object) > 1:
            groups += 1
            group = f"{subject[0]}:G{groups}"
        for ref in relation.object:
            yield (
                *subject, _RATIONALE, OLIR[relation.predicate], *_element(graph, ref), _fulfilled(relation), group,
                relation.rationale, relation.strength or "",
            )  # fmt: skip


def _element(graph: ClauseGraph, ref: str) -> tuple[str, str]:
    """Give the name of a clause or a point, and what is told of it."""
    _, number, point = split_ref(ref)
    name = interchange.local((ref,))
    if not number:
        return name, "All of the document"
    return name, graph.title(ref) if point is None else graph.point(ref).text


def _fulfilled(relation: Relation) -> str:
    """Say whether what the focal element asks for is asked for in the reference, all of it."""
    return "Y" if PREDICATES[relation.predicate] in (EQUAL, SUBSET) else "N"
