"""Where the work is: the main clause with most beyond the core, topic by topic, and what to do about each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer, Topic
from imsmap.drawing import (
    CORE,
    FONT_FLOOR,
    GREY,
    INK,
    RULE,
    Area,
    Colours,
    Picture,
    Run,
    Sheet,
    Size,
    Table,
    differ,
    even_size,
    fit,
    frame,
    height_of,
    held,
    mark,
    palettes,
    source_line,
    unmarked,
    width_of,
)
from imsmap.drawing.slide import evenly
from imsmap.drawing.story import UNKNOWN_WORD, kind_of, legend, story
from imsmap.parts import MainClause, Side
from imsmap.reasoning.shares import Share
from imsmap.report import Report
from imsmap.values import frozen
from imsmap.wording import counterpart_in_core, short_number, together

ABOUT = about.Picture(of="matrix", slide="where the work is", place=50)
HEAD, TALLEST, LOWEST = 24.0, 37.0, 25.0
"""How high the head is, and how high a row may and must be, on a slide of 540 points."""
FEW = 3
"""Of more standards only the topics with most beyond the core stand on the slide, which is one; marks say the class."""
MISLEADS = "same number, other duty"
NAMED = "named in the notes"
_WORDS = " topic", " advice"
"""What the cells are called whose words may need more than a line."""
NAME = "Where the work is"
_BESIDE = 16.0
"""Before what to do, and before its sign."""
NARROW, _MARK_ALONE = 220.0, 42.0
"""The width for topic and advice under which the advice of many standards is left out, and what its sign takes."""


@frozen
class Line:
    """A topic of the clause: its class, whose it is, its number and title, what each standard adds, what to do."""

    kind: str
    labels: str
    number: str
    title: str
    owner: str
    adds: Mapping[str, int]
    advice: str
    misleads: bool


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw the topics of the clause as a table; a page or more."""
    answer = report.answer
    main = _worst(answer)
    lines = _lines(answer, main)
    room = _place(size, answer).height - HEAD
    lowest = LOWEST * size.type.body / 14
    most = max(1, int(room / lowest) - 1)
    if len(answer.standards) > FEW:
        ranked = sorted(lines, key=lambda line: -sum(line.adds.values()))
        page = _ranked(report, size, main, ranked, most)
        if any("…" in text for part in page.parts.values() if part.name.endswith(_WORDS) for text in part.paragraphs):
            # Fewer rows, of two lines, rather than words that are cut.
            page = _ranked(report, size, main, ranked, max(1, int(room / (height_of(2, size.type.small) + 3)) - 1))
        return (page,)
    pages = evenly([1.0] * len(lines), -(-len(lines) // most))
    return tuple(
        _page(report, size, main, lines[start:end], at, len(pages)) for at, (start, end) in enumerate(pages, start=1)
    )


def _ranked(report: Report[MatrixAnswer], size: Size, main: MainClause, ranked: Sequence[Line], most: int) -> Picture:
    """Draw as many topics as have room, those first that add most, and one row for the rest."""
    shown = len(ranked) if len(ranked) <= most else max(1, most - 1)
    return _page(report, size, main, ranked[:shown], 1, 1, ranked[shown:])


# --- what it says ------------------------------------------------------------------------------------------------


def _worst(answer: MatrixAnswer) -> MainClause:
    """Choose the main clause in which most stands beyond the core."""
    return max(answer.main_clauses, key=lambda main: sum(_beyond(answer, side, main) for side in answer.standards))


def _beyond(answer: MatrixAnswer, side: Side, main: MainClause) -> int:
    return answer.beyond_in_all(side.key, (main.number,))


def _total(answer: MatrixAnswer, side: Side, main: MainClause) -> int:
    return sum(answer.measured(side.key, (main.number,)).values())


def _title(answer: MatrixAnswer, main: MainClause) -> str:
    where, unit = unmarked(main.title), answer.units
    told = [(side, _beyond(answer, side, main), _total(answer, side, main)) for side in answer.standards]
    if len(told) > 3:
        n, m = sum(one[1] for one in told), sum(one[2] for one in told)
        return f"{where} is where the work is: **{n} of {m} {unit}** of the {len(told)} standards lie beyond the core"
    first, *rest = (f"{n} of {m} {unit} of {held(_short(side))}" for side, n, m in told)
    others = ", ".join(one.replace(f" {unit} of ", " of ") for one in rest)
    verb = "lies" if first.startswith("1 ") else "lie"
    return f"{where} is where the work is: **{first}** {verb} beyond the core, {others}"


def _short(side: Side) -> str:
    return side.designation


def _lines(answer: MatrixAnswer, main: MainClause) -> list[Line]:
    labels = {side.key: side.label for side in answer.standards}
    return [
        _line(answer, topic, share, labels)
        for topic, share in zip(answer.topics, answer.shares.topics, strict=True)
        if topic.main == main.number
    ]


def _line(answer: MatrixAnswer, topic: Topic, share: Share, labels: Mapping[str, str]) -> Line:
    kind = kind_of(share.kin)
    holders = share.sharing if kind == "core" else share.holders
    owner = holders[0] if len(holders) == 1 else ""
    return Line(
        kind,
        _whose(holders, labels),
        answer.number_of(topic, holders),
        unmarked(topic.title),
        owner,
        {key: answer.beyond(topic, key) for key in labels},
        topic.advice,
        bool(topic.false_friends),
    )


def _whose(holders: Sequence[str], labels: Mapping[str, str]) -> str:
    """Name who holds a topic; of more than three how many."""
    if len(holders) > 3:
        return f"{len(holders)} of {len(labels)}" if len(holders) < len(labels) else "all"
    return together(labels[key] for key in holders)


def _said(line: Line, labels: Mapping[str, str]) -> str:
    adds = ", ".join(f"{labels[key]} adds {count}" for key, count in line.adds.items())
    return f"{line.labels} {line.number} {line.title}: {_word(line.kind)}; {adds}; {_advice(line)}"


def _word(kind: str) -> str:
    """Say a class in one column's words."""
    return UNKNOWN_WORD if kind == "unknown" else kind


def _advice(line: Line) -> str:
    return MISLEADS if line.misleads else line.advice


# --- where it stands ---------------------------------------------------------------------------------------------


def _place(size: Size, answer: MatrixAnswer) -> Area:
    return frame(Sheet(size), "x", "", source_line(answer.standards, "2000.1"))


def _page(
    report: Report[MatrixAnswer], size: Size, main: MainClause, lines: Sequence[Line], at: int, pages: int,
    rest: Sequence[Line] = (),
) -> Picture:  # fmt: skip
    answer = report.answer
    looks = palettes(answer.standards)
    labels = {side.key: side.label for side in answer.standards}
    title = _title(answer, main) + (f" ({at} of {pages})" if pages > 1 else "")
    counts = f"{answer.units.capitalize()} beyond the common core, by topic."
    if size.narrow and len(answer.standards) > FEW and any(line.misleads for line in lines):
        counts += " The sign at the right: same number, other duty."
    source = f"{counts} {source_line(answer.standards, report.data_version)}"
    sheet = Sheet(size)
    words = legend(*(line.kind for line in lines)) if len(answer.standards) > FEW else ""
    place = frame(sheet, title, words, source, story(answer.shares.tally(), answer.standards, looks))
    total = at == pages
    before = len(lines) + bool(rest)
    high = min(TALLEST * size.height / 540, (place.height - HEAD) / (before + total))
    whole = lines
    widths = _widths(sheet, place, answer, lines, more=bool(rest))
    if any(width_of(line.title, sheet.type.body) > widths[3] - 8 for line in lines):
        # Numbers of several clauses are shorter before a title is set small or cut; the notes tell them in full.
        lines = [evolve(line, number=short_number(line.number)) for line in lines]
        widths = _widths(sheet, place, answer, lines, more=bool(rest))
    cells: dict[tuple[int, int], str] = {}
    notes: list[str] = []
    _head(sheet, place, widths, answer, looks, cells)
    sizes = _sizes(sheet, widths, high, lines, more=bool(rest))
    for row, line in enumerate(lines, start=1):
        area = Area(place.x, place.y + HEAD + (row - 1) * high, place.width, high)
        _row(sheet, area, widths, row, line, answer, looks, sizes, cells, notes)
    if rest:
        area = Area(place.x, place.y + HEAD + len(lines) * high, place.width, high)
        _more(sheet, area, widths, before, rest, answer, sizes, cells)
        notes += [f"And {_said(line, labels)}." for line in rest]
    if total:
        area = Area(place.x, place.y + HEAD + before * high, place.width, high)
        _sum(sheet, area, widths, before + 1, answer, main, looks, cells, notes)
    rows = before + total
    rules = dict.fromkeys(range(1, rows + 1), (0.75, RULE)) | {0: (1.0, INK)}
    if total:
        rules[before] = (1.0, INK)
        rules.pop(rows)
    alt = f"{title.replace('**', '')}. " + " ".join(f"{_said(line, labels)}." for line in (*whole, *rest))
    sheet.table(NAME, Table(place, widths, (HEAD, *[high] * rows), cells, rules), alt)
    notes += [f"In full: {line.number} {line.title}." for line, one in zip(whole, lines, strict=True) if line != one]
    definition = f"In the core: {counterpart_in_core(answer.unit)}. Beyond the core: all others."
    told = [f"Page {at} of {pages}."] if pages > 1 else []
    return sheet.picture("work", title, alt, [report.message, definition, *told, *notes, *report.notes, source])


def _widths(sheet: Sheet, place: Area, answer: MatrixAnswer, lines: Sequence[Line], *, more: bool) -> tuple[float, ...]:
    """Share the width: class, whose, number, topic, a column for what each adds, what to do."""
    body = sheet.type.body
    kind = 24 + max(width_of(_word(line.kind), body) for line in lines) + 10
    kind = kind if len(answer.standards) <= FEW else 26.0
    whose = max(width_of(line.labels, body, bold=True) for line in lines) + 8
    number = max(width_of(line.number, body, bold=True) for line in lines) + 8
    adds = max(width_of("+000", body, bold=True), *(width_of(head, FONT_FLOOR) for head in _adds_heads(answer)))
    adds += 8 if len(answer.standards) <= FEW else 5
    advice = max(width_of(_advice(line), body) + (20 if line.misleads else 0) for line in lines) + 24
    advice = max(advice, width_of(NAMED, body) + 24) if more else advice
    rest = place.width - kind - whose - number - adds * len(answer.standards)
    advice = min(advice, rest * 0.45)
    if len(answer.standards) > FEW and sheet.size.narrow and rest < NARROW:
        # An upright page of many standards has no room for what to do: its topics are named whole, the notes tell it.
        advice = _MARK_ALONE
    return (kind, whose, number, rest - advice, *[adds] * len(answer.standards), advice)


def _adds_heads(answer: MatrixAnswer) -> tuple[str, ...]:
    """Give what stands above the columns of what each adds; where there are many, or labels are long, no word."""
    labels = [side.label for side in answer.standards]
    word = " adds" if len(labels) <= FEW and sum(map(len, labels)) <= 12 else ""
    return tuple(f"{label}{word}" for label in labels)


def _head(
    sheet: Sheet, place: Area, widths: Sequence[float], answer: MatrixAnswer, looks: Mapping[str, Colours],
    cells: dict[tuple[int, int], str],
) -> None:  # fmt: skip
    many = len(answer.standards) > FEW
    words = ["" if many else "Class", "Topic", "", "", *_adds_heads(answer), "What to do"]
    owners = dict(enumerate((side.key for side in answer.standards), start=4))
    for column, word in enumerate(words):
        if word and not (word == "What to do" and widths[-1] == _MARK_ALONE):
            lone = many and column in owners
            left = place.x + sum(widths[:column]) + (_BESIDE if word == "What to do" else 0)
            wide = widths[column] - (_BESIDE if word == "What to do" else 0)
            if word == "Topic":
                wide = max(wide, width_of(word, FONT_FLOOR) + 2)
            cells[0, column] = sheet.words(
                Area(left, place.y, wide, HEAD), [word], lines=[word], size=sheet.type.small if lone else FONT_FLOOR,
                ink=looks[owners[column]].line if lone else GREY, bold=lone, align="r" if column in owners else "l",
                pad=0, name=f"{word} head", holder=NAME, role="cell",
            )  # fmt: skip


def _sizes(
    sheet: Sheet, widths: Sequence[float], high: float, lines: Sequence[Line], *, more: bool
) -> tuple[float, float]:
    """Choose the sizes of titles and of what to do: one for all rows, so that none looks lesser than the others."""
    tried = (sheet.type.body, 12.0, FONT_FLOOR)
    titles = even_size((line.title for line in lines), widths[3] - 8, high, tried)
    if widths[-1] == _MARK_ALONE:
        return titles, FONT_FLOOR
    told = [(_advice(line), _indent(line)) for line in lines] + [(NAMED, _BESIDE)] * more
    return titles, min(even_size([words], widths[-1] - indent, high, tried) for words, indent in told)


def _indent(line: Line) -> float:
    return _BESIDE + (20.0 if line.misleads else 0.0)


def _row(
    sheet: Sheet, area: Area, widths: Sequence[float], row: int, line: Line, answer: MatrixAnswer,
    looks: Mapping[str, Colours], sizes: tuple[float, float], cells: dict[tuple[int, int], str], notes: list[str],
) -> None:  # fmt: skip
    body = sheet.type.body
    look = looks.get(line.owner, CORE)
    middle = area.y + area.height / 2
    lefts = [area.x + sum(widths[:column]) for column in range(len(widths))]
    said: list[tuple[str, bool, str, str]] = [
        (_word(line.kind), False, "l", INK), (line.labels, True, "l", look.line), (line.number, True, "l", INK),
    ]  # fmt: skip
    for column, (text, bold, align, ink) in enumerate(said):
        if column == 0 and len(answer.standards) > FEW:
            continue  # the mark says it, and the legend what that means
        indent = 22.0 if column == 0 else 0.0
        cells[row, column] = sheet.words(
            Area(lefts[column] + indent, area.y, widths[column] - indent, area.height), [text], lines=[text], size=body,
            bold=bold, align=align, ink=ink, name=f"{row}.{column} {text}", holder=NAME, role="cell", pad=0,
        )  # fmt: skip
    title = fit(line.title, widths[3] - 8, area.height, (sizes[0],))
    if title.short:
        notes.append(f"In full: {line.title}.")
    cells[row, 3] = sheet.words(
        Area(lefts[3], area.y, widths[3] - 8, area.height), [title.text], lines=title.lines, size=title.size, align="l",
        name=f"{row} topic", holder=NAME, role="cell", pad=0,
    )  # fmt: skip
    for column, side in enumerate(answer.standards, start=4):
        count = line.adds.get(side.key, 0)
        text = f"+{count}" if count else "·"
        cells[row, column] = sheet.words(
            Area(lefts[column], area.y, widths[column], area.height), [text], lines=[text], size=body, bold=bool(count),
            align="r", ink=looks[side.key].line if count else GREY, name=f"{row} {side.key} adds", holder=NAME,
            role="cell", pad=0,
        )  # fmt: skip
    last = len(widths) - 1
    indent = _indent(line)
    alone = widths[last] == _MARK_ALONE
    advice = fit(_advice(line), widths[last] - indent, area.height, (sizes[1],))
    if advice.short or alone:
        notes.append(f"In full: {line.number} {_advice(line)}.")
    if not alone:
        cells[row, last] = sheet.words(
            Area(lefts[last] + indent, area.y, widths[last] - indent, area.height), [advice.text], lines=advice.lines,
            size=advice.size, align="l", name=f"{row} advice", holder=NAME, role="cell", pad=0,
        )  # fmt: skip
    marks = sheet.group(f"{NAME} marks", "The mark of each topic's class.")
    mark(sheet, area.x + 8, middle, 7, line.kind, look, group=marks)
    if line.misleads:
        differ(sheet, lefts[last] + _BESIDE + 8, middle, 7, group=marks)


def _more(
    sheet: Sheet, area: Area, widths: Sequence[float], row: int, rest: Sequence[Line], answer: MatrixAnswer,
    sizes: tuple[float, float], cells: dict[tuple[int, int], str],
) -> None:  # fmt: skip
    """Say in one row what the topics that have no row of their own add."""
    lefts = [area.x + sum(widths[:column]) for column in range(len(widths))]
    told = {3: (f"{len(rest)} more topic{'s' * (len(rest) > 1)}", sizes[0], "topic", 0.0, 8.0)}
    if widths[-1] != _MARK_ALONE:
        told[len(widths) - 1] = (NAMED, sizes[1], "advice", _BESIDE, _BESIDE)
    for column, (text, size, name, before, less) in told.items():
        found = fit(text, widths[column] - less, area.height, (size,))
        cells[row, column] = sheet.words(
            Area(lefts[column] + before, area.y, widths[column] - less, area.height), [text], lines=found.lines,
            size=size, align="l", ink=GREY, name=f"{row} {name}", holder=NAME, role="cell", pad=0,
        )  # fmt: skip
    for column, side in enumerate(answer.standards, start=4):
        count = sum(line.adds.get(side.key, 0) for line in rest)
        text = f"+{count}" if count else "·"
        cells[row, column] = sheet.words(
            Area(lefts[column], area.y, widths[column], area.height), [text], lines=[text], size=sheet.type.body,
            align="r", ink=GREY, name=f"{row} {side.key} adds", holder=NAME, role="cell", pad=0,
        )  # fmt: skip


def _sum(
    sheet: Sheet, area: Area, widths: Sequence[float], row: int, answer: MatrixAnswer, main: MainClause,
    looks: Mapping[str, Colours], cells: dict[tuple[int, int], str], notes: list[str],
) -> None:  # fmt: skip
    body = sheet.type.body
    lefts = [area.x + sum(widths[:column]) for column in range(len(widths))]
    text = f"Clause {main.number} in all"
    total = fit(text, widths[3] - 8, area.height, (body, 12.0, FONT_FLOOR), bold=True)
    cells[row, 3] = sheet.words(
        Area(lefts[3], area.y, widths[3] - 8, area.height), [text], lines=total.lines, size=total.size, bold=True,
        align="l", name="in all", holder=NAME, role="cell", pad=0,
    )  # fmt: skip
    core = []
    for column, side in enumerate(answer.standards, start=4):
        count = _beyond(answer, side, main)
        core.append(_total(answer, side, main) - count)
        cells[row, column] = sheet.words(
            Area(lefts[column], area.y, widths[column], area.height), [(Run(f"+{count}", True),)], size=body, align="r",
            ink=looks[side.key].line, name=f"{side.key} in all", holder=NAME, role="cell", pad=0,
        )  # fmt: skip
    last = len(widths) - 1
    if widths[last] == _MARK_ALONE:
        return
    # Of many standards the range is read at a glance, and the points of each stand on the coverage slide.
    range_ = f"{min(core)} to {max(core)}" if len(core) > 2 else " and ".join(map(str, core))
    said = f"beyond {core[0] if len(set(core)) == 1 else range_} in the core"
    short = said.replace(" in the core", "")
    said = said if width_of(said, FONT_FLOOR) <= widths[last] - 16 else short
    found = fit(said, widths[last] - 16, area.height, (body, 12.0, FONT_FLOOR))
    if found.short:
        notes.append(f"In full: {said} in the core.")
    cells[row, last] = sheet.words(
        Area(lefts[last] + 16, area.y, widths[last] - 16, area.height), [found.text], lines=found.lines,
        size=found.size, align="l", name="core", holder=NAME, role="cell", pad=0,
    )  # fmt: skip
