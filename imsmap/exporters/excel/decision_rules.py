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
    CLASSES,
    COUNTS,
    ENVIRONMENT,
    QUALITY,
    SIDES,
    UNKNOWN,
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
FLAG_ROW = 21
"""The row of the first class, counted from 1."""
WORKING = range(11, FLAG_ROW + len(CLASSES))
"""The rows of all that is only worked with, counted from 1: they are folded away."""
FLAG_KEYS = ("answer", "weight", "date", "evidence", "used")
"""Under which columns the scenarios stand, and what is possible of all."""


class Rules:
    """Where everything stands on the sheet, and the formulas of the rules."""

    def __init__(self, grid: Grid, criteria: tuple[Criterion, ...]) -> None:
        """Find the rows of the table."""
        self.grid = grid
        self.criteria = criteria
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
        return f"${self.one if side == QUALITY else self.two}${INPUT_ROWS[name]}"

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
            return self.cell("low" if side == QUALITY else "high", CAPACITY)
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
        held = {side: f"{self.input('held', side)}=1" for side in SIDES}
        sure = {QUALITY: scenario in (1, 3), ENVIRONMENT: scenario in (2, 3)}
        due_ = {
            side: f"{self.input('held', side)}=0"
            if sure[side]
            else f"AND({self.input('named', side)}=1,{self.input('held', side)}=0)"
            for side in SIDES
        }
        both = f"AND({due_[QUALITY]},{due_[ENVIRONMENT]})"
        dates = [self.input("due", side) for side in SIDES]
        apart = "FALSE" if scenario else f"AND({dates[0]}>0,{dates[1]}>0,{dates[0]}<>{dates[1]})"
        undated = "TRUE" if scenario else f"OR({dates[0]}=0,{dates[1]}=0)"
        low, high = (self.input("capacity", side) for side in SIDES)
        weighed = self._weighed()[word]
        if word in CLASSES[:2]:
            side = SIDES[CLASSES.index(word)]
            other = SIDES[1 - SIDES.index(side)]
            formula = f"IF({both},FALSE,IF({due_[side]},NOT({held[other]}),IF({due_[other]},FALSE,{weighed})))"
        elif word == CLASSES[2]:
            ordered = f"OR({apart},{undated},{low}<{CAPABLE})"
            alone = f"IF({due_[ENVIRONMENT]},{held[QUALITY]},{weighed})"
            formula = f"IF({both},{ordered},IF({due_[QUALITY]},{held[ENVIRONMENT]},{alone}))"
        else:
            at_once = f"AND(NOT({apart}),{high}>={CAPABLE})" if word == CLASSES[3] else "FALSE"
            formula = f"IF({both},{at_once},IF(OR({due_[QUALITY]},{due_[ENVIRONMENT]}),FALSE,{weighed}))"
        return f"=IF({formula},1,0)"

    def _weighed(self) -> dict[str, str]:
        """Give for each class the formula that tells whether the criteria leave it possible."""
        n, d = COUNTS.numerator, COUNTS.denominator
        least, most, weights, held = (
            {side: self.input(name, side) for side in SIDES} for name in ("least", "most", "weights", "held")
        )
        may = {side: f"{d}*{most[side]}>={n}*{weights[side]}" for side in SIDES}
        may_not = {side: f"{d}*{least[side]}<{n}*{weights[side]}" for side in SIDES}
        product = f"{weights[QUALITY]}*{weights[ENVIRONMENT]}"

        def gap(one: str, other: str, mine: Mapping[str, str], theirs: Mapping[str, str]) -> str:
            return f"{mine[one]}*{weights[other]}-{theirs[other]}*{weights[one]}"

        near = (
            "AND("
            + ",".join(f"{gap(one, other, least, most)}<{AHEAD}*{product}" for one, other in (SIDES, SIDES[::-1]))
            + ")"
        )
        close = f"AND({may[QUALITY]},{may[ENVIRONMENT]},{near})"
        none = f"AND({held[QUALITY]}=0,{held[ENVIRONMENT]}=0)"
        every = f"AND({held[QUALITY]}=1,{held[ENVIRONMENT]}=1)"
        found = {}
        for one, other, word in ((*SIDES, CLASSES[0]), (*SIDES[::-1], CLASSES[1])):
            ahead = f"{gap(one, other, most, least)}>={AHEAD}*{product}"
            found[word] = f"AND({none},{may[one]},OR({may_not[other]},{ahead}))"
        low, high = (self.input("capacity", side) for side in SIDES)

        def by_held(each: str, quality: str, environment: str, neither: str) -> str:
            return (
                f"IF({every},{each},IF({held[QUALITY]}=1,{quality},IF({held[ENVIRONMENT]}=1,{environment},{neither})))"
            )

        found[CLASSES[2]] = by_held("FALSE", may[ENVIRONMENT], may[QUALITY], f"AND({close},{low}<{CAPABLE})")
        found[CLASSES[3]] = by_held("TRUE", "FALSE", "FALSE", f"AND({close},{high}>={CAPABLE})")
        found[CLASSES[4]] = by_held(
            "FALSE", may_not[ENVIRONMENT], may_not[QUALITY], f"AND({may_not[QUALITY]},{may_not[ENVIRONMENT]})"
        )
        return found
