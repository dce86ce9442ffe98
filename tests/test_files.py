from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from imsmap import files
from imsmap.errors import OutputError
from imsmap.files import make_folder, write


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_written(tmp_path: Path):
    written = write(tmp_path / "a.csv", b"one")
    assert (written.path.read_bytes(), written.new, written.renamed) == (b"one", True, False)
    assert names(tmp_path) == ["a.csv"]


def test_a_file_with_the_same_content_stays_untouched(tmp_path: Path):
    write(tmp_path / "a.csv", b"one")
    os.utime(tmp_path / "a.csv", (1, 1))
    written = write(tmp_path / "a.csv", b"one")
    assert (written.new, written.renamed) == (False, False)
    assert (tmp_path / "a.csv").stat().st_mtime == 1


def test_a_file_with_other_content_stays_and_the_output_gets_a_second_name(tmp_path: Path):
    write(tmp_path / "a.csv", b"one")
    written = write(tmp_path / "a.csv", b"two")
    assert (written.path.name, written.renamed) == ("a (2).csv", True)
    assert write(tmp_path / "a.csv", b"three").path.name == "a (3).csv"
    assert (tmp_path / "a.csv").read_bytes() == b"one"


def test_writing_the_same_twice_makes_no_third_file(tmp_path: Path):
    write(tmp_path / "a.csv", b"one")
    write(tmp_path / "a.csv", b"two")
    assert not write(tmp_path / "a.csv", b"two").new
    assert names(tmp_path) == ["a (2).csv", "a.csv"]


def test_a_folder_of_that_name_is_named(tmp_path: Path):
    with pytest.raises(OutputError, match="is a folder; name a file"):
        write(tmp_path, b"one")


def test_a_missing_folder_is_named_with_what_to_do(tmp_path: Path):
    with pytest.raises(OutputError, match="make the folder first or name another"):
        write(tmp_path / "no" / "a.csv", b"one")


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OutputError, match="make room on the disk"):
        write(tmp_path / "a.csv", b"one")
    assert names(tmp_path) == []


def test_a_stop_while_writing_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "a.csv", b"one")
    assert names(tmp_path) == []


def test_a_folder_that_may_not_be_written_to_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(files.os, "open", refuse)
    with pytest.raises(OutputError, match="you may write to"):
        write(tmp_path / "a.csv", b"one")


def test_an_error_without_advice_gives_its_reason(tmp_path: Path):
    with pytest.raises(OutputError, match=r"can't be written \(File name too long\); nothing was changed$"):
        write(tmp_path / ("x" * 300 + ".csv"), b"one")


def test_a_file_that_can_not_be_read_counts_as_something_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a.csv").write_bytes(b"one")

    def refuse(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert write(tmp_path / "a.csv", b"one").path.name == "a (2).csv"


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
def test_a_link_to_nowhere_is_not_followed(tmp_path: Path):
    (tmp_path / "a.csv").symlink_to(tmp_path / "elsewhere")
    assert write(tmp_path / "a.csv", b"one").path.name == "a (2).csv"
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="needs /dev/null")
def test_a_device_is_written_to_as_it_is():
    assert not write(Path("/dev/null"), b"one").renamed


def test_so_many_names_are_taken_that_a_person_should_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "_MOST_NAMES", 2)
    for content in (b"one", b"two"):
        write(tmp_path / "a.csv", content)
    with pytest.raises(OutputError, match="move some away"):
        write(tmp_path / "a.csv", b"three")


def test_folders_are_made_with_those_above_them(tmp_path: Path):
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


