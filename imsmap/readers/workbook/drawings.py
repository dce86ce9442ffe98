"""What lies over the cells of a sheet: the words of text boxes with their places, and where pictures lie."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, field

from imsmap.readers.workbook.cells import letters_of
from imsmap.readers.workbook.package import Package
from imsmap.readers.workbook.remarks import Place

_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")


@define
class Drawn:
    """What lies over a sheet. boxes: words by the cell under them; pictures: the cells under them."""

    boxes: dict[Place, str] = field(factory=dict)
    pictures: list[str] = field(factory=list)


def read_drawing(package: Package, part: str) -> Drawn:
    """Read what lies over a sheet."""
    found = Drawn()
    corner = {"row": 0, "col": 0}
    taking: str = ""
    words: list[str] = []
    from_ = False

    def start(tag: str, _: Mapping[str, str]) -> None:
        nonlocal taking, from_
        if tag in _ANCHORS:
            corner.update(row=0, col=0)
            words.clear()
        elif tag == "from":
            from_ = True
        elif tag == "t" or (from_ and tag in corner):
            taking = tag
        elif tag == "pic":
            found.pictures.append(f"{letters_of(corner['col'] + 1)}{corner['row'] + 1}")

    def end(tag: str) -> None:
        nonlocal taking, from_
        if tag == "from":
            from_ = False
        elif tag == taking:
            taking = ""
        elif tag == "p":
            words.append("\n")
        elif tag in _ANCHORS and (said := "".join(words).strip()):
            place = (corner["row"] + 1, corner["col"] + 1)
            found.boxes[place] = "\n".join(filter(None, (found.boxes.get(place), f"text box: {said}")))

    def characters(text: str) -> None:
        if taking == "t":
            words.append(text)
        elif taking and text.strip().isdigit():
            corner[taking] = min(int(text.strip()[:7]), 16_383 if taking == "col" else 1_048_575)

    package.parse(part, start, end, characters)
    return found
