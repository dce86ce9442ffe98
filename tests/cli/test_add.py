"""`imsmap add`: a list in Excel is in the matrix in one command, and gone again in another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import MINI
from tests.fixtures import Answer

ROWS = """\
Number,Title,Requirement,Belongs to,Relation
1,Tins,Count tins.,91001:8.2,intersects-with
2,Why,Find out.,issues,
"""
Run = Callable[..., Answer]


@pytest.fixture
def run(imsmap: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Give a project with a list beside it, and run commands in it."""

    def one(*words: str) -> Answer:
        return imsmap(*words, mappings=MINI)

    assert one("new", "job", "--client", "Smith", "90001", "91001").code == 0
    monkeypatch.chdir("job")
    Path("smith rules.csv").write_text(ROWS, "utf-8")
    return one


def kept() -> dict[str, bytes]:
    """Give the files that a person or a command keeps, but for the history."""
    files = [path for path in Path().rglob("*") if path.is_file() and "history" not in path.parts]
    return {path.as_posix(): path.read_bytes() for path in files if not path.name.startswith(".")}


def test_a_list_is_in_the_matrix_after_one_command_and_undo_takes_it_back(run: Run):
    before = kept()
    answer = run("add", "smith rules.csv", "--date", "2031-01-01")
    assert answer.code == 0
    assert "smith rules (smith-rules): 2 requirements in 2 clauses; 1 are core points, 1 have a relation" in answer.out
    assert "among the standards of imsmap.toml now: smith-rules" in answer.out
    matrix = run("matrix", "--format", "csv").out
    assert "Tins" in matrix
    assert "added smith rules.csv: smith-rules" in run("history").out
    assert run("check", "--date", "2031-01-01").code == 0
    again = run("add", "smith rules.csv", "--date", "2031-01-01")
    assert "brings nothing new" in again.out
    assert "the files of the project are as before" in run("undo").out
    assert kept() == before


def test_with_a_problem_nothing_is_added(run: Run):
    before = kept()
    Path("smith rules.csv").write_text(ROWS.replace("8.2", "8.9"), "utf-8")
    before = kept()
    answer = run("add", "smith rules.csv")
    assert answer.code == 1
    assert "smith rules.csv:2: Belongs to: '91001:8.9' is no core point, topic or clause" in answer.out
    assert answer.out.endswith("1 problem; nothing was added\n")
    assert kept() == before


def test_a_dry_run_only_says_what_would_come(run: Run):
    before = kept()
    answer = run("add", "smith rules.csv", "--dry-run")
    assert "nothing was added; the same without --dry-run adds it" in answer.out
    assert kept() == before


def test_a_standard_may_be_added_aside(run: Run):
    run("add", "smith rules.csv", "--aside")
    assert "smith-rules" not in Path("imsmap.toml").read_text("utf-8")
    assert "Tins" in run("show", "smith-rules:1").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name one file"), (("a", "b"), "name one file"), (("--template", "a.csv"), "name it a.xlsx"),
        (("--template", "a.xlsx", "--aside"), "with nothing else"), (("none.csv",), "there is no such file"),
    ],
)  # fmt: skip
def test_wrong_use_is_told(run: Run, words: tuple[str, ...], said: str):
    answer = run("add", *words)
    assert answer.code != 0
    assert said in answer.err


def test_the_form_is_written_and_says_how_to_go_on(run: Run):
    answer = run("add", "--template")
    assert Path("requirements.xlsx").read_bytes()[:2] == b"PK"
    assert "then: imsmap add requirements.xlsx" in answer.err


def test_outside_of_a_project_it_says_where_to_go(imsmap: Run, tmp_path: Path):
    (tmp_path / "x.csv").write_text(ROWS, "utf-8")
    answer = imsmap("add", str(tmp_path / "x.csv"), mappings=MINI)
    assert answer.code == 2
    assert "belongs to no client's project" in answer.err


LAW = """\
Number,Title,Obligation,Law,Who evaluates,Next evaluation
L-1,Air,Measure.,Air Act,Ann,2031-01-01
L-2,Noise,Be quiet.,Noise Act,,
"""


def test_a_legal_register_shows_what_is_overdue_and_the_file_again_brings_what_changed(run: Run):
    Path("law.csv").write_text(LAW, "utf-8")
    answer = run("add", "law.csv", "--date", "2031-01-01")
    assert "2 cells of the register filled" in answer.out
    told = run("check", "--date", "2031-03-01").out
    assert "law, L-1: the evaluation of compliance was due on 2031-01-01 (Ann)" in told
    assert "law, L-2: no date says when compliance is evaluated next" in told
    assert "1 of 2 obligations that apply should have been evaluated before 2031-03-01" in told
    Path("law.csv").write_text(
        LAW.replace("2031-01-01", "2032-01-01").replace(",Noise Act,,", ",Noise Act,,2032-01-01"), "utf-8"
    )
    assert "2 cells of the register filled" in run("add", "law.csv", "--date", "2031-03-02").out
    assert "0 of 2 obligations that apply should" in run("check", "--date", "2031-03-03").out
    run("undo")
    assert "1 of 2 obligations that apply should" in run("check", "--date", "2031-03-03").out
