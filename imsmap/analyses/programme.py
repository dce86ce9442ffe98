"""The audit programme: which process is audited in which month by whom, and which session covers each clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import split_ref
from imsmap.parts import ClauseName, Side, clause_json, clause_name, side_json, sides
from imsmap.reasoning.cover import Bound
from imsmap.register.effort import Span
from imsmap.register.programme import NEED, ProcessPlan, Programme
from imsmap.report import NOTHING, Cell, Column, Json, Ref, Report, Row, Table
from imsmap.values import frozen
from imsmap.wording import counted, labels, listed, together

ABOUT = about.Question(short="The audit programme of a cycle", takes="project", place=0)

_MOST_NAMED = 24


@frozen
class Question:
    """Whose clauses are to be covered, and the programme that covers them."""

    standards: tuple[str, ...]
    programme: Programme


@frozen
class SessionPlan:
    """A session: number, month (2027-01), process by id and name, auditor, and its clauses by standard.

    was_held: else it is still to be.
    """

    number: int
    month: str
    process: str
    name: str
    auditor: str
    letters: str
    clauses: Mapping[str, tuple[ClauseName, ...]]
    was_held: bool = False

    @property
    def refs(self) -> frozenset[str]:
        """The leaf clauses that it covers."""
        return frozenset(clause.ref for clauses in self.clauses.values() for clause in clauses)


@frozen
class CoveredClause:
    """A leaf clause that applies, with the numbers of the sessions that cover it, else why none can."""

    standard: str
    clause: ClauseName
    sessions: tuple[int, ...]
    why_not: str


@frozen
class Reason:
    """Why there are no fewer sessions: needs (clauses and processes by id) that take as many.

    apart: no session serves two of them.
    """

    sessions: int
    clauses: tuple[ClauseName, ...]
    processes: tuple[str, ...]
    apart: bool


@frozen
class ProgrammeAnswer:
    """The programme of a cycle; months are written 2027-01. held: the months of a year in which audits are.

    once: of the fewest sessions that reach every clause once; whole: with those that risk and last results ask for.
    days, hours: of all sessions to be held, nothing where nobody gave those of one. uncounted: what was said of
    sessions held that does not count: process, words, why.
    """

    standards: tuple[Side, ...]
    months: tuple[str, ...]
    held: tuple[int, ...]
    auditors: tuple[str, ...]
    processes: tuple[ProcessPlan, ...]
    sessions: tuple[SessionPlan, ...]
    clauses: tuple[CoveredClause, ...]
    once: Reason
    whole: Reason
    unstaffed: tuple[str, ...]
    wide: Mapping[str, int]
    days: Span | None
    hours: Span | None
    uncounted: tuple[tuple[str, str, str], ...]

    @property
    def were_held(self) -> int:
        """How many sessions were held."""
        return sum(session.was_held for session in self.sessions)

    @property
    def uncovered(self) -> tuple[CoveredClause, ...]:
        """The leaf clauses that no session covers."""
        return tuple(one for one in self.clauses if not one.sessions)

    def of(self, process: str) -> tuple[SessionPlan, ...]:
        """Give the sessions of a process."""
        return tuple(session for session in self.sessions if session.process == process)


def analyse(graph: ClauseGraph, question: Question) -> Report[ProgrammeAnswer]:
    """Say which session covers which clause, and why there are no fewer."""
    plan = question.programme
    names = {one.id: one.name for one in plan.processes}
    label = labels(graph, question.standards)
    by_clause = plan.by_clause()
    sessions = []
    for one in plan.sessions:
        clauses = {
            key: tuple(clause_name(graph, ref) for ref in one.covers if split_ref(ref)[0] == key)
            for key in question.standards
        }
        letters = together(label[key] for key, found in clauses.items() if found)
        sessions.append(
            SessionPlan(
                one.number, str(one.month), one.process, names[one.process], one.auditor, letters, clauses, one.was_held
            )
        )
    count = sum(not session.was_held for session in sessions)
    answer = ProgrammeAnswer(
        sides(graph, question.standards),
        tuple(map(str, plan.months())),
        plan.terms.months,
        tuple(auditor.name for auditor in plan.terms.auditors),
        plan.processes,
        tuple(sessions),
        tuple(
            CoveredClause(split_ref(ref)[0], clause_name(graph, ref), by_clause[ref], plan.uncovered.get(ref, ""))
            for ref in plan.scope
        ),
        _reason(graph, plan.once),
        _reason(graph, plan.whole),
        tuple(map(str, plan.unstaffed)),
        plan.wide,
        None if plan.terms.days is None else plan.terms.days.times(Span(count, count)),
        None if plan.terms.hours is None else plan.terms.hours.times(Span(count, count)),
        plan.uncounted,
    )
    return Report(
        "audit-plan",
        f"Audit programme for {listed(side.designation for side in answer.standards)}",
        graph.library.version,
        tuple(_tables(answer)),
        answer,
        to_json,
        _message(answer),
        tuple(_notes(answer, label)),
        standards=answer.standards,
        summary=_message(answer, "**"),
    )


def _reason(graph: ClauseGraph, bound: Bound) -> Reason:
    clauses = tuple(clause_name(graph, need) for need in bound.needs if not need.startswith(NEED))
    processes = tuple(need.removeprefix(NEED) for need in bound.needs if need.startswith(NEED))
    return Reason(bound.sessions, clauses, processes, bound.apart)


# --- in words ---------------------------------------------------------------------------------------------------------


def _message(answer: ProgrammeAnswer, strong: str = "") -> str:
    n, m = len(answer.clauses) - len(answer.uncovered), len(answer.clauses)
    if not answer.sessions:
        return f"No session can be planned: none of {m} leaf clauses that apply can be covered"
    which = f"all {m}" if n == m else f"{n} of {m}"
    said = (
        f"{strong}{counted(len(answer.sessions), 'session')}{strong} in {counted(len(answer.months), 'month')}"
        f"{f', {answer.were_held} of them held,' if answer.were_held else ''} cover "
        f"{strong}{which}{strong} leaf clauses that apply; fewer than {answer.whole.sessions}"
        f"{' more' if answer.were_held else ''} do not"
    )
    return said if n == m else f"{said}. {counted(m - n, 'clause')} can be covered by no session"


def _notes(answer: ProgrammeAnswer, label: Mapping[str, str]) -> Iterator[str]:
    names = {one.id: one.name for one in answer.processes}
    if answer.sessions:
        n = answer.whole.sessions
        if n:
            what = "Fewest sessions still to hold" if answer.were_held else "Fewest sessions"
            why = _told(answer.whole, label, answer, names)
            yield f"{what}: {n}, proved by the solver (lower bound {n}). {why}"
        else:
            yield "What was held is all that is asked for in this cycle."
    for id_, text, reason in answer.uncounted:
        yield f"Held, and not counted: {names[id_]}, {text} ({reason})."
    if answer.were_held:
        yield (
            "A session that was held covers the clauses of its process, and of those that all processes take part in "
            "such as the audit checklist has a verdict on from that month."
        )
    if answer.once.sessions < answer.whole.sessions and not answer.once.sessions:
        yield "What was held reaches every clause that can be covered; the others follow from risk and last results."
    elif answer.once.sessions < answer.whole.sessions:
        more = " more" if answer.were_held else ""
        yield (
            f"To reach every clause once would take {answer.once.sessions}{more} (lower bound {answer.once.sessions}): "
            f"{_told(answer.once, label, answer, names)} The others follow from risk and last results."
        )
    if answer.unstaffed:
        yield f"No auditor is there in {listed(answer.unstaffed)}: nothing is planned then."
    for id_, months in answer.wide.items():
        yield f"{names[id_]}: {months} months pass between two sessions, more than asked for; no month is nearer."
    unsaid = [one.name for one in answer.processes if one.every is None]
    if unsaid:
        yield (
            f"Neither risk nor last result is said of {listed(unsaid)}: audited only where a clause needs it. Say it "
            "on the sheet Programme, or under [audit.risk] in imsmap.toml."
        )
    if answer.days is None and answer.hours is None:
        yield (
            "How long it takes is not said, as imsmap.toml gives no figure for a session: hours or days under [audit]."
        )
    for what, found in (("days", answer.days), ("hours", answer.hours)):
        if found is not None:
            which = "all sessions to be held" if answer.were_held else "all sessions"
            yield f"{span(found)} {what} for {which}, by your own figure for one."
    yield (
        "A session of a process covers the clauses for which the process answers (P); where none answers, those in "
        "which it takes part (S), else those that it touches. Nobody audits own work."
    )
    yield (
        "Every so many months by risk, as [audit.every] says; after a minor finding as for the next higher risk, after "
        "a major one as for High. Sessions sample: that a clause is covered does not show that it is met."
    )


def _told(reason: Reason, label: Mapping[str, str], answer: ProgrammeAnswer, names: Mapping[str, str]) -> str:
    """Say which needs take so many sessions."""
    held = Counter(session.process for session in answer.sessions if session.was_held)
    least = {one.id: one.least - held[one.id] for one in answer.processes}
    clauses = [f"{label[split_ref(one.ref)[0]]} {one.number}" for one in reason.clauses]
    processes = [f"{names[id_]} ({counted(least[id_], 'session')})" for id_ in reason.processes]
    needs = [*processes, *clauses]
    more = f" and {len(needs) - _MOST_NAMED} more" if len(needs) > _MOST_NAMED else ""
    said = f"{', '.join(needs[:_MOST_NAMED])}{more}"
    if reason.apart:
        return f"No session serves two of these: {said}."
    return f"No {reason.sessions - 1} sessions serve all of these: {said}."


def span(found: Span) -> str:
    """Say from how much to how much."""
    return f"{found.low:g}" if found.low == found.high else f"{found.low:g} to {found.high:g}"


# --- as JSON ----------------------------------------------------------------------------------------------------------


def to_json(answer: ProgrammeAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    return {
        "standards": [side_json(side) for side in answer.standards],
        "months": list(answer.months),
        "auditors": list(answer.auditors),
        "processes": [
            {
                "id": one.id,
                "name": one.name,
                "owner": one.owner,
                "risk": one.risk or None,
                "last_result": one.last or None,
                "every": one.every,
                "least": one.least,
                "auditors": list(one.auditors),
                "sessions": [session.number for session in answer.of(one.id)],
            }
            for one in answer.processes
        ],
        "sessions": [
            {
                "number": one.number,
                "month": one.month,
                "process": one.process,
                "auditor": one.auditor,
                "letters": one.letters,
                "held": one.was_held,
                "clauses": {key: [clause.ref for clause in found] for key, found in one.clauses.items()},
            }
            for one in answer.sessions
        ],
        "clauses": [
            {
                "standard": one.standard,
                "clause": clause_json(one.clause),
                "sessions": list(one.sessions),
                "why_not": one.why_not or None,
            }
            for one in answer.clauses
        ],
        "fewest": _reason_json(answer.whole),
        "fewest_once": _reason_json(answer.once),
        "without_auditor": list(answer.unstaffed),
        "too_far_apart": dict(answer.wide),
        "not_counted": [{"process": process, "held": text, "why": why} for process, text, why in answer.uncounted],
        "days": _span_json(answer.days),
        "hours": _span_json(answer.hours),
    }


def _reason_json(reason: Reason) -> dict[str, Json]:
    return {
        "sessions": reason.sessions,
        "lower_bound": reason.sessions,
        "clauses": [clause.ref for clause in reason.clauses],
        "processes": list(reason.processes),
        "apart": reason.apart,
    }


def _span_json(found: Span | None) -> Json:
    return None if found is None else [found.low, found.high]


# --- as tables --------------------------------------------------------------------------------------------------------


def _tables(answer: ProgrammeAnswer) -> Iterator[Table]:
    yield _programme(answer)
    yield _sessions(answer)
    yield _covered(answer)
    if answer.uncovered:
        columns = (
            Column("standard", "Standard", "text", 16),
            Column("clause", "Clause", "clause", 9),
            Column("title", "Title", "text", 30),
            Column("why", "Why no session covers it", "text", 50),
        )
        yield Table("uncovered", "Covered by no session", columns, tuple(_rows(answer, answer.uncovered, why=True)))


def _programme(answer: ProgrammeAnswer) -> Table:
    columns = (
        Column("process", "Process", "text", 30),
        Column("risk", "Risk", "text", 8),
        Column("last", "Last result", "text", 12),
        Column("every", "Every", "text", 10),
        Column("letters", "Letters", "letters", 8),
        Column("months", "Months", "list", 20),
        Column("auditors", "Auditors", "list", 20),
    )
    rows = []
    for one in answer.processes:
        sessions = answer.of(one.id)
        letters = dict.fromkeys(side.key for side in answer.standards if any(s.clauses[side.key] for s in sessions))
        label = {side.key: side.label for side in answer.standards}
        cells: tuple[Cell, ...] = (
            one.name,
            one.risk or NOTHING,
            one.last or NOTHING,
            counted(one.every, "month") if one.every else NOTHING,
            together(label[key] for key in letters) or NOTHING,
            tuple(f"{session.month} held" if session.was_held else session.month for session in sessions) or NOTHING,
            tuple(dict.fromkeys(session.auditor for session in sessions if session.auditor)) or NOTHING,
        )
        rows.append(Row(one.id, cells))
    return Table("programme", "Processes by months", columns, tuple(rows))


def _sessions(answer: ProgrammeAnswer) -> Table:
    columns = (
        Column("number", "Session", "number", 8),
        Column("month", "Month", "text", 9),
        Column("process", "Process", "text", 26),
        Column("auditor", "Auditor", "text", 18),
        Column("letters", "Letters", "letters", 8),
        *((Column("state", "State", "text", 9),) if answer.were_held else ()),
        *(
            Column(side.key, f"{side.designation}: clauses", "clause", 24, standard=side.key, role="clauses")
            for side in answer.standards
        ),
    )
    rows = []
    for one in answer.sessions:
        cited = (
            tuple(Ref(clause.ref, clause.number) for clause in one.clauses[side.key]) or NOTHING
            for side in answer.standards
        )
        stands = ("held" if one.was_held else "to be held",) if answer.were_held else ()
        who, letters = one.auditor or NOTHING, one.letters or NOTHING
        cells: tuple[Cell, ...] = (one.number, one.month, one.name, who, letters, *stands, *cited)
        rows.append(Row(f"session-{one.number}", cells))
    return Table("sessions", "Sessions", columns, tuple(rows))


def _covered(answer: ProgrammeAnswer) -> Table:
    columns = (
        Column("standard", "Standard", "text", 16),
        Column("clause", "Clause", "clause", 9),
        Column("title", "Title", "text", 34),
        Column("sessions", "Sessions", "text", 18),
        Column("first", "First in", "text", 9),
    )
    return Table(
        "clauses", "Which session covers each clause", columns, tuple(_rows(answer, answer.clauses, why=False))
    )


def _rows(answer: ProgrammeAnswer, found: Iterable[CoveredClause], *, why: bool) -> Iterator[Row]:
    names = {side.key: side.designation for side in answer.standards}
    for one in found:
        rest: Sequence[Cell] = (
            (one.why_not,)
            if why
            else (
                ", ".join(map(str, one.sessions)) or NOTHING,
                answer.sessions[one.sessions[0] - 1].month if one.sessions else NOTHING,
            )
        )
        clause = one.clause
        yield Row(
            clause.ref,
            (names[one.standard], Ref(clause.ref, clause.number), clause.title, *rest),
            standard=one.standard,
        )
