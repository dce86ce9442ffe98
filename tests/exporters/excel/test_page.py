"""Pages begin where a heading would else stand alone at the end of one."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from imsmap.drawing.look import Look
from imsmap.exporters import excel
from imsmap.exporters.excel import Settings, page
from imsmap.exporters.excel.measure import width_of
from imsmap.library.model import number_key
from tests.building import graph, standard
from tests.exporters.excel.library import DAY, A, B, reports
from tests.exporters.excel.reading import one_sheet

ROWS = st.lists(st.tuples(st.integers(10, 90), st.booleans()), min_size=1, max_size=80)


def last_rows(heights: list[float], breaks: list[int], repeated: float, room: float) -> list[int]:
    """Lay rows out on pages, and give the last row of each page but the last."""
    found, used = [], 0.0
    for row, height in enumerate(heights):
        if used and (row in breaks or used + height > room):
            found.append(row - 1)
            used = repeated
        used += height
    return found


@given(ROWS)
def test_no_page_ends_with_a_heading(rows: list[tuple[int, bool]]) -> None:
    heights = [20.0, *(float(height) for height, _ in rows)]
    # More headings in a row than a page takes could not be kept together.
    headings = {row for row, (_, heading) in enumerate(rows, 1) if heading and not (row > 2 and rows[row - 3][1])}
    breaks = page.breaks(heights, headings, 1, 20.0, 500.0)
    assert breaks == sorted(set(breaks))
    ends = last_rows(heights, breaks, 20.0, 500.0)
    assert not headings & set(ends)


def test_without_headings_pages_end_where_they_are_full() -> None:
    assert page.breaks([20.0] * 200, set(), 1, 20.0, 500.0) == []


def test_a_heading_near_the_end_of_a_page_begins_the_next() -> None:
    heights = [20.0] * 40
    assert page.breaks(heights, {10}, 1, 20.0, 500.0) == []
    assert page.breaks(heights, {24}, 1, 20.0, 500.0) == [24]
    assert page.breaks(heights, {23, 24}, 1, 20.0, 500.0) == [23]


def test_breaks_that_are_there_count() -> None:
    heights = [20.0] * 40
    assert page.breaks(heights, {24}, 1, 20.0, 500.0) == [24]
    assert page.breaks(heights, {24}, 1, 20.0, 500.0, [10]) == [10]


class Rows:
    """A sheet as far as its pages are concerned."""

    default_row_height = 20.0

    def __init__(self, heights: list[float]) -> None:
        self.row_sizes = {row: (height, False) for row, height in enumerate(heights)}
        self.begun: list[int] = []

    def set_h_pagebreaks(self, found: list[int]) -> None:
        self.begun = found


@settings(max_examples=30)
@given(ROWS)
@example([(10, False)] * 8 + [(41, False), *[(90, False)] * 3, (90, True), (10, False)])
def test_however_much_a_page_takes_none_ends_with_a_heading_and_no_page_is_begun_in_vain(
    rows: list[tuple[int, bool]],
) -> None:
    heights = [20.0, *(float(height) for height, _ in rows)]
    headings = {row for row, (_, heading) in enumerate(rows, 1) if heading and not (row > 2 and rows[row - 3][1])}
    sheet = Rows(heights)
    page.keep_headings(sheet, headings, (0, 1, len(heights) - 1), 500.0)  # type: ignore[arg-type]

    def ends(begun: list[int]) -> set[int]:
        return {end for fit in page.FITS for end in last_rows(heights, begun, 20.0, 500.0 * fit)}

    assert not headings & ends(sheet.begun)
    in_vain = [row for row in sheet.begun if not headings & ends([one for one in sheet.begun if one != row])]
    # But where each page begins as soon as one is full, and that prints fewer.
    full = page.full_pages(heights, headings, 1, 20.0, 500.0 * min(page.FITS))
    assert not in_vain or sheet.begun == full
    printed = [
        sum(len(last_rows(heights, begun, 20.0, 500.0 * fit)) for fit in page.FITS) for begun in (sheet.begun, full)
    ]
    assert not sheet.begun or printed[0] <= printed[1]


@given(ROWS)
def test_a_full_page_has_no_room_for_what_follows_and_none_prints_two(rows: list[tuple[int, bool]]) -> None:
    heights = [20.0, *(float(height) for height, _ in rows)]
    headings = {row for row, (_, heading) in enumerate(rows, 1) if heading and not (row > 2 and rows[row - 3][1])}
    begun = page.full_pages(heights, headings, 1, 20.0, 500.0)
    for fit in (1.0, 1.1):
        assert [end + 1 for end in last_rows(heights, begun, 20.0, 500.0 * fit)][: len(begun)] == begun
    for start, row in zip([1, *begun], begun, strict=False):
        block = next(one for one in range(row, len(heights)) if one not in headings or one + 1 == len(heights))
        assert 20.0 + sum(heights[start : block + 1]) > 500.0


@pytest.mark.parametrize(("paper", "most"), [("A4", 6), ("Letter", 7)])
def test_the_sheets_have_such_breaks(paper: str, most: int) -> None:
    own = {f"{main}": None for main in range(4, 11)} | {
        f"{main}.{number}": [f"+thing{main}x{number}"] for main in range(4, 11) for number in range(1, most)
    }
    content = excel.export(
        reports(A, library=graph(standard(A, dict(sorted(own.items(), key=lambda entry: number_key(entry[0])))))),
        Settings(as_of=DAY, paper=paper),
    )
    sheet = one_sheet(content, "Requirements")
    begun = {sheet.cell(entry.id + 1, 1).value for entry in sheet.row_breaks.brk}
    mains = {f"main:{main}" for main in range(4, 11)}
    assert begun & mains
    assert not mains & {sheet.cell(entry.id, 1).value for entry in sheet.row_breaks.brk}


def test_the_foot_of_a_page_is_as_wide_as_the_page_at_most() -> None:
    settings = Settings(as_of=DAY, document_number="W" * 50, look=Look(legal="Wide & wider " * 30))
    sheet = one_sheet(excel.export(reports(A, B), settings, ["matrix", "heatmap"]), "Heat map")
    assert sheet.oddFooter.center.text is None
    right = sheet.oddFooter.right.text.replace("&P", "100").replace("&N", "100")
    room = (11.69 - 2 * page.MARGIN) * 96 - width_of(right, 9)
    control, legal = sheet.oddFooter.left.text.splitlines()
    assert control.startswith("Document no. WWW")
    assert legal.startswith("Wide && wider Wide")
    for line in (control, legal):
        assert width_of(line.replace("&&", "&"), 9) <= room