def test_a_file_is_no_folder(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(OutputError, match="is a file"):
        make_folder(tmp_path / "a")
    with pytest.raises(OutputError, match="can't be made"):
        make_folder(tmp_path / "a" / "b")


def test_a_file_of_a_project_is_put_in_place_of_its_old_one(tmp_path: Path):
    for content in (b"one", b"two"):
        files.put(tmp_path / "a.toml", content)
    assert files.read(tmp_path / "a.toml", "a.toml") == b"two"
    assert names(tmp_path) == ["a.toml"]


def test_what_can_not_be_put_in_place_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    files.put(tmp_path / "a.toml", b"one")

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(files.os, "replace", refuse)
    with pytest.raises(OutputError, match="nothing was changed; close the file where it is open"):
        files.put(tmp_path / "a.toml", b"two")
    assert names(tmp_path) == ["a.toml"]
    assert (tmp_path / "a.toml").read_bytes() == b"one"


def test_two_projects_that_hand_out_into_one_folder_leave_each_others_unfinished_work_alone(tmp_path: Path):
    ours, theirs = files.part_folder(tmp_path, "ours"), files.part_folder(tmp_path, "theirs")
    (theirs / "a").write_bytes(b"half")
    files.sweep_folders(tmp_path, "ours")
    assert list(tmp_path.iterdir()) == [theirs]
    assert not ours.exists()


class Scanner:
    """Holds what was just written for some tries, as Windows tells it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str, tries: int, said: int = 32) -> None:
        self.tries, self.said, self.pauses = tries, said, list[float]()
        self.do = getattr(os, name)
        monkeypatch.setattr(files.os, name, self)
        monkeypatch.setattr(files.time, "sleep", self.pauses.append)

    def __call__(self, part: Path, path: Path) -> None:
        if self.tries:
            self.tries -= 1
            error = PermissionError(errno.EACCES, "is used by another process")
            error.winerror = self.said  # type: ignore[misc]
            raise error
        self.do(part, path)


@pytest.mark.parametrize("said", [5, 32, 33])
def test_a_folder_that_a_virus_scanner_holds_for_a_moment_gets_its_name(
    said: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    part = files.part_folder(tmp_path, "ours")
    scanner = Scanner(monkeypatch, "rename", 3, said)
    files.move(part, tmp_path / "v1")
    assert (names(tmp_path), len(scanner.pauses)) == (["v1"], 3)


def test_a_file_that_is_held_for_a_moment_is_put_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    files.put(tmp_path / "a.toml", b"one")
    Scanner(monkeypatch, "replace", 2)
    files.put(tmp_path / "a.toml", b"two")
    assert (tmp_path / "a.toml").read_bytes() == b"two"


def test_what_stays_held_is_told_after_some_seconds_and_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    part = files.part_folder(tmp_path, "ours")
    scanner = Scanner(monkeypatch, "rename", 99)
    with pytest.raises(OutputError, match="nothing was handed out; close the file where it is open"):
        files.move(part, tmp_path / "v1")
    assert 1 < sum(scanner.pauses) < 5
    assert not (tmp_path / "v1").exists()


def test_what_fails_for_another_reason_is_not_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    scanner = Scanner(monkeypatch, "rename", 99, 17)
    with pytest.raises(OutputError):
        files.move(files.part_folder(tmp_path, "ours"), tmp_path / "v1")
    assert scanner.pauses == []


@pytest.mark.parametrize("name", ["con.csv", "CON", "nul.svg", "aux .csv", "Lpt1.a.png", "com\u00b9.csv"])
def test_a_name_that_windows_keeps_for_a_device_is_given_to_no_file_and_no_folder(name: str, tmp_path: Path):
    for made in (lambda path: write(path, b"one"), lambda path: make_folder(path / "brand")):
        with pytest.raises(OutputError, match=r"Windows keeps the name .* for a device.*name another, such as"):
            made(tmp_path / name)
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["conformity.csv", "com10.csv", "v1-con.xlsx", "lpt.csv", "a.con"])
def test_other_names_are_no_devices(name: str, tmp_path: Path):
    assert write(tmp_path / name, b"one").new


def test_a_folder_into_which_nothing_can_be_put_is_named_and_not_what_lies_in_it_for_a_moment(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=r"file: nothing can be made in it \(") as told:
        files.part_folder(tmp_path / "file", "ours")
    assert ".part" not in str(told.value)
