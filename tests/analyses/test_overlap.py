from __future__ import annotations

import pytest

from imsmap.analyses.overlap import Question, analyse
from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Kin
from tests.once import shipped

A, B, C = "iso1-2030", "iso2-2030", "iso3-2030"


def test_coverage_counts_leaf_clauses_by_class_and_names_the_rest(small: ClauseGraph) -> None:
    values = analyse(small, Question((A, B))).json
    of_b = next(e for e in values["coverage"] if e["of"] == B and e["unit"] == "leaf clause")
    assert {key: of_b[key] for key in ("n", "m", "same", "extended", "related", "touches", "none", "not_assessed")} == {
        "n": 4, "m": 6, "same": 2, "extended": 2, "related": 0, "touches": 1, "none": 0, "not_assessed": 1,
    }  # fmt: skip
    assert of_b["uncovered"] == []
    assert of_b["unassessed"] == ["6.1.2"]
    of_a = next(e for e in values["coverage"] if e["of"] == A and e["unit"] == "leaf clause")
    assert of_a["uncovered"] == ["8.3"]


def test_leaf_clauses_without_a_counterpart_are_told_apart_by_class_and_none_is_left_out(small: ClauseGraph) -> None:
    report = analyse(small, Question((A, B)))
    named = [(row.id, row.cells[4]) for row in report.table("uncovered").rows]
    assert named == [
        (f"{B}:8.2-{A}", Kin.TOUCHES), (f"{B}:6.1.2-{A}", Kin.NOT_ASSESSED),
        (f"{A}:8.3-{B}", Kin.NONE), (f"{A}:8.2-{B}", Kin.TOUCHES),
    ]  # fmt: skip
    left = sum(entry.m - entry.n for entry in report.answer.coverage if entry.unit == "leaf clause")
    assert left == len(named)


def test_points_count_as_counterpart_related_none_or_not_assessed(small: ClauseGraph) -> None:
    values = analyse(small, Question((A, B))).json
    of_a = next(e for e in values["coverage"] if e["of"] == A and e["unit"] == "point")
    assert (of_a["n"], of_a["m"], of_a["same"], of_a["none"], of_a["related"], of_a["not_assessed"]) == (
        6,
        10,
        6,
        1,
        1,
        1,
    )


def test_a_link_names_what_is_shared_and_what_each_side_adds(small: ClauseGraph) -> None:
    link = analyse(small, Question((A, B))).json["links"][0]
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
    links = {(k["subject"], k["object"]): k for k in analyse(small, Question((A, B))).json["links"]}
    link = links[f"{A}:8.4", f"{B}:8.1"]
    assert (link["class"], link["basis"], link["strength"], link["claim"]) == ("related", ["stated"], 6, "proved")


def test_both_directions_mirror_each_other(small: ClauseGraph) -> None:
    one, other = analyse(small, Question((A, B))).json, analyse(small, Question((B, A))).json
    assert {(k["subject"], k["object"], k["class"]) for k in one["links"]} == {
        (k["object"], k["subject"], k["class"]) for k in other["links"]
    }
    key = lambda e: (e["of"], e["by"], e["unit"])  # noqa: E731 - a sort key
    assert sorted(one["coverage"], key=key) == sorted(other["coverage"], key=key)


def test_overlap_coefficient_and_jaccard_are_n_of_m(small: ClauseGraph) -> None:
    assert [(e["measure"], e["n"], e["m"]) for e in analyse(small, Question((A, B))).json["measures"]] == [
        ("overlap coefficient", 6, 10),
        ("Jaccard", 6, 14),
    ]


def test_one_standard_twice_is_refused(small: ClauseGraph) -> None:
    with pytest.raises(UsageError, match="different standards"):
        analyse(small, Question((A, A)))


def test_two_standards_keep_the_shape_of_the_contract(small: ClauseGraph) -> None:
    assert list(analyse(small, Question((A, B))).json)[:2] == ["subject", "object"]
    assert {"links", "coverage"} <= set(analyse(small, Question((A, B))).json)
    assert "pairs" not in analyse(small, Question((A, B))).json


def test_of_three_standards_each_pair_answers_as_it_does_alone(small: ClauseGraph) -> None:
    pairs = analyse(small, Question((A, B, C))).json["pairs"]
    assert [(pair["subject"], pair["object"]) for pair in pairs] == [(A, B), (A, C), (B, C)]
    for pair in pairs:
        alone = analyse(small, Question((pair["subject"], pair["object"]))).json
        assert pair == {key: alone[key] for key in pair}


def test_of_three_standards_the_core_is_what_all_some_one_or_nobody_hold(small: ClauseGraph) -> None:
    report = analyse(small, Question((A, B, C)))
    core = report.json["core"]
    assert core["all"] == ["issues"]
    assert {entry["core"]: entry["by"] for entry in core["some"]}["risks"] == [A, B]
    assert core["one"] == []
    assert core["nobody"] == ["climate-issue", "parties", "improved"]
    assert len(core["all"]) + len(core["some"]) + len(core["one"]) + len(core["nobody"]) == core["points"]
    assert report.message.startswith(
        "Of the 9 core points of Structure, 2021, all 3 standards hold 1, some of them 5, only one of them 0 and "
        "none of them 3."
    )


def test_of_three_standards_each_adds_what_no_other_has_a_counterpart_for(small: ClauseGraph) -> None:
    adds = analyse(small, Question((A, B, C))).json["adds"]
    assert [entry["point"] for entry in adds[A]] == [f"{A}:4.1#watching"] + [
        f"{A}:{point}" for point in ("8.2#selling", "8.3#designing", "8.4#buying")
    ]
    # Nothing of it is in the second; nobody has looked into the third: so it is not assessed, and not none.
    assert {e["point"]: e["class"] for e in adds[A]}[f"{A}:8.3#designing"] == "not assessed"


def test_of_three_standards_coverage_counts_every_ordered_pair(small: ClauseGraph) -> None:
    report = analyse(small, Question((A, B, C)))
    assert {(e["of"], e["by"]) for e in report.json["coverage"]} == {
        (one, other) for one in (A, B, C) for other in (A, B, C) if one != other
    }
    assert [table.name for table in report.tables] == ["coverage", "core", "adds", "uncovered", "links"]
    assert report.table("links").rows[0].cells[0].label.startswith("ISO1:2030, 4.1")  # type: ignore[union-attr]


def test_no_point_of_the_real_standards_was_left_unlooked_at() -> None:
    keys = ("iso9001-2015", "iso14001-2015")
    values = analyse(shipped(keys), Question(keys)).json
    assert {(e["of"], e["unit"]): e["not_assessed"] for e in values["coverage"]} == {
        ("iso9001-2015", "leaf clause"): 0,
        ("iso9001-2015", "point"): 0,
        ("iso14001-2015", "leaf clause"): 0,
        ("iso14001-2015", "point"): 0,
    }
