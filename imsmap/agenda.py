"""What a project has to do by when: the actions that are late or due soon, for every surface that lists them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import split_ref
from imsmap.register.obligations import ObligationState
from imsmap.register.schema import SEVERITY
from imsmap.register.state import Action, State
from imsmap.report import Side
from imsmap.values import frozen

DAYS = 90
"""How far ahead a project looks."""


@frozen
class DueAction:
    """An action that is due; side and number: of the clause that it is about, nothing for one of people's own."""

    action: Action
    due: datetime.date
    side: Side | None
    number: str

    @property
    def place(self) -> str:
        """Say what it is about: the standard's label and the clause's number."""
        return "" if self.side is None else f"{self.side.label} {self.number}"


@frozen
class Agenda:
    """The actions of a project that are late or due by a date, major gaps first, then by date; how many beside them.

    written, open: of all of them. undated: open ones without a date that was understood. evaluations: of compliance,
    which are among them.
    """

    date: datetime.date
    until: datetime.date
    actions: tuple[DueAction, ...]
    written: int
    open: int
    undated: int
    evaluations: int


def agenda(graph: ClauseGraph, standards: Iterable[Side], state: State) -> Agenda:
    """List the open actions that are due within 90 days of the state's date, or late."""
    until = state.date + datetime.timedelta(DAYS)
    side_of = {side.key: side for side in standards}
    evaluations = [_evaluation(graph, one) for one in state.obligations.values() if one.in_scope and one.next]
    still = [*(action for action in state.actions if action.is_open), *evaluations]
    due = [_due(action, action.due, side_of) for action in still if action.due is not None and action.due <= until]
    weights = {severity: place for place, severity in enumerate(SEVERITY)}
    due.sort(key=lambda one: (weights.get(one.action.severity, len(weights)), one.due))
    undated = sum(action.due is None for action in still)
    written = len(state.actions) + len(evaluations)
    return Agenda(state.date, until, tuple(due), written, len(still), undated, len(evaluations))


def _evaluation(graph: ClauseGraph, one: ObligationState) -> Action:
    """Take the next evaluation of an obligation as the action that it is."""
    text = f"Evaluate compliance: {graph.name(one.ref)}"
    return Action(one.ref, one.ref, text, one.owner, "", one.next, is_open=True, is_overdue=one.is_overdue)


def _due(action: Action, due: datetime.date, side_of: Mapping[str, Side]) -> DueAction:
    if not action.point:
        return DueAction(action, due, None, "")
    standard, number, _ = split_ref(action.point)
    return DueAction(action, due, side_of[standard], number)
