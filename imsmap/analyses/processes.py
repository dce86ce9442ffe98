"""Which process of a client answers for which clause, and which clauses have none."""

from __future__ import annotations

from collections.abc import Mapping

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import split_ref
from imsmap.parts import ClauseName, Side, clause_name, side_json, sides
from imsmap.register.state import ClauseState, ProcessState, State
from imsmap.report import Json, Report
from imsmap.values import frozen

ABOUT = about.Question(short="Which process answers for which clause", takes="project", place=0)


@frozen
class Question:
    """Which standards' clauses to set against the processes, and how the project stands."""

    standards: tuple[str, ...]
    state: State


@frozen
class ServedClause:
    """A leaf clause with what each process is to it, and whether it applies."""

    standard: str
    clause: ClauseName
    state: ClauseState


@frozen
class ProcessesAnswer:
    """Leaf clauses by process, standard by standard in clause order.

    headings: the title of every clause by its reference. n of m: leaf clauses that have a process, of those that apply.
    """

    standards: tuple[Side, ...]
    headings: Mapping[str, str]
    processes: tuple[ProcessState, ...]
    clauses: tuple[ServedClause, ...]
    n: int
    m: int

    @property
    def not_applicable(self) -> int:
        """The leaf clauses that do not apply."""
        return len(self.clauses) - self.m


def analyse(graph: ClauseGraph, question: Question) -> Report[ProcessesAnswer]:
    """Set the leaf clauses against the processes; what is held not applicable in whole is no gap."""
    state = question.state
    keys = question.standards
    headings = {clause.ref: graph.title(clause.ref) for key in keys for clause in graph.clauses(key)}
    clauses = tuple(
        ServedClause(split_ref(ref)[0], clause_name(graph, ref), clause) for ref, clause in state.clauses.items()
    )
    m = state.scope.n
    n = m - state.holes.n
    answer = ProcessesAnswer(sides(graph, keys), headings, state.processes, clauses, n, m)
    return Report(
        "processes",
        "Processes by clause",
        graph.library.version,
        (),
        answer,
        to_json,
        f"{n} of {m} leaf clauses that apply have a process",
        (
            "A leaf clause has a process if processes.csv or the sheet Processes marks one for it, or all for it. Not "
            "counted: leaf clauses of which every requirement is held not applicable, where the standard lets it be. A "
            "mark says who answers, not that anything is met.",
        ),
    )


def to_json(answer: ProcessesAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "headings": dict(answer.headings),
        "processes": [{"id": one.id, "name": one.name, "owner": one.owner} for one in answer.processes],
        "clauses": [
            {
                "standard": one.standard,
                "ref": one.clause.ref,
                "number": one.clause.number,
                "title": one.clause.title,
                "marks": dict(one.state.marks),
                "all": one.state.every,
                "applies": one.state.in_scope,
            }
            for one in answer.clauses
        ],
        "n": answer.n,
        "m": answer.m,
        "not_applicable": answer.not_applicable,
    }
