"""GraphML, which programs for networks read: standards, clauses, points and core points as nodes, what joins as edges.

A node is named as in the mapping data (`iso9001-2015:8.5.1`, `iso9001-2015:8.5.1#planned`), a core point `core:issues`.
Several clauses together are a node of their own with an edge from each of them: what holds of all together need not
hold of one. `kind` says of each node and edge what it is.
"""

from __future__ import annotations

from io import BytesIO
from typing import TypeAlias

import networkx as nx

from imsmap import about, interchange
from imsmap.interchange import CORE_PREDICATE, Loss
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Clause, Relation
from imsmap.plain import legible

ABOUT = about.Format(suffix=".graphml", holds=("mappings",), place=230)

_Net: TypeAlias = "nx.MultiDiGraph[str]"
PART, MEMBER, CORE, RELATION = "part of", "one of several", "says", "relation"
"""Kinds of edges: a clause or point in what holds it, one in its union, a point and its core point, what was stated."""


def export(graph: ClauseGraph, day: str) -> bytes:
    """Write all clauses of some standards and what is stated between them; day: 2030-05-01."""
    net: _Net = nx.MultiDiGraph(name=interchange.title(graph), version=graph.library.version, date=day)
    for standard in graph.standards:
        about_it = {"edition": standard.edition, "discipline": standard.discipline, "level": standard.level}
        _node(net, standard.key, "standard", standard.designation, text=standard.title, **about_it)
        for clause in standard.clauses:
            _clause(net, graph, clause)
    for tie in interchange.ties(graph):
        core = f"core:{tie.core}"
        if core not in net:
            point = graph.core_points[tie.core]
            _node(net, core, "core point", tie.core, text=point.text, number=graph.hub_clause_of[tie.core])
        _edge(net, tie.ref, core, CORE, predicate=CORE_PREDICATE, confidence=tie.point.confidence, author=tie.author)
    for relation in interchange.stated(graph):
        _relation(net, graph, relation)
    out = BytesIO()
    nx.write_graphml_xml(net, out, named_key_ids=True)
    return out.getvalue() + b"\n"


def losses(graph: ClauseGraph) -> tuple[Loss, ...]:
    """Tell what the format can't say, or is not told here."""
    found = list(interchange.never_said(graph))
    notes = tuple(clause.ref for standard in graph.standards for clause in standard.clauses if clause.notes)
    told = (
        ("not written: notes of clauses", notes),
        (
            "mapping sets say whether all was looked at; a network does not",
            tuple(o.name for o, _ in interchange.sets(graph)),
        ),
    )
    return (*found, *(Loss(words, names) for words, names in told if names))


def _clause(net: _Net, graph: ClauseGraph, clause: Clause) -> None:
    leaf = graph.is_leaf(clause.ref)
    _node(
        net,
        clause.ref,
        "leaf clause" if leaf else "heading",
        graph.label(clause.ref),
        text=graph.title(clause.ref),
        number=clause.number,
        confidence=clause.confidence,
    )
    above = graph.parent(clause.ref)
    _edge(net, clause.ref, clause.standard if above is None else above.ref, PART)
    for point in clause.points:
        ref = clause.point_ref(point)
        documented = "" if point.documented is None else point.documented.what
        _node(net, ref, "point", graph.label(ref), text=point.text, documented=documented, confidence=point.confidence)
        _edge(net, ref, clause.ref, PART)


def _relation(net: _Net, graph: ClauseGraph, relation: Relation) -> None:
    ends = []
    for refs in (relation.subject, relation.object):
        name = refs[0].removesuffix(":") if len(refs) == 1 else interchange.curie(refs)
        if len(refs) > 1 and name not in net:
            _node(net, name, "several together", interchange.named(graph, refs))
            for ref in refs:
                _edge(net, ref, name, MEMBER)
        ends.append(name)
    _edge(
        net,
        ends[0],
        ends[1],
        RELATION,
        id=relation.id,
        predicate=relation.predicate,
        confidence=relation.confidence,
        strength=relation.strength,
        rationale=relation.rationale,
        shared=relation.shared,
        differs=relation.differs,
        justification=relation.justification,
        source=relation.source,
        author=relation.author,
        affirmed=relation.affirmed,
    )


def _node(net: _Net, name: str, kind: str, label: str, **said: str | float | None) -> None:
    net.add_node(name, kind=kind, label=legible(label), **_told(said))


def _edge(net: _Net, one: str, other: str, kind: str, **said: str | float | None) -> None:
    net.add_edge(one, other, kind=kind, **_told(said))


def _told(said: dict[str, str | float | None]) -> dict[str, str | float]:
    """Leave out what says nothing, and signs that XML can't hold."""
    return {
        name: legible(value) if isinstance(value, str) else value
        for name, value in said.items()
        if value not in (None, "")
    }
