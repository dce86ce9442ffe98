"""Four standards and more, honestly: a row for each combination that shares topics, with its count as a bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer, Member
from imsmap.drawing import (
    CORE,
    FONT_FLOOR,
    GREY,
    INK,
    PAPER,
    RULE,
    Area,
    Bars,
    Colours,
    Listed,
    Picture,
    Series,
    Sheet,
    Size,
    Table,
    frame,
    height_of,
    held,
    ink_on,
    listed,
    look_of,
    palettes,
    remark,
    source_line,
    width_of,
)
from imsmap.drawing.story import ALONE_WORD, CORE_WORD, RELATED_WORD, UNKNOWN_WORD, kind_of, legend, story
from imsmap.errors import UnsuitedError
from imsmap.parts import Side
from imsmap.report import Report
from imsmap.wording import counted, together, topics_of

ABOUT = about.Picture(of="matrix", place=180)
LEAST = 4
ROW, LOWEST, CELL = 58.0, 19.0, 30.0
TOTALS = 46.0
"""How high the bar of the standard with most topics is."""
TABLE, CHART = "Who shares", "Topics by combination"
KINDS = ("core", "related", "alone", "unknown")
_WORDS = {"core": CORE_WORD, "related": RELATED_WORD, "alone": ALONE_WORD, "unknown": UNKNOWN_WORD}
Key = tuple[str, ...]
"""The keys of the standards that have something in common."""
_HINT = (
    "Read a row from the left: the letters are the standards that share, the bar counts the topics that exactly these "
    "share. No topic is in two rows; the totals above count every topic in which a standard asks, so they overlap."
)


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw combinations as rows, most shared first; a page or more. UnsuitedError for two or three standards."""
    answer = report.answer
    standards = answer.standards
    if len(standards) < LEAST:
        raise UnsuitedError(
            f"upset draws four standards and more, and there are {len(standards)}: two or three are easier to read as "
            "circles; use venn"
        )
    found = answer.regions()
    looks = palettes(standards)
    by_all = len(found.get(tuple(standard.key for standard in standards), ()))
    shared = answer.shares.shared()
    noun = topics_of(answer.shares.tally())
    title = f"**{by_all} of {shared.m} {noun} are shared by all {len(standards)} standards**, {shared.n} by two or more"
    kinds = [kind for kind in KINDS if any(kind_of(one.kin) == kind for each in found.values() for one in each)]
    source = source_line(standards, report.data_version)
    strip = story(answer.shares.tally(), standards, looks)
    said = f"{_HINT} {_beside(answer)}".rstrip()

    def framed(sheet: Sheet, title: str) -> Area:
        return remark(sheet, frame(sheet, title, legend(*kinds), source, strip), said)

    place = framed(Sheet(size), title)
    each = max(1, int((place.height - _head(size)) / LOWEST))
    parts = list(found)
    count = -(-len(parts) // each)
    each = -(-len(parts) // count)
    definition = (
        "Each topic counts for exactly those standards that the common core ties in it (same or "
        "extended), directly or through a third, the largest set if there are two; one without common core counts for "
        "the standard whose clauses it has. Each counts in one row."
    )
    drawn = []
    for index in range(count):
        page = parts[index * each : (index + 1) * each]
        several = f" ({index + 1} of {count})" if count > 1 else ""
        sheet = Sheet(size)
        notes = [f"Page {index + 1} of {count}."] if count > 1 else []
        _Rows(sheet, framed(sheet, title + several), answer, looks, found, page).draw()
        plain = title.replace("**", "") + several
        alt = f"{plain}. {_HINT} " + " ".join(sheet.groups.values())
        beside = [f"{answer.said_beside(all_=True)}."] if answer.beside else []
        named = [_named(standards, part, found[part]) for part in page]
        told = [report.message, definition, *beside, *notes, *named, *report.notes, source]
        drawn.append(sheet.picture("upset", title + several, alt, told))
    return tuple(drawn)


def _beside(answer: MatrixAnswer) -> str:
    return f"In no row: {answer.said_beside()}." if answer.beside else ""


def _head(size: Size) -> float:
    """Give the height of what stands above the rows: totals, their bars, the labels, the heads."""
    return height_of(1, size.type.body) + TOTALS * size.height / 540 + 24.0


def _named(standards: Sequence[Side], part: Key, members: Sequence[Member]) -> str:
    label = together(one.label for one in standards if one.key in part)
    return f"In full, {label}, {counted(len(members))}: {'; '.join(one.topic.name for one in members)}."


class _Rows:
    """The rows of a page on their way to its sheet."""

    def __init__(
        self, sheet: Sheet, place: Area, answer: MatrixAnswer, looks: Mapping[str, Colours],
        found: Mapping[Key, Sequence[Member]], parts: Sequence[Key],
    ) -> None:  # fmt: skip
        standards = answer.standards
        self.sheet, self.place, self.standards, self.looks = sheet, place, standards, looks
        self.totals = answer.asked
        self.found, self.parts = found, parts
        self.cell = max(CELL, *(width_of(one.label, 12.0, bold=True) + 10 for one in standards))
        cells = self.cell * len(standards)
        rest = place.width - cells
        self.widest = max(len(members) for members in found.values())
        self.number = width_of("00", sheet.type.body, bold=True) + 14
        self.bars = min(rest * 0.34, 300.0 * sheet.size.width / 960)
        self.left = place.x + cells + 12
        self.words = self.left + self.bars + self.number
        self.top = place.y + _head(sheet.size)
        self.high = min(ROW * sheet.size.height / 540, (place.bottom - self.top) / len(parts))
        # One size for all the names: the largest in which each has room.
        body = sheet.type.body
        self.size = sheet.type.small if any(self._names(part, body).left for part in parts) else body

    def draw(self) -> None:
        """Place totals, rows, bars and names."""
        self._totals()
        cells: dict[tuple[int, int], str] = {}
        for at, part in enumerate(self.parts):
            self._row(at, part, cells)
        widths = (*[self.cell] * len(self.standards), self.words - self.place.x - self.cell * len(self.standards),
                  self.place.right - self.words)  # fmt: skip
        area = Area(self.place.x, self.top, self.place.width, self.high * len(self.parts))
        rules = dict.fromkeys(range(-1, len(self.parts)), (0.75, RULE))
        told = " ".join(self._told(part) for part in self.parts)
        self.sheet.table(TABLE, Table(area, widths, (self.high,) * len(self.parts), cells, rules, heads=0), told)
        self._chart()

    def _label(self, part: Key) -> str:
        return together(one.label for one in self.standards if one.key in part)

    def _told(self, part: Key) -> str:
        said = ", ".join(held(one.designation) for one in self.standards if one.key in part)
        names = "; ".join(one.topic.name for one in self.found[part])
        return f"{self._label(part)} ({said}): {counted(len(self.found[part]))}: {names}."

    def _totals(self) -> None:
        """Draw above the letters how many topics each standard has a part in."""
        sheet, size = self.sheet, self.sheet.type.body
        heads = sheet.group("Heads", "Standards: " + ", ".join(one.designation for one in self.standards) + ".")
        full, line = TOTALS * sheet.size.height / 540, height_of(1, size)
        base = self.top - 24.0
        for at, side in enumerate(self.standards):
            look, total = self.looks[side.key], self.totals[side.key]
            area = Area(self.place.x + at * self.cell + 1, self.top - 21.0, self.cell - 2, 18.0)
            high = full * total / max(*self.totals.values(), 1)
            sheet.box(
                Area(area.x + area.width * 0.2, base - high, area.width * 0.6, high), name=f"{side.key} total bar",
                role="bar", fill=look.dark, group=heads,
            )  # fmt: skip
            sheet.words(
                Area(area.x, base - high - line, area.width, line), [str(total)], lines=[str(total)], size=size,
                bold=True, align="c", name=f"{side.key} total", group=heads, pad=0,
            )  # fmt: skip
            sheet.box(
                area, [side.label], lines=[side.label], size=12.0, bold=True, align="c", name=f"{side.key} head",
                group=heads, fill=look.dark, ink=look.on_dark, pad=0,
                alt=f"{side.designation}: {counted(total)} in all",
            )  # fmt: skip
        high = height_of(1, FONT_FLOOR)
        low = self.top - high - 4
        for x, y, right, words, name in (
            (self.left, base - full / 2 - high / 2, self.words - 8, ("Topics of each standard", "Topics of each"),
             "Heads of the totals"),
            (self.left, low, self.words - 8, ("Topics that exactly these share", "Topics"), "Heads of the bars"),
            (self.words, low, self.place.right, ("Which they are",), "Heads of the names"),
        ):  # fmt: skip
            told = next((one for one in words if width_of(one, FONT_FLOOR) <= right - x), words[-1])
            sheet.words(
                Area(x, y, right - x, high), [told], size=FONT_FLOOR, ink=GREY, name=name, group=heads, pad=0,
            )  # fmt: skip

    def _row(self, at: int, part: Key, cells: dict[tuple[int, int], str]) -> None:
        sheet, y, label = self.sheet, self.top + at * self.high, self._label(part)
        group = sheet.group(f"Combination {label}", self._told(part))
        for column, side in enumerate(self.standards):
            look, inside = self.looks[side.key], side.key in part
            area = Area(self.place.x + column * self.cell, y, self.cell, self.high).shrunk(1.0)
            text = side.label if inside else "·"
            cells[at, column] = sheet.box(
                area, [text], lines=[text], size=12.0, bold=inside, align="c", name=f"{label}: {side.key}", pad=0,
                holder=TABLE, role="cell", fill=look.dark if inside else PAPER, ink=look.on_dark if inside else GREY,
                alt=f"{side.designation}: {'shares' if inside else 'not in this combination'}",
            )  # fmt: skip
        self._bar(part, Area(self.left, y, self.bars, self.high), group)
        shown = self._names(part, self.size)
        area = Area(self.words, y, self.place.right - self.words, self.high)
        cells[at, len(self.standards) + 1] = sheet.words(
            area, shown.paragraphs, lines=shown.lines, size=self.size, name=f"{label} in words", holder=TABLE,
            role="cell", pad=0,
        )  # fmt: skip

    def _names(self, part: Key, size: float) -> Listed:
        called = Counter(one.topic.short or one.topic.name for one in self.found[part])
        names = tuple(f"{name} ({count})" if count > 1 else name for name, count in called.items())
        most = max(1, int((self.high - 2) / height_of(1, size) + 1e-6))
        return listed(names, self.place.right - self.words, size, most, ", ", tuple(called.values()))

    def _counts(self, part: Key) -> dict[str, int]:
        found = dict.fromkeys(KINDS, 0)
        for one in self.found[part]:
            found[kind_of(one.kin)] += 1
        return found

    def _look(self, part: Key, kind: str) -> Colours:
        return CORE if kind == "core" or len(part) > 1 else self.looks[part[0]]

    def _bar(self, part: Key, area: Area, group: str) -> None:
        """Draw how many topics a combination has, class by class, and their number behind."""
        sheet, label, x = self.sheet, self._label(part), area.x
        high = area.height / 1.5
        for kind, count in self._counts(part).items():
            if not count:
                continue
            block = Area(x, area.y + (area.height - high) / 2, area.width * count / self.widest, high)
            how = look_of(kind, self._look(part, kind))
            how |= {"role": "bar", "holder": CHART}
            sheet.box(block, name=f"{label} bar {kind}", **how)
            x = block.right
        number = str(len(self.found[part]))
        sheet.words(
            Area(x + 6, area.y, self.number - 8, area.height), [number], lines=[number], size=sheet.type.body,
            bold=True, name=f"{label} count", group=group, pad=0, ink=INK,
        )  # fmt: skip

    def _chart(self) -> None:
        """Say that the bars are a chart: a series for each class of each owner."""
        series = []
        owners = dict.fromkeys((part if len(part) == 1 else (), kind) for part in self.parts for kind in KINDS)
        for owner, kind in sorted(owners, key=lambda one: KINDS.index(one[1])):
            values = tuple(
                float(self._counts(part)[kind]) if (part if len(part) == 1 else ()) == owner else 0.0
                for part in self.parts
            )
            if not any(values):
                continue
            look = self._look(owner or self.parts[0] * 2, kind)
            how = look_of(kind, look)
            whose = f"{self._label(owner)} " if owner else ""
            series.append(
                Series(
                    f"{whose}{_WORDS[kind]}",
                    values,
                    how.get("fill"),
                    how.get("line"),
                    ink_on(kind, look),
                    dashed=bool(how.get("dashed")),
                )
            )
        area = Area(self.left, self.top, self.bars, self.high * len(self.parts))
        labels = tuple(self._label(part) for part in self.parts)
        bars = Bars(area, labels, tuple(series), float(self.widest), gap=50, size=12.0)
        told = "; ".join(f"{self._label(part)} {len(self.found[part])}" for part in self.parts)
        self.sheet.chart(CHART, bars, f"Topics that exactly these standards share: {told}.")
