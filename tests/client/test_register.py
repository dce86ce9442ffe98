from __future__ import annotations

import datetime
import errno
import json
import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imsmap.client import history, register
from imsmap.errors import DataError, ImsmapError, OutputError
from imsmap.register.cells import Formula, Key, Value
from tests.client import stopping
from tests.client.stopping import NEW, OLD, WHEN, Run, telling
from tests.drawn import tried

A, B = Key("requirements", "r1", "owner"), Key("own:Köln / 1", "2", "C")


def put(root: Path, cells: dict[Key, Value], what: str = "import", **about) -> register.Writer:
    with register.writing(root, WHEN, "tester") as writer:
        writer.commit(what, cells, **about)
        return writer


def files(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "register").glob("*.jsonl")}


def line(root: Path, name: str, number: int, text: str | None) -> None:
    path = root / name
    lines = path.read_text("utf-8").split("\n")
    if text is None:
        del lines[number - 1]
    else:
        lines[number - 1] = text
    path.write_text("\n".join(lines), "utf-8")


class TestReadingAndWriting:
    def test_an_empty_folder_is_an_empty_register_and_stays_empty(self, tmp_path: Path):
        assert register.read(tmp_path).cells == {}
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("link", [Path.symlink_to, Path.hardlink_to])
    def test_a_lock_that_leads_to_a_file_of_somebody_is_refused_and_the_file_stays(self, tmp_path: Path, link):
        theirs = tmp_path / "theirs.txt"
        theirs.write_text("precious")
        (tmp_path / "register").mkdir()
        link(tmp_path / "register" / ".lock", theirs)
        with pytest.raises(OutputError, match="leads elsewhere; nothing was changed"):
            put(tmp_path, {A: "Ann"})
        assert theirs.read_text() == "precious"
        assert register.read(tmp_path).cells == {}

    def test_the_files_are_plain_sorted_and_one_line_is_one_cell(self, tmp_path: Path):
        put(tmp_path, {B: Formula("=C1*2", 4), A: "Ann", A._replace(row="r0"): datetime.date(2026, 3, 1)})
        assert files(tmp_path)["requirements.jsonl"].decode().splitlines() == [
            '{"imsmap": 1, "sheet": "requirements"}',
            '{"row": "r0", "field": "owner", "value": {"date": "2026-03-01"}}',
            '{"row": "r1", "field": "owner", "value": "Ann"}',
        ]

    @pytest.mark.slow
    @given(
        st.dictionaries(
            st.builds(
                Key,
                st.sampled_from(["requirements", "own:Ä", "own:a", "own:日本"]),
                st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5),
                st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5),
            ),
            st.one_of(
                st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
                st.integers(-(10**15), 10**15),
                st.floats(allow_nan=False, allow_infinity=False),
                st.booleans(),
                st.dates(),
                st.datetimes(),
                st.builds(Formula, st.just("=B2"), st.one_of(st.none(), st.text(max_size=3), st.integers(0, 9))),
            ),
            max_size=12,
        )
    )
    @settings(max_examples=tried(40))
    def test_what_was_written_is_read_with_its_types(self, tmp_path_factory, cells):
        root = tmp_path_factory.mktemp("register")
        with mock.patch.object(os, "fsync"):  # who reads sees it without the disk
            put(root, cells)
        found = register.read(root)
        assert found.cells == cells
        assert {key: type(value) for key, value in found.cells.items()} == {k: type(v) for k, v in cells.items()}
        assert found.current
        assert history.fold(root, found.number) == cells

    def test_every_change_is_in_the_history_with_old_and_new(self, tmp_path: Path):
        put(tmp_path, {A: "Ann", B: 1}, file="one.xlsx")
        put(tmp_path, {A: "Bob"}, file="two.xlsx")
        assert [(e.number, e.what, e.who, e.count, e.about) for e in history.entries(tmp_path)] == [
            (1, "import", "tester", 2, {"file": "one.xlsx"}),
            (2, "import", "tester", 2, {"file": "two.xlsx"}),
        ]
        assert {(c.key, c.old, c.new) for c in history.changes(tmp_path, 2)} == {(A, "Ann", "Bob"), (B, 1, None)}

    def test_a_change_to_the_same_is_no_entry(self, tmp_path: Path):
        put(tmp_path, {A: "Ann"})
        put(tmp_path, {A: "Ann"})
        assert len(history.entries(tmp_path)) == 1

    def test_one_and_true_are_two_values(self, tmp_path: Path):
        put(tmp_path, {A: 1})
        put(tmp_path, {A: True})
        assert register.read(tmp_path).cells[A] is True

    def test_sheets_never_share_a_file(self):
        names = [
            "requirements",
            "own:A",
            "own:a",
            "own:Ä",
            "own:a b",
            "own:a-b",
            "own:",
            "conflicts",
            "own-x",
            "own:CON",
        ]
        found = [register.file_name(name) for name in [*names, register.CONFLICTS, "own:../../x", "own:日本"]]
        assert len({name.lower() for name in found}) == len(found)
        assert not any(set(name) - set("abcdefghijklmnopqrstuvwxyz0123456789-_.") for name in found)


