"""OSCAL catalog (NIST, version 1.2) of one standard: its clauses with what each asks for in our own words.

A clause is a control, a heading one that holds others; its number is the label. Each point is an item of its statement.
"""

from __future__ import annotations

import json

from imsmap import about, interchange
from imsmap.errors import UsageError
from imsmap.interchange import Loss
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Clause, Standard
from imsmap.report import Json

ABOUT = about.Format(suffix=".oscal-catalog.json", holds=("mappings",), name="oscal-catalog", place=210)


def export(graph: ClauseGraph, day: str) -> bytes:
    """Write the one standard of a library; day: 2030-05-01. UsageError where it holds several."""
    standard = _only(graph)
    catalog: dict[str, Json] = {
        "uuid": interchange.id_of("catalog", standard.key, graph.library.version, day),
        "metadata": {
            **interchange.oscal_metadata(f"{standard.designation}: {standard.title}", graph.library.version, day),
            "props": interchange.oscal_props(
                {
                    "key": standard.key,
                    "designation": standard.designation,
                    "title": standard.title,
                    "discipline": standard.discipline,
                    "edition": standard.edition,
                    "published": standard.published,
                    "status": standard.status,
                    "structure": standard.structure,
                    "level": standard.level,
                    "author": standard.author,
                    "confidence": str(standard.confidence),
                    "source": standard.source,
                }
            ),
        },
        "controls": [_control(graph, clause) for clause in standard.clauses if graph.parent(clause.ref) is None],
    }
    text = json.dumps({"catalog": catalog}, ensure_ascii=False, indent=2, allow_nan=False)
    return (text + "\n").encode("utf-8")


def losses(graph: ClauseGraph) -> tuple[Loss, ...]:
    """Tell what the format can't say."""
    standard = _only(graph)
    points = [(clause, point) for clause in standard.clauses for point in clause.points]
    told = (
        ("notes of clauses", tuple(clause.ref for clause in standard.clauses if clause.notes)),
        ("what changed in a clause", tuple(clause.ref for clause in standard.clauses if clause.change)),
        ("from which points of the edition before a point comes", tuple(c.point_ref(p) for c, p in points if p.from_)),
        ("what a clause supplements", tuple(clause.ref for clause in standard.clauses if clause.supplements)),
        ("topics, profile, amendments, audit questions", (standard.key,)),
        ("relations with other standards; they go out as oscal-mapping", (standard.key,)),
    )
    return tuple(Loss(f"not written: {words}", names) for words, names in told if names)


def _only(graph: ClauseGraph) -> Standard:
    if len(graph.standards) != 1:
        raise UsageError(f"a catalog holds one standard, and {len(graph.standards)} are named; export each by itself")
    return graph.standards[0]


def _control(graph: ClauseGraph, clause: Clause) -> Json:
    found: dict[str, Json] = {
        "id": interchange.token(clause.ref),
        "class": "clause" if graph.is_leaf(clause.ref) else "heading",
        "title": graph.title(clause.ref) or clause.number,
        "props": [
            {"name": "label", "value": clause.number},
            *interchange.oscal_props(
                {
                    "untitled": "" if clause.title else "true",
                    "topic": clause.topic or "",
                    "theme": clause.theme,
                    "gist": clause.gist,
                    "informative": "true" if clause.informative else "",
                    "confidence": str(clause.confidence),
                    "source": clause.source,
                }
            ),
        ],
    }
    if clause.points:
        found["parts"] = [
            {
                "id": f"{interchange.token(clause.ref)}_smt",
                "name": "statement",
                "parts": [_point(clause, index) for index in range(len(clause.points))],
            }
        ]
    children: list[Json] = [_control(graph, child) for child in graph.children(clause.ref)]
    if children:
        found["controls"] = children
    return found


def _point(clause: Clause, index: int) -> Json:
    point = clause.points[index]
    documented = point.documented
    return {
        "id": interchange.token(clause.point_ref(point)),
        "name": "item",
        "prose": point.text,
        "props": [
            {"name": "label", "value": point.id},
            *interchange.oscal_props(
                {
                    "core": point.core or "",
                    "adds": point.adds or "",
                    "documented-kind": documented.kind if documented else "",
                    "documented": documented.what if documented else "",
                    "amendment": point.amendment or "",
                    "under": point.under or "",
                    "confidence": str(point.confidence),
                    "source": point.source,
                }
            ),
        ],
    }
