"""Libraries of CISO Assistant: what goes out comes back in, and what others write comes in with what is wrong told."""

from __future__ import annotations

from pathlib import Path

import pytest

from imsmap import interchange
from imsmap.errors import DataError
from imsmap.exporters.ciso_assistant import export
from imsmap.readers.ciso_assistant import bring, takes
from tests.exporters.interchange import DAY, mini
from tests.readers.foreigners import around, put, relations_of, told

HEAD = "urn: urn:x:risk:library:rules\nref_id: rules\nobjects:\n"
FRAMEWORK = """\
  framework:
    urn: urn:x:risk:framework:rules
    name: House rules 2030
    requirement_nodes:
      - {urn: "urn:x:risk:req_node:rules:1", ref_id: "1", name: Order}
      - {urn: "urn:x:risk:req_node:rules:1.10", parent_urn: "urn:x:risk:req_node:rules:1", ref_id: "1.10", name: Tins}
      - {urn: "urn:x:risk:req_node:rules:a", parent_urn: "urn:x:risk:req_node:rules:1", ref_id: A-2, name: null,
         description: Count them}
      - {urn: "urn:x:risk:req_node:rules:b", ref_id: "1.10", name: Again}
      - {urn: "urn:x:risk:req_node:rules:c", ref_id: "?", name: What}
"""
SETS = """\
  requirement_mapping_sets:
    - source_framework_urn: urn:x:risk:framework:rules
      target_framework_urn: urn:x:risk:framework:iso90001-2030
      requirement_mappings:
"""


@pytest.fixture
def read(tmp_path: Path):
    def reading(text: str):
        return bring(*put(tmp_path, "theirs.yaml", text), around(mini()))

    return reading


def row(source: str, target: str, more: str) -> str:
    one, other = f"urn:x:risk:req_node:rules:{source}", f"urn:x:risk:req_node:iso90001-2030:{target}"
    return f'        - {{source_requirement_urn: "{one}", target_requirement_urn: "{other}", {more}}}\n'


def test_what_goes_out_comes_back_in_and_each_relation_once(read):
    graph = mini()
    brought = read(export(graph, DAY).decode())
    single = [
        (r.subject, r.predicate, r.object)
        for r in interchange.stated(graph)
        if len(r.subject) == len(r.object) == 1 and not any(ref.endswith(":") for ref in (*r.subject, *r.object))
    ]
    found = [(r.subject, r.predicate, r.object) for r in relations_of(brought)]
    assert set(single) <= set(found)
    assert len(found) == len(set(found))
    assert not brought.left_out
    assert not brought.standards


def test_a_framework_becomes_a_standard_held_by_its_clauses_without_its_text(read):
    brought = read(HEAD + FRAMEWORK)
    (standard,) = brought.standards
    assert standard.designation == "House rules 2030"
    assert [(c.number, c.title, c.parent, c.topic is None) for c in standard.clauses] == [
        ("1", "Order", None, True),
        ("1.10", "Tins", None, False),
        ("A-2", "A-2", "1", False),
    ]
    assert "theirs.yaml:12: line 12 1.10 is there already" in told(brought)
    assert "theirs.yaml:13: line 13 '?' can't be the number of a clause" in told(brought)
    assert "1 nodes say what they ask for; that is text of a standard, not taken" in brought.notices
    assert "Count them" not in str(standard)


def test_a_mapping_set_says_what_is_wrong_in_it_with_its_line_and_the_rest_comes_in(read):
    rows = (
        row("1.10", "8.1", "relationship: intersect, rationale: semantic, strength_of_relationship: 6"),
        row("a", "8.1", "relationship: subset, rationale: parce que, strength_of_relationship: 12"),
        row("a", "8.99", "relationship: equal, rationale: semantic, strength_of_relationship: 12"),
        row("1.10", "99.9", "relationship: equal"),
        row("1.10", "4.1", "relationship: perhaps"),
    )
    brought = read(HEAD + FRAMEWORK + SETS + "".join(rows))
    key = brought.standards[0].key
    assert [(r.subject, r.predicate, r.object, r.strength) for r in relations_of(brought)] == [
        ((f"{key}:1.10",), "intersects-with", ("iso90001-2030:8.1",), 6),
        ((f"{key}:A-2",), "subset-of", ("iso90001-2030:8.1",), 5),
    ]
    lines = told(brought)
    assert "strength '12' is not between 1 and 10; 5 is taken" in lines
    assert "strength '12' is not between 1 and 10, too" in lines
    assert "iso90001-2030 has no clause 99.9" in lines
    assert "'perhaps' is no relation" in lines
    assert any("kept as words: parce que (1)" in notice for notice in brought.notices)


def test_what_is_none_is_told(read):
    assert takes(HEAD.encode())
    assert not takes(b"key: x\nclauses: []\n")
    with pytest.raises(DataError, match="holds neither a framework nor a requirement_mapping_set"):
        read("urn: x\nobjects: {threats: []}\n")
    with pytest.raises(DataError, match="is not YAML"):
        read(f"{HEAD}  framework: [")
