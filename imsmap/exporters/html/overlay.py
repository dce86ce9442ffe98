"""What a client's project lays over the page: whose it is, and how each clause stands with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field

from imsmap.drawing.look import Look
from imsmap.register.actions import Action
from imsmap.register.schema import CONFORMING, NOT_CONFORMING, PARTIAL
from imsmap.register.state import State, worst
from imsmap.report import Json
from imsmap.values import frozen

LETTERS = {CONFORMING: "C", PARTIAL: "P", NOT_CONFORMING: "N"}
"""The letter of a status at the foot of a tile; what nobody has looked at has none."""


@frozen(kw_only=True)
class Overlay:
    """What a project brings: how its deliverables look, and how its answers stand.

    owners: of each leaf clause (reference), those who answer for it.
    """

    look: Look = field(factory=Look)
    state: State | None = None
    owners: Mapping[str, tuple[str, ...]] = field(factory=dict)

    def status(self, refs: Iterable[str]) -> str:
        """Give the status of some leaf clauses together, the worst of them; nothing where nobody has looked."""
        known = {} if self.state is None else self.state.clauses
        found = worst(known[ref].status for ref in refs if ref in known)
        return found if found in LETTERS else ""

    def of_clause(self, ref: str) -> Json:
        """Give what is known of a leaf clause: its status, who answers for it, what is being done."""
        if self.state is None or ref not in self.state.clauses:
            return None
        actions = [_action(one) for one in self.state.actions if one.is_open and one.point.partition("#")[0] == ref]
        return [self.state.clauses[ref].status, ", ".join(self.owners.get(ref, ())), actions]

    @property
    def said(self) -> tuple[str, str]:
        """Say in a sentence how far the project is, and apart from it what is late."""
        if self.state is None or not self.state.assessed.m:
            return "", ""
        assessed, late = self.state.assessed, self.state.overdue
        told = f"{assessed.n} of {assessed.m} points are assessed"
        if late.m:
            told += f", {late.m} action{'s are' if late.m != 1 else ' is'} open"
        return told, f"{late.n} of them late" if late.n else ""


def _action(one: Action) -> list[Json]:
    due = "" if one.by is None else f"{'' if one.due else 'by '}{one.by.isoformat()}"
    return [one.text, one.owner, due, one.is_overdue]
