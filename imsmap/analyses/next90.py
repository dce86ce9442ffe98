"""Which of a client's actions are due within 90 days of a date, the weightiest first."""

from __future__ import annotations

import datetime

from imsmap import about
from imsmap.agenda import DAYS, DueAction, agenda, unsure
from imsmap.library.graph import ClauseGraph
from imsmap.parts import Side, side_json, sides
from imsmap.register.state import State
from imsmap.report import Json, Report
from imsmap.values import frozen

ABOUT = about.Question(short="Which actions are due in the next 90 days", takes="project", place=0)


@frozen
class Question:
    """Which standards' actions to list, and how the project stands on the date from which the days are counted."""

    standards: tuple[str, ...]
    state: State


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
    evaluations: int = 0
    """How many of all are evaluations of compliance."""

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
    standards = sides(graph, question.standards)
    told = agenda(graph, standards, question.state)
    date, until = told.date.isoformat(), told.until.isoformat()
    answer = NextAnswer(
        standards, told.date, told.until, told.actions, told.written, told.open, told.undated, told.evaluations
    )
    doubtful = unsure(told.unsure).removesuffix(".").replace(";", ",")
    doubtful = f" {doubtful}: they stand by the last of them." if doubtful else ""
    planned = f" Of them {told.evaluations} are evaluations of compliance." if told.evaluations else ""
    return Report(
        "next90",
        "Next 90 days",
        graph.library.version,
        (),
        answer,
        to_json,
        f"{len(told.actions)} of {told.open} open actions are due by {until}",
        (
            f"Open: neither done nor verified, {told.open} of {told.written} actions written.{planned} Due: on or "
            f"before {until}, {DAYS} days after {date}; overdue: before {date}. {told.undated} of {told.open} open "
            f"actions have no date that was understood and are not among them.{doubtful} Order: major gaps first, then "
            "by date. Source: the project's answers, sheets Requirements and Actions.",
        ),
    )


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
                "understood": one.is_sure,
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
