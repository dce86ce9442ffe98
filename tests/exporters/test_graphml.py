from __future__ import annotations

from io import BytesIO

import networkx as nx
import pytest

from imsmap import interchange
from imsmap.exporters.graphml import CORE, MEMBER, PART, RELATION, export, losses
from imsmap.library.graph import ClauseGraph
from tests.exporters.interchange import DAY, PAIR, mini, shipped


def read(graph: ClauseGraph) -> nx.MultiDiGraph:
    return nx.read_graphml(BytesIO(export(graph, DAY)), force_multigraph=True)


def edges(net: nx.MultiDiGraph, kind: str) -> list[tuple[str, str, dict]]:
    return [(one, other, told) for one, other, told in net.edges(data=True) if told["kind"] == kind]


def test_networkx_reads_every_clause_point_and_relation_back():
    graph = shipped(*PAIR)
    net = read(graph)
    clauses = [clause for standard in graph.standards for clause in standard.clauses]
    points = {clause.point_ref(point): point.text for clause in clauses for point in clause.points}
    assert {name for name, told in net.nodes(data=True) if told["kind"] in ("leaf clause", "heading")} == {
        clause.ref for clause in clauses
    }
    assert {name: told["text"] for name, told in net.nodes(data=True) if told["kind"] == "point"} == points
    assert len(edges(net, PART)) == len(clauses) + len(points)
    assert {(one, other) for one, other, _ in edges(net, CORE)} == {
        (tie.ref, f"core:{tie.core}") for tie in interchange.ties(graph)
    }
    stated = {relation.id: relation for relation in interchange.stated(graph)}
    assert len(edges(net, RELATION)) == len(stated)
    for _, _, told in edges(net, RELATION):
        relation = stated[told["id"]]
        assert (told["predicate"], told["confidence"]) == (relation.predicate, relation.confidence)


def test_several_clauses_are_one_node_with_an_edge_from_each():
    graph = shipped(*PAIR)
    net = read(graph)
    unions = {refs for r in interchange.stated(graph) for refs in (r.subject, r.object) if len(refs) > 1}
    assert unions
    found: dict[str, set[str]] = {}
    for one, other, _ in edges(net, MEMBER):
        found.setdefault(other, set()).add(one)
    assert found == {interchange.curie(refs): set(refs) for refs in unions}


def test_the_same_library_gives_the_same_bytes_and_what_is_left_out_is_told():
    assert export(mini(), DAY) == export(mini(), DAY)
    told = losses(shipped(*PAIR))
    assert any("notes" in loss.words and "iso9001-2015:7.1.6" in loss.names for loss in told)


@pytest.mark.parametrize("keys", [("iso9001-2015",), ("iso9001-2015", "iso22000-2018")])
def test_one_standard_and_one_held_by_its_clauses_go_out_too(keys: tuple[str, ...]):
    assert {name for name, told in read(shipped(*keys)).nodes(data=True) if told["kind"] == "standard"} == set(keys)
