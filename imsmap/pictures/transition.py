"""What changes between two editions: what stays, is reworded, moves, is new or gone, as bands from clause to clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from imsmap import about
from imsmap.analyses.transition import Change, Transition, TransitionAnswer
from imsmap.drawing import (
    ALERT,
    CORE,
    FAINT,
    FONT_FLOOR,
    GREY,
    INK,
    PAPER,
    Area,
    Colours,
    Fitted,
    Picture,
    Sheet,
    Size,
    fit,
    frame,
    height_of,
    held,
    palettes,
    source_line,
    unmarked,
    width_of,
)
from imsmap.library.editions import SURE
from imsmap.report import Report
from imsmap.values import frozen
from imsmap.wording import unchecked

ABOUT = about.Picture(of="transition", slide="what changes in the new edition", place=90)
KINDS = ("unchanged", "changed", "moved", "new", "gone")
WORDS = {"unchanged": "unchanged", "changed": "changed", "moved": "moved", "new": "new", "gone": "gone"}
MEANS = {
    "unchanged": "or in other words", "changed": "in what is asked", "moved": "to another number",
    "new": "not asked before", "gone": "asked no more",
}  # fmt: skip
"""What the words mean, in the legend."""
BAR, HEAD, GAP = 12.0, 24.0, 8.0
NUMBERS = 186.0
"""The width that the five numbers take at the left."""


@frozen
class Band:
    """Leaf clauses that go from one main clause to another in the same way; without one end they are new or gone.

    count: how many ways. from_old, to_new: how many leaf clauses of either edition these are, shares included.
    """

    old: str
    new: str
    kind: str
    count: int
    from_old: float
    to_new: float


def draw(report: Report[TransitionAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw, a page for each transition, the old edition at the left, the new one at the right, and bands between."""
    return tuple(_page(report, one, size) for one in report.answer.transitions)


def _page(report: Report[TransitionAnswer], answer: Transition, size: Size) -> Picture:
    looks = palettes((answer.old, answer.new))
    look = looks[answer.new.key]
    bands = _bands(answer)
    counts = _counts(answer)
    title = _title(answer, counts)
    sheet = Sheet(size)
    source = _source(report, answer)
    place = frame(sheet, title, "", source)
    # On a narrow page they take what their longest word does, so that none breaks.
    least = _before_words(sheet.type.hero_small) + max(width_of(WORDS[kind], sheet.type.body, True) for kind in KINDS)
    numbers = min(NUMBERS, max(place.width * 0.26, least + 8))
    _numbers(sheet, Area(place.x, place.y, numbers, place.height), answer, counts, look)
    _flow(sheet, Area(place.x + numbers, place.y, place.width - numbers, place.height), answer, bands, look)
    named = [_named(kind, answer) for kind in ("changed", "moved", "new", "gone")]
    alt = f"{title.replace('**', '')}. " + " ".join(filter(None, sheet.groups.values()))
    definition = (
        "Unchanged: the same is asked, in other words or under another title, too. "
        "Changed: broadened, narrowed, clarified. "
        "Moved: under another number. Heights are leaf clauses, one scale."
    )
    notes = [answer.message, definition, *filter(None, named), *report.notes, source]
    return sheet.picture("transition", title, alt, notes)


# --- what it says ------------------------------------------------------------------------------------------------


def kind_of_change(change: Change) -> str:
    """Give the one of the five kinds in which a change is drawn."""
    if change.old is None:
        return "new"
    if change.new is None:
        return "gone"
    if "renumbered" in change.types:
        return "moved"
    return "changed" if {"broadened", "narrowed", "clarified"} & set(change.types) else "unchanged"


def _leaves(answer: Transition) -> list[Change]:
    return [change for change in answer.changes if change.leaf]


def _counts(answer: Transition) -> Counter[str]:
    """Count the leaf clauses of the new edition by kind, each once, and those of the old one that are gone."""
    found: Counter[str] = Counter()
    for changes in answer.leaves.values():
        kinds = {kind_of_change(change) for change in changes}
        found[next(kind for kind in ("new", "moved", "changed", "unchanged") if kind in kinds)] += 1
    found["gone"] = sum(change.new is None for change in _leaves(answer))
    return found


