"""A part of an audit checklist: the questions of one session, or those in one person's workbook."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attrs import evolve

from imsmap.analyses.audit import Asked, AuditAnswer, cut, message, table
from imsmap.report import Report
from imsmap.wording import together


def only(report: Report[AuditAnswer], clauses: Collection[str], title: str) -> Report[AuditAnswer]:
    """Keep the questions about some leaf clauses, each with what those ask for, under a title of its own."""
    told = report.answer
    label = {side.key: side.label for side in told.standards}

    def kept(line: Asked) -> Asked | None:
        row = cut(line, {one.ref for found in line.clauses.values() for one in found}.intersection(clauses), label)
        verdicts = tuple(key for key in line.verdicts if row.clauses[key])
        return evolve(row, verdicts=verdicts, letters=together(label[key] for key in verdicts)) if verdicts else None

    rows = tuple(row for row in map(kept, told.questions) if row)
    mains = tuple(main for main in told.main_clauses if any(row.main == main.number for row in rows))
    answer = AuditAnswer(
        told.standards, mains, rows, {id_: row for id_, line in told.lines.items() if (row := kept(line))}
    )
    found = evolve(report, title=title, tables=(table(answer),), answer=answer, message=message(answer.questions))
    return in_full(found, answer.lines, told.lines)


def in_full(
    report: Report[AuditAnswer], there: Collection[str], every: Mapping[str, Asked] | None = None
) -> Report[AuditAnswer]:
    """Ask in full where a question goes on ("as for ...") from a line that is not there, as in one person's checklist.

    there: the ids of the lines that are. every: lines of the whole checklist, if the report no longer holds them all.
    """
    told = report.answer
    heads = every or told.lines
    lines = {
        id_: _asked_again(line, heads[line.id]) if line.id != id_ and line.id not in there else line
        for id_, line in told.lines.items()
    }
    answer = evolve(told, lines=lines)
    return evolve(report, tables=(table(answer),), answer=answer)


def _asked_again(line: Asked, head: Asked) -> Asked:
    """Put into a line what it left to the one that it goes on from."""
    own = set(line.verdicts)
    several = (
        evolve(one, points=dict(sorted(one.points.items(), key=lambda entry: entry[0] not in own)))
        for one in line.several
    )
    return evolve(
        line, question=head.question, look_for=head.look_for, evidence=head.evidence, several=tuple(several)
    )  # fmt: skip
