from __future__ import annotations

import datetime
import re
from random import Random
from typing import Any

import pytest
from attrs import evolve

from imsmap.analyses.choose import Question, analyse
from imsmap.api.answers import Answers
from imsmap.decision.rules import CAPACITY, PHASED, UNDECIDED, Certificate, Gate, Given, Hours, candidates
from imsmap.errors import UnsuitedError, UsageError
from imsmap.exporters import terminal
from imsmap.library.graph import ClauseGraph
from imsmap.library.guides import Criterion
from imsmap.report import Report
from tests.building import relation
from tests.choosing import CRITERIA, FIRST, Case
from tests.fixtures import shuffle
from tests.once import shipped

A, B, C = "iso1-2030", "iso2-2030", "iso3-2030"
DAY = datetime.date(2027, 3, 31)


def case(quality: int | None, environment: int | None, capacity: int | None = 2, **more: Any) -> Case:
    score = {"9001": quality, "14001": environment, None: capacity}
    return Case(given={c.id: Given(score[c.side], evidence="shown") for c in CRITERIA}, **more)


def ask(graph: ClauseGraph, told: Case, today: datetime.date | None = None) -> Report:
    return analyse(graph, Question((A, B), told, today))


def test_a_class_comes_with_its_reasons_range_and_flip(small: ClauseGraph):
    values = ask(small, case(3, 1)).json
    assert (values["answer"], values["decided_by"]) == (FIRST["9001"], "criteria")
    assert values["pulls"]["9001"] | {} == {
        "low": 3.0,
        "high": 3.0,
        "of": 4,
        "weights": 18,
        "low_sum": 54,
        "high_sum": 54,
    }
    assert any(
        "is 3.0 toward ISO1:2030 next and 1.0 toward ISO2:2030 next, each of 4" in reason
        for reason in values["reasons"]
    )
    assert {change["what"] for change in values["flip"]} <= {"weight", "score"}
    assert values["deciding"] == []


def test_a_gate_decides_and_is_told_as_what_decided(small: ClauseGraph):
    gate = Gate("contract", "14001", DAY, "Contract 7")
    report = ask(small, case(4, 0, gates=(gate,)))
    assert (report.json["answer"], report.json["decided_by"]) == (FIRST["14001"], "gate")
    assert "A contract asks for ISO 14001 by 2027-03-31 (Contract 7)." in report.message
    assert report.table("flip").rows == ()
    assert report.table("flip").note == "Changed alone, no single weight and no single score flips it: a gate decides."
    assert report.table("gates").rows[0].cells == ("contract", "14001", "2027-03-31", "Contract 7", True)


def test_one_date_for_both_is_told_where_the_certificates_are_phased(small: ClauseGraph):
    gates = (Gate("policy", "both", DAY),)
    phased = ask(small, case(4, 4, 1, gates=gates)).json
    assert phased["answer"] == PHASED
    assert any(reason.startswith("Both are due by 2027-03-31") for reason in phased["reasons"])
    assert not any(
        reason.startswith("Both are due") for reason in ask(small, case(4, 4, 4, gates=gates)).json["reasons"]
    )


def test_the_gate_that_is_due_first_is_told_first(small: ClauseGraph):
    gates = (Gate("contract", "9001", DAY), Gate("permit", "14001", DAY.replace(year=2026)))
    assert ask(small, case(0, 0, gates=gates)).json["reasons"][0].startswith("A permit asks for ISO 14001 by 2026")


def test_dates_put_the_certificates_in_an_order(small: ClauseGraph):
    gates = (Gate("contract", "14001", DAY), Gate("tender", "9001", DAY.replace(year=2028)))
    values = ask(small, case(4, 0, gates=gates)).json
    assert (values["answer"], values["order"]) == (PHASED, "14001")
    assert values["sentence"] == "Build one system; the certificate for ISO2:2030 comes first, then ISO1:2030."


def test_nothing_known_is_undecided_with_what_to_find_out_first(small: ClauseGraph):
    report = ask(small, Case())
    assert report.json["answer"] == UNDECIDED
    assert len(report.json["possible"]) == 5
    deciding = report.json["deciding"]
    assert deciding[0]["what"].startswith("Does any contract, tender, permit or group policy")
    assert {entry["id"] for entry in deciding[1:]} == {criterion.id for criterion in CRITERIA}
    assert all(entry["find"] for entry in deciding)


def test_an_unnamed_certificate_is_what_to_ask_about_first(small: ClauseGraph):
    report = ask(small, case(3, 1, gates=(Gate("tender", "unknown"),)))
    assert report.json["answer"] == UNDECIDED
    assert report.json["deciding"][0]["what"] == "Which standard does a tender mean?"
    missing = ask(small, case(3, 1, gates=(Gate("tender", "both"),)))
    assert missing.json["answer"] == PHASED
    missing = ask(small, case(3, 1, 4, gates=(Gate("tender", "both"),)))
    assert missing.json["deciding"][0]["what"] == "By when does a tender ask for it?"


def test_what_would_decide_is_told_score_by_score_neighbours_together(small: ClauseGraph):
    told = case(3, 1).with_given("law", score=None, weight=10)
    rows = {row.id.partition("-")[2]: row.cells[2] for row in ask(small, told).table("deciding").rows}
    assert rows["gate"] == "decides at once"
    assert rows["law"] == ("0 to 3: 9001 first", f"4: {PHASED}")


