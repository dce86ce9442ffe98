"""What a project brings to its blueprint: what was decided on the sheet, what exists, and what does not apply."""

from __future__ import annotations

import datetime

from imsmap.analyses import blueprint
from imsmap.client import processes as kept
from imsmap.client import register
from imsmap.client.processes import Processes
from imsmap.client.settings import Project
from imsmap.client.standing import standing
from imsmap.documented import items
from imsmap.library.graph import ClauseGraph
from imsmap.reasoning.groups import grouped
from imsmap.register.plans import decisions, holdings
from imsmap.register.questions import questions
from imsmap.report import Report


def planned(
    project: Project, graph: ClauseGraph, standards: tuple[str, ...], found: Processes, date: datetime.date
) -> Report[blueprint.BlueprintAnswer]:
    """Propose documents for some standards with what the project says of them."""
    cells = kept.edited(project.root, register.read(project.root).cells, found)
    grouping = grouped(graph, standards)
    state = standing(graph, standards, cells, found, date)
    asking = {item.id: tuple(ref for one in item.asked.values() for ref in one.points) for item in items(grouping)}
    question = blueprint.Question(
        standards,
        decisions(cells),
        holdings(cells, questions(grouping), asking),
        frozenset(ref for ref, point in state.points.items() if not point.in_scope),
    )
    return blueprint.analyse(graph, question)
