"""How a client's project stands: what its answers mean, for whoever has the mapping data and the project at hand."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from imsmap.analyses import documents
from imsmap.client.processes import Processes, as_shown
from imsmap.library.graph import ClauseGraph
from imsmap.reasoning.groups import grouped
from imsmap.register.asked import asked
from imsmap.register.cells import Cells
from imsmap.register.figures import Figure, figures
from imsmap.register.owners import Hands, hands
from imsmap.register.questions import Questions, questions
from imsmap.register.state import State, state

__all__ = ["Figure", "Questions", "figures", "hands_of", "questions_of", "standing"]


def questions_of(graph: ClauseGraph, standards: tuple[str, ...]) -> Questions:
    """Give what some standards ask for, each question once."""
    return questions(grouped(graph, standards))


def standing(
    graph: ClauseGraph, standards: tuple[str, ...], cells: Cells, found: Processes, date: datetime.date
) -> State:
    """Say how a project stands on a date, about some standards."""
    asking = documents.analyse(graph, documents.Question(standards)).answer.asking
    return state(asked(grouped(graph, standards)), cells, as_shown(cells, found), asking, date=date)


def hands_of(
    graph: ClauseGraph,
    standards: tuple[str, ...],
    cells: Cells,
    found: Processes,
    state: State,
    rows: Mapping[str, Sequence[str]],
) -> Hands:
    """Say who answers which rows; rows: the ids of those on sheets other than Requirements and Actions."""
    asking = documents.analyse(graph, documents.Question(standards)).answer.asking
    return hands(asked(grouped(graph, standards)), cells, as_shown(cells, found), state, rows, asking)
