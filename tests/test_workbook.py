from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from imsmap import workbook
from imsmap.exporters import excel
from imsmap.exporters.excel import Given, Settings
from imsmap.readers.workbook import read_workbook
from tests.exporters.excel.library import DAY, A, B, reports


def test_a_mark_is_read_as_it_was_written() -> None:
    assert workbook.marked(workbook.mark("audit", "2031-01-02.ab12")) == ("audit", "2031-01-02.ab12")
    assert workbook.marked(f"  {workbook.mark('own', 'x')} ") == ("own", "x")


@pytest.mark.parametrize("text", ["", "imsmap", "imsmap::x", "imsmap:audit:", "imsmap:audit:x y", "our imsmap:audit:x"])
def test_other_words_are_no_mark(text: str) -> None:
    assert workbook.marked(text) is None


ABSENT = (
    "decision", "changes", "archive", "transition", "soa", "topics", "obligations", "licensed_text", "programme",
    "audit_plan", "open_points",
)  # fmt: skip
"""Sheets that such a book has not: no project, no controls, few standards, no laws, no licensed copies, no auditors.

Open points are for who reads on paper.
"""


def test_what_the_writer_marks_the_reader_finds(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(excel.export(reports(A, B), Settings(as_of=DAY), given=Given(project="p-1", export="e-1")))
    found = read_workbook(path)
    assert (found.project, found.exports) == ("p-1", ("e-1",))
    assert {sheet.key for sheet in found.sheets} == {kind for kind in excel.SHEETS if kind not in ABSENT}
    (audit,) = (sheet for sheet in found.sheets if sheet.key == "audit")
    assert {"question", f"result_{A}", f"result_{B}"} <= set(audit.keys.values())


def test_the_custom_properties_say_the_same_where_the_hidden_sheet_is_gone(tmp_path: Path) -> None:
    content = excel.export(reports(A, B), Settings(as_of=DAY), given=Given(project="p-1", export="e-1"))
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(path, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "xl/workbook.xml":
                part = part.replace(b'name="_imsmap"', b'name="other"')
            after.writestr(name, part)
    assert read_workbook(path).project == "p-1"
