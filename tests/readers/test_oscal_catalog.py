from __future__ import annotations

import json
from pathlib import Path

import pytest
from attrs import evolve

from imsmap.errors import DataError
from imsmap.exporters.oscal_catalog import export
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Clause
from imsmap.readers.oscal_catalog import bring, takes
from tests.exporters.interchange import DAY, PAIR, mini, shipped
from tests.readers.foreigners import around, put, told

STATEMENT = {"name": "statement", "prose": "The trees shall be watered."}
GROUPS = [
    {"id": "tc", "title": "Tree care", "controls": [
        {"id": "tc-1", "title": "Water", "props": [{"name": "label", "value": "TC-1"}], "parts": [STATEMENT],
         "controls": [{"id": "tc-1.1", "title": "Drip"}]},
        {"id": "tc-2", "title": "Prune"},
    ]},
]  # fmt: skip


def read(folder: Path, **catalog: object):
    text = json.dumps({"catalog": {"metadata": {"title": "Tree Care 5", "version": "5.0"}, **catalog}})
    return bring(*put(folder, "trees.json", text), around(mini()))


def test_a_catalog_of_others_is_a_standard_held_by_clauses_without_its_text(tmp_path: Path):
    brought = read(tmp_path, groups=GROUPS)
    (standard,) = brought.standards
    assert (standard.key, standard.level, standard.edition) == ("tree-care-5", "clause", "5.0")
    assert [(c.number, c.title, c.parent, c.topic) for c in standard.clauses] == [
        ("TC", "Tree care", None, None),
        ("TC-1", "Water", "TC", None),
        ("tc-1.1", "Drip", "TC-1", "tree-care-5"),
        ("tc-2", "Prune", "TC", "tree-care-5"),
    ]
    assert "watered" not in repr(standard)
    assert brought.notices == ("1 controls say what they ask for; that is text of a standard, not taken",)


def test_what_can_be_no_clause_is_told_with_its_path_and_keeps_nothing_else_out(tmp_path: Path):
    brought = read(tmp_path, controls=[{"id": "%%"}, {"id": "t-1"}, {"id": "t-1"}, "words"])
    assert "trees.json $.catalog.controls[0]: its id '%%' can't be the number of a clause" in told(brought)
    assert "trees.json $.catalog.controls[2]: t-1 is there already; the first is taken" in told(brought)
    assert [clause.number for clause in brought.standards[0].clauses] == ["t-1"]


def test_an_empty_catalog_brings_nothing(tmp_path: Path):
    assert "holds no control" in str(read(tmp_path).problems[0])


def told_by(clause: Clause) -> Clause:
    """Leave out what the format can't say, as the export tells."""
    points = tuple(evolve(point, from_=()) for point in clause.points)
    return evolve(clause, standard="x", points=points, notes=(), change="", supplements=())


@pytest.mark.parametrize(("graph", "key"), [(mini, "iso90001-2030"), (shipped, PAIR[0])])
def test_what_goes_out_comes_back_but_for_what_the_format_cannot_say(graph, key: str, tmp_path: Path):
    held: ClauseGraph = graph(key)
    path = tmp_path / "ours.json"
    path.write_bytes(export(held, DAY))
    (back,) = bring(path, path.name, around(held)).standards
    ours = held.standard(key)
    assert {c.number: evolve(c, standard="x") for c in back.clauses} == {c.number: told_by(c) for c in ours.clauses}
    assert (back.designation, back.title, back.edition, back.published, back.structure, back.source) == (
        ours.designation, ours.title, ours.edition, ours.published, ours.structure, ours.source,
    )  # fmt: skip


def test_a_file_without_a_catalog_is_refused(tmp_path: Path):
    with pytest.raises(DataError, match="holds no catalog"):
        bring(*put(tmp_path, "x.json", '{"profile": {}}'), around(mini()))
    assert takes(b'{ "catalog": {')
    assert not takes(b'{"mapping-collection": {')
