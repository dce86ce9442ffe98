"""The napkin drawing: two or three standards as circles, with the counts of what they share and what is their own."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer
from imsmap.drawing import (
    FONT_FLOOR,
    HANG,
    MARGIN,
    Area,
    Colours,
    Item,
    Picture,
    Sheet,
    Size,
    breaks_word,
    fit,
    frame,
    height_of,
    held,
    listed,
    palettes,
    source_line,
    swatches,
)
from imsmap.errors import UnsuitedError
from imsmap.library.model import Kin
from imsmap.parts import Side
from imsmap.report import Report
from imsmap.wording import all_of, counted, together

ABOUT = about.Picture(of="matrix")
SUITS = (2, 3)
OPACITY = 0.65
_COUNT = 30.0
_SIZES = (14.0, 13.0, 12.0, FONT_FLOOR)
NARROWEST = 0.28
"""Of the larger radius: with a narrower part there is no room for its count, and the circles are not to scale."""


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw two circles to scale, or three, on one page; UnsuitedError for more."""
    answer = report.answer
    standards = answer.standards
    if len(standards) not in SUITS:
        raise UnsuitedError(
            f"venn draws two or three standards, and there are {len(standards)}: circles of four can't show every "
            "combination; use upset"
        )
    looks = palettes(standards)
    found = {
        part: tuple(Item(one.topic.name, one.mark) for one in members) for part, members in answer.regions().items()
    }
    by_all = len(found.get(tuple(standard.key for standard in standards), ()))
    names = [held(standard.designation) for standard in standards]
    told = " and ".join(names) if len(names) == 2 else ", ".join(names[:-1]) + " and " + names[-1]
    title = f"{by_all} of {len(answer.topics)} topics are shared by {all_of(len(names))}, {told}: do them once"
    exact = len(standards) == 2 and _lens(*_sizes(found, standards)) is not None
    legend = "Numbers count topics" + ("; the areas are to scale" if exact else "; the areas are not to scale")
    if any(item.mark for items in found.values() for item in items):
        legend += f"; {Kin.RELATED.glyph} no common core, but related: look at them together"
    legend += f"; {answer.said_beside()}" if answer.beside else ""
    words = legend, source_line(standards, report.data_version)
    sheet = Sheet(size)
    place = frame(sheet, title, *words)
    notes: list[str] = [f"{answer.said_beside(all_=True)}."] if answer.beside else []
    (_two if len(standards) == 2 else _three)(sheet, place, standards, looks, found, notes)
    definition = (
        "A topic is shared by the standards that the common core ties in it (same or extended), "
        "directly or through a third; one without common core stands with the standard whose clauses it has. Each "
        "counts in one place."
    )
    alt = f"{title}. " + " ".join(sheet.groups.values())
    return (
        sheet.picture(
            "venn", title, alt, [report.message, definition, *notes, *report.notes, words[1]],
            swatches(looks.values()),
        ),
    )  # fmt: skip


Part = tuple[str, ...]
"""The keys of the standards that have something in common."""


def _sizes(found: Mapping[Part, Sequence[Item]], standards: Sequence[Side]) -> tuple[int, int, int]:
    one, other = (standard.key for standard in standards)
    both = len(found.get((one, other), ()))
    return len(found.get((one,), ())) + both, len(found.get((other,), ())) + both, both


# --- two circles, to scale ---------------------------------------------------------------------------------------


def _shared_area(first: float, second: float, distance: float) -> float:
    """Give the area that two circles share."""
    if distance >= first + second:
        return 0.0
    if distance <= abs(first - second):
        return math.pi * min(first, second) ** 2
    along = (distance**2 + first**2 - second**2) / (2 * distance)
    one, other = math.acos(along / first), math.acos((distance - along) / second)
    return first**2 * (one - math.sin(2 * one) / 2) + second**2 * (other - math.sin(2 * other) / 2)


def _lens(first: int, second: int, both: int) -> tuple[float, float, float] | None:
    """Give two radii and the distance of the centres, larger radius 1; nothing if a part would be too narrow."""
    if not both or both in (first, second):
        return None
    large = max(first, second)
    one, other = math.sqrt(first / large), math.sqrt(second / large)
    wanted = both / large * math.pi
    near, far = abs(one - other), one + other
    for _ in range(60):
        middle = (near + far) / 2
        near, far = (middle, far) if _shared_area(one, other, middle) > wanted else (near, middle)
    lens = one + other - near
    return (one, other, near) if min(lens, 2 * one - lens, 2 * other - lens) >= NARROWEST else None


