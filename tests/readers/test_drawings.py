from __future__ import annotations

from pathlib import Path

from imsmap.client.merge import base_of, merge
from imsmap.readers.workbook import read_workbook
from tests.client.returning import FIELDS
from tests.readers.workbooks import REL, ours, part, with_parts

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
TEXT = "http://schemas.openxmlformats.org/drawingml/2006/main"


def drawn() -> bytes:
    """Put a text box and a picture over the sheet of our small workbook."""
    at = "<d:from><d:col>{}</d:col><d:row>{}</d:row></d:from>"
    box = "<d:sp><d:txBody><a:p><a:r><a:t>Ask</a:t></a:r></a:p><a:p><a:r><a:t>Ann</a:t></a:r></a:p></d:txBody></d:sp>"
    xml = (
        f'<d:wsDr xmlns:d="{DRAWING}" xmlns:a="{TEXT}"><d:twoCellAnchor>{at.format(2, 5)}{box}</d:twoCellAnchor>'
        f"<d:oneCellAnchor>{at.format(3, 6)}<d:pic/></d:oneCellAnchor></d:wsDr>"
    )
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    relation = f'<Relationship Id="rD" Type="{REL}/drawing" Target="../drawings/drawing9.xml"/></Relationships>'
    return with_parts(
        ours(),
        {"xl/drawings/drawing9.xml": xml, rels: part(ours(), rels).replace("</Relationships>", relation)},
    )


def test_text_boxes_are_remarks_with_their_place_and_pictures_are_told(tmp_path: Path) -> None:
    path = tmp_path / "back.xlsx"
    path.write_bytes(ours())
    base = base_of(read_workbook(path), FIELDS)
    path.write_bytes(drawn())
    found = merge(base, {}, read_workbook(path), FIELDS)
    assert [value for key, value in found.cells.items() if key.field == "comment:owner"] == ["text box: Ask\nAnn"]
    assert found.counts.pictures == 1
    assert found.notes[-1] == "Requirements: the pictures at D7 are not taken; keep the file"
