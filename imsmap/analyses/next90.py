"""Which of a client's actions are due within 90 days of a date, the weightiest first."""

from __future__ import annotations

import datetime

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import split_ref
from imsmap.parts import Side, side_json, sides
from imsmap.register.obligations import ObligationState
from imsmap.register.schema import SEVERITY
from imsmap.register.state import Action, State
from imsmap.report import Json, Report
from imsmap.values import frozen

DAYS = 90


ABOUT = about.Question(short="Which actions are due in the next 90 days", takes="project", place=0)


@frozen
class Question:
    """Which standards' actions to list, and how the project stands on the date from which the days are counted."""

    standards: tuple[str, ...]
    state: State


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
class NextAnswer:
    """The actions that are due by a date, major gaps first, then by date; and how many there are beside them.

    undated: open ones without a date that was understood.
    """

    standards: tuple[Side, ...]
    date: datetime.date
    until: datetime.date
    actions: tuple[DueAction, ...]
    written: int
    open: int
    undated: int

    @property
    def overdue(self) -> int:
        """How many are late."""
        return sum(one.action.is_overdue for one in self.actions)

    @property
    def unowned(self) -> int:
        """How many of those due are nobody's."""
        return sum(not one.action.owner for one in self.actions)


def analyse(graph: ClauseGraph, question: Question) -> Report[NextAnswer]:
    """List the open actions that are due within 90 days of the state's date, or late."""
    state = question.state
    until = state.date + datetime.timedelta(DAYS)
    side_of = {side.key: side for side in sides(graph, question.standards)}
    still = [action for action in state.actions if action.is_open]
    evaluations = [_evaluation(graph, one) for one in state.obligations.values() if one.in_scope and one.next]
    still += evaluations
    due = [_due(action, action.due, side_of) for action in still if action.due is not None and action.due <= until]
    undated = sum(action.due is None for action in still)
    weights = {severity: place for place, severity in enumerate(SEVERITY)}
    due.sort(key=lambda one: (weights.get(one.action.severity, len(weights)), one.due))
    written = len(state.actions) + len(evaluations)
    answer = NextAnswer(tuple(side_of.values()), state.date, until, tuple(due), written, len(still), undated)
    planned = f" Of them {len(evaluations)} are evaluations of compliance." if evaluations else ""
    return Report(
        "next90",
        "Next 90 days",
        graph.library.version,
        (),
        answer,
        to_json,
        f"{len(due)} of {len(still)} open actions are due by {until.isoformat()}",
        (
            f"Open: neither done nor verified, {len(still)} of {written} actions written.{planned} Due: on or before "
            f"{until.isoformat()}, {DAYS} days after {state.date.isoformat()}; overdue: before "
            f"{state.date.isoformat()}. {undated} of {len(still)} open actions have no date that was understood and "
            "are not among them. Order: major gaps first, then by date. Source: the project's answers, sheets "
            "Requirements and Actions.",
        ),
    )


def _evaluation(graph: ClauseGraph, one: ObligationState) -> Action:
    """Take the next evaluation of an obligation as the action that it is."""
    text = f"Evaluate compliance: {graph.name(one.ref)}"
    return Action(one.ref, one.ref, text, one.owner, "", one.next, is_open=True, is_overdue=one.is_overdue)


def _due(action: Action, due: datetime.date, side_of: dict[str, Side]) -> DueAction:
    if not action.point:
        return DueAction(action, due, None, "")
    standard, number, _ = split_ref(action.point)
    return DueAction(action, due, side_of[standard], number)


def to_json(answer: NextAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "date": answer.date.isoformat(),
        "until": answer.until.isoformat(),
        "actions": [
            {
                "standard": "" if one.side is None else one.side.key,
                "letter": "" if one.side is None else one.side.label,
                "clause": one.number,
                "text": one.action.text,
                "owner": one.action.owner,
                "severity": one.action.severity,
                "due": one.due.isoformat(),
                "overdue": one.action.is_overdue,
            }
            for one in answer.actions
        ],
        "written": answer.written,
        "open": answer.open,
        "due": len(answer.actions),
        "overdue": answer.overdue,
        "undated": answer.undated,
        "unowned": answer.unowned,
    }
