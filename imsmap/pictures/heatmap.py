"""Where integration stops: every group of requirements by standard, shared or not, against the common core."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer, Topic
from imsmap.drawing import (
    FONT_FLOOR,
    INK,
    MARGIN,
    PAPER,
    Area,
    Colours,
    Picture,
    Sheet,
    Size,
    clearance,
    fit,
    frame,
    height_of,
    held,
    palettes,
    source_line,
    swatches,
    unmarked,
    width_of,
    wrap,
)
from imsmap.library.model import WARNING_GLYPH, Kin
from imsmap.parts import Side
from imsmap.reasoning.shares import Count
from imsmap.report import Report

ABOUT = about.Picture(of="matrix", slide="where integration stops", place=40)
CELL_GAP, BLOCK_GAP, ROW_GAP, HEAD = 3.0, 16.0, 2.0, 26.0
_HEAD_SIZE = 13.0
_SIZES = (14.0, 13.0, 12.0, FONT_FLOOR)
_PADS = (5.0, 3.0, 1.0)
"""Above and below the words of a row, together: from airy to tight."""
NARROWEST_LABEL = 13.0
"""Of the words before the cells, in sizes of their font; with less, fewer blocks stand side by side."""
MOST_BLOCKS = 3
MOST_NUMBERED = 3
"""With more standards there is no room in a cell for the number of a clause that is related."""


@frozen
class Cell:
    """How one standard stands in a row: `same`, `extended`, `related`, `own` or `none`.

    label: of the standard. number: of the standard's own clause in this row, where the row is not one of the core.
    """

    state: str
    label: str
    glyph: str
    number: str = ""

    def text(self, numbered: bool = True) -> str:
        """How it reads; the number of a related clause may be left out, that of an own one never."""
        number = self.number if numbered or self.state == "own" else ""
        return "\u00a0".join(filter(None, (self.label, number, self.glyph)))


@frozen
class Line:
    """A row of the map; a heading has no cells, but says how many of its groups stand apart."""

    main: str
    label: str
    cells: tuple[Cell, ...] = ()
    apart: str = ""


@frozen
class Plan:
    """How the rows are set: font size, space in a row, widths of a cell and a label, blocks side by side.

    numbered: related clauses tell their number. most: the lines that a label may have.
    """

    size: float
    pad: float
    cell: float
    label: float
    blocks: int
    numbered: bool
    most: int

    @property
    def heading(self) -> float:
        """The font size of headings."""
        return self.size + 1


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw the matrix as a map of cells, in blocks side by side; a page or more.

    A map is read at a glance and not box by box, so its cells do not count towards the 35 boxes of a slide.
    """
    answer = report.answer
    lines = _lines(answer)
    title = _title(answer)
    words = _words(report, lines)
    labels = [standard.label for standard in answer.standards]
    pages = _pages(lines, labels, clearance(size, title, *words))
    if len(pages) > 1:
        pages = _pages(lines, labels, clearance(size, title + " (10 of 10)", *words))
    drawn = []
    for index, (plan, page) in enumerate(pages, start=1):
        said = f"{title} ({index} of {len(pages)})" if len(pages) > 1 else title
        drawn.append(_page(report, size, said, words, page, plan, f"Page {index} of {len(pages)}."))
    return tuple(drawn)


# --- what it says ------------------------------------------------------------------------------------------------


def _apart(answer: MatrixAnswer) -> dict[str, Count]:
    """Count by main clause, in their order, how many groups have no common core, of how many."""
    shared = {main.number: answer.shares.shared((main.number,)) for main in answer.main_clauses}
    return {number: Count(count.m - count.n, count.m) for number, count in shared.items() if count.m}


