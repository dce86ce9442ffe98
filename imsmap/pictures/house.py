"""One system, n standards: roof and beam, a pillar for each standard in clauses 6 and 8, one base for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer
from imsmap.drawing import (
    CORE,
    FONT_FLOOR,
    INK,
    Area,
    Colours,
    Picture,
    Sheet,
    Size,
    badge,
    fit,
    frame,
    height_of,
    held,
    ink_on,
    look_of,
    palettes,
    remark,
    source_line,
    unit_strip,
    unmarked,
    width_of,
)
from imsmap.drawing.story import kind_of, legend, story
from imsmap.parts import Side
from imsmap.report import Report
from imsmap.wording import all_of, called, counted, in_short, labelled, listed

ABOUT = about.Picture(of="matrix", place=150)
ROOF, BEAM, PILLARS, BASE = "5", "4", ("6", "8"), ("7", "9", "10")
GAP, PILLAR_GAP = 9.0, 26.0
BRICK = 16.0
"""How high a brick is, on a slide of 540 points."""
NARROWEST = 40.0
"""A narrower pillar has no room for its label and its numbers; then widths are not to scale."""
STACK = ("alone", "unknown", "related", "core")
"""What stands in a pillar, from its open top to its foot."""


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw the house on one page; the topics of each part stand by name in the notes."""
    answer = report.answer
    looks = palettes(answer.standards)
    tally = answer.shares.tally()
    kind = held(called(side.designation for side in answer.standards))
    count = len(answer.standards)
    several = counted(count, "standard") if kind == "standards" else f"{all_of(count)} {kind}"
    title = f"One house for {several}: {in_short(tally)}"
    kinds = {kind_of(share.kin) for share in answer.shares.topics}
    kinds |= {kind for side in answer.standards for kind, count in _points(answer, side).items() if count}
    source = source_line(answer.standards, report.data_version)
    sheet = Sheet(size)
    place = frame(sheet, title, legend(*kinds), source, story(tally, answer.standards, looks))
    heights = _heights(answer)
    widths, exact = _widths(answer, place.width)
    said = f"A brick is a topic. {_pillared(answer)}"
    said += ", and are as wide as they are many." if exact else "; their widths are not to scale."
    place = remark(sheet, place, said)
    house = _House(sheet, answer, looks)
    house.build(place, widths, heights)
    alt = f"{title.replace('**', '')}. " + " ".join(sheet.groups.values())
    definition = (
        "Shared, built once: a topic that two or more of the standards share by the common core (same or extended). A "
        f"pillar holds the {answer.units} of its standard in clauses 6 and 8: below what is built once, above it what "
        "is related, on top, open, what stands alone."
    )
    notes = [report.message, definition, *_named(answer), *report.notes, source]
    return (sheet.picture("house", title, alt, notes),)


def _pillared(answer: MatrixAnswer) -> str:
    titles = {main.number: unmarked(main.title) for main in answer.main_clauses}
    told = [f"{number} {titles[number]}" for number in PILLARS if number in titles]
    return f"The pillars hold the {answer.units} of clauses {listed(told)}"


def _named(answer: MatrixAnswer) -> list[str]:
    """Name the topics of each main clause by class, and what is each standard's own in the pillars, for the notes."""
    found = []
    for main in answer.main_clauses:
        by_kind: dict[str, list[str]] = {}
        for topic, share in zip(answer.topics, answer.shares.topics, strict=True):
            if topic.main == main.number:
                by_kind.setdefault(kind_of(share.kin), []).append(topic.name)
        told = "; ".join(f"{kind}: {', '.join(names)}" for kind, names in by_kind.items())
        if told:
            found.append(f"In full, clause {main.number}: {told}.")
    for side in answer.standards:
        own = [labelled(side.label, one.number, one.title) for one in answer.own(side.key) if one.main in PILLARS]
        if own:
            found.append(f"{side.designation}, of its own in {listed(PILLARS)}: {'; '.join(own)}.")
    return found


def _points(answer: MatrixAnswer, side: Side) -> dict[str, int]:
    """Count the points of a pillar by class."""
    found = dict.fromkeys(STACK, 0)
    for kin, count in answer.measured(side.key, PILLARS).items():
        found[kind_of(kin)] += count
    return found


def _heights(answer: MatrixAnswer) -> dict[str, dict[str, float]]:
    """Give the share that each class has of a pillar."""
    found = {}
    for side in answer.standards:
        points = _points(answer, side)
        total = max(sum(points.values()), 1)
        found[side.key] = {kind: count / total for kind, count in points.items()}
    return found


