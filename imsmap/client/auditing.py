"""What a project brings to its audit programme: its answers, its processes, and what its settings say of audits."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from imsmap.analyses import audit
from imsmap.client.audit_settings import HOW, Leaves, terms
from imsmap.client.checking import Finding
from imsmap.client.processes import FILE, Processes
from imsmap.client.settings import Project
from imsmap.client.standing import standing
from imsmap.errors import DataError, UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.reasoning.groups import grouped
from imsmap.register.answers import day, word
from imsmap.register.audited import AUDIT
from imsmap.register.cells import Cells, Key
from imsmap.register.planning import NO_PROCESS, programme, said_in
from imsmap.register.programme import Month
from imsmap.register.programme import Programme as Programme
from imsmap.register.schema import CONFORMING, NOT_CONFORMING, RESULT, result


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
    seen = _seen(graph, standards, cells) if any(said.held for said in given.said.values()) else {}
    return programme(standing(graph, standards, cells, found, date), given, topics(graph, standards), seen)


def _seen(graph: ClauseGraph, standards: tuple[str, ...], cells: Cells) -> Mapping[Month, frozenset[str]]:
    """Give the leaf clauses on which the audit checklist has a verdict, by the month of its date."""
    found: dict[Month, set[str]] = {}
    for id_, line in audit.analyse(graph, audit.Question(standards)).answer.lines.items():
        on = day(cells.get(Key(AUDIT, id_, "date")))
        if on is None:
            continue
        for key in line.verdicts:
            if word(cells.get(Key(AUDIT, id_, result(key))), RESULT) in (CONFORMING, NOT_CONFORMING):
                found.setdefault(Month.of(on), set()).update(clause.ref for clause in line.clauses[key])
    return {month: frozenset(refs) for month, refs in found.items()}


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
    names = {one.id: one.name for one in found.processes}
    return (
        *(
            Finding(project.problem("audit.auditors", f"{ref}: {why}"), group="Clauses that no auditor may audit")
            for ref, why in found.uncovered.items()
            if why != NO_PROCESS
        ),
        *(
            Finding(project.problem("audit.held", f"{names[id_]}: {text}: {why}"), group="Sessions that do not count")
            for id_, text, why in found.uncounted
        ),
    )
