from __future__ import annotations

import pytest

from imsmap.analyses.overlap import Question, analyse
from imsmap.errors import UsageError
from imsmap.graph import ClauseGraph

A, B = "iso1-2030", "iso2-2030"


def test_coverage_counts_leaf_clauses_by_class_and_names_the_rest(small: ClauseGraph) -> None:
    values = analyse(small, Question(A, B)).values
    of_b = next(e for e in values["coverage"] if e["of"] == B and e["unit"] == "leaf clause")
    assert {key: of_b[key] for key in ("n", "m", "same", "extended", "related", "jointly", "none", "not_assessed")} == {
        "n": 5, "m": 6, "same": 2, "extended": 2, "related": 1, "jointly": 0, "none": 0, "not_assessed": 1,
    }  # fmt: skip
    assert of_b["uncovered"] == []
    assert of_b["unassessed"] == ["6.1.2"]
    of_a = next(e for e in values["coverage"] if e["of"] == A and e["unit"] == "leaf clause")
    assert of_a["uncovered"] == ["8.3"]


def test_points_count_as_counterpart_related_none_or_not_assessed(small: ClauseGraph) -> None:
    values = analyse(small, Question(A, B)).values
    of_a = next(e for e in values["coverage"] if e["of"] == A and e["unit"] == "point")
    assert (of_a["n"], of_a["m"], of_a["same"], of_a["none"], of_a["not_assessed"]) == (6, 10, 6, 1, 3)


def test_a_link_names_what_is_shared_and_what_each_side_adds(small: ClauseGraph) -> None:
    link = analyse(small, Question(A, B)).values["links"][0]
    assert link == {
        "subject": f"{A}:4.1",
        "object": f"{B}:4.1",
        "class": "extended",
        "possible": ["equal-to", "intersects-with", "subset-of", "superset-of"],
        "claim": "share something",
        "basis": ["core"],
        "jointly": False,
        "strength": None,
        "shared": ["issues"],
        "subject_adds": [f"{A}:4.1#watching"],
        "object_adds": [f"{B}:4.1#nature"],
        "confidence": 0.9,
    }


def test_what_is_only_stated_is_told_with_its_strength(small: ClauseGraph) -> None:
    links = {(k["subject"], k["object"]): k for k in analyse(small, Question(A, B)).values["links"]}
    link = links[f"{A}:8.4", f"{B}:8.1"]
    assert (link["class"], link["basis"], link["strength"], link["claim"]) == ("related", ["stated"], 6, "proved")


def test_both_directions_mirror_each_other(small: ClauseGraph) -> None:
    one, other = analyse(small, Question(A, B)).values, analyse(small, Question(B, A)).values
    assert {(k["subject"], k["object"], k["class"]) for k in one["links"]} == {
        (k["object"], k["subject"], k["class"]) for k in other["links"]
    }
    key = lambda e: (e["of"], e["by"], e["unit"])  # noqa: E731 - a sort key
    assert sorted(one["coverage"], key=key) == sorted(other["coverage"], key=key)


def test_overlap_coefficient_and_jaccard_are_n_of_m(small: ClauseGraph) -> None:
    assert [(e["measure"], e["n"], e["m"]) for e in analyse(small, Question(A, B)).values["measures"]] == [
        ("overlap coefficient", 6, 10),
        ("Jaccard", 6, 14),
    ]


def test_one_standard_twice_is_refused(small: ClauseGraph) -> None:
    with pytest.raises(UsageError, match="two different standards"):
        analyse(small, Question(A, A))
