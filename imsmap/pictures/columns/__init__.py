"""Do once, and what each standard adds: the common core in the middle, beside it what has no part in it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer
from imsmap.drawing import (
    MARGIN,
    PAPER,
    Area,
    Colours,
    Item,
    Picture,
    Sheet,
    Size,
    clearance,
    core_colours,
    evenly,
    fit,
    frame,
    held,
    palettes,
    source_line,
    swatches,
    unmarked,
)
from imsmap.library.model import Kin
from imsmap.parts import MainClause, Side
from imsmap.pictures.columns.layout import (
    GAP,
    LABEL,
    LABELS,
    NARROWEST,
    ROW_GAP,
    Column,
    Style,
    head_room,
    named,
    order,
    paged,
    row_height,
)
from imsmap.report import Report
from imsmap.wording import counted, in_short, labelled, together

ABOUT = about.Picture(of="matrix", slide="do once, and what each standard adds", place=30)
MARKS = {
    Kin.RELATED: "related: look at them together",
    Kin.TOUCHES: "only touches another",
    Kin.NOT_ASSESSED: "not assessed yet",
}


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw the matrix as columns: the common core between what each standard adds; a page or more."""
    answer = report.answer
    looks = palettes(answer.standards)
    core = _core(answer)
    sides = [_side(answer, standard, looks[standard.key]) for standard in answer.standards]
    room = size.width - 2 * size.edge - LABEL
    most = max(2, int((room + GAP) // (NARROWEST + GAP)) - 1)
    chunks = [tuple(sides[start:end]) for start, end in evenly([1.0] * len(sides), -(-len(sides) // most))]
    mains = [main for main in answer.main_clauses if any(main.number in c.rows for c in (core, *sides))]
    title = _title(answer, sides)
    words = _words(report, core, sides)
    place = clearance(size, title, *words)
    drafts = [(chunk, *rows) for chunk in chunks for rows in paged(core, chunk, mains, place)]
    if len(drafts) > 1:
        place = clearance(size, f"{title} (10 of 10)", *words)
        drafts = [(chunk, *rows) for chunk in chunks for rows in paged(core, chunk, mains, place)]
    pages = []
    for index, (chunk, style, rows) in enumerate(drafts, start=1):
        several = len(drafts) > 1
        said = f"{title} ({index} of {len(drafts)})" if several else title
        notes = [_page_note(chunk, rows, index, len(drafts))] if several else []
        pages.append(_page(report, size, said, words, order(core, chunk), style, rows, notes))
    return tuple(pages)


def _core(answer: MatrixAnswer) -> Column:
    """Gather the topics that two standards or more share by the core; subclauses x.y.z are told under x.y."""
    found: dict[str, dict[str, tuple[str, set[str]]]] = {}
    for topic, share in zip(answer.topics, answer.shares.topics, strict=True):
        if share.sharing:
            number = ".".join((topic.number or "").split(".")[:2])
            title = unmarked(answer.core_headings.get(number) or topic.title)
            _, so_far = found.setdefault(topic.main, {}).setdefault(number or topic.id, (title, set()))
            so_far.update(share.sharing)

    def item(name: str, title: str, keys: set[str]) -> Item:
        labels = together(side.label for side in answer.standards if side.key in keys)
        return Item(labelled(labels, name if name[0].isdigit() else "", title))

    shared = answer.shares.shared()
    return Column(
        "core",
        together(side.label for side in answer.standards),
        "common core",
        f"do once: {shared.n} of {shared.m} topics",
        core_colours(answer.core_colours),
        {
            main: tuple(item(name, title, keys) for name, (title, keys) in entries.items())
            for main, entries in found.items()
        },
    )


def _side(answer: MatrixAnswer, standard: Side, look: Colours) -> Column:
    """Gather the leaf clauses of a standard that share no core with any other, at two levels where all agree."""
    rows: dict[str, tuple[Item, ...]] = {}
    for one in answer.own(standard.key):
        marks = "".join(kin.glyph for kin in MARKS if kin in one.closest)
        item = Item(labelled(standard.label, one.number, one.title), marks)
        rows[one.main] = (*rows.get(one.main, ()), item)
    adds = counted(answer.shares.adds(standard.key), "point")
    return Column(
        standard.key,
        standard.label,
        standard.designation,
        f"adds {adds}",
        look,
        rows,
        {main.number: answer.shares.adds(standard.key, (main.number,)) for main in answer.main_clauses},
    )


def _leaves(answer: MatrixAnswer) -> list[str]:
    """Say how many leaf clauses of each standard have no common core, by how they stand to the closest other."""
    found = []
    for side in answer.standards:
        own, by_class = answer.shares.own(side.key), answer.shares.own_by_class(side.key)
        told = ", ".join(f"{count} {kin.glyph} {kin.value}" for kin, count in by_class.items())
        found.append(f"{side.designation}: {own.n} of {own.m} leaf clauses without common core{told and f': {told}'}.")
    return found


def _title(answer: MatrixAnswer, sides: Sequence[Column]) -> str:
    """Say what is done once, and of two standards what each adds; the coverage stands in the notes."""
    said = f"Do once what is shared: {in_short(answer.shares.tally())}"
    if len(sides) > 2:
        return f"{said}; beside the core what each of the {len(sides)} standards adds"
    adds = (f"{held(one.name)} {one.count}" for one in sides)
    return f"{said}; {', '.join(adds)}"


def _page_note(chunk: Sequence[Column], mains: Sequence[MainClause], index: int, pages: int) -> str:
    names = ", ".join(column.name for column in chunk)
    return f"Page {index} of {pages}: {names}; clauses {', '.join(main.number for main in mains)}."


def _words(report: Report[MatrixAnswer], core: Column, sides: Sequence[Column]) -> tuple[str, str]:
    """Say the legend and the source."""
    marks = {mark for side in sides for found in side.rows.values() for entry in found for mark in entry.mark}
    told = "".join(f"; {kin.glyph}\u00a0{meaning}" for kin, meaning in MARKS.items() if kin.glyph in marks)
    legend = f"{core.labels} = common core, numbered as in the harmonized structure{told}"
    return legend, source_line(report.answer.standards, report.data_version)


def _page(
    report: Report[MatrixAnswer],
    size: Size,
    title: str,
    words: tuple[str, str],
    columns: Sequence[Column],
    style: Style,
    mains: Sequence[MainClause],
    notes: list[str],
) -> Picture:
    sheet = Sheet(size)
    place = frame(sheet, title, *words)
    widths = style.widths
    lefts = [place.x + LABEL + sum(widths[:at]) + GAP * at for at in range(len(columns))]
    head_size, head_height = head_room(columns, style)
    heads = sheet.group("Heads", "; ".join(": ".join(column.head) for column in columns) + ".")
    for column, left, width in zip(columns, lefts, widths, strict=True):
        head = fit("\n".join(column.head), width - 2 * MARGIN, head_height, (head_size,), bold=True)
        if head.short:
            notes.append("In full: " + ", ".join(column.head) + ".")
        sheet.box(
            Area(left, place.y, width, head_height), head.lines if head.short else column.head, lines=head.lines,
            size=head.size, bold=True, name=f"{column.key} head", group=heads, fill=column.colours.dark,
            ink=column.colours.on_dark,
        )  # fmt: skip
    wanted = [row_height(columns, style, main) for main in mains]
    spare = place.height - head_height - ROW_GAP * len(mains) - sum(wanted)
    spare = max(0.0, min(spare / len(mains), 24.0))
    top = place.y + head_height + ROW_GAP
    for main, height in zip(mains, wanted, strict=True):
        height = min(height + spare, place.bottom - top)
        notes += _row(sheet, columns, lefts, main, Area(place.x, top, place.width, height), style)
        top += height + ROW_GAP
    alt = f"{title}. " + " ".join(sheet.groups.values())
    palette = swatches(column.colours for column in columns)
    definition = (
        "Do once: a topic that two or more of the standards share (same or extended, by "
        "the common core). Adds: points that none of the others asks for, wherever they stand; named are the leaf "
        "clauses without common core, ◐ if a stated relation still ties them to another, · if it is a mere reminder."
    )
    return sheet.picture(
        "columns",
        title,
        alt,
        [report.message, definition, *_leaves(report.answer), *notes, *report.notes, words[1]],
        palette,
    )


def _row(
    sheet: Sheet,
    columns: Sequence[Column],
    lefts: Sequence[float],
    main: MainClause,
    area: Area,
    style: Style,
) -> list[str]:
    number = main.number
    says = {column.key: [item.whole for item in column.items(number)] for column in columns}
    alt = f"Clause {named(main)}. " + " ".join(
        ("Shared: " if c.key == "core" else f"{c.name}: ") + "; ".join(says[c.key]) + "." for c in columns
    )
    group = sheet.group(f"Clause {number}", alt)
    notes = []
    label = fit(named(main), LABEL - 2 * MARGIN, area.height, LABELS, bold=True)
    if label.short:
        notes.append(f"In full: {named(main)}.")
    sheet.words(
        Area(area.x, area.y, LABEL, area.height), [label.text], lines=label.lines, size=label.size, bold=True,
        name=f"Clause {number} title", group=group,
    )  # fmt: skip
    nodes = []
    for column, left, width in zip(columns, lefts, style.widths, strict=True):
        said = style.box(column, width, number)
        if said.cut:
            notes.append(f"In full, {column.name}: " + "; ".join(said.cut) + ".")
        nodes.append(
            sheet.box(
                Area(left, area.y, width, area.height),
                said.paragraphs,
                lines=said.lines,
                size=style.size,
                name=f"{column.key}:{number}",
                group=group,
                line=column.colours.line,
                fill=column.colours.tint if number in column.rows else PAPER,
                rounded=True,
                hang=True,
            )
        )
    # A line means "adds to the core": only the core's neighbours touch it, the first two lines of a row.
    for one, other in itertools.islice(itertools.pairwise(nodes), 2):
        sheet.link(one, other)
    return notes
