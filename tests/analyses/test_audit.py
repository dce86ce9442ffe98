from __future__ import annotations

from random import Random
from typing import Any

import pytest
from attrs import evolve

from imsmap.analyses.audit import MANY, Question, analyse
from imsmap.analyses.audit.part import in_full, only
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import AuditQuestion
from imsmap.report import NOTHING, reads
from tests.fixtures import shuffle
from tests.once import shipped

A, B, C = "iso1-2030", "iso2-2030", "iso3-2030"
GROUPS = ("4.1", "6.1", "aspects", "8.1", "design", "emergency", "9.1")


@pytest.fixture
def asked(small: ClauseGraph) -> ClauseGraph:
    """The small library with a question for each of its groups."""
    questions = tuple(
        AuditQuestion(group, f"Why {group}?", f"Signs of {group}.", f"Papers on {group}.", "tester", 0.8, "invented")
        for group in GROUPS
    )
    return ClauseGraph(evolve(small.library, audit_questions=questions))


def rows(graph: ClauseGraph, *keys: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in analyse(graph, Question(keys)).json["questions"]}


def test_each_group_is_a_row_with_its_question_asked_once(asked: ClauseGraph):
    report = analyse(asked, Question((A, B)))
    assert [row.id for row in report.table("audit").rows if not row.heading] == list(GROUPS)
    assert [row["question"] for row in report.json["questions"]] == [f"Why {group}?" for group in GROUPS]
    assert report.message == "7 questions; 4 of them are asked once for more than one standard"


def test_main_clauses_head_the_rows_and_are_never_scored(asked: ClauseGraph):
    table = analyse(asked, Question((A, B))).table("audit")
    assert [row.id for row in table.rows if row.heading] == ["main-4", "main-6", "main-8", "main-9"]
    assert all(cell is None for row in table.rows if row.heading for cell in row.cells[2:])


def test_what_a_standard_adds_is_what_the_row_does_not_ask_of_all(asked: ClauseGraph):
    row = rows(asked, A, B)["4.1"]
    assert [entry["core"] for entry in row["common"]] == ["issues"]
    assert row["adds"] == {
        A: [{"text": "The watching", "point": f"{A}:4.1#watching"}],
        B: [{"text": "The nature", "point": f"{B}:4.1#nature"}],
    }


def test_a_core_point_that_one_of_them_lacks_is_an_addition_of_the_others(asked: ClauseGraph):
    standards = [
        evolve(s, clauses=tuple(evolve(c, points=c.points[:1]) if c.number == "6.1" else c for c in s.clauses))
        if s.key == A
        else s
        for s in asked.library.standards
    ]
    row = rows(ClauseGraph(evolve(asked.library, standards=tuple(standards))), A, B)["6.1"]
    assert [entry["core"] for entry in row["common"]] == ["risks"]
    assert row["adds"][A] == []
    assert [entry["text"] for entry in row["adds"][B]] == ["Do actions (iso2-2030)."]


def test_only_a_standard_with_a_point_in_the_row_gets_a_verdict_there(asked: ClauseGraph):
    found = rows(asked, A, B)
    assert found["8.1"]["letters"] == "QE"
    assert found["aspects"]["letters"] == "E"
    # The emergencies of one and the sales of the other are tied so weakly that neither belongs to the other.
    assert found["emergency"]["letters"] == "E"
    assert found["emergency"]["also"][A] == []


def test_the_clauses_of_each_standard_are_cited_and_what_is_only_touched_says_see(asked: ClauseGraph):
    table = analyse(asked, Question((A, B))).table("audit")
    keys = [column.key for column in table.columns]
    cells = {row.id: dict(zip(keys, row.cells, strict=True)) for row in table.rows}
    assert (reads(cells["4.1"][A]), reads(cells["4.1"][B])) == ("4.1", "4.1")
    assert reads(cells["design"][A]) == "8.2\n8.3\n8.4"
    assert cells["emergency"][A] is NOTHING
    assert cells["aspects"][A] is NOTHING


