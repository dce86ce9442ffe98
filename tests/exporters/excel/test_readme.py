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
