"""What two standards share: every pair of leaf clauses with something in common, and coverage both ways."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from imsmap.errors import UsageError
from imsmap.graph import ClauseGraph
from imsmap.groups import Grouping
from imsmap.kinship import Kinship
from imsmap.measures import (
    coverage_both_ways,
    coverage_in_full,
    coverage_table,
    describe_standard,
    method_notes,
    shared_cell,
)
from imsmap.model import Kin
from imsmap.relationships import claim_of, names_of
from imsmap.report import Column, Ref, Report, Row, Table


@frozen
class Question:
    """Which two standards to compare; links read from the subject to the object."""

    subject: str
    object: str


def analyse(graph: ClauseGraph, question: Question) -> Report:
    """Tell what two standards share, how much of each has a counterpart in the other, and what has none, by name."""
    if question.subject == question.object:
        raise UsageError(f"{question.subject} is named twice; overlap needs two different standards")
    grouping = Grouping(graph, (question.subject, question.object))
    pair, _ = grouping.pair(question.subject, question.object)
    links = [
        kinship
        for one in graph.leaves(question.subject)
        for other in graph.leaves(question.object)
        if (kinship := pair.leaf(one.ref, other.ref)).kin in (Kin.SAME, Kin.EXTENDED, Kin.RELATED)
    ]
    measured = coverage_both_ways(grouping)
    values = {
        "subject": question.subject,
        "object": question.object,
        "standards": [describe_standard(graph, key) for key in grouping.keys],
        "links": [_link(kinship) for kinship in links],
        "coverage": measured,
        "measures": _measures(measured),
        "false_friends": [
            {
                "number": friend.number,
                "subject_title": graph.title(friend.subject),
                "object_title": graph.title(friend.object),
                "note": " ".join(
                    f"Weak tie ({relation.strength} of 10): {relation.shared}" for relation in friend.weak
                ),
            }
            for friend in pair.false_friends()
        ],
        "hidden_friends": [
            {"subject": k.subject[0], "object": k.object[0], "class": k.kin.value} for k in pair.hidden_friends()
        ],
    }
    names = [graph.standard(key).designation for key in grouping.keys]
    return Report(
        "overlap",
        f"Overlap of {names[0]} and {names[1]}",
        graph.library.version,
        (
            coverage_table(graph, measured, "coverage", "Coverage, both ways"),
            _uncovered_table(graph, measured),
            _links_table(graph, question, links),
        ),
        values,
        ". ".join(coverage_in_full(graph, entry) for entry in measured if entry["unit"] == "leaf clause") + ".",
        (
            "same = the same core points and nothing more; extended = a shared core point, and at least one side has "
            "more; related = no shared core, but a stated relation; jointly = related only through a larger union of "
            "clauses; none = looked at, and there is none, with the reason; not assessed = nobody has said anything.",
            "In points, same counts the points with a counterpart: the same core point, or stated as equal.",
            "Overlap coefficient = points in common out of the smaller standard's points; Jaccard = points in common "
            "out of all different points. Points in common are counted once on each side; the smaller count is used.",
            *method_notes(graph, grouping.keys),
        ),
    )


def _link(kinship: Kinship) -> dict[str, Any]:
    return {
        "subject": kinship.subject[0],
        "object": kinship.object[0],
        "class": kinship.kin.value,
        "possible": list(names_of(kinship.possible)),
        "claim": claim_of(kinship.possible),
        "basis": list(kinship.basis),
        "jointly": kinship.jointly,
        "strength": kinship.strength,
        "shared": list(kinship.shared),
        "subject_adds": list(kinship.subject_adds),
        "object_adds": list(kinship.object_adds),
        "confidence": kinship.confidence,
    }


def _measures(measured: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give overlap coefficient and Jaccard on points as n of m: never a bare percentage."""
    sizes = [entry for entry in measured if entry["unit"] == "point"]
    common = min(entry["same"] for entry in sizes)
    smaller = min(entry["m"] for entry in sizes)
    together = sum(entry["m"] for entry in sizes) - common
    return [
        {"measure": "overlap coefficient", "unit": "point", "n": common, "m": smaller},
        {"measure": "Jaccard", "unit": "point", "n": common, "m": together},
    ]


def _uncovered_table(graph: ClauseGraph, measured: list[dict[str, Any]]) -> Table:
    columns = (
        Column("of", "Standard", "text", 16),
        Column("clause", "Clause", "clause", 9),
        Column("title", "Title", "text", 44),
        Column("by", "Without counterpart in", "text", 20),
        Column("class", "Class", "class", 15),
    )
    rows = []
    for entry in measured:
        if entry["unit"] != "leaf clause":
            continue
        for numbers, kin in ((entry["uncovered"], Kin.NONE), (entry["unassessed"], Kin.NOT_ASSESSED)):
            for number in numbers:
                ref = f"{entry['of']}:{number}"
                rows.append(
                    Row(
                        f"{ref}-{entry['by']}",
                        (
                            graph.standard(entry["of"]).designation,
                            Ref(ref, number),
                            graph.title(ref),
                            graph.standard(entry["by"]).designation,
                            kin,
                        ),
                    )
                )
    return Table("uncovered", "Leaf clauses without a counterpart, by name", columns, tuple(rows))


def _links_table(graph: ClauseGraph, question: Question, links: list[Kinship]) -> Table:
    one, other = graph.standard(question.subject).designation, graph.standard(question.object).designation
    columns = (
        Column("subject", one, "clause", 34),
        Column("class", "Class", "class", 13),
        Column("object", other, "clause", 34),
        Column("shared", "What is shared", "list", 40),
        Column("basis", "Basis", "text", 10),
        Column("possible", "Possible relations", "list", 18),
        Column("claim", "Claim", "text", 16),
        Column("confidence", "Confidence", "confidence", 11),
    )
    rows = []
    for kinship in links:
        subject, object_ = kinship.subject[0], kinship.object[0]
        rows.append(
            Row(
                f"{subject}-{object_}",
                (
                    Ref(subject, f"{graph.clause(subject).number} {graph.title(subject)}"),
                    kinship.kin,
                    Ref(object_, f"{graph.clause(object_).number} {graph.title(object_)}"),
                    shared_cell(graph, kinship),
                    " and ".join(kinship.basis) + (", jointly" if kinship.jointly else ""),
                    names_of(kinship.possible),
                    claim_of(kinship.possible),
                    kinship.confidence,
                ),
            )
        )
    return Table("links", "Every pair of leaf clauses with something in common", columns, tuple(rows))
