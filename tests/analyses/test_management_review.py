from __future__ import annotations

from random import Random
from typing import Any

import pytest
from attrs import evolve

from imsmap.analyses.management_review import INPUT, ITSELF, RESULT, Question, analyse
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import CorePoint, Relation, StructureClause
from imsmap.report import NOTHING, reads
from tests.building import graph, relation, standard
from tests.fixtures import shuffle
from tests.once import shipped

A, B, C = "iso1-2030", "iso2-2030", "iso3-2030"
REVIEW = {"9.3": (), "9.3.1": ("held",), "9.3.2": ("before", "doing"), "9.3.3": ("decided",)}


def reviewed(*relations: Relation) -> ClauseGraph:
    """Build three standards: review in three clauses, in one clause, and none but its inputs."""
    built = graph(
        standard(
            A,
            {
                "9.1": ["=measured"],
                "9.3": None,
                "9.3.1": ["=held", "+aims"],
                "9.3.2": ["+plan", "=before", "=doing", "+money"],
                "9.3.3": ["+verdict", "=decided", "+steps"],
            },
        ),
        standard(
            B,
            {"9.3": ["=held", "=before", "+laws", "=doing", "+cash", "+fit", "=decided", "+missed"]},
            discipline="environment",
        ),
        standard(C, {"9.3.2": ["=before", "+watts"]}, discipline="energy"),
        relations=relations,
        affirmed=False,
    )
    hub = built.library.structures[0]
    words = {"doing": "See how the discipline does."}
    extra = tuple(
        StructureClause(
            number,
            0.9,
            "invented",
            f"Hub {number}",
            tuple(CorePoint(core, words.get(core, f"Do {core}."), 0.9, "invented") for core in cores),
        )
        for number, cores in REVIEW.items()
    )
    return ClauseGraph(evolve(built.library, structures=(evolve(hub, clauses=hub.clauses + extra),)))


def items(built: ClauseGraph, *keys: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in analyse(built, Question(keys)).json["items"]}


def test_what_several_standards_ask_for_is_one_row_with_the_clause_of_each():
    found = items(reviewed(), A, B, C)
    assert found["core-before"]["letters"] == "QEN"
    assert found["core-before"]["clauses"] == {A: ["9.3.2"], B: ["9.3"], C: ["9.3.2"]}
    assert found["core-before"]["text"] == "Do before."


def test_nothing_of_another_clause_gets_onto_the_agenda():
    asked = {point for row in items(reviewed(), A, B).values() for points in row["points"].values() for point in points}
    assert f"{A}:9.1#measured" not in asked
    assert asked == {
        *(f"{A}:9.3.1#{word}" for word in ("held", "aims")),
        *(f"{A}:9.3.2#{word}" for word in ("plan", "before", "doing", "money")),
        *(f"{A}:9.3.3#{word}" for word in ("verdict", "decided", "steps")),
        *(f"{B}:9.3#{word}" for word in ("held", "before", "laws", "doing", "cash", "fit", "decided", "missed")),
    }


def test_inputs_come_before_results_and_own_items_stand_behind_the_core_they_follow():
    rows = analyse(reviewed(), Question((A, B, C))).json["items"]
    assert [row["kind"] for row in rows] == [ITSELF] * 3 + [INPUT] * 5 + [RESULT] * 6
    assert [row["id"].rpartition("#")[2] for row in rows] == [
        "plan", "core-held", "aims",
        "core-before", "laws", "watts", "core-doing", "money",
        "verdict", "cash", "fit", "core-decided", "steps", "missed",
    ]  # fmt: skip


def test_points_stated_to_be_equal_are_one_row_in_the_words_of_each():
    built = reviewed(relation(A, B, "9.3.2#money equal-to 9.3#cash @9"))
    found = items(built, A, B)
    row = found[f"{A}:9.3.2#money"]
    assert f"{B}:9.3#cash" not in found
    assert (row["kind"], row["letters"], row["clauses"]) == (INPUT, "QE", {A: ["9.3.2"], B: ["9.3"]})
    table = analyse(built, Question((A, B))).table("management_review")
    cell = next(line.cells[1] for line in table.rows if line.id == row["id"])
    assert cell == ("Q: Do money (iso1-2030).", "E: Do cash (iso2-2030).")


def test_equality_reaches_over_a_third_standard():
    equal = [
        relation(A, B, "9.3.2#money equal-to 9.3#cash @9", name="one"),
        relation(B, C, "9.3#cash equal-to 9.3.2#watts @9", name="two"),
    ]
    found = items(reviewed(*equal), A, B, C)
    assert found[f"{A}:9.3.2#money"]["letters"] == "QEN"


@pytest.mark.parametrize("words", ["9.3.2#money intersects-with 9.3#cash @9", "9.3.3#steps subset-of 9.3#missed @5"])
def test_what_is_only_related_stays_apart(words: str):
    assert set(items(reviewed(relation(A, B, words)), A, B)) == set(items(reviewed(), A, B))


def test_where_the_core_speaks_of_the_discipline_each_says_its_own():
    row = items(reviewed(), A, B)["core-doing"]
    assert row["text"] is None
    assert row["texts"] == {A: ["Do doing (iso1-2030)."], B: ["Do doing (iso2-2030)."]}


def test_the_message_counts_rows_and_a_standard_without_the_item_says_none():
    report = analyse(reviewed(), Question((A, C)))
    assert report.message == "4 inputs and 3 results on one agenda; 1 of all 10 rows serves more than one standard"
    cells = {row.id: row.cells for row in report.table("management_review").rows}
    assert cells[f"{C}:9.3.2#watts"][3] is NOTHING
    assert reads(cells[f"{C}:9.3.2#watts"][4]) == "9.3.2"


def test_shuffling_the_library_changes_nothing():
    built = reviewed(relation(A, B, "9.3.2#money equal-to 9.3#cash @9"))
    before = analyse(built, Question((A, B, C)))
    assert analyse(ClauseGraph(shuffle(built.library, Random(11))), Question((A, B, C))) == before


def test_the_real_agenda_proves_every_input_and_result_of_both_standards():
    keys = ("iso9001-2015", "iso14001-2015")
    real = shipped(keys)
    found = items(real, *keys)
    for key in keys:
        leaves = real.leaves_under(f"{key}:9.3")
        wanted = {ref for ref, _ in real.points(leaf.ref for leaf in leaves)}
        assert {ref for row in found.values() for ref in row["points"].get(key, ())} == wanted
    assert {row["kind"] for row in found.values()} == {ITSELF, INPUT, RESULT}
    assert found["iso14001-2015:9.3#review-conclusions"]["kind"] == RESULT
    assert found["iso9001-2015:9.3.2#review-planned"]["kind"] == ITSELF


def test_what_two_editions_ask_in_the_same_words_is_said_once():
    keys = ("iso9001-2015", "iso9001-2026")
    table = analyse(shipped(keys), Question(keys)).table("management_review")
    assert "Look at whether the resources suffice." in [row.cells[1] for row in table.rows]
    assert not [cell for row in table.rows if isinstance(cell := row.cells[1], tuple)]
