"""A client's project through the command line, as somebody would work with it who has never seen it."""

from __future__ import annotations

import getpass
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from imsmap import files
from imsmap.cli import projects
from imsmap.client import demo, processes
from imsmap.errors import OutputError
from tests import office, once
from tests.conftest import MINI
from tests.fixtures import ROOT, Answer
from tests.returned import written

Command = Callable[..., Answer]
A, B = "iso90001-2030", "iso91001-2030"
POINT = f"{A}:8.1#planned"
DAY = ("--date", "2031-01-02")
LONG_WAY = "papers/Our plan of what is done about risks and opportunities.docx"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder for the project that most tests begin with: made by the first, copied by the others."""
    return tmp_path_factory.mktemp("kept") / "smith"


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the shipped data with two standards alone, each in two editions."""
    keys = [f"{key}-{year}" for key in ("iso9001", "iso14001") for year in (2015, 2026)]
    return once.copied(tmp_path_factory.mktemp("editions") / "mappings", *keys)


@pytest.fixture
def project(imsmap: Command, monkeypatch: pytest.MonkeyPatch, kept: Path) -> Callable[..., Answer]:
    """Make a project of the small library with one process, go into its folder, and give the command."""

    def command(*words: object) -> Answer:
        return imsmap(*words, mappings=MINI)

    if not kept.exists():
        assert command("new", "smith", "--client", "Smith & Söhne", A, B).code == 0
        shutil.copytree("smith", kept)
    else:
        shutil.copytree(kept, "smith")
    monkeypatch.chdir("smith")
    with Path("processes.csv").open("a", encoding="utf-8") as file:
        file.write(f"make,Make,Ann,core,,,,,{A}:8.1=P\n")
    return command


def workbook() -> Path:
    """Give the newest workbook that was handed out."""
    return max(Path("output").glob("v*/*.xlsx"), key=lambda path: int(re.findall(r"\d+", path.parent.name)[0]))


def build(command: Command) -> Path:
    """Build the workbook; what the first build of a project makes is remembered for the next test that begins so."""
    before = frozenset(state().items())
    for name, content in _BUILT.get(before, {}).items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(content)
    if before not in _BUILT:
        answer = command("build", "--variant", "workbook", *DAY)
        assert answer.code == 0, answer.err
        if not _BUILT:  # one is enough, which nearly all begin with
            _BUILT[before] = state()
    return workbook()


_BUILT: dict[frozenset[tuple[str, bytes]], dict[str, bytes]] = {}


def places(sheet: Any) -> tuple[dict[str, int], dict[str, int]]:
    """Find a sheet's rows by id and columns by key."""
    mark = next(row for row in range(1, 20) if str(sheet.cell(row, 1).value or "").startswith("imsmap:"))
    rows = {sheet.cell(row, 1).value: row for row in range(mark + 2, sheet.max_row + 1)}
    columns = {sheet.cell(mark, column).value: column for column in range(2, sheet.max_column + 1)}
    return rows, columns


def cell(book: Any, sheet: str, row: str, field: str) -> Any:
    rows, columns = places(book[sheet])
    return book[sheet].cell(rows[row], columns[field])


def held(book: Any, sheet: str) -> dict[object, dict[object, object]]:
    """Read the rows of a sheet by id, each by the keys of its columns; of a workbook that is only read."""
    rows = list(book[sheet].iter_rows(values_only=True))
    keys = next(row for row in rows if str(row[0] or "").startswith("imsmap:"))
    return {row[0]: dict(zip(keys, row, strict=True)) for row in rows if row[0]}


MAIN = "main:8"


def filled(path: Path, values: dict[tuple[str, str, str], Any], name: str = "back.xlsx", change=lambda _: None) -> Path:
    """Write into a workbook as a person would, and save it under another name."""
    book = openpyxl.load_workbook(path)
    for place, value in values.items():
        cell(book, *place).value = value
    change(book)
    book.save(name)
    return Path(name)


def state() -> dict[str, bytes]:
    """Give every file of the project but the lock."""
    return {
        path.as_posix(): path.read_bytes() for path in Path().rglob("*") if path.is_file() and path.name != ".lock"
    }  # fmt: skip


