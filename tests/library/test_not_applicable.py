"""Which requirements a standard lets be held not applicable: what its own data say, by clause and heading."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from imsmap.errors import DataError
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import load
from tests import building
from tests.once import shipped

KEY = "iso90001-2030"


def graph(*allowed: str) -> ClauseGraph:
    standard = building.standard(KEY, {"4.1": ["=issues"], "8": None, "8.1": ["=planned"], "8.10": ["+own"]})
    return building.graph(evolve(standard, not_applicable=allowed))


@pytest.mark.parametrize(
    ("allowed", "held"),
    [((), set()), (("*",), {"4.1", "8.1", "8.10"}), (("8",), {"8.1", "8.10"}), (("8.1",), {"8.1"})],
)
def test_only_what_the_standard_names_itself_or_by_a_heading_may_be_held_not_applicable(
    allowed: tuple[str, ...], held: set[str]
) -> None:
    asked = graph(*allowed)
    assert {leaf.number for leaf in asked.leaves(KEY) if asked.may_be_not_applicable(leaf.ref)} == held
    assert asked.may_be_not_applicable(f"{KEY}:8.1#planned") is ("8.1" in held)


def test_the_real_data_say_who_may() -> None:
    asked = shipped(guides=False)
    assert asked.may_be_not_applicable("iso9001-2015:8.3.4")
    assert not asked.may_be_not_applicable("iso14001-2015:8.2")


def test_a_clause_that_the_standard_does_not_have_is_told(mini_root: Path) -> None:
    path = mini_root / f"standards/{KEY}.yaml"
    path.write_text(path.read_text("utf-8").replace("clauses:", "not_applicable: ['8.11']\nclauses:", 1), "utf-8")
    with pytest.raises(DataError) as caught:
        load(mini_root)
    assert ["no clause 8.11 in this standard; did you mean 8.1" in str(p) for p in caught.value.problems] == [True]