def test_what_is_touched_names_the_points_that_carry_the_tie_and_no_reasoned_none(asked: ClauseGraph):
    from tests.building import graph, relation

    ties = [
        relation(A, B, "8.4#buying intersects-with 8.1#outsourcing @6", name="buying"),
        relation(A, B, "8.3#designing no-relationship 8.1#controlled", name="nothing"),
    ]
    built = graph(*asked.library.standards, relations=ties)
    tied = ClauseGraph(evolve(built.library, audit_questions=asked.library.audit_questions))
    row = rows(tied, A, B)["design"]
    (clause,) = row["also"][B]
    assert (clause["number"], [point["text"] for point in clause["touched"]]) == ("8.1", ["The outsourcing"])
    line = next(line for line in analyse(tied, Question((A, B))).table("audit").rows if line.id == "design")
    assert "see 8.1: The outsourcing" in [reads(cell) for cell in line.cells]


def test_what_is_asked_for_and_where_to_look_are_told_apart(asked: ClauseGraph):
    table = analyse(asked, Question((A, B))).table("audit")
    keys = [column.key for column in table.columns]
    cells = {row.id: dict(zip(keys, row.cells, strict=True)) for row in table.rows}
    assert (cells["9.1"]["documented"], cells["9.1"]["evidence"]) == (
        ("record (QE): Proof of measured",),
        "Papers on 9.1.",
    )
    assert (cells["4.1"]["documented"], cells["4.1"]["evidence"]) == (
        ("document (Q): Proof of issues",),
        "Papers on 4.1.",
    )
    assert (cells["6.1"]["documented"], cells["6.1"]["evidence"]) == (NOTHING, "Papers on 6.1.")


def long() -> ClauseGraph:
    """Build two standards in one row, of which the first adds much in three clauses."""
    from tests.building import graph, standard

    much = standard(
        A,
        {
            "8.3": [f"+draw{number}" for number in range(MANY)],
            "8.4": ["+build", "+test"],
            "8.5": ["+ship"],
        },
        topics=dict.fromkeys(("8.3", "8.4", "8.5"), "design"),
        documented={"draw1": "retain", "ship": "retain"},
    )
    little = standard(
        B,
        {"8.3": ["+save"], "8.6": ["+spare"]},
        topics=dict.fromkeys(("8.3", "8.6"), "design"),
        discipline="environment",
    )
    question = AuditQuestion("design", "Who draws?", "Drawings.", "Plans.", "tester", 0.8, "invented")
    return ClauseGraph(evolve(graph(much, little).library, audit_questions=(question,)))


def test_what_a_standard_adds_at_length_goes_on_clause_by_clause_with_a_verdict_for_each():
    report = analyse(long(), Question((A, B)))
    keys = [column.key for column in report.table("audit").columns]
    cells = {row.id: dict(zip(keys, row.cells, strict=True)) for row in report.table("audit").rows if not row.heading}
    assert list(cells) == ["design", f"{A}:8.4", f"{A}:8.5"]
    assert [row["letters"] for row in cells.values()] == ["QE", "Q", "Q"]
    assert [row["question"] for row in cells.values()] == ["Who draws?", "as for Design", "as for Design"]
    assert [reads(row[A]) for row in cells.values()] == ["8.3", "8.4", "8.5"]
    assert [reads(row[B]) for row in cells.values()] == ["8.3\n8.6", "none", "none"]
    assert [len(row[f"adds_{A}"]) for row in cells.values()] == [MANY, 2, 1]
    assert reads(cells["design"][f"adds_{B}"]) == "The save\nThe spare"
    assert [reads(row["documented"]) for row in cells.values()] == [
        "record (Q): Proof of draw1",
        "none",
        "record (Q): Proof of ship",
    ]
    assert cells[f"{A}:8.4"]["topic"] == "Clause 8.4"
    # For a program it stays one question.
    assert [len(row["adds"][A]) for row in report.json["questions"]] == [MANY + 3]


