"""`imsmap build -o pack.pdf`, where LibreOffice is there and where it is not."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from imsmap.api import printing
from tests.exporters.excel.reading import load
from tests.fixtures import Answer

Command = Callable[..., Answer]
DAY = ("--date", "2026-11-28")


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The workbooks that were printed, as if LibreOffice were there."""
    found: list[bytes] = []

    def printed(workbook: bytes, date: datetime.date) -> bytes:
        found.append(workbook)
        return b"%PDF " + date.isoformat().encode()

    monkeypatch.setattr(printing, "printed", printed)
    monkeypatch.setattr(printing, "missing", lambda: "")
    return found


def sheets(content: bytes) -> list[str]:
    return [sheet.title for sheet in load(content).worksheets if sheet.sheet_state == "visible"]


@pytest.mark.slow
def test_the_pack_is_the_workbook_for_paper_and_another_variant_is_printed_when_asked_for(
    imsmap: Command, two_standards: Path, seen: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = ("9001:2015", "14001:2015")
    assert imsmap("build", *names, "-o", "pack.pdf", *DAY, mappings=two_standards).code == 0
    assert imsmap("build", *names, "--variant", "matrix", "-o", "m.PDF", *DAY, mappings=two_standards).code == 0
    assert sheets(seen[0]) == ["Cover", "Read me", "Dashboard", "Matrix", "Open points", "Actions"]
    assert sheets(seen[1]) == ["Read me", "Matrix", "Overlap", "Heat map"]
    assert Path("pack.pdf").read_bytes() == b"%PDF 2026-11-28"
    assert {path.name for path in tmp_path.iterdir()} - {"here"} == {"m.PDF", "pack.pdf"}


def test_the_pack_of_a_project_is_a_version_of_it(
    imsmap: Command, two_standards: Path, seen: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = imsmap("new", "job", "--client", "Harbour Coatings", "9001:2015", "14001:2015", mappings=two_standards)
    assert made.code == 0
    monkeypatch.chdir("job")
    for _ in range(2):
        assert imsmap("build", "-o", "pack.pdf", *DAY, mappings=two_standards).code == 0
    (kept,) = Path("output").rglob("*.xlsx")
    assert kept.parent.name == "v1-print"
    assert seen == [kept.read_bytes()] * 2
    assert imsmap("build", "-o", "pack.pdf", "--with-text", *DAY, mappings=two_standards).code == 2


def test_a_pack_for_which_there_is_no_place_is_refused_before_anything_is_made(
    imsmap: Command, two_standards: Path, seen: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("d.pdf").mkdir()
    Path("file").touch()
    for place, why in (("no/p.pdf", "make the folder first"), ("d.pdf", "is a folder"), ("file/p.pdf", "written")):
        told = imsmap("build", "9001:2015", "14001:2015", "-o", place, mappings=two_standards)
        assert (told.code, why in told.err) == (1, True), told.err
    assert seen == []


def test_where_nothing_can_print_the_way_by_hand_is_told_and_nothing_is_made(
    imsmap: Command, two_standards: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from imsmap import office

    monkeypatch.setattr(office, "program", lambda: None)
    monkeypatch.chdir(tmp_path)
    told = imsmap("build", "9001:2015", "14001:2015", "-o", "pack.pdf", mappings=two_standards)
    assert told.code == 1
    assert "imsmap build --variant print" in told.err
    assert "File, Save As, PDF" in told.err
    assert {path.name for path in tmp_path.iterdir()} <= {"here"}