def _bands(answer: Transition) -> list[Band]:
    """Gather the ways from main clause to main clause; a leaf clause with several ways gives each of them a share."""
    leaves = _leaves(answer)
    out = Counter(change.old.ref for change in leaves if change.old)
    into = Counter(change.new.ref for change in leaves if change.new)
    found: dict[tuple[str, str, str], list[tuple[float, float]]] = {}
    for change in leaves:
        ends = change.old.main if change.old else "", change.new.main if change.new else ""
        shares = 1 / out[change.old.ref] if change.old else 0.0, 1 / into[change.new.ref] if change.new else 0.0
        found.setdefault((*ends, kind_of_change(change)), []).append(shares)
    return [
        Band(*key, len(shares), sum(old for old, _ in shares), sum(new for _, new in shares))
        for key, shares in found.items()
    ]


def _title(answer: Transition, counts: Counter[str]) -> str:
    new = answer.new
    total = len(answer.leaves)
    stay = counts["unchanged"]
    verb = "stays as and where it is" if stay == 1 else "stay as and where they are"
    gains: Counter[str] = Counter()
    for change in _leaves(answer):
        if change.new is not None and kind_of_change(change) != "unchanged":
            gains[change.new.main] += 1
    heads = {change.new.number: change.new.title for change in answer.changes if change.new and not change.leaf}
    most = max(gains, key=lambda main: gains[main]) if gains else ""
    where = unmarked(heads.get(most, ""))
    tail = f"; {where[:1].lower()}{where[1:]} changes most" if where else ""
    return f"{held(new.designation)}: **{stay} of {total} clauses {verb}**{tail}"


def _source(report: Report[TransitionAnswer], answer: Transition) -> str:
    sure = min((change.confidence for change in _leaves(answer)), default=1.0)
    how = unchecked(answer.new.checked, answer.new.points)
    told = f" Told from what was published, {how}; confidence {sure:g} at least." if how and sure < SURE else ""
    return f"Heights are leaf clauses, one scale.{told} {source_line((answer.old, answer.new), report.data_version)}"


def _named(kind: str, answer: Transition) -> str:
    found = []
    for change in _leaves(answer):
        if kind_of_change(change) == kind:
            one, other = (end.number if end else "" for end in (change.old, change.new))
            title = (change.new or change.old).words if change.new or change.old else ""  # type: ignore[union-attr]
            found.append(f"{one} to {other}" if kind == "moved" else title)
    return f"{WORDS[kind].capitalize()}: {'; '.join(found)}." if found else ""


# --- where it stands ---------------------------------------------------------------------------------------------


def _look(kind: str, look: Colours) -> tuple[str, str]:
    """Give the fill and the edge of a kind."""
    return {
        "unchanged": (FAINT, ""), "changed": (look.tint, ""), "moved": (look.dark, ""), "new": (PAPER, look.dark),
        "gone": (PAPER, ALERT),
    }[kind]  # fmt: skip


def _before_words(size: float) -> float:
    """Tell how far from the left the words of the five numbers begin: after the key and two figures of a size."""
    return 14 + width_of("00", size, bold=True) + 2 + 8


def _numbers(sheet: Sheet, area: Area, answer: Transition, counts: Counter[str], look: Colours) -> None:
    """Write the five numbers, which are the legend."""
    kinds = [kind for kind in KINDS if counts[kind] or kind in ("unchanged", "changed", "moved")]
    high = min(max(66.0, height_of(1, sheet.type.hero_small) + 6), (area.height - 10) / len(kinds))
    size = sheet.type.hero_small if height_of(1, sheet.type.hero_small) <= high - 4 else 28.0
    before = len({change.old.ref for change in _leaves(answer) if change.old})
    top = area.y + 10
    for kind in kinds:
        total = before if kind == "gone" else len(answer.leaves)
        fill, line = _look(kind, look)
        group = sheet.group(f"Count {kind}", f"{counts[kind]} {WORDS[kind]} of {total}: {MEANS[kind]}.")
        sheet.mark(
            Area(area.x, top + 6, 6, high - 16), name=f"{kind} key", fill=fill, line=line or None, weight=1.25,
            dashed=kind == "gone", group=group,
        )  # fmt: skip
        number = str(counts[kind])
        wide = _before_words(size) - 22
        sheet.words(
            Area(area.x + 14, top, wide, high - 4), [number], lines=[number], size=size, bold=True, align="r",
            name=f"{kind} count", group=group, pad=0, ink=ALERT if kind == "gone" and counts[kind] else INK,
        )  # fmt: skip
        left = area.x + 14 + wide + 8
        body = sheet.type.body
        sheet.words(
            Area(left, top + high / 2 - 1 - height_of(1, body), area.right - left - 4, height_of(1, body)),
            [WORDS[kind]], size=body, bold=True, name=f"{kind} word", group=group, align="l", pad=0,
        )  # fmt: skip
        sheet.words(
            Area(left, top + high / 2 - 1, area.right - left - 4, height_of(1, FONT_FLOOR)), [f"of {total}"],
            size=FONT_FLOOR, ink=GREY, name=f"{kind} whole", group=group, align="l", pad=0,
        )  # fmt: skip
        under = top + high / 2 - 1 + height_of(1, FONT_FLOOR)
        means, room = MEANS[kind], area.right - left
        if width_of(means, FONT_FLOOR) <= room and under + height_of(1, FONT_FLOOR) <= top + high:
            sheet.words(
                Area(left, under, room, height_of(1, FONT_FLOOR)), [means], lines=[means], size=FONT_FLOOR, ink=GREY,
                name=f"{kind} meaning", group=group, align="l", pad=0,
            )  # fmt: skip
        top += high


