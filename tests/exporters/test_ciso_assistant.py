from __future__ import annotations

import re

import pytest
import yaml

from imsmap import interchange
from imsmap.exporters.ciso_assistant import export, losses
from imsmap.library.relationships import PREDICATES
from tests.exporters.interchange import DAY, PAIR, mini, shipped

URN = re.compile(r"urn:imsmap:risk:[a-z_]+:[0-9a-z._-]+(:[0-9a-z._-]+)*")


def test_a_framework_has_a_node_for_each_clause_and_point_under_its_own():
    graph = shipped(PAIR[0])
    library = yaml.safe_load(export(graph, DAY))
    nodes = library["objects"]["framework"]["requirement_nodes"]
    clauses = graph.standard(PAIR[0]).clauses
    texts = [point.text for clause in clauses for point in clause.points]
    assert [node["description"] for node in nodes if "description" in node] == texts
    assert len(nodes) == len(clauses) + len(texts)
    by_urn = {node["urn"]: node for node in nodes}
    assert len(by_urn) == len(nodes)
    assert all(URN.fullmatch(urn) for urn in by_urn)
    for node in nodes:
        assert node["depth"] == (by_urn[node["parent_urn"]]["depth"] + 1 if "parent_urn" in node else 1)
    assert sum(node["assessable"] for node in nodes) == len(texts) + len(graph.leaves(PAIR[0]))
    assert (library["version"], library["locale"]) == (20300501, "en")


def test_mapping_sets_go_both_ways_and_say_of_one_clause_only_what_follows_for_it():
    graph = shipped(*PAIR)
    library = yaml.safe_load(export(graph, DAY))
    there, back = library["objects"]["requirement_mapping_sets"]
    frameworks = ("source_framework_urn", "target_framework_urn")
    assert [there[name] for name in frameworks] == [back[name] for name in reversed(frameworks)]
    turned = {"subset": "superset", "superset": "subset"}
    ends = ("source_requirement_urn", "target_requirement_urn")

    def rows(found: dict, one: str, other: str) -> list[tuple[str, str, str]]:
        return [(row[one], row[other], row["relationship"]) for row in found["requirement_mappings"]]

    assert rows(there, *ends) == [(s, o, turned.get(word, word)) for s, o, word in rows(back, *reversed(ends))]
    stated = [r for r in interchange.stated(graph) if not any(ref.endswith(":") for ref in (*r.subject, *r.object))]
    single = [r for r in stated if len(r.subject) == len(r.object) == 1]
    assert len(rows(there, *ends)) >= len(single)
    wholes = [r for r in interchange.stated(graph) if len(r.subject) > 1 and PREDICATES[r.predicate] & ~19]
    named = {name for loss in losses(graph) if loss.words.startswith("not written") for name in loss.names}
    assert {r.id for r in wholes if len(r.object) == 1} <= named
    assert all(URN.fullmatch(row[end]) for row in there["requirement_mappings"] for end in ends)


@pytest.mark.slow
def test_every_end_of_a_mapping_is_a_node_of_its_framework():
    nodes = {
        node["urn"]
        for key in PAIR
        for node in yaml.safe_load(export(shipped(key), DAY))["objects"]["framework"]["requirement_nodes"]
    }
    there, _ = yaml.safe_load(export(shipped(*PAIR), DAY))["objects"]["requirement_mapping_sets"]
    for row in there["requirement_mappings"]:
        assert {row["source_requirement_urn"], row["target_requirement_urn"]} <= nodes


@pytest.mark.parametrize("keys", [(), ("iso90001-2030",)])
def test_the_same_library_gives_the_same_bytes(keys: tuple[str, ...]):
    assert export(mini(*keys), DAY) == export(mini(*keys), DAY)
    assert losses(mini(*keys))