def register() -> dict[tuple[str, str], Any]:
    """Read what the register holds of the sheet Requirements, as text."""
    found = {}
    for line in Path("register/requirements.jsonl").read_text("utf-8").splitlines()[1:]:
        record = json.loads(line)
        found[record["row"], record["field"]] = record["value"]
    return found


def test_new_makes_a_folder_that_says_what_to_do_next(imsmap: Command):
    answer = imsmap("new", "smith", "--client", "Smith Ltd", "9001:2015", "14001", "--paper", "a3")
    assert answer.code == 0
    assert answer.out.startswith("smith: Smith Ltd, ISO 9001:2015 and ISO 14001:2015\n")
    assert answer.out.endswith("Go on with\n  cd smith\n  imsmap build\n")
    text = Path("smith/imsmap.toml").read_text("utf-8")
    assert 'standards = ["iso9001-2015", "iso14001-2015"]' in text
    assert 'paper = "A3"' in text
    assert re.search(r'^project = "smith-ltd-[0-9a-f]{8}"', text, re.M)


def test_new_touches_no_folder_that_holds_anything(imsmap: Command):
    Path("full").mkdir()
    Path("full/a").touch()
    Path("file").touch()
    for name in ("full", "file"):
        answer = imsmap("new", name, "--client", "Smith", "9001")
        assert (answer.code, answer.out) == (1, "")
        assert f"{name}: holds something already, and nothing is touched" in answer.err
    assert sorted(path.as_posix() for path in Path().rglob("*")) == ["file", "full", "full/a"]


@pytest.mark.parametrize(
    "words",
    [("x",), ("x", "9001"), ("x", "--client", "Smith"), ("x", "--demo", "9001"), ("x", "--client", "S", "9002")],
)
def test_new_asks_for_what_it_needs(imsmap: Command, words: tuple[str, ...]):
    assert imsmap("new", *words).code == 2
    assert not Path("x").exists()


@pytest.mark.parametrize("words", [("import", "x.xlsx"), ("undo",), ("history",), ("import", "--conflicts")])
def test_outside_of_a_project_one_line_says_so(imsmap: Command, words: tuple[str, ...]):
    answer = imsmap(*words)
    assert (answer.code, answer.out) == (2, "")
    assert "belongs to no client's project" in answer.err
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ("import",),
        ("import", "--ours"), ("import", "--resolve"), ("import", "--conflicts", "a"),
        ("import", "--resolve", "--ours", "one"), ("import", "--conflicts", "--resolve", "--ours"),
    ],
)  # fmt: skip
def test_import_says_how_it_is_used(project: Command, words: tuple[str, ...]):
    assert project(*words).code == 2


@pytest.mark.slow
def test_the_demo_is_built_filled_and_checked(imsmap: Command, editions: Path, monkeypatch: pytest.MonkeyPatch):
    job = partial(imsmap, mappings=editions)
    assert job("new", "demo", "--demo").code == 0
    monkeypatch.chdir("demo")
    csv = Path("processes.csv").read_bytes()
    day = ("--date", demo.AS_OF.isoformat())
    answer = job("build", "--variant", "workbook", *day)
    assert answer.code == 0
    assert len(answer.err.splitlines()) == answer.err.count("; newer editions, ISO ") == 1
    assert answer.out.startswith("Version 1: 1 file in output")
    assert answer.out.endswith("Left out: sheet Changes: no answer has changed yet\n")
    book = openpyxl.load_workbook(workbook(), read_only=True)
    assert held(book, "Requirements")["core:issues"]["owner"] == "Marit Askelund, managing director"
    assert held(book, "Processes")["iso9001-2015:4.1"]["process:lead"] == "P"
    book.close()
    back = workbook().read_bytes()
    for sheet, row, field, value in (
        ("Processes", "iso9001-2015:7.1.6", "process:people", "P"),
        ("Documents", "core-audit-documented", "location", "documents/Z-041-compliance-evaluation-sheets.md"),
    ):
        back = written(back, sheet, {row: {field: value}}, beside=field)
    path = Path("back.xlsx")
    path.write_bytes(back)
    before = job("check")
    assert before.code == 1
    assert "register/documents.jsonl:11: there is no file 'documents/Z-042" in before.out
    assert "7.1.6 Organizational knowledge: no process answers for it" in before.out
    assert "processes.csv:8: Pack, store and deliver: has no owner" in before.out
    assert job("import", path).out.startswith("2 cells changed, 0 new rows, 0 conflicts, nothing discarded\n")
    after = job("check")
    assert after.code == 0
    told = "Still to do: 1 thing\n  Processes without an owner or a clause: 1\n"
    assert f"{told}    processes.csv:8: Pack, store and deliver: has no owner\n" in after.out
    assert job("undo").out.startswith("taken back: import of back.xlsx; 2 cells are as before, and processes.csv")
    assert Path("processes.csv").read_bytes() == csv


