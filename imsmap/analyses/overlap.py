"""What standards share: every pair of leaf clauses with something in common, coverage both ways, what each adds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin
from imsmap.library.relationships import claim_of, names_of
from imsmap.parts import coverage_json, coverage_table, shared_cell, side_json, sides
from imsmap.reasoning.coverage import closest_kin, coverage_both_ways
from imsmap.reasoning.groups import Grouping, grouped
from imsmap.reasoning.kinship import Kinship, Pair
from imsmap.report import NOTHING, Column, Ref, Report, Row, Table, untyped
from imsmap.wording import coverage_in_full, designations, listed, method_notes


@frozen
class Question:
    """Which standards to compare; links read from the subject to the object, `more` holds any further standards."""

    subject: str
    object: str
    more: tuple[str, ...] = ()

    @property
    def standards(self) -> tuple[str, ...]:
        """Every standard of the question, in order."""
        return (self.subject, self.object, *self.more)


_NOTES = (
    "same = the same core points and nothing more; extended = a shared core point, and at least one side has "
    "more; related = no shared core, but a stated relation; jointly = related only through a larger union of "
    "clauses; none = looked at, and there is none, with the reason; not assessed = nobody has said anything.",
    "In points, same counts the points with a counterpart: the same core point, or stated as equal.",
    "Overlap coefficient = points in common out of the smaller standard's points; Jaccard = points in common "
    "out of all different points. Points in common are counted once on each side; the smaller count is used.",
)


def analyse(graph: ClauseGraph, question: Question) -> Report[Any]:
    """Tell what standards share, how much of each has a counterpart in the others, and what has none, by name."""
    if len(set(question.standards)) != len(question.standards):
        twice = next(key for key in question.standards if question.standards.count(key) > 1)
        raise UsageError(f"{twice} is named twice; overlap needs different standards")
    grouping = grouped(graph, question.standards)
    counted = coverage_both_ways(grouping)
    called = designations(graph, grouping.keys)
    measured = [coverage_json(entry) for entry in counted]
    compared = [(pair, pair.sharing()) for pair in grouping.pairs.values()]
    described = [side_json(side) for side in sides(graph, grouping.keys)]
    pairs = [_pair(graph, pair, links, measured) for pair, links in compared]
    names = [graph.standard(key).designation for key in grouping.keys]
    tables = [
        coverage_table(
            called,
            counted,
            "coverage",
            "Coverage, both ways" if len(names) == 2 else "Coverage, pairwise",
        ),
        _uncovered_table(graph, measured),
    ]
    message = ". ".join(coverage_in_full(called, entry) for entry in counted if entry.unit == "leaf clause") + "."
    values: dict[str, Any]
    if question.more:
        core, adds = _core(graph, grouping), _adds(grouping)
        values = {
            "standards": described,
            "core": core,
            "adds": adds,
            "pairs": pairs,
            "coverage": measured,
        }
        tables[1:1] = [_core_table(graph, grouping, core), _adds_table(graph, adds)]
        message = _said_of_all(graph, core, len(names)) + " " + message
    else:
        one = pairs[0]
        values = {"subject": one["subject"], "object": one["object"], "standards": described, **one}
    tables.append(_links_table(graph, [link for _, links in compared for link in links], names))
    return Report(
        "overlap",
        "Overlap of " + listed(names),
        graph.library.version,
        tuple(tables),
        values,
        untyped,
        message,
        (*_NOTES, *((_CORE_NOTE,) if question.more else ()), *method_notes(graph, grouping.keys)),
    )


def _pair(graph: ClauseGraph, pair: Pair, links: Iterable[Kinship], measured: list[dict[str, Any]]) -> dict[str, Any]:
    """Tell of two standards what JSON gives for them, alone or among others."""
    both = {pair.first, pair.second}
    between = [entry for entry in measured if {entry["of"], entry["by"]} == both]
    return {
        "subject": pair.first,
        "object": pair.second,
        "links": [_link(kinship) for kinship in links],
        "coverage": between,
        "measures": _measures(between),
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


# --- three standards and more: the hub is the reference --------------------------------------------------------------

_CORE_NOTE = (
    "With three standards and more the core points of the harmonized structure are the reference: what all hold, what "
    "some hold, what one holds. Adds = a standard's own points without a counterpart in any of the others; where "
    "nobody has looked at a point by itself, it says so."
)


def _core(graph: ClauseGraph, grouping: Grouping) -> dict[str, Any]:
    """Sort the hub's core points by how many of the standards hold them."""
    held = {key: graph.core_ids(leaf.ref for leaf in graph.leaves(key)) for key in grouping.keys}
    by = {core: [key for key in grouping.keys if core in held[key]] for core in graph.core_points}
    count = len(grouping.keys)
    return {
        "points": len(by),
        "all": [core for core, keys in by.items() if len(keys) == count],
        "some": [{"core": core, "by": keys} for core, keys in by.items() if 1 < len(keys) < count],
        "one": [{"core": core, "by": keys} for core, keys in by.items() if len(keys) == 1],
        "nobody": [core for core, keys in by.items() if not keys],
    }


