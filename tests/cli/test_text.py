"""Licensed text stays in the project: shown there, and nothing that quotes it goes out unless that is asked for."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import MINI
from tests.fixtures import Answer

Command = Callable[..., Answer]
A, B = "iso90001-2030", "iso91001-2030"
DAY = ("--date", "2031-01-02")
QUOTE = "the gardener shall water each of the blue flowers before sunrise"
COPY = f"""\
ISO 90001:2030(E)
4.1 Understanding the context
On Sundays {QUOTE}, unless **it** rains.
NOTE Rain is wet.
8.2.1
Oil it.
9.9.9 Not Ours
Nothing.
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept") / "smith"


@pytest.fixture
def project(imsmap: Command, monkeypatch: pytest.MonkeyPatch, kept: Path) -> Command:
    """Make a project of the small library in which a copy is kept, and go into its folder."""

    def command(*words: object) -> Answer:
        return imsmap(*words, mappings=MINI)

    if not kept.exists():
        assert command("new", "smith", "--client", "Smith", A, B).code == 0
        Path("copy.txt").write_text(COPY, "utf-8")
        monkeypatch.chdir("smith")
        answer = command("text", "add", "../copy.txt")
        assert answer.code == 0, answer.err
        Path("said.txt").write_text(answer.out, "utf-8")
        monkeypatch.chdir("..")
        shutil.copytree("smith", kept)
    else:
        shutil.copytree(kept, "smith")
    monkeypatch.chdir("smith")
    return command


def note(text: str) -> None:
    """Write a note as if it had come back in a workbook."""
    head = {"imsmap": 1, "sheet": "requirements"}
    row = {"row": f"{A}:8.1#planned", "field": "client_note", "value": text}
    Path("register/requirements.jsonl").write_text(f"{json.dumps(head)}\n{json.dumps(row)}\n", "utf-8")


def test_a_copy_is_kept_where_git_leaves_it_alone_and_told_in_counts(project: Command) -> None:
    assert Path("said.txt").read_text("utf-8") == (
        "ISO 90001:2030: text of 2 clauses (2 new) is in licensed/, which .gitignore names: it stays here.\n"
        "2 of 3 leaf clauses have text; without: 8.1.\n"
        "Left out, as no clause of the library: 9.9.9 Not Ours.\n"
        "See it: imsmap show iso90001-2030:4.1 --text\n"
    )
    ignored = Path(".gitignore").read_text("utf-8")
    assert "/licensed/\n*contains-licensed-text*\n" in ignored
    assert "ISO 90001:2030: 2 of 3 leaf clauses, " in project("text", "list").out


def test_a_new_project_has_its_gitignore_from_the_beginning_and_what_stands_in_it_stays(project: Command) -> None:
    assert project("new", "other", "--client", "X", A, B).code == 0
    assert "/licensed/\n" in Path("other/.gitignore").read_text("utf-8")
    Path(".gitignore").write_text("output", "utf-8")
    Path("more.txt").write_text("8.1 Planning and control\nPlan it.\n", "utf-8")
    answer = project("text", "add", "more.txt", "--standard", "90001")
    assert "text of 1 clause (1 new)" in answer.out
    assert Path(".gitignore").read_text("utf-8").startswith("output\n#")
    assert "3 of 3 leaf clauses" in project("text", "list").out


def test_adding_the_same_again_changes_nothing_and_a_new_copy_only_its_clauses(project: Command) -> None:
    Path("more.csv").write_text("clause,text\n8.2.1,Oil it.\n4.1,Other.\n", "utf-8")
    assert "(0 new, 1 changed, 1 as before)" in project("text", "add", "more.csv", "--standard", A).out


def test_nothing_is_taken_from_a_copy_with_a_fault(project: Command) -> None:
    before = Path(f"licensed/{A}.json").read_bytes()
    Path("bad.csv").write_text("clause,text\n4.1,New.\n8.7,Hm.\n", "utf-8")
    answer = project("text", "add", "bad.csv", "--standard", A)
    assert answer.code == 1
    assert "bad.csv:3: 8.7 is no clause of ISO 90001:2030" in answer.err
    assert Path(f"licensed/{A}.json").read_bytes() == before


def test_a_file_that_does_not_say_whose_text_it_is_is_asked_for_it(project: Command) -> None:
    Path("copy.csv").write_text("clause,text\n4.1,New.\n", "utf-8")
    answer = project("text", "add", "copy.csv")
    assert (answer.code, "--standard 9001:2015" in answer.err) == (2, True)
    Path("copy.pdf").write_bytes(b"%PDF-1.7")
    assert "a PDF keeps letters at places and no text" in project("text", "add", "copy.pdf").err