@pytest.mark.slow
@pytest.mark.usefixtures("coarse")
def test_build_makes_numbered_versions_of_everything_and_the_same_never_twice(project: Command):
    answer = project("build", *DAY)
    assert answer.code == 0
    assert answer.out.startswith("Version 1: ")
    assert "_v1.xlsx: the workbook; start with the sheet Dashboard\n" in answer.out
    assert "Left out: picture upset: upset draws four standards and more" in answer.out
    made = Path("output/v1")
    assert {path.suffix for path in made.iterdir() if path.is_file() and path.suffix} == {".xlsx", ".pptx", ".html"}
    assert {path.suffix for path in (made / "pictures").iterdir()} == {".svg", ".png", ".pdf", ".dot", ".pptx"}
    before = state()
    again = project("build", *DAY)
    assert again.out == f"{Path('output/v1')} holds just this already; nothing new was made\n"
    assert state() == before
    assert project("build", "--variant", "workbook", "--date", "2031-01-03").out.startswith("Version 1: ")
    assert {name: content for name, content in state().items() if name in before} == before
    shutil.rmtree("output/v1")
    assert project("build", "--variant", "workbook", "--date", "2031-01-04").out.startswith("Version 1: ")
    assert sorted(path.name for path in Path("output").iterdir()) == ["v1-workbook", "v1-workbook-2031-01-04"]


def test_questions_are_about_the_standards_of_the_project(project: Command):
    assert project("overlap", "--format", "json").out == project("overlap", A, B, "--format", "json").out
    assert project("documents").out != project("documents", B).out


@pytest.mark.slow
def test_what_a_client_writes_is_in_the_next_version(project: Command):
    def change(book: Any) -> None:
        cell(book, "Requirements", POINT, "status").comment = Comment("Sure?", "Eve")
        book.create_sheet("Our notes")["B2"] = "=1+1"
        sheet = book["Requirements"]
        sheet.cell(4, sheet.max_column + 1).value = "Plant"
        sheet.cell(places(sheet)[0][POINT], sheet.max_column).value = "Ulm"

    path = filled(
        build(project),
        {
            ("Requirements", POINT, "owner"): "Bob",
            ("Requirements", POINT, "status"): "Conforming",
            ("Processes", f"{B}:4.1", "process:make"): "s",
            ("Documents", "core-planned", "document"): "Plan",
            ("Documents", "core-planned", "location"): LONG_WAY,
        },
        change=change,
    )
    looked = project("import", path, "--dry-run")
    before = state()
    assert looked.out.startswith("nothing is written; the import would bring: ")
    assert state() == before
    answer = project("import", path)
    assert answer.code == 0
    assert answer.out.splitlines()[:2] == [
        "9 cells changed, 0 new rows, 1 new column, 1 new sheet, 1 comment, 0 conflicts, nothing discarded",
        "  the sheet 'Our notes' is kept with its values and formulas; its formats are not",
    ]
    assert looked.out.splitlines()[0] == f"nothing is written; the import would bring: {answer.out.splitlines()[0]}"
    assert "processes.csv has the marks of the sheet Processes now" in answer.err
    assert Path("processes.csv").read_text("utf-8-sig").endswith(f"{A}:8.1=P; {B}:4.1=S\n")
    again = project("import", path)
    assert again.out.startswith("back.xlsx was imported already (")
    second = openpyxl.load_workbook(build(project))
    assert workbook().parent.name == "v2-workbook"
    assert cell(second, "Requirements", POINT, "owner").value == "Bob"
    assert cell(second, "Requirements", POINT, "own:Plant").value == "Ulm"
    assert "Sure?" in cell(second, "Requirements", POINT, "status").comment.text
    place = cell(second, "Documents", "core-planned", "location")
    assert place.hyperlink.target.replace("\\", "/") == f"../../{LONG_WAY.replace(' ', '%20')}"
    # A link whose text has no room on one line is a formula, or LibreOffice would print its beginning alone.
    assert place.value == f'="{LONG_WAY}"'
    assert second["Our notes"]["B2"].value == "=1+1"
    changed = {tuple(cell.value for cell in row) for row in second["Changes"].iter_rows(min_row=5, min_col=5)}
    assert ("Requirements", "ISO 90001:2030, 8.1 · planned", "Owner", "none", "Bob") in changed
    untouched = project("import", filled(workbook(), {}, "anew.xlsx"))
    assert untouched.out.splitlines()[0] == "nothing in anew.xlsx is new; nothing changed"


