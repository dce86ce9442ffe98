"""One engine: plan, do, check, act with the clauses of the common structure, leadership in the hub, context around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer
from imsmap.drawing import (
    CORE,
    FAINT,
    FONT_FLOOR,
    INK,
    PAPER,
    RULE,
    Area,
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
    shorten,
    source_line,
    unmarked,
    width_of,
)
from imsmap.drawing.story import kind_of, legend, story
from imsmap.errors import UsageError
from imsmap.report import Report
from imsmap.wording import all_of, called, counted, in_short

ABOUT = about.Picture(of="matrix", place=160)
PLACES = ("frame", "hub", "plan", "do", "check", "act")
PLACEMENT = {"4": "frame", "5": "hub", "6": "plan", "7": "do", "8": "do", "9": "check", "10": "act"}
"""Where each main clause stands: as in the standards' own figures. Trainers differ, so it can be set."""
_WHEEL = ("plan", "do", "check", "act")
_ARROWS = (("plan", "do", "ew"), ("do", "check", "sn"), ("check", "act", "we"), ("act", "plan", "ns"))
KINDS = ("core", "related", "alone", "unknown")
ROW, BAR, INNER = 36.0, 0.74, 12.0
"""How high the row of a standard is at most, how much of it its bar, and how far all stands within its step."""


def draw(report: Report[MatrixAnswer], size: Size, placement: Mapping[str, str] | None = None) -> tuple[Picture, ...]:
    """Draw the wheel on one page; `placement` moves main clauses: `{"7": "plan"}`."""
    answer = report.answer
    placed = PLACEMENT | dict(placement or {})
    for number, part in placed.items():
        if part not in PLACES or number not in PLACEMENT:
            raise UsageError(
                f"clause {number} can't stand at {part!r}; main clauses are {', '.join(PLACEMENT)} and places "
                f"{', '.join(PLACES)}"
            )
    mains = {main.number: unmarked(main.title) for main in answer.main_clauses}
    parts = {part: [number for number in mains if placed.get(number) == part] for part in PLACES}
    looks = palettes(answer.standards)
    tally = answer.shares.tally()
    kind = held(called(side.designation for side in answer.standards))
    title = f"One cycle drives {all_of(len(answer.standards))} {kind}: {in_short(answer.shares.tally(mains))}"
    sheet = Sheet(size)
    wheel = _Wheel(sheet, answer, mains)
    source = source_line(answer.standards, report.data_version)
    place = frame(sheet, title, legend(*wheel.kinds()), source, story(tally, answer.standards, looks))
    place = remark(
        sheet, place,
        f"n of m: topics built once. Bars: {answer.units}, all to one scale, first those in the core, then those "
        "beyond it (+).",
    )  # fmt: skip
    nodes = wheel.draw(place, parts)
    for one, other, ports in _ARROWS:
        sheet.arrow(nodes[one], nodes[other], ports)
    definition = (
        "Built once: a topic that two or more of the standards share by the common core (same or extended). After the "
        f"+: {answer.units} of a standard beyond that core. Where clauses stand on the wheel follows the standards' "
        "own figures; trainers differ, and the placement can be set."
    )
    told = [report.message, definition, *wheel.notes, *report.notes, source]
    alt = f"{title.replace('**', '')}. " + " ".join(sheet.groups.values())
    return (sheet.picture("pdca", title, alt, told),)


