"""What every part of the page needs to know: the standards with their places and colours, and clauses by reference."""

from __future__ import annotations

from attrs import frozen

from imsmap.analyses.requirements import RequiredClause
from imsmap.drawing.colour import INK, PAPER, READS, contrast, palettes
from imsmap.exporters.html.reports import Reports
from imsmap.report import Side
from imsmap.wording import listed


@frozen
class Shown:
    """A standard on the page: its place among them, and its colours, which no other of them has."""

    side: Side
    place: int
    dark: str
    tint: str

    @property
    def key(self) -> str:
        """Its key, by which all parts of the page find it."""
        return self.side.key

    @property
    def name(self) -> str:
        """What it is called."""
        return self.side.designation

    @property
    def tag(self) -> str:
        """What stands on its colour."""
        return self.side.label

    @property
    def kind(self) -> str:
        """Its class in the style sheet."""
        return f"side-{self.place}"


class Scene:
    """The reports behind one page."""

    def __init__(self, reports: Reports) -> None:
        """Look up what all parts share."""
        self.reports = reports
        self.matrix = reports.matrix.answer
        found = palettes(self.matrix.standards)
        self.sides = tuple(
            Shown(side, place, found[side.key].dark, found[side.key].tint)
            for place, side in enumerate(self.matrix.standards)
        )
        self.by_key = {shown.key: shown for shown in self.sides}
        self.clauses = reports.requirements.answer.clauses
        self.columns = self._columns()
        self.titles = {entry.clause.ref: entry.clause.name for entry in self.clauses}
        self.closest = self.matrix.closest if len(self.sides) > 1 else {}

    def _columns(self) -> dict[tuple[str, str], list[RequiredClause]]:
        """Sort the clauses into columns and bands, by their standard and the number of the heading above all others."""
        found: dict[tuple[str, str], list[RequiredClause]] = {}
        for entry in self.clauses:
            found.setdefault((entry.standard, entry.clause.line[-1]), []).append(entry)
        return found

    def side(self, ref: str) -> Shown:
        """Give the standard that a reference is of."""
        return self.by_key[ref.partition(":")[0]]

    @property
    def names(self) -> str:
        """List the standards."""
        return listed(shown.name for shown in self.sides)


def ink_on(ground: str) -> str:
    """Choose a colour for text that reads on a ground, whatever the ground is."""
    for ink in (INK, PAPER):
        if contrast(ink, ground) >= READS:
            return ink
    return "#000000"
