"""Relations as comma-separated text: a row for each, both sides by full reference, for spreadsheets and programs.

Several clauses together stand in one cell, divided by `; `. What `imsmap export` writes, `imsmap add` reads again.
"""

from __future__ import annotations

from imsmap import about, interchange
from imsmap.interchange import Loss
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import ALL_CLAUSES, Relation
from imsmap.plain import legible
from imsmap.readers.csv import guarded, written

ABOUT = about.Format(suffix=".mapping.csv", holds=("mappings",), name="csv", place=260)

COLUMNS = (
    "id", "subject", "subject_label", "predicate", "object", "object_label", "strength", "shared", "differs",
    "confidence", "justification", "author", "source", "affirmed",
)  # fmt: skip


def export(graph: ClauseGraph, day: str) -> bytes:  # noqa: ARG001 - a table has no place for the day
    """Write what is stated between the standards of a library; day: 2030-05-01."""
    lines = [written(COLUMNS)]
    for relation in interchange.stated(graph):
        lines.append(written(guarded(legible(" ".join(cell.split()))) for cell in _cells(graph, relation)))
    return "".join(lines).encode("utf-8")


def losses(graph: ClauseGraph) -> tuple[Loss, ...]:
    """Tell what the format can't say."""
    ties = tuple(tie.ref for tie in interchange.ties(graph))
    told = (
        ("not written: which points say which core point; sssom, jsonld and oscal-mapping hold it", ties),
        *interchange.table_losses(graph),
    )
    return (*interchange.never_said(graph), *(Loss(words, names) for words, names in told if names))


def _cells(graph: ClauseGraph, relation: Relation) -> tuple[str, ...]:
    sides = [
        ("; ".join(f"{ref}{ALL_CLAUSES}" if ref.endswith(":") else ref for ref in refs), interchange.named(graph, refs))
        for refs in (relation.subject, relation.object)
    ]
    return (
        relation.id.partition("#")[2], *sides[0], relation.predicate, *sides[1],
        "" if relation.strength is None else str(relation.strength), relation.shared, relation.differs,
        str(relation.confidence), relation.justification, relation.author, relation.source, relation.affirmed or "",
    )  # fmt: skip
