"""The screen of documents: what several standards ask for together first, then what each asks for alone."""

from __future__ import annotations

from imsmap.analyses.documents import DocumentsAnswer, Item
from imsmap.exporters.terminal.screen import Col, Entry, Grid, Screen
from imsmap.library.model import KIND_WORDS
from imsmap.report import Report
from imsmap.wording import counted


def screen(report: Report[DocumentsAnswer]) -> Screen:
    """Lay it out."""
    answer = report.answer
    columns = (
        Col("What must exist", gives=True),
        Col("As", optional=True),
        *(Col(side.label) for side in answer.standards),
    )

    def entry(item: Item) -> Entry:
        kinds = dict.fromkeys(KIND_WORDS.get(kind, kind) for asked in item.asked.values() for kind in asked.kinds)
        where = [", ".join(item.asked[side.key].clauses) if side.key in item.asked else "" for side in answer.standards]
        return Entry((item.what, ", ".join(kinds), *where))

    rows = tuple(entry(item) for item in sorted(answer.documents, key=lambda item: -len(item.asked)))
    empty = ("",) * (len(columns) - 1)
    table = Grid(columns, rows, rest=lambda n, _: (counted(n, "more document or record", "more"), *empty))
    return Screen(
        report.summary,
        ((table,),),
        ("All of them: --all.", "As a file: -o documents.xlsx.", f"Mapping data {report.data_version}."),
    )