@pytest.mark.slow
def test_a_heading_held_not_applicable_comes_back_and_is_told_where_the_standard_does_not_let_it_be(project: Command):
    first = build(project)
    back = {("Requirements", MAIN, "applies"): "n/a", ("Requirements", MAIN, "justification"): "No operation"}
    assert project("import", filled(first, back)).out.startswith("2 cells changed, ")
    assert register()[MAIN, "applies"] == "Not applicable"
    second = openpyxl.load_workbook(build(project), data_only=True)
    assert cell(second, "Requirements", MAIN, "justification").value == "No operation"
    assert cell(second, "Requirements", MAIN, "applies").value == "Not applicable"
    assert cell(second, "Requirements", POINT, "stands").value == "Not assessed"
    told = project("check", "--all")
    assert told.code == 1
    assert "requirements.jsonl:2: the main clause 8: ISO 90001:2030 does not let " in told.out


@pytest.mark.slow
def test_a_conflict_is_kept_shown_and_solved(project: Command):
    first = build(project)
    project("import", filled(first, {("Requirements", POINT, "owner"): "Ann", ("Requirements", POINT, "gap"): "one"}))
    theirs = {("Requirements", POINT, "owner"): "Bob", ("Requirements", POINT, "gap"): "two"}
    answer = project("import", filled(first, theirs, "second.xlsx"))
    told = answer.out.splitlines()
    assert told[0] == "0 cells changed, 0 new rows, 2 conflicts, nothing discarded"
    assert told[1].startswith("  back.xlsx, another copy of the same export, was imported before (entry 2); ")
    assert told[2].startswith("2 conflicts wait: ")
    assert register()[POINT, "owner"] == "Ann"
    assert "  register/conflicts.jsonl: 2 conflicts are open" in project("check").out
    shown = project("import", "--conflicts").out
    assert shown.startswith(
        f"1. Requirements, ISO 90001:2030, 8.1, planned, Gap ({POINT}, gap), from second.xlsx\n"
        "   it was: (empty)\n   ours:   one\n   theirs: two\n"
    )
    assert project("import", "--resolve", "--both", "1", "--dry-run").out == (
        "1 conflict (1) would be solved: both kept, one below the other\n"
    )
    assert project("import", "--resolve", "--both", "1").out.startswith("1 conflict (1) solved: both kept")
    assert project("import", "--resolve", "--theirs").out == "1 conflict (2) solved: theirs taken\n"
    assert (register()[POINT, "gap"], register()[POINT, "owner"]) == ("one\ntwo", "Bob")
    assert project("import", "--resolve", "--ours").out == "no conflict is open\n"
    assert project("import", "--resolve", "--ours", "1").code == 2
    assert project("import", "--conflicts").out == "no conflict is open\n"
    assert [line.split("  ")[-1] for line in project("history").out.splitlines()] == [
        "marks were edited in processes.csv: 1 cell", "import of back.xlsx: 2 cells",
        "import of second.xlsx: 0 cells, 2 conflicts", "conflicts solved: 1 (both)", "conflicts solved: 2 (theirs)",
    ]  # fmt: skip


