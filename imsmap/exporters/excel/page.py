"""How a sheet is printed: paper, one page wide, what repeats, header and footer."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from xlsxwriter.worksheet import Worksheet

from imsmap.exporters.excel import measure
from imsmap.exporters.excel.book import Volume
from imsmap.exporters.excel.settings import LARGER, PAPERS, SHORTER
from imsmap.exporters.excel.text import HEADING_LIMIT, in_header, short
from imsmap.wording import CONTAINS_LICENSED_TEXT

MARGIN, TOP, BOTTOM, EDGE = 0.3, 0.75, 0.65, 0.3
"""Inches."""
_NO_NAME = re.compile(r"[^\w .-]")
"""In a header, what no font's name has would begin something else."""
FITS = (0.97, 1.0, 1.05, 1.1, 1.15)
"""How much of a page programs fill: LibreOffice makes columns wider, and so shrinks a sheet more than Excel."""
SCALE = 0.9
"""Text of 10 points is printed with 9 at least."""
MANY = 4
"""Of so many standards a table that tells all of their points takes hundreds of pages."""
_PRINTS = "To print it: filter it to what you need, then Page Layout, Print Area, Clear Print Area"
_FEW = 4000
"""Breaks times rows, up to which each break is looked at anew: in longer tables a half empty page is one of many."""
_TITLE = 110
"""Characters of the workbook's title that have room beside the client's name."""


def room(book: Volume, *, large: bool = False) -> float:
    """Give the pixels that a sheet may be wide, so that it fits the page's width and stays legible."""
    paper = LARGER[book.settings.paper] if large else book.settings.paper
    # LibreOffice makes columns up to 6 in 100 wider than Excel.
    return (PAPERS[paper][1] - 2 * MARGIN) * 96 / SCALE * 0.945


def on_one_page(book: Volume, title: str) -> str:
    """Count the standards that a sheet's title names where it is wider than a page: the cover names them."""
    if measure.width_of(title, book.formats.size(("title",)), bold=True) <= room(book):
        return title
    return title.replace(book.designations(), f"{len(book.standards)} standards")


def set_up(book: Volume, sheet: Worksheet, *, large: bool = False, pages_tall: int = 0) -> None:
    """Set paper, scale, margins, header and footer; the cover's values feed them."""
    settings = book.settings
    paper = LARGER[settings.paper] if large else settings.paper
    sheet.set_landscape()
    sheet.set_paper(PAPERS[paper][0])
    sheet.set_margins(left=MARGIN, right=MARGIN, top=TOP, bottom=BOTTOM)
    sheet.fit_to_pages(1, pages_tall)
    if pages_tall == 1:
        sheet.center_horizontally()  # made to fit its height, it may be narrower than the page
    look = settings.look
    font = f'&9&"{short(_NO_NAME.sub("", look.body), 40)},Regular"'
    whose = " · ".join(filter(None, (look.name, settings.client if settings.client != look.name else "")))
    named = book.title
    if len(named) > _TITLE and not settings.title:
        named = f"Compliance workbook of {len(book.standards)} standards"  # which they are stands on the cover
    title, client = in_header(named, _TITLE), in_header(whose, 70)
    sheet.set_header(f"&L{font}{title}&R{font}{client}", {"margin": EDGE})
    number = in_header(settings.document_number, 50)
    control = " · ".join(
        part
        for part in (
            CONTAINS_LICENSED_TEXT if book.given.texts else "",
            f"Document no. {number}" if number else "",
            f"Version {in_header(settings.version, 20)}",
            settings.as_of.isoformat(),
        )
        if part
    )
    # The page's number stands on the right: in the middle, a long line on the left would run into it.
    right = f"&R{font}Page &P of &N · uncontrolled when printed"
    wide = (PAPERS[paper][1] - 2 * MARGIN) * 96 - measure.width_of("Page 100 of 100 · uncontrolled when printed..", 9)
    left = f"&L{font}{_within(control, wide)}"
    if look.legal:
        legal = in_header(look.legal, HEADING_LIMIT - len(left + right) - 1)
        left += "\n" + _within(legal, wide)
    sheet.set_footer(left + right, {"margin": EDGE})


def _within(text: str, pixels: float) -> str:
    """Cut a line of a header, where `&&` is a sign, to what fits beside what else stands there."""
    plain = line = text.replace("&&", "&")
    while measure.width_of(line, 9) * measure.RESERVE > pixels:
        plain = plain[:-1].rstrip()
        line = f"{plain}…"
    return line.replace("&", "&&")


def unprinted(book: Volume, instead: str = "") -> str:
    """Say of a large table that it is not printed, what is instead, and how to print it; of few standards nothing."""
    if len(book.standards) < MANY:
        return ""
    there = f"; printed is the sheet {book.names[instead]}" if instead in book.names else ""
    told = f"Of {len(book.standards)} standards this table takes very many pages, and is not printed{there}."
    return f"{told} {_PRINTS}. "


