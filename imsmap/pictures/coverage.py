"""What has a counterpart: how much of each standard has a counterpart in the others, and the uncovered by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer
from imsmap.drawing import (
    FONT_FLOOR,
    INK,
    MARGIN,
    PAPER,
    Area,
    Colours,
    Item,
    Picture,
    Sheet,
    Size,
    evenly,
    fit,
    frame,
    height_of,
    held,
    listed,
    palettes,
    source_line,
    swatches,
)
from imsmap.library.model import Kin
from imsmap.parts import Side
from imsmap.reasoning.coverage import LEAF_CLAUSE, Coverage
from imsmap.report import Report
from imsmap.wording import coverage_sentence

ABOUT = about.Picture(of="matrix", slide="what has a counterpart", place=60)
NARROWEST = 165.0
GAP, HEAD = 16.0, 44.0
_SIZES = (14.0, 13.0, 12.0, FONT_FLOOR)
_KINS = (Kin.SAME, Kin.EXTENDED, Kin.RELATED, Kin.TOUCHES, Kin.NONE, Kin.NOT_ASSESSED)


@frozen
class Direction:
    """What one standard has that the others have too, and what none of them has."""

    standard: Side
    colours: Colours
    entries: tuple[Coverage, ...]
    uncovered: tuple[Item, ...]
    unassessed: int

    @property
    def head(self) -> tuple[str, str]:
        """The two lines above the column."""
        return (
            f"{self.standard.label} {self.standard.designation}",
            f"{self.covered} of {self.leaves} leaf clauses have a counterpart",
        )

    @property
    def leaves(self) -> int:
        """How many leaf clauses there are."""
        return self.entries[0].m

    @property
    def covered(self) -> int:
        """How many of them have a counterpart in any of the others."""
        return self.leaves - len(self.uncovered) - self.unassessed


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw a column for each standard: its coverage by each other, and below what none of them covers."""
    answer = report.answer
    standards = answer.standards
    looks = palettes(standards)
    directions = [_direction(answer, standard, looks[standard.key]) for standard in standards]
    title = _title(answer, directions)
    source = source_line(standards, report.data_version)
    legend = "Leaf clauses, each by its best: = same; ≈ extended; ◐ related; · touches; ○ none; ? not assessed"
    if len(standards) > 2:
        legend = (
            "n of m leaf clauses of the standard above have a counterpart in the standard of the letter; ? not assessed"
        )
    most = max(2, int((size.width - 2 * size.edge + GAP) // (NARROWEST + GAP)))
    chunks = [directions[start:end] for start, end in evenly([1.0] * len(directions), -(-len(directions) // most))]
    drawn = []
    definition = (
        "A leaf clause has a counterpart if it shares a common core requirement with a clause of the other standard "
        "(same, extended) or a stated relation of strength 4 or more (of 10) ties them (related). Uncovered: none of "
        "the other standards here has one, and that was looked at; · marks what a weaker relation touches. Not "
        "assessed is neither."
    )
    for index, chunk in enumerate(chunks, start=1):
        said = f"{title} ({index} of {len(chunks)})" if len(chunks) > 1 else title
        sheet = Sheet(size)
        place = frame(sheet, said, legend, source)
        notes = [f"Page {index} of {len(chunks)}."] if len(chunks) > 1 else []
        _columns(sheet, place, chunk, {one.standard.key: one for one in directions}, notes)
        alt = f"{said}. " + " ".join(sheet.groups.values())
        palette = swatches(looks.values())
        told = [report.message, definition, *notes, *report.notes, source]
        drawn.append(sheet.picture("coverage", said, alt, told, palette))
    return tuple(drawn)


# --- what it says ------------------------------------------------------------------------------------------------


def _direction(answer: MatrixAnswer, standard: Side, look: Colours) -> Direction:
    entries = tuple(one for one in answer.coverage if one.of == standard.key and one.unit == LEAF_CLAUSE)
    kins = [(clause, answer.closest[clause.ref]) for clause in answer.leaves[standard.key]]
    items = tuple(
        Item(f"{standard.label}\u00a0{clause.words}", kin.glyph if kin is Kin.TOUCHES else "")
        for clause, kin in kins
        if kin in (Kin.TOUCHES, Kin.NONE)
    )
    return Direction(standard, look, entries, items, sum(kin is Kin.NOT_ASSESSED for _, kin in kins))


def _title(answer: MatrixAnswer, directions: Sequence[Direction]) -> str:
    if len(directions) == 2:
        by, of = answer.standards
        names = {one.key: held(one.designation) for one in (by, of)}
        return coverage_sentence(names, answer.covered(of=of.key, by=by.key))
    n, m = sum(one.covered for one in directions), sum(one.leaves for one in directions)
    return (
        f"{n} of {m} leaf clauses of the {len(directions)} standards have a counterpart in at least one of the others"
    )


# --- where it stands ---------------------------------------------------------------------------------------------


def _columns(
    sheet: Sheet, place: Area, chunk: Sequence[Direction], directions: Mapping[str, Direction], notes: list[str]
) -> None:
    width = (place.width - GAP * (len(chunk) - 1)) / len(chunk)
    head = HEAD if width > 230 else HEAD + 16
    strip = 30.0
    many = len(directions) > 2
    across = 1 if width < 230 else 2
    others = len(directions) - 1
    tiles = -(-others // across) * (strip - 6) if many else strip
    label = height_of(1 if width > 430 else 2, 13) + 6
    top = place.y + head + tiles + label + 8
    free = place.bottom - top
    inner = width - 2 * MARGIN

    def cut(size: float) -> int:
        most = max(1, int((free - 6) / height_of(1, size)))
        return sum(len(listed(one.uncovered, inner, size, most).cut) for one in chunk)

    size = min(_SIZES, key=lambda one: (cut(one), -one))
    for at, one in enumerate(chunk):
        left = place.x + at * (width + GAP)
        palette, key, letter = one.colours, one.standard.key, one.standard.label
        counts = "; ".join(
            f"{entry.n} of {entry.m} have a counterpart in {directions[entry.by].standard.designation}"
            + (f", {entry.not_assessed} not assessed" if entry.not_assessed else "")
            for entry in one.entries
        )
        names = "; ".join(item.whole for item in one.uncovered) or "nothing"
        group = sheet.group(f"Of {letter}", f"Of {one.standard.designation}: {counts}. Uncovered: {names}.")
        sheet.fitted(
            Area(left, place.y, width, head), one.head, sizes=_SIZES, notes=notes, bold=True, name=f"{key} head",
            group=group, fill=palette.dark, ink=palette.on_dark, align="c",
        )  # fmt: skip
        area = Area(left, place.y + head + 4, width, tiles)
        if many:
            _others(sheet, area, one, directions, across, strip - 6, group)
        else:
            _kinds(sheet, area, one, group)
        by = directions[one.entries[0].by].standard.designation
        told = "Uncovered by all others" if many else f"No counterpart in {held(by)}"
        told += f": {len(one.uncovered)} of {one.leaves}"
        if one.unassessed:
            told += f" ({one.unassessed} not assessed)"
        sheet.fitted(
            Area(left, top - label, width, label - 2), [told], sizes=(13.0, 12.0, FONT_FLOOR), notes=notes, bold=True,
            name=f"{key} uncovered, head", group=group, role="words",
        )  # fmt: skip
        found = listed(one.uncovered, inner, size, max(1, int((free - 6) / height_of(1, size))))
        if found.cut:
            notes.append(f"Uncovered in full, {one.standard.designation}: " + "; ".join(found.cut) + ".")
        each = "each leaf clause that was looked at has" if one.unassessed else "each leaf clause has"
        nothing = (f"{letter}\u00a0nothing: {each} a counterpart",)
        lines = found.lines or fit(nothing[0], inner, free, (size,)).lines
        height = min(free, max(40.0, height_of(len(lines), size) + 10))
        sheet.box(
            Area(left, top, width, height), found.paragraphs or nothing, lines=lines, size=size, hang=True,
            name=f"{key} uncovered", group=group, fill=palette.tint, line=palette.line,
        )  # fmt: skip


def _kinds(sheet: Sheet, area: Area, one: Direction, group: str) -> None:
    """Show how many leaf clauses are the same, extended, related, none, not assessed; what is none stays white."""
    (entry,) = one.entries
    width = area.width / len(_KINS)
    for at, kin in enumerate(_KINS):
        number = entry.of_class(kin)
        text = f"{kin.glyph}\u00a0{number}"
        covered = kin.is_counterpart
        sheet.box(
            Area(area.x + at * width, area.y, width, area.height - 4), [text], lines=[text], size=15, align="c",
            name=f"{one.standard.key} {kin.value}", group=group, fill=one.colours.tint if covered else PAPER,
            line=one.colours.line, ink=INK, alt=f"{kin.value}: {number} of {entry.m} leaf clauses",
        )  # fmt: skip


def _others(
    sheet: Sheet, area: Area, one: Direction, directions: Mapping[str, Direction], across: int, high: float, group: str,
) -> None:  # fmt: skip
    """Show n of m for each other standard, in its colours."""
    width = area.width / across
    for at, entry in enumerate(one.entries):
        other, palette = directions[entry.by].standard, directions[entry.by].colours
        unsure = f", {entry.not_assessed}\u00a0?" if entry.not_assessed else ""
        text = f"{other.label}\u00a0{entry.n}\u00a0of\u00a0{entry.m}{unsure}"
        size = fit(text, width - 2 * MARGIN, high, (12.0, FONT_FLOOR)).size
        row, column = divmod(at, across)
        sheet.box(
            Area(area.x + column * width, area.y + row * high, width, high), [text], lines=[text], size=size, align="c",
            name=f"{one.standard.key} by {other.key}", group=group, fill=palette.tint, line=palette.line,
            alt=f"{entry.n} of {entry.m} leaf clauses have a counterpart in {other.designation}",
        )  # fmt: skip
