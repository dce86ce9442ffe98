from __future__ import annotations

import re
from random import Random

import pytest
from attrs import evolve

from imsmap.analyses import overlap
from imsmap.analyses.compare import NOT_TOLD, Question, analyse
from imsmap.errors import UsageError
from imsmap.exporters import terminal
from imsmap.library.graph import ClauseGraph
from imsmap.library.guides import Comparison, FamilyChoice
from imsmap.library.model import Profile
from imsmap.reasoning.coverage import LEAF_CLAUSE
from imsmap.report import NOTHING
from tests.fixtures import shuffle
from tests.once import shipped

A, B, C = "iso1-2030", "iso2-2030", "iso3-2030"
KEYS = ("iso9001-2015", "iso14001-2015")


@pytest.fixture
def told(small: ClauseGraph) -> ClauseGraph:
    """The small library with a profile of the first standard and an answer about the first two."""
    profile = Profile("To do.", "Things.", "People.", "Doing.", "All.", "The system.", "The thing.", 0.6, "invented")
    standards = tuple(evolve(s, profile=profile if s.key == A else None) for s in small.library.standards)
    families = tuple(small.standard(key).family for key in (A, B))
    answer = Comparison(
        families, "Is 1 better?", "No: another thing.", ("It differs.",), (FamilyChoice(families[0], "one likes it."),),
        "Take both.", 0.5, "invented",
    )  # fmt: skip
    return ClauseGraph(evolve(small.library, standards=standards, comparisons=(answer,)))


def cells(graph: ClauseGraph, row: str, *keys: str) -> tuple[object, ...]:
    return next(r.cells for r in analyse(graph, Question(keys)).table("sides").rows if r.id == row)


def test_what_each_asks_is_counted_in_leaf_clauses_and_points_by_main_clause(told: ClauseGraph):
    assert cells(told, "asks", A, B)[1:] == ("7 leaf clauses, 10 points", "6 leaf clauses, 10 points")
    assert cells(told, "main-8", A, B)[1:] == ("4 leaf clauses, 5 points", "2 leaf clauses, 4 points")
    assert cells(told, "main-6", A, C)[1] == "1 leaf clause, 2 points"
    assert cells(told, "documented", A, B)[1].startswith("asked for at 3 points: 1 to be kept up")  # type: ignore[union-attr]


def test_a_standard_without_profile_says_so_and_nothing_is_guessed(told: ClauseGraph):
    assert cells(told, "purpose", A, B) == ("Purpose", "To do.", NOT_TOLD)
    sources = [row.id for row in analyse(told, Question((A, B))).table("sources").rows]
    assert f"{A}-profile" in sources
    assert f"{B}-profile" not in sources


def test_what_only_each_has_is_named_with_what_only_touches_and_what_nobody_looked_at_is_no_none(told: ClauseGraph):
    only = {entry["clause"]: entry["class"] for entry in analyse(told, Question((A, B))).json["only"]}
    assert only == {
        f"{A}:8.2": "touches",
        f"{A}:8.3": "none",
        f"{B}:6.1.2": "not assessed",
        f"{B}:8.2": "touches",
    }


def test_clauses_without_a_counterpart_are_as_many_as_coverage_leaves_over():
    graph = shipped(KEYS)
    compared, overlapped = analyse(graph, Question(KEYS)), overlap.analyse(graph, overlap.Question(KEYS))
    for entry in overlapped.answer.coverage:
        if entry.unit != LEAF_CLAUSE:
            continue
        left = [f"{entry.of}:{number}" for number in (*entry.touched, *entry.uncovered)]
        assert sorted(left) == sorted(one.clause.ref for one in compared.answer.only if one.standard == entry.of)
        assert f"{len(left)} of {entry.m} leaf clauses" in compared.message


def test_with_three_a_clause_is_only_in_one_if_none_of_the_others_has_it(told: ClauseGraph):
    only = {entry["clause"]: entry["class"] for entry in analyse(told, Question((A, B, C))).json["only"]}
    assert only[f"{A}:8.3"] == "not assessed"
    assert f"{A}:8.4" not in only
    assert only[f"{C}:8.2"] == "not assessed"


def test_the_answer_comes_only_where_both_families_are_asked_about(told: ClauseGraph):
    report = analyse(told, Question((A, B)))
    assert report.message.startswith("Is 1 better? No.")
    said = [row.cells[0] for row in report.tables[0].rows]
    assert said[:2] == ["No: another thing.", "Why: It differs."]
    assert said[-1] == "Confidence 0.50. Source: invented"
    assert analyse(told, Question((A, C))).json["answers"] == []
    # Who sets three side by side has not asked which of two is better.
    assert analyse(told, Question((A, B, C))).json["answers"] == []


def test_clauses_of_a_supplement_are_counted_under_the_main_clauses_of_its_base():
    report = analyse(shipped(("iso9001-2015", "iatf16949-2016")), Question(("iso9001-2015", "iatf16949-2016")))
    base, supplement = report.answer.standards
    assert [one.number for one in supplement.main_clauses] == [one.number for one in base.main_clauses]
    assert [one.title for one in supplement.main_clauses] == [one.title for one in base.main_clauses]
    rows = {row.id: row.cells for row in report.table("sides").rows}
    assert rows["family"][2] == NOTHING


def test_a_standard_twice_is_refused(told: ClauseGraph):
    with pytest.raises(UsageError, match="named twice"):
        analyse(told, Question((A, A)))


def test_shuffling_the_library_changes_nothing(told: ClauseGraph):
    before = analyse(told, Question((A, B, C)))
    again = analyse(ClauseGraph(shuffle(told.library, Random(3))), Question((A, B, C)))
    assert again == before


def test_the_question_of_the_article_gets_a_straight_and_sourced_answer():
    report = analyse(shipped(KEYS), Question(KEYS))
    assert report.message.startswith("Is ISO 9000 better than ISO 14000? No")
    (answer,) = report.json["answers"]
    assert answer["source"]
    assert 0 < answer["confidence"] < 1
    text = " ".join(terminal.export(report, 4000).decode().split())
    for words in ("customers", "environment", "nobody is certified to ISO 9000", "Many need both", "no green label"):
        assert words in text
    assert not re.search(r"\d\s*(%|per ?cent)", text)
    assert not re.search(r"\bis better than\b", text.replace("Is ISO 9000 better than", ""))