def _flow(sheet: Sheet, area: Area, answer: Transition, bands: Sequence[Band], look: Colours) -> None:
    mains = {
        "old": _mains(answer, old=True),
        "new": _mains(answer, old=False),
    }
    totals = {
        "old": {main: round(sum(band.from_old for band in bands if band.old == main)) for main in mains["old"]},
        "new": {main: round(sum(band.to_new for band in bands if band.new == main)) for main in mains["new"]},
    }
    most = max(sum(one.values()) for one in totals.values())
    rows = max(len(one) for one in mains.values())
    head = max(HEAD, height_of(1, sheet.type.body) + 2)
    scale = (area.height - head - GAP * (rows - 1)) / max(most, 1)
    # A narrow flow gives more of its width to the names, and to the counts of the new edition no more than they take.
    labels = min(200.0, area.width * (0.34 if area.width >= 360 else 0.44))
    counts = min(96.0, width_of("10  88, 88 new", 13.0, bold=True) + 10) if area.width < 360 else 96.0
    left = Area(area.x + labels, area.y + head, BAR, area.height - head)
    right = Area(area.right - counts - BAR, area.y + head, BAR, area.height - head)
    tops = {side: _tops(totals[side], scale, left) for side in totals}
    used = {side: dict(found) for side, found in tops.items()}
    spans = []
    for kind in KINDS:
        for band in sorted((b for b in bands if b.kind == kind), key=lambda b: (_order(b.old), _order(b.new))):
            ends = {}
            for side, main, lane, share in (
                ("old", band.old, left, band.from_old), ("new", band.new, right, band.to_new),
            ):  # fmt: skip
                if main:
                    high = share * scale
                    ends[side] = Area(lane.x, used[side][main], BAR, high)
                    used[side][main] += high
            spans.append((band, ends))
    group = sheet.group("Bands", "Bands from each main clause of the old edition to those of the new one.")
    for band, ends in spans:
        _band(sheet, band, ends, look, group)
    for side, lane in (("old", left), ("new", right)):
        _bars(sheet, lane, side, answer, mains[side], tops[side], totals[side], scale, bands, labels, area)


def _band(sheet: Sheet, band: Band, ends: Mapping[str, Area], look: Colours, group: str) -> None:
    fill, line = _look(band.kind, look)
    name = f"{band.kind} {band.old or '-'} {band.new or '-'}"
    if len(ends) == 2:
        one, other = ends["old"], ends["new"]
        sheet.ribbon(
            Area(one.x - 0.5, one.y, one.width, one.height), Area(other.x + 0.5, other.y, other.width, other.height),
            name=name, group=group, fill=fill,
        )  # fmt: skip
        return
    ((side, end),) = ends.items()
    x = end.right + 2 if side == "old" else end.x - 32
    sheet.mark(
        Area(x, end.y, 30, max(end.height - 1, 2)), name=name, group=group, fill=fill, line=line, weight=1.25,
        dashed=side == "old",
    )  # fmt: skip


