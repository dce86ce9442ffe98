"""A client's project moves to the editions of 2026 and back; a workbook on its way comes back into it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest

from imsmap import api
from imsmap.client import history, lock, moved, register, scanning
from imsmap.library.mark import Mark
from imsmap.register.cells import Key
from tests import looking
from tests.fixtures import MAPPINGS
from tests.returned import written
from tests.sharing import Built

OLD, NEW, Q_OLD, Q_NEW = "iso14001-2015", "iso14001-2026", "iso9001-2015", "iso9001-2026"
Command = Callable[..., object]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder for projects that several tests begin with: made by the first, copied by the others."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def project(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, imsmap: Command) -> Path:
    """Make the invented company's project, and work in it."""
    monkeypatch.chdir(kept)
    if not Path("demo").exists():
        with looking.on():  # a slow test may be the first
            assert imsmap("new", "demo", "--demo").code == 0
    return inside(kept / "demo", tmp_path, monkeypatch)


@pytest.fixture
def moved_once(kept: Path, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, imsmap: Command) -> None:
    """Move the invented company's project to ISO 14001:2026."""
    if (kept / "moved").exists():
        monkeypatch.chdir(tmp_path)
        shutil.rmtree(project)
        inside(kept / "moved", tmp_path, monkeypatch)
    else:
        assert imsmap("migrate", "14001:2015", "14001:2026").code == 0
        shutil.copytree(project, kept / "moved")