class TestUndo:
    def test_the_register_is_byte_for_byte_as_before(self, tmp_path: Path):
        states = []
        for cells in ({A: "Ann"}, {A: "Bob", B: 2}, {B: Formula("=1", 1)}):
            put(tmp_path, cells)
            states.append(files(tmp_path))
        for expected in (*states[1::-1], {}):
            with register.writing(tmp_path, WHEN, "tester") as writer:
                writer.undo()
            assert files(tmp_path) == expected
        with register.writing(tmp_path, WHEN, "tester") as writer, pytest.raises(ImsmapError, match="nothing to undo"):
            writer.undo()
        assert [e.undone for e in history.entries(tmp_path)] == [6, 5, 4, None, None, None]

    def test_after_undo_one_goes_on(self, tmp_path: Path):
        put(tmp_path, {A: "Ann"})
        put(tmp_path, {A: "Bob"})
        with register.writing(tmp_path, WHEN, "tester") as writer:
            writer.undo()
            writer.commit("import", {A: "Cat"})
            writer.undo()
            assert writer.cells == {A: "Ann"}


class TestByHand:
    def test_edits_are_read_as_they_are_and_become_an_entry_of_their_own(self, tmp_path: Path):
        put(tmp_path, {A: "Ann"})
        line(tmp_path, "register/requirements.jsonl", 2, '{"row": "r1", "field": "owner", "value": "Eve"}')
        assert register.read(tmp_path).cells == {A: "Eve"}
        assert len(history.entries(tmp_path)) == 1
        put(tmp_path, {A: "Bob"})
        assert [e.what for e in history.entries(tmp_path)] == ["import", "by-hand", "import"]
        assert [(c.old, c.new) for c in history.changes(tmp_path, 2)] == [("Ann", "Eve")]

    def test_a_new_file_and_an_emptied_one_are_edits_and_a_lost_one_comes_back(self, tmp_path: Path):
        put(tmp_path, {A: "Ann", B: 1})
        line(tmp_path, "register/requirements.jsonl", 2, None)
        name = register.file_name(B.sheet)
        (tmp_path / "register" / name).unlink()
        (tmp_path / "register" / "actions.jsonl").write_text(
            '{"imsmap": 1, "sheet": "actions"}\n{"row": "a", "field": "due", "value": 3}\n', "utf-8"
        )
        found = register.read(tmp_path)
        assert found.cells == {B: 1, Key("actions", "a", "due"): 3}
        assert f"register/{name} was missing; it comes back from the history" in found.notices
        with register.writing(tmp_path, WHEN, "tester"):
            pass
        assert register.read(tmp_path).current
        assert name in files(tmp_path)

    def test_a_lost_state_file_loses_nothing(self, tmp_path: Path):
        put(tmp_path, {A: "Ann"})
        (tmp_path / "register" / ".state").write_text("{", "utf-8")
        line(tmp_path, "register/requirements.jsonl", 2, '{"row": "r1", "field": "owner", "value": "Eve"}')
        assert register.read(tmp_path).cells == {A: "Eve"}

    @pytest.mark.parametrize(("kept", "ends"), [(0, "is empty"), (1, "ends with entry 1")])
    def test_a_history_that_is_gone_is_told_and_nothing_is_called_edited(self, tmp_path: Path, kept: int, ends: str):
        put(tmp_path, {A: "Ann"})
        put(tmp_path, {A: "Bob", B: 1})
        for path in sorted((tmp_path / "history").glob("*.jsonl"))[kept:]:
            path.unlink()
        notice = (
            f"history/ {ends} but the register is of entry 2: its answers are taken as they are; how they came about "
            "is told only by a copy of the project that still has these files"
        )
        found = register.read(tmp_path)
        assert (found.cells, found.notices) == ({A: "Bob", B: 1}, (notice,))
        with register.writing(tmp_path, WHEN, "tester") as writer:
            assert writer.notices == [notice]
        assert [entry.what for entry in history.entries(tmp_path)][kept:] == ["without-history"]
        assert register.read(tmp_path) == register.Register(tmp_path, kept + 1, {A: "Bob", B: 1})

    @pytest.mark.parametrize(
        ("number", "text", "message"),
        [
            (1, "", ":1: is no head"),
            (1, "[]", ":1: should begin with a line"),
            (1, '{"imsmap": 2}', ":1: was written by a newer imsmap"),
            (1, '{"imsmap": 1, "sheet": "actions"}', ":1: its head names the sheet 'actions'"),
            (2, '{"row": "r1",', ":2: is not JSON"),
            (2, '{"row": "r1", "field": "owner"', ":2: is not JSON"),
            (2, '{"row": "r1", "value": 3}', ":2: needs row, field"),
            (
                2,
                '{"row": "r1", "field": "owner", "vlaue": 3}',
                ":2: unknown name 'vlaue'; a line has row, field, value",
            ),
            (2, '{"row": "r1", "field": "owner", "value": [1]}', ":2: the value is no value; write a text"),
            (
                2,
                '{"row": "r1", "field": "owner", "value": {"date": "soon"}}',
                ":2: the value holds a date that is none",
            ),
            (2, '{"row": "r1", "field": "owner", "value": NaN}', ":2: is not JSON (NaN is no number)"),
            (2, '{"row": "r2", "field": "owner", "value": 3}', ":3: row 'r2', field 'owner' is here twice"),
            (2, "[" * 50_000, ":2: is not JSON"),
        ],
    )
    def test_a_broken_file_is_named_with_its_line_and_nothing_is_touched(self, tmp_path: Path, number, text, message):
        put(tmp_path, {A: "Ann", A._replace(row="r2"): "Bob"})
        line(tmp_path, "register/requirements.jsonl", number, text)
        before = files(tmp_path)
        with pytest.raises(DataError) as caught:
            register.read(tmp_path)
        assert f"register/requirements.jsonl{message}" in str(caught.value)
        with pytest.raises(DataError), register.writing(tmp_path, WHEN, "tester"):
            pass
        assert files(tmp_path) == before
        assert len(history.entries(tmp_path)) == 1

    def test_every_fault_of_a_file_is_named_at_its_own_line(self, tmp_path: Path):
        keys = [A._replace(row=row) for row in ("r1", "r2", "r3", "r4")]
        put(tmp_path, dict.fromkeys(keys, "Ann"))
        path = "register/requirements.jsonl"
        line(tmp_path, path, 2, '{"row": "r1", "vlaue": 3}')
        line(tmp_path, path, 3, '{"row": "r4", "field": "owner", "value": [1]}')
        with pytest.raises(DataError) as caught:
            register.read(tmp_path)
        told = sorted(problem.line for problem in caught.value.problems)
        assert told == [2, 3, 5], caught.value
        assert f"{path}:3: the value is no value" in str(caught.value)
        assert f"{path}:5: row 'r4', field 'owner' is here twice, first in line 3" in str(caught.value)

    def test_a_broken_history_is_named(self, tmp_path: Path):
        for owner in ("Ann", "Bob", "Cat"):
            put(tmp_path, {A: owner})
        shutil.copytree(tmp_path, tmp_path / "copy")
        line(tmp_path, "history/0003-import.jsonl", 2, None)
        with (
            register.writing(tmp_path, WHEN, "tester") as writer,
            pytest.raises(DataError, match="has 0 of 1 changes"),
        ):
            writer.undo()
        (tmp_path / "history" / "0002-import.jsonl").unlink()
        with pytest.raises(DataError, match="the entry before it, 2, is missing"):
            history.entries(tmp_path)
        other = tmp_path / "copy"
        (other / "history" / "0002-import.jsonl").rename(other / "history" / "0003-undo.jsonl")
        (other / "history" / "0001-import.jsonl").rename(other / "history" / "0002-import.jsonl")
        with pytest.raises(DataError, match="is missing"):
            history.entries(other)


