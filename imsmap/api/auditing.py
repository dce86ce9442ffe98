"""The audit programme of a project as an answer, and what a session of it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imsmap.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imsmap.analyses.audit import AuditAnswer
    from imsmap.analyses.programme import ProgrammeAnswer as ProgrammeAnswer
    from imsmap.analyses.programme import SessionPlan
    from imsmap.library.graph import ClauseGraph
    from imsmap.register.findings import Place as Place
    from imsmap.register.owners import Hands
    from imsmap.register.programme import Programme
    from imsmap.report import Report


def told(graph: ClauseGraph, standards: tuple[str, ...], plan: Programme) -> Report[ProgrammeAnswer]:
    """Say which session covers which clause."""
    from imsmap.analyses import programme

    return programme.analyse(graph, programme.Question(standards, plan))


def checklist(graph: ClauseGraph, report: Report[ProgrammeAnswer], number: int) -> Report[AuditAnswer]:
    """Give the questions of one session, each once; UnknownNameError where there is no session of that number."""
    from imsmap.analyses import audit
    from imsmap.analyses.audit.part import only

    one = _session(report, number)
    whole = audit.analyse(graph, audit.Question(tuple(side.key for side in report.answer.standards)))
    title = f"Audit checklist, session {number}: {one.name}, {one.month}, {one.auditor}"
    return only(whole, one.refs, title)


def hands_of(graph: ClauseGraph, report: Report[ProgrammeAnswer], number: int) -> Hands:
    """Give the auditor of one session the rows of its checklist; UnknownNameError as for `checklist`."""
    from imsmap.register.owners import Hand, Hands

    one, rows = _session(report, number), tuple(checklist(graph, report, number).answer.lines)
    label = {side.key: side.label for side in report.answer.standards}
    clauses = "; ".join(
        f"{label[key]} {', '.join(clause.number for clause in found)}" for key, found in one.clauses.items() if found
    )
    about = (
        f"Session {number}, {one.month}, {one.name}: verdicts on {clauses}. What else stands in these rows is another "
        "session's."
    )
    return Hands((Hand(one.auditor, {"audit": rows}, about=about),), Hand("", {}))


def _session(report: Report[ProgrammeAnswer], number: int) -> SessionPlan:
    found = [one for one in report.answer.sessions if one.number == number]
    if not found:
        raise UnknownNameError(f"there is no session {number}; they go from 1 to {len(report.answer.sessions)}")
    return found[0]


def places(graph: ClauseGraph, standards: tuple[str, ...]) -> Mapping[str, Place]:
    """Say of each row of the audit checklist what it is about and which clauses it cites, by id."""
    from imsmap.analyses import audit
    from imsmap.register.findings import Place

    told = audit.analyse(graph, audit.Question(standards)).answer
    label = {side.key: side.label for side in told.standards}
    return {
        id_: Place(
            line.title,
            label,
            {
                key: f"{label[key]} {', '.join(clause.number for clause in clauses)}"
                for key, clauses in line.clauses.items()
                if clauses
            },
        )
        for id_, line in told.lines.items()
    }