def inside(made: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a copy of a project."""
    shutil.copytree(made, folder / "demo")
    monkeypatch.chdir(folder / "demo")
    return folder / "demo"


@pytest.fixture
def delivered(whole_demo: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, imsmap: Command) -> Path:
    """Give a copy of the invented company's project, whose first workbook went out, and work in it."""
    root = tmp_path / "demo"
    shutil.copytree(whole_demo.folder.parent, root)
    monkeypatch.chdir(root)
    return root


def state(root: Path) -> dict[str, bytes]:
    """Give the bytes of all that a person or a command keeps, but for the history."""
    files = [root / "imsmap.toml", root / "processes.csv", *(root / "register").glob("*.jsonl")]
    return {path.name: path.read_bytes() for path in files}


def answers(root: Path, standard: str) -> set[str]:
    """Name the requirements of a standard of which something is said."""
    return {key.row for key in register.read(root).cells if key.sheet == "requirements" and f"{standard}:" in key.row}


def counted(told: str) -> tuple[int, int]:
    """Give how many requirements went in, and how many came out."""
    numbers = re.search(
        r"(\d+) answered requirements of [^:]+:\d+: (\d+) carried, (\d+) to re-assess, (\d+) joined, (\d+) archived",
        told,
    )
    assert numbers is not None, told
    total, *out = map(int, numbers.groups())
    return total, sum(out)


def test_a_plan_tells_what_would_become_of_every_answer_and_changes_nothing(project: Path, imsmap) -> None:
    before = state(project)
    told = imsmap("migrate", "14001:2015", "14001:2026", "--plan").out
    went_in, came_out = counted(told)
    assert went_in == came_out == len({row for row in answers(project, OLD) if row.startswith(OLD)})
    assert "would move" in told
    (others,) = (line for line in told.splitlines() if "with them rows of other sheets" in line)
    assert all(re.search(rf"\d+ of {title}\b", others) for title in ("Actions", "Processes", "Management review"))
    assert state(project) == before


def test_a_move_reads_the_library_once_before_and_once_after_it(
    project: Path, imsmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    real = api.load

    def load(roots: api.Roots, standards: tuple[str, ...], *, guides: bool, marks: tuple[Mark, ...]) -> object:
        read.append(standards)
        return real(roots, standards, guides=guides, marks=marks)

    monkeypatch.setattr(api, "load", load)
    heads: list[object] = []
    known = api.catalogue
    monkeypatch.setattr(api, "catalogue", lambda roots: (heads.append(roots), known(roots))[1])
    assert imsmap("migrate", "14001:2015", "14001:2026").code == 0
    assert read == [(Q_OLD, OLD), (Q_OLD, NEW)]
    assert len(heads) == 1
    assert f"{NEW}:" in (project / "processes.csv").read_text("utf-8")


@pytest.mark.slow
def test_settings_that_name_the_old_edition_are_told(project: Path, imsmap) -> None:
    told = imsmap("migrate", "9001", "9001:2026", "--plan").out
    assert "imsmap.toml names ISO 9001:2015 in its scope, which you may want to write anew" in told
    assert "imsmap.toml names" not in imsmap("migrate", "14001:2015", "14001:2026", "--plan").out


@pytest.mark.usefixtures("moved_once", "project")
def test_an_edition_to_leave_without_its_year_is_the_projects(imsmap) -> None:
    assert "both are ISO 14001:2026" in imsmap("migrate", "14001", "14001:2026").err


def test_of_many_places_in_documents_each_document_is_named_with_its_first(project: Path, imsmap) -> None:
    papers = project / "papers"
    papers.mkdir()
    for number in range(14):
        (papers / f"{number:02}.txt").write_text("ISO 14001:2015, 6.1.4 asks for it.\n" * 3, "utf-8")
    told = imsmap("migrate", "14001:2015", "14001:2026", "--plan", "--scan", papers).out
    assert "14 of them cite clauses that moved, in 42 places:" in told
    assert "  00.txt, line 1: 6.1.4 is 6.1.5 now: ISO 14001:2015, 6.1.4 asks for it. (and 2 more in it)\n" in told
    assert told.count(".txt") == 12
    assert "  and 2 more documents\n  every place: --all\n" in told
    whole = imsmap("migrate", "14001:2015", "14001:2026", "--plan", "--scan", papers, "--all").out
    assert whole.count(".txt") == 42


@pytest.mark.slow
def test_a_project_moves_standard_by_standard_and_back_to_the_byte(project: Path, imsmap) -> None:
    before = state(project)
    first = imsmap("migrate", "14001:2015", "14001:2026")
    assert first.code == 0
    assert counted(first.out)[0] == counted(first.out)[1]
    assert not answers(project, OLD)
    between = state(project)
    assert '"iso14001-2026"' in between["imsmap.toml"].decode()
    assert b"iso14001-2015" not in between["processes.csv"]
    second = imsmap("migrate", "9001:2015", "9001:2026")
    assert counted(second.out)[0] == counted(second.out)[1]
    assert imsmap("undo").code == 0
    assert state(project) == between
    assert imsmap("undo").code == 0
    assert state(project) == before


def checklist(root: Path, row: str) -> dict[str, object]:
    """Give what stands in a row of the audit checklist."""
    return {key.field: value for key, value in register.read(root).cells.items() if key[:2] == ("audit", row)}


@pytest.mark.slow
@pytest.mark.usefixtures("moved_once")
def test_verdicts_of_an_audit_follow_to_the_question_that_asks_for_them_now(project: Path, imsmap) -> None:
    # Improvement in general stays a question while ISO 9001:2015 asks it; ISO 14001:2026 asks it with 10.1.
    assert {"result_iso9001-2015", "auditor"} <= {*checklist(project, "improvement-general")}
    assert f"result_{NEW}" not in checklist(project, "improvement-general")
    seen = str(checklist(project, "10.1")["evidence_seen"])
    assert imsmap("migrate", "9001:2015", "9001:2026").code == 0
    assert checklist(project, "improvement-general") == {}
    assert {f"result_{NEW}", f"result_{Q_NEW}"} <= {*checklist(project, "10.1")}
    assert "Improvement lists with 26 and eight entries." in seen
    assert str(checklist(project, "10.1")["evidence_seen"]).count("\n") == seen.count("\n")


@pytest.mark.slow
def test_a_move_back_by_command_keeps_every_answer(project: Path, imsmap) -> None:
    was = register.read(project).cells
    imsmap("migrate", "14001:2015", "14001:2026")
    back = imsmap("migrate", "14001:2026", "14001:2015")
    assert back.code == 0
    now = register.read(project).cells
    kept = {key: value for key, value in was.items() if key.sheet == "requirements" and key.field == "evidence"}
    assert {key: now.get(key) for key in kept} == kept
    assert {key.row for key in now if key.row.startswith(OLD)} >= {key.row for key in was if key.row.startswith(OLD)}


def back(project: Path, rows: Mapping[str, Mapping[str, str]], version: str = "v1") -> Path:
    """Give the workbook that went out, as it comes back with some rows of its sheet Requirements written."""
    (sent,) = (project / "output").rglob(f"*_{version}.xlsx")
    path = project / f"back-{version}.xlsx"
    path.write_bytes(written(sent.read_bytes(), "Requirements", rows))
    return path


POINT = f"{OLD}:9.3#review-strategy"
MOVED_POINT = f"{NEW}:9.3.3#review-strategy"
SHARED = "core:policy-documented"


@pytest.mark.slow
def test_two_workbooks_from_before_each_move_come_back_after_both_and_all_is_taken_back_to_the_byte(
    delivered: Path, imsmap
) -> None:
    before = state(delivered)
    quality = f"{Q_OLD}:5.1.1#process-approach"
    said = {POINT: {"Gap": "of the first", "Status": "Not conforming"}, quality: {"Gap": "of both"}}
    first = back(delivered, said)
    told = [imsmap("migrate", OLD, NEW).out]
    assert imsmap("build", "--variant", "workbook").code == 0
    wanted = {MOVED_POINT: {"Client's note": "of the second"}, SHARED: {"Document": "Policy of 2031"}}
    second = back(delivered, wanted, "v2-workbook")
    told.append(imsmap("migrate", Q_OLD, Q_NEW).out)
    assert all(counted(one)[0] == counted(one)[1] for one in told)
    came = [imsmap("import", path).out for path in (first, second)]
    assert ["0 conflicts, nothing discarded" in one for one in came] == [True, True]
    both = "before the move from ISO 14001:2015 to ISO 14001:2026 and ISO 9001:2015 to ISO 9001:2026"
    assert f"it went out {both}" in came[0]
    assert imsmap("import", first).out.count("imported already") == 1
    cells = register.read(delivered).cells
    found = {key: cells.get(key) for key in (
        Key("requirements", MOVED_POINT, "gap"), Key("requirements", MOVED_POINT, "status"),
        Key("requirements", MOVED_POINT, "client_note"), Key("requirements", quality.replace(Q_OLD, Q_NEW), "gap"),
        Key("requirements", SHARED, "document"),
    )}  # fmt: skip
    assert list(found.values()) == [
        "of the first", "Not conforming", "of the second", "of both", "Policy of 2031",
    ]  # fmt: skip
    assert [imsmap("undo").code for _ in range(4)] == [0] * 4
    assert state(delivered) == before


@pytest.mark.slow
def test_what_both_changed_since_is_a_conflict_at_its_place_in_the_new_edition(delivered: Path, imsmap) -> None:
    path = back(delivered, {POINT: {"Gap": "theirs"}})
    imsmap("migrate", "14001:2015", "14001:2026")
    with register.writing(delivered, "2031-01-01", "Ann") as writer:
        writer.commit("by-hand", {**writer.cells, Key("requirements", MOVED_POINT, "gap"): "ours"})
    assert "1 conflict" in imsmap("import", path).out
    told = imsmap("import", "--conflicts").out
    assert "ISO 14001:2026, 9.3.3" in told
    assert "ours" in told
    assert "theirs" in told


@pytest.mark.slow
def test_a_workbook_of_the_old_edition_comes_back_after_the_move_was_undone(delivered: Path, imsmap) -> None:
    path = back(delivered, {POINT: {"Gap": "theirs"}})
    imsmap("migrate", "14001:2015", "14001:2026")
    imsmap("undo")
    assert "nothing discarded" in imsmap("import", path).out
    assert register.read(delivered).cells[Key("requirements", POINT, "gap")] == "theirs"


@pytest.mark.slow
def test_the_workbook_of_the_new_edition_shows_what_an_answer_was_beside_it(delivered: Path, imsmap) -> None:
    imsmap("migrate", "14001:2015", "14001:2026")
    assert imsmap("build", "--variant", "audit").code == 0
    (made,) = (delivered / "output").rglob("*_v2*.xlsx")
    sheet = openpyxl.load_workbook(made, read_only=True)["Requirements"]
    titles = next(row for row in sheet.iter_rows(max_row=12, values_only=True) if "Status" in row)
    assert titles[titles.index("Status") + 1 :][:3] == ("Said for the others", "After the move", "Before the move")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("14001:2015", "14001:2015"), "both are ISO 14001:2015"),
        (("14001:2026", "14001:2015"), "ISO 14001:2026 is not a standard of this project"),
        (("14001:2015", "9001:2026"), "does not say how ISO 9001:2026 follows from ISO 14001:2015"),
        (("14001:2015", "14001:2033"), "no edition 2033 of 14001 in the library"),
        (("14001:2015", "9001:2015"), "the project has both"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused_with_its_reason(project: Path, imsmap, words, told: str) -> None:
    before = state(project)
    answer = imsmap("migrate", *words)
    assert answer.code == 2
    assert told in answer.err
    assert state(project) == before


@pytest.mark.slow
@pytest.mark.usefixtures("moved_once")
def test_a_second_move_of_the_same_kind_is_refused(imsmap) -> None:
    assert "moved from ISO 14001:2015 to ISO 14001:2026 already" in imsmap("migrate", "14001:2015", "14001:2026").err


def test_a_move_that_another_command_came_before_is_not_made(
    project: Path, imsmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = register.writing

    def late(*given: str) -> object:
        path = project / "imsmap.toml"
        path.write_text(path.read_text("utf-8").replace('"iso9001-2015"', '"iso9001-2026"'), "utf-8")
        return real(*given)

    entries = len(history.entries(project))
    monkeypatch.setattr(register, "writing", late)
    answer = imsmap("migrate", "14001:2015", "14001:2026")
    assert (answer.code, len(history.entries(project))) == (2, entries)
    assert "another command changed the project's standards" in answer.err


def test_a_move_while_another_command_writes_is_refused_and_changes_nothing(project: Path, imsmap) -> None:
    before = state(project)
    with lock.held(project / "register", "since noon"):
        answer = imsmap("migrate", "14001:2015", "14001:2026")
    assert answer.code != 0
    assert "another imsmap command" in answer.err
    assert state(project) == before
    assert imsmap("migrate", "14001:2015", "14001:2026").code == 0


@pytest.mark.slow
def test_a_move_while_processes_csv_is_open_elsewhere_is_made_and_the_next_command_writes_the_marks(
    project: Path, imsmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (project / "processes.csv").read_bytes()
    real = os.replace

    def replace(part: Path, path: Path) -> None:
        if Path(path).name == "processes.csv":
            raise PermissionError(13, "Permission denied", str(path))
        real(part, path)

    with monkeypatch.context() as held:
        held.setattr(os, "replace", replace)
        answer = imsmap("migrate", "14001:2015", "14001:2026")
    assert (answer.code, (project / "processes.csv").read_bytes()) == (0, before)
    assert "the marks are safe in the register, and the next command writes them" in answer.err
    total, out = counted(answer.out)
    assert total == out > 0
    imsmap("undo")
    assert (project / "processes.csv").read_bytes() == before


def test_a_scan_that_is_stopped_by_ctrl_c_leaves_project_and_documents_as_they_were(
    project: Path, imsmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = project.parent / "papers"
    papers.mkdir()
    for number in range(3):
        (papers / f"{number}.md").write_text("ISO 14001 6.1.4", "utf-8")
    before, read = state(project), []

    def pieces(path: Path, shown: str) -> Iterator[tuple[str, str]]:
        if read:
            raise KeyboardInterrupt
        read.append(shown)
        return iter([("line 1", path.read_text("utf-8"))])

    entries = len(history.entries(project))
    monkeypatch.setattr(scanning, "pieces", pieces)
    answer = imsmap("migrate", "14001:2015", "14001:2026", "--scan", papers)
    assert (answer.code, read) == (1, ["0.md"])
    assert "stopped" in answer.err
    assert "Traceback" not in answer.err
    assert (state(project), len(history.entries(project))) == (before, entries)
    assert {path.read_text("utf-8") for path in papers.iterdir()} == {"ISO 14001 6.1.4"}
    with lock.held(project / "register", "at once"):
        pass  # nothing holds the project any more


@pytest.mark.slow
def test_open_conflicts_come_first(delivered: Path, imsmap) -> None:
    path = back(delivered, {POINT: {"Gap": "theirs"}})
    with register.writing(delivered, "2031-01-01", "Ann") as writer:
        writer.commit("by-hand", {**writer.cells, Key("requirements", POINT, "gap"): "ours"})
    imsmap("import", path)
    before = state(delivered)
    answer = imsmap("migrate", "14001:2015", "14001:2026")
    assert answer.code == 2
    assert "1 conflict of a workbook that came back" in answer.err
    assert state(delivered) == before


@pytest.mark.slow
def test_a_stop_between_the_history_and_the_settings_is_made_good_by_the_next_command(
    project: Path, imsmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (project / "imsmap.toml").read_bytes()
    imsmap("migrate", "14001:2015", "14001:2026")
    after = (project / "imsmap.toml").read_bytes()
    (project / "imsmap.toml").write_bytes(before)
    assert imsmap("history").code == 0
    assert (project / "imsmap.toml").read_bytes() == after
    imsmap("undo")
    (project / "imsmap.toml").write_bytes(after)
    assert imsmap("history").code == 0
    assert (project / "imsmap.toml").read_bytes() == before


@pytest.mark.slow
@pytest.mark.usefixtures("moved_once")
def test_settings_that_were_edited_since_keep_the_edit_when_a_move_is_undone(project: Path, imsmap) -> None:
    path = project / "imsmap.toml"
    path.write_text(path.read_text("utf-8").replace('paper = "A4"', 'paper = "A3"'), "utf-8")
    assert "imsmap.toml was edited since" in imsmap("undo").err
    text = path.read_text("utf-8")
    assert 'paper = "A3"' in text
    assert '"iso14001-2015"' in text


@pytest.mark.usefixtures("moved_once")
def test_the_history_tells_the_move_and_holds_the_settings(project: Path, imsmap) -> None:
    assert "moved from ISO 14001:2015 to ISO 14001:2026" in imsmap("history").out
    (entry,) = moved.standing(project)
    assert (entry.about["old"], entry.about["new"]) == (OLD, NEW)
    assert history.newest_name(project).endswith("-migrate.jsonl")


def test_the_library_that_moves_is_the_one_that_ships() -> None:
    assert (MAPPINGS / "standards" / f"{NEW}.yaml").is_file()
    assert (MAPPINGS / "standards" / f"{Q_NEW}.yaml").is_file()
    assert Q_OLD
