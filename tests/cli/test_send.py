"""Many hands: a small workbook for each person, which come back in any order, and one import of them all."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from imsmap.client import register, snapshots
from imsmap.register.cells import Key, Value
from tests.cli.test_project import cell, places, state
from tests.conftest import MINI
from tests.fixtures import Answer

Command = Callable[..., Answer]
A, B = "iso90001-2030", "iso91001-2030"
ISSUES, PLANNED = "core:issues", "core:planned"
DAY = ("--date", "2031-01-02")
OWNERS = {
    (ISSUES, "owner"): "Ann Archer", (f"{B}:4.1#issues", "owner"): "Bob", (PLANNED, "owner"): "Bob",
    (f"{A}:4.1#issues", "status"): "Partial",
}  # fmt: skip
FOLDER = Path("output/v1-send")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder for a project whose workbooks were sent out, made by the first test."""
    return tmp_path_factory.mktemp("sent") / "smith"


@pytest.fixture
def project(imsmap: Command, monkeypatch: pytest.MonkeyPatch, kept: Path) -> Command:
    """Go into a project of the small library whose workbooks were sent out, and give the command."""

    def command(*words: object) -> Answer:
        return imsmap(*words, mappings=MINI)

    if kept.exists():
        shutil.copytree(kept, "smith")
        monkeypatch.chdir("smith")
        return command
    assert command("new", "smith", "--client", "Smith", A, B).code == 0
    monkeypatch.chdir("smith")
    with register.writing(Path(), "2031-01-01T10:00:00", "me") as writer:
        writer.commit("import", {Key("requirements", *place): value for place, value in OWNERS.items()})
    answer = command("send", *DAY)
    assert answer.code == 0, answer.err
    shutil.copytree(Path(), kept)
    return command


def filled(person: str, name: str, **cells: Value | None) -> Path:
    """Fill somebody's workbook in; cells: by row (of Requirements) and field, as row__field."""
    book: Any = openpyxl.load_workbook(FOLDER / f"Smith_{person}_v1.xlsx")
    for place, value in cells.items():
        row, field = place.split("__")
        cell(
            book, "Requirements", {"issues": ISSUES, "a": f"{A}:4.1#issues", "b": f"{B}:4.1#issues"}[row], field
        ).value = value
    path = Path("back") / name
    path.parent.mkdir(exist_ok=True)
    book.save(path)
    return path


def said() -> dict[tuple[str, str], Value]:
    return {
        (key.row, key.field): value for key, value in register.read(Path()).cells.items() if key.sheet == "requirements"
    }


def test_each_person_gets_a_workbook_with_only_their_rows_and_what_helps_to_answer(project: Command):
    assert sorted(path.name for path in FOLDER.glob("*.xlsx")) == [
        "Smith_Ann-Archer_v1.xlsx", "Smith_Bob_v1.xlsx", "Smith_no-owner_v1.xlsx",
    ]  # fmt: skip
    book = openpyxl.load_workbook(FOLDER / "Smith_Bob_v1.xlsx", data_only=True)
    assert book.sheetnames[:2] == ["Read me", "Requirements"]
    words = [row[1:3] for row in book["Read me"].iter_rows(values_only=True)]
    assert ("For Bob", None) in words
    assert [number for number, step in words if step and str(number).isdecimal()] == ["1", "2", "3", "4", "5"]
    rows, columns = places(book["Requirements"])
    assert {ISSUES, f"{B}:4.1#issues", PLANNED} <= set(rows)
    assert f"{A}:4.1#issues" not in rows
    assert cell(book, "Requirements", f"{B}:4.1#issues", "elsewhere").value == "Q 4.1: Partial, same core point"
    assert "clause_status" not in columns
    ann = openpyxl.load_workbook(FOLDER / "Smith_Ann-Archer_v1.xlsx", data_only=True)
    assert cell(ann, "Requirements", f"{A}:4.1#issues", "until_now").value.startswith("Partial, 2031-01-01, ")
    index = (FOLDER / "sent.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(",")[1:3] for line in index[1:]] == [
        ["Ann Archer", "Smith_Ann-Archer_v1.xlsx"], ["Bob", "Smith_Bob_v1.xlsx"], ["nobody", "Smith_no-owner_v1.xlsx"],
    ]  # fmt: skip


