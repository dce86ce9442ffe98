"""Mappings of other tools as pairs of clauses: what is said of the two, what only pairs them, what is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from imsmap.errors import DataError, UnknownNameError
from imsmap.readers.mapping import Mapping
from imsmap.readers.pairing import Pairing
from imsmap.readers.sssom import gather
from tests.exporters.interchange import mini
from tests.readers.foreigners import around, put

HEAD = "#mapping_set_id: https://example.org/set\nsubject_id\tpredicate_id\tpredicate_modifier\tobject_id\n"


@pytest.fixture
def read(tmp_path: Path):
    graph = mini()
    one, other = (standard.key for standard in graph.standards[:2])

    def reading(*rows: str) -> Mapping:
        text = "".join(f"{row.replace('A:', f'{one}:').replace('B:', f'{other}:')}\n" for row in rows)
        path, shown = put(tmp_path, "theirs.sssom.tsv", HEAD + text)
        near = around(graph)
        pairing = Pairing(shown, near, _none)
        gather(path, shown, near, pairing)
        return pairing.mapping(shown)

    return reading


def _none(text: str, standard: str) -> tuple[str, ...]:
    raise UnknownNameError(f"no standard {text}{standard}")


def said(found: Mapping) -> list[tuple[str, str, str | None]]:
    return [(p.subject.partition(":")[2], p.object.partition(":")[2], p.relation) for p in found.pairs]


def numbers() -> tuple[list[str], list[str]]:
    graph = mini()
    first, second = ([leaf.number for leaf in graph.leaves(one.key)][:2] for one in graph.standards[:2])
    return first, second


def test_pairs_turned_denied_and_without_a_word(read):
    (a1, a2), (b1, b2) = numbers()
    found = read(
        f"A:{a1}\tskos:broadMatch\t\tB:{b1}",
        f"B:{b2}\tskos:broadMatch\t\tA:{a1}",
        f"A:{a2}\tskos:closeMatch\t\tB:{b1}",
        f"A:{a2}\tskos:exactMatch\tNot\tB:{b2}",
    )
    assert said(found) == [
        (a1, b1, "subset-of"),
        (a1, b2, "superset-of"),
        (a2, b1, None),
        (a2, b2, "not equal-to"),
    ]
    assert not found.problems


def test_what_is_said_of_several_together_pairs_them_and_yields_to_what_is_said_of_the_two(read):
    (a1, a2), (b1, _) = numbers()
    found = read(f"A:{a1},{a2}\tskos:exactMatch\t\tB:{b1}", f"A:{a1}\tskos:broadMatch\t\tB:{b1}")
    assert sorted(said(found), key=str) == sorted([(a1, b1, "subset-of"), (a2, b1, None)], key=str)
    assert any("1 pairs are said of points or of several" in notice for notice in found.notices)


def test_whole_standards_are_passed_over_and_what_leads_nowhere_is_told_with_its_line(read):
    (a1, a2), (b1, _) = numbers()
    found = read(
        f"A:*\tskos:mappingRelation\tNot\tB:{b1}",
        f"A:{a1}\tskos:exactMatch\t\tB:{b1}",
        f"A:{a1}\tskos:broadMatch\t\tB:{b1}",
        f"A:99.9\tskos:exactMatch\t\tB:{b1}",
        f"X:1\tskos:exactMatch\t\tB:{b1}",
        f"A:{a2}\tskos:bestMatch\t\tB:{b1}",
    )
    assert said(found) == [(a1, b1, "equal-to")]
    assert any("1 relations of whole standards were passed over" in notice for notice in found.notices)
    assert [problem.line for problem in found.problems] == [5, 6, 7, 8]
    told = "\n".join(map(str, found.problems))
    assert "paired in two ways" in told
    assert "has no clause 99.9" in told
    assert "'skos:bestMatch' is no relation" in told


def test_a_file_without_a_pair_is_no_mapping_to_compare(read):
    with pytest.raises(DataError, match="no relation between clauses of two standards"):
        read("X:1\tskos:exactMatch\t\tY:2")