def test_undo_restores_every_byte_and_history_tells(project: Command):
    first = build(project)
    before = {name: content for name, content in state().items() if name.startswith(("register/", "processes"))}
    project("import", filled(first, {("Requirements", POINT, "owner"): "Ann"}))
    answer = project("undo")
    assert answer.out == "taken back: import of back.xlsx; 1 cell is as before\n"
    after = {name: content for name, content in state().items() if name.startswith(("register/", "processes"))}
    del before["register/.state"], after["register/.state"]
    assert after == before
    assert "import of back.xlsx: 1 cell; taken back by 3\n" in project("history").out
    said = project("history", "--entry", "2").out
    number, _, words = POINT.partition(":")[2].partition("#")
    assert f", {number}, {words.replace('-', ' ')}, Owner ({POINT}, owner): (empty) -> 'Ann'" in said
    assert project("history", "--entry", "9").code == 2
    project("undo")
    nothing = project("undo")
    assert (nothing.code, nothing.out) == (1, "")
    assert "there is nothing to undo" in nothing.err


def test_a_person_edits_the_processes_in_the_file_and_undo_takes_that_back(project: Command):
    build(project)
    csv = Path("processes.csv")
    csv.write_bytes(csv.read_bytes().replace(b"8.1=P", b"8.1=S"))
    second = openpyxl.load_workbook(build(project))
    assert cell(second, "Processes", f"{A}:8.1", "process:make").value == "S"
    assert "taken back: marks were edited in processes.csv" in project("undo").out
    assert csv.read_text("utf-8-sig").endswith(f"{A}:8.1=P\n")


@pytest.mark.slow
def test_names_typed_over_empty_columns_are_processes_of_the_file_once(project: Command):
    csv = Path("processes.csv")
    csv.write_bytes(processes.draft())
    first = build(project)
    book = openpyxl.load_workbook(first)
    assert "write three names" in book["Processes"]["B2"].value
    heading = book["Processes"].cell(*place_of_heading(book, "process:process-1"))
    assert heading.value == "Process 1"

    def name(book: Any) -> None:
        book["Processes"].cell(*place_of_heading(book, "process:process-1")).value = "Purchasing"

    path = filled(first, {("Processes", f"{A}:8.1", "process:process-1"): "X"}, change=name)
    answer = project("import", path)
    assert answer.code == 0, answer.err
    assert "no mark" not in answer.out
    row = f"process-1,Purchasing,,,,,,,{A}:8.1=P\n"
    assert csv.read_text("utf-8-sig").endswith(row)
    csv.write_bytes(csv.read_bytes().replace(b"Purchasing", b"Buying"))
    second = openpyxl.load_workbook(build(project))
    assert second["Processes"].cell(*place_of_heading(second, "process:process-1")).value == "Buying"
    assert cell(second, "Processes", f"{A}:8.1", "process:process-1").value == "P"
    csv.write_bytes(processes.draft())
    build(project)
    assert "Purchasing" not in csv.read_text("utf-8-sig")


def place_of_heading(book: Any, field: str) -> tuple[int, int]:
    """Find where the heading of a column of the sheet Processes stands."""
    sheet = book["Processes"]
    column = places(sheet)[1][field]
    table = next(iter(sheet.tables.values()))
    return sheet[table.ref][0][0].row, column


@pytest.mark.slow
def test_a_process_table_that_is_open_elsewhere_hides_no_outcome_and_is_written_later(
    project: Command, monkeypatch: pytest.MonkeyPatch
):
    path = filled(build(project), {("Processes", f"{B}:4.1", "process:make"): "S"})
    put = files.put

    def shut(path: Path, content: bytes) -> None:
        if path.name == "processes.csv":
            raise OutputError(f"{path}: can't be written (in use)")
        put(path, content)

    with monkeypatch.context() as held:
        held.setattr(files, "put", shut)
        answer = project("import", path)
        assert (answer.code, answer.out.splitlines()[0][:15]) == (0, "1 cell changed,")
        assert "the marks are safe in the register, and the next command writes them into processes.csv" in answer.err
        assert "1 cell is as before" in project("undo").out
    csv = Path("processes.csv")
    with monkeypatch.context() as held:
        held.setattr(files, "put", shut)
        project("import", path)
    assert "4.1" not in csv.read_text("utf-8-sig")
    second = openpyxl.load_workbook(build(project))
    assert csv.read_text("utf-8-sig").endswith(f"{B}:4.1=S\n")
    assert cell(second, "Processes", f"{B}:4.1", "process:make").value == "S"


