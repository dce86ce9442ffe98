"""The three numbers as something to draw: built once, looked at together, apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from imsmap.drawing.colour import CORE, Colours
from imsmap.drawing.marks import Entry, Share
from imsmap.library.model import Kin
from imsmap.wording import together

if TYPE_CHECKING:
    from imsmap.parts import Side
    from imsmap.reasoning.shares import Tally

CORE_WORD, RELATED_WORD, ALONE_WORD, UNKNOWN_WORD = "built once", "looked at together", "apart", "not looked at"
LEGEND = {
    "core": "core: built once",
    "related": "related: look at them together",
    "alone": "alone: one standard only",
    "touches": "touches: a reminder, counted as alone",
    "unknown": "not looked at",
    "misleads": "same number, different duty",
}
"""What each mark says in a legend."""


def kind_of(kin: Kin) -> str:
    """Give the class in the three numbers: what merely touches is counted as alone."""
    if kin.is_core:
        return "core"
    return {Kin.RELATED: "related", Kin.NOT_ASSESSED: "unknown"}.get(kin, "alone")


def legend(*kinds: str) -> tuple[Entry, ...]:
    """Give the legend of what a picture shows, in the order of the classes."""
    return tuple(Entry(kind, words) for kind, words in LEGEND.items() if kind in kinds)


def story(tally: Tally, sides: Sequence[Side], looks: Mapping[str, Colours]) -> tuple[Share, ...]:
    """Give the runs of the strip: core, related, alone by who holds it, and what nobody has looked at."""
    labels = {side.key: side.label for side in sides}
    shares = [Share(tally.core, "core"), Share(tally.related, "related", tuple(looks[side.key] for side in sides))]
    for keys, count in tally.alone.items():
        look = looks[keys[0]] if len(keys) == 1 else CORE
        shares.append(Share(count, "alone", (look,), together(labels[key] for key in keys)))
    shares.append(Share(tally.not_assessed, "unknown"))
    return tuple(share for share in shares if share.count)


def numbers(tally: Tally) -> tuple[tuple[int, str], ...]:
    """Give the numbers that sum to all topics, each with its word; nobody's word only where there is something."""
    told = [(tally.core, CORE_WORD), (tally.related, RELATED_WORD), (tally.by_themselves, ALONE_WORD)]
    return (*told, (tally.not_assessed, UNKNOWN_WORD)) if tally.not_assessed else tuple(told)