def _title(answer: MatrixAnswer) -> str:
    found = _apart(answer)
    apart, total = (sum(counts) for counts in zip(*((one.n, one.m) for one in found.values()), strict=True))
    if not apart:
        return f"All {total} topics have a common core"
    # By share and not by number: a long clause has more of everything.
    worst = sorted(found, key=lambda main: (-found[main].n / found[main].m, -found[main].n))[:2]
    named = [main for main in found if main in worst and found[main].n]
    clauses = held(f"clause{'s' * (len(named) > 1)} {' and '.join(named)}")
    n, m = sum(found[main].n for main in named), sum(found[main].m for main in named)
    return (
        f"Integration stops at {apart} of {total} topics, which have no common core; the largest share is in "
        f"{clauses}, {n} of {m}"
    )


def _counts(answer: MatrixAnswer) -> str:
    told = ", ".join(f"clause {main}: {one.n} of {one.m}" for main, one in _apart(answer).items())
    return f"Topics without a core that two of the standards share: {told}."


def _lines(answer: MatrixAnswer) -> list[Line]:
    """Gather the rows: hub clauses x.y, told together with what lies under them, and the topic groups."""
    apart = _apart(answer)
    lines: list[Line] = []
    for main in answer.main_clauses:
        together: dict[str, list[Topic]] = {}
        for topic in answer.topics:
            if topic.main == main.number:
                name = ".".join(topic.number.split(".")[:2]) if topic.number else topic.id
                together.setdefault(name, []).append(topic)
        if together:
            count = apart[main.number]
            label = f"{main.number}\u00a0{main.title}"
            lines.append(Line(main.number, label, apart=f"{count.n} of {count.m} apart".replace(" ", "\u00a0")))
        for name, topics in together.items():
            first = topics[0]
            title = unmarked(answer.core_headings.get(name) or first.title)
            label = f"{name}\u00a0{title}" if first.number else title
            if any(topic.false_friends for topic in topics):
                label += f"\u00a0{WARNING_GLYPH}"
            lines.append(Line(main.number, label, tuple(_cell(topics, standard) for standard in answer.standards)))
    return lines


def _cell(topics: Sequence[Topic], standard: Side) -> Cell:
    key, label = standard.key, standard.label
    here = [topic for topic in topics if topic.clauses[key] or topic.also[key]]
    if not here:
        return Cell("none", label, Kin.NONE.glyph)
    kins = {one.kin for topic in here for one in topic.classes if key in (one.subject, one.object)}
    if here[0].number is not None:
        states = {topic.against_core[key] or Kin.NONE for topic in here}
        kin = states.pop() if len(states) == 1 and len(here) == len(topics) else Kin.EXTENDED
        if kin is Kin.NONE and Kin.RELATED in kins:
            kin = Kin.RELATED
        return Cell(kin.value, label, kin.glyph)
    number = _together([clause.line for topic in here for clause in topic.clauses[key]])
    for kin in (Kin.SAME, Kin.EXTENDED, Kin.RELATED):
        if kin in kins:
            return Cell(kin.value, label, kin.glyph, number)
    return Cell("own", label, Kin.NOT_ASSESSED.glyph if kins == {Kin.NOT_ASSESSED} else "", number)


def _together(lines: Sequence[tuple[str, ...]]) -> str:
    """Give the number that clauses have in common: 8.3 for 8.3.1 to 8.3.6; nothing for none.

    lines: each clause's number and those of the headings above it, from the inside out.
    """
    if not lines:
        return ""
    common = [number for number in lines[0] if all(number in line for line in lines)]
    return common[0] if len(common) > 1 or len(lines) == 1 else lines[0][0]


def _words(report: Report[MatrixAnswer], lines: Iterable[Line]) -> tuple[str, str]:
    standards = report.answer.standards
    states = {cell.state for line in lines for cell in line.cells}
    meanings = {
        "same": "= what the core asks",
        "extended": "≈ core and more",
        "related": "◐ related",
        "own": "dark: nobody else asks for it",
        "none": "○ nothing",
    }
    told = [meaning for state, meaning in meanings.items() if state in states]
    if any(WARNING_GLYPH in line.label for line in lines):
        told.append(f"{WARNING_GLYPH} same number, different duty")
    told.append("apart: no common core")
    legend = "; ".join(held(part) if len(part) < 40 else part for part in told)
    return legend, source_line(standards, report.data_version)


