"""Which first, and why: the pull toward each standard as a range, the reasons, what would change it, what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from imsmap import about
from imsmap.analyses.choose.answer import ChooseAnswer
from imsmap.decision.rules import COUNTS, MOST_SCORE, UNDECIDED, Pull
from imsmap.drawing import (
    FONT_FLOOR,
    GREY,
    INK,
    PAPER,
    RULE,
    Area,
    Bars,
    Colours,
    Picture,
    Series,
    Sheet,
    Size,
    badge,
    fit,
    frame,
    height_of,
    palettes,
    source_line,
    width_of,
)
from imsmap.drawing.text import HANG
from imsmap.report import Report

ABOUT = about.Picture(of="choose", slide="which first, and why", client=True, place=110)
ROW, BADGE, BAR = 50.0, 22.0, 0.44
"""How high the row of a standard is on a slide of 540 points, how high its badge, and how much of it its bar."""
NAME = "Pulls"


def draw(report: Report[ChooseAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw the answer on one page; what has no room stands in the notes."""
    answer = report.answer
    title = _title(answer)
    legend = (
        "Solid: how strong the pull is at least. Dashed: how much further it may go, as answers are missing. "
        "Neither standard is better, and no bar is a score of one."
    )
    standards = [answer.standards[side] for side in answer.case.sides]
    source = source_line(standards, report.data_version)
    sheet = Sheet(size)
    notes: list[str] = []
    place = frame(sheet, title, legend, source)
    bottom = _pulls(sheet, place, answer, palettes(standards))
    columns = (("Why", answer.reasons[:4]), _turning(answer), ("No counterpart", _new(answer)))
    gap = 24.0
    width = (place.width - gap * (len(columns) - 1)) / len(columns)
    sizes = _sizes(sheet, columns, width, place.bottom - bottom)
    for at, (heading, told) in enumerate(columns):
        area = Area(place.x + at * (width + gap), bottom, width, place.bottom - bottom)
        _column(sheet, area, heading, told, sizes, notes)
    alt = f"{title.replace('**', '')}. " + " ".join(answer.reasons)
    brought = [one.in_full for one in answer.brings]
    told_notes = [report.message, *notes, *answer.reasons, *brought, *report.notes, source]
    return (sheet.picture("choice", title, alt, told_notes),)


def _title(answer: ChooseAnswer) -> str:
    """Say the verdict, bold, and what it means; what is undecided is said too."""
    which, sentence = answer.answer, answer.sentence
    verdict = f"**{which[0].upper()}{which[1:]}**: {sentence[0].lower()}{sentence[1:].rstrip('.')}"
    if any(name in verdict for name in answer.named.values()):
        return verdict
    return f"{' or '.join(answer.named[side] for side in answer.case.sides)} first? {verdict}"


def _pulls(sheet: Sheet, place: Area, answer: ChooseAnswer, looks: Mapping[str, Colours]) -> float:
    """Draw a bar with a whisker for each standard on one scale, and give where they end below."""
    kind, unit = sheet.type, sheet.size.height / 540
    label = max(width_of(_toward(answer, side), kind.head, bold=True) for side in answer.case.sides) + BADGE * 2 + 12
    figures = max(width_of(_figures(answer.outcome.pulls[side]), kind.body) for side in answer.case.sides) + 14
    row, named = ROW * unit, height_of(1, kind.body) + 4
    track = Area(place.x + label, place.y + named, place.width - label - figures, row * len(answer.case.sides))
    for at, side in enumerate(answer.case.sides):
        area = Area(track.x, track.y + at * row, track.width, row)
        _pull(sheet, area, place, side, answer, looks[answer.standards[side].key])
    _chart(sheet, track, answer, looks)
    _scale(sheet, track, answer)
    return track.bottom + height_of(1, FONT_FLOOR) + 24 * unit


