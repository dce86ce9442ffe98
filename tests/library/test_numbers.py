"""Numbers of clauses of any shape: read, placed in the standard's own order, under stated or dotted headings."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from imsmap.analyses.show import Question as ShowQuestion
from imsmap.analyses.show import analyse as show
from imsmap.cli.asking import bare_number
from imsmap.errors import DataError, ImsmapError
from imsmap.library.citations import Citation, Citations, cited
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import load
from imsmap.library.load.dumping import dump
from imsmap.library.model import is_number, number_key
from tests.fixtures import Answer

KEY = "iso93001-2030"
FILE = f"standards/{KEY}.yaml"
ORDER = ["4", "4.1", "4.1 b", "4.1 a", "REQ", "REQ-12", "REQ-2", "302-1", "302-10", "A", "A.5", "A.5.10", "A.5.9"]


@pytest.fixture
def root(mini_root: Path) -> Path:
    shutil.copytree(Path(__file__).parents[1] / "data/good/numbers", mini_root, dirs_exist_ok=True)
    return mini_root


@pytest.fixture
def controls(mini_root: Path) -> ClauseGraph:
    shutil.copytree(Path(__file__).parents[1] / "data/good/controls", mini_root, dirs_exist_ok=True)
    return ClauseGraph(load(mini_root, ["iso97001-2030"]))


def numbers(text: str, graph: ClauseGraph) -> str:
    return " ".join(ref.partition(":")[2] for ref in cited(Citations((Citation("iso97001-2030", text),)), graph).refs)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A.5.9", "A.5.9"), ("a5.9", "A.5.9"), ("A 5.9", "A.5.9"), ("A-5.9", "A.5.9"), ("Annex A 5.9", "A.5.9"),
        ("Annex A, 5.9", "A.5.9"), ("Annex A.5.9", "A.5.9"), ("Anhang A 5.9", "A.5.9"), ("control 5.9", "A.5.9"),
        ("Annex A control 5.1", "A.5.1"), ("Annex A", "A"), ("5.1", "5.1"), ("clause 5.1", "5.1"),
        ("Annex A 5.1, 5.2", "A.5.1 A.5.2"), ("controls 5.1 and 5.2", "A.5.1 A.5.2"), ("A.5.9, 5.10", "A.5.9 A.5.10"),
        ("A.5.1-5.10", "A.5.1 A.5.2 A.5.9 A.5.10"), ("A.5.1-2", "A.5.1 A.5.2"), ("A5.1 to A5.9", "A.5.1 A.5.2 A.5.9"),
        ("A.5.1 and clause 5.2", "A.5.1 5.2"), ("clause 5.1 and control 5.1", "5.1 A.5.1"),
        ("5.1 Rules for locks", "A.5.1"), ("5.1 Leading", "5.1"),
    ],
)  # fmt: skip
def test_a_control_is_known_however_people_write_it_and_never_taken_for_a_clause(
    text: str, found: str, controls: ClauseGraph
) -> None:
    assert numbers(text, controls) == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("5.9", "no clause 5.9 in ISO 97001:2030; did you mean A.5.9?"),
        ("A.5.1, 5.2", "5.2 behind A.5.1 may be the clause 5.2 or the control A.5.2; write A.5.2 for the control"),
        ("B.5.9", "no clause B.5.9 in ISO 97001:2030"),
    ],
)
def test_a_number_that_may_be_a_control_is_asked_for(text: str, told: str, controls: ClauseGraph) -> None:
    with pytest.raises(ImsmapError, match=re.escape(told)):
        numbers(text, controls)


def test_a_clause_tells_which_control_its_annex_prints_under_its_number(controls: ClauseGraph) -> None:
    assert show(controls, ShowQuestion("iso97001-2030:5.1")).answer.not_control == (
        "Not the control A.5.1 Rules for locks, which its annex prints as 5.1."
    )
    assert not show(controls, ShowQuestion("iso97001-2030:4.1")).answer.not_control


@pytest.mark.parametrize("text", [*ORDER, "8.5.1", "4.1(a)", "Annex A", "7/3", "é1"])
def test_a_number_may_have_any_shape(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize(
    "text", ["", " 4", "4 ", "4..1", "4:1", "4#1", "4.1,4.2", "Scope", "4;5", "4=P", "4\n1", "1" * 31]
)
def test_what_would_be_taken_apart_or_hides_no_digit_is_no_number(text: str) -> None:
    assert not is_number(text)


def test_clauses_stand_in_the_order_of_the_standard(root: Path) -> None:
    graph = ClauseGraph(load(root))
    assert [clause.number for clause in graph.clauses(KEY)] == ORDER
    refs = [f"{KEY}:{number}" for number in ORDER]
    assert list(graph.in_order(reversed(refs))) == refs
    assert [clause.number for clause in graph.children(f"{KEY}:4.1")] == ["4.1 b", "4.1 a"]


def test_a_heading_is_stated_or_follows_from_the_dots(root: Path) -> None:
    graph = ClauseGraph(load(root))
    assert graph.line(f"{KEY}:4.1 a") == ("4.1 a", "4.1", "4")
    assert graph.line(f"{KEY}:A.5.9") == ("A.5.9", "A.5", "A")
    assert graph.line(f"{KEY}:302-1") == ("302-1",)
    assert [leaf.number for leaf in graph.leaves_under(f"{KEY}:REQ")] == ["REQ-12", "REQ-2"]
    assert graph.main(f"{KEY}:REQ-2") == "REQ"
    assert not graph.is_leaf(f"{KEY}:4.1")


def test_without_the_standard_numbers_are_sorted_by_their_figures_and_words() -> None:
    numbers = ["A.5.10", "302-10", "REQ-12", "9.3", "4.1 b", "10.1", "A.5.9", "4.1 a", "302-2", "REQ-2", "4.1"]
    assert sorted(numbers, key=number_key) == [
        "4.1", "4.1 a", "4.1 b", "9.3", "10.1", "302-2", "302-10", "A.5.9", "A.5.10", "REQ-2", "REQ-12",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["93001:req-12", "ISO 93001:2030, REQ-12", "93001 REQ-12", "iso93001-2030:REQ-12"])
def test_people_may_ask_for_such_a_clause(imsmap: Callable[..., Answer], root: Path, typed: str) -> None:
    found = json.loads(imsmap("show", typed, "--format", "json", mappings=root).out)
    assert (found["clause"], found["parent"]) == (f"{KEY}:REQ-12", "REQ")


def test_a_letter_after_a_blank_is_part_of_the_number(imsmap: Callable[..., Answer], root: Path) -> None:
    found = json.loads(imsmap("show", "93001:4.1 A#outside", "--format", "json", mappings=root).out)
    assert [point["id"] for point in found["points"]] == [f"{KEY}:4.1 a#outside"]
    assert "did you mean REQ-12" in imsmap("show", "93001:REQ-13", mappings=root).err


def faults(root: Path, old: str, new: str) -> list[str]:
    path = root / FILE
    text = path.read_text("utf-8")
    assert old in text, "the case does not fit the file"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataError) as caught:
        load(root)
    return [problem.message for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("parent: REQ\n", "parent: RAQ\n", "no clause RAQ above REQ-12; did you mean REQ?"),
        ("- number: REQ\n", "- number: REQ\n    parent: REQ-2\n", "the headings above REQ lead back to it: REQ-2"),
        (
            "- number: A.5\n",
            "- number: A.6\n",
            "clause A.5.10 has no parent A.5; add it or correct the number; `parent`",
        ),
        ("- number: REQ\n", "- number: 'REQ: 1'\n", "'REQ: 1' is no clause number"),
    ],
)
def test_a_heading_that_is_not_there_is_told(root: Path, old: str, new: str, told: str) -> None:
    assert any(told in line for line in faults(root, old, new))


def test_a_dotted_number_may_stand_for_itself(root: Path) -> None:
    path = root / FILE
    text = path.read_text("utf-8").replace("- number: A.5\n", "- number: A.5\n    parent: ''\n")
    path.write_text(text.replace("  - number: A\n    title: Controls\n", ""), "utf-8")
    assert ClauseGraph(load(root)).main(f"{KEY}:A.5.9") == "A.5"
    before = next(standard for standard in load(root).standards if standard.key == KEY)
    path.write_text(dump(before), "utf-8")
    assert before in load(root).standards


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("8.2", "8.2"), ("§ 8.2", "8.2"), ("clause 8.2.", "8.2"), ("A.5.9", "A.5.9"), ("a5.9", "A.5.9"),
        ("Annex A 5.9", "A.5.9"), ("annex A, 5.9", "A.5.9"), ("control 5.9", "A.5.9"), ("control A.5.9", "A.5.9"),
        ("9001 8.2", None), ("calibration", None),
    ],
)  # fmt: skip
def test_a_number_alone_is_asked_of_every_standard(text: str, number: str | None) -> None:
    assert bare_number(text.split(" ")) == number