def _said_of_all(graph: ClauseGraph, core: dict[str, Any], count: int) -> str:
    counts = [f"all {count} standards hold {len(core['all'])}", f"some of them {len(core['some'])}"]
    counts += [f"only one of them {len(core['one'])}", f"none of them {len(core['nobody'])}"]
    return f"Of the {core['points']} core points of {graph.hub.designation}, {listed(counts)}."


def _adds(grouping: Grouping) -> dict[str, list[dict[str, Any]]]:
    """List each standard's own points that no other of the standards has a counterpart for."""
    graph = grouping.graph
    found: dict[str, list[dict[str, Any]]] = {}
    for key in grouping.keys:
        entries = found.setdefault(key, [])
        for ref, point in graph.points(leaf.ref for leaf in graph.leaves(key)):
            if point.core is None:
                kin = closest_kin(grouping, ref)
                if kin is not Kin.SAME:
                    entries.append({"point": ref, "text": point.text, "class": kin.value})
    return found


def _core_table(graph: ClauseGraph, grouping: Grouping, core: dict[str, Any]) -> Table:
    columns = (
        Column("clause", "Harmonized clause", "clause", 11),
        Column("text", "Core point, in our words", "text", 60),
        Column("held", "Held by", "text", 12),
        Column("by", "Of them", "list", 24),
    )
    count = len(grouping.keys)
    by = {core_id: list(grouping.keys) for core_id in core["all"]}
    by |= {entry["core"]: entry["by"] for entry in (*core["some"], *core["one"])}
    rows = []
    for core_id, point in graph.core_points.items():
        keys = by.get(core_id, [])
        held = f"all {count}" if len(keys) == count else f"{len(keys)} of {count}"
        names = tuple(graph.standard(key).designation for key in keys) or NOTHING
        rows.append(Row(core_id, (graph.hub_clause_of[core_id], point.text, held, names)))
    return Table("core", "The core points, and which of the standards hold them", columns, tuple(rows))


def _adds_table(graph: ClauseGraph, adds: dict[str, list[dict[str, Any]]]) -> Table:
    columns = (
        Column("standard", "Standard", "text", 16),
        Column("clause", "Clause", "clause", 9),
        Column("text", "It adds, in our words", "text", 60),
        Column("class", "In the others", "class", 15),
    )
    rows = tuple(
        Row(
            entry["point"],
            (
                graph.standard(key).designation,
                Ref(entry["point"].partition("#")[0], graph.clause(entry["point"]).number),
                entry["text"],
                Kin(entry["class"]),
            ),
        )
        for key, entries in adds.items()
        for entry in entries
    )
    return Table("adds", "What each standard adds to the others", columns, rows)


# --- pairs -----------------------------------------------------------------------------------------------------------


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
                            graph.name(ref),
                            graph.standard(entry["by"]).designation,
                            kin,
                        ),
                    )
                )
    return Table("uncovered", "Leaf clauses without a counterpart, by name", columns, tuple(rows))


def _links_table(graph: ClauseGraph, links: list[Kinship], names: list[str]) -> Table:
    # Two standards stand in the head of their columns; of more, each clause says whose it is.
    two = len(names) == 2
    columns = (
        Column("subject", names[0] if two else "Clause", "clause", 34),
        Column("class", "Class", "class", 13),
        Column("object", names[1] if two else "Counterpart", "clause", 34),
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
                    Ref(
                        subject,
                        f"{graph.clause(subject).number if two else graph.label(subject)} {graph.name(subject)}",
                    ),
                    kinship.kin,
                    Ref(
                        object_,
                        f"{graph.clause(object_).number if two else graph.label(object_)} {graph.name(object_)}",
                    ),
                    shared_cell(graph, kinship),
                    " and ".join(kinship.basis) + (", jointly" if kinship.jointly else ""),
                    names_of(kinship.possible),
                    claim_of(kinship.possible),
                    kinship.confidence,
                ),
            )
        )
    return Table("links", "Every pair of leaf clauses with something in common", columns, tuple(rows))
