"""Questions and verdicts counted apart: one question that three standards ask wants three verdicts."""

from __future__ import annotations

from collections.abc import Iterable

from imsmap.reasoning.shares import Count
from imsmap.register.schema import NOT_APPLICABLE
from imsmap.register.state import ASSESSED, State

ANSWERED, OPEN, OUT = "answered", "open", "does not apply"
"""How a question stands: every verdict is given, one is still to be given, or none is asked for."""


def of_question(statuses: Iterable[str]) -> str:
    """Say how a question stands by what its points count as; what does not apply is left out."""
    found = [status for status in statuses if status != NOT_APPLICABLE]
    return OUT if not found else ANSWERED if all(status in ASSESSED for status in found) else OPEN


def answered(state: State) -> Count:
    """Count the questions of which every standard that asks has its verdict, of those that apply."""
    shared = {point for points in state.questions.values() for point in points}
    stands = [of_question(state.points[point].status for point in points) for points in state.questions.values()]
    stands += [of_question((one.status,)) for ref, one in state.points.items() if ref not in shared]
    return Count(stands.count(ANSWERED), len(stands) - stands.count(OUT))
