"""What you already have: how much of each standard has a counterpart in the others, and the uncovered by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from imsmap.drawing import (
    FONT_FLOOR,
    INK,
    MARGIN,
    PAPER,
    Area,
    Item,
    Picture,
    Sheet,
    Size,
    colours,
    evenly,
    fit,
    frame,
    height_of,
    held,
    listed,
    source_line,
)
from imsmap.drawing.shares import counterparts
from imsmap.library.model import Kin
from imsmap.report import Report

ANALYSIS = "matrix"
NARROWEST = 165.0
GAP, HEAD = 16.0, 44.0
_SIZES = (14.0, 13.0, 12.0, FONT_FLOOR)
_KINS = ((Kin.SAME, "same"), (Kin.EXTENDED, "extended"), (Kin.RELATED, "related"), (Kin.NONE, "none"),
         (Kin.NOT_ASSESSED, "not_assessed"))  # fmt: skip


@frozen
class Direction:
    """What one standard has that the others have too, and what none of them has."""

    standard: Mapping[str, Any]
    entries: tuple[Mapping[str, Any], ...]
    uncovered: tuple[Item, ...]
    unassessed: int

    @property
    def head(self) -> tuple[str, str]:
        """The two lines above the column."""
        m = self.entries[0]["m"]
        n = m - len(self.uncovered) - self.unassessed
        return (
            f"{self.standard['letter']} {self.standard['designation']}",
            f"{n} of {m} leaf clauses have a counterpart",
        )


def draw(report: Report[object], size: Size) -> tuple[Picture, ...]:
    """Draw a column for each standard: its coverage by each other, and below what none of them covers."""
    values = report.values
    standards: list[dict[str, Any]] = list(values["standards"])
    directions = [_direction(values, standard) for standard in standards]
    title = _title(values, directions)
    source = source_line([(one["letter"], one["designation"]) for one in standards], report.data_version)
    legend = "= same; ≈ extended; ◐ related; ○ none; ? not assessed: the leaf clauses, each by its best counterpart"
    if len(standards) > 2:
        legend = (
            "n of m leaf clauses of the standard above have a counterpart in the standard of the letter; ? not assessed"
        )
    most = max(2, int((size.width - 2 * size.edge + GAP) // (NARROWEST + GAP)))
    chunks = [directions[start:end] for start, end in evenly([1.0] * len(directions), -(-len(directions) // most))]
    drawn = []
    definition = (
        "A leaf clause has a counterpart if it shares a common core requirement with a clause of the other standard "
        "(same, extended) or a stated relation ties them (related). Uncovered: none of the other standards here has "
        "one, and that was looked at; not assessed is neither."
    )
    palettes = [colours(standard.get("colours")) for standard in standards]
    for index, chunk in enumerate(chunks, start=1):
        said = f"{title} ({index} of {len(chunks)})" if len(chunks) > 1 else title
        sheet = Sheet(size)
        place = frame(sheet, said, legend, source)
        notes = [f"Page {index} of {len(chunks)}."] if len(chunks) > 1 else []
        _columns(sheet, place, chunk, {one["key"]: one for one in standards}, notes)
        alt = f"{said}. " + " ".join(sheet.groups.values())
        palette = [colour for one in palettes for colour in (one.dark, one.tint)]
        told = [report.message, definition, *notes, *report.notes, source]
        drawn.append(sheet.picture("coverage", said, alt, told, palette))
    return tuple(drawn)


# --- what it says ------------------------------------------------------------------------------------------------


def _direction(values: Mapping[str, Any], standard: Mapping[str, Any]) -> Direction:
    key = standard["key"]
    entries = tuple(one for one in values["coverage"] if one["of"] == key and one["unit"] == "leaf clause")
    without = [set(entry["uncovered"]) for entry in entries]
    unsure = [set(entry["uncovered"]) | set(entry["unassessed"]) for entry in entries]
    uncovered = set.intersection(*without)
    unassessed = set.intersection(*unsure) - uncovered
    titles = {c["number"]: c.get("name", c["title"]) for group in values["groups"] for c in group["clauses"][key]}
    # As the analysis lists them: in the order of the clauses.
    items = tuple(
        Item(f"{standard['letter']}\u00a0{number} {titles[number]}")
        for number in entries[0]["uncovered"]
        if number in uncovered
    )
    return Direction(standard, entries, items, len(unassessed))


def _title(values: Mapping[str, Any], directions: Sequence[Direction]) -> str:
    if len(directions) == 2:
        return f"What you already have: {counterparts(values)}"
    n = sum(one.entries[0]["m"] - len(one.uncovered) - one.unassessed for one in directions)
    m = sum(one.entries[0]["m"] for one in directions)
    return (
        f"What you already have: {n} of {m} leaf clauses of the {len(directions)} standards have a counterpart in at "
        "least one of the others"
    )


# --- where it stands ---------------------------------------------------------------------------------------------


def _columns(
    sheet: Sheet, place: Area, chunk: Sequence[Direction], standards: Mapping[str, Mapping[str, Any]], notes: list[str]
) -> None:
    width = (place.width - GAP * (len(chunk) - 1)) / len(chunk)
    head = HEAD if width > 230 else HEAD + 16
    strip = 30.0
    many = len(standards) > 2
    across = 1 if width < 230 else 2
    others = len(standards) - 1
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
        palette = colours(one.standard.get("colours"))
        key, letter = one.standard["key"], one.standard["letter"]
        counts = "; ".join(
            f"{entry['n']} of {entry['m']} have a counterpart in {standards[entry['by']]['designation']}"
            + (f", {entry['not_assessed']} not assessed" if entry["not_assessed"] else "")
            for entry in one.entries
        )
        names = "; ".join(item.text for item in one.uncovered) or "nothing"
        group = sheet.group(f"Of {letter}", f"Of {one.standard['designation']}: {counts}. Uncovered: {names}.")
        sheet.fitted(
            Area(left, place.y, width, head), one.head, sizes=_SIZES, notes=notes, bold=True, name=f"{key} head",
            group=group, fill=palette.dark, ink=palette.on_dark, align="c",
        )  # fmt: skip
        area = Area(left, place.y + head + 4, width, tiles)
        if many:
            _others(sheet, area, one, standards, across, strip - 6, group)
        else:
            _kinds(sheet, area, one, palette.tint, palette.line, group)
        by = standards[one.entries[0]["by"]]["designation"]
        told = "Uncovered by all others" if many else f"No counterpart in {held(by)}"
        told += f": {len(one.uncovered)} of {one.entries[0]['m']}"
        if one.unassessed:
            told += f" ({one.unassessed} not assessed)"
        sheet.fitted(
            Area(left, top - label, width, label - 2), [told], sizes=(13.0, 12.0, FONT_FLOOR), notes=notes, bold=True,
            name=f"{key} uncovered, head", group=group, role="words",
        )  # fmt: skip
        found = listed(one.uncovered, inner, size, max(1, int((free - 6) / height_of(1, size))))
        if found.cut:
            notes.append(f"Uncovered in full, {one.standard['designation']}: " + "; ".join(found.cut) + ".")
        nothing = (f"{letter}\u00a0nothing: each leaf clause has a counterpart",)
        lines = found.lines or fit(nothing[0], inner, free, (size,)).lines
        height = min(free, max(40.0, height_of(len(lines), size) + 10))
        sheet.box(
            Area(left, top, width, height), found.paragraphs or nothing, lines=lines, size=size, hang=True,
            name=f"{key} uncovered", group=group, fill=palette.tint, line=palette.line,
        )  # fmt: skip


def _kinds(sheet: Sheet, area: Area, one: Direction, tint: str, line: str, group: str) -> None:
    """Show how many leaf clauses are the same, extended, related, none, not assessed; what is none stays white."""
    (entry,) = one.entries
    width = area.width / len(_KINS)
    for at, (kin, name) in enumerate(_KINS):
        text = f"{kin.glyph}\u00a0{entry[name]}"
        covered = kin not in (Kin.NONE, Kin.NOT_ASSESSED)
        sheet.box(
            Area(area.x + at * width, area.y, width, area.height - 4), [text], lines=[text], size=15, align="c",
            name=f"{one.standard['key']} {kin.value}", group=group, fill=tint if covered else PAPER, line=line, ink=INK,
            alt=f"{kin.value}: {entry[name]} of {entry['m']} leaf clauses",
        )  # fmt: skip


def _others(
    sheet: Sheet, area: Area, one: Direction, standards: Mapping[str, Mapping[str, Any]], across: int, high: float,
    group: str,
) -> None:  # fmt: skip
    """Show n of m for each other standard, in its colours."""
    width = area.width / across
    for at, entry in enumerate(one.entries):
        other = standards[entry["by"]]
        palette = colours(other.get("colours"))
        unsure = f", {entry['not_assessed']}\u00a0?" if entry["not_assessed"] else ""
        text = f"{other['letter']}\u00a0{entry['n']}\u00a0of\u00a0{entry['m']}{unsure}"
        row, column = divmod(at, across)
        sheet.box(
            Area(area.x + column * width, area.y + row * high, width, high), [text], lines=[text], size=12, align="c",
            name=f"{one.standard['key']} by {other['key']}", group=group, fill=palette.tint, line=palette.line,
            alt=f"{entry['n']} of {entry['m']} leaf clauses have a counterpart in {other['designation']}",
        )  # fmt: skip