def test_unknown_reads_as_unknown_and_not_as_a_number(small: ClauseGraph):
    rows = {row.id: row.cells for row in ask(small, case(None, 0)).table("criteria").rows}
    assert rows["faults"][2] == "unknown"
    assert rows["law"][2] == "0"
    assert rows[CAPACITY][3] is None


def test_coverage_is_told_both_ways_by_name(small: ClauseGraph):
    report = ask(small, Case())
    assert [(entry["by"], entry["of"]) for entry in report.json["coverage"]] == [(A, B), (B, A)]
    # 6.1.2 of the second nobody has looked at: it may have a counterpart, and is not told as having none.
    assert [entry["unassessed"] for entry in report.json["coverage"]] == [["6.1.2"], []]
    assert [[one["number"] for one in left] for left in report.json["uncovered"]] == [["8.2"], ["8.2", "8.3"]]
    assert report.json["asymmetry"].startswith(
        "Which way round leaves the shorter list is not known: nobody has looked at 1 of ISO2:2030. "
    )


def test_where_all_was_looked_at_the_shorter_list_is_told(small: ClauseGraph):
    looked = relation(A, B, "* no-relationship 6.1.2", name="n#one")
    library = evolve(small.library, relations=(*small.library.relations, looked))
    told = ask(ClauseGraph(library), Case()).json["asymmetry"]
    assert told.startswith("Either way round 2 leaf clauses have no counterpart. ")


def test_effort_comes_only_from_the_users_own_hours_as_a_range(small: ClauseGraph):
    assert ask(small, Case()).json["effort"] is None
    hours = (Hours("Review", "both", 8, 16), Hours("Aspects", "14001", 40, 80), Hours("Design", "9001", 10, 20))
    report = ask(small, Case(hours=hours))
    assert report.json["effort"]["alone"] == {"9001": {"low": 18, "high": 36}, "14001": {"low": 48, "high": 96}}
    assert report.json["effort"]["together"] == {"low": 58, "high": 116}
    assert report.json["effort"]["added"]["14001"] == {"low": 40, "high": 80}
    assert "effort" in [table.name for table in report.tables]


def test_what_is_doubtful_is_remarked(small: ClauseGraph):
    told = evolve(
        case(3, 1).with_given("faults", evidence=""),
        gates=(Gate("permit", "14001", DAY),),
        held=(Certificate("9001", until=DAY),),
    )
    said = " ".join(ask(small, told, DAY.replace(year=2028)).notes)
    assert "Scores without evidence: Faults are costly." in said
    assert "The date 2027-03-31 of a permit is past." in said
    assert "The certificate for ISO 9001 (edition not told) ended on 2027-03-31" in said
    assert "is past" not in " ".join(ask(small, told, DAY).notes)


def test_other_standards_are_refused(small: ClauseGraph):
    with pytest.raises(UsageError, match="no criteria for ISO3; choose weighs two of ISO 9001, ISO 14001"):
        analyse(small, Question((A, C)))
    with pytest.raises(UsageError, match="choose weighs ISO 9001 against ISO 14001; name an edition of ISO 14001, too"):
        analyse(small, Question((A, C), Case()))


def test_shuffling_the_library_changes_nothing(small: ClauseGraph):
    again = ask(ClauseGraph(shuffle(small.library, Random(4))), case(3, None))
    assert again == ask(small, case(3, None))


@pytest.mark.parametrize("told", [Case(), case(3, 1), case(3, 3), case(0, 0, gates=(Gate("permit", "14001"),))])
def test_the_real_answer_ranks_nothing_promises_nothing_and_has_no_percentage(told: Case):
    keys = ("iso9001-2015", "iso14001-2015")
    report = analyse(shipped(keys), Question(keys, told))
    text = " ".join(terminal.export(report, 4000).decode().split())
    assert not re.search(r"\d\s*(%|per ?cent)", text)
    assert "neither standard is better than the other" in text
    assert "Nothing here promises a certificate or a saving" in text
    assert "6.1.2" in text
    assert "Environmental aspects" in text
    weights = [row.cells[3] for row in report.table("criteria").rows if row.id != CAPACITY]
    assert all(isinstance(weight, int) for weight in weights)


def test_a_library_without_criteria_says_so_and_answers_the_other_questions(small: ClauseGraph):
    bare = ClauseGraph(evolve(small.library, criteria=()))
    with pytest.raises(UnsuitedError, match=r"nothing that could be weighed \(choose\.yaml\)"):
        ask(bare, case(3, None))
    keys = tuple(standard.key for standard in bare.standards)
    assert set(Answers(small, keys)) - set(Answers(bare, keys)) == {"choose"}


def test_what_is_weighed_comes_from_the_library(small: ClauseGraph):
    quality, environment = candidates(CRITERIA).values()
    own = (
        Criterion("good", "It is good", "How good is it?", "not at all", "very", "Try.", "9001", quality),
        Criterion("green", "It is green", "How green is it?", "not at all", "very", "Look.", "14001", environment),
        Criterion("capacity", "People", "Are there people?", "none", "many", "Count them."),
    )
    told = Case(given={"good": Given(4), "green": Given(0), "capacity": Given(1)}, criteria=())
    answer = ask(ClauseGraph(evolve(small.library, criteria=own)), told).answer
    assert answer.answer == FIRST["9001"]
    assert [weighed.criterion.title for weighed in answer.criteria] == ["It is good", "It is green", "People"]
    assert any("it is good (4 of 4)" in reason for reason in answer.reasons)
