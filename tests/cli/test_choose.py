from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from imsmap.client import register
from imsmap.client.deciding import case_in
from imsmap.decision.rules import Given
from imsmap.readers.decision import read_case
from tests.choosing import CRITERIA
from tests.fixtures import Answer
from tests.returned import written

Command = Callable[..., Answer]
GATE = '[[gates]]\nkind = "contract"\nnames = "9001"\ndate = 2027-03-31\nevidence = "Framework contract"\n'


@pytest.fixture
def of_two(imsmap: Command, two_standards: Path) -> Command:
    """Run a command as if there were no other standards than the two to choose from."""
    return partial(imsmap, mappings=two_standards)


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("".join(f"{line}\n" for line in lines).encode())))


def test_the_template_is_filled_in_and_answered(of_two: Command):
    assert of_two("choose", "--template", "choose.toml").code == 0
    answer = of_two("choose", "choose.toml", "--format", "json")
    found = json.loads(answer.out)
    assert (answer.code, found["analysis"], found["version"], found["answer"]) == (0, "choose", 1, "undecided")
    assert of_two("choose", "--template").out == Path("choose.toml").read_text("utf-8")


def test_a_file_with_a_gate_is_decided_by_it(of_two: Command):
    Path("choose.toml").write_text(GATE, "utf-8")
    answer = of_two("choose", "choose.toml")
    assert answer.code == 0
    assert "9001 first" in answer.out
    assert "Framework contract" in answer.out


def test_bad_answers_are_told_all_at_once(of_two: Command):
    Path("choose.toml").write_text("[criteria.law]\nscore = 7\nweight = -2\n[criteria.weather]\nscore = 1\n", "utf-8")
    answer = of_two("choose", "choose.toml")
    assert (answer.code, answer.out) == (1, "")
    for said in (
        "choose.toml:2: law: a score",
        "choose.toml:3: law: a weight",
        "choose.toml:4: no criterion weather",
        "3 problems",
    ):
        assert said in answer.err


@pytest.mark.parametrize("text", ["", "\n"])
def test_an_empty_file_is_told(of_two: Command, text: str):
    Path("choose.toml").write_text(text, "utf-8")
    answer = of_two("choose", "choose.toml")
    assert (answer.code, answer.out) == (1, "")
    assert "choose.toml: holds no answers; imsmap choose --template writes a file to fill in" in answer.err


def test_a_template_never_overwrites_answers(of_two: Command):
    Path("choose.toml").write_text(GATE, "utf-8")
    assert of_two("choose", "choose.toml", "--template").code == 0
    assert Path("choose.toml").read_text("utf-8") == GATE
    assert Path("choose (2).toml").is_file()


def test_asked_in_the_terminal_it_answers_as_from_the_file_that_it_saves(
    of_two: Command, monkeypatch: pytest.MonkeyPatch
):
    gates = ["y", "9002", "9001", "soon", "2027-03-31", "Framework contract", "n", "n", "n"]
    held = ["n", "y", "2015", "2028-05-31", "No. 7"]
    scores = ["7", "3", "Two of three", *[""] * 11, "2", "Anna"]
    weights = ["lawn", "law", "11", "5", ""]
    typed(monkeypatch, *gates, *held, *scores, *weights)
    asked = of_two("choose", "--save", "kept.toml", "--format", "json")
    assert asked.code == 0, asked.err
    for said in (
        "9002 is none of them",
        "soon is no date",
        "7 is no whole number from 0 to 4",
        "did you mean law",
        "11 is no whole",
    ):
        assert said in asked.err
    found = json.loads(asked.out)
    assert found["answer"] == "one system, certificates phased"
    by_id = {entry["id"]: entry for entry in found["criteria"]}
    assert (by_id["customers-9001"]["score"], by_id["customers-9001"]["evidence"]) == (3, "Two of three")
    assert (by_id["law"]["score"], by_id["law"]["weight"]) == (None, 5)
    assert of_two("choose", "kept.toml", "--format", "json").out == asked.out


def test_stopped_half_way_it_keeps_nothing(of_two: Command, monkeypatch: pytest.MonkeyPatch):
    typed(monkeypatch, "n")
    answer = of_two("choose", "--save", "kept.toml")
    assert (answer.code, answer.out) == (1, "")
    assert not Path("kept.toml").exists()


def test_a_workbook_holds_the_sheet_whose_formulas_answer(of_two: Command):
    Path("choose.toml").write_text(GATE, "utf-8")
    assert of_two("choose", "choose.toml", "-o", "decision.xlsx", "--date", "2026-11-25").code == 0
    sheet = openpyxl.load_workbook("decision.xlsx")["Decision"]
    found = {row[1].value: row[2].value for row in sheet.iter_rows(min_row=3, max_row=8)}
    assert str(found["Answer"]).startswith("=IF(")
    values = openpyxl.load_workbook("decision.xlsx", data_only=True)["Decision"]
    assert {row[1].value: row[2].value for row in values.iter_rows(min_row=3, max_row=8)}["Answer"] == "9001 first"


