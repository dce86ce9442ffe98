"""What a project has to do by when: the actions that are late or due soon, for every surface that lists them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from imsmap.library.graph import ClauseGraph
from imsmap.library.model import split_ref
from imsmap.register.actions import Action
from imsmap.register.obligations import ObligationState
from imsmap.register.schema import SEVERITY
from imsmap.register.state import State
from imsmap.report import Side
from imsmap.values import frozen
from imsmap.wording import in_words

DAYS = 90
"""How far ahead a project looks."""


@frozen
class DueAction:
    """An action that is due; side and number: of the clause that it is about, nothing for one of people's own.

    due: where its date has several readings and each is over, the last of them.
    """

    action: Action
    due: datetime.date
    side: Side | None
    number: str

    @property
    def is_sure(self) -> bool:
        """Tell whether its date has one reading."""
        return self.action.due is not None

    @property
    def place(self) -> str:
        """Say what it is about: the standard's label and the clause's number."""
        return "" if self.side is None else f"{self.side.label} {self.number}"


@frozen
class Agenda:
    """The actions of a project that are late or due by a date, major gaps first, then by date; how many beside them.

    written, open: of all of them. undated: open ones without a date that was understood, unless they are late however
    it is read. evaluations: of compliance, which are among them.
    """

    date: datetime.date
    until: datetime.date
    actions: tuple[DueAction, ...]
    written: int
    open: int
    undated: int
    evaluations: int

    @property
    def unsure(self) -> int:
        """How many are late however their date is read, which has several readings."""
        return sum(not one.is_sure for one in self.actions)


def when(action: Action | None, none: str) -> str:
    """Say when an action is due; where only the last day that its date may mean is known, that it is due by then."""
    if action is None or action.by is None:
        return none
    return f"{'' if action.due else 'by '}{in_words(action.by, short=True)}"


def unsure(count: int) -> str:
    """Say of so many dates with several readings that each is over; nothing of none."""
    if not count:
        return ""
    dates, are = ("1 date has", "is") if count == 1 else (f"{count} dates have", "are")
    return f"{dates} several readings, and {are} late in each; imsmap check tells which."


def agenda(graph: ClauseGraph, standards: Iterable[Side], state: State) -> Agenda:
    """List the open actions that are due within 90 days of the state's date, or late."""
    until = state.date + datetime.timedelta(DAYS)
    side_of = {side.key: side for side in standards}
    applying = [one for one in state.obligations.values() if one.in_scope and not one.is_unplanned]
    evaluations = [_evaluation(graph, one) for one in applying]
    still = [*(action for action in state.actions if action.is_open), *evaluations]
    due = [_due(action, action.by, side_of) for action in still if action.by is not None and action.by <= until]
    weights = {severity: place for place, severity in enumerate(SEVERITY)}
    due.sort(key=lambda one: (weights.get(one.action.severity, len(weights)), one.due))
    undated = sum(action.by is None for action in still)
    written = len(state.actions) + len(evaluations)
    return Agenda(state.date, until, tuple(due), written, len(still), undated, len(evaluations))


def _evaluation(graph: ClauseGraph, one: ObligationState) -> Action:
    """Take the next evaluation of an obligation as the action that it is."""
    text = f"Evaluate compliance: {graph.name(one.ref)}"
    return Action(one.ref, one.ref, text, one.owner, "", one.next, True, one.is_overdue, one.last)


def _due(action: Action, due: datetime.date, side_of: Mapping[str, Side]) -> DueAction:
    if not action.point:
        return DueAction(action, due, None, "")
    standard, number, _ = split_ref(action.point)
    return DueAction(action, due, side_of[standard], number)
