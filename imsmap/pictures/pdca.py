"""One engine: plan, do, check, act with the clauses of the common structure, leadership in the hub, context around."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer
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
    core_colours,
    fit,
    frame,
    held,
    palettes,
    source_line,
    swatches,
    width_of,
)
from imsmap.errors import UsageError
from imsmap.report import Report
from imsmap.wording import all_of, counted, in_short, together

ABOUT = about.Picture(of="matrix", place=160)
PLACES = ("frame", "hub", "plan", "do", "check", "act")
PLACEMENT = {"4": "frame", "5": "hub", "6": "plan", "7": "do", "8": "do", "9": "check", "10": "act"}
"""Where each main clause stands: as in the standards' own figures. Trainers differ, so it can be set."""
_WHEEL = ("plan", "do", "check", "act")
_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0, FONT_FLOOR)
_CHIP = 20.0


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
    mains = {main.number: main.title for main in answer.main_clauses}
    parts = {part: [number for number in mains if placed.get(number) == part] for part in PLACES}
    title = f"One cycle drives {all_of(len(answer.standards))} standards: {in_short(answer.shares.tally(mains))}"
    letters = together(standard.label for standard in answer.standards)
    words = (
        f"{letters} = common core; + is followed by how many leaf clauses of this standard have no common core, of "
        "how many it has there",
        source_line(answer.standards, report.data_version),
    )
    sheet = Sheet(size)
    place = frame(sheet, title, *words)
    notes: list[str] = []
    wheel = _Wheel(sheet, answer, mains, letters, notes)
    nodes = wheel.draw(place, parts)
    for one, other, ports in (
        ("plan", "do", "en"),
        ("do", "check", "se"),
        ("check", "act", "ws"),
        ("act", "plan", "nw"),
    ):
        sheet.arrow(nodes[one], nodes[other], ports)
    definition = (
        "Shared: a topic that two or more of the standards share by the common core (same or extended). After the +: "
        "leaf clauses of a standard that share no core with another. Where clauses stand on the wheel follows the "
        "standards' own figures; trainers differ, and the placement can be set."
    )
    told = [report.message, definition, *notes, *report.notes, words[1]]
    alt = f"{title}. " + " ".join(sheet.groups.values())
    palette = swatches((wheel.core, *wheel.looks.values()))
    return (sheet.picture("pdca", title, alt, told, palette),)


