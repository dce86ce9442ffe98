"""The audit trail of the matrix: every relation between leaf clauses, on what it rests, and how sure it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin, Relation
from imsmap.library.relationships import claim_of, names_of
from imsmap.parts import Side, side_json, sides
from imsmap.reasoning.checking import is_suspect
from imsmap.reasoning.groups import grouped
from imsmap.reasoning.kinship import Kinship
from imsmap.report import NOTHING, Column, Json, Report, Row, Table
from imsmap.values import frozen
from imsmap.wording import listed, named

ABOUT = about.Question(short="Every relation between two standards", least=2, place=0)


@frozen
class Question:
    """Between which standards to list the relations."""

    standards: tuple[str, ...]


@frozen
class Entry:
    """A line of the audit trail: what relates clauses or points, on what that rests, who says so.

    subject, object: references; the names of both stand beside them. relation: what is possible. basis: `core`,
    `stated` or `derived`. premises: ids of core points or relations.
    """

    id: str
    subject: tuple[str, ...]
    subject_names: tuple[str, ...]
    object: tuple[str, ...]
    object_names: tuple[str, ...]
    relation: tuple[str, ...]
    claim: str
    basis: str
    kin: Kin
    premises: tuple[str, ...]
    rationale: str
    justification: str
    confidence: float | None
    author: str
    source: str
    strength: int | None = None
    suspect: bool = False


@frozen
class RelationsAnswer:
    """Every relation between leaf clauses of some standards, and every one that a person stated."""

    standards: tuple[Side, ...]
    relations: tuple[Entry, ...]


def analyse(graph: ClauseGraph, question: Question) -> Report[RelationsAnswer]:
    """List what the core shows and what a person stated, with premises, rationale, confidence, author and source."""
    grouping = grouped(graph, question.standards)
    entries: list[Entry] = []
    for (one, other), pair in grouping.pairs.items():
        for mine in graph.leaves(one):
            near = pair.near(mine.ref)
            # Most have nothing to do with each other, and need no look at both.
            for theirs in (leaf for leaf in graph.leaves(other) if leaf.ref in near):
                kinship = pair.leaf(mine.ref, theirs.ref)
                if kinship.shared:
                    entries.append(_from_core(graph, kinship))
                elif "derived" in kinship.basis:
                    entries.append(_derived(graph, kinship))
        entries.extend(_stated(graph, relation) for relation in graph.relations_between(one, other))
    answer = RelationsAnswer(sides(graph, grouping.keys), tuple(entries))
    names = [graph.standard(key).designation for key in grouping.keys]
    by_basis = Counter(entry.basis for entry in entries)
    words = [f"{by_basis['core']} from the common core", f"{by_basis['stated']} stated"]
    words += [f"{by_basis['derived']} derived"] if by_basis["derived"] else []
    return Report(
        "relations",
        "Relations between " + listed(names),
        graph.library.version,
        (_table(entries),),
        answer,
        to_json,
        f"{len(entries)} relations: {', '.join(words)}",
        (
            "core = both clauses instantiate the same core points; stated = a person wrote it, with the reason; "
            "derived = it follows from the premises named, through clauses of other standards.",
            *_apart(graph, grouping.keys),
            f"Mapping data {graph.library.version} ({graph.library.released}).",
        ),
    )


def _apart(graph: ClauseGraph, keys: Sequence[str]) -> tuple[str, ...]:
    """Say what equal, subset and superset mean where there is more than one discipline."""
    if len({graph.standard(key).discipline for key in keys}) < 2:
        return ()
    return (
        "Between standards of two disciplines equal-to, subset-of and superset-of mean: apart from the discipline.",
    )


def _from_core(graph: ClauseGraph, kinship: Kinship) -> Entry:
    one, other = kinship.subject[0], kinship.object[0]
    shared = [graph.core_points[core].text for core in kinship.shared]
    counts = [(len(kinship.subject_adds), one), (len(kinship.object_adds), other)]
    differs = ", ".join(f"{graph.label(ref)} has {n} more point{'' if n == 1 else 's'}" for n, ref in counts if n)
    return _computed(
        graph,
        kinship,
        "core",
        tuple(f"core:{core}" for core in kinship.shared),
        "Shared: " + " ".join(shared) + (f" Beyond that: {differs}." if differs else ""),
        "both clauses hold the same requirement of the harmonized structure",
    )


def _derived(graph: ClauseGraph, kinship: Kinship) -> Entry:
    return _computed(
        graph,
        kinship,
        "derived",
        tuple(relation.id for relation in kinship.relations),
        f"Follows through other clauses; imsmap explain {kinship.subject[0]} {kinship.object[0]} tells how.",
        "composition of set relations",
        suspect=any(is_suspect(graph, relation) for relation in kinship.relations),
    )


def _computed(
    graph: ClauseGraph,
    kinship: Kinship,
    basis: str,
    premises: tuple[str, ...],
    rationale: str,
    justification: str,
    *,
    suspect: bool = False,
) -> Entry:
    """Tell what no person stated: it has no strength, and imsmap as its author."""
    one, other = kinship.subject[0], kinship.object[0]
    return Entry(
        f"{basis}:{one}-{other}",
        (one,),
        (graph.label(one),),
        (other,),
        (graph.label(other),),
        names_of(kinship.possible),
        claim_of(kinship.possible),
        basis,
        kinship.kin,
        premises,
        rationale,
        justification,
        kinship.confidence,
        "imsmap",
        "computed from the mapping data",
        suspect=suspect,
    )


def _stated(graph: ClauseGraph, relation: Relation) -> Entry:
    return Entry(
        relation.id,
        graph.in_order(relation.subject),
        tuple(named(graph, relation.subject)),
        graph.in_order(relation.object),
        tuple(named(graph, relation.object)),
        (relation.predicate,),
        "stated",
        "stated",
        Kin.NONE if relation.predicate == "no-relationship" else Kin.RELATED,
        (),
        relation.rationale,
        relation.justification,
        relation.confidence,
        relation.author,
        relation.source,
        relation.strength,
        is_suspect(graph, relation),
    )


# --- as JSON and as a table ------------------------------------------------------------------------------------------


def to_json(answer: RelationsAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "relations": [_entry_json(entry) for entry in answer.relations],
    }


def _entry_json(entry: Entry) -> dict[str, Json]:
    ends: dict[str, Json] = {
        "id": entry.id,
        "subject": list(entry.subject_names),
        "subject_refs": list(entry.subject),
        "relation": list(entry.relation),
        "claim": entry.claim,
        "object": list(entry.object_names),
        "object_refs": list(entry.object),
        "basis": entry.basis,
    }
    grounds: dict[str, Json] = {"premises": list(entry.premises), "rationale": entry.rationale}
    strength: dict[str, Json] = {"strength": entry.strength}
    justification: dict[str, Json] = {"justification": entry.justification}
    who: dict[str, Json] = {
        "confidence": entry.confidence,
        "author": entry.author,
        "source": entry.source,
        "class": entry.kin.value,
    }
    suspect: dict[str, Json] = {"suspect": entry.suspect}
    # What a person stated has had its keys in another order from the start, and the contract is byte for byte.
    if entry.basis == "stated":
        return ends | grounds | strength | justification | who | suspect
    return ends | strength | who | grounds | justification | suspect


def _table(entries: Iterable[Entry]) -> Table:
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
            entry.id,
            (
                entry.id,
                entry.subject_names,
                entry.relation,
                entry.object_names,
                entry.basis,
                NOTHING if entry.strength is None else entry.strength,
                entry.premises or NOTHING,
                entry.rationale,
                entry.justification,
                entry.confidence,
                entry.author,
                entry.source,
                entry.suspect,
            ),
        )
        for entry in entries
    )
    return Table("relations", "Relations", columns, rows)