def _chart(sheet: Sheet, track: Area, answer: ChooseAnswer, looks: Mapping[str, Colours]) -> None:
    """Say that the bars are a chart: how strong each pull is at least."""
    pulls = [answer.outcome.pulls[side] for side in answer.case.sides]
    if not any(pull.low for pull in pulls):
        return
    series = tuple(
        Series(_toward(answer, side), tuple(float(pull.low) if one == side else 0.0 for one in answer.case.sides),
               looks[answer.standards[side].key].dark)
        for side, pull in zip(answer.case.sides, pulls, strict=True)
    )  # fmt: skip
    names = tuple(_toward(answer, side) for side in answer.case.sides)
    told = "; ".join(
        f"{_toward(answer, side)}: {_figures(pull)}" for side, pull in zip(answer.case.sides, pulls, strict=True)
    )
    sheet.chart(NAME, Bars(track, names, series, float(MOST_SCORE), gap=round(100 * (1 - BAR) / BAR)), f"{told}.")


def _toward(answer: ChooseAnswer, side: str) -> str:
    return f"toward {answer.named[side]}".replace("ISO ", "ISO\u00a0")


def _at(track: Area, pull: Fraction) -> float:
    return track.x + track.width * float(pull) / MOST_SCORE


def _pull(sheet: Sheet, track: Area, place: Area, side: str, answer: ChooseAnswer, look: Colours) -> None:
    """Draw how far a pull goes for sure, and dashed how far it may go."""
    standard, pull = answer.standards[side], answer.outcome.pulls[side]
    told = _figures(pull)
    group = sheet.group(f"Pull {_toward(answer, side)}", f"The pull {_toward(answer, side)}: {told}.")
    middle = track.y + track.height / 2
    over = badge(
        sheet, place.x, middle - BADGE / 2, standard.label, look, side=BADGE, name=f"{side} badge", group=group
    )
    sheet.words(
        Area(place.x + over + 8, track.y, track.x - place.x - over - 12, track.height), [_toward(answer, side)],
        size=sheet.type.head, bold=True, name=f"Label {side}", group=group, pad=0,
    )  # fmt: skip
    low, high, half = _at(track, pull.low), _at(track, pull.high), track.height * BAR / 2
    sheet.rule(track.x, middle, track.right, middle, line=RULE, group=group, name=f"Scale {side}")
    if pull.low:
        area = Area(track.x, middle - half, low - track.x, 2 * half)
        sheet.box(area, name=f"Sure {side}", fill=look.dark, role="bar", holder=NAME)
    if pull.high > pull.low:
        sheet.rule(low, middle, high, middle, line=look.line, weight=2.5, dashed=True, name=f"May {side}", group=group)
        sheet.rule(high, middle - half, high, middle + half, line=look.line, weight=2.5, name="end", group=group)
    sheet.words(
        Area(track.right + 12, track.y, place.right - track.right - 12, track.height), [told], lines=[told],
        size=sheet.type.body, name=f"Figures {side}", group=group, pad=0,
    )  # fmt: skip


def _scale(sheet: Sheet, track: Area, answer: ChooseAnswer) -> None:
    """Write the scale below, and name the line from which on a pull counts."""
    kind = sheet.type
    words = f"A pull counts from {float(COUNTS):g} on"
    if answer.by_gate:
        words = f"{words}; here an obligation decides"
    group = sheet.group("What counts", words + ".")
    counts, high = _at(track, COUNTS), height_of(1, kind.body)
    # On a dark bar a line of ink is seen by the ground beside it.
    sheet.rule(counts, track.y, counts, track.bottom, line=PAPER, weight=5.0, name="ground of the threshold")
    sheet.rule(counts, track.y, counts, track.bottom, line=INK, weight=2.0, name="Threshold", group=group)
    wide = width_of(words, kind.body, bold=True) + 2
    sheet.words(
        Area(min(counts - 1, track.right - wide), track.y - high - 2, wide, high), [words], lines=[words],
        size=kind.body, bold=True, name="Threshold named", group=group, pad=0,
    )  # fmt: skip
    for step in range(MOST_SCORE + 1):
        at, told = _at(track, Fraction(step)), str(step)
        sheet.rule(at, track.bottom, at, track.bottom + 3, name="tick", line=GREY)
        sheet.words(
            Area(at - 14, track.bottom + 4, 28, height_of(1, FONT_FLOOR)), [told], size=FONT_FLOOR, ink=GREY,
            name=f"Scale {step}", align="c", pad=0,
        )  # fmt: skip