class _Wheel:
    """The parts of the wheel on their way to the sheet."""

    def __init__(
        self, sheet: Sheet, answer: MatrixAnswer, mains: Mapping[str, str], letters: str, notes: list[str]
    ) -> None:
        self.sheet, self.answer, self.mains, self.letters, self.notes = sheet, answer, mains, letters, notes
        self.core, self.looks = core_colours(answer.core_colours), palettes(answer.standards)

    def draw(self, place: Area, parts: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """Place frame, stations and hub in reading order; returns the node of each station."""
        self.sheet.ground(
            place, name="Frame", fill=None, line=self.core.dark, rounded=True, weight=1.5,
            alt="Frame: " + self._named(parts["frame"]),
        )  # fmt: skip
        pad, strip = 10.0, 40.0
        top = place.y + pad
        if parts["frame"]:
            self._strip(Area(place.x + pad, top, place.width - 2 * pad, strip), parts["frame"])
            top += strip + pad
        height = place.bottom - pad - top
        gap = 0.05 * height
        station = (height - 2 * gap) / 3
        width = min(place.width * 0.36, 320.0)
        middle, left, right = place.x + place.width / 2, place.x + pad, place.right - pad - width
        areas = {
            "plan": Area(middle - width / 2, top, width, station),
            "do": Area(right, top + station + gap, width, station),
            "check": Area(middle - width / 2, top + 2 * (station + gap), width, station),
            "act": Area(left, top + station + gap, width, station),
        }
        nodes = {part: self._station(part, areas[part], parts[part]) for part in _WHEEL}
        room = right - (left + width)
        hub = min(room - 24, width)
        area = Area(middle - hub / 2, top + station + gap, hub, station)
        if parts["hub"]:
            centre = self._hub(area, parts["hub"])
            for part, ports in (("plan", "ns"), ("do", "ew"), ("check", "sn"), ("act", "we")):
                self.sheet.link(centre, nodes[part], ports)
        return nodes

    def _named(self, numbers: Sequence[str]) -> str:
        return ", ".join(f"{number}\u00a0{self.mains[number]}" for number in numbers)

    def _counts(self, numbers: Sequence[str]) -> str:
        shared = self.answer.shares.shared(numbers)
        return f"{shared.n} of {counted(shared.m)} shared"

    def _adds(self, numbers: Sequence[str]) -> list[tuple[str, str, Colours, str]]:
        """Say what each standard adds: its label, the count, its colours, its name."""
        found = []
        for one in self.answer.standards:
            own = self.answer.shares.own(one.key, numbers)
            found.append((one.label, f"+{own.n} of {own.m}", self.looks[one.key], one.designation))
        return found

    def _told(self, numbers: Sequence[str]) -> str:
        adds = ", ".join(f"{name} {count} leaf clauses" for _, count, _, name in self._adds(numbers))
        return f"{self._named(numbers)}: {self._counts(numbers)}; {adds}."

    def _strip(self, area: Area, numbers: Sequence[str]) -> None:
        group = self.sheet.group("Frame, clause " + ", ".join(numbers), f"Around everything: {self._told(numbers)}")
        chips = self._adds(numbers)
        each = min(92.0, area.width / 2 / len(chips))
        words = Area(area.x, area.y, area.width - each * len(chips), area.height)
        self.sheet.fitted(
            words, [f"{self.letters} {self._named(numbers)}: {self._counts(numbers)}"], sizes=_SIZES, notes=self.notes,
            bold=True, name=f"Clause {', '.join(numbers)}", group=group, fill=self.core.dark, ink=self.core.on_dark,
        )  # fmt: skip
        self._chips(Area(words.right, area.y, each * len(chips), area.height), numbers, group)

    def _hub(self, area: Area, numbers: Sequence[str]) -> str:
        found = ((letter, count.partition(" ")[0]) for letter, count, _, _ in self._adds(numbers))
        adds = ", ".join(f"{letter}\u00a0{count}" for letter, count in found if count != "+0")
        group = self.sheet.group("Hub, clause " + ", ".join(numbers), f"In the hub: {self._told(numbers)}")
        return self.sheet.fitted(
            area, [f"{self.letters} {self._named(numbers)}", self._counts(numbers), *filter(None, [adds])],
            sizes=_SIZES, notes=self.notes, align="c", name=f"Clause {', '.join(numbers)}", group=group,
            fill=self.core.tint, ink=INK, line=self.core.dark, shape="ellipse", weight=1.5,
        )  # fmt: skip

    def _station(self, part: str, area: Area, numbers: Sequence[str]) -> str:
        told = self._told(numbers) if numbers else "no clause."
        group = self.sheet.group(f"{part.capitalize()}, clause {', '.join(numbers)}", f"{part.capitalize()}: {told}")
        core = self.core
        node = self.sheet.ground(
            area, name=f"{part.capitalize()}, whole", group=group, fill=PAPER, line=core.dark, weight=1.5, alt=told
        )
        chips = _CHIP * _rows(self._adds(numbers), area.width)
        head = Area(area.x, area.y, area.width, (area.height - chips) * 0.62)
        body = Area(area.x, head.bottom, area.width, area.height - chips - head.height)
        named = self._named(numbers) or "no clause"
        self.sheet.fitted(
            head, [f"{self.letters} {part.upper()}", named], sizes=_SIZES, notes=self.notes, bold=True, align="c",
            name=part.capitalize(), group=group, fill=core.dark, ink=core.on_dark,
        )  # fmt: skip
        if numbers:
            self.sheet.fitted(
                body, [f"{self.letters} {self._counts(numbers)}"], sizes=_SIZES, notes=self.notes, align="c",
                name=f"{part.capitalize()}, shared", group=group, fill=core.tint, line=core.dark,
            )  # fmt: skip
            self._chips(Area(area.x, body.bottom, area.width, chips), numbers, group)
        return node

    def _chips(self, area: Area, numbers: Sequence[str], group: str) -> None:
        chips = self._adds(numbers)
        rows = _rows(chips, area.width)
        across = -(-len(chips) // rows)
        width, height = area.width / across, area.height / rows
        for at, (label, count, palette, name) in enumerate(chips):
            whole, short = f"{label}\u00a0{held(count)}", _short(label, count)
            fits = fit(whole, width - 2 * MARGIN, height, (14.0, 13.0, 12.0, FONT_FLOOR))
            text = short if fits.short or len(fits.lines) > 1 else whole
            size = FONT_FLOOR if text == short and whole != short else fits.size
            self.sheet.box(
                Area(area.x + at % across * width, area.y + at // across * height, width, height),
                [text], lines=[text], size=size, align="c",
                name=f"{name}, clause {', '.join(numbers)}", group=group, fill=palette.tint, line=palette.line,
                alt=f"{name}: {count} leaf clauses",
            )  # fmt: skip


def _short(label: str, count: str) -> str:
    return f"{label}\u00a0{count.partition(' ')[0]}"


def _rows(chips: Sequence[tuple[str, str, Colours, str]], width: float) -> int:
    """Say in how many rows the chips have to stand so that each can be read."""
    widest = max((width_of(_short(label, count), FONT_FLOOR) for label, count, _, _ in chips), default=0.0)
    most = max(1, int(width // (widest + 2)))
    return max(1, -(-len(chips) // most))