# --- where it stands ---------------------------------------------------------------------------------------------


def _pages(lines: Sequence[Line], labels: Sequence[str], place: Area) -> list[tuple[Plan, list[list[Line]]]]:
    """Choose the largest text with which all is on one page, else the smallest on as few as possible."""
    ways = [way for way in ((True, 3), (False, 3), (False, 2)) if len(labels) <= MOST_NUMBERED or not way[0]]
    tried = [
        plan
        for numbered, most in ways
        for size in _SIZES
        for pad in _PADS
        for plan in _plans(lines, labels, place.width, size, pad, numbered, most)
    ]
    for plan in tried:
        columns = _flow(lines, plan, place.height - HEAD)
        if len(columns) <= plan.blocks:
            return [(plan, columns)]
    airy = [plan for plan in tried if plan.pad == _PADS[0] and (plan.numbered, plan.most) == ways[0]]
    flows = [(plan, _flow(lines, plan, place.height - HEAD)) for plan in airy]
    plan, columns = min(flows, key=lambda flow: (-(-len(flow[1]) // flow[0].blocks), -flow[0].size))
    return [(plan, columns[start : start + plan.blocks]) for start in range(0, len(columns), plan.blocks)]


def _plans(
    lines: Sequence[Line], labels: Sequence[str], width: float, size: float, pad: float, numbered: bool, most: int
) -> Iterator[Plan]:
    """List the ways to stand side by side, most blocks first; at least one."""
    texts = {(cell.text(numbered), cell.state == "own") for line in lines for cell in line.cells}
    heads = [width_of(label, _HEAD_SIZE, bold=True) for label in labels]
    cell = max(*(width_of(text, size, bold) for text, bold in texts), *heads) + 8
    cells = len(labels) * (cell + CELL_GAP)
    widest = max(width_of(line.label, size if line.cells else size + 1, not line.cells) for line in lines)
    for blocks in range(MOST_BLOCKS, 0, -1):
        label = (width - BLOCK_GAP * (blocks - 1)) / blocks - cells
        if label >= NARROWEST_LABEL * size or blocks == 1:
            yield Plan(size, pad, cell, min(label, widest + 2 * MARGIN + 1), blocks, numbered, most)


def _height(line: Line, plan: Plan) -> float:
    size = plan.size if line.cells else plan.heading
    lines = min(plan.most, len(wrap(line.label, plan.label - 2 * MARGIN, size, not line.cells)))
    return height_of(lines, size) + plan.pad + ROW_GAP


def _flow(lines: Sequence[Line], plan: Plan, free: float) -> list[list[Line]]:
    """Pour the rows into columns: as few pages as possible, and then columns as even as possible."""
    heights = [_height(line, plan) for line in lines]
    cuts = _pour(lines, heights, free)
    most = -(-len(cuts) // plan.blocks) * plan.blocks
    least, enough = sum(heights) / most, free
    while enough - least > 1:
        middle = (least + enough) / 2
        tried = _pour(lines, heights, middle)
        if len(tried) <= most:
            cuts, enough = tried, middle
        else:
            least = middle
    return [list(lines[start:end]) for start, end in itertools.pairwise((*cuts, len(lines)))]


def _pour(lines: Sequence[Line], heights: Sequence[float], free: float) -> list[int]:
    """Give where each column begins."""
    begins, used = [0], 0.0
    for index, height in enumerate(heights):
        # A heading never stands alone at the end of a column.
        below = 0.0 if lines[index].cells or index + 1 == len(lines) else heights[index + 1]
        if used and used + height + below > free:
            begins.append(index)
            used = 0.0
        used += height
    return begins


def _page(
    report: Report[MatrixAnswer],
    size: Size,
    title: str,
    words: tuple[str, str],
    columns: Sequence[Sequence[Line]],
    plan: Plan,
    note: str,
) -> Picture:
    standards = report.answer.standards
    looks = palettes(standards)
    sheet = Sheet(size)
    place = frame(sheet, title, *words)
    across = plan.label + len(standards) * (plan.cell + CELL_GAP) + BLOCK_GAP
    notes: list[str] = []
    for at, lines in enumerate(columns):
        left = place.x + at * across
        heads = sheet.group(f"Heads {at + 1}", "Columns: " + ", ".join(one.designation for one in standards) + ".")
        for index, standard in enumerate(standards):
            palette = looks[standard.key]
            x = left + plan.label + CELL_GAP + index * (plan.cell + CELL_GAP)
            sheet.box(
                Area(x, place.y, plan.cell, HEAD - 4), [standard.label], size=_HEAD_SIZE, bold=True, align="c",
                group=heads, name=f"{standard.key} head {at + 1}", fill=palette.dark, ink=palette.on_dark,
                alt=standard.designation,
            )  # fmt: skip
        top = place.y + HEAD
        stretch = min(6.0, (place.height - HEAD - sum(_height(line, plan) for line in lines)) / len(lines))
        for line in lines:
            height = _height(line, plan) + max(0.0, stretch)
            notes += _row(sheet, line, Area(left, top, plan.label, height - ROW_GAP), [*looks.values()], plan)
            top += height
    said = [
        f"{line.label}: {', '.join(f'{cell.text()} {cell.state}' for cell in line.cells)}."
        for lines in columns
        for line in lines
        if line.cells
    ]
    definition = (
        "Against the common core: = the same points and none of its own; ≈ core points and more, or not all of them; "
        "◐ a stated relation without common core; own: no other of the standards has a counterpart."
    )
    fills = [EMPTY, *swatches(looks.values())]
    alt = f"{title}. " + " ".join(said)
    return sheet.picture(
        "heatmap",
        title,
        alt,
        [_counts(report.answer), report.message, definition, note, *notes, *report.notes, words[1]],
        fills,
    )


EMPTY = "#C6C6C6"
"""The tint of the common core: nothing is added to it."""


def _row(sheet: Sheet, line: Line, area: Area, looks: Sequence[Colours], plan: Plan) -> list[str]:
    said = ", ".join(f"{cell.text()} {cell.state}" for cell in line.cells)
    group = f"Clause {line.main}"
    before = sheet.groups.get(group, "")
    sheet.group(group, f"{before} {line.label}: {said}." if said else f"{before} {line.label}.".strip())
    size = plan.size if line.cells else plan.heading
    fitted = fit(line.label, area.width - 2 * MARGIN, area.height, (size,), bold=not line.cells)
    sheet.words(
        area, [fitted.text], lines=fitted.lines, size=fitted.size, bold=not line.cells, group=group, name=line.label,
    )  # fmt: skip
    if line.apart:
        width = len(looks) * (plan.cell + CELL_GAP) - CELL_GAP
        sheet.words(
            Area(area.right + CELL_GAP, area.y, width, area.height), [line.apart], lines=[line.apart],
            size=plan.size, align="c", group=group, name=f"{line.label}, {line.apart}",
        )  # fmt: skip
    for index, (cell, palette) in enumerate(zip(line.cells, looks, strict=False)):
        fill, ink = _fill(cell, palette)
        text, bold = cell.text(plan.numbered), cell.state == "own"
        sheet.box(
            Area(area.right + CELL_GAP + index * (plan.cell + CELL_GAP), area.y, plan.cell, area.height),
            [text], lines=[text], size=plan.size, bold=bold, align="c", group=group,
            name=f"{line.label}, {cell.text()}", alt=f"{line.label}: {cell.state}",
            fill=fill, line=palette.line, ink=ink,
        )  # fmt: skip
    return [f"In full: {line.label}."] if fitted.short else []


def _fill(cell: Cell, palette: Colours) -> tuple[str, str]:
    if cell.state == "own":
        return palette.dark, palette.on_dark
    if cell.state in ("extended", "related"):
        return palette.tint, INK
    return (EMPTY if cell.state == "same" else PAPER), INK
