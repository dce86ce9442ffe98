"""The rules of the decision as formulas over the sheet Decision.

All sums are of whole numbers and no comparison divides, so that sheet and command can't disagree by rounding.
"""

from __future__ import annotations

from collections.abc import Mapping

from imsmap.decision.rules import (
    AHEAD,
    BOTH,
    CAPABLE,
    CAPACITY,
    COUNTS,
    NEITHER,
    PHASED,
    TOGETHER,
    UNKNOWN,
    candidates,
    classes,
    first,
)
from imsmap.exporters.excel.grid import Grid
from imsmap.library.guides import Criterion

_NEVER = 2_958_465
"""The last day that a spreadsheet knows."""
INPUTS = {
    "named": "named by a gate",
    "held": "held",
    "due": "due (0 = no date)",
    "least": "sum, at least",
    "most": "sum, at most",
    "weights": "sum of weights",
    "capacity": "capacity, from and to",
}
INPUT_ROWS = {name: row for row, name in enumerate(INPUTS, 12)}
"""The row of each figure, counted from 1; the row above names the columns."""
FLAG_ROW, FLAGS = 21, 5
"""The row of the first class, counted from 1, and how many classes there are."""
WORKING = range(11, FLAG_ROW + FLAGS)
"""The rows of all that is only worked with, counted from 1: they are folded away."""
FLAG_KEYS = ("answer", "weight", "date", "evidence", "used")
"""Under which columns the scenarios stand, and what is possible of all."""


