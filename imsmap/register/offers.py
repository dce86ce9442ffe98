"""What the verdicts of other standards on the same question say: offered where one is still to be given, never taken.

A standard's verdict is its own. That another standard's is there, on a point that asks for the same, is told beside it
with the reason; who answers decides. Where both are given and differ, that is told too.
"""

from __future__ import annotations

from imsmap.register.questions import Question, Questions
from imsmap.register.schema import NOT_APPLICABLE
from imsmap.register.state import ASSESSED, State
from imsmap.values import frozen

SAME_CORE, STATED_EQUAL = "same core point", "stated equal"


@frozen
class Offer:
    """Another verdict on the same question: its point, the leaf clause (reference) that states it, and what it says."""

    point: str
    clause: str
    status: str


def others(questions: Questions, point: str) -> tuple[tuple[str, str], ...]:
    """Give the other points of a point's question, with their clauses; none if one standard alone asks for it."""
    question = questions.of[point]
    if not question.is_shared:
        return ()
    return tuple((one.point, one.clause) for one in question.verdicts if one.point != point)


def reason(question: Question) -> str:
    """Say why what holds for one point of a question may hold for another."""
    return SAME_CORE if question.core is not None else STATED_EQUAL


def offers(questions: Questions, state: State, point: str) -> tuple[Offer, ...]:
    """Give the other verdicts that say something else than a point's own, which may be nothing yet."""
    own = state.points[point].status
    if own == NOT_APPLICABLE:
        return ()
    found = (Offer(one, clause, state.points[one].status) for one, clause in others(questions, point))
    return tuple(offer for offer in found if offer.status in ASSESSED and offer.status != own)