def unprinted_there(book: Volume) -> str:
    """Say it of a working sheet of the whole workbook; in a smaller one, as an auditor has it, it is printed."""
    return unprinted(book) if book.whole else ""


def print_columns(sheet: Worksheet, last_row: int, head_row: int, runs: Sequence[tuple[int, int]]) -> None:
    """Print runs of columns, each one page wide, from the second on from the headings; the hidden ids stay outside."""
    sheet.print_area(0, runs[0][0], last_row, runs[0][1])
    if len(runs) > 1:
        # XlsxWriter takes one area only; Excel takes several, and prints each on pages of its own.
        areas: list[str] = []
        for first, last in runs:
            sheet.print_area(head_row if areas else 0, first, last_row, last)
            areas.append(sheet.print_area_range)
        sheet.print_area_range = ",".join(areas)


def capacity(book: Volume, pixels: float, *, large: bool = False) -> float:
    """Give the pixels of rows that a page takes, when columns of so many pixels are made to fit its width."""
    paper = LARGER[book.settings.paper] if large else book.settings.paper
    scale = min(1.0, (PAPERS[paper][1] - 2 * MARGIN) * 96 / pixels)
    return (SHORTER[paper] - TOP - BOTTOM) * 96 / scale


def breaks(
    heights: Sequence[float],
    headings: Collection[int],
    first: int,
    repeated: float,
    room: float,
    known: Collection[int] = (),
) -> list[int]:
    """Give the rows before which a page should begin, so that no heading stands last on the page before.

    heights: of the rows from the top of the sheet, 0 for hidden ones. headings: rows that belong to the row below.
    first: of the rows that pages may begin with. repeated: height of what each page repeats. room: height of a page.
    known: rows with which pages begin already.
    """
    found = set(known)
    used = sum(heights[:first])
    for row, block in _blocks(heights, headings, first):
        if row in found:
            used = repeated
        elif len(block) > 1 and used > repeated and used + block[0] <= room < used + sum(block):
            found.add(row)
            used = repeated
        for height in block:
            if used + height > room and used > repeated:
                used = repeated
            used += height
    return sorted(found)


def _blocks(heights: Sequence[float], headings: Collection[int], first: int) -> Iterator[tuple[int, Sequence[float]]]:
    """Give what stays together, from the first row on: headings with the row below them, else a row by itself."""
    row = first
    while row < len(heights):
        end = row
        while end in headings and end + 1 < len(heights):
            end += 1
        yield row, heights[row : end + 1]
        row = end + 1


def _needed(found: list[int], broken: Callable[[list[int]], Iterable[list[int]]]) -> list[int]:
    """Leave out each break without which no heading ends a page, however much a page takes: it left a page half empty.

    broken: gives the breaks with these known, for each of what a page may take.
    """
    for row in tuple(found):
        fewer = [one for one in found if one != row]
        if all(one == fewer for one in broken(fewer)):
            # Where this page begins no more, one that was looked at before may begin in vain, too.
            return _needed(fewer, broken)
    return found


def keep_headings(sheet: Worksheet, headings: Collection[int], table: tuple[int, int, int], room: float) -> None:
    """Begin pages so that no heading ends one; table: the rows of its heads, first line and last.

    Where pages begin before headings alone, a program that takes a little less than another prints a page for the one
    row before it; where each begins as soon as one is full for all programs, none does. What takes fewer is done.
    """
    head, first, last = table
    sizes = [sheet.row_sizes.get(row, (sheet.default_row_height, False)) for row in range(last + 1)]
    heights = [0.0 if hidden else float(height) for height, hidden in sizes]
    found: list[int] = []
    rooms = [room * fit for fit in FITS]
    for one in rooms * 2:
        found = breaks(heights, headings, first, heights[head], one, found)
    if len(found) * len(heights) <= _FEW:
        found = _needed(
            found, lambda known: (breaks(heights, headings, first, heights[head], one, known) for one in rooms)
        )
    if found:
        full = full_pages(heights, headings, first, heights[head], min(rooms))
        found = min(found, full, key=lambda begun: sum(_printed(heights, begun, heights[head], one) for one in rooms))
    # Excel takes no more of them.
    sheet.set_h_pagebreaks(found[:1000])


def full_pages(
    heights: Sequence[float], headings: Collection[int], first: int, repeated: float, room: float
) -> list[int]:
    """Give the rows with which pages begin that are as full as they can be without a heading at the end: see `breaks`.

    What is taller than a page, whatever it is, ends where the program ends it.
    """
    found: list[int] = []
    used = sum(heights[:first])
    for row, block in _blocks(heights, headings, first):
        if used + sum(block) > room and used > repeated:
            found.append(row)
            used = repeated
        used += sum(block)
    return found


def _printed(heights: Sequence[float], begun: Collection[int], repeated: float, room: float) -> int:
    """Count the pages that a program prints that takes so much on each, and begins these rows on one of their own."""
    count, used, known = 1, 0.0, frozenset(begun)
    for row, height in enumerate(heights):
        if used and (row in known or used + height > room):
            count += 1
            used = repeated
        used += height
    return count