def test_a_question_that_goes_on_is_asked_in_full_where_the_line_that_it_goes_on_from_is_not_there():
    report = analyse(long(), Question((A, B)))
    alone = in_full(report, {f"{A}:8.5"}).table("audit")
    asked = {row.id: row.cells[3:5] for row in alone.rows if not row.heading}
    assert asked[f"{A}:8.5"] == ("Who draws?", "Drawings.")
    assert in_full(report, report.answer.lines) == report
    session = only(report, {f"{A}:8.4"}, "Session 1").table("audit")
    assert [row.cells[3] for row in session.rows if not row.heading] == ["Who draws?"]


def test_a_group_without_a_question_stays_open_and_is_counted(asked: ClauseGraph):
    fewer = evolve(asked.library, audit_questions=asked.library.audit_questions[1:])
    report = analyse(ClauseGraph(fewer), Question((A, B)))
    assert report.message.endswith("1 group still wants its question")
    row = next(row for row in report.table("audit").rows if row.id == "4.1")
    assert row.cells[3] is None
    assert reads(row.cells[-4]) == "document (Q): Proof of issues"
    assert row.cells[-3] is None


def test_a_checklist_for_one_standard_works_alone(asked: ClauseGraph):
    found = rows(asked, C)
    assert set(found) == {"4.1", "emergency"}
    assert found["4.1"]["adds"] == {C: []}
    assert found["emergency"]["adds"] == {C: [{"text": "The burning", "point": f"{C}:8.2#burning"}]}


def test_shuffling_the_library_changes_nothing(asked: ClauseGraph):
    before = analyse(asked, Question((A, B, C)))
    assert analyse(ClauseGraph(shuffle(asked.library, Random(5))), Question((A, B, C))) == before


@pytest.fixture(scope="module")
def real() -> ClauseGraph:
    return shipped(("iso9001-2015", "iso14001-2015"))


def test_no_real_line_holds_more_than_a_page_takes(real: ClauseGraph):
    keys = ("iso9001-2015", "iso14001-2015")
    report = analyse(real, Question(keys))
    places = [place for place, column in enumerate(report.table("audit").columns) if column.kind == "list"]
    lines = [row.cells[place] for row in report.table("audit").rows if not row.heading for place in places]
    assert max(len(cell) for cell in lines if isinstance(cell, tuple)) <= MANY
    ids = [row.id for row in report.table("audit").rows]
    assert len(ids) == len(set(ids))
    assert {"iso9001-2015:8.3.6", "iso9001-2015:8.5.6"} <= set(ids)


def test_every_point_of_the_real_standards_is_audited_once(real: ClauseGraph):
    keys = ("iso9001-2015", "iso14001-2015")
    found = rows(real, *keys)
    for key in keys:
        own = [entry["point"] for row in found.values() for entry in row["adds"][key]]
        own += [ref for row in found.values() for one in row["several"] for ref in one["points"].get(key, ())]
        cores = [entry["core"] for row in found.values() if row["clauses"][key] for entry in row["common"]]
        held = [(ref, point.core) for ref, point in real.points(leaf.ref for leaf in real.leaves(key))]
        assert len(own) == len(set(own))
        assert len(cores) == len(set(cores))
        assert all(ref in own or core in cores for ref, core in held)
        assert {clause["ref"] for row in found.values() for clause in row["clauses"][key]} == {
            leaf.ref for leaf in real.leaves(key)
        }


def test_no_real_row_lacks_its_question_and_none_is_named_general_alone(real: ClauseGraph):
    found = rows(real, "iso9001-2015", "iso14001-2015").values()
    assert all(row["question"] and row["look_for"] and row["evidence"] for row in found)
    assert "General" not in {row["title"] for row in found}
    assert next(row for row in found if row["id"] == "9.3.1")["title"] == "Management review: General"