def _two(
    sheet: Sheet, place: Area, standards: Sequence[Side], looks: Mapping[str, Colours],
    found: Mapping[Part, Sequence[Item]], notes: list[str],
) -> None:  # fmt: skip
    one, other, apart = _lens(*_sizes(found, standards)) or (1.0, 1.0, 1.1)
    beside = max(120.0, place.width * 0.19)
    head = 40.0
    room = place.width - 2 * beside - 20
    radius = min((place.height - head - 8) / 2, room / (one + apart + other))
    one, other, apart = one * radius, other * radius, apart * radius
    left = place.x + (place.width - one - apart - other) / 2
    middle = place.y + head + (place.height - head) / 2
    circles = [(left + one, one), (left + one + apart, other)]
    lens = one + other - apart
    first, second = (standard.key for standard in standards)
    parts: tuple[tuple[Part, float, float], ...] = (
        ((first,), left, 2 * one - lens),
        ((first, second), left + 2 * one - lens, lens),
        ((second,), left + 2 * one, 2 * other - lens),
    )
    nodes = _circles(sheet, standards, looks, found, [(x, middle, r) for x, r in circles])
    for at, standard in enumerate(standards):
        wide = (one + apart + other) / 2 - 4
        centre = left if at == 0 else left + one + apart + other - wide
        sheet.fitted(
            Area(centre, place.y, wide, head - 6),
            [f"{standard.label} {standard.designation}"], sizes=(16.0, *_SIZES), notes=notes,
            bold=True, align="c", name=f"{standard.key} name", group=nodes[at],
            ink=looks[standard.key].line, role="words",
        )  # fmt: skip
    for part, x, width in parts:
        inner = width * 0.86
        area = Area(x + (width - inner) / 2, middle - 48, inner, 96)
        phrase = "do once" if len(part) > 1 else ""
        _count(sheet, area, _label(standards, part), len(found.get(part, ())), phrase, notes)
    for at, (standard, x) in enumerate(zip(standards, (place.x, place.right - beside), strict=True)):
        area = Area(x, place.y + head, min(beside, left - place.x - 6), place.height - head)
        if at:
            area = Area(place.right - area.width, area.y, area.width, area.height)
        _list(sheet, area, standard, found.get((standard.key,), ()), notes)


def _label(standards: Sequence[Side], part: Part) -> str:
    return together(standard.label for standard in standards if standard.key in part)


def _circles(
    sheet: Sheet, standards: Sequence[Side], looks: Mapping[str, Colours], found: Mapping[Part, Sequence[Item]],
    where: Sequence[tuple[float, float, float]],
) -> list[str]:  # fmt: skip
    groups = []
    for standard, (x, y, radius) in zip(standards, where, strict=True):
        palette = looks[standard.key]
        all_ = sum(len(names) for part, names in found.items() if standard.key in part)
        said = f"{standard.label} {standard.designation}: {counted(all_)} in the circle."
        groups.append(sheet.group(f"Circle {standard.label}", said))
        sheet.ground(
            Area(x - radius, y - radius, 2 * radius, 2 * radius), name=f"{standard.key} circle", shape="ellipse",
            fill=palette.tint, line=palette.line, opacity=OPACITY, weight=2.5, alt=said,
        )  # fmt: skip
    return groups


def _count(sheet: Sheet, area: Area, letters: str, number: int, phrase: str, notes: list[str]) -> None:
    group = sheet.group(f"Part {letters}", f"{letters}: {counted(number)}{phrase and f', {phrase}'}.")
    big = height_of(1, _COUNT)
    sheet.words(
        Area(area.x, area.y, area.width, big), [str(number)], lines=[str(number)], size=_COUNT, bold=True, align="c",
        name=f"{letters} count", group=group,
    )  # fmt: skip
    sheet.fitted(
        Area(area.x, area.y + big, area.width, area.height - big), list(filter(None, [letters, phrase])), sizes=_SIZES,
        notes=notes, align="c", name=f"{letters} words", group=group, role="words",
    )  # fmt: skip


def _list(sheet: Sheet, area: Area, standard: Side, own: Sequence[Item], notes: list[str]) -> None:
    """Name what is a standard's own, as far as there is room; the rest stands in the notes."""
    letter, name = standard.label, standard.designation
    group = sheet.group(f"Own {letter}", f"{name} own: {'; '.join(item.whole for item in own) or 'nothing'}.")
    high = 2 * height_of(1, 13) + 2
    sheet.fitted(
        Area(area.x, area.y, area.width, high), [f"{letter} own: {counted(len(own))}"],
        sizes=(13.0, 12.0, FONT_FLOOR), notes=notes, bold=True, name=f"{standard.key} own, head", group=group,
        role="words",
    )  # fmt: skip
    if not own:
        return
    items = tuple(Item(f"{letter}\u00a0{item.text}", item.mark) for item in own)
    free, inner = area.height - high, area.width - 2 * MARGIN
    for size in _SIZES:
        found = listed(items, inner, size, max(1, int(free / height_of(1, size))))
        if not found.cut and not any(
            breaks_word(HANG + one, inner, size) for item in own for one in item.whole.split()
        ):
            break
    if found.cut:
        notes.append(f"In full, {name}: " + "; ".join(found.cut) + ".")
    sheet.words(
        Area(area.x, area.y + high, area.width, height_of(len(found.lines), size) + 1), found.paragraphs,
        lines=found.lines, size=size, hang=True, name=f"{standard.key} own", group=group,
    )  # fmt: skip


