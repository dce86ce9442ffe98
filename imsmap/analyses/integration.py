"""How far one system serves several standards: what a certification body looks at, and the most it can save."""

from __future__ import annotations

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.guides import AuditTimeCap
from imsmap.parts import Side, side_json, sides
from imsmap.report import Column, Json, Report, Row, Table
from imsmap.values import frozen
from imsmap.wording import listed

ABOUT = about.Question(short="The signs by which one system is known", guides=True, place=0)


@frozen
class Question:
    """Which standards the one system serves; the order is kept."""

    standards: tuple[str, ...]


@frozen
class Criterion:
    """A line by which the level of integration is judged, and what usually shows it."""

    id: str
    criterion: str
    evidence: str
    confidence: float
    source: str


@frozen
class Cap:
    """The most that integration takes off the time of an audit: so many hours of so many."""

    hours: int
    of: int
    sentence: str
    text: str
    confidence: float
    source: str


@frozen
class IntegrationAnswer:
    """The criteria of the level of integration; nothing of a cap where the mapping data hold none."""

    standards: tuple[Side, ...]
    criteria: tuple[Criterion, ...]
    cap: Cap | None


def analyse(graph: ClauseGraph, question: Question) -> Report[IntegrationAnswer]:
    """List the criteria by which the level of integration is judged, with the evidence for each."""
    held = graph.library.integration
    answer = IntegrationAnswer(
        sides(graph, question.standards),
        ()
        if held is None
        else tuple(
            Criterion(entry.id, entry.criterion, entry.evidence, entry.confidence, entry.source)
            for entry in held.criteria
        ),
        None if held is None else _cap(held.cap),
    )
    return Report(
        "integration",
        f"Level of integration of {listed(side.designation for side in answer.standards)}",
        graph.library.version,
        (_table(answer),),
        answer,
        to_json,
        "the mapping data hold no criteria of integration" if answer.cap is None else answer.cap.sentence,
        (
            *(() if held is None else (held.cap.text, f"Source of the cap: {held.cap.source}")),
            *dict.fromkeys(f"Source of the criteria: {entry.source}" for entry in answer.criteria),
            "The level is no score of ours: give evidence and degree for each line, and hand the sheet in with the "
            "request for a quote.",
            f"Mapping data {graph.library.version} ({graph.library.released}).",
        ),
        standards=answer.standards,
    )


def _cap(cap: AuditTimeCap) -> Cap:
    sentence = (
        f"Integration takes off at most {cap.hours} of every {cap.of} hours that the certification audits of the "
        "standards would need one by one"
    )
    return Cap(int(cap.hours), int(cap.of), sentence, cap.text, cap.confidence, cap.source)


def to_json(answer: IntegrationAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "criteria": [
            {
                "id": entry.id,
                "criterion": entry.criterion,
                "evidence": entry.evidence,
                "confidence": entry.confidence,
                "source": entry.source,
            }
            for entry in answer.criteria
        ],
        "cap": None if answer.cap is None else _cap_json(answer.cap),
    }


def _cap_json(cap: Cap) -> dict[str, Json]:
    return {
        "hours": cap.hours,
        "of": cap.of,
        "sentence": cap.sentence,
        "text": cap.text,
        "confidence": cap.confidence,
        "source": cap.source,
    }


def _table(answer: IntegrationAnswer) -> Table:
    columns = (
        Column("criterion", "Criterion", "text", 52),
        Column("evidence", "Evidence", "text", 52),
        Column("confidence", "Confidence", "confidence", 11),
    )
    rows = tuple(Row(entry.id, (entry.criterion, entry.evidence, entry.confidence)) for entry in answer.criteria)
    return Table("integration", "Level of integration", columns, rows)
