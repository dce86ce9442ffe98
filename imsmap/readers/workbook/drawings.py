"""What lies over the cells of a sheet: the words of text boxes with their places, and what else lies where."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, field

from imsmap.readers.workbook.cells import letters_of
from imsmap.readers.workbook.package import Package
from imsmap.readers.workbook.remarks import Place

_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_DRAWN = {"pic": "picture", "sp": "shape", "cxnSp": "line", "contentPart": "ink", "graphicFrame": "chart"}
_FRAMES = {"diagram": "diagram", "slicer": "slicer", "timeslicer": "timeline"}
"""What a frame holds that is no chart, by the last word of its kind."""


@define
class Drawn:
    """What lies over a sheet. boxes: words by the cell under them; others: what else, with the cell under it."""

    boxes: dict[Place, str] = field(factory=dict)
    others: list[tuple[str, str]] = field(factory=list)


def read_drawing(package: Package, part: str) -> Drawn:
    """Read what lies over a sheet."""
    walk = _Walk()
    package.parse(part, walk.start, walk.end, walk.characters)
    return walk.found


class _Walk:
    """One pass over a drawing's XML."""

    def __init__(self) -> None:
        """Begin before the first thing."""
        self.found = Drawn()
        self._corner = {"row": 0, "col": 0}
        self._taking = ""
        self._words: list[str] = []
        self._things: list[str] = []
        self._from = False
        self._instead = self._said = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an element's begin."""
        if tag == "Fallback":
            self._instead += 1
        if self._instead:
            return  # how an older program shows what stands there already
        if tag in _ANCHORS:
            self._corner.update(row=0, col=0)
            self._words.clear()
            self._things.clear()
        elif tag == "from":
            self._from = True
        elif tag == "t" or (self._from and tag in self._corner):
            self._taking = tag
        elif tag in _DRAWN:
            self._things.append(_DRAWN[tag])
            self._said = len(self._words)
        elif tag == "graphicData" and self._things:
            kind = attributes.get("uri", "").rpartition("/")[2]
            self._things[-1] = _FRAMES.get(kind, self._things[-1])

    def end(self, tag: str) -> None:
        """Take an element's end."""
        if tag == "Fallback":
            self._instead -= 1
        elif self._instead:
            return
        elif tag == "from":
            self._from = False
        elif tag == self._taking:
            self._taking = ""
        elif tag == "p":
            self._words.append("\n")
        elif tag == "sp" and "".join(self._words[self._said :]).strip():
            self._things.remove(_DRAWN["sp"])  # its words are kept
        elif tag in _ANCHORS:
            self._place()

    def characters(self, text: str) -> None:
        """Take text."""
        if self._taking == "t":
            self._words.append(text)
        elif self._taking and text.strip().isdigit():
            last = 16_383 if self._taking == "col" else 1_048_575
            self._corner[self._taking] = min(int(text.strip()[:7]), last)

    def _place(self) -> None:
        row, column = self._corner["row"] + 1, self._corner["col"] + 1
        self.found.others += ((what, f"{letters_of(column)}{row}") for what in self._things)
        if said := "".join(self._words).strip():
            before = self.found.boxes.get((row, column))
            self.found.boxes[row, column] = "\n".join(filter(None, (before, f"text box: {said}")))