class _Wheel:
    """The parts of the wheel on their way to the sheet."""

    def __init__(self, sheet: Sheet, answer: MatrixAnswer, mains: Mapping[str, str]) -> None:
        self.sheet, self.answer, self.mains = sheet, answer, mains
        self.looks, self.notes = palettes(answer.standards), list[str]()

    def kinds(self) -> list[str]:
        """List the classes that its bars show."""
        points = [self._points(side.key, list(self.mains)) for side in self.answer.standards]
        return [kind for kind in KINDS if any(one[kind] for one in points)]

    def draw(self, place: Area, parts: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """Place frame, stations and hub in reading order; returns the node of each station."""
        sheet = self.sheet
        pad = 14.0
        head = height_of(1, sheet.type.head) + 8 if parts["frame"] else 0.0
        sheet.ground(place, name="Frame", fill=FAINT, alt="Frame: " + self._named(parts["frame"]))
        if parts["frame"]:
            self._band(Area(place.x, place.y, place.width, head), parts["frame"])
        inner = Area(place.x + pad, place.y + head + 10, place.width - 2 * pad, place.height - head - 10 - pad)
        # On a page upright, too, the hub is as wide as the longest of its words.
        words = " ".join(self.mains[number] for number in parts["hub"]).split()
        longest = max((width_of(word, FONT_FLOOR, bold=True) for word in words), default=0.0)
        middle = max(min(176.0, inner.width * 0.24), min(longest * 1.5 + 60, inner.width * 0.36))
        wide, gap = (inner.width - middle) / 2, min(38.0, inner.height * 0.12)
        if len(self.answer.standards) > 4:
            gap *= 0.6  # room for their bars
        high = (inner.height - gap) / 2
        right, low = inner.x + wide + middle, inner.y + high + gap
        areas = {
            "plan": Area(inner.x, inner.y, wide, high), "do": Area(right, inner.y, wide, high),
            "check": Area(right, low, wide, high), "act": Area(inner.x, low, wide, high),
        }  # fmt: skip
        most = max((self._points(side.key, parts[part]).total() for part in _WHEEL for side in self.answer.standards),
                   default=1)  # fmt: skip
        nodes = {part: self._station(part, areas[part], parts[part], max(most, 1)) for part in _WHEEL}
        if parts["hub"]:
            # In a low place it is as large as its longest word asks for.
            across = min(middle - 44, max(inner.height * 0.55, min(longest * 1.65, inner.height * 0.8)))
            x, y = inner.x + wide + middle / 2, inner.y + inner.height / 2
            hub = self._hub(Area(x - across / 2, y - across / 2, across, across), parts["hub"])
            for part, ports in (("plan", "we"), ("do", "ew"), ("check", "ew"), ("act", "we")):
                sheet.link(hub, nodes[part], ports, line=RULE)
        return nodes

    def _points(self, key: str, numbers: Sequence[str]) -> _Points:
        found = dict.fromkeys(KINDS, 0)
        for kin, count in self.answer.measured(key, numbers).items():
            found[kind_of(kin)] += count
        return _Points(found)

    def _named(self, numbers: Sequence[str]) -> str:
        return ", ".join(f"{number}\u00a0{self.mains[number]}" for number in numbers)

    def _count(self, numbers: Sequence[str]) -> str:
        shared = self.answer.shares.shared(numbers)
        return f"**{shared.n}** of {shared.m}"

    def _told(self, numbers: Sequence[str]) -> str:
        shared = self.answer.shares.shared(numbers)
        adds = []
        for side in self.answer.standards:
            points = self._points(side.key, numbers)
            adds.append(
                f"{side.designation} +{points.total() - points['core']} of {counted(points.total(), self.answer.unit)}"
            )
        return f"{self._named(numbers)}: {shared.n} of {counted(shared.m)} shared; {', '.join(adds)}."

    def _band(self, area: Area, numbers: Sequence[str]) -> None:
        """Write on the frame what it stands for."""
        group = self.sheet.group("Frame, clause " + ", ".join(numbers), f"Around everything: {self._told(numbers)}")
        size, told = self.sheet.type.head, f"{self._named(numbers)}: {self._count(numbers)} topics built once"
        shorter = f"{self._named(numbers)}: {self._count(numbers)}"
        found = next(
            ((one, points) for points in (size, 16.0, 14.0, 12.0, FONT_FLOOR) for one in (told, shorter)
             if width_of(one.replace("**", ""), points, bold=True) <= area.width - 28),
            None,
        )  # fmt: skip
        if found is None:
            self.notes.append(f"In full: {told.replace('**', '')}.")
            found = shorten(shorter.replace("**", ""), area.width - 28, FONT_FLOOR), FONT_FLOOR
        self.sheet.box(
            area, [found[0]], size=found[1], name=f"Clause {', '.join(numbers)}", group=group, fill=CORE.dark,
            ink=CORE.on_dark, pad=14,
        )  # fmt: skip

    def _hub(self, area: Area, numbers: Sequence[str]) -> str:
        group = self.sheet.group("Hub, clause " + ", ".join(numbers), f"In the hub: {self._told(numbers)}")
        named = [numbers[0], self.mains[numbers[0]]] if len(numbers) == 1 else [self._named(numbers)]
        return self.sheet.fitted(
            area, [*named, self._count(numbers).replace("**", "")],
            sizes=(self.sheet.type.head, 16.0, 14.0, 12.0, FONT_FLOOR), notes=self.notes, align="c",
            name=f"Clause {', '.join(numbers)}", group=group, bold=True, fill=CORE.dark, ink=CORE.on_dark,
            shape="ellipse", pad=4,
        )  # fmt: skip

    def _station(self, part: str, area: Area, numbers: Sequence[str], most: int) -> str:
        """Place a step of the cycle: its name, its clauses, and a bar for each standard."""
        sheet, name = self.sheet, part.capitalize()
        told = self._told(numbers) if numbers else "no clause."
        group = sheet.group(f"{name}, clause {', '.join(numbers)}", f"{name}: {told}")
        node = sheet.ground(area, name=f"{name}, whole", group=group, fill=PAPER, alt=told)
        area = Area(area.x + INNER, area.y + 5, area.width - 2 * INNER, area.height - 9)
        size, head = sheet.type.body, sheet.type.head
        high = height_of(1, head)
        count = self._count(numbers) if numbers else ""
        rows, row = len(self.answer.standards), ROW * sheet.size.height / 540
        if not _abreast(min(rows, 2), area.height - high - 8 - height_of(2, FONT_FLOOR)):
            # In a low step name and count are small, so that its clauses stand beside them.
            size, head = sheet.type.small, sheet.type.body
        # Right-aligned words are broken where another font is wider than ours: some room to spare.
        wide = width_of(count.replace("**", ""), size, bold=True) * 1.15 + 2 if count else 0.0
        label = width_of(name, head, bold=True) + 12
        sheet.words(
            Area(area.x, area.y, label, high), [name], lines=[name], size=head, bold=True, name=name, group=group, pad=0
        )
        fits = fit(self._named(numbers) or "no clause", area.width - label - wide - 8, high, (size, 12.0, FONT_FLOOR))
        where = Area(area.x + label, area.y, area.width - label - wide - 8, high)
        if fits.short:
            # A name that finds no room beside the step stands below it; bars are lower rather than names cut.
            for points in (size, 12.0, FONT_FLOOR):
                low = fit(self._named(numbers), area.width, height_of(2, points), (points,))
                tall = height_of(len(low.lines), points)
                if not low.short and _abreast(rows, area.height - high - 8 - tall):
                    fits, where, high = low, Area(area.x, area.y + high, area.width, tall), high + tall
                    break
        if fits.short:
            self.notes.append(f"In full: {self._named(numbers)}.")
        if width_of(fits.text, fits.size) <= where.width or not fits.short:
            sheet.words(
                where, [fits.text], lines=fits.lines, size=fits.size, name=f"{name}, clauses", group=group, pad=0
            )
        if count:
            sheet.words(
                Area(area.right - wide, area.y, wide, height_of(1, head)), [count], size=size, align="r",
                name=f"{name}, built once", group=group, pad=0,
            )  # fmt: skip
        sheet.rule(area.x, area.y + high + 3, area.right, area.y + high + 3, line=INK, weight=1.0, group=group)
        abreast = _abreast(rows, area.height - high - 8) or min(rows, 3)
        deep, wide = -(-rows // abreast), (area.width - 16 * (abreast - 1)) / abreast
        step = min(row, (area.height - high - 8) / deep)
        for at, side in enumerate(self.answer.standards if numbers else ()):
            left, top = area.x + at // deep * (wide + 16), area.y + high + 8 + at % deep * step
            self._bar(Area(left, top, wide, step), side.key, part, numbers, most, group)
        return node

    def _bar(self, area: Area, key: str, part: str, numbers: Sequence[str], most: int, group: str) -> None:
        """Draw what a standard has in a step: in the core, then beyond it."""
        sheet, look = self.sheet, self.looks[key]
        side = next(one for one in self.answer.standards if one.key == key)
        square = min(18.0, max(area.height - 2, min(area.height, height_of(1, FONT_FLOOR))))
        labels = max(18.0, *(width_of(one.label, 12.0, bold=True) + 9 for one in self.answer.standards)) + 8
        size = next((one for one in (sheet.type.body, 12.0) if height_of(1, one) <= area.height), FONT_FLOOR)
        badge(sheet, area.x, area.y + (area.height - square) / 2, side.label, look, side=square,
              name=f"{part}, {key}", group=group)  # fmt: skip
        points = self._points(key, numbers)
        number = width_of("+000", size, bold=True) + 8
        scale = (area.width - labels - number) / most
        high = area.height * BAR
        x = area.x + labels
        for kind in KINDS:
            block = Area(x, area.y + (area.height - high) / 2, points[kind] * scale, high)
            if not points[kind]:
                continue
            x = block.right
            how = look_of(kind, CORE if kind == "core" else look)
            how["role"], how["group"] = "bar", group
            sheet.box(block, name=f"{part} {key} {kind}", **how)
            text = str(points[kind])
            if (
                kind == "core"
                and height_of(1, 12.0) <= area.height
                and width_of(text, 12.0, bold=True) <= block.width - 4
            ):
                sheet.words(
                    Area(block.x, area.y, block.width, area.height), [text], lines=[text], size=12.0, bold=True,
                    align="c", ink=ink_on("core", CORE), name=f"{part} {key} core count", group=group, pad=0,
                )  # fmt: skip
        told = f"+{points.total() - points['core']}"
        sheet.words(
            Area(x + 6, area.y, number, area.height), [told], lines=[told], size=size, bold=True, ink=look.line,
            name=f"{part} {key} adds", group=group, pad=0,
        )  # fmt: skip


def _abreast(rows: int, height: float) -> int:
    """Say in how many columns bars stand so that none is lower than its words; 0 where they would have to in four."""
    return next((at for at in range(1, min(rows, 3) + 1) if height / -(-rows // at) >= height_of(1, FONT_FLOOR)), 0)


class _Points(dict[str, int]):
    """Points by class."""

    def total(self) -> int:
        """Count them all."""
        return sum(self.values())
