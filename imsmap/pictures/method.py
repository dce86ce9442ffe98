"""Method and limits: what is counted and how, what the numbers do not say, and on which data they rest."""

from __future__ import annotations

from collections.abc import Sequence

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer
from imsmap.drawing import (
    FONT_FLOOR,
    HANG,
    MARGIN,
    PAPER,
    Area,
    Picture,
    Sheet,
    Size,
    fit,
    frame,
    height_of,
    held,
    palettes,
    source_line,
    swatches,
)
from imsmap.library.model import Kin
from imsmap.parts import Side
from imsmap.report import Report

ABOUT = about.Picture(of="matrix", slide="method and limits", filed=False, place=140)
GAP, HEAD = 16.0, 30.0
_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0, FONT_FLOOR)
_LINE = "#7F7F7F"


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw three lists side by side on one page."""
    answer = report.answer
    standards = answer.standards
    leaves = sum(one.leaf_clauses for one in standards)
    groups = len(answer.topics)
    title = (
        f"Method and limits: {leaves} leaf clauses of {len(standards)} standards, compared in {groups} topics; a "
        "counterpart says where to look together"
    )
    source = source_line(standards, report.data_version)
    sheet = Sheet(size)
    place = frame(sheet, title, "", source)
    notes: list[str] = []
    lists = (
        ("How it was counted", _counted(groups)),
        ("What it does not say", _limits()),
        ("On what it rests", _rests(standards, report.data_version)),
    )
    width = (place.width - GAP * (len(lists) - 1)) / len(lists)
    texts = ["\n".join(_points(told)) for _, told in lists]
    inner, room = width - 2 * MARGIN, place.height - HEAD
    found = [fit(text, inner, room, _SIZES, hang=HANG) for text in texts]
    smallest = min(one.size for one in found)
    sizes = [one for one in _SIZES if one <= smallest]
    found = [fit(text, inner, room, sizes, hang=HANG) for text in texts]
    room = min(room, max(height_of(len(one.lines), one.size) for one in found) + 12)
    for at, (heading, told) in enumerate(lists):
        left = place.x + at * (width + GAP)
        group = sheet.group(heading, f"{heading}: " + " ".join(told))
        sheet.words(Area(left, place.y, width, HEAD - 4), [heading], size=16, bold=True, name=heading, group=group)
        sheet.fitted(
            Area(left, place.y + HEAD, width, room), _points(told), sizes=sizes, notes=notes, name=f"{heading}, told",
            group=group, hang=True, fill=PAPER, line=_LINE, align="l",
        )  # fmt: skip
    alt = f"{title}. " + " ".join(sheet.groups.values())
    looks = palettes(standards)
    palette = swatches(looks.values())
    return (sheet.picture("method", title, alt, [report.message, *notes, *report.notes, source], palette),)


def _points(told: Sequence[str]) -> list[str]:
    return [f"•\u00a0{line}" for line in told]


def _counted(groups: int) -> tuple[str, ...]:
    return (
        f"The unit is the leaf clause: one with no clause under it. Leaf clauses stand in {groups} topics, one for "
        "each requirement of the harmonized structure and one for each further topic.",
        f"{Kin.SAME.glyph} same and {Kin.EXTENDED.glyph} extended: both share a requirement of the common core, and "
        "one or both may add to it.",
        f"{Kin.RELATED.glyph} related: a stated tie outside of the core. {Kin.TOUCHES.glyph} touches: a weak tie, a "
        f"reminder that counts nowhere. {Kin.NONE.glyph} none: looked at, and there "
        f"is no tie. {Kin.NOT_ASSESSED.glyph} not assessed: nobody has looked.",
        "Each count is n of m, in one direction: of one standard, by another. The other way round it is another count.",
    )


def _limits() -> tuple[str, ...]:
    return (
        "A counterpart is not conformity: meeting one standard does not meet the other.",
        "Counts are not effort: one clause may take a day and another a year.",
        "No standard is better, and none is ranked.",
        "Clauses with the same number may ask for different things; nothing is merged by number.",
        "No certificate and no saving is promised. How long an edition counts is for the certification body to say.",
    )


def _rests(standards: Sequence[Side], data_version: str) -> tuple[str, ...]:
    sure = ", ".join(f"{one.label}\u00a0{held(one.designation)} {one.confidence:.2f}" for one in standards)
    return (
        f"Mapping data {data_version}: each relation has its source and its confidence in the data.",
        f"Confidence of the data of each standard, 0 to 1: {sure}.",
        "Clause numbers, titles and our own words only. For what a standard asks, consult the standard.",
        "The notes of each slide hold its definitions and sources.",
    )
