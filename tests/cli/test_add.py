"""`imsmap add`: a list in Excel is in the matrix in one command, and gone again in another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from imsmap.client import register
from imsmap.register.cells import Key
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
    found = {path.as_posix(): path.read_bytes() for path in files if not path.name.startswith(".")}
    # A command that writes takes marks that a person edited into the register first.
    return {name: content for name, content in found.items() if name != "register/processes.jsonl"}


def test_a_list_is_in_the_matrix_after_one_command_and_undo_takes_it_back(run: Run):
    before = kept()
    answer = run("add", "smith rules.csv", "--date", "2031-01-01")
    assert answer.code == 0
    assert "smith rules (smith-rules): 2 requirements in 2 clauses; 1 is a core point, 1 has a relation" in answer.out
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


# --- the file again, changed ----------------------------------------------------------------------------------------

LIST = """\
Number,Title,Requirement
1,Suppliers,Assess each supplier before the first order.
2,Packaging,Take packaging back from the customer free of charge.
3,Records,Keep records of every delivery for ten years.
"""
ROWS_OF = "requirements"


@pytest.fixture
def answering(run: Run) -> Run:
    """Give a project with a list whose requirements are answered, each with a process."""
    Path("rules.csv").write_text(LIST, "utf-8")
    assert run("add", "rules.csv").code == 0
    Path("processes.csv").write_text(
        "id,name,owner,clauses\nbuy,Buy,Ann,rules:1=P\nship,Ship,Bob,rules:2=P; rules:3=S\n", "utf-8"
    )
    with register.writing(Path(), "2031-01-01", "Ann") as writer:
        said = {
            Key(ROWS_OF, f"rules:{n}#requirement", field): f"{field} of {n}"
            for n in (1, 2, 3)
            for field in ("evidence", "gap")
        }
        writer.commit("import", {**writer.cells, **said})
    return run


def evidence() -> dict[str, str]:
    cells = register.read(Path()).cells
    return {key.row: str(value) for key, value in cells.items() if key.field == "evidence"}


def test_answers_follow_their_requirements_and_marks_with_them(answering: Run):
    before = kept()
    changed = LIST.replace("3,", "4,").replace("2,", "3,").replace("each supplier", "each new supplier")
    Path("rules.csv").write_text(changed + "2,Cash,Never pay in cash.\n", "utf-8")
    answer = answering("add", "rules.csv")
    assert answer.code == 0, answer.err
    assert "3 answered requirements followed: 3 carried, of them 1 to be reviewed, 0 archived" in answer.out
    assert evidence() == {
        "rules:1#requirement": "evidence of 1", "rules:3#requirement": "evidence of 2",
        "rules:4#requirement": "evidence of 3",
    }  # fmt: skip
    marks = Path("processes.csv").read_text("utf-8")
    assert "rules:3=P" in marks
    assert "rules:4=S" in marks
    assert answering("check").code == 0
    answering("undo")
    assert {name: content for name, content in kept().items() if name != "rules.csv"} == {
        name: content for name, content in before.items() if name != "rules.csv"
    }


def test_very_many_standards_come_beside_those_of_the_project(run: Run):
    rows = "".join(f"K{number}:1\tskos:exactMatch\tHub:1\n" for number in range(20))
    Path("many.sssom.tsv").write_text(f"subject_id\tpredicate_id\tobject_id\n{rows}", "utf-8")
    before = kept()
    answer = run("add", "many.sssom.tsv")
    assert answer.code == 2
    assert "many.sssom.tsv brings 21 standards" in answer.err
    assert kept() == before
    assert run("add", "many.sssom.tsv", "--aside").code == 0


def test_a_stop_before_processes_csv_is_written_is_made_good_by_the_next_command(answering: Run):
    path = Path("processes.csv")
    before = path.read_bytes()
    # No process of the list could be read any more: rules:2 and rules:3 are gone.
    Path("rules.csv").write_text(LIST.replace("3,", "5,").replace("2,", "4,"), "utf-8")
    assert answering("add", "rules.csv").code == 0
    after = path.read_bytes()
    assert b"rules:4=P; rules:5=S" in after
    path.write_bytes(before)
    assert answering("history").code == 0
    assert path.read_bytes() == after
    assert answering("check").code == 0
    answering("undo")
    assert path.read_bytes() == before
    path.write_bytes(after)
    assert answering("history").code == 0
    assert path.read_bytes() == before


def test_what_is_gone_is_archived_and_comes_back_with_its_requirement(answering: Run):
    Path("rules.csv").write_text(LIST.partition("3,Records")[0], "utf-8")
    assert "2 carried" not in answering("add", "rules.csv").out
    assert register.read(Path()).cells[Key("archive", "rules:3#requirement", "evidence")] == "evidence of 3"
    Path("rules.csv").write_text(LIST, "utf-8")
    assert answering("add", "rules.csv").code == 0
    assert evidence()["rules:3#requirement"] == "evidence of 3"


def test_what_is_in_doubt_is_asked_and_nothing_is_done_until_somebody_says(answering: Run):
    Path("rules.csv").write_text(
        LIST.replace("Assess each supplier before the first order", "Never pay in cash"), "utf-8"
    )
    before = kept()
    answer = answering("add", "rules.csv")
    assert answer.code == 2
    assert "--same 1=1  if it is now: Never pay in cash." in answer.err
    assert "--gone 1  if nobody asks for it any more" in answer.err
    assert kept() == before
    assert answering("add", "rules.csv", "--gone", "1").code == 0
    assert register.read(Path()).cells[Key("archive", "rules:1#requirement", "evidence")] == "evidence of 1"
    answering("undo")
    assert answering("add", "rules.csv", "--same", "1=1").code == 0
    assert evidence()["rules:1#requirement"] == "evidence of 1"
    assert "such as --same 4.1=4.2" in answering("add", "rules.csv", "--same", "1").err


@pytest.mark.slow
def test_a_workbook_from_before_comes_back_after_it(answering: Run):
    assert answering("build", "--variant", "workbook", "--date", "2031-01-02", "-o", "out").code == 0
    (path,) = Path("out").rglob("*.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["Requirements"]
    keys = next(row for row in sheet.iter_rows(values_only=True) if str(row[0]).startswith("imsmap:"))
    row = next(row for row in sheet.iter_rows() if row[0].value == "rules:2#requirement")
    row[keys.index("gap")].value = "written by the client"
    book.save("back.xlsx")
    changed = LIST.replace("3,", "4,").replace("2,", "3,")
    Path("rules.csv").write_text(changed + "2,Cash,Never pay in cash.\n", "utf-8")
    assert answering("add", "rules.csv").code == 0
    told = answering("import", "back.xlsx").out
    assert "it went out before rules was brought anew: 1 cell followed its requirements" in told
    cells = register.read(Path()).cells
    assert cells[Key(ROWS_OF, "rules:3#requirement", "gap")] == "written by the client"
    assert Key(ROWS_OF, "rules:2#requirement", "gap") not in cells


def test_what_goes_out_comes_in_beside_ours_and_is_undone(run: Run):
    before = kept()
    assert run("export", "90001", "91001", "-o", "ours.sssom.tsv").code == 0
    answer = run("add", "ours.sssom.tsv")
    assert answer.code == 0
    assert "iso90001-2030 and iso91001-2030: 2 relations\n" in answer.out
    assert Path("mappings/relations/ours_iso90001-2030_iso91001-2030.yaml").is_file()
    assert run("check").code == 0
    assert run("undo").code == 0
    Path("ours.sssom.tsv").unlink()
    assert kept() == before


def test_a_file_of_which_nothing_can_be_taken_says_why(run: Run):
    Path("bad.sssom.tsv").write_text("subject_id\tpredicate_id\tobject_id\n1\t2\t3\n", "utf-8")
    answer = run("add", "bad.sssom.tsv")
    assert answer.code == 0
    assert "left out:\n  bad.sssom.tsv:2: line 2 subject_id '1' is no prefix with a name" in answer.out
    assert "bad.sssom.tsv brings nothing new; nothing was changed\n" in answer.out