def other(command: Command) -> Path:
    """Make a workbook of another client's project."""
    here = Path.cwd()
    command("new", "../jones", "--client", "Jones", A, B)
    os.chdir("../jones")
    path = build(command).resolve()
    os.chdir(here)
    return path


def merged(book: Any) -> None:
    """Put a sheet of another export into a workbook."""
    book.copy_worksheet(book["Documents"])["A3"] = "imsmap:documents:e0123456789"


def hostile(kind: str, command: Command, good: Path) -> Path:
    path = Path("bad.xlsx")
    if kind == "other client":
        return other(command)
    if kind == "two exports":
        return filled(good, {}, "bad.xlsx", merged)
    content = good.read_bytes()
    contents = {
        "truncated": content[: len(content) // 2],
        "no workbook": b"PK\x03\x04" + b"x" * 500,
        "text": b"hello",
        "empty": b"",
        "encrypted": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    }
    path.write_bytes(contents[kind])
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind", ["truncated", "no workbook", "text", "empty", "encrypted", "other client", "two exports"]
)
def test_a_file_that_cannot_be_taken_is_refused_in_one_line_and_nothing_is_touched(project: Command, kind: str):
    path = hostile(kind, project, build(project))
    before = state()
    for words in ((), ("--dry-run",)):
        answer = project("import", path, *words)
        assert (answer.code, answer.out) == (1, "")
        assert answer.err.count("\n") == 1
        assert answer.err.startswith(f"imsmap: {path}: ")
        assert state() == before
    assert project("import", "nowhere.xlsx").code == 1


def test_a_fault_in_settings_or_processes_is_told_at_its_line(project: Command):
    csv = Path("processes.csv")
    sound = csv.read_text("utf-8-sig")
    csv.write_text(sound.replace("8.1=P", "8.1"), "utf-8")
    for words in (("build",), ("check",), ("import", "x.xlsx"), ("undo",)):
        answer = project(*words)
        assert answer.code == 1
        assert "processes.csv:2: 'iso90001-2030:8.1' should be a clause and what the process is" in answer.err
    csv.write_text(sound, "utf-8")
    toml = Path("imsmap.toml")
    toml.write_text(toml.read_text("utf-8").replace(B, "9999"), "utf-8")
    answer = project("build")
    assert answer.code == 1
    assert re.search(r"imsmap\.toml:6: .*9999", answer.err)


def test_options_win_over_the_settings_and_variants_are_smaller(project: Command):
    assert project("build", "--variant", "90001", "--client", "Jones", *DAY).code == 0
    path = workbook()
    assert path.as_posix() == f"output/v1-{A}/Jones_v1-{A}.xlsx"
    assert openpyxl.load_workbook(path)["Requirements"].max_row < 15
    assert project("build", "--variant", "matrix", "-o", "mail", *DAY).code == 0
    assert openpyxl.load_workbook(next(Path("mail").glob("v1-matrix/*.xlsx"))).sheetnames[:2] == ["Read me", "Matrix"]
    for wrong in ("matrx", "transition"):
        answer = project("build", "--variant", wrong)
        assert answer.code == 2
        assert "variant" in answer.err


def test_a_pale_colour_is_darkened_and_it_is_said(project: Command):
    toml = Path("imsmap.toml")
    toml.write_text(toml.read_text("utf-8").replace("colours = []", 'colours = ["#FFE000"]'), "utf-8")
    answer = project("build", "--variant", "matrix", *DAY)
    assert re.search(r"imsmap\.toml:\d+: #FFE000 is too pale to carry white text; #[0-9A-F]{6}, the same", answer.err)


@pytest.mark.slow
def test_what_the_cover_says_comes_back_where_the_settings_leave_it_open(project: Command):
    def change(book: Any) -> None:
        sheet = book["Cover"]
        for row in sheet.iter_rows(min_col=1, max_col=3):
            if row[0].value in ("cover:scope", "cover:client"):
                row[2].value = f"Ours: {row[0].value}"

    project("import", filled(build(project), {}, change=change))
    answer = project("build", "--variant", "workbook", *DAY)
    assert "somebody wrote 'Ours: cover:client' on the cover; this file has 'Smith & Söhne'" in answer.err
    values = [cell.value for cell in openpyxl.load_workbook(workbook())["Cover"]["C"]]
    assert "Ours: cover:scope" in values
    assert "Smith & Söhne" in values


