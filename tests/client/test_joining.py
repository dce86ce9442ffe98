"""Projects of a time when every requirement had its own owner and document come in; what is shared is joined.

`tests/data/older` is such a project, invented and made with that time's commands: people filled a first workbook, which
was imported; a second one went out and came back as `back.xlsx`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from attrs import evolve

from imsmap.client import conflicts, history, joining, register
from imsmap.client.delivery import Places, fields
from imsmap.client.importing import Outcome, bring_in, look_at
from imsmap.client.merge import Fields, base_of
from imsmap.client.processes import Processes
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import load
from imsmap.reasoning.groups import grouped
from imsmap.register.cells import Cells, Key, Value
from imsmap.register.questions import Questions, questions
from tests.client.returning import Line, book, sheet
from tests.conftest import MINI
from tests.fixtures import Answer

OLDER = Path(__file__).parents[1] / "data" / "older"
PROJECT = "heron-daughters-6a0a3d14"
A, B = "iso90001-2030", "iso91001-2030"
ISSUES, PLANNED = "core:issues", "core:planned"
FIELDS: Fields = fields((A, B), ("make",))
TOLD = "8 answers of 4 shared requirements joined into 2 questions; 3 that differ stay with their standard"


@pytest.fixture(scope="module")
def asked() -> Questions:
    return questions(grouped(ClauseGraph(load(MINI)), (A, B)))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OLDER, tmp_path / "older"))


def take(root: Path, asked: Questions, name: str = "back.xlsx") -> Outcome:
    return bring_in(root, PROJECT, root / name, when="2031-02-03", who="Eve", fields=FIELDS, asking=lambda: asked)


def said(cells: Cells, *rows: str) -> dict[tuple[str, str], Value]:
    return {
        (key.row, key.field): value
        for key, value in cells.items()
        if key.row in rows and key.field in ("process", "document", "owner", "evidence")
    }


def files(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / register.FOLDER).glob("*.jsonl")}


def test_answers_that_agree_are_joined_and_told_in_counts_and_the_others_stay(root: Path, asked: Questions) -> None:
    with register.writing(root, "2031-02-03", "Eve") as writer:
        assert joining.join(writer, lambda: asked) == TOLD
        assert joining.join(writer, lambda: asked) == ""
    cells = register.read(root).cells
    assert said(cells, ISSUES, PLANNED) == {
        (ISSUES, "owner"): "Ann", (ISSUES, "document"): "Context register", (PLANNED, "owner"): "Ben",
        (PLANNED, "document"): "Plan of work",
    }  # fmt: skip
    assert said(cells, f"{A}:4.1#issues", f"{B}:4.1#issues", f"{A}:8.1#planned", f"{B}:8.1#planned") == {
        (f"{A}:4.1#issues", "process"): "Make", (f"{B}:4.1#issues", "process"): "Lead",
        (f"{A}:4.1#issues", "evidence"): "Minutes of May",
    }  # fmt: skip
    before = register.read(OLDER).cells
    others = {key: value for key, value in before.items() if key.field not in ("owner", "document")}
    assert {key: value for key, value in cells.items() if key.field not in ("owner", "document")} == others
    assert all(asked.effective(cells, p, n) == asked.effective(before, p, n) for p in asked.of for n in joining.SHARED)


def test_undo_takes_the_joining_back_byte_for_byte_and_it_is_not_done_again_at_once(
    root: Path, asked: Questions
) -> None:
    before = files(root)
    with register.writing(root, "2031-02-03", "Eve") as writer:
        joining.join(writer, lambda: asked)
        assert files(root) != before
        writer.undo()
        assert files(root) == before
        assert joining.join(writer, lambda: asked) == ""
    take(root, asked)
    with register.writing(root, "2031-02-05", "Eve") as writer:
        assert joining.join(writer, lambda: asked).endswith("their standard")


def test_a_workbook_of_the_older_layout_is_merged_for_each_standard_and_joined(root: Path, asked: Questions) -> None:
    outcome = take(root, asked)
    assert outcome.notes[:2] == (TOLD, "2 of the answers joined into 1 question, as several standards say the same")
    assert outcome.message == "7 cells changed, 0 new rows, 1 emptied, 0 conflicts, nothing discarded"
    cells = register.read(root).cells
    assert said(cells, ISSUES, f"{A}:4.1#issues", f"{B}:4.1#issues") == {
        (ISSUES, "owner"): "Ann", (ISSUES, "document"): "Context register", (f"{A}:4.1#issues", "process"): "Make",
        (f"{A}:4.1#issues", "evidence"): "Minutes of June", (f"{B}:4.1#issues", "process"): "Lead",
        (f"{B}:4.1#issues", "owner"): "Bob",
    }  # fmt: skip
    # Both say Berta now; the document was emptied for one, so the other has it by itself.
    assert said(cells, PLANNED, f"{A}:8.1#planned", f"{B}:8.1#planned") == {
        (PLANNED, "owner"): "Berta", (f"{B}:8.1#planned", "document"): "Plan of work",
        (f"{B}:8.1#planned", "evidence"): "Mowing book",
    }  # fmt: skip
    assert [entry.what for entry in history.entries(root)][-2:] == [joining.JOINED, "import"]
    assert take(root, asked).message.startswith("back.xlsx was imported already")


def test_each_undo_goes_back_one_step(root: Path, asked: Questions) -> None:
    before = files(root)
    take(root, asked)
    with register.writing(root, "2031-02-05", "Eve") as writer:
        writer.undo()
        assert said(writer.cells, PLANNED)[PLANNED, "owner"] == "Ben"
        writer.undo()
    assert files(root) == before


def test_a_look_at_an_older_workbook_tells_what_its_import_will(root: Path, asked: Questions) -> None:
    with register.writing(root, "2031-02-03", "Eve") as writer:
        joining.join(writer, lambda: asked)
    before = files(root)
    seen = look_at(root, PROJECT, root / "back.xlsx", register.read(root).cells, fields=FIELDS, asking=lambda: asked)
    assert files(root) == before
    assert evolve(seen, entry=None) == evolve(take(root, asked), entry=None)


def test_what_ours_and_an_older_workbook_say_differently_is_a_conflict_of_the_requirement(
    root: Path, asked: Questions
) -> None:
    with register.writing(root, "2031-02-03", "Eve") as writer:
        joining.join(writer, lambda: asked)
        writer.commit("import", {**writer.cells, Key("requirements", ISSUES, "owner"): "Zoe"})
    outcome = take(root, asked)
    assert outcome.new_conflicts == 1
    cells = register.read(root).cells
    (conflict,) = conflicts.unresolved(cells)
    key = Key("requirements", f"{B}:4.1#issues", "owner")
    assert (conflict.clash.key, conflict.clash.ours, conflict.clash.theirs) == (key, "Zoe", "Bob")
    for side, effective in (("ours", "Zoe"), ("theirs", "Bob"), ("both", "Zoe\nBob")):
        solved, _ = conflicts.resolved(cells, side, (), lambda: asked)
        assert asked.effective(solved, f"{A}:4.1#issues", "owner") == "Zoe"
        assert asked.effective(solved, f"{B}:4.1#issues", "owner") == effective
        assert solved[Key("requirements", ISSUES, "owner")] == "Zoe"


def test_a_workbook_without_its_snapshot_is_merged_all_the_same(root: Path, asked: Questions) -> None:
    shutil.rmtree(root / "snapshots")
    with register.writing(root, "2031-02-03", "Eve") as writer:
        joining.join(writer, lambda: asked)
    outcome = take(root, asked)
    cells = register.read(root).cells
    theirs = {conflict.clash.key: conflict.clash.theirs for conflict in conflicts.listed(cells)}
    assert theirs[Key("requirements", f"{B}:4.1#issues", "owner")] == "Bob"
    assert asked.effective(cells, f"{B}:4.1#issues", "owner") == "Ann"
    assert asked.effective(cells, f"{B}:8.1#planned", "evidence") == "Mowing book"
    assert outcome.notes


def test_the_mapping_data_are_read_only_where_the_layouts_differ(root: Path, asked: Questions) -> None:
    def unasked() -> Questions:
        raise AssertionError

    take(root, asked)
    with register.writing(root, "2031-02-05", "Eve") as writer:
        assert joining.join(writer, unasked) == ""
    point = f"{A}:4.1#issues"
    workbook = book(sheet([(ISSUES, {"owner": "Zoe"}), (point, {})], ["owner"], titles={"owner": "Owner"}))
    base = {Key("requirements", ISSUES, "owner"): "Ann", Key("requirements", point, "text"): "Find out."}
    ours = {Key("requirements", ISSUES, "owner"): "Ann"}
    assert joining.merged(base, ours, workbook, FIELDS, unasked).cells[Key("requirements", ISSUES, "owner")] == "Zoe"
    ours[Key("requirements", PLANNED, "owner")] = "Ben"  # a question that was not shared when the workbook went out
    joined = joining.merged(base, ours, workbook, FIELDS, lambda: asked)
    assert joined.cells[Key("requirements", ISSUES, "owner")] == "Zoe"
    assert joined.cells[Key("requirements", PLANNED, "owner")] == "Ben"
    with pytest.raises(AssertionError):
        joining.merged(base, ours, workbook, FIELDS, unasked)


def test_what_people_write_alike_beside_each_verdict_is_joined_with_the_question(asked: Questions) -> None:
    rows = [(ISSUES, {"origin": "shared"}), *((f"{key}:4.1#issues", {"origin": "verdict"}) for key in (A, B))]
    columns = ("origin", "owner")
    base = base_of(book(sheet(rows, columns)), FIELDS)
    theirs = [rows[0], *((row, {**cells, "owner": "Bob"}) for row, cells in rows[1:])]
    ours = {Key("requirements", ISSUES, "owner"): "Ann"}
    base[Key("requirements", ISSUES, "owner")] = "Ann"
    theirs[0] = (ISSUES, {"origin": "shared", "owner": "Ann"})
    merged = joining.merged(base, ours, book(sheet(theirs, columns)), FIELDS, lambda: asked)
    assert merged.cells == {Key("requirements", ISSUES, "owner"): "Bob"}
    assert merged.notes[0] == "2 of the answers joined into 1 question, as several standards say the same"
    theirs[1] = (theirs[1][0], {"origin": "verdict", "owner": "Cy"})
    apart = joining.merged(base, ours, book(sheet(theirs, columns)), FIELDS, lambda: asked)
    assert {key.row: value for key, value in apart.cells.items()} == {
        ISSUES: "Ann", f"{A}:4.1#issues": "Cy", f"{B}:4.1#issues": "Bob",
    }  # fmt: skip
    assert not apart.notes


def test_a_workbook_that_comes_twice_does_not_contradict_what_it_joined_itself(asked: Questions) -> None:
    point = f"{A}:4.1#issues"
    columns = ("origin", "owner")

    def rows(own: str) -> list[Line]:
        first: list[Line] = [
            (ISSUES, {"origin": "shared", "owner": "Ann"}),
            (point, {"origin": "verdict", "owner": own}),
        ]
        return [*first, (f"{B}:4.1#issues", {"origin": "verdict", "owner": "Bob"})]

    base = base_of(book(sheet(rows("Cy"), columns)), FIELDS)
    ours = {key: value for key, value in base.items() if key.field == "owner" and not key.row.startswith("@")}
    back = book(sheet(rows("Ann"), columns))
    once = joining.merged(base, ours, back, FIELDS, lambda: asked)
    assert Key("requirements", point, "owner") not in once.cells  # it is what the question says
    twice = joining.merged(base, once.cells, back, FIELDS, lambda: asked)
    assert (twice.cells, twice.clashes, twice.counts.conflicts) == (once.cells, (), 0)


def test_what_is_written_for_one_standard_beside_what_was_said_for_all_since_is_a_conflict(asked: Questions) -> None:
    point, other = f"{A}:4.1#issues", f"{B}:4.1#issues"
    columns = ("origin", "owner")
    rows: list[Line] = [
        (ISSUES, {"origin": "shared"}), (point, {"origin": "verdict"}), (other, {"origin": "verdict"}),
    ]  # fmt: skip
    base = base_of(book(sheet(rows, columns)), FIELDS)
    back = book(sheet([rows[0], *((row, {**cells, "owner": "Bob"}) for row, cells in rows[1:])], columns))
    ours = {Key("requirements", ISSUES, "owner"): "Ann"}
    once = joining.merged(base, ours, back, FIELDS, lambda: asked)
    assert once.cells == ours
    assert [(one.key.row, one.base, one.ours, one.theirs) for one in once.clashes] == [
        (point, None, "Ann", "Bob"), (other, None, "Ann", "Bob"),
    ]  # fmt: skip
    assert (once.counts.changed, once.counts.conflicts) == (0, 2)
    alike = joining.merged(base, {Key("requirements", ISSUES, "owner"): "Bob"}, back, FIELDS, lambda: asked)
    assert (alike.cells, alike.clashes) == ({Key("requirements", ISSUES, "owner"): "Bob"}, ())
    kept, _ = conflicts.kept(once.cells, once.clashes, "back.xlsx")
    solved, _ = conflicts.resolved(kept, "theirs", (), lambda: asked)
    assert {key.row: value for key, value in solved.items() if key.sheet == "requirements"} == {ISSUES: "Bob"}


def test_a_project_begun_in_this_layout_is_not_joined(tmp_path: Path, asked: Questions) -> None:
    said = {Key("requirements", f"{key}:4.1#issues", "owner"): "Ann" for key in (A, B)}
    with register.writing(tmp_path, "2031-02-03", "Eve") as writer:
        writer.commit("import", {}, **{joining.JOINED: True})
        writer.commit("import", said, **{joining.JOINED: True})
        assert joining.join(writer, lambda: asked) == ""
        writer.undo()
        writer.commit("import", said)
        assert joining.join(writer, lambda: asked).startswith(
            "2 answers of 2 shared requirements joined into 1 question"
        )


def test_rows_of_shared_questions_are_told_in_words() -> None:
    named = {A: "ISO 90001:2030", B: "ISO 91001:2030"}
    found = Processes(())
    words = [
        Places({}, named, found).of(Key("requirements", row, "owner"))
        for row in ("core:party-needs", f"equal:{A}:8.1#polish", "topic:4.1")
    ]
    assert words == [
        "Requirements, what several standards ask for: party needs, Owner",
        "Requirements, what several standards ask for: ISO 90001:2030, 8.1, polish, Owner",
        "Requirements, the heading 4.1, Owner",
    ]


# --- through the commands --------------------------------------------------------------------------------------------


@pytest.fixture
def older(imsmap: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    shutil.copytree(OLDER, "older")
    monkeypatch.chdir("older")
    return lambda *words: imsmap(*words, mappings=MINI)


def built(command: Callable[..., Answer], *words: str) -> tuple[Answer, Path]:
    answer = command("build", "--variant", *words, "--date", "2031-02-04")
    assert answer.code == 0, answer.err
    return answer, max(Path("output").glob("v*/*.xlsx"), key=lambda path: path.stat().st_mtime_ns)


def rows_of(path: Path) -> dict[str, dict[str, object]]:
    sheet = openpyxl.load_workbook(path)["Requirements"]
    keys = [cell.value for cell in sheet[3]]
    return {
        str(row[0].value): {key: cell.value for key, cell in zip(keys, row, strict=True) if key}
        for row in sheet.iter_rows(min_row=5)
    }


@pytest.mark.slow
def test_build_joins_says_so_and_hands_out_the_new_sheet(older: Callable[..., Answer]) -> None:
    answer, path = built(older, "workbook")
    assert TOLD in answer.err
    found = rows_of(path)
    assert found[ISSUES]["owner"] == "Ann"
    assert found[f"{A}:4.1#issues"]["owner"] is None
    assert found[f"{A}:8"]["client_note"] == "Ask the mill"
    under = list(found).index(f"{A}:8.2") + 1
    assert found[list(found)[under]]["text"] == "Dry the widgets"
    assert "answers to what several standards ask for joined: 8 into 2 questions, 3 apart" in older("history").out
    assert "Changes" not in openpyxl.load_workbook(path).sheetnames or "Ben" not in str(rows_of(path).get("changes"))
    again, _ = built(older, "workbook")
    assert "holds just this already" in again.out


@pytest.mark.slow
def test_the_workbook_of_a_standard_alone_comes_back_and_overrides_for_it(older: Callable[..., Answer]) -> None:
    _, path = built(older, "91001")
    found = rows_of(path)
    assert ISSUES not in found
    assert (found[f"{B}:4.1#issues"]["owner"], found[f"{B}:8.1#planned"]["owner"]) == ("Ann", "Ben")
    book = openpyxl.load_workbook(path)
    sheet = book["Requirements"]
    keys = {cell.value: cell.column for cell in sheet[3]}
    number = next(row[0].row for row in sheet.iter_rows(min_row=5) if row[0].value == f"{B}:4.1#issues")
    sheet.cell(number, keys["owner"]).value = "Nora"
    book.save("alone.xlsx")
    answer = older("import", "alone.xlsx")
    assert answer.out.startswith("1 cell changed, 0 new rows, 0 conflicts")
    cells = register.read(Path()).cells
    assert said(cells, ISSUES)[ISSUES, "owner"] == "Ann"
    assert said(cells, f"{B}:4.1#issues")[f"{B}:4.1#issues", "owner"] == "Nora"
    assert (f"{A}:4.1#issues", "owner") not in said(cells, f"{A}:4.1#issues")
