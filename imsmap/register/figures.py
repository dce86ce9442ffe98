"""The figures of a project in words: how many of how many, of what; the same on every surface."""

from __future__ import annotations

from imsmap.reasoning.shares import Count
from imsmap.register import obligations
from imsmap.register.state import State
from imsmap.register.verdicts import answered
from imsmap.values import frozen


@frozen
class Figure:
    """So many of so many: what it is called, what m counts, and whether more is worse."""

    key: str
    label: str
    count: Count
    unit: str
    alarming: bool = False

    @property
    def words(self) -> str:
        """Say it as a part of a sentence."""
        return f"{self.count.n} of {self.count.m} {self.unit}"


QUESTIONS = "questions"
"""Counted apart from verdicts where a question is shared: who gave one of its verdicts has not answered it."""
ASSESSED, MAJORS, OVERDUE, DOCUMENTS, UNOWNED = "assessed", "majors", "overdue", "documents", "unowned"
HOLES, SCOPE, MISREAD = "holes", "scope", "misread"
DECIDED, UNJUSTIFIED, IMPLEMENTED = "decided", "unjustified", "implemented"
"""Of the controls of the Statement of Applicability, where a standard has controls."""


LATE_EVALUATIONS, UNPLANNED = "late_evaluations", "unplanned"
"""Of the obligations of a legal register, where there is one."""


def figures(state: State) -> tuple[Figure, ...]:
    """Give the figures of a project, the most urgent first."""
    statement = (
        Figure(DECIDED, "Controls decided", state.decided, "controls are said to apply or not"),
        Figure(
            UNJUSTIFIED, "Controls without reason", state.unjustified, "decisions lack a justification", alarming=True
        ),
        Figure(IMPLEMENTED, "Controls implemented", state.implemented, "controls that apply are implemented"),
    )
    law = (
        Figure(
            LATE_EVALUATIONS, "Evaluations overdue", obligations.late(state.obligations),
            f"obligations that apply should have been evaluated before {state.date.isoformat()}", alarming=True,
        ),
        Figure(
            UNPLANNED, "Evaluations without date", obligations.unplanned(state.obligations),
            "obligations that apply have no date of their next evaluation", alarming=True,
        ),
    )  # fmt: skip
    words = "questions have every verdict that is asked for"
    asked = (Figure(QUESTIONS, "Questions answered", answered(state), words),) if state.questions else ()
    late = f"open actions are late on {state.date.isoformat()}"
    return (
        Figure(ASSESSED, "Assessed", state.assessed, "points that apply are assessed"),
        *asked,
        Figure(MAJORS, "Open majors", state.majors, "majors are still open", alarming=True),
        Figure(OVERDUE, "Overdue actions", state.overdue, late, alarming=True),
        Figure(DOCUMENTS, "Documents missing", state.missing, "documents and records are not named yet", alarming=True),
        Figure(UNOWNED, "Processes without owner", state.unowned, "processes have no owner", alarming=True),
        Figure(HOLES, "Clauses without process", state.holes, "leaf clauses that apply have no process", alarming=True),
        Figure(SCOPE, "Leaf clauses in scope", state.scope, "leaf clauses apply"),
        *(statement if state.controls else ()),
        *(law if state.obligations else ()),
        Figure(MISREAD, "Not understood", state.not_understood, "answers were not understood", alarming=True),
    )
