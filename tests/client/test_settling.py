from __future__ import annotations

from functools import partial
from pathlib import Path

from imsmap.client import history, register, settling
from imsmap.reasoning.groups import grouped
from imsmap.register.cells import Key, Value
from imsmap.register.questions import SHEET, Questions, questions
from tests.building import graph, relation, standard

A, B = "iso1-2030", "iso2-2030"
WATCHING, HEARING = f"{A}:4.1#watching", f"{B}:4.2#hearing"
TOGETHER = f"equal:{WATCHING}"


def asked(*, equal: bool, core: bool = True) -> Questions:
    """Give the questions of two standards, of which points are equal or not, and share a core point or not."""
    found = graph(
        standard(A, {"4": None, "4.1": ["=issues", "+watching"]}),
        standard(B, {"4": None, "4.1": ["=issues" if core else "+issues"], "4.2": ["+hearing"]}),
        relations=[relation(A, B, "4.1#watching equal-to 4.2#hearing @9")] if equal else [],
    )
    return questions(grouped(found, (A, B)))


def went_out(asked: Questions) -> dict[Key, Value]:
    return {Key(SHEET, point, "question"): question.id for point, question in asked.of.items()}


def test_what_a_dissolved_question_said_goes_to_its_points_and_is_told_in_counts(tmp_path: Path) -> None:
    before, now = asked(equal=True), asked(equal=False)
    assert before.of[HEARING].id == TOGETHER
    cells: dict[Key, Value] = {
        Key(SHEET, TOGETHER, "owner"): "Ann",
        Key(SHEET, TOGETHER, "evidence"): "Minutes",
        Key(SHEET, TOGETHER, "link:evidence"): "https://intranet.example/7",
        Key(SHEET, HEARING, "owner"): "Bob",
        Key(SHEET, "core:issues", "owner"): "Eve",
    }
    with register.writing(tmp_path, "2031-02-03", "Eve") as writer:
        writer.commit("import", cells)
        told = settling.settle(writer, lambda: now, lambda: went_out(before))
        assert told == (
            "3 answers of 1 question that standards no longer share went to 2 requirements of which it was said, too"
        )
        after = dict(writer.cells)
        assert settling.settle(writer, lambda: now, lambda: went_out(now)) == ""
        writer.undo()
        assert writer.cells == cells
    assert history.entries(tmp_path)[1].about["counts"] == {"answers": 3, "questions": 1, "points": 2}
    link = "link:evidence"
    assert [now.effective(after, point, "owner") for point in (WATCHING, HEARING)] == ["Ann", "Bob"]
    assert [now.effective(after, point, "evidence") for point in (WATCHING, HEARING)] == ["Minutes", "Minutes"]
    assert after[Key(SHEET, WATCHING, link)] == after[Key(SHEET, HEARING, link)] == cells[Key(SHEET, TOGETHER, link)]
    assert after[Key(SHEET, "core:issues", "owner")] == "Eve"


def test_a_core_point_that_a_standard_no_longer_instantiates_leaves_its_answers_there() -> None:
    before, now = asked(equal=True), asked(equal=True, core=False)
    place = Key(SHEET, "core:issues", "owner")
    found = settling.dissolved({place: "Eve"}, now, went_out(before))
    assert now.effective(found.cells, f"{B}:4.1#issues", "owner") == "Eve"
    assert now.effective(found.cells, f"{A}:4.1#issues", "owner") == "Eve"
    assert found.answers == 1


def test_answers_whose_row_is_nowhere_are_told_with_their_place() -> None:
    shown = {Key(SHEET, WATCHING, "text"): "Watch"}
    gone = {Key(SHEET, f"{A}:9.9#gone", "owner"): "Ann", Key(SHEET, f"{A}:9.9#gone", "gap"): "Much"}
    others: dict[Key, Value] = {
        Key(SHEET, WATCHING, "owner"): "Eve", Key("own:Notes", "1", "A"): "mine", Key(SHEET, "@sheet", "over:H1"): "x",
        Key("documents", "none", "owner"): "on a sheet that this workbook does not have",
        Key("archive", f"{A}:9.9#gone", "gap"): "Much",
    }  # fmt: skip
    shown[Key("archive", f"{A}:9.9#gone gap", "value")] = "Much"
    assert settling.unseen(others, shown, asked(equal=True), str) == ""
    assert settling.unseen(gone | others, shown, asked(equal=True), lambda key: f"{key.row}, {key.field}") == (
        f"answers in 1 row that no workbook has now are kept in the register: {A}:9.9#gone, gap"
    )


def test_answers_of_a_standard_that_a_workbook_leaves_out_are_counted_and_not_named_as_gone() -> None:
    shown = {Key(SHEET, WATCHING, "text"): "Watch"}
    away: dict[Key, Value] = {Key(SHEET, f"away:{number}#x", "owner"): "Ann" for number in ("4.1", "4.2")}
    gone: dict[Key, Value] = {Key(SHEET, f"{A}:9.9#gone", "gap"): "Much"}
    left_out = "answers in 2 rows are kept in the register and not in this workbook, as it leaves out ISO 5:2030"
    told = partial(settling.unseen, shown=shown, questions=asked(equal=True), away={"away": "ISO 5:2030"})
    assert told(away, say=str) == left_out
    assert told(away | gone, say=lambda key: key.row) == (
        f"{left_out}; answers in 1 row that no workbook has now are kept in the register: {A}:9.9#gone"
    )
    assert told(gone, say=lambda key: key.row).startswith("answers in 1 row that no workbook has now")
