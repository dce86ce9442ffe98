"""The reports of a small invented library, for workbooks."""

from __future__ import annotations

import datetime

from attrs import evolve

from imsmap.analyses import (
    audit,
    blueprint,
    documents,
    integration,
    management_review,
    matrix,
    obligations,
    overlap,
    relations,
    requirements,
    soa,
)
from imsmap.exporters import excel
from imsmap.exporters.excel import Given, Reports, Settings
from imsmap.library.graph import ClauseGraph
from imsmap.register.cells import Key
from imsmap.report import Report
from tests.building import graph, relation, standard

A, B, C = "iso1-2030", "iso2-2030", "iso3-2030"
DAY = datetime.date(2031, 1, 2)


def small() -> ClauseGraph:
    return graph(
        standard(
            A,
            {"4": None, "4.1": ["=issues", "+watching"], "8": None, "8.2": ["+selling"], "8.4": ["+buying"]},
            topics={"8.2": "design", "8.4": "design"},
            documented={"issues": "maintain", "buying": "retain"},
            not_applicable=["*"],
        ),
        standard(
            B,
            {"4": None, "4.1": ["=issues"], "8": None, "8.1": ["=planned"], "8.2": ["+fleeing"]},
            topics={"8.2": "emergency"},
            discipline="environment",
            documented={"issues": "maintain"},
        ),
        standard(C, {"4": None, "4.1": ["=issues"]}, discipline="energy"),
        relations=[
            relation(A, B, "8.4 intersects-with 8.1 @6", name="buying"),
            relation(A, B, "8.2 no-relationship 8.2", name="apart"),
        ],
    )


def reports(*keys: str, library: ClauseGraph | None = None) -> Reports:
    graph = library or small()
    return Reports(
        matrix=matrix.analyse(graph, matrix.Question(keys)),
        requirements=requirements.analyse(graph, requirements.Question(keys)),
        documents=documents.analyse(graph, documents.Question(keys)),
        relations=relations.analyse(graph, relations.Question(keys)),
        audit=audit.analyse(graph, audit.Question(keys)),
        management_review=management_review.analyse(graph, management_review.Question(keys)),
        integration=integration.analyse(graph, integration.Question(keys)),
        overlap=overlap.analyse(graph, overlap.Question(keys)) if len(keys) > 1 else None,
        further=_further(graph, keys),
    )


def _further(graph: ClauseGraph, keys: tuple[str, ...]) -> dict[str, Report[object]]:
    found: dict[str, Report[object]] = {"blueprint": blueprint.analyse(graph, blueprint.Question(keys))}
    if any(map(graph.has_controls, keys)):
        found["soa"] = soa.analyse(graph, soa.Question(keys))
    if any(map(graph.has_obligations, keys)):
        found["obligations"] = obligations.analyse(graph, obligations.Question(keys))
    return found


def odd_numbers() -> bytes:
    """Make the workbook of a standard whose numbers do not tell by dots what lies under what, and one beside it."""
    above = {"4.1 b": "4.1", "4.1 a": "4.1", "REQ-12": "REQ", "REQ-1": "REQ"}
    clauses = {
        "4": None, "4.1": None, "4.1 b": ["=issues"], "4.1 a": ["+watching"], "REQ": None, "REQ-12": ["+oiling"],
        "REQ-1": ["+polishing"], "302-1": ["+metering"], "A": None, "A.5": None, "A.5.10": ["+doors"],
        "A.5.1": ["+windows"],
    }  # fmt: skip
    topics = {number: "design" for number, points in clauses.items() if points and points[0][0] == "+"}
    odd = standard(A, clauses, topics=topics)
    told = tuple(evolve(clause, parent=above.get(clause.number)) for clause in odd.clauses)
    usual = standard(B, {"4": None, "4.1": ["=issues"]}, discipline="environment")
    status = {
        "4.1 b#issues": "Conforming", "REQ-12#oiling": "Partial", "REQ-1#polishing": "Conforming",
        "302-1#metering": "Not conforming", "A.5.1#windows": "Partial",
    }  # fmt: skip
    cells = {Key("requirements", f"{A}:{point}", "status"): word for point, word in status.items()}
    found = reports(A, B, library=graph(evolve(odd, clauses=told), usual))
    return excel.export(found, Settings(as_of=DAY), given=Given(cells, project="odd", export="e1"))
