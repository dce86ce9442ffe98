"""The reverse of numbers that mislead: pairs that are one matter under two numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imsmap.analyses.friends import FriendsAnswer, SameMatter
from imsmap.drawing import FONT_FLOOR, GREY, Area, Colours, Sheet, badge, fit, height_of, held, width_of
from imsmap.parts import ClauseName, Side


def label_of(clause: ClauseName, labels: Mapping[str, str]) -> str:
    """Name a clause by its label and number."""
    return held(f"{labels[clause.standard]} {clause.number}")


def draw_reverse(
    sheet: Sheet, area: Area, standards: Sequence[Side], looks: Mapping[str, Colours], pairs: Sequence[SameMatter],
    answer: FriendsAnswer,
) -> None:  # fmt: skip
    """Name the strongest pairs that are one matter under two numbers."""
    labels = {side.key: side.label for side in standards}
    body = sheet.type.body
    line = height_of(1, body)
    left = max(150 * area.width / 888, width_of("other number,", body) + 12)
    top = area.y + 10
    group = sheet.group(
        "The reverse",
        "Other number, same matter: "
        + "; ".join(
            ", ".join(filter(None, (f"{label_of(p.subject, labels)} and {label_of(p.object, labels)}", p.matter)))
            for p in pairs
        )
        + ".",
    )
    sheet.words(
        Area(area.x, top, left - 8, 3 * line), ["**The reverse**", "other number,", "same matter"], size=body,
        name="reverse", group=group, pad=0, align="l", anchor="t",
    )  # fmt: skip
    # As many of the strongest as stand beside each other.
    wides = [sum(26 + width_of(labels[one.standard] + one.number, 16, bold=True) + 14 for one in _ends(pair))
             for pair in pairs]  # fmt: skip
    shown = max((count for count in range(1, len(pairs) + 1)
                 if max(wides[:count]) <= (area.width - left) / count + 14), default=1)  # fmt: skip
    width = (area.width - left) / shown
    for at, pair in enumerate(pairs[:shown]):
        x = area.x + left + at * width
        ends = _ends(pair)
        for one in ends:
            x += 6 + badge(
                sheet, x, top + 1, labels[one.standard], looks[one.standard], name=f"{one.ref} badge {at}", group=group
            )  # fmt: skip
            step = width_of(one.number, 16, bold=True) + 2
            sheet.words(
                Area(x, top, step, 20), [one.number], lines=[one.number], size=16, bold=True, pad=0, align="l",
                name=f"reverse {at} {one.ref}", group=group,
            )  # fmt: skip
            x += step + 10
        told = fit(pair.matter, width - 12, line, (body, 12.0, FONT_FLOOR))
        if not pair.matter:
            continue
        sheet.words(
            Area(area.x + left + at * width, top + 22, width - 12, line), [told.text], lines=told.lines, size=told.size,
            name=f"reverse {at} matter", group=group, pad=0, align="l",
        )  # fmt: skip
    total = len(answer.hidden_friends)
    if shown < total:
        told = fit(f"{shown} of {total} pairs shown: the strongest.", area.width - left, line, (body, 12.0, FONT_FLOOR))
        sheet.words(
            Area(area.x + left, top + 22 + line, area.width - left, line), [told.text], lines=told.lines,
            size=told.size, ink=GREY, name="reverse more", group=group, pad=0, align="l",
        )  # fmt: skip


def _ends(pair: SameMatter) -> tuple[ClauseName, ClauseName]:
    return pair.subject, pair.object
