"""The sheet Read me tells what no row has to repeat."""

from __future__ import annotations

from imsmap.exporters import excel
from imsmap.exporters.excel import Settings
from tests.exporters.excel.library import DAY, A, B, reports
from tests.exporters.excel.reading import load


def test_on_what_the_data_of_each_standard_rest_is_said_once() -> None:
    told = reports(A, B)
    book = load(excel.export(told, Settings(as_of=DAY), sheets=("readme", "matrix")))
    words = [str(cell.value) for cell in book["Read me"]["C"] if cell.value]
    sources = {side.source for side in told.matrix.answer.standards}
    assert sources
    assert all(sum(word.endswith(f": {source}") for word in words) == 1 for source in sources)


def test_how_to_get_to_each_clause_of_a_cell_that_names_several_is_said_here_and_on_the_cell() -> None:
    book = load(excel.export(reports(A, B), Settings(as_of=DAY), sheets=("readme", "requirements", "audit")))
    words = " ".join(str(cell.value) for cell in book["Read me"]["C"] if cell.value)
    assert "of several in a cell, of the first; a filter on the column Clause of Requirements leads to each" in words
    cells = [cell for row in book["Audit checklist"].iter_rows() for cell in row if cell.hyperlink]
    leading = [cell for cell in cells if "Requirements" in str(cell.hyperlink.location)]
    tips = {"CHAR(10)" in str(cell.value): cell.hyperlink.tooltip for cell in leading}
    assert (tips[True].endswith("filter by Clause there"), tips[False].endswith("filter by Clause there")) == (
        True,
        False,
    )


def test_of_how_many_pairs_of_clauses_nobody_said_anything_is_told_once() -> None:
    book = load(excel.export(reports(A, B), Settings(as_of=DAY), sheets=("readme", "matrix")))
    words = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    (told,) = (word for word in words if "pairs of leaf clauses" in word)
    assert told.startswith("Not looked at is told of a leaf clause as a whole. Of 9 pairs of leaf clauses")
