"""LibreOffice is called safely: what it leaves, how it fails, and what it takes too long for."""

from __future__ import annotations

import datetime
import os
import sys
import tempfile
import time
from pathlib import Path

import pytest

from imsmap import office as printing
from imsmap.errors import OutputError
from tests import office

DAY = datetime.date(2026, 11, 28)
PAGE = b"%PDF-1.6\n/CreationDate(D:20300101000000Z') /ID [ <" + b"A" * 32 + b">\n<" + b"B" * 32 + b"> ]\n"
posix = pytest.mark.skipif(sys.platform == "win32", reason="the program that stands for it is a shell script")


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, empty."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def program(tmp_path: Path, *lines: str) -> str:
    """A program that stands for LibreOffice; it knows in `$out` where to write."""
    path = tmp_path / "soffice"
    path.write_text("\n".join(["#!/bin/sh", 'while [ "$1" != --outdir ]; do shift; done; out=$2', *lines]) + "\n")
    path.chmod(0o755)
    return str(path)


@posix
def test_it_prints_a_copy_with_a_profile_of_its_own_and_leaves_nothing(tmp_path: Path, there: Path) -> None:
    (tmp_path / "page").write_bytes(PAGE)
    told = tmp_path / "told"
    command = program(
        tmp_path, f'cat {tmp_path}/page > "$out/workbook.pdf"', f'cp "$3" {tmp_path}/seen',
        f'echo "$HOME $out" > {told}', 'mkdir "$out/profile"',
    )  # fmt: skip
    made = printing.printed(b"workbook", DAY, command=command)
    home, out = told.read_text().split()
    assert home == out
    assert Path(out).parent == there
    assert (tmp_path / "seen").read_bytes() == b"workbook"
    assert len(made) == len(PAGE)
    assert b"(D:20261128120000Z')" in made
    assert list(there.iterdir()) == []


@posix
def test_the_same_workbook_is_the_same_file_whatever_the_clock_and_its_marks_say(tmp_path: Path, there: Path) -> None:
    made = []
    for page in (PAGE, PAGE.replace(b"20300101", b"20310203").replace(b"A" * 32, b"C" * 32)):
        (tmp_path / "page").write_bytes(page)
        command = program(tmp_path, f'cat {tmp_path}/page > "$out/workbook.pdf"')
        made.append(printing.printed(b"workbook", DAY, command=command))
    assert made[0] == made[1]
    assert list(there.iterdir()) == []


@posix
@pytest.mark.parametrize("line", ["echo source file could not be loaded; exit 1", 'echo no > "$out/workbook.pdf"'])
def test_where_it_makes_no_pdf_the_way_by_hand_is_told(line: str, tmp_path: Path, there: Path) -> None:
    with pytest.raises(OutputError, match=r"LibreOffice made no \.pdf.*open it in Excel") as error:
        printing.printed(b"workbook", DAY, command=program(tmp_path, line))
    assert ("could not be loaded" in str(error.value)) == ("exit 1" in line)
    assert list(there.iterdir()) == []


@posix
def test_where_it_takes_too_long_it_is_ended_with_all_that_it_started(tmp_path: Path, there: Path) -> None:
    child = tmp_path / "child"
    command = program(tmp_path, f"sleep 60 & echo $! > {child}.part; mv {child}.part {child}; wait")
    with pytest.raises(OutputError, match=r"did not print within 1 seconds, and was ended"):
        printing.printed(b"workbook", DAY, seconds=1, command=command)
    number = int(child.read_text())
    for _ in range(100):
        # Who is ended stays known until the system has seen it.
        if not Path(f"/proc/{number}").exists() or "Z" in Path(f"/proc/{number}/stat").read_text().split()[2:3]:
            break
        time.sleep(0.02)
    else:
        os.kill(number, 9)
        pytest.fail("what it started goes on")
    assert list(there.iterdir()) == []


def test_where_it_is_not_installed_the_way_by_hand_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "program", lambda: None)
    with pytest.raises(OutputError, match="not on this machine: make the workbook for paper"):
        printing.printed(b"workbook", DAY)


def test_a_program_that_cannot_be_started_is_told(tmp_path: Path, there: Path) -> None:
    with pytest.raises(OutputError, match="can't be started"):
        printing.printed(b"workbook", DAY, command=str(tmp_path / "nothing"))
    assert list(there.iterdir()) == []


@office.needed
def test_the_pack_of_a_filled_project_has_at_most_25_pages(
    tmp_path: Path, there: Path, imsmap: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pypdfium2

    assert imsmap("new", "demo", "--demo").code == 0  # type: ignore[operator]
    monkeypatch.chdir("demo")
    assert imsmap("build", "-o", "pack.pdf", "--date", "2026-11-28").code == 0  # type: ignore[operator]
    document = pypdfium2.PdfDocument("pack.pdf")
    words = "\n".join(page.get_textpage().get_text_range() for page in document)
    assert 8 < len(document) <= 25
    for said in ("Dashboard", "Open points", "Combined matrix", "Actions of"):
        assert said in words
    assert "Processes and clauses of" not in words
    assert list(there.iterdir()) == []
