from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imsmap.analyses.agreement import Question, analyse
from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from tests.building import graph, standard

A, B = "iso1-2030", "iso2-2030"
NUMBERS = ("4.1", "6.1", "8.1")


def built() -> ClauseGraph:
    sides = {number: ["+x"] for number in NUMBERS}
    return graph(standard(A, sides), standard(B, sides))


def pair(one: str, other: str, relation: str | None = None) -> tuple[str, str, str | None]:
    return (f"{A}:{one}", f"{B}:{other}", relation)


def test_kappa_is_that_of_the_textbook() -> None:
    """20 pairs both say yes, 15 both no, 5 and 10 apart: Cohen's kappa is 0.4."""
    from collections import Counter

    from imsmap.analyses.agreement import Kappa, _kappa

    found = _kappa("overall", Counter({("y", "y"): 20, ("n", "n"): 15, ("y", "n"): 5, ("n", "y"): 10}))
    assert found == Kappa("overall", 0.4, 35, 50)


def test_mappers_who_differ_get_a_list_to_settle() -> None:
    values = analyse(
        built(),
        Question(
            ("one.csv", "two.csv"),
            [pair("4.1", "4.1", "equal-to"), pair("6.1", "6.1", "subset-of")],
            [pair("4.1", "4.1", "equal-to"), pair("6.1", "6.1", "equal-to"), pair("8.1", "6.1", "equal-to")],
        ),
    ).json
    assert values["universe"] == 6
    assert values["overall"]["agreed"] == 4
    assert [(e["first"], e["second"]) for e in values["settle"]] == [
        ("subset-of", "equal-to"),
        ("not paired", "equal-to"),
    ]
    assert [e["relation"] for e in values["relations"]] == ["equal-to", "subset-of"]


@given(st.sets(st.tuples(st.sampled_from(NUMBERS), st.sampled_from(NUMBERS)), min_size=1))
def test_a_mapper_agrees_with_himself(pairs: set[tuple[str, str]]) -> None:
    mapping = [pair(one, other) for one, other in pairs]
    values = analyse(built(), Question(("one", "one"), mapping, mapping)).json
    assert values["settle"] == []
    assert values["overall"]["kappa"] in (None, 1.0)


def test_mappings_of_other_standards_are_refused() -> None:
    with pytest.raises(UsageError, match="same two standards"):
        analyse(built(), Question(("one", "two"), [pair("4.1", "4.1")], [(f"{A}:4.1", "iso9-2030:4.1", None)]))


def test_a_mapping_told_from_the_other_side_is_turned() -> None:
    mapping = [pair("4.1", "4.1", "subset-of")]
    back = [(f"{B}:4.1", f"{A}:4.1", "superset-of")]
    assert analyse(built(), Question(("one", "two"), mapping, back)).json["settle"] == []
