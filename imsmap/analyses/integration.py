"""How far one system serves several standards: what a certification body looks at, and the most it can save."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import AuditTimeCap, Integration
from imsmap.parts import side_json, sides
from imsmap.report import Column, Report, Row, Table, untyped
from imsmap.wording import listed


@frozen
class Question:
    """Which standards the one system serves; the order is kept."""

    standards: tuple[str, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[Any]:
    """List the criteria by which the level of integration is judged, with the evidence for each."""
    names = listed(graph.standard(key).designation for key in question.standards)
    held = graph.library.integration
    rows = [] if held is None else _rows(held)
    return Report(
        "integration",
        f"Level of integration of {names}",
        graph.library.version,
        (_table(rows),),
        {
            "standards": [side_json(side) for side in sides(graph, question.standards)],
            "criteria": rows,
            "cap": None if held is None else _cap(held.cap),
        },
        untyped,
        "the mapping data hold no criteria of integration" if held is None else _cap_sentence(held.cap),
        (
            *(() if held is None else (held.cap.text, f"Source of the cap: {held.cap.source}")),
            *dict.fromkeys(f"Source of the criteria: {row['source']}" for row in rows),
            "The level is no score of ours: give evidence and degree for each line, and hand the sheet in with the "
            "request for a quote.",
            f"Mapping data {graph.library.version} ({graph.library.released}).",
        ),
    )


def _rows(held: Integration) -> list[dict[str, Any]]:
    return [
        {
            "id": entry.id,
            "criterion": entry.criterion,
            "evidence": entry.evidence,
            "confidence": entry.confidence,
            "source": entry.source,
        }
        for entry in held.criteria
    ]


def _cap(cap: AuditTimeCap) -> dict[str, Any]:
    return {
        "hours": int(cap.hours),
        "of": int(cap.of),
        "sentence": _cap_sentence(cap),
        "text": cap.text,
        "confidence": cap.confidence,
        "source": cap.source,
    }


def _cap_sentence(cap: AuditTimeCap) -> str:
    return (
        f"Integration takes off at most {cap.hours} of every {cap.of} hours that the certification audits of the "
        "standards would need one by one"
    )


def _table(rows: list[dict[str, Any]]) -> Table:
    columns = (
        Column("criterion", "Criterion", "text", 52),
        Column("evidence", "Evidence", "text", 52),
        Column("confidence", "Confidence", "confidence", 11),
    )
    return Table(
        "integration",
        "Level of integration",
        columns,
        tuple(Row(row["id"], (row["criterion"], row["evidence"], row["confidence"])) for row in rows),
    )