@pytest.mark.slow
def test_the_sheet_of_a_project_comes_back_over_its_file(of_two: Command, monkeypatch: pytest.MonkeyPatch):
    assert of_two("new", "job", "--client", "Harbour Coatings", "9001", "14001").code == 0
    monkeypatch.chdir("job")
    Path("choose.toml").write_text(
        '[[gates]]\nkind = "contract"\nnames = "9001"\ndate = 2027-03-31\nevidence = "Order 4"\n'
        '[held.14001]\nedition = "2015"\n[criteria.faults]\nscore = 4\nweight = 5\n[criteria.law]\nscore = 2\n',
        "utf-8",
    )
    assert of_two("build", "--variant", "workbook").code == 0
    [out] = Path("output").glob("*/*.xlsx")
    unchanged = of_two("import", str(out))
    assert "nothing changed" in unchanged.out, unchanged.out + unchanged.err

    said: dict[str, dict[str, str | int | None]] = {
        "gate-contract": {"Answer": None, "Date": None, "Evidence": None}, "held-14001": {"Answer": "no"},
        "faults": {"Answer": 1, "Weight": None}, "law": {"Answer": None}, "aspects": {"Answer": 4, "Evidence": "Stack"},
    }  # fmt: skip
    Path("back.xlsx").write_bytes(written(out.read_bytes(), "Decision", said, beside="Weight"))
    came = of_two("import", "back.xlsx")
    assert "9 cells changed, 0 new rows, 0 conflicts" in came.out
    assert "nothing changed" in of_two("import", "back.xlsx").out
    case = case_in(Path(), register.read(Path()).cells, CRITERIA)
    assert (case.gates, case.held) == ((), ())
    assert (case.of("faults"), case.of("law")) == (Given(1), Given())
    assert case.of("aspects") == Given(4, evidence="Stack")
    assert of_two("undo").code == 0
    assert case_in(Path(), register.read(Path()).cells, CRITERIA) == read_case(Path("choose.toml"), CRITERIA)


def test_answers_given_in_a_project_are_kept_there_and_asked_for_once(of_two: Command, monkeypatch: pytest.MonkeyPatch):
    assert of_two("new", "job", "--client", "Harbour Coatings", "9001", "14001").code == 0
    monkeypatch.chdir("job")
    typed(monkeypatch, "y", "9001", "2027-03-31", "Contract 7", *[""] * 40)
    first = of_two("choose")
    assert (first.code, "9001 first" in first.out) == (0, True)
    assert "are kept in the project" in first.err
    assert read_case(Path("choose.toml"), CRITERIA).gates[0].evidence == "Contract 7"
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    again = of_two("choose")
    assert again.out == first.out
    assert "the answers are the project's, from its choose.toml" in again.err


def test_answers_given_elsewhere_are_kept_where_a_person_says(of_two: Command, monkeypatch: pytest.MonkeyPatch):
    typed(monkeypatch, "y", "9001", "2027-03-31", "Contract 7", *[""] * 40)
    assert of_two("choose").code == 0
    assert "Contract 7" in Path("choose.toml").read_text("utf-8")


@pytest.mark.slow
def test_an_edition_that_is_replaced_is_told_in_the_answer_and_not_beside_it(imsmap: Command):
    Path("choose.toml").write_text(GATE, "utf-8")
    answer = imsmap("choose", "choose.toml", "--date", "2026-11-25")
    told = " ".join(answer.out.split())
    assert "ISO 14001:2026 (2026-04-15) replaces ISO 14001:2015: aim at the newer" in told
    assert answer.err == ""
    # What it counts is counted on the edition that it names.
    values = json.loads(imsmap("choose", "choose.toml", "--date", "2026-11-25", "--format", "json").out)
    counted, aimed = values["coverage"], {entry["edition"] for entry in values["aims"]}
    assert "ISO 14001:2026" in aimed
    assert {f"ISO {entry['of'].removeprefix('iso').replace('-', ':')}" for entry in counted} == aimed
    before = imsmap("choose", "choose.toml", "--date", "2026-04-01")
    assert "ISO 14001:2026 will replace ISO 14001:2015 (2026-04-15)" in " ".join(before.out.split())


@pytest.mark.slow
@pytest.mark.parametrize(("one", "other"), [("9001", "45001"), ("50001", "27001")])
def test_any_two_that_have_criteria_are_weighed_whichever_is_named_first(imsmap: Command, one: str, other: str):
    assert imsmap("choose", one, other, "--template", "two.toml").code == 0
    found = json.loads(imsmap("choose", "two.toml", "--format", "json").out)
    assert {*found["sides"]} == {*found["pulls"]} == {one, other}
    assert {criterion["side"] for criterion in found["criteria"]} == {one, other, None}
    assert found == json.loads(imsmap("choose", other, one, "two.toml", "--format", "json").out)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("9001", "22301"),
            "there are no criteria for ISO 22301:2019; choose weighs two of ISO 9001, ISO 14001, ",
        ),
        (("9001", "9001"), "9001 is there twice"),
        (("9001:2015", "9001:2026"), "ISO 9001:2015 and ISO 9001:2026 are editions of one standard"),
        (("9001", "45002"), "45002"),
        (("9001",), "9001: choose weighs one standard against another; name two"),
        (("one.toml", "two.toml"), "one.toml and two.toml are two files; give one"),
        (("gate.toml", "9001", "45001"), "gate.toml weighs 9001 against 14001; name no others"),
    ],
)
def test_what_can_not_be_weighed_is_told_in_the_last_line(imsmap: Command, words: tuple[str, ...], said: str):
    Path("gate.toml").write_text(GATE, "utf-8")
    answer = imsmap("choose", *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err.splitlines()[-1]


def test_a_project_weighs_its_first_two_standards_that_have_criteria(imsmap: Command):
    assert imsmap("new", ".", "--client", "Smith", "22301", "45001", "9001").code == 0
    template = imsmap("choose", "--template").out
    assert 'standards = ["9001", "45001"]' in template
    Path("choose.toml").write_text(template.replace('score = "unknown"', "score = 4", 3), "utf-8")
    found = json.loads(imsmap("choose", "--format", "json").out)
    assert [*found["sides"]] == ["9001", "45001"]
