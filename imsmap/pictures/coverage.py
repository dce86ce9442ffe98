"""Where to look together: what both ask for, what is related, what is one standard's alone, in points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer
from imsmap.drawing import (
    CORE,
    FONT_FLOOR,
    GREY,
    INK,
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
    held,
    ink_on,
    look_of,
    palettes,
    source_line,
    width_of,
)
from imsmap.drawing.story import kind_of, legend, story
from imsmap.library.model import Kin
from imsmap.parts import MainClause, Side
from imsmap.report import Report
from imsmap.values import frozen
from imsmap.wording import counterpart_in_core, coverage_sentence

ABOUT = about.Picture(of="matrix", slide="where to look together", place=60)
KINDS = ("core", "related", "alone", "unknown")
_WORDS = {"related": "related", "unknown": "not looked at"}
NAME = "Points by class"
BESIDE, LEAST = 24.0, 40.0
"""Between the columns of standards by main clause, and how long the longest bar there is at least."""
_HEADS = "The same by main clause, to one scale", "By main clause, to one scale", "By main clause", "Clause"
"""What stands above the rows of main clauses, the longest that has room."""
BY_CLAUSE = 42.0
"""How high the row of a standard is where its main clauses stand below, too, on a slide of 540 points."""


@frozen
class Run:
    """A stretch of a bar: how many points, of which class, whose (nobody's alone: what both have)."""

    count: int
    kind: str
    side: Side | None
    counts: tuple[int, int] = (0, 0)
    """Of what both have: as the one and as the other counts it."""

    @property
    def told(self) -> str:
        """The number as it is shown."""
        one, other = self.counts
        return str(self.count) if one == other or self.side is not None else f"{one} | {other}"

    @property
    def name(self) -> str:
        """What its shape is called."""
        return f"{self.side.key if self.side else 'both'} {self.kind}"


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw two standards as one line that overlaps in the middle, more of them as a bar each."""
    answer = report.answer
    looks = palettes(answer.standards)
    title = _title(answer)
    source = source_line(answer.standards, report.data_version)
    kinds = [kind for kind in KINDS if any(_counts(answer, side)[kind] for side in answer.standards)]
    sheet = Sheet(size)
    place = frame(sheet, title, legend(*kinds), source, story(answer.shares.tally(), answer.standards, looks))
    two = len(answer.standards) == 2
    if two:
        _pair(sheet, place, answer, looks)
        notes = []
    else:
        notes = _many(sheet, place, answer, looks)
    alt = f"{title.replace('**', '')}. " + " ".join(filter(None, sheet.groups.values()))
    definition = (
        f"{'In both' if two else 'Built once'}: {counterpart_in_core(answer.unit)}. Related: a stated "
        f"relation of strength 4 or more (of 10) ties it to a {answer.unit} there. Only one: at most a reminder does. "
        "Not looked at is neither. A counterpart says where to look together, not that one standard meets the other."
    )
    told = [*_sentences(answer), *_uncovered(answer), *notes]
    return (sheet.picture("coverage", title, alt, [report.message, definition, *told, *report.notes, source]),)


# --- what it says ------------------------------------------------------------------------------------------------


def _counts(answer: MatrixAnswer, side: Side, mains: tuple[str, ...] | None = None) -> dict[str, int]:
    """Count a standard's points by class."""
    found = dict.fromkeys(KINDS, 0)
    for kin, count in answer.measured(side.key, mains).items():
        found[kind_of(kin)] += count
    return found


def _short(side: Side) -> str:
    return held(side.designation)


def _title(answer: MatrixAnswer) -> str:
    if len(answer.standards) == 2:
        by, of = answer.standards
        found = _counts(answer, of)
        unknown = f", {found['unknown']} not looked at" if found["unknown"] else ""
        are = "is" if found["core"] == 1 else "are"
        return (
            f"**{found['core']} of {sum(found.values())} {answer.units} of {_short(of)}** {are} built once with "
            f"{_short(by)}; {found['related']} related, {found['alone']} alone{unknown}"
        )
    counts = [_counts(answer, side) for side in answer.standards]
    core, total = sum(one["core"] for one in counts), sum(sum(one.values()) for one in counts)
    return f"**{core} of {total} {answer.units}** of the {len(counts)} standards are built once with another of them"


def _sentences(answer: MatrixAnswer) -> Iterator[str]:
    names = {side.key: side.designation for side in answer.standards}
    for entry in answer.coverage:
        yield coverage_sentence(names, entry) + "."


def _uncovered(answer: MatrixAnswer) -> Iterator[str]:
    """Name the leaf clauses of each standard that none of the others covers."""
    for side in answer.standards:
        leaves = answer.leaves[side.key]
        for kin, words in ((Kin.NONE, "Without counterpart"), (Kin.TOUCHES, "Only touched")):
            found = [clause.words for clause in leaves if answer.closest[clause.ref] is kin]
            if found:
                yield f"{words} in {side.designation}: {'; '.join(found)}."


# --- two standards: one line -------------------------------------------------------------------------------------


def _runs(answer: MatrixAnswer, mains: tuple[str, ...] | None = None) -> list[Run]:
    """List the stretches from left to right: what is the first's, what both have, what is the second's.

    What both have is as long as the larger of their counts: one point may have two counterparts.
    """
    first, second = answer.standards
    left, right = _counts(answer, first, mains), _counts(answer, second, mains)
    core = Run(max(left["core"], right["core"]), "core", None, (left["core"], right["core"]))
    before = [Run(left[kind], kind, first) for kind in ("unknown", "alone", "related")]
    after = [Run(right[kind], kind, second) for kind in ("related", "alone", "unknown")]
    return [run for run in (*before, core, *after) if run.count]


def _pair(sheet: Sheet, place: Area, answer: MatrixAnswer, looks: Mapping[str, Colours]) -> None:
    runs = _runs(answer)
    rows = {main: _runs(answer, (main.number,)) for main in answer.main_clauses}
    scale = place.width / sum(run.count for run in runs)
    high = 58.0 * sheet.size.height / 540
    top = place.y + 54
    # What a template leaves may be too low for a row of words to each main clause: then the one bar has it all.
    by_clause = place.bottom - top - high - 20 >= 18 + (height_of(1, FONT_FLOOR) + 1) * len(rows)
    if not by_clause:
        high = min(max(high, 84.0), place.bottom - top)
    _brackets(sheet, place, answer, looks, runs, scale)
    group = sheet.group("Points in all", "; ".join(f"{run.told} {_word(run)}" for run in runs) + ".")
    x = place.x
    for run in runs:
        area = Area(x, top, run.count * scale, high)
        x = area.right
        how = look_of(run.kind, _look(run, looks))
        how["group"], how["role"] = group, "bar"
        sheet.box(area, name=f"in all {run.name}", **how)
        _label(sheet, area, run, looks, group)
    if by_clause:
        area = Area(place.x, top + high + 20, place.width, place.bottom - top - high - 20)
        _clauses(sheet, area, rows, looks, scale)


def _look(run: Run, looks: Mapping[str, Colours]) -> Colours:
    return CORE if run.side is None else looks[run.side.key]


def _word(run: Run) -> str:
    if run.side is None:
        return "in both"
    return f"only {run.side.label}" if run.kind == "alone" else f"{run.side.label}, {_WORDS[run.kind]}"


def _label(sheet: Sheet, area: Area, run: Run, looks: Mapping[str, Colours], group: str) -> None:
    """Write the number and the word into a stretch that has room for them."""
    ink = ink_on(run.kind, _look(run, looks)) if run.kind != "alone" else INK
    room, top = area.width - 14, area.y + 2
    left = area.height - 4 - height_of(1, FONT_FLOOR)  # a word has its line below the number
    for text, size, bold, name in ((run.told, 28.0, True, "count"), (_word(run), sheet.type.body, False, "word")):
        sizes = (size, 24.0, 20.0, 18.0, 14.0, 12.0, FONT_FLOOR)
        fits = [
            one
            for one in sizes
            if one <= size and width_of(text, one, bold) <= room and height_of(1, one) <= max(left, 14.0)
        ]
        if not fits:
            return
        high = height_of(1, fits[0])
        sheet.words(
            Area(area.x + 8, top, room + 2, high), [text], lines=[text], size=fits[0], bold=bold, ink=ink, group=group,
            name=f"in all {run.name} {name}", align="l", pad=0,
        )  # fmt: skip
        top, left = top + high, area.bottom - 2 - top - high


def _brackets(
    sheet: Sheet, place: Area, answer: MatrixAnswer, looks: Mapping[str, Colours], runs: Sequence[Run], scale: float
) -> None:
    """Draw above the line how far each standard reaches."""
    group = sheet.group("Standards", "Above: how far each standard reaches.")
    size = sheet.type.body
    first, second = answer.standards
    for side, y, right in ((first, place.y + 38, False), (second, place.y + 45, True)):
        total = sum(_counts(answer, side).values())
        own = sum(run.count for run in runs if run.side in (None, side)) * scale
        left = place.right - own if right else place.x
        sheet.rule(left, y, left + own, y, line=looks[side.key].dark, weight=2.0, group=group)
        told = f"{side.designation}, {total} {answer.units}"
        wide = min(width_of(told, size, bold=True) + 1, place.width / 2 - 40)
        badge_left = place.right - 18 - wide - 8 if right else place.x
        over = badge(sheet, badge_left, place.y, side.label, looks[side.key], name=f"{side.key} head", group=group)
        room = min(wide, place.right - badge_left - over - 8)
        name = fit(told, room, 18, (size, 12.0, FONT_FLOOR), bold=True)
        sheet.words(
            Area(badge_left + over + 8, place.y, room, 18), [name.text], lines=name.lines, size=name.size, bold=True,
            name=f"{side.key} name", group=group, align="l", pad=0,
        )  # fmt: skip


def _clauses(
    sheet: Sheet, area: Area, rows: Mapping[MainClause, Sequence[Run]], looks: Mapping[str, Colours], scale: float
) -> None:
    """Draw the same by main clause, to the same scale if there is room, with the core in one line."""
    size = sheet.type.body
    top = area.y + 18
    step = min(31.0 * sheet.size.height / 540, (area.bottom - top) / len(rows))
    labels = min(210.0 * max(1.0, size / 14), area.width * 0.24)
    if step < height_of(2, FONT_FLOOR):
        # Where a name has no second line, it has the width that it needs.
        longest = max(width_of(f"{main.number}  {main.title}", FONT_FLOOR) for main in rows)
        labels = max(labels, min(longest + 8, area.width * 0.36))
    told = [run.told for runs in rows.values() for run in runs if run.side is None]
    cores = max((width_of(one, size, bold=True) for one in told), default=0.0)
    apart = 24.0
    room = labels + cores - width_of("in both", FONT_FLOOR) - 8
    head = next((one for one in _HEADS if width_of(one, FONT_FLOOR) <= room), _HEADS[-1])
    sheet.words(
        Area(area.x, area.y, room, 16), [head], lines=[head], size=FONT_FLOOR, ink=GREY, name="by clause", align="l",
        pad=0,
    )  # fmt: skip
    beside = width_of("in both", FONT_FLOOR) + 4
    sheet.words(
        Area(area.x + labels + cores - beside, area.y, beside, 16), ["in both"], lines=["in both"],
        size=FONT_FLOOR, ink=GREY, name="in both head", align="r", pad=0,
    )  # fmt: skip
    reach = [_reach(runs) for runs in rows.values()]
    left, right = max(one for one, _ in reach), max(one for _, one in reach)
    number = width_of("+000", size, bold=True) + 10
    scale = min(scale, (area.width - labels - cores - apart - 2 * number) / max(left + right, 1))
    high = step / 1.4
    kinds = list(dict.fromkeys((run.kind, run.side) for runs in rows.values() for run in runs))
    kinds.sort(key=lambda one: _ORDER.index((one[0], _place(one[1], looks))))
    offsets: list[float] = []
    values: dict[tuple[str, Side | None], list[int]] = {one: [] for one in kinds}
    origin = area.x + labels + cores + apart + number
    for at, (main, runs) in enumerate(rows.items()):
        y = top + at * step + (step - high) / 2
        offsets.append(left - _reach(runs)[0])
        x = origin + offsets[-1] * scale
        group = sheet.group(
            f"Clause {main.number}", f"{main.number} {main.title}: {'; '.join(f'{r.told} {_word(r)}' for r in runs)}."
        )
        text = fit(f"{main.number}  {main.title}", labels - 6, step, (size, 12.0, FONT_FLOOR))
        sheet.words(
            Area(area.x, top + at * step, labels - 6, step), [text.text], lines=text.lines, size=text.size,
            name=f"{main.number} name", align="l", pad=0, group=group,
        )  # fmt: skip
        both = next((run.told for run in runs if run.side is None), "")
        sheet.words(
            Area(area.x + labels - 6, top + at * step, cores + 6, step), [both], lines=[both], size=size, bold=True,
            name=f"{main.number} core count", align="r", pad=0, group=group,
        )  # fmt: skip
        for one in kinds:
            run = next((run for run in runs if (run.kind, run.side) == one), None)
            values[one].append(run.count if run else 0)
        _row(sheet, Area(x, y, 0, high), runs, looks, scale, main, group)
    series = [Series("before", tuple(float(one) for one in offsets))]
    for (kind, side), counts in values.items():
        run = Run(1, kind, side)
        how = look_of(kind, _look(run, looks))
        # The data of a chart are read without its labels, and the longer of two counts is not what both have.
        larger = side is None and any(len(set(one.counts)) > 1 for runs in rows.values() for one in runs)
        series.append(
            Series(
                f"{_word(run)}, the larger count" if larger else _word(run), tuple(float(one) for one in counts),
                how.get("fill"), how.get("line"), ink_on(kind, _look(run, looks)), dashed=bool(how.get("dashed")),
            )
        )  # fmt: skip
    bars = Bars(
        Area(area.x + labels + cores + apart, top, number + (left + right) * scale, step * len(rows)),
        tuple(f"{main.number}  {main.title}" for main in rows), tuple(series),
        left + right + number / scale, size=size,
    )  # fmt: skip
    bars = evolve(bars, series=(Series("before", tuple(one + number / scale for one in offsets)), *series[1:]))
    sheet.chart(NAME, bars, " ".join(sheet.groups[f"Clause {main.number}"] for main in rows))


_ORDER = [("unknown", 0), ("alone", 0), ("related", 0), ("core", -1), ("related", 1), ("alone", 1), ("unknown", 1)]


def _place(side: Side | None, looks: Mapping[str, Colours]) -> int:
    return -1 if side is None else list(looks).index(side.key)


def _reach(runs: Sequence[Run]) -> tuple[float, float]:
    """Say how far a row reaches left and right of the middle of its core."""
    at = next((place for place, run in enumerate(runs) if run.kind == "core"), None)
    if at is None:
        middle = sum(run.count for run in runs if run.side is runs[0].side)
        return middle, sum(run.count for run in runs) - middle
    half = runs[at].count / 2
    return sum(run.count for run in runs[:at]) + half, sum(run.count for run in runs[at + 1 :]) + half


def _row(
    sheet: Sheet, start: Area, runs: Sequence[Run], looks: Mapping[str, Colours], scale: float, main: MainClause,
    group: str,
) -> None:  # fmt: skip
    """Draw the stretches of a clause, and outside what each standard has beyond its core."""
    size = sheet.type.body
    x = start.x
    beyond: dict[Side, int] = {}
    for run in runs:
        area = Area(x, start.y, run.count * scale, start.height)
        x = area.right
        how = look_of(run.kind, _look(run, looks))
        how |= {"role": "bar", "holder": NAME}
        sheet.box(area, name=f"{main.number} {run.name}", **how)
        if run.side is not None:
            beyond[run.side] = beyond.get(run.side, 0) + run.count
    # A row is a little higher than its bar.
    size = next((one for one in (size, sheet.type.small) if height_of(1, one) <= start.height * 1.4), FONT_FLOOR)
    high = max(start.height, height_of(1, size))
    for side, count in beyond.items():
        text = f"+{count}"
        wide = width_of(text, size, bold=True) + 2
        first = _place(side, looks) == 0
        sheet.words(
            Area(start.x - 8 - wide if first else x + 8, start.y + (start.height - high) / 2, wide, high), [text],
            size=size, bold=True, ink=looks[side.key].line, align="r" if first else "l",
            name=f"{main.number} {side.key} beyond", group=group, pad=0,
        )  # fmt: skip


# --- more standards: a bar each ----------------------------------------------------------------------------------


def _many(sheet: Sheet, place: Area, answer: MatrixAnswer, looks: Mapping[str, Colours]) -> list[str]:
    """Draw a bar for each standard, and what is left for the main clauses; gives what was cut, whole."""
    sides = answer.standards
    counts = {side: _counts(answer, side) for side in sides}
    size, labels = sheet.type.body, min(230.0 * max(1.0, sheet.type.body / 14), place.width * 0.28)
    number = width_of("000 of 000", size, bold=True) + 12
    most = max(sum(one.values()) for one in counts.values())
    scale = (place.width - labels - number) / max(most, 1)
    step = min(64.0 * sheet.size.height / 540, place.height / len(sides))
    # What few bars leave free shows the same by main clause; the bars are lower where that makes room for it.
    needed = (height_of(1, size) + 3) * (len(answer.main_clauses) + 2) + 8
    wide = (place.width - labels - BESIDE * (len(sides) - 1)) / len(sides) - number >= LEAST
    lower = (BY_CLAUSE * share * sheet.size.height / 540 for share in (1.0, 0.85, 0.75))
    low = next((one for one in lower if wide and place.height - one * len(sides) >= needed), 0.0)
    by_clause, room = bool(low), place.height - low * len(sides)
    step = low or step
    high = step / 1.6
    for at, side in enumerate(sides):
        top = place.y + at * step
        y = top + (step - high) / 2
        total = sum(counts[side].values())
        told = "; ".join(f"{count} {_MANY[kind]}" for kind, count in counts[side].items() if count)
        group = sheet.group(f"Of {side.label}", f"{side.designation}, {total} {answer.units}: {told}.")
        over = badge(
            sheet, place.x, top + (step - 18) / 2, side.label, looks[side.key], name=f"{side.key} head", group=group
        )
        name = fit(side.designation, labels - over - 16, step, (size, 12.0, FONT_FLOOR), bold=True)
        sheet.words(
            Area(place.x + over + 8, top, labels - over - 16, step), [name.text], lines=name.lines, size=name.size,
            bold=True, name=f"{side.key} name", group=group, align="l", pad=0,
        )  # fmt: skip
        x = place.x + labels
        for kind, count in counts[side].items():
            area = Area(x, y, count * scale, high)
            x = area.right
            if not count:
                continue
            how = look_of(kind, looks[side.key])
            how |= {"role": "bar", "holder": NAME}
            sheet.box(area, name=f"{side.key} {kind}", **how)
            if width_of(str(count), 12.0, bold=True) <= area.width - 4:
                sheet.words(
                    area, [str(count)], lines=[str(count)], size=12.0, bold=True, align="c", holder=NAME, pad=0,
                    ink=ink_on(kind, looks[side.key]) if kind != "alone" else INK, name=f"{side.key} {kind} count",
                )  # fmt: skip
        said = f"**{counts[side]['core']}** of {total}"
        where = Area(x + 8, y, number - 8, high)
        sheet.words(where, [said], size=size, name=f"{side.key} in all", group=group, align="l", pad=0)
    below = Area(place.x, place.bottom - room, place.width, room)
    notes = _multiples(sheet, below, answer, looks, labels) if by_clause else []
    # In a chart of several owners a colour belongs to a series: one for each standard and class.
    series = []
    for at, side in enumerate(sides):
        for kind in KINDS:
            if counts[side][kind]:
                how = look_of(kind, looks[side.key])
                values = tuple(float(counts[side][kind]) if at == place_ else 0.0 for place_ in range(len(sides)))
                ink = ink_on(kind, looks[side.key])
                # A sliver has no room for its number.
                roomy = width_of(str(counts[side][kind]), 12.0, bold=True) <= counts[side][kind] * scale - 4
                series.append(
                    Series(f"{side.label} {_MANY[kind]}", values, how.get("fill"), how.get("line"), ink,
                           labelled=roomy, dashed=bool(how.get("dashed")))
                )  # fmt: skip
    bars = Bars(
        Area(place.x + labels, place.y, most * scale, step * len(sides)), tuple(side.designation for side in sides),
        tuple(series), float(most), gap=60, size=12.0,
    )  # fmt: skip
    sheet.chart(NAME, bars, " ".join(sheet.groups[f"Of {side.label}"] for side in sides))
    return notes


def _multiples(
    sheet: Sheet, area: Area, answer: MatrixAnswer, looks: Mapping[str, Colours], labels: float
) -> list[str]:
    """Draw the bars of all standards for each main clause, side by side and to one scale; gives what was cut, whole."""
    notes = []
    sides, size, gap = answer.standards, sheet.type.body, BESIDE
    line, top = height_of(1, size), area.y + 20
    wide = (area.width - labels - gap * (len(sides) - 1)) / len(sides)
    number = width_of("000 of 000", size, bold=True) + 8
    counts = {(side, main): _counts(answer, side, (main.number,)) for side in sides for main in answer.main_clauses}
    most = max(sum(one.values()) for one in counts.values())
    scale = (wide - number) / max(most, 1)
    words = fit(f"By main clause: {answer.units} built once", labels - 10, line, (FONT_FLOOR,))
    sheet.words(
        Area(area.x, top, labels - 10, line), [words.text], lines=words.lines, size=FONT_FLOOR, ink=GREY,
        name="by clause", align="l", pad=0,
    )  # fmt: skip
    for at, side in enumerate(sides):
        x, look = area.x + labels + at * (wide + gap), looks[side.key]
        badge(sheet, x, top + line / 2 - 8, side.label, look, side=16.0, name=f"{side.key} by clause",
              group=f"Of {side.label}")  # fmt: skip
    top += line + 4
    step = min(31.0 * sheet.size.height / 540, (area.bottom - 4 - top) / len(answer.main_clauses))
    for row, main in enumerate(answer.main_clauses):
        y = top + row * step
        told = "; ".join(
            f"{side.label} {counts[side, main]['core']} of {sum(counts[side, main].values())}" for side in sides
        )
        group = sheet.group(f"Clause {main.number}", f"{main.number} {main.title}: {told} {answer.units} built once.")
        text = fit(f"{main.number}  {main.title}", labels - 10, step, (size, 12.0, FONT_FLOOR))
        notes += [f"In full: {main.number} {main.title}."] if text.short else []
        sheet.words(
            Area(area.x, y, labels - 10, step), [text.text], lines=text.lines, size=text.size, align="l", pad=0,
            name=f"{main.number} name", group=group,
        )  # fmt: skip
        for at, side in enumerate(sides):
            x = area.x + labels + at * (wide + gap)
            found = counts[side, main]
            for kind, count in found.items():
                how = look_of(kind, looks[side.key])
                how["role"], how["group"] = "bar", group
                block = Area(x, y + step * 0.15, count * scale, step * 0.7)
                if count:
                    sheet.box(block, name=f"{main.number} {side.key} {kind}", **how)
                x = block.right
            sheet.words(
                Area(x + 6, y, number - 6, step), [f"**{found['core']}** of {sum(found.values())}"], size=size,
                align="l", name=f"{main.number} {side.key} count", group=group, pad=0,
            )  # fmt: skip
    return notes


_MANY = {"core": "built once", "related": "related", "alone": "alone", "unknown": "not looked at"}
