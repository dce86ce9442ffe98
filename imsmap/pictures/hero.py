"""One system: how many topics are built once, how many are looked at together, how many stay apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer, Topic
from imsmap.drawing import (
    FONT_FLOOR,
    GREY,
    RULE,
    Area,
    Fitted,
    Picture,
    Share,
    Sheet,
    Size,
    fit,
    frame,
    height_of,
    palettes,
    source_line,
    unit_strip,
    unmarked,
    width_of,
)
from imsmap.drawing.story import ALONE_WORD, CORE_WORD, RELATED_WORD, UNKNOWN_WORD, kind_of, story
from imsmap.report import Report
from imsmap.values import frozen
from imsmap.wording import in_core_of, labelled, together, topics_of

ABOUT = about.Picture(of="matrix", slide="one system: built once, looked at together, apart", place=20)
MEANINGS = {
    CORE_WORD: "The standards ask for the same core. One process, one document; each adds its part.",
    RELATED_WORD: "Related, not the same. Look at them together; merge only where the advice says so.",
    ALONE_WORD: "Only one standard asks. Build it for that one.",
    UNKNOWN_WORD: "Nobody has looked. Ask before you build; it is in no sum of the three.",
}
BOX, GAP = 34.0, 2.5
"""How high a box of a topic is, and how far the next one stands, on a slide of 540 points."""


@frozen
class Row:
    """A class with its topics: how many, what to call it, their boxes, their names."""

    count: int
    word: str
    shares: tuple[Share, ...]
    means: str
    called: Mapping[str, int]
    """How many of its topics go by each short name, such as the three on documents: in all as many as it counts."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every topic, those of one name once with how many they are."""
        return tuple(f"{name} ({count})" if count > 1 else name for name, count in self.called.items())


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw a row for each class: its number, what it means, a box and a name for each topic."""
    answer = report.answer
    looks = palettes(answer.standards)
    tally = answer.shares.tally()
    told = story(tally, answer.standards, looks)
    title = _title(answer)
    source = source_line(answer.standards, report.data_version)
    sheet = Sheet(size)
    place = frame(sheet, title, "", source, told)
    notes: list[str] = []
    rows = _rows(answer, told)
    foot = 34.0
    high = min((place.height - foot) / len(rows), 118.0 * size.height / 540)
    top = place.y + 6
    columns = _columns(place)
    most = max(sum(share.count for share in row.shares) for row in rows)
    # One size for all the names: the largest in which each list has room.
    wide = place.right - columns[2]
    # Boxes are lower where that lets all names be written out.
    low = (one for one in (BOX, 30.0, 24.0) if _all_named(rows, wide, high - 30 - one, FONT_FLOOR))
    box = min(next(low, BOX), high * 0.3)
    room = high - 30 - box
    fits = (
        one for one in (sheet.type.body, sheet.type.small)
        if _all_named(rows, wide, room, one)
    )  # fmt: skip
    size_of_names = next(fits, sheet.type.small)
    hero = _hero(sheet, rows, columns[0] - place.x, high)
    for row in rows:
        _row(sheet, row, Area(place.x, top, place.width, high), columns, most, (hero, size_of_names, box), notes)
        top += high
    _total(sheet, tally.total, Area(place.x, top, place.width, foot), columns)
    alt = f"{title.replace('**', '')}. " + " ".join(sheet.groups.values())
    definition = (
        "A topic is built once where two or more of the standards share the common core, looked at together where only "
        "a stated relation of strength 4 or more (of 10) ties them, apart where at most a reminder does."
    )
    return (sheet.picture("hero", title, alt, [report.message, definition, *notes, *report.notes, source]),)


def _title(answer: MatrixAnswer) -> str:
    tally = answer.shares.tally()
    word = "topic is" if tally.core == 1 else "are"
    stay = "stays" if tally.by_themselves == 1 else "stay"
    said = f"One system: of {tally.total} {topics_of(tally)}, **{tally.core} {word} built once**"
    said += f", {tally.related} looked at together"
    unknown = f", {tally.not_assessed} not looked at" if tally.not_assessed else ""
    return f"{said}, {tally.by_themselves} {stay} apart{unknown}"


def _rows(answer: MatrixAnswer, told: Sequence[Share]) -> list[Row]:
    kinds = {"core": CORE_WORD, "related": RELATED_WORD, "alone": ALONE_WORD, "unknown": UNKNOWN_WORD}
    names: dict[str, list[str]] = {kind: [] for kind in kinds}
    labels = {side.key: side.label for side in answer.standards}
    for topic, share in zip(answer.topics, answer.shares.topics, strict=True):
        kind = kind_of(share.kin)
        names[kind].append(_name(topic, labels, share.holders if kind == "alone" else ()))
    rows = []
    for kind, word in kinds.items():
        shares = tuple(share for share in told if share.kind == kind)
        if shares or kind == "core":
            means = MEANINGS[word]
            if kind == "core" and (asked := in_core_of(answer.shares.tally(), len(answer.standards))):
                means = f"The same core, asked {asked}. One process, one document; each adds its part."
            rows.append(Row(round(sum(share.count for share in shares)), word, shares, means, Counter(names[kind])))
    return rows


def _name(topic: Topic, labels: Mapping[str, str], holders: Sequence[str]) -> str:
    title = topic.short or unmarked(topic.title)
    return labelled(together(labels[key] for key in holders), title) if holders else title


def _all_named(rows: Sequence[Row], width: float, height: float, size: float) -> bool:
    """Tell whether the names of all topics have room."""
    return not any(fit(", ".join(row.names), width, height, (size,)).short for row in rows)


def _columns(place: Area) -> tuple[float, float, float]:
    """Say where the number ends, where the words begin, and where the boxes begin."""
    unit = place.width / 888
    return place.x + 82 * unit, place.x + 100 * unit, place.x + 414 * unit


def _hero(sheet: Sheet, rows: Sequence[Row], wide: float, high: float) -> float:
    """Choose one size for all numbers: bigger would say more."""
    sizes = (sheet.type.hero, sheet.type.hero_small, 32.0)
    return next(
        (size for size in sizes if height_of(1, size) <= high - 10
         and all(width_of(str(row.count), size, bold=True) <= wide for row in rows)),
        24.0,
    )  # fmt: skip


def _row(
    sheet: Sheet,
    row: Row,
    area: Area,
    columns: tuple[float, float, float],
    most: float,
    sizes: tuple[float, float, float],
    notes: list[str],
) -> None:
    number, words, boxes = columns
    hero, size, box = sizes
    kind = sheet.type
    group = sheet.group(row.word.capitalize(), f"{row.count} {row.word}: {', '.join(row.names)}.")
    sheet.rule(area.x, area.y, area.right, area.y, line=RULE)
    sheet.words(
        Area(area.x, area.y + 8, number - area.x, height_of(1, hero)), [str(row.count)], size=hero, bold=True,
        align="r", name=f"{row.word} count", group=group, pad=0, anchor="t",
    )  # fmt: skip
    top, wide = area.y + 16, boxes - words - 18
    high = height_of(1, kind.head)
    # On a narrow page the words of all classes are set smaller, so that each stands in its line.
    tried = (kind.head, 16.0, kind.body, kind.small)
    head = next((one for one in tried if all(width_of(word, one, bold=True) <= wide for word in MEANINGS)), FONT_FLOOR)
    sheet.words(
        Area(words, top, wide, high), [row.word], size=head, bold=True, name=f"{row.word} word", group=group,
        align="l", pad=0,
    )  # fmt: skip
    meaning = _meaning(row.means, wide, area.bottom - top - high - 6, (kind.body, kind.small, FONT_FLOOR))
    if " ".join(meaning.lines) != row.means:
        notes.append(f"In full, {row.word}: {row.means}")
    sheet.words(
        Area(words, top + high, wide, height_of(len(meaning.lines), meaning.size)), [" ".join(meaning.lines)],
        lines=meaning.lines, size=meaning.size, name=f"{row.word} meaning", group=group, align="l", anchor="t", pad=0,
    )  # fmt: skip
    step = (area.right - boxes) / max(most, 25)
    unit_strip(
        sheet, Area(boxes, area.y + 18, area.right - boxes, box), row.shares, name=row.word, group=group, across=step
    )
    listed_top = area.y + 18 + box + 6
    room = area.bottom - listed_top - 6
    said = ", ".join(row.names)
    names = fit(said, area.right - boxes, room, (size, FONT_FLOOR))
    text, lines, size = said, names.lines, names.size
    if names.short:
        notes.append(f"In full, {row.word}: {said}.")
        text, lines, size = _short(row, area.right - boxes, room, size)
    sheet.words(
        Area(boxes, listed_top, area.right - boxes, height_of(len(lines), size) + 0.1), [text], lines=lines, size=size,
        name=f"{row.word} names", group=group, align="l", anchor="t", ink=GREY, pad=0,
    )  # fmt: skip


def _meaning(text: str, width: float, height: float, sizes: Sequence[float]) -> Fitted:
    """Say as many sentences as there is room for, whole; of the first alone what there is room for."""
    sentences = text.split(". ")
    for kept in range(len(sentences), 0, -1):
        told = ". ".join(sentences[:kept]).rstrip(".") + "."
        found = fit(told, width, height, sizes)
        if not found.short:
            return found
    return found


def _short(row: Row, width: float, height: float, size: float) -> tuple[str, tuple[str, ...], float]:
    """Name as many topics as there is room for, whole, and say how many more there are."""
    counts = list(row.called.values())
    for kept in range(len(counts) - 1, 0, -1):
        text = f"{', '.join(row.names[:kept])} … and {sum(counts[kept:])} more"
        found = fit(text, width, height, (size, FONT_FLOOR))
        if not found.short:
            return text, found.lines, found.size
    text = f"… {sum(counts)} topics"
    return text, (text,), FONT_FLOOR


def _total(sheet: Sheet, total: int, area: Area, columns: tuple[float, float, float]) -> None:
    number, words, boxes = columns
    kind = sheet.type
    sheet.rule(area.x, area.y, area.right, area.y, line=RULE)
    high = max(24.0, height_of(1, kind.head))
    for place, text, size, align, bold, ink in (
        (Area(area.x, area.y + 6, number - area.x, high), str(total), kind.head, "r", True, "#1A1A1A"),
        (Area(words, area.y + 6, boxes - words - 18, high), "topics in all", kind.body, "l", False, "#1A1A1A"),
    ):
        sheet.words(place, [text], size=size, align=align, bold=bold, ink=ink, name=text, pad=0)
    said = "One box is one topic. Strands: each of the standards asks, each in its own way."
    if width_of(said, FONT_FLOOR) <= area.right - boxes:
        sheet.words(
            Area(boxes, area.y + 6, area.right - boxes, high), [said], size=FONT_FLOOR, ink=GREY, name="reading", pad=0,
            align="l",
        )  # fmt: skip