def _figures(pull: Pull) -> str:
    if pull.low == 0 and pull.high == MOST_SCORE:
        return "not known yet"
    low, high = f"{float(pull.low):.1f}", f"{float(pull.high):.1f}"
    return f"{low} of {MOST_SCORE}" if low == high else f"{low} to {high} of {MOST_SCORE}"


def _turning(answer: ChooseAnswer) -> tuple[str, Sequence[str]]:
    """Say what would decide it, or what would change it."""
    if answer.answer == UNDECIDED:
        return "What would decide it", [one.what for one in answer.deciding[:4]]
    if answer.by_gate:
        return "What would change it", ["A gate decides: only another obligation changes it, and no weight does."]
    found = [
        f"{one.title}: {what} {one.change.before} to {one.change.after} gives {one.change.answer}"
        for what in ("weight", "score")
        for one in [turn for turn in answer.flips if turn.change.what == what][:2]
    ]
    return "What would change it", found or ["No single weight and no single score, changed alone."]


def _new(answer: ChooseAnswer) -> Sequence[str]:
    called = {standard.key: standard.designation for standard in answer.standards.values()}
    told = []
    for one in answer.brings:
        names = ", ".join(f"{clause.number}\u00a0{clause.title}" for clause in one.left[:3])
        more = f" and {len(one.left) - 3} more" if len(one.left) > 3 else ""
        count = f"{len(one.left)} of {one.coverage.m} clauses of {called[one.coverage.of]}"
        unknown = f"; {one.coverage.not_assessed} not looked at" if one.coverage.not_assessed else ""
        told.append(f"With {called[one.coverage.by]}: {count}{unknown}" + (f": {names}{more}" if one.left else ""))
    return told


def _sizes(
    sheet: Sheet, columns: Sequence[tuple[str, Sequence[str]]], width: float, height: float
) -> tuple[float, ...]:
    """Give the largest type in which every column fits, so that they look alike; each its own where none does."""
    kind = sheet.type
    sizes = (kind.body, kind.small, FONT_FLOOR)
    room = height - _head_height(sheet) - 4
    texts = ["\n".join(_points(told)) for _, told in columns]
    fits = (size for size in sizes if not any(fit(one, width, room, (size,), hang=HANG).short for one in texts))
    found = next(fits, None)
    return sizes if found is None else (found,)


def _head_height(sheet: Sheet) -> float:
    return height_of(1, sheet.type.head) + 6


def _points(told: Sequence[str]) -> list[str]:
    return [f"•\u00a0{line}" for line in told]


def _column(
    sheet: Sheet, area: Area, heading: str, told: Sequence[str], sizes: Sequence[float], notes: list[str]
) -> None:
    group = sheet.group(heading, f"{heading}: " + " ".join(told))
    high = _head_height(sheet)
    sheet.rule(area.x, area.y, area.right, area.y, line=RULE, group=group)
    sheet.words(
        Area(area.x, area.y + 4, area.width, high), [heading], size=sheet.type.head, bold=True, name=heading,
        group=group, pad=0,
    )  # fmt: skip
    body = Area(area.x, area.y + 4 + high, area.width, area.height - high - 4)
    sheet.fitted(
        body, _points(told), sizes=sizes, notes=notes, pad=0, name=f"{heading}, told", group=group, role="words",
        hang=True, align="l", anchor="t",
    )  # fmt: skip
