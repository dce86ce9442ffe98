"""A workbook goes out, people work on it with openpyxl, it comes back."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from imsmap import files
from imsmap.client import conflicts, history, importing, register, snapshots
from imsmap.client.importing import Outcome, bring_in, keep_snapshot
from imsmap.client.merge import Clash, Field, Fields
from imsmap.errors import DataError, OutputError, RefusedError, UsageError
from imsmap.register.cells import Formula, Key
from tests.readers.workbooks import ours, resaved, threaded

FIELDS: Fields = {
    "requirements": {
        "text": Field("tool"), "owner": Field("user"), "due": Field("user", "date"), "days": Field("computed"),
    }
}  # fmt: skip
START = {Key("requirements", f"r{row}", "owner"): "Ann" for row in (4, 5, 6)} | {
    Key("requirements", f"r{row}", "due"): datetime.date(2026, 3, row + 1) for row in (4, 5, 6)
}
WHEN = "2026-11-25T10:00:00"


def cell(row: str, field: str) -> Key:
    return Key("requirements", row, field)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose first workbook went out."""
    place = tmp_path / "project"
    with register.writing(place, WHEN, "tester") as writer:
        writer.commit("new", START)
    file = tmp_path / "v1.xlsx"
    file.write_bytes(ours())
    assert keep_snapshot(place, "p1", file, FIELDS)[0] == "e0001"
    return place


def edit(root: Path, name: str = "back.xlsx", change=lambda sheet: None, content: bytes | None = None) -> Path:
    return resaved(content or ours(), root.parent / name, lambda book: change(book["Requirements"]))


def take(root: Path, path: Path, project: str = "p1") -> Outcome:
    return bring_in(root, project, path, when=WHEN, who="tester", fields=FIELDS)


def state(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and path.name != ".lock"}


def filled(sheet) -> None:
    sheet["C5"] = "Bob"
    sheet["D6"] = "2026-05-01"
    sheet["B7"] = "Text 6, for our site"
    sheet["F4"], sheet["F5"] = "Site", "Ulm"
    sheet["B9"], sheet["C9"] = "Ours", "Eve"
    sheet["C6"].comment = Comment("Sure?", "Eve")
    sheet.parent.create_sheet("Notes")["B2"] = "=1+1"


def test_what_people_wrote_is_in_the_register_and_told(root: Path):
    found = take(root, edit(root, change=filled))
    assert found.message == (
        "9 cells changed, 1 new row, 1 new column, 1 new sheet, 1 comment, 0 conflicts, nothing discarded"
    )
    cells = register.read(root).cells
    assert cells[cell("r4", "owner")] == "Bob"
    assert cells[cell("r5", "due")] == datetime.date(2026, 5, 1)
    assert cells[cell("r6", "over:text")] == "Text 6, for our site"
    assert cells[cell("r4", "own:Site")] == "Ulm"
    assert cells[cell("r5", "comment:owner")] == "Eve: Sure?"
    assert cells[Key("own:Notes", "2", "B")] == Formula("=1+1")
    assert found.entry is not None
    assert found.entry.about["file"] == "back.xlsx"
    assert found.entry.about["export"] == "e0001"
    assert found.entry.about["counts"]["new_rows"] == 1


def test_the_same_file_again_changes_nothing_and_says_so_until_it_is_undone(root: Path):
    before = state(root)
    file = edit(root, change=filled)
    take(root, file)
    after = state(root)
    again = take(root, file)
    assert again.message == f"back.xlsx was imported already ({WHEN}, entry 2); nothing changed"
    assert state(root) == after
    with register.writing(root, WHEN, "tester") as writer:
        writer.undo()
    assert {path: state(root)[path] for path in before if path.name != ".state"} == {
        path: content for path, content in before.items() if path.name != ".state"
    }
    assert take(root, file).entry is not None


def test_a_file_that_was_imported_is_not_read_again_unless_that_is_taken_back_meanwhile(
    root: Path, monkeypatch: pytest.MonkeyPatch
):
    file = edit(root, change=filled)
    first = take(root, file)
    with monkeypatch.context() as shut:
        shut.setattr(importing, "read_workbook", None)
        assert "was imported already" in take(root, file).message
    known = importing.Incoming(root, "p1", (), FIELDS)
    (again,) = importing.bring_in_all(known, [file], when=WHEN, who="tester", before=lambda writer: writer.undo())
    assert again.outcome is not None
    assert again.outcome.counts == first.counts
    assert first.entry is not None
    assert again.saved == first.entry.about["saved"]