def test_the_text_is_shown_beside_the_points_and_in_no_file(project: Command) -> None:
    answer = project("show", f"{A}:4.1", "--text")
    assert "On Sundays the gardener shall water" in answer.out
    assert "unless **it** rains" in answer.out
    assert "licensed text, not to be passed on" in answer.out
    assert "gardener" in project("show", f"{A}:4", "--text", "--all").out
    assert "gardener" not in project("show", f"{A}:4.1").out
    for words in (("-o", "x.json"), ("--format", "json"), ("-o", "x.txt")):
        refused = project("show", f"{A}:4.1", "--text", *words)
        assert (refused.code, "writes it nowhere" in refused.err) == (2, True)
    assert "has no text of ISO 90001:2030, 8.1" in project("show", f"{A}:8.1", "--text").err
    assert "--text needs a standard" in project("show", "8.2", "--text").err


def test_outside_of_a_project_there_is_no_text(imsmap: Command) -> None:
    for words in (("text", "list"), ("show", f"{A}:4.1", "--text")):
        answer = imsmap(*words, mappings=MINI)
        assert (answer.code, "belongs to no client's project" in answer.err) == (2, True)


@pytest.mark.slow
def test_a_note_that_quotes_the_text_stops_the_build_with_its_cell_until_it_is_allowed(project: Command) -> None:
    note(f"As they say: {QUOTE.upper()}!")
    answer = project("build", "--variant", "workbook", *DAY)
    assert answer.code == 1
    assert "nothing was handed out" in answer.err
    assert "Smith_v1-workbook.xlsx, Requirements!" in answer.err
    assert (
        "11 words of the licensed text of ISO 90001:2030, 4.1: “the gardener shall water each of the blue" in answer.err
    )
    assert not list(Path("output").glob("v*"))
    answer = project("build", "--variant", "workbook", *DAY, "--allow-quotes")
    assert answer.code == 0, answer.err
    assert "as you allowed" in answer.err
    assert list(Path("output").glob("v*/*.xlsx"))
    note("In my own words.")
    answer = project("build", "--variant", "workbook", *DAY)
    assert answer.code == 0, answer.err
    changes = openpyxl.load_workbook(max(Path("output").glob("v*/*.xlsx")))["Changes"]
    said = [cell.value for row in changes for cell in row]
    assert "In my own words." in said
    assert "(a quote of licensed text, left out)" in said


def test_check_tells_the_row_of_a_note_that_quotes_the_text(project: Command) -> None:
    assert project("check", *DAY).code == 0
    note(QUOTE)
    answer = project("check", *DAY)
    assert answer.code == 1
    assert "Quotes of licensed text: 1" in answer.out
    assert "register/requirements.jsonl:2: Requirements, ISO 90001:2030, 8.1, planned, " in answer.out


def test_own_mapping_data_that_quote_the_text_are_told_with_their_line_and_go_out_in_nothing(project: Command) -> None:
    text = (MINI / "standards" / f"{B}.yaml").read_text("utf-8").replace("iso91001-2030", "own-2030")
    text = text.replace("ISO 91001:2030", "Own 2030").replace('family: "91000"\n', "")
    text += f"""\
  - number: 8.9
    title: Ours
    topic: widgets
    points:
      - id: own
        adds: Own
        text: >
          And {QUOTE[:19]}
          {QUOTE[19:]}.
"""
    Path("mappings/standards").mkdir(parents=True)
    Path("mappings/standards/own-2030.yaml").write_text(text, "utf-8")
    answer = project("check", *DAY)
    assert "Quotes of licensed text: 1" in answer.out, answer.out + answer.err
    line = 1 + text.splitlines().index(f"          And {QUOTE[:19]}")
    assert f"own-2030.yaml:{line}: 11 words" in answer.out
    for path in ("mappings", "mappings/standards/own-2030.yaml"):
        answer = project("check", path, *DAY)
        assert (answer.code, f"own-2030.yaml:{line}: 11 words" in answer.out) == (1, True), answer.out
    for words in (
        ("show", "Own 2030:8.9", "-o", "x.json"),
        ("show", "Own 2030:8.9", "--format", "csv"),
        ("show", "Own 2030:8.9", "-o", "x.xlsx"),
    ):
        refused = project(*words)
        assert (refused.code, "11 words of the licensed text" in refused.err) == (1, True), refused.err
    assert not list(Path().glob("x.*"))
    assert project("show", "Own 2030:8.9", "-o", "x.json", "--allow-quotes").code == 0


def test_a_copy_can_be_removed_whole_or_clause_by_clause(project: Command) -> None:
    assert "the text of 1 clause is removed" in project("text", "remove", A, "8.2.1").out
    assert "has none of 8.1" in project("text", "remove", A, "8.1").err
    assert "the text of 1 clause is removed" in project("text", "remove", A).out
    assert not list(Path("licensed").iterdir())
    assert "No licensed text is kept" in project("text", "list").out
    answer = project("text", "remove", A)
    assert (answer.code, "there is no licensed text of iso90001-2030" in answer.err) == (2, True)


