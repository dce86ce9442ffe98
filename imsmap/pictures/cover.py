"""The cover: whose system it is, which standards with their letters and editions, on which day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from imsmap import about
from imsmap.drawing import (
    FONT_FLOOR,
    GREY,
    MARGIN,
    Area,
    Colours,
    Picture,
    Sheet,
    Size,
    even_size,
    fit,
    height_of,
    held,
    palettes,
    source_line,
    swatches,
)
from imsmap.parts import Side, side_json
from imsmap.report import Json, Report

ABOUT = about.Picture(of="cover", slide="the cover", filed=False, place=10)
TITLE, SUBTITLE, CHIP, GAP = 0.30, 0.16, 64.0, 10.0
"""Shares of the page's height that title and subtitle may take; the height of a standard's row, and between two."""
_TITLE_SIZES = (40.0, 36.0, 32.0, 28.0, 24.0, 20.0, 16.0, 14.0)
_LABEL_SIZES = (28.0, 24.0, 20.0, 18.0, 16.0, 14.0, 12.0, FONT_FLOOR)
_SIZES = (20.0, 18.0, 16.0, 14.0, 13.0, 12.0, FONT_FLOOR)


@frozen
class CoverAnswer:
    """Whose system it is, for which standards, on which day; what nobody said is empty."""

    standards: tuple[Side, ...]
    client: str = ""
    scope: str = ""
    date: str = ""


def to_json(answer: CoverAnswer) -> dict[str, Json]:
    """Give the answer as JSON."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "client": answer.client,
        "scope": answer.scope,
        "date": answer.date,
    }


def draw(report: Report[CoverAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw the cover: title, client, a row with its letter for each standard, date and source."""
    answer = report.answer
    standards = answer.standards
    sheet = Sheet(size)
    notes: list[str] = []
    looks = palettes(standards)
    edge = max(size.edge, size.width * 0.06)
    width = size.width - 2 * edge
    title = _title(standards)
    head = fit(title, width - 2 * MARGIN, size.height * TITLE, _TITLE_SIZES, bold=True)
    top = max(size.top, size.height * 0.08)
    high = height_of(len(head.lines), head.size) + 4
    sheet.words(
        Area(edge, top, width, high), [title], lines=head.lines, size=head.size, bold=True, name="Title", role="title",
        align="l",
    )  # fmt: skip
    top += high + GAP
    told = list(filter(None, (answer.client, answer.scope)))
    if told:
        words = fit("\n".join(told), width - 2 * MARGIN, size.height * SUBTITLE, _SIZES)
        high = height_of(len(words.lines), words.size) + 2
        sheet.fitted(
            Area(edge, top, width, high), told, sizes=(words.size,), notes=notes, name="Client", role="words", align="l"
        )
        top += high + GAP
    source = source_line(standards, report.data_version)
    foot = fit(source, width - 2 * MARGIN, height_of(3, FONT_FLOOR), (FONT_FLOOR,))
    bottom = size.height - size.below - height_of(len(foot.lines), FONT_FLOOR) - 4
    source_area = Area(edge, bottom, width, size.height - size.below - bottom)
    if answer.date:
        bottom -= height_of(1, 16) + 4
        sheet.words(Area(edge, bottom, width, height_of(1, 16) + 2), [answer.date], size=16, name="Date", align="l")
    _standards(sheet, Area(edge, top + GAP, width, bottom - top - 2 * GAP), standards, looks, notes)
    sheet.words(source_area, [source], lines=foot.lines, size=FONT_FLOOR, name="Source", ink=GREY)
    alt = f"{title}. " + " ".join((*told, *sheet.groups.values()))
    palette = swatches(looks.values())
    return (sheet.picture("cover", title, alt, [*told, *notes, *report.notes, source], palette),)


def _title(standards: Sequence[Side]) -> str:
    names = [held(one.designation) for one in standards]
    if len(names) > 3:
        return f"One management system for {len(names)} standards"
    return f"One management system for {', '.join(names[:-1])} and {names[-1]}"


def _standards(
    sheet: Sheet, place: Area, standards: Sequence[Side], looks: Mapping[str, Colours], notes: list[str]
) -> None:
    """Place a row for each standard, in two columns where they are many."""
    columns = 1 if len(standards) < 4 else 2
    rows = -(-len(standards) // columns)
    width = (place.width - GAP * (columns - 1)) / columns
    height = min(CHIP, (place.height - GAP * (rows - 1)) / rows)
    texts = [_told(one) for one in standards]
    words = width - height - GAP
    size = even_size(texts, words - 2 * MARGIN, height, _SIZES)
    for at, (standard, text) in enumerate(zip(standards, texts, strict=True)):
        left = place.x + (at // rows) * (width + GAP)
        top = place.y + (at % rows) * (height + GAP)
        look, label = looks[standard.key], standard.label
        group = sheet.group(f"Standard {label}", f"{label} is {text}.".replace("\n", ", "))
        wide = fit(label, height - 2 * MARGIN, height, [one for one in _LABEL_SIZES if height > 44 or one <= 18], True)
        sheet.box(
            Area(left, top, height, height), [label], lines=wide.lines, size=wide.size, bold=True,
            align="c", name=f"{standard.key} letter", group=group, fill=look.dark, ink=look.on_dark,
        )  # fmt: skip
        sheet.fitted(
            Area(left + height + GAP, top, words, height), text.split("\n"), sizes=(size,), notes=notes,
            name=f"{standard.key} edition", group=group, role="words", align="l",
        )  # fmt: skip


def _told(standard: Side) -> str:
    amended = ", ".join(standard.amendments)
    name = standard.designation + (f" with {amended}" if amended else "")
    return f"{name}\n{standard.discipline_name}"
