"""What a project brings to its audit programme: its answers, its processes, and what its settings say of audits."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from imsmap.client.audit_settings import HOW, Leaves, terms
from imsmap.client.checking import Finding
from imsmap.client.processes import FILE, Processes
from imsmap.client.settings import Project
from imsmap.client.standing import standing
from imsmap.errors import DataError, UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.reasoning.groups import grouped
from imsmap.register.cells import Cells
from imsmap.register.planning import NO_PROCESS, programme, said_in
from imsmap.register.programme import Programme as Programme


def programmed(
    project: Project,
    graph: ClauseGraph,
    standards: tuple[str, ...],
    cells: Cells,
    found: Processes,
    date: datetime.date,
    leaves: Leaves,
) -> Programme:
    """Plan the audits of a project; UsageError says what is missing for that.

    leaves: turns clauses that a person typed into leaf clauses.
    """
    if project.audit is None:
        raise UsageError(HOW)
    if not found.entries:
        raise UsageError(f"no process is named yet, and audits are of processes; write them into {FILE}")
    given = said_in(cells, terms(project.audit, found, leaves, project.problem), [one.id for one in found.entries])
    return programme(standing(graph, standards, cells, found, date), given, topics(graph, standards))


def topics(graph: ClauseGraph, standards: tuple[str, ...]) -> Mapping[str, str]:
    """Give the topic of each leaf clause: the first in which one of its points lives."""
    result: dict[str, str] = {}
    for group, held in grouped(graph, standards).placed.items():
        for refs in held.values():
            for ref in refs:
                result.setdefault(ref.partition("#")[0], group)
    return result


def findings(project: Project, plan: Callable[[], Programme]) -> tuple[Finding, ...]:
    """Tell what is wrong with what a project says of audits, and which clauses its auditors can't cover.

    plan: makes its programme. A clause without a process is told as such, and not here once more.
    """
    try:
        found = plan()
    except DataError as error:
        return tuple(Finding(problem, wrong=True, group="Audit programme") for problem in error.problems)
    return tuple(
        Finding(project.problem("audit.auditors", f"{ref}: {why}"), group="Clauses that no auditor may audit")
        for ref, why in found.uncovered.items()
        if why != NO_PROCESS
    )
