"""Networks as other tools write them: edges with a word that is a relation, each fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from imsmap.errors import DataError
from imsmap.exporters.graphml import export
from imsmap.readers.graphml import bring, takes
from tests.exporters.interchange import DAY, mini
from tests.readers.foreigners import around, put, relations_of, told

A, B = "iso90001-2030", "iso91001-2030"
HEAD = """\
<?xml version="1.0"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key id="d0" for="node" attr.name="label" attr.type="string"/><key id="d1" for="edge" attr.name="relationship"/>
<key id="d2" for="edge" attr.name="weight" attr.type="double"/>
"""


@pytest.fixture
def read(tmp_path: Path):
    def reading(body: str, default: str = "directed", head: str = HEAD):
        text = f'{head}<graph edgedefault="{default}">\n{body}\n</graph></graphml>'
        return bring(*put(tmp_path, "theirs.graphml", text), around(mini()))

    return reading


def node(id_: str, label: str) -> str:
    return f'<node id="{id_}"><data key="d0"><y:NodeLabel>{label}</y:NodeLabel></data></node>'


def edge(source: str, target: str, word: str, more: str = "") -> str:
    return f'<edge source="{source}" target="{target}"{more}><data key="d1">{word}</data><data key="d2">2</data></edge>'


NODES = node("n0", f"{A}:8.2") + node("n1", f"{B}:8.2") + node("n2", "Rules:1.1") + node("n3", "some words")


def test_labels_name_clauses_and_a_standard_that_nobody_knows_is_held_by_clauses(read):
    brought = read(NODES + edge("n0", "n1", "broadMatch") + edge("n2", "n0", "equal"))
    assert [(r.subject, r.predicate, r.object) for r in relations_of(brought)] == [
        ((f"{A}:8.2",), "subset-of", (f"{B}:8.2",)),
        (("rules:1.1",), "equal-to", (f"{A}:8.2",)),
    ]
    assert [one.key for one in brought.standards] == ["rules"]
    assert "what has no place here on edges were passed over: weight (2)" in brought.notices


@pytest.mark.parametrize(
    ("edges", "default", "words"),
    [
        (edge("n0", "n9", "equal"), "directed", "line 6 its target 'n9' is no node of the file"),
        (edge("n0", "n3", "equal"), "directed", "'some words' is no clause of a standard, as key:number is"),
        (edge("n0", "n1", "near"), "directed", "'near' is no relation"),
        (edge("n0", "n1", "subset of"), "undirected", "says subset of and has no direction"),
        (edge("n0", "n1", "subset of", ' directed="false"'), "directed", "says subset of and has no direction"),
    ],
)
def test_what_is_wrong_with_an_edge_is_told_with_its_line(read, edges: str, default: str, words: str):
    assert words in told(read(NODES + edges, default))


def test_an_edge_without_direction_may_say_what_has_none(read):
    assert len(relations_of(read(NODES + edge("n0", "n1", "equal"), "undirected"))) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('<!DOCTYPE g [<!ENTITY a "b">]><graphml/>', "holds a document type or entities"),
        ("<graphml><graph>", "is no XML: no element found"),
        ("<a>" * 60, "is nested too deeply"),
    ],
)
def test_what_is_no_network_is_refused_with_its_line(tmp_path: Path, text: str, words: str):
    with pytest.raises(DataError, match=words):
        bring(*put(tmp_path, "x.graphml", text), around(mini()))


def test_a_standard_of_ours_that_is_not_there_comes_in_with_all_its_clauses(tmp_path: Path):
    graph = mini()
    text = export(graph, DAY)
    assert takes(text)
    first = graph.standards[0]
    brought = bring(*put(tmp_path, "ours.graphml", text.decode()), around(mini(*[s.key for s in graph.standards[1:]])))
    (found,) = brought.standards
    assert [clause.number for clause in found.clauses][: len(first.clauses)] == [c.number for c in first.clauses]