# --- three circles -----------------------------------------------------------------------------------------------


def _three(
    sheet: Sheet, place: Area, standards: Sequence[Side], looks: Mapping[str, Colours],
    found: Mapping[Part, Sequence[Item]], notes: list[str],
) -> None:  # fmt: skip
    # Centres on a triangle whose side is the radius and a bit: each of the seven parts has room for a count.
    side = 1.08
    high = side * math.sqrt(3) / 2
    radius = min(place.height / (2 + high), place.width * 0.56 / (2 + side))
    left, top = place.x, place.y + (place.height - radius * (2 + high)) / 2
    first = (left + radius, top + radius)
    centres = [first, (first[0] + side * radius, first[1]), (first[0] + side * radius / 2, first[1] + high * radius)]
    _circles(sheet, standards, looks, found, [(x, y, radius) for x, y in centres])
    middle = (sum(x for x, _ in centres) / 3, sum(y for _, y in centres) / 3)
    keys = tuple(standard.key for standard in standards)
    spots: dict[Part, tuple[float, float]] = {keys: middle}
    for at, key in enumerate(keys):
        x, y = centres[at]
        spots[(key,)] = (middle[0] + (x - middle[0]) * 1.85, middle[1] + (y - middle[1]) * 1.85)
        others = [centres[i] for i in range(3) if i != at]
        pair = tuple(one for one in keys if one != key)
        x, y = (sum(one[0] for one in others) / 2, sum(one[1] for one in others) / 2)
        spots[pair] = (middle[0] + (x - middle[0]) * 1.75, middle[1] + (y - middle[1]) * 1.75)
    for part, (x, y) in spots.items():
        wide = 0.44 * radius
        big, small = 22.0, 13.0
        high_ = height_of(1, big) + height_of(1, small)
        number, label = len(found.get(part, ())), _label(standards, part)
        group = sheet.group(f"Part {label}", f"{label}: {counted(number)}.")
        top_ = y - high_ / 2
        sheet.words(
            Area(x - wide / 2, top_, wide, height_of(1, big)), [str(number)], lines=[str(number)], size=big, bold=True,
            align="c", name=f"{label} count", group=group,
        )  # fmt: skip
        slack = 0.0 if label.isalpha() else 1.0
        # There is no room in the middle for the labels of three editions.
        told = label if label.isalpha() or len(part) < len(standards) else "all three"
        fits = fit(told, wide - 2 * MARGIN, height_of(1 if told.isalpha() else 2, small), (small, 12.0, FONT_FLOOR))
        sheet.words(
            Area(x - wide / 2, top_ + height_of(1, big), wide, height_of(len(fits.lines), small) + slack), [told],
            lines=fits.lines, size=fits.size, align="c", name=f"{label} letters", group=group,
        )  # fmt: skip
    right = left + radius * (2 + side) + 24
    _table(sheet, Area(right, place.y, place.right - right, place.height), standards, found, notes)


def _table(
    sheet: Sheet, area: Area, standards: Sequence[Side], found: Mapping[Part, Sequence[Item]], notes: list[str],
) -> None:  # fmt: skip
    """Say beside the circles what each part means and what is in it."""
    named = {standard.key: held(standard.designation) for standard in standards}
    texts = {}
    for part, names in found.items():
        label = _label(standards, part)
        who = " and ".join(named[key] for key in part) + (" share" if len(part) > 1 else " own")
        who = "all three share" if len(part) == len(standards) else who
        texts[part] = (Item(f"{label} {counted(len(names))}: {who}"), Item("; ".join(item.whole for item in names)))
    inner, between = area.width - 2 * MARGIN, 6.0
    for size in _SIZES[1:]:
        wanted = {part: len(listed(text, inner, size).lines) for part, text in texts.items()}
        most = int((area.height - between * len(texts)) / height_of(1, size))
        if sum(wanted.values()) <= most:
            break
    while sum(wanted.values()) > most and max(wanted.values()) > 2:
        wanted[max(wanted, key=lambda part: (wanted[part], part))] -= 1
    top = area.y
    for part, lines in wanted.items():
        fits = listed(texts[part], inner, size, lines)
        if fits.cut:
            notes.append(f"In full, {texts[part][0].text}: {texts[part][1].text}.")
        height = height_of(len(fits.lines), size) + 1
        sheet.words(
            Area(area.x, top, area.width, height), fits.paragraphs, lines=fits.lines, size=size,
            name=f"{_label(standards, part)} in words", group=f"Part {_label(standards, part)}", hang=True,
        )  # fmt: skip
        top += height + between