def test_what_went_out_last_is_what_holds_everybody_s_rows(project: Command):
    newest = snapshots.newest(Path())
    assert newest is not None
    assert {f"{A}:4.1#issues", f"{B}:4.1#issues", ISSUES, PLANNED} <= {key.row for key in newest}


def test_the_same_is_not_sent_twice_and_looking_or_asking_for_a_stranger_writes_nothing(project: Command):
    before = state()
    assert project("send", *DAY).out == "output/v1-send holds just this already; nothing new was made\n"
    looked = project("send", "--dry-run").out.splitlines()
    assert looked[0] == "nothing is written; there would go out:"
    assert looked[1].startswith("  Ann Archer: 2 rows: 2 on Requirements")
    assert looked[-1].startswith("nobody answers ")
    stranger = project("send", "--to", "Bop")
    assert (stranger.code, "did you mean Bob?" in stranger.err) == (2, True)
    assert state() == before
    one = project("send", "--to", "ann archer", *DAY).out.splitlines()
    assert one[0].startswith("Version 1: 1 workbook in output/v1-send-2031-01-02, ")


def test_many_files_come_back_in_any_order_and_a_broken_one_keeps_no_other_out(project: Command):
    before = {name: content for name, content in state().items() if name.startswith("register/")}
    filled("Ann-Archer", "ann.xlsx", a__status="Conforming", issues__evidence="Minutes")
    filled("Bob", "bob.xlsx", b__status="Partial", b__gap="No list")
    (Path("back") / "broken.xlsx").write_bytes(b"no workbook")
    (Path("back") / "~$bob.xlsx").write_bytes(b"open in Excel")
    paths = sorted(Path("back").glob("[a-z]*"))
    random.Random(1).shuffle(paths)
    looked = project("import", "--dry-run", *paths)
    answer = project("import", *paths)
    assert answer.code == looked.code == 1
    told = answer.out.splitlines()
    assert told[0] == "2 files: 4 answers, 0 new rows, 0 conflicts, nothing discarded"
    assert [line.split()[:-1] for line in told[2:4]] == [["Ann", "Archer", "2", "0", "0"], ["Bob", "2", "0", "0"]]
    assert told[4] == "1 file not taken; the rest went in:"
    assert told[5].startswith("  back/broken.xlsx: is no Excel workbook")
    assert told[-1].startswith("imsmap undo takes all of it back, with --one ")
    assert looked.out.splitlines()[0] == f"nothing is written; the import would bring: {told[0]}"
    assert said() == OWNERS | {
        (f"{A}:4.1#issues", "status"): "Conforming", (ISSUES, "evidence"): "Minutes",
        (f"{B}:4.1#issues", "status"): "Partial", (f"{B}:4.1#issues", "gap"): "No list",
    }  # fmt: skip
    assert {line.split("  ")[-1].partition(", saved")[0] for line in project("history").out.splitlines()[1:]} == {
        "import of ann.xlsx (Ann Archer", "import of bob.xlsx (Bob",
    }  # fmt: skip
    again = project("import", "back")
    assert again.out.startswith("2 files: 0 answers, 0 new rows, 0 conflicts, ")
    assert again.out.count(" was imported already (") == 2
    assert project("undo").out == "taken back: import of 2 files; 4 cells are as before\n"
    assert {name: state()[name] for name in before if name != "register/.state"} == {
        name: content for name, content in before.items() if name != "register/.state"
    }


def test_what_was_sent_is_listed_with_what_came_back(project: Command):
    assert project("send", "--list").out.splitlines() == [
        "v1-send: 0 of 3 came back with answers", "  Ann Archer: no answer yet", "  Bob: no answer yet",
        "  nobody: no answer yet",
    ]  # fmt: skip
    project("import", filled("Bob", "bob.xlsx", b__status="Partial"))
    told = project("send", "--list").out.splitlines()
    assert told[0] == "v1-send: 1 of 3 came back with answers"
    assert told[2].startswith("  Bob: back 2")
    assert told[2].endswith(", 1 answer")
    project("undo")
    assert project("send", "--list").out.splitlines()[0] == "v1-send: 0 of 3 came back with answers"
    assert project("send", "--list", "--dry-run").code == 2