class Rules:
    """Where everything stands on the sheet, and the formulas of the rules."""

    def __init__(self, grid: Grid, criteria: tuple[Criterion, ...]) -> None:
        """Find the rows of the table."""
        self.grid = grid
        self.criteria = criteria
        one, two = candidates(criteria)
        self.sides = (one, two)
        self.classes = classes(self.sides)
        self.rows = {line.id: row for row, line in enumerate(grid.lines, grid.first + 1)}
        gates = [row for id_, row in self.rows.items() if id_.startswith("gate-")]
        self.gates = range(min(gates), max(gates) + 1)
        self.labels, self.one, self.two = (grid.letter(key) for key in ("used", "low", "high"))

    def cells(self, key: str, rows: range) -> str:
        """Name a column's cells in some rows."""
        letter = self.grid.letter(key)
        return f"${letter}${rows[0]}:${letter}${rows[-1]}"

    def cell(self, key: str, id_: str) -> str:
        """Name a cell of the table."""
        return f"${self.grid.letter(key)}${self.rows[id_]}"

    def input(self, name: str, side: str) -> str:
        """Name the cell of a figure that the rules start from."""
        return f"${self.one if side == self.sides[0] else self.two}${INPUT_ROWS[name]}"

    def inputs(self, name: str, side: str) -> str:
        """Give the formula of such a figure."""
        answers, dates = self.cells("answer", self.gates), self.cells("date", self.gates)
        mine = [criterion.id for criterion in self.criteria if criterion.side == side]
        column = {"least": "low", "most": "high", "weights": "used"}.get(name, "")
        if column:
            return f"SUM({self.cells(column, range(self.rows[mine[0]], self.rows[mine[-1]] + 1))})"
        if name == "named":
            return f'IF(COUNTIF({answers},"{side}")+COUNTIF({answers},"{BOTH}")>0,1,0)'
        if name == "held":
            return f'IF(COUNTIF({self.cell("answer", f"held-{side}")},"yes")>0,1,0)'
        if name == "capacity":
            return self.cell("low" if side == self.sides[0] else "high", CAPACITY)
        named = f'COUNTIF({answers},"{side}")+COUNTIF({answers},"{BOTH}")'
        dated = f'SUMPRODUCT((({answers}&""="{side}")+({answers}&""="{BOTH}"))*ISNUMBER({dates}))'
        letters = self.grid.letter("answer"), self.grid.letter("date")
        each = ",".join(
            f'IF(AND(OR(${letters[0]}${row}&""="{side}",${letters[0]}${row}&""="{BOTH}"),ISNUMBER(${letters[1]}${row})),'
            f"${letters[1]}${row},{_NEVER})"
            for row in self.gates
        )
        return f"IF(AND({named}>0,{named}={dated}),MIN({each}),0)"

    def asked(self) -> str:
        """Tell whether a gate does not say which standard it means."""
        return f'COUNTIF({self.cells("answer", self.gates)},"{UNKNOWN}")>0'

    def flag(self, word: str, scenario: int) -> str:
        """Give the formula that tells whether a class is possible in a scenario."""
        one, two = self.sides
        held = {side: f"{self.input('held', side)}=1" for side in self.sides}
        sure = {one: scenario in (1, 3), two: scenario in (2, 3)}
        due_ = {
            side: f"{self.input('held', side)}=0"
            if sure[side]
            else f"AND({self.input('named', side)}=1,{self.input('held', side)}=0)"
            for side in self.sides
        }
        both = f"AND({due_[one]},{due_[two]})"
        dates = [self.input("due", side) for side in self.sides]
        apart = "FALSE" if scenario else f"AND({dates[0]}>0,{dates[1]}>0,{dates[0]}<>{dates[1]})"
        undated = "TRUE" if scenario else f"OR({dates[0]}=0,{dates[1]}=0)"
        low, high = (self.input("capacity", side) for side in self.sides)
        weighed = self._weighed()[word]
        if word in (first(one), first(two)):
            side, other = (one, two) if word == first(one) else (two, one)
            formula = f"IF({both},FALSE,IF({due_[side]},NOT({held[other]}),IF({due_[other]},FALSE,{weighed})))"
        elif word == PHASED:
            ordered = f"OR({apart},{undated},{low}<{CAPABLE})"
            alone = f"IF({due_[two]},{held[one]},{weighed})"
            formula = f"IF({both},{ordered},IF({due_[one]},{held[two]},{alone}))"
        else:
            at_once = f"AND(NOT({apart}),{high}>={CAPABLE})" if word == TOGETHER else "FALSE"
            formula = f"IF({both},{at_once},IF(OR({due_[one]},{due_[two]}),FALSE,{weighed}))"
        return f"=IF({formula},1,0)"

    def _weighed(self) -> dict[str, str]:
        """Give for each class the formula that tells whether the criteria leave it possible."""
        one, two = self.sides
        n, d = COUNTS.numerator, COUNTS.denominator
        least, most, weights, held = (
            {side: self.input(name, side) for side in self.sides} for name in ("least", "most", "weights", "held")
        )
        may = {side: f"{d}*{most[side]}>={n}*{weights[side]}" for side in self.sides}
        may_not = {side: f"{d}*{least[side]}<{n}*{weights[side]}" for side in self.sides}
        product = f"{weights[one]}*{weights[two]}"

        def gap(side: str, other: str, mine: Mapping[str, str], theirs: Mapping[str, str]) -> str:
            return f"{mine[side]}*{weights[other]}-{theirs[other]}*{weights[side]}"

        near = (
            "AND("
            + ",".join(f"{gap(side, other, least, most)}<{AHEAD}*{product}" for side, other in ((one, two), (two, one)))
            + ")"
        )
        close = f"AND({may[one]},{may[two]},{near})"
        none = f"AND({held[one]}=0,{held[two]}=0)"
        every = f"AND({held[one]}=1,{held[two]}=1)"
        found = {}
        for side, other in ((one, two), (two, one)):
            ahead = f"{gap(side, other, most, least)}>={AHEAD}*{product}"
            found[first(side)] = f"AND({none},{may[side]},OR({may_not[other]},{ahead}))"
        low, high = (self.input("capacity", side) for side in self.sides)

        def by_held(each: str, only_one: str, only_two: str, neither: str) -> str:
            return f"IF({every},{each},IF({held[one]}=1,{only_one},IF({held[two]}=1,{only_two},{neither})))"

        found[PHASED] = by_held("FALSE", may[two], may[one], f"AND({close},{low}<{CAPABLE})")
        found[TOGETHER] = by_held("TRUE", "FALSE", "FALSE", f"AND({close},{high}>={CAPABLE})")
        found[NEITHER] = by_held("FALSE", may_not[two], may_not[one], f"AND({may_not[one]},{may_not[two]})")
        return found