def test_the_same_work_saved_anew_changes_nothing(root: Path):
    first = edit(root, change=filled)
    take(root, first)
    before = state(root)
    again = resaved(first.read_bytes(), root.parent / "anew.xlsx")
    assert take(root, again).message == "nothing in anew.xlsx is new; nothing changed"
    assert state(root) == before


def test_two_dates_do_not_go_into_one_cell(root: Path):
    place, other = cell("r4", "due"), cell("r5", "owner")
    with register.writing(root, WHEN, "tester") as writer:
        due = datetime.date(2031, 3, 4)
        clashes = [Clash(place, None, due, datetime.date(2031, 3, 5)), Clash(other, None, "Ann", "Bob")]
        writer.commit("import", conflicts.kept({**writer.cells, place: due, other: "Ann"}, clashes, "back.xlsx")[0])
        with pytest.raises(UsageError, match="a date or a word of a list is asked for: solve 1 with --ours or"):
            conflicts.resolved(writer.cells, "both")
        cells, _ = conflicts.resolved(writer.cells, "both", [2])
        assert cells[other] == "Ann\nBob"
        cells, _ = conflicts.resolved(writer.cells, "theirs", [1])
        assert cells[place] == datetime.date(2031, 3, 5)


def test_a_conflict_is_kept_listed_resolved_and_does_not_come_back(root: Path):
    with register.writing(root, WHEN, "tester") as writer:
        writer.commit("edit", {**writer.cells, cell("r4", "owner"): "Cat", cell("r5", "owner"): "Dan"})

    def both(sheet) -> None:
        sheet["C5"], sheet["C6"] = "Bob", "Eve"

    found = take(root, edit(root, change=both))
    assert (found.new_conflicts, found.open_conflicts) == (2, 2)
    assert found.message == "0 cells changed, 0 new rows, 2 conflicts, nothing discarded"
    waiting = conflicts.unresolved(register.read(root).cells)
    assert [(c.number, c.clash.ours, c.clash.theirs, c.file) for c in waiting] == [
        (1, "Cat", "Bob", "back.xlsx"), (2, "Dan", "Eve", "back.xlsx"),
    ]  # fmt: skip
    with register.writing(root, WHEN, "tester") as writer:
        cells, done = conflicts.resolved(writer.cells, "both", [1])
        writer.commit("resolve", cells)
        assert [c.number for c in done] == [1]
        writer.commit("resolve", conflicts.resolved(writer.cells, "theirs")[0])
        assert (writer.cells[cell("r4", "owner")], writer.cells[cell("r5", "owner")]) == ("Cat\nBob", "Eve")
        with pytest.raises(UsageError, match="no open conflict 1; open are none"):
            conflicts.resolved(writer.cells, "ours", [1])
    again = take(root, resaved((root.parent / "back.xlsx").read_bytes(), root.parent / "anew.xlsx"))
    assert (again.entry, again.open_conflicts) == (None, 0)
    with register.writing(root, WHEN, "tester") as writer:
        writer.undo()
        writer.undo()
        assert len(conflicts.unresolved(writer.cells)) == 2
        assert writer.cells[cell("r4", "owner")] == "Cat"


def test_a_later_copy_of_the_same_export_is_told_where_it_conflicts(root: Path):
    def said(owner: str):
        return lambda sheet: sheet.__setitem__("C5", owner)

    first = take(root, edit(root, "monday.xlsx", said("Bob")))
    assert not [note for note in first.notes if "another copy" in note]
    second = take(root, edit(root, "friday.xlsx", said("Eve")))
    assert second.new_conflicts == 1
    (note,) = [note for note in second.notes if "another copy" in note]
    assert note.startswith("monday.xlsx")
    assert "--resolve --theirs" in note


def test_threaded_comments_come_along(root: Path):
    file = root.parent / "threads.xlsx"
    file.write_bytes(threaded(ours()))
    take(root, file)
    assert register.read(root).cells[cell("r5", "comment:owner")] == (
        "Eve Ärmel (2026-03-01): Is Ann right?\nBob (2026-03-02): Yes."
    )


def test_without_the_snapshot_blanks_are_filled_and_it_is_said(root: Path):
    (root / "snapshots" / "e0001.jsonl.gz").unlink()
    found = take(root, edit(root, change=filled))
    assert any("snapshot of this export is gone" in note for note in found.notes)
    assert found.new_conflicts == 2
    assert register.read(root).cells[cell("r4", "owner")] == "Ann"


