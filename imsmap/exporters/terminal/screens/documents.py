"""The screen of documents: what several standards ask for together first, then what each asks for alone."""

from __future__ import annotations

from collections.abc import Sequence

from imsmap.analyses.documents import DocumentsAnswer, Item
from imsmap.exporters.terminal.screen import Col, Entry, Grid, Screen
from imsmap.library.model import KIND_WORDS
from imsmap.report import Report, Side
from imsmap.wording import counted, together

_APART = 3
"""Up to so many standards have a column each."""


def _where(sides: Sequence[Side], places: Sequence[str]) -> str:
    """Say in which clauses something is asked for, each number once with the letters of all that have it."""
    found: dict[str, list[str]] = {}
    for side, place in zip(sides, places, strict=True):
        if place:
            found.setdefault(place, []).append(side.label)
    return ", ".join(f"{together(labels)} {place}" for place, labels in found.items())


def screen(report: Report[DocumentsAnswer]) -> Screen:
    """Lay it out."""
    answer = report.answer
    sides = answer.standards
    # Columns of many standards would leave no room for what must exist.
    apart = len(sides) <= _APART
    places = tuple(Col(side.label) for side in sides) if apart else (Col("Asked in"),)
    columns = (Col("What is asked for", gives=True), Col("As", optional=True), *places)

    def entry(item: Item) -> Entry:
        kinds = dict.fromkeys(KIND_WORDS.get(kind, kind) for asked in item.asked.values() for kind in asked.kinds)
        where = [", ".join(item.asked[side.key].clauses) if side.key in item.asked else "" for side in sides]
        return Entry((item.what, ", ".join(kinds), *(where if apart else [_where(sides, where)])))

    rows = tuple(entry(item) for item in sorted(answer.documents, key=lambda item: -len(item.asked)))
    empty = ("",) * (len(columns) - 1)
    table = Grid(columns, rows, rest=lambda n, _: (counted(n, "more document or record", "more"), *empty))
    return Screen(
        report.summary,
        ((table,),),
        ("All of them: --all.", "As a file: -o documents.xlsx.", f"Mapping data {report.data_version}."),
    )