def copies(tmp_path: Path):
    """Make projects in state OLD, or in NEW where one is to go back."""
    origin = tmp_path / "origin"
    put(origin, OLD)

    def make(name: str, job: str) -> tuple[Path, dict[Key, Value], dict[Key, Value]]:
        root = tmp_path / name
        shutil.copytree(origin, root)
        if job == "undo":
            put(root, NEW)
            return root, NEW, OLD
        return root, OLD, NEW

    return make


def whole(root: Path, old: dict[Key, Value], new: dict[Key, Value]) -> str:
    """Find in which state a project is, by reading it, then after the next command has set it right."""
    found = register.read(root)
    assert found.by_hand == ()
    assert found.cells in (old, new)
    for _ in range(2):
        with register.writing(root, WHEN, "tester") as writer:
            assert writer.cells == found.cells
        after = register.read(root)
        assert after.current
        assert after.cells == found.cells
        assert history.fold(root, after.number) == found.cells
        assert [entry.what for entry in history.entries(root) if entry.what == "by-hand"] == []
    assert not list(root.rglob("*.part"))
    return "new" if found.cells == new else "old"


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    with stopping.ready() as run:
        yield run


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="processes are killed by signals")
class TestStopped:
    @pytest.fixture(autouse=True)
    def _quick(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let nothing wait for the disk: a process that is killed does not take the system's memory along."""
        monkeypatch.setattr(os, "fsync", lambda handle: None)

    @pytest.mark.parametrize("job", ["commit", "undo"])
    def test_killed_at_any_step_the_state_is_the_old_or_the_new(
        self, tmp_path: Path, run: Run, job: str, request: pytest.FixtureRequest
    ):
        make = copies(tmp_path)
        root, old, new = make("whole", job)
        steps = run(root, job).steps
        assert whole(root, old, new) == "new"
        points = range(1, len(steps) + 1) if request.config.getoption("--all") else telling(steps)
        assert len(points) > 10
        states = []
        for number in points:
            root, old, new = make(f"step{number}", job)
            assert run(root, job, "kill", number).signal == signal.SIGKILL
            states.append(whole(root, old, new))
        # Old up to the commit, new from there on, and both occur.
        assert states == sorted(states, key=["old", "new"].index)
        assert set(states) == {"old", "new"}

    def test_killed_while_the_next_command_sets_it_right_it_is_still_whole(self, tmp_path: Path, run: Run):
        make = copies(tmp_path)
        root, old, new = make("whole", "commit")
        steps = len(run(root, "commit").steps)
        number = next(
            n for n in range(steps, 0, -1)
            if run(make(f"at{n}", "commit")[0], "commit", "kill", n) and not register.read(tmp_path / f"at{n}").current
        ) - 6  # fmt: skip
        for second in range(1, 30, 3):
            root, old, new = make(f"twice{second}", "commit")
            run(root, "commit", "kill", number)
            run(root, "settle", "kill", second)
            assert whole(root, old, new) == "new"

    def test_killed_at_any_time_it_is_whole(self, tmp_path: Path, run: Run):
        make = copies(tmp_path)
        chance = random.Random(20261125)
        took = []
        for number in range(3):
            root, *_ = make(f"whole{number}", "commit")
            begun = time.monotonic()
            run(root, "commit")
            took.append(int(1_000_000 * (time.monotonic() - begun)))
        for number in range(16):
            root, old, new = make(f"time{number}", "commit")
            run(root, "commit", "late", chance.randint(0, min(took)))
            whole(root, old, new)

    @pytest.mark.parametrize("job", ["commit", "undo"])
    def test_on_a_full_disk_the_state_is_the_old_or_the_new(self, tmp_path: Path, run: Run, job: str):
        make = copies(tmp_path)
        root, *_ = make("whole", job)
        total = run(root, job).written
        states = []
        for room in [*range(0, total, max(1, total // 12)), total]:
            root, old, new = make(f"room{room}", job)
            done = run(root, job, "full", room)
            states.append(whole(root, old, new))
            assert (states[-1] == "old") == ("OutputError" in done.error and "No space left" in done.error)
        assert set(states) == {"old", "new"}

    def test_a_stopped_command_is_told_and_shuts_nobody_out(self, tmp_path: Path, run: Run):
        make = copies(tmp_path)
        root, *_ = make("whole", "commit")
        run(root, "commit", "kill", 12)
        with register.writing(root, WHEN, "tester") as writer:
            assert "was stopped midway; the register is whole" in writer.notices[0]
        with register.writing(root, WHEN, "tester") as writer:
            assert writer.notices == []


def test_a_folder_that_can_only_be_read_is_read_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    put(tmp_path, {A: "Ann"})
    (tmp_path / "register" / ".state").unlink()
    real = os.open

    def refuse(path, flags, *rest, **named):
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)
        return real(path, flags, *rest, **named)

    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    monkeypatch.setattr(os, "open", refuse)
    assert register.read(tmp_path).cells == {A: "Ann"}
    with pytest.raises(OutputError, match="Read-only file system"), register.writing(tmp_path, WHEN, "tester"):
        pass
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind this user")
def test_a_folder_without_rights_to_write_is_told(tmp_path: Path):
    put(tmp_path, {A: "Ann"})
    for place in (tmp_path / "history", tmp_path / "register"):
        place.chmod(0o555)
    try:
        with pytest.raises(OutputError):
            put(tmp_path, {A: "Bob"})
        assert register.read(tmp_path).cells == {A: "Ann"}
    finally:
        for place in (tmp_path / "history", tmp_path / "register"):
            place.chmod(0o755)


def test_two_commands_do_not_write_at_once(tmp_path: Path):
    with (
        register.writing(tmp_path, WHEN, "tester"),
        pytest.raises(OutputError, match=r"another imsmap command \(since 2026-11-25T10:00:00, process \d+\)"),
        register.writing(tmp_path, WHEN, "tester"),
    ):
        pass
    with register.writing(tmp_path, WHEN, "tester"):
        pass


def test_who_reads_while_another_writes_finds_one_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    put(tmp_path, OLD)
    real = register._state

    def interrupted(folder: Path):
        monkeypatch.setattr(register, "_state", real)
        put(tmp_path, NEW)
        return json.loads(json.dumps({"state": 1}))["state"], {}

    monkeypatch.setattr(register, "_state", interrupted)
    found = register.read(tmp_path)
    assert found.cells == NEW
    assert found.by_hand == ()


def test_a_sheet_with_the_name_of_a_device_gets_a_file_that_windows_can_open():
    from imsmap.files import is_device

    for name in ("con", "NUL", "Aux", "com1"):
        assert not is_device(register.file_name(f"own:{name}"))