# --- stopped midway --------------------------------------------------------------------------------------------------

PROGRAM = (
    "import os, signal, sys\n"
    "step, words = int(sys.argv[1]), sys.argv[2:]\n"
    "count = 0\n"
    "def watched(name):\n"
    "    real = getattr(os, name)\n"
    "    def call(*a, **k):\n"
    "        global count\n"
    "        count += 1\n"
    "        if count == step: os.kill(os.getpid(), signal.SIGKILL)\n"
    "        return real(*a, **k)\n"
    "    setattr(os, name, call)\n"
    "from imsmap.cli import run\n"
    "for name in ('replace', 'rename', 'fsync', 'unlink'): watched(name)\n"
    "code = run(words)\n"
    "print(count)\n"
    "sys.exit(code)\n"
)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no system calls to stop at here")
def test_an_import_that_is_killed_leaves_the_old_answers_or_the_new(project: Command, tmp_path: Path):
    path = filled(
        build(project), {("Requirements", POINT, "owner"): "Bob", ("Processes", f"{B}:4.1", "process:make"): "S"}
    ).resolve()
    start = Path.cwd()

    def stopped(step: int) -> subprocess.CompletedProcess[str]:
        place = tmp_path / f"stopped-{step}"
        shutil.copytree(start, place)
        os.chdir(place)
        words = [sys.executable, "-c", PROGRAM, str(step), "--mappings", str(MINI), "import", str(path)]
        return subprocess.run(
            words, cwd=place, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
        )

    whole = stopped(-1)
    assert whole.returncode == 0, whole.stderr
    steps = int(whole.stdout.split()[-1])
    assert steps > 10
    seen = set()
    for step in range(1, steps + 1, 3):
        assert stopped(step).returncode == -signal.SIGKILL
        before = project("history").out.count("import of")
        answers = Path("register/requirements.jsonl")
        text = answers.read_text("utf-8") if answers.exists() else ""
        again = project("import", path)
        assert again.code == 0
        assert again.out.startswith("back.xlsx was imported already" if before else "2 cells changed, ")
        assert register() == {(POINT, "owner"): "Bob"}
        assert f"{B}:4.1=S" in Path("processes.csv").read_text("utf-8")
        seen.add((before, "Bob" in text))
    assert {before for before, _ in seen} == {0, 1}


# --- LibreOffice -----------------------------------------------------------------------------------------------------


@office.needed
def test_a_workbook_saved_by_libreoffice_comes_back_with_just_what_was_written(project: Command, tmp_path: Path):
    path = filled(build(project), {("Requirements", POINT, "owner"): "Bob", ("Requirements", POINT, "gap"): "'=1+1"})
    office.convert([path], tmp_path / "saved")
    answer = project("import", tmp_path / "saved" / "back.xlsx")
    assert answer.out.splitlines()[0] == "2 cells changed, 0 new rows, 0 conflicts, nothing discarded"
    assert register() == {(POINT, "owner"): "Bob", (POINT, "gap"): "'=1+1"}


@pytest.mark.slow
def test_answers_in_other_words_are_read_at_import_and_the_others_listed_there_and_by_check(project: Command):
    other = f"{A}:4.1#issues"
    back = filled(
        build(project),
        {("Requirements", POINT, "status"): "non-conforming", ("Requirements", POINT, "due"): "31 Dec 2031",
         ("Requirements", POINT, "action"): "Mend it", ("Requirements", other, "status"): "perhaps",
         ("Requirements", other, "due"): "04/05/2031"},
    )  # fmt: skip
    told = project("import", back).out
    assert "1 × 'non-conforming' was read as Not conforming" in told
    assert "1 × '31 Dec 2031' was read as 2031-12-31" in told
    where = openpyxl.load_workbook(back)["Requirements"]
    rows, columns = places(where)
    cell_of = {name: where.cell(rows[other], columns[name]).coordinate for name in ("status", "due")}
    assert f"Requirements, {cell_of['status']}: 'perhaps' is not understood, under Status" in told
    assert f"Requirements, {cell_of['due']}: '04/05/2031' may be 2031-04-05 or 2031-05-04" in told
    check = project("check")
    assert check.code == 1
    assert "'perhaps' is not understood, under Status" in check.out
    book = openpyxl.load_workbook(build(project))
    assert cell(book, "Requirements", POINT, "status").value == "Not conforming"
    assert cell(book, "Requirements", POINT, "due").value.date().isoformat() == "2031-12-31"


