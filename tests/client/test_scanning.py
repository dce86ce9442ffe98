"""Which documents cite clauses that moved: told by file and place, none changed, none of them a reason to stop."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from imsmap.client.scanning import Moves, documents, in_answers, moves, scan
from imsmap.register.ways import way
from tests import editions
from tests.readers.test_texts import word

FOUND = Moves("9001", "2015", {"10.3": ("10.1",), "6.1.2": ("6.1.2", "6.1.3"), "8.9": ()})


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("ISO 9001:2015, 10.3", ["10.3"]),
        ("as 9001 asks in 10.3 and 6.1.2", ["10.3", "6.1.2"]),
        ("ISO 9001:2015 clauses 4.1, 8.9", ["8.9"]),
        ("DIN EN ISO 9001:2015 Abschnitt 10.3", ["10.3"]),
        ("ISO 14001:2015, 10.3", []),
        ("ISO 9001:2015 4.1; ISO 14001:2015 10.3", []),
        ("ISO 9001:2015 4.1; 14001:2015 10.3", []),
        ("ISO 9001:2015 and ISO 14001:2015, 10.3", ["10.3"]),
        ("ISO 14001:2015 and ISO 9001:2015, 10.3", ["10.3"]),
        ("9001:2015/14001:2015 10.3; ISO 14001:2015 10.3", ["10.3"]),
        ("ISO 9001:2008, 10.3", []),
        ("version 10.3", []),
        ("ISO 9001:2015, 110.3 and 10.31 and 10.3.1", []),
        ("10.3.2026: ISO 9001:2015 audit", []),
        ("ISO 9001 (2015) 10.3", ["10.3"]),
        ("ISO 9001 (2008) 10.3", []),
        ("BS EN ISO 9001:2015 10.3, ISO/IEC 27001:2022 10.3", ["10.3"]),
    ],
)
def test_numbers_are_cited_of_the_standard_that_is_named_before_them(text: str, numbers: list[str]) -> None:
    assert [one.number for one in in_answers(FOUND, [("here", text)])] == numbers


def test_a_clause_without_its_standard_is_told_as_unsure_where_the_document_names_the_standard(tmp_path: Path) -> None:
    word(tmp_path / "a.docx", "Manual after ISO 9001", "see clause 10.3", "Version 10.3 of the form")
    word(tmp_path / "b.docx", "Manual after ISO 14001", "see clause 10.3")
    found = scan(FOUND, tmp_path)
    assert [(one.file, one.place, one.number, one.to, one.sure) for one in found.cited] == [
        ("a.docx", "paragraph 2", "10.3", ("10.1",), False)
    ]
    assert (found.read, found.files) == (2, 1)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("see clauses 4.1, 6.1.2 and 10.3", ["6.1.2", "10.3"]),
        ("Abschnitt 6.1.2 bis 10.3", ["6.1.2", "10.3"]),
        ("see clause 6.1.2, Version 10.3", ["6.1.2"]),
        ("6.1.2 and 10.3 metres", []),
    ],
)
def test_a_word_before_the_first_clause_of_a_list_is_said_of_all_of_it(text: str, numbers: list[str]) -> None:
    assert [number for number, _, _ in FOUND.in_text(text, named=True)] == numbers


def test_a_file_that_cannot_be_read_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.docx").write_bytes(b"no zip")
    (tmp_path / "~$a.docx").write_bytes(b"locked by a program")
    (tmp_path / "c.pdf").write_bytes(b"not looked at")
    (tmp_path / "deep" / "b.md").write_text("ISO 9001 10.3", "utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    found = scan(FOUND, tmp_path)
    assert [name for name, _ in found.unread] == ["a.docx"]
    assert [(one.file, one.number) for one in found.cited] == [("deep/b.md", "10.3")]
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_document_with_a_password_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    """It holds `ISO 9001 10.3` and was encrypted as Word does; its password is `secret`."""
    shutil.copy(Path(__file__).parents[1] / "data/encrypted.docx", tmp_path / "a.docx")
    (tmp_path / "b.md").write_text("ISO 9001 10.3", "utf-8")
    found = scan(FOUND, tmp_path)
    assert found.unread == (
        ("a.docx", "is protected by a password; open it, remove the password, save it and try again"),
    )
    assert [one.file for one in found.cited] == ["b.md"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever may read everything can't be kept out")
def test_a_file_without_the_right_to_read_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("9001 10.3", "utf-8")
    path.chmod(0)
    assert "cannot be read" in scan(FOUND, tmp_path).unread[0][1]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")
def test_a_pipe_is_told_and_not_waited_for_and_links_in_a_circle_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "gone.md").symlink_to("nowhere.md")
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "z.md").write_text("ISO 9001 10.3", "utf-8")
    found = scan(FOUND, tmp_path)
    assert [name for name, _ in found.unread] == ["a.txt", "gone.md"]
    assert "a pipe" in found.unread[0][1]
    assert found.read == 1
    assert [one.file for one in found.cited] == ["z.md"]


def test_a_folder_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("open", "shut"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_text("ISO 9001 10.3", "utf-8")
    real = os.scandir

    def scandir(place: str) -> object:
        if str(place).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(place))
        return real(place)

    monkeypatch.setattr(os, "scandir", scandir)
    found = scan(FOUND, tmp_path)
    assert [name for name, _ in found.unread] == ["shut/"]
    assert [one.file for one in found.cited] == ["open/a.md"]


def test_each_document_is_announced(tmp_path: Path) -> None:
    for name in ("b.md", "a.md"):
        (tmp_path / name).write_text("", "utf-8")
    steps: list[tuple[int, int, str]] = []
    scan(FOUND, tmp_path, lambda at, of, name: steps.append((at, of, name)))
    assert steps == [(0, 2, "a.md"), (1, 2, "b.md")]
    assert [path.name for path in documents(tmp_path)] == ["a.md", "b.md"]


def test_clauses_that_keep_their_number_are_no_news() -> None:
    found = way(editions.library(), editions.OLD, editions.NEW)
    assert found is not None
    told = moves(found).to
    assert told["5.1.2"] == ()
    assert told["8.4.1"] == ("8.3.1",)
    assert "4.1" not in told