def _mains(answer: Transition, *, old: bool) -> dict[str, str]:
    """Give the main clauses of an edition that ask for something, with their titles, in its order."""
    ends = [(change.old if old else change.new, change.leaf) for change in answer.changes]
    titles = {end.number: end.title for end, _ in ends if end}
    found = sorted({end.main for end, leaf in ends if end and leaf}, key=_order)
    return {main: unmarked(titles.get(main, "")) for main in found}


def _order(main: str) -> tuple[int, str]:
    return (int(main), "") if main.isdigit() else (10**6, main)


def _tops(totals: Mapping[str, int], scale: float, lane: Area) -> dict[str, float]:
    gap = (lane.height - sum(totals.values()) * scale) / max(len(totals) - 1, 1)
    found, top = {}, lane.y
    for main, count in totals.items():
        found[main] = top
        top += count * scale + gap
    return found


def _bars(
    sheet: Sheet, lane: Area, side: str, answer: Transition, mains: Mapping[str, str], tops: Mapping[str, float],
    totals: Mapping[str, int], scale: float, bands: Sequence[Band], labels: float, area: Area,
) -> None:  # fmt: skip
    body = sheet.type.body
    standard = answer.old if side == "old" else answer.new
    name, leaves = standard.designation, standard.leaf_clauses
    head = f"{name.rpartition(':')[2]}: {leaves}"
    wide = width_of(head, body, bold=True) + 2
    x = lane.x + BAR - wide if side == "old" else lane.x
    group = sheet.group(f"Edition {side}", f"{name}: {leaves} leaf clauses.")
    sheet.words(
        Area(x, area.y, wide, height_of(1, body)), [head], lines=[head], size=body, bold=True, name=f"{side} head",
        group=group, pad=0,
        align="r" if side == "old" else "l",
    )  # fmt: skip
    # One size for all the names: the largest in which each has room beside its count.
    gone = {main: sum(b.count for b in bands if b.old == main and not b.new) for main in mains}
    counts = {main: f"{totals[main]}" + (f", {gone[main]} gone" if gone[main] else "") for main in mains}
    broad = max((width_of(count, body) for count in counts.values()), default=0.0) + 2
    room = labels - broad - 18
    size = next(
        (one for one in (body, 12.0) if all(width_of(f"{main} {title}", one) <= room
                                            for main, title in mains.items())),
        FONT_FLOOR,
    )  # fmt: skip
    middles = [tops[main] + totals[main] * scale / 2 for main in mains]
    names = _whole_names(mains, middles, room, size)
    for main, told in names.items():
        high = totals[main] * scale
        sheet.box(
            Area(lane.x, tops[main], BAR, high), name=f"{side} {main}", fill=CORE.dark, role="bar", group=group,
        )  # fmt: skip
        middle = tops[main] + high / 2
        if side == "old":
            count = counts[main]
            high = height_of(len(told.lines), told.size)
            sheet.words(
                Area(lane.x - 16 - broad - room, middle - high / 2, room, high), [told.text], lines=told.lines,
                size=told.size, name=f"old {main} name", align="r", group=group, pad=0,
            )  # fmt: skip
            sheet.words(
                Area(lane.x - 8 - broad, middle - height_of(1, body) / 2, broad, height_of(1, body)), [count],
                lines=[count], size=body, align="r",
                name=f"old {main} count", group=group, pad=0,
            )  # fmt: skip
        else:
            new = sum(b.count for b in bands if b.new == main and not b.old)
            count = f"**{main}**  {totals[main]}" + (f", {new} new" if new else "")
            sheet.words(
                Area(lane.right + 6, middle - 9, area.right - lane.right - 6, 18), [count], size=min(body, 13.0),
                name=f"new {main} count", align="l", group=group, pad=0,
            )  # fmt: skip


def _whole_names(mains: Mapping[str, str], middles: Sequence[float], room: float, size: float) -> dict[str, Fitted]:
    """Set the names of main clauses: one too long for its line takes two, if then none stands on its neighbours."""
    whole = {main: f"{main} {title}" for main, title in mains.items()}
    for points in (size, FONT_FLOOR):
        told = {main: fit(name, room, height_of(2, points), (points,)) for main, name in whole.items()}
        highs = [height_of(len(one.lines), points) for one in told.values()]
        between = zip(pairwise(middles), pairwise(highs), strict=True)
        if all(after - before >= sum(two) / 2 for (before, after), two in between):
            return told
    return {main: fit(name, room, height_of(1, size), (size,)) for main, name in whole.items()}