def _widths(answer: MatrixAnswer, width: float) -> tuple[list[float], bool]:
    """Give the width of each pillar, by its points, and whether they are to scale."""
    counts = [sum(_points(answer, side).values()) for side in answer.standards]
    room, total = width - PILLAR_GAP * (len(counts) + 1), max(sum(counts), 1)
    found = [room * count / total for count in counts]
    if min(found) >= NARROWEST:
        return found, True
    least = min(NARROWEST, room / len(counts))
    return [least + (room - least * len(counts)) * count / total for count in counts], False


class _House:
    """The parts of the house on their way to the sheet."""

    def __init__(self, sheet: Sheet, answer: MatrixAnswer, looks: Mapping[str, Colours]) -> None:
        self.sheet, self.answer, self.looks = sheet, answer, looks
        self.titles = {main.number: unmarked(main.title) for main in answer.main_clauses}

    def build(self, place: Area, widths: Sequence[float], heights: Mapping[str, Mapping[str, float]]) -> None:
        """Place all, from the roof to the base."""
        unit = self.sheet.size.height / 540
        line = height_of(1, self.sheet.type.body)
        stone = line + BRICK * unit
        roof = Area(place.x, place.y, place.width, min(86.0 * unit, place.height * 0.24))
        self._roof(roof)
        self._stone(Area(place.x, roof.bottom + GAP - 3, place.width, stone), (BEAM,), "the beam")
        base = place.bottom - stone
        shared = base - GAP - stone
        top = roof.bottom + GAP - 3 + stone + 3
        self._pillars(Area(place.x, top, place.width, shared - GAP - top), widths, heights)
        self._stone(Area(place.x, shared, place.width, stone), PILLARS, "what is shared")
        present = [number for number in BASE if number in self.titles]
        x = place.x
        for number, wide in zip(present, self._widths(present, place.width), strict=True):
            self._stone(Area(x, base, wide, stone), (number,), "in the base")
            x += wide + 2 * GAP

    def _widths(self, numbers: Sequence[str], width: float) -> list[float]:
        """Make stones side by side equally wide; where a name then has no room, as wide as their words ask for."""
        free = width - 2 * GAP * (len(numbers) - 1)
        size = self.sheet.type.body
        wanted = []
        for number in numbers:
            named, count = (words.replace("**", "") for words in self._said((number,)))
            wanted.append(width_of(named, FONT_FLOOR) + width_of(count, size, bold=True) * 1.15 + 12)
        even = free / max(len(numbers), 1)
        if max(wanted, default=0.0) <= even or sum(wanted) > free:
            return [even] * len(numbers)
        return [one + (free - sum(wanted)) / len(numbers) for one in wanted]

    def _said(self, numbers: Iterable[str]) -> tuple[str, str]:
        """Give the names of clauses, and how many of their topics are built once."""
        present = [number for number in numbers if number in self.titles]
        shared = self.answer.shares.shared(present)
        named = ", ".join(f"**{number}**\u00a0{self.titles[number]}" for number in present)
        return named, f"**{shared.n}** of {shared.m}"

    def _group(self, numbers: Sequence[str], note: str) -> str:
        named, count = (words.replace("**", "") for words in self._said(numbers))
        n, _, m = count.partition(" of ")
        told = f"{named}: {n} of {counted(int(m))} shared, built once."
        return self.sheet.group("Clause " + ", ".join(numbers) + f", {note}", told)

    def _roof(self, area: Area) -> None:
        if ROOF not in self.titles:
            return
        group = self._group((ROOF,), "the roof")
        named, count = self._said((ROOF,))
        size = self.sheet.type.head
        inner = area.width * 0.42 - 4
        while size > FONT_FLOOR and width_of(named.replace("**", ""), size) > inner:
            size -= 1
        told = [named, count] if height_of(2, size) <= area.height / 2 else [f"{named}  {count}"]
        self.sheet.box(
            area, told, size=size, align="c", name=f"Clause {ROOF}", group=group, fill=CORE.dark, ink=CORE.on_dark,
            shape="triangle", pad=0,
        )  # fmt: skip

    def _stone(self, area: Area, numbers: Sequence[str], note: str) -> None:
        """Place a stone: its clause, how many of its topics are built once, and a brick for each topic."""
        numbers = [number for number in numbers if number in self.titles]
        if not numbers:
            return
        group, sheet = self._group(numbers, note), self.sheet
        named, count = self._said(numbers)
        size = sheet.type.body
        line = height_of(1, size)
        # Right-aligned words are broken where another font is wider than ours: some room to spare.
        wide = width_of(count.replace("**", ""), size, bold=True) * 1.15 + 2
        room = area.width - wide - 8
        plain = named.replace("**", "")
        fits = fit(plain, room, line, (size, 12.0, FONT_FLOOR))
        label = "Clause " + ", ".join(numbers)
        words = Area(area.x, area.y, room, line)
        if fits.short or fits.size < size:
            sheet.words(words, [fits.text], lines=fits.lines, size=fits.size, name=label, group=group, pad=0)
        else:
            sheet.words(words, [named], size=size, name=label, group=group, pad=0)
        sheet.words(
            Area(area.right - wide, area.y, wide, line), [count], size=size, align="r", name=f"{label} built once",
            group=group, pad=0,
        )  # fmt: skip
        shares = story(self.answer.shares.tally(numbers), self.answer.standards, self.looks)
        bricks = Area(area.x, area.y + line + 1, area.width, area.height - line - 1)
        unit_strip(sheet, bricks, shares, name=f"brick {', '.join(numbers)}", group=group)

    def _pillars(self, place: Area, widths: Sequence[float], heights: Mapping[str, Mapping[str, float]]) -> None:
        foot = max(18.0, height_of(1, self.sheet.type.body)) + 8
        left = place.x + PILLAR_GAP
        for side, wide in zip(self.answer.standards, widths, strict=True):
            area = Area(left, place.y, wide, place.height - foot)
            self._pillar(area, side, heights[side.key])
            self._foot(Area(left - 8, area.bottom + 4, wide + 16, foot - 8), side)
            left += wide + PILLAR_GAP

    def _pillar(self, area: Area, side: Side, heights: Mapping[str, float]) -> None:
        points, look, sheet = _points(self.answer, side), self.looks[side.key], self.sheet
        told = ", ".join(f"{points[kind]} {kind if kind != 'unknown' else 'not looked at'}" for kind in STACK[::-1]
                         if points[kind])  # fmt: skip
        total = sum(points.values())
        group = sheet.group(
            f"Pillar {side.label}",
            f"{side.designation} adds {total - points['core']} of {counted(total, self.answer.unit)} in "
            f"{listed(PILLARS)}: {told or 'nothing'}.",
        )
        y = area.y
        for kind in STACK:
            high = area.height * heights[kind]
            if not points[kind]:
                continue
            how = look_of(kind, look)
            how["role"], how["group"] = "bar", group
            block = Area(area.x, y, area.width, max(high - (2.0 if kind != "core" else 0.0), 0.75))
            sheet.box(block, name=f"{side.key} {kind}", **how)
            ink = INK if kind == "alone" else ink_on(kind, look)
            self._number(block, points[kind], kind, ink, side, group)
            y += high

    def _number(self, area: Area, number: int, kind: str, ink: str, side: Side, group: str) -> None:
        """Write how many points a part of a pillar has, with its class where there is room."""
        word = "not looked at" if kind == "unknown" else kind
        size = next((one for one in (self.sheet.type.body, 12.0, FONT_FLOOR) if height_of(1, one) <= area.height), 0.0)
        told = next((text for text in (f"**{number}** {word}", f"**{number}**")
                     if size and width_of(text.replace("**", ""), size, bold=True) <= area.width - 8), "")  # fmt: skip
        if told:
            self.sheet.words(
                area, [told], size=size, align="c", ink=ink, name=f"{side.key} {kind} count", group=group, pad=0
            )

    def _foot(self, area: Area, side: Side) -> None:
        """Write below a pillar whose it is, and how many points it adds to the core."""
        points, sheet, size = _points(self.answer, side), self.sheet, self.sheet.type.body
        total = sum(points.values())
        adds = total - points["core"]
        group = f"Pillar {side.label}"
        over = max(18.0, width_of(side.label, 12.0, bold=True) + 9)
        room = area.width - over - 8
        told = next(
            (
                (one, points_)
                for points_ in (size, 12.0, FONT_FLOOR)
                for one in (
                    f"{held(side.designation)}  **+{adds}** of {counted(total, self.answer.unit)}",
                    f"{held(side.designation)}  **+{adds}**",
                    f"**+{adds}** of {total}",
                    f"**+{adds}**",
                )
                if (points_ == size or one == f"**+{adds}**")
                and width_of(one.replace("**", ""), points_, bold=True) + 2 <= room
            ),
            None,
        )
        wide = width_of(told[0].replace("**", ""), told[1], bold=True) + 2 if told else 0.0
        x = area.x + max(0.0, (area.width - over - 8 - wide) / 2)
        badge(sheet, x, area.y + (area.height - 18) / 2, side.label, self.looks[side.key],
              name=f"{side.key} pillar head", group=group)  # fmt: skip
        if told:
            sheet.words(
                Area(x + over + 8, area.y, wide, area.height), [told[0]], size=told[1], name=f"{side.key} adds",
                group=group, pad=0,
            )  # fmt: skip