def test_a_broken_snapshot_is_named_and_nothing_is_touched(root: Path):
    path = root / "snapshots" / "e0001.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-20])
    before = state(root)
    with pytest.raises(DataError, match=r"snapshots/e0001\.jsonl\.gz: is damaged"):
        take(root, edit(root, change=filled))
    assert state(root) == before


def copied(book: openpyxl.Workbook) -> None:
    """Put a sheet of another export beside ours."""
    other = book.copy_worksheet(book["Requirements"])
    other["A3"] = "imsmap:actions:e0002"


@pytest.mark.parametrize(
    ("change", "project", "line"),
    [
        (lambda book: None, "p2", "is a workbook of Acme from another project (p1); import it in that"),
        (copied, "p1", "holds sheets of 2 exports (e0001, e0002) put together by hand"),
        (lambda book: book["_imsmap"].__setitem__("B5", "../../x"), "p1", "holds sheets of 2 exports"),
        (lambda book: book["Requirements"].__setitem__("A3", None), "p2", "is a workbook of Acme from another"),
    ],
)
def test_a_workbook_of_others_or_two_merged_by_hand_is_refused_and_nothing_is_touched(
    root: Path, change, project: str, line: str
):
    file = resaved(ours(), root.parent / "odd.xlsx", change)
    before = state(root)
    with pytest.raises(RefusedError) as caught:
        take(root, file, project)
    assert line in str(caught.value)
    assert "\n" not in str(caught.value)
    assert state(root) == before


def test_a_workbook_of_another_client_is_refused_though_a_copied_project_has_the_same_id(root: Path):
    def bring(*clients: str) -> Outcome:
        file = edit(root, change=filled)
        return bring_in(root, "p1", file, when=WHEN, who="tester", clients=clients, fields=FIELDS)

    before = state(root)
    with pytest.raises(
        RefusedError, match=r'is a workbook of Acme, and this is the project of Jones.*formerly = \["Acme"'
    ):
        bring("Jones")
    assert state(root) == before
    assert bring("Jones", " ACME ").entry is not None


def test_an_export_that_names_no_owner_is_taken_only_where_it_was_made(root: Path, tmp_path: Path):
    def change(book: openpyxl.Workbook) -> None:
        del book["_imsmap"]
        del book.custom_doc_props["imsmap project"]
        book["Requirements"]["C5"] = "Bob"

    file = resaved(ours(), root.parent / "bare.xlsx", change)
    with pytest.raises(RefusedError, match="does not say whose it is"):
        take(tmp_path / "other", file)
    take(root, file)
    assert register.read(root).cells[cell("r4", "owner")] == "Bob"


def test_ids_of_exports_never_lead_out_of_the_folder(tmp_path: Path):
    for export in ("../x", "a/b", "..", "", ".abcd", "x" * 65):
        assert not snapshots.is_export(export)
        assert snapshots.load(tmp_path, export) is None
        with pytest.raises(ValueError, match="no id"):
            snapshots.save(tmp_path, export, {})


def test_a_snapshot_is_the_same_bytes_for_the_same_cells(tmp_path: Path):
    file = tmp_path / "v1.xlsx"
    file.write_bytes(ours())
    keep_snapshot(tmp_path / "a", "p1", file, FIELDS)
    keep_snapshot(tmp_path / "b", "p1", file, FIELDS)
    name = "snapshots/e0001.jsonl.gz"
    assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    about = snapshots.about(tmp_path / "a", "e0001")
    assert about is not None
    assert about["project"] == "p1"


def test_what_goes_wrong_while_it_is_written_down_is_told(root: Path, monkeypatch: pytest.MonkeyPatch):
    put = files.put

    def failing(path: Path, content: bytes) -> None:
        if path.name == "requirements.jsonl":
            raise OutputError(f"{path}: can't be written")
        put(path, content)

    monkeypatch.setattr(files, "put", failing)
    found = take(root, edit(root, change=filled))
    assert found.entry is not None
    assert any("the change is safe in the history, and the next command" in note for note in found.notes)


def test_history_tells_the_whole_story(root: Path):
    take(root, edit(root, change=filled))
    with register.writing(root, WHEN, "tester") as writer:
        writer.undo()
    assert [(e.number, e.what, e.undone, e.undoes) for e in history.entries(root)] == [
        (1, "new", None, None), (2, "import", 3, None), (3, "undo", None, 2),
    ]  # fmt: skip