def test_what_is_offered_is_computed_and_nobody_s_answer_wherever_programs_let_it_look(project: Command):
    path = filled("Bob", "bob.xlsx", b__status="Partial")
    book: Any = openpyxl.load_workbook(path)
    offered = cell(book, "Requirements", f"{B}:4.1#issues", "elsewhere")
    assert offered.value.startswith("=")
    offered.value = offered.value.replace('("', '( "').replace("$", "")
    book.save(path)
    project("import", path)
    assert set(said()) - set(OWNERS) == {(f"{B}:4.1#issues", "status")}


def test_the_last_file_alone_can_be_taken_back(project: Command):
    paths = [filled("Ann-Archer", "ann.xlsx", a__gap="one"), filled("Bob", "bob.xlsx", b__gap="two")]
    project("import", *paths)
    project("undo", "--one")
    assert len(set(said()) & {(f"{A}:4.1#issues", "gap"), (f"{B}:4.1#issues", "gap")}) == 1
    project("undo")
    assert said() == OWNERS


def test_what_two_say_of_a_shared_row_is_a_conflict_of_the_standard_of_whom_it_was_not_asked(project: Command):
    first = filled("Ann-Archer", "ann.xlsx", issues__evidence="Minutes")
    project("import", first)
    told = project(
        "import", filled("Bob", "bob.xlsx", issues__evidence="Aspect list"), FOLDER / "Smith_no-owner_v1.xlsx"
    )
    assert "New conflicts: 1 of ISO 91001:2030" in told.out
    shown = project("import", "--conflicts").out.splitlines()
    assert (
        shown[0]
        == f"1. Requirements, ISO 91001:2030, 4.1, issues, Evidence ({B}:4.1#issues, evidence), from bob.xlsx, Bob"
    )
    assert shown[2].startswith("   ours:   Minutes (Ann Archer, ")
    assert shown[3] == "   theirs: Aspect list"
    project("import", "--resolve", "--theirs")
    assert said()[ISSUES, "evidence"] == "Minutes"
    assert said()[f"{B}:4.1#issues", "evidence"] == "Aspect list"


def test_older_files_come_back_beside_newer_ones_and_each_is_merged_with_what_it_was(project: Command):
    old = filled("Bob", "old.xlsx", b__gap="No list", b__status="Partial")
    project("import", filled("Ann-Archer", "ann.xlsx", a__status="Conforming", issues__document="Context"))
    assert project("send", *DAY).out.startswith("Version 2: 3 workbooks in output/v2-send")
    book: Any = openpyxl.load_workbook("output/v2-send/Smith_Bob_v2.xlsx")
    cell(book, "Requirements", f"{B}:4.1#issues", "severity").value = "Minor"
    cell(book, "Requirements", f"{B}:4.1#issues", "status").value = "Not conforming"
    book.save("new.xlsx")
    told = project("import", "new.xlsx", old).out
    assert "2 files: 3 answers, 0 new rows, 1 conflict, nothing discarded" in told
    assert {line.split()[1] for line in told.splitlines() if line.startswith("  Bob: ")} == {"new.xlsx", "old.xlsx"}
    ours = said()
    assert ours[ISSUES, "document"] == "Context"
    assert (ours[f"{B}:4.1#issues", "gap"], ours[f"{B}:4.1#issues", "severity"]) == ("No list", "Minor")


def test_files_of_which_none_can_be_taken_are_each_named_and_a_folder_without_any_is_a_wrong_use(project: Command):
    for name in ("a.xlsx", "b.xlsx"):
        Path(name).write_bytes(b"?")
    answer = project("import", "a.xlsx", "b.xlsx")
    assert (answer.code, answer.err.count("is no Excel workbook")) == (1, 2)
    Path("empty").mkdir()
    assert project("import", "empty").code == 2


def test_a_note_that_is_about_several_files_is_told_once(project: Command):
    outside = "=[1]Other!A1"
    told = project(
        "import", filled("Ann-Archer", "ann.xlsx", a__gap=outside), filled("Bob", "bob.xlsx", b__gap=outside)
    ).out
    assert told.count("formulas reach out of the workbook") == 1
    assert "\nann.xlsx, bob.xlsx:\n" in told
