"""The audit trail of the matrix: every relation between leaf clauses, on what it rests, and how sure it is."""

from __future__ import annotations

from collections import Counter
from typing import Any

from attrs import frozen

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin, Relation
from imsmap.library.relationships import claim_of, names_of
from imsmap.parts import side_json, sides
from imsmap.reasoning.checking import is_suspect
from imsmap.reasoning.groups import grouped
from imsmap.reasoning.kinship import Kinship
from imsmap.report import NOTHING, Column, Report, Row, Table, untyped
from imsmap.wording import named

ABOUT = about.Question(short="Every relation between two standards", place=0)


@frozen
class Question:
    """Between which standards to list the relations."""

    standards: tuple[str, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[Any]:
    """List what the core shows and what a person stated, with premises, rationale, confidence, author and source."""
    grouping = grouped(graph, question.standards)
    entries: list[dict[str, Any]] = []
    for (one, other), pair in grouping.pairs.items():
        for mine in graph.leaves(one):
            for theirs in graph.leaves(other):
                kinship = pair.leaf(mine.ref, theirs.ref)
                if kinship.shared:
                    entries.append(_from_core(graph, kinship))
                elif "derived" in kinship.basis:
                    entries.append(_derived(graph, kinship))
        entries.extend(_stated(graph, relation) for relation in graph.relations_between(one, other))
    values = {"standards": [side_json(side) for side in sides(graph, grouping.keys)], "relations": entries}
    names = [graph.standard(key).designation for key in grouping.keys]
    by_basis = Counter(entry["basis"] for entry in entries)
    words = [f"{by_basis['core']} from the common core", f"{by_basis['stated']} stated"]
    words += [f"{by_basis['derived']} derived"] if by_basis["derived"] else []
    return Report(
        "relations",
        "Relations between " + " and ".join(names),
        graph.library.version,
        (_table(entries),),
        values,
        untyped,
        f"{len(entries)} relations: {', '.join(words)}",
        (
            "core = both clauses instantiate the same core points; stated = a person wrote it, with the reason; "
            "derived = it follows from the premises named, through clauses of other standards.",
            f"Mapping data {graph.library.version} ({graph.library.released}).",
        ),
    )


def _from_core(graph: ClauseGraph, kinship: Kinship) -> dict[str, Any]:
    one, other = kinship.subject[0], kinship.object[0]
    shared = [graph.core_points[core].text for core in kinship.shared]
    counts = [(len(kinship.subject_adds), one), (len(kinship.object_adds), other)]
    differs = ", ".join(f"{graph.label(ref)} has {n} more point{'' if n == 1 else 's'}" for n, ref in counts if n)
    return _computed(graph, kinship, "core") | {
        "premises": [f"core:{core}" for core in kinship.shared],
        "rationale": "Shared: " + " ".join(shared) + (f" Beyond that: {differs}." if differs else ""),
        "justification": "both clauses hold the same requirement of the harmonized structure",
        "suspect": False,
    }


def _derived(graph: ClauseGraph, kinship: Kinship) -> dict[str, Any]:
    one, other = kinship.subject[0], kinship.object[0]
    return _computed(graph, kinship, "derived") | {
        "premises": [relation.id for relation in kinship.relations],
        "rationale": f"Follows through other clauses; imsmap explain {one} {other} tells how.",
        "justification": "composition of set relations",
        "suspect": any(is_suspect(graph, relation) for relation in kinship.relations),
    }


def _computed(graph: ClauseGraph, kinship: Kinship, basis: str) -> dict[str, Any]:
    """Tell what no person stated: it has no strength, and imsmap as its author."""
    one, other = kinship.subject[0], kinship.object[0]
    return {
        "id": f"{basis}:{one}-{other}",
        "subject": [graph.label(one)],
        "subject_refs": [one],
        "relation": list(names_of(kinship.possible)),
        "claim": claim_of(kinship.possible),
        "object": [graph.label(other)],
        "object_refs": [other],
        "basis": basis,
        "strength": None,
        "confidence": kinship.confidence,
        "author": "imsmap",
        "source": "computed from the mapping data",
        "class": kinship.kin.value,
    }


def _stated(graph: ClauseGraph, relation: Relation) -> dict[str, Any]:
    return {
        "id": relation.id,
        "subject": named(graph, relation.subject),
        "subject_refs": list(graph.in_order(relation.subject)),
        "relation": [relation.predicate],
        "claim": "stated",
        "object": named(graph, relation.object),
        "object_refs": list(graph.in_order(relation.object)),
        "basis": "stated",
        "premises": [],
        "rationale": relation.rationale,
        "strength": relation.strength,
        "justification": relation.justification,
        "confidence": relation.confidence,
        "author": relation.author,
        "source": relation.source,
        "class": (Kin.NONE if relation.predicate == "no-relationship" else Kin.RELATED).value,
        "suspect": is_suspect(graph, relation),
    }


def _table(entries: list[dict[str, Any]]) -> Table:
    columns = (
        Column("relation_id", "Id", "text", 26),
        Column("subject", "Subject", "list", 24),
        Column("relation", "Relation (still possible)", "relation", 18),
        Column("object", "Object", "list", 24),
        Column("basis", "Basis", "text", 8),
        Column("strength", "Strength, 1 to 10", "number", 9),
        Column("premises", "Premises", "list", 24),
        Column("rationale", "Rationale: what is shared, what is not", "text", 60),
        Column("justification", "Justification", "text", 24),
        Column("confidence", "Confidence", "confidence", 11),
        Column("author", "Author", "text", 10),
        Column("source", "Source", "text", 30),
        Column("suspect", "Suspect: a side changed since affirmed", "yes/no", 10),
    )
    rows = tuple(
        Row(
            entry["id"],
            (
                entry["id"],
                tuple(entry["subject"]),
                tuple(entry["relation"]),
                tuple(entry["object"]),
                entry["basis"],
                NOTHING if entry["strength"] is None else entry["strength"],
                tuple(entry["premises"]) or NOTHING,
                entry["rationale"],
                entry["justification"],
                entry["confidence"],
                entry["author"],
                entry["source"],
                entry["suspect"],
            ),
        )
        for entry in entries
    )
    return Table("relations", "Relations", columns, rows)
