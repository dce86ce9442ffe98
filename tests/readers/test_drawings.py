from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from imsmap.client.merge import Merged, base_of, merge
from imsmap.readers.workbook import read_workbook
from tests.client.returning import FIELDS
from tests.readers.workbooks import REL, ours, part, with_parts

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
TEXT = "http://schemas.openxmlformats.org/drawingml/2006/main"


AT = "<d:from><d:col>{}</d:col><d:row>{}</d:row></d:from>"
BOX = "<d:sp><d:txBody><a:p><a:r><a:t>Ask</a:t></a:r></a:p><a:p><a:r><a:t>Ann</a:t></a:r></a:p></d:txBody></d:sp>"


def drawn(*things: str, parts: Mapping[str, str] | None = None, after: str = "") -> bytes:
    """Put things over the sheet of our small workbook, one below the other from C6 on, and parts into its package."""
    anchors = "".join(
        f"<d:oneCellAnchor>{AT.format(2, row)}{thing}</d:oneCellAnchor>" for row, thing in enumerate(things, 5)
    )
    rels, sheet = "xl/worksheets/_rels/sheet1.xml.rels", "xl/worksheets/sheet1.xml"
    relation = f'<Relationship Id="rD" Type="{REL}/drawing" Target="../drawings/drawing9.xml"/></Relationships>'
    return with_parts(
        ours(),
        {
            "xl/drawings/drawing9.xml": f'<d:wsDr xmlns:d="{DRAWING}" xmlns:a="{TEXT}">{anchors}</d:wsDr>',
            rels: part(ours(), rels).replace("</Relationships>", relation),
            sheet: part(ours(), sheet).replace("</sheetData>", f"</sheetData>{after}"),
            **(parts or {}),
        },
    )


def taken(content: bytes, tmp_path: Path) -> Merged:
    path = tmp_path / "back.xlsx"
    path.write_bytes(ours())
    base = base_of(read_workbook(path), FIELDS)
    path.write_bytes(content)
    return merge(base, {}, read_workbook(path), FIELDS)


def test_text_boxes_are_remarks_with_their_place_and_all_else_is_told_by_its_cell(tmp_path: Path) -> None:
    chart = '<d:graphicFrame><a:graphic><a:graphicData uri="http://x/chart"/></a:graphic></d:graphicFrame>'
    diagram = chart.replace("chart", "diagram")
    instead = f"<m:Fallback>{BOX}</m:Fallback>"
    older = f"<m:AlternateContent xmlns:m='m'><m:Choice>{chart}</m:Choice>{instead}</m:AlternateContent>"
    found = taken(drawn(BOX, "<d:pic/>", chart, diagram, "<d:cxnSp/>", "<d:sp/>", older), tmp_path)
    assert [value for key, value in found.cells.items() if key.field == "comment:owner"] == ["text box: Ask\nAnn"]
    assert found.counts.left == 6
    assert found.notes == (
        "Requirements: 2 × chart at C8, C12 are not taken; keep the file",
        "Requirements: the diagram at C9 is not taken; keep the file",
        "Requirements: the line at C10 is not taken; keep the file",
        "Requirements: the picture at C7 is not taken; keep the file",
        "Requirements: the shape at C11 is not taken; keep the file",
    )


def test_what_is_in_the_package_and_on_no_sheet_is_told(tmp_path: Path) -> None:
    book = part(ours(), "xl/workbook.xml")
    names = '<definedNames><definedName name="Budget">Requirements!$C$5</definedName></definedNames>'
    parts = {
        "xl/vbaProject.bin": "MZ",
        "customXml/item1.xml": "<x/>",
        "customXml/itemProps1.xml": "<x/>",
        "xl/strange/thing7.xml": "<x/>",
        "xl/workbook.xml": book.replace("</sheets>", f"</sheets>{names}"),
    }
    found = taken(drawn(parts=parts), tmp_path)
    assert found.counts.left == 4
    assert found.notes == (
        "the workbook: the custom XML is not taken; keep the file",
        "the workbook: the macro project is not taken; keep the file",
        "the workbook: the name for cells (Budget) is not taken; keep the file",
        "the workbook: the part (xl/strange/thing7.xml) is not taken; keep the file",
    )


def test_embedded_files_form_controls_headers_and_pictures_in_cells_are_told(tmp_path: Path) -> None:
    at = "<from><col>4</col><row>8</row></from>"
    after = (
        f'<headerFooter><oddHeader>&amp;L&amp;9&amp;"Arial,Bold"Draft of Ann</oddHeader></headerFooter><oleObjects>'
        f'<oleObject r:id="r7"><objectPr><anchor>{at}</anchor></objectPr></oleObject></oleObjects><controls>'
        f'<control r:id="r8"/></controls>'
    )
    content = drawn(after=after)
    sheet = part(content, "xl/worksheets/sheet1.xml")
    picture = re.sub(r'<c r="C6"[^>]*>.*?</c>', '<c r="C6" t="e" vm="1"><v>#VALUE!</v></c>', sheet)
    assert picture != sheet
    found = taken(with_parts(content, {"xl/worksheets/sheet1.xml": picture}), tmp_path)
    assert found.notes == (
        "Requirements: the embedded file at E9 is not taken; keep the file",
        "Requirements: the form control is not taken; keep the file",
        "Requirements: the header or footer (Draft of Ann) is not taken; keep the file",
        "Requirements: the picture in a cell at C6 is not taken; keep the file",
    )
    assert "#VALUE!" not in map(str, found.cells.values())


def test_a_picture_in_a_cell_says_nothing_of_what_stood_there(tmp_path: Path) -> None:
    content = ours()
    sheet = part(content, "xl/worksheets/sheet1.xml")
    path = tmp_path / "back.xlsx"
    path.write_bytes(content)
    base = base_of(read_workbook(path), FIELDS)
    picture = re.sub(
        r'<c r="([B-Z][5-9])"[^>]*>.*?</c>', lambda cell: f'<c r="{cell[1]}" t="e" vm="1"><v>#VALUE!</v></c>', sheet
    )
    path.write_bytes(with_parts(content, {"xl/worksheets/sheet1.xml": picture}))
    before = {key: value for key, value in base.items() if not key.row.startswith("@")}
    found = merge(base, before, read_workbook(path), FIELDS)
    assert found.cells == before
    assert (found.counts.changed, found.counts.emptied) == (0, 0)
    assert not any("emptied" in note for note in found.notes)
    assert found.counts.left == picture.count("vm=") > 5


def test_what_went_out_beside_cells_is_ours_and_nothing_to_tell(tmp_path: Path) -> None:
    path = tmp_path / "back.xlsx"
    path.write_bytes(drawn("<d:pic/>"))
    base = base_of(read_workbook(path), FIELDS)
    assert merge(base, {}, read_workbook(path), FIELDS).counts.left == 0
    path.write_bytes(drawn("<d:pic/>", "<d:pic/>"))
    assert merge(base, {}, read_workbook(path), FIELDS).notes == (
        "Requirements: the picture at C7 is not taken; keep the file",
    )
