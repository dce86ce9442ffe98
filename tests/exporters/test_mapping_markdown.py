from __future__ import annotations

import re

from attrs import evolve

from imsmap import interchange
from imsmap.exporters.mapping_markdown import export, losses
from imsmap.library.graph import ClauseGraph
from tests.exporters.interchange import DAY, PAIR, mini, shipped


def test_each_two_standards_have_a_table_with_a_row_for_each_relation():
    graph = shipped(*PAIR)
    text = export(graph, DAY).decode()
    assert re.findall("^## .*", text, re.MULTILINE) == ["## ISO 9001:2015 and ISO 14001:2015"]
    rows = [re.split(r"(?<!\\) \| ", line[2:-2]) for line in text.splitlines() if line.startswith("| ")]
    assert {len(row) for row in rows} == {12}
    assert [row[1] for row in rows[2:]] == [relation.predicate for relation in interchange.stated(graph)]
    assert any(row[0].endswith(" together") for row in rows)
    assert any(row[0] == "`iso9001-2015:*` all of it" for row in rows)
    assert rows[0][3:] == list(interchange.MARKDOWN_COLUMNS[1:])


def test_no_text_leaves_its_cell():
    graph = mini()
    relations = tuple(evolve(relation, shared="a | <b>\n* c") for relation in graph.library.relations)
    standards = tuple(evolve(one, designation=f"{one.designation} | *") for one in graph.standards)
    text = export(ClauseGraph(evolve(graph.library, relations=relations, standards=standards)), DAY).decode()
    assert "| a \\| &lt;b&gt; \\* c |" in text
    assert "| ISO 90001:2030 \\| \\* | Relation | ISO 91001:2030 \\| \\* |" in text


def test_what_is_left_out_is_told_and_one_standard_alone_states_nothing():
    told = "\n".join(map(str, losses(shipped(*PAIR))))
    assert "213: not written: which points say which core point" in told
    assert "they come back as in part" in told
    assert "Nothing is stated between them." in export(mini("iso90001-2030"), DAY).decode()