def test_clauses_of_processes_may_be_written_as_people_write_them(project: Command):
    Path("processes.csv").write_text(
        'id,name,owner,clauses\nmake,Make,Ann,"90001: § 8 = X; 8.1=S"\nplan,Plan,Eve,"ISO 91001, 4.1 & 8.1=P"\n',
        "utf-8",
    )
    check = project("check", *DAY)
    assert "processes.csv:2: 90001: § 8=X says that it applies; it is read as P (primary)" in check.err
    assert "is a heading" not in check.err


def test_check_fits_one_screen_in_an_empty_project_and_tells_all_on_demand(
    imsmap: Command, two_standards: Path, monkeypatch: pytest.MonkeyPatch
):
    assert imsmap("new", "smith", "--client", "Smith", "9001", "14001").code == 0
    monkeypatch.chdir("smith")
    short, whole = (imsmap("check", *more, mappings=two_standards) for more in ((), ("--all",)))
    assert (short.code, whole.code) == (0, 0)
    assert len(short.out.splitlines()) <= 25
    count = int(re.search(r"nobody named: (\d+)", short.out)[1])  # type: ignore[index]
    assert f"and {count - 3} more: imsmap check --all" in short.out
    assert whole.out.count("no document or record is named for") == count
    assert "(scope-documented)" not in whole.out


@pytest.mark.slow
def test_the_client_s_version_counts_contents_and_no_forms_and_days(project: Command):
    def names() -> list[str]:
        return sorted(path.name for path in Path("output").iterdir())

    build(project)
    for words in (("--variant", "matrix"), ("--variant", "workbook", "--size", "A4")):
        assert project("build", *words, *DAY).code == 0
    day = DAY[1]
    assert names() == ["v1-matrix", "v1-workbook", f"v1-workbook-{day}"]
    for path in Path("output").glob("*/*.xlsx"):
        book = openpyxl.load_workbook(path)
        if "Cover" in book.sheetnames:
            assert any(str(one.value) == "1" for row in book["Cover"].iter_rows() for one in row)
    with Path("processes.csv").open("a", encoding="utf-8") as file:
        file.write("sell,Sell,Bob,core,,,,,\n")
    build(project)
    assert project("build", "--variant", "matrix", "--date", "2031-02-01").out.startswith("Version 2: ")
    assert names() == ["v1-matrix", "v1-workbook", f"v1-workbook-{day}", "v2-matrix", "v2-workbook"]


def test_changes_name_the_person_behind_a_login_where_the_system_knows_who_it_is(monkeypatch: pytest.MonkeyPatch):
    pwd = pytest.importorskip("pwd")
    real = pwd.getpwnam(getpass.getuser())
    for told, name in (("Jane Smith,Room 7,,", "Jane Smith"), ("", "jsmith"), ("& Smith", "Jsmith Smith")):
        fields = [*real]
        fields[4] = told
        monkeypatch.setattr(pwd, "getpwnam", lambda _, fields=fields: pwd.struct_passwd(fields))
        assert projects.person("jsmith") == name
    monkeypatch.undo()
    assert projects.person("nobody of this name") == "nobody of this name"


@pytest.mark.slow
def test_in_a_project_of_the_new_edition_a_clause_without_edition_is_one_of_it(imsmap: Command, editions, monkeypatch):
    job = partial(imsmap, mappings=editions)
    job("new", "smith", "--client", "Smith Ltd", "9001:2015", "14001:2026")
    monkeypatch.chdir("smith")
    shown = job("show", "14001:6.1.4")
    assert shown.out.startswith("ISO 14001:2026, 6.1.4 Risks and opportunities")
    assert "2015: 6.1.1, since" in " ".join(shown.out.split())
    assert "is used" not in shown.err
    everywhere = job("show", "8.2").out
    assert "\nE26 " in everywhere
    assert "\nE15 " not in everywhere
