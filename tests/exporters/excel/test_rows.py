"""No row is asked to be higher than Excel makes rows: columns widen for it, or the row goes on below."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from attrs import evolve

from imsmap.client.merge import Field as Owned
from imsmap.client.merge import base_of
from imsmap.exporters import excel
from imsmap.exporters.excel import Given, Settings, measure, parted
from imsmap.exporters.excel.grid import Grid, Line, roomy, worded
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Clause
from imsmap.readers.workbook import read_workbook
from imsmap.register.cells import NEW, Key, Value
from imsmap.register.schema import CONFORMING, NOT_CONFORMING, Field, result
from imsmap.report import NOTHING
from tests import returned
from tests.building import graph, standard
from tests.exporters.excel.library import DAY, A, B, C, reports, small

LONG = "What nobody had thought of, and what was said of it at length; " * 40
"""More than 409 points in any column as it is laid out."""
SETTINGS = Settings(as_of=DAY, client="Smith & Sons")


def heights(content: bytes) -> list[float]:
    """Read how high rows are said to be."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    return [float(found) for sheet in sheets for found in re.findall(rb'<row [^>]*? ht="([0-9.]+)"', sheet)]


def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let rows be as high as their text needs, so that one that would be cut is seen."""
    monkeypatch.setattr(measure, "TALLEST", 1e6)


def at_length(clause: Clause) -> Clause:
    points = (evolve(point, text=LONG, adds=point.adds and LONG) for point in clause.points)
    return evolve(clause, points=tuple(points))


def wordy() -> ClauseGraph:
    """Invent standards that say everything at length, and one clause that asks for more things than a row has lines."""
    library = small().library
    many = standard(C, {"4": None, "4.1": [f"+thing-{n}" for n in range(50)], "4.2": ["=parties"]}, discipline="energy")
    standards = tuple(evolve(one, clauses=tuple(map(at_length, one.clauses))) for one in library.standards[:2])
    relations = [evolve(one, shared=one.shared and LONG, differs=LONG) for one in library.relations]
    return graph(*standards, many, relations=relations)


def told_at_length() -> dict[Key, Value]:
    """Let people write at length into their columns, beside headings and in a column of their own."""
    found: dict[Key, Value] = {Key("requirements", f"{A}:4", "consultant_note"): LONG}
    for point in (f"{A}:4.1#issues", f"{B}:8.2#fleeing"):
        found |= {
            Key("requirements", point, name): LONG
            for name in ("gap", "action", "evidence", "document", "own:Remarks", "over:text")
        }
        found[Key("actions", f"action:{point}", "note")] = LONG
    for sheet, row, field in (
        ("audit", "4.1", "seen"), ("audit", "design", "finding"), ("documents", "core-issues", "location"),
        ("processes", f"{B}:4.1", "own:Why"), ("matrix", "4.1", "own:Ours"), ("actions", f"{NEW}0123456789ab", "text"),
    ):  # fmt: skip
        found[Key(sheet, row, field)] = LONG
    return found


def test_no_row_of_any_sheet_is_asked_to_be_higher_than_rows_are(monkeypatch: pytest.MonkeyPatch) -> None:
    unlimited(monkeypatch)
    known = reports(A, B, C, library=wordy())
    content = excel.export(known, SETTINGS, given=Given(told_at_length(), project="p", export="e"))
    found = heights(content)
    assert max(found) <= 409
    assert len(found) > 100
    # Without either way out there are such rows.
    monkeypatch.setattr("imsmap.exporters.excel.sheet.roomy", lambda fields, _: fields)
    sheets = ("audit", "requirements")
    assert max(heights(excel.export(known, SETTINGS, sheets, given=Given(told_at_length())))) > 409


@pytest.mark.slow
@pytest.mark.parametrize(
    "keys", ["9001:2015 14001:2015 45001", "9001:2015 9001:2026 14001:2015", "9001 14001 45001 50001 27001 22301"]
)
def test_no_row_of_real_standards_is_asked_to_be_higher_than_rows_are(
    keys: str, imsmap: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlimited(monkeypatch)
    done = imsmap("build", *keys.split(), "--variant", "workbook", "-o", str(tmp_path))  # type: ignore[operator]
    assert done.code == 0
    (path,) = tmp_path.glob("*.xlsx")
    assert max(heights(path.read_bytes())) <= 409


def test_a_column_widens_as_far_as_its_longest_text_needs_and_no_other_does() -> None:
    fields = (Field("a", "A", width=20), Field("b", "B", width=20), Field("c", "C", width=20, hidden=True))
    lines = (Line("1", ("short", LONG, LONG)), Line("2", (LONG, None, None), heading=True))
    wide = roomy(fields, lines)
    assert [field.width for field in wide if field.key != "b"] == [20, 20]
    pixels = int(measure.outer(wide[1].width)) - measure.PADDING - measure.INDENT
    assert measure.MOST - 2 <= measure.lines_of(LONG, pixels, 10, True) <= measure.MOST
    assert roomy(fields, lines[1:]) == fields
    assert roomy(fields, (Line("1", (None, "x" * 20_000, None)),))[1].width == measure.WIDEST


def test_a_list_of_more_things_than_a_row_has_lines_is_told_without_line_breaks() -> None:
    field = Field("a", "A", "list")
    assert worded(("one", "two"), field) == "• one\n• two"
    assert worded(tuple("x" * measure.MOST), field).count("\n") == measure.MOST - 1
    assert worded(tuple("x" * (measure.MOST + 1)), field) == "; ".join("x" * (measure.MOST + 1))


def test_a_row_of_a_table_that_nobody_fills_goes_on_below_with_all_of_its_words() -> None:
    fields = (Field("name", "Name"), Field("what", "What", "list"), Field("why", "Why"))
    laid = Grid("t", fields, (Line("one", ("One", tuple(f"{n} {LONG[:200]}" for n in range(20)), LONG * 2)),))
    whole = parted.within(laid, (20, 40, 40), ("name",))
    assert [line.id for line in whole.lines][:2] == ["one", "one~2"]
    assert {line.cells[0] for line in whole.lines} == {"One"}
    parts = [line.cells[1] for line in whole.lines if line.cells[1] is not None]
    assert [one for part in parts for one in part] == [f"{n} {LONG[:200]}" for n in range(20)]  # type: ignore[union-attr]
    told = " ".join(str(line.cells[2]).replace("\n", " ") for line in whole.lines if line.cells[2] is not None)
    assert told.split() == (LONG * 2).split()
    lone = Grid("t", fields, (Line("one", ("One", NOTHING, LONG[:300])),))
    assert parted.within(lone, (20, 40, 40), ("name",)) == lone


def test_verdicts_beside_a_question_that_is_told_at_length_come_back(tmp_path: Path) -> None:
    known = reports(A, B, C, library=wordy())
    lines = [line for line in known.audit.answer.lines if line.partition(":")[0] != C]  # type: ignore[union-attr]
    written = {
        Key("audit", line, result(key)): verdict
        for line in lines
        for key, verdict in ((A, CONFORMING), (B, NOT_CONFORMING))
    }
    content = excel.export(known, SETTINGS, ("audit",), given=Given({}, project="p", export="e"))
    titles = {A: "Q · result", B: "E · result"}
    cells = {line: {titles[A]: CONFORMING, titles[B]: NOT_CONFORMING} for line in lines}
    path = tmp_path / "back.xlsx"
    path.write_bytes(returned.written(content, "Audit checklist", cells, beside="Question, asked once"))
    columns = excel.columns(known, SETTINGS, Given({}, project="p", export="e"))
    fields = {sheet: {key: Owned(one.owner, one.kind) for key, one in of.items()} for sheet, of in columns.items()}  # type: ignore[arg-type]
    base = base_of(read_workbook(path), fields)
    assert {key: base.get(key) for key in written} == written
    assert len(written) > 6