def test_review_in_one_clause_is_audited_where_the_others_have_it(real: ClauseGraph):
    found = rows(real, "iso9001-2015", "iso14001-2015")
    for group in ("9.3.1", "9.3.2", "9.3.3"):
        assert found[group]["letters"] == "QE"
        assert [clause["number"] for clause in found[group]["clauses"]["iso14001-2015"]] == ["9.3"]
    added = [entry["text"] for entry in found["9.3.3"]["adds"]["iso14001-2015"]]
    assert {"Conclusions on whether the EMS is still fit", "Decisions on resources"} <= set(added)


@pytest.mark.slow
def test_a_clause_that_states_its_home_is_audited_there_whatever_core_points_it_holds(real: ClauseGraph):
    found = rows(real, "iso9001-2015", "iso14001-2015")
    assert "external-products-services" in [entry["core"] for entry in found["external-provision"]["common"]]
    added = [entry["point"] for entry in found["8.1"]["adds"]["iso9001-2015"]]
    assert [point for point in added if point.startswith("iso9001-2015:8.4")] == []


EDITIONS = ("iso9001-2015", "iso9001-2026")


def test_what_two_editions_both_ask_is_told_once():
    graph = shipped(EDITIONS)
    report = analyse(graph, Question(EDITIONS))
    row = rows(graph, *EDITIONS)["7.3"]
    assert row["several"] == [
        {
            "text": "Awareness of the quality objectives",
            "points": {key: [f"{key}:7.3#awareness-objectives"] for key in EDITIONS},
        }
    ]
    assert row["adds"]["iso9001-2015"] == []
    assert [one["text"] for one in row["adds"]["iso9001-2026"]] == [
        "Awareness of quality culture",
        "Awareness of ethical behaviour",
    ]
    table = report.table("audit")
    place = next(place for place, column in enumerate(table.columns) if column.title == "Both add")
    cells = {line.id: line.cells[place] for line in table.rows}
    assert cells["7.3"] == ("Awareness of the quality objectives",)
    # Where a question goes on clause by clause, the other edition's row says where that is.
    assert cells["iso9001-2015:8.5.4"] == ("Preservation of outputs",)
    assert cells["iso9001-2026:8.5.4"] == ("as Q15 8.5.4",)


def test_what_some_of_three_standards_both_ask_is_told_once_with_their_letters():
    keys = (*EDITIONS, "iso14001-2026")
    report = analyse(shipped(keys), Question(keys))
    table = report.table("audit")
    place = next(place for place, column in enumerate(table.columns) if column.title == "Several of them add")
    (row,) = (line for line in table.rows if line.id == "4.2")
    assert row.cells[place] == (
        "Q15 Q26: Parties judged by their bearing on products and services",
        "Q15 Q26: Monitoring and review of parties and their requirements",
        "Q26 E: Decide which requirements of interested parties the system is to deal with.",
    )


def test_where_two_disciplines_ask_alike_each_says_it_in_its_own_words():
    keys = ("iso14001-2015", "iso45001-2018")
    found = rows(shipped(keys), *keys)["internal-communication"]
    assert "EMS information across levels and functions / OHSMS information across levels and functions" in [
        one["text"] for one in found["several"]
    ]


def test_standards_of_which_none_asks_what_another_does_have_no_column_for_it(asked: ClauseGraph):
    assert not {"Both add", "Several of them add"} & {
        column.title for column in analyse(asked, Question((A, B))).table("audit").columns
    }


def test_the_checklist_of_a_session_keeps_the_questions_about_its_clauses(asked: ClauseGraph):
    whole = analyse(asked, Question((A, B)))
    report = only(whole, {f"{A}:4.1"}, "Session 1")
    assert (report.title, [row.id for row in report.answer.questions]) == ("Session 1", ["4.1"])
    (row,) = report.answer.questions
    assert (row.verdicts, row.letters) == ((A,), "Q")
    assert [[clause.ref for clause in found] for found in row.clauses.values()] == [[f"{A}:4.1"], []]
    assert row.adds[B] == ()
    assert [row.id for row in report.table("audit").rows] == ["main-4", "4.1"]
    every = {c.ref for row in whole.answer.questions for found in row.clauses.values() for c in found}
    assert only(whole, every, whole.title).answer.questions == whole.answer.questions