def test_a_kept_copy_that_somebody_spoilt_is_told(project: Command) -> None:
    Path(f"licensed/{A}.json").write_text("{}", "utf-8")
    answer = project("text", "list")
    assert (answer.code, f"licensed/{A}.json: is no licensed text as imsmap keeps it" in answer.err) == (1, True)


@pytest.mark.slow
def test_what_is_handed_out_holds_none_of_the_text(project: Command) -> None:
    assert project("build", "--variant", "workbook", *DAY).code == 0
    (path,) = Path("output").glob("v*/*.xlsx")
    book = openpyxl.load_workbook(path)
    said = " ".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value)
    assert "gardener" not in said


@pytest.mark.slow
def test_a_workbook_with_the_text_is_made_on_demand_and_says_so_wherever_it_goes(project: Command) -> None:
    answer = project("build", "--with-text", *DAY)
    assert answer.code == 0, answer.err
    (path,) = Path("output").glob("v*/*.xlsx")
    assert path.as_posix() == (
        "output/v1-workbook-contains-licensed-text/Smith_v1-workbook-contains-licensed-text.xlsx"
    )
    book = openpyxl.load_workbook(path)
    told = "Contains licensed text: not to be passed on"
    assert told in [cell.value for row in book["Cover"] for cell in row]
    for sheet in book:
        if sheet.sheet_state == "visible":
            assert told in str(sheet.oddFooter.left.text), sheet.title
    sheet = book["Licensed text"]
    rows = [[cell.value for cell in row if cell.value is not None] for row in sheet]
    assert [
        f"{A}:4.1",
        "Q",
        "ISO 90001:2030, 4.1 Understanding the context",
        COPY.splitlines()[2] + "\nNOTE Rain is wet.",
    ] in rows
    assert sheet["A1"].value is None
    # Without the flag it is another workbook, and again without the text.
    assert project("build", "--variant", "workbook", *DAY).code == 0
    assert "Licensed text" not in openpyxl.load_workbook(next(Path("output").glob("v1-workbook/*.xlsx"))).sheetnames
    assert "holds just this already" in project("build", "--with-text", *DAY).out


def test_nothing_of_the_text_gets_into_the_project_when_such_a_workbook_comes_back(project: Command) -> None:
    assert project("build", "--with-text", *DAY).code == 0
    (path,) = Path("output").glob("v*/*.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["Licensed text"]
    for row in sheet:
        for cell in row:
            if cell.value and QUOTE in str(cell.value):
                cell.value = f"{cell.value} and so on"
    copy = book.copy_worksheet(sheet)
    copy.title = "My copy"
    copy.delete_cols(1)
    plain = book.create_sheet("Plain")
    plain["B2"] = "Mine"
    book.save("back.xlsx")
    answer = project("import", "back.xlsx")
    assert answer.code == 0, answer.err
    assert "Licensed text: holds licensed text, and nothing of it was taken" in answer.out + answer.err
    held = b"".join(
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for folder in ("register", "history", "snapshots")
        for path in Path(folder).rglob("*")
        if path.is_file()
    )
    assert b"Mine" in held
    assert b"gardener" not in held


@pytest.mark.slow
def test_an_import_tells_at_once_that_notes_quote_the_text(project: Command) -> None:
    assert project("build", "--variant", "workbook", *DAY).code == 0
    (path,) = Path("output").glob("v*/*.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Ours")
    sheet["B2"] = QUOTE
    book.save("back.xlsx")
    answer = project("import", "back.xlsx")
    assert answer.code == 0, answer.err
    assert "licensed text is quoted in the answers, in 1 cell; imsmap check says where" in answer.err


def test_a_workbook_with_text_needs_some(project: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert project("text", "remove", A).code == 0
    answer = project("build", "--with-text", *DAY)
    assert (answer.code, "no licensed text of these standards is kept" in answer.err) == (2, True)
    monkeypatch.chdir("..")
    answer = project("build", A, B, "--with-text", *DAY)
    assert (answer.code, "licensed text is kept in a client's project" in answer.err) == (2, True)


@pytest.mark.parametrize("suffix", ["pdf", "pptx"])
def test_what_a_picture_shows_is_looked_at_whatever_file_it_becomes(project: Command, suffix: str) -> None:
    assert project("picture", "columns", A, B, "-o", "x.svg", *DAY).code == 0
    said = re.search(r"<desc[^>]*>(.*?)</desc>", Path("x.svg").read_text("utf-8"), re.DOTALL)
    assert said is not None
    Path("more.csv").write_text(f'clause,text\n8.1,"{said[1]}"\n', "utf-8")
    assert project("text", "add", "more.csv", "--standard", A).code == 0
    answer = project("picture", "columns", A, B, "-o", f"y.{suffix}", *DAY)
    assert (answer.code, f"y.{suffix}" in answer.err) == (1, True), answer.err
    assert not list(Path().glob("y.*"))
    assert project("picture", "columns", A, B, "-o", f"y.{suffix}", *DAY, "--allow-quotes").code == 0
