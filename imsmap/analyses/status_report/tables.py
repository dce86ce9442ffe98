"""How a project stands as tables, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imsmap.analyses.status_report.answer import Counts, Heap, ReportAnswer
from imsmap.parts import side_json
from imsmap.register import schema
from imsmap.register.actions import Action
from imsmap.register.course import STILL, Moment
from imsmap.register.effort import Span
from imsmap.report import Cell, Column, Json, Row, Table

_WORDS = (*reversed(STILL), schema.CONFORMING)
_KEYS = {word: word.lower().replace(" ", "_") for word in _WORDS}


def tables(answer: ReportAnswer) -> tuple[Table, ...]:
    """Lay it out."""
    return (
        _figures(answer), _heaps("clauses", "By clause and standard", answer.main_clauses, answer),
        _heaps("topics", "By topic and standard", answer.topics, answer), _course(answer), _majors(answer),
        _actions(answer), _missing(answer), _decisions(answer), *_effort(answer),
    )  # fmt: skip


def _figures(answer: ReportAnswer) -> Table:
    before = {} if answer.since is None else {one.key: one.count for one in answer.since.figures}
    columns = (
        Column("figure", "Figure", width=26), Column("n", "n", "number", 8), Column("m", "of m", "number", 8),
        Column("before", "n before", "number", 10), Column("before_of", "of m before", "number", 12),
        Column("counted", "What is counted", width=44),
    )  # fmt: skip
    rows = []
    for one in answer.figures:
        then = before.get(one.key)
        old: tuple[Cell, Cell] = (None, None) if then is None or one.key == "unowned" else (then.n, then.m)
        rows.append(Row(one.key, (one.label, one.count.n, one.count.m, *old, one.unit)))
    return Table("figures", "Figures", columns, tuple(rows))


def _heaps(name: str, title: str, heaps: tuple[Heap, ...], answer: ReportAnswer) -> Table:
    columns = (
        Column("topic" if name == "topics" else "clause", "Topic" if name == "topics" else "Clause", width=34),
        Column("standard", "Standard", width=18),
        *(Column(_KEYS[word], word, "number", 12) for word in _WORDS),
        Column("points", "Points that apply", "number", 12),
    )
    rows = tuple(
        Row(f"{heap.id}-{side.key}", (heap.name, side.designation, *(counts[word] for word in _WORDS),
            sum(counts.values())), standard=side.key)
        for heap in heaps
        for side in answer.standards
        if (counts := heap.points.get(side.key)) is not None
    )  # fmt: skip
    return Table(name, title, columns, rows)


def _course(answer: ReportAnswer) -> Table:
    columns = (
        Column("date", "Date", "date", 12), Column("version", "Version", "number", 8),
        *(Column(_KEYS[word], word, "number", 12) for word in _WORDS), Column("points", "Points that apply", "number"),
        Column("majors", "Open majors", "number"), Column("late", "Late actions", "number"),
        Column("open", "Open actions", "number"),
    )  # fmt: skip
    rows = tuple(
        Row(
            f"{at}-{one.date.isoformat()}",
            (
                one.date, one.version, *(one.points[word] for word in _WORDS), one.whole,
                one.figure("majors").count.n, one.figure("overdue").count.n, one.figure("overdue").count.m,
            ),
        )
        for at, one in enumerate(answer.moments, 1)
    )  # fmt: skip
    return Table("course", "How it stood", columns, rows)


def _majors(answer: ReportAnswer) -> Table:
    columns = (
        Column("where", "Clause", "clause", 10), Column("title", "Title", width=28), Column("gap", "Gap", width=40),
        Column("action", "What is done", width=40), Column("owner", "Who", width=16), Column("due", "Due", "date", 12),
    )  # fmt: skip
    rows = tuple(
        Row(one.point, (one.place, one.title, one.gap, *_done(one.action)), standard=one.side.key)
        for one in answer.majors
    )
    return Table("majors", "Open majors", columns, rows)


def _done(action: Action | None) -> tuple[Cell, Cell, Cell]:
    return (None, None, None) if action is None else (action.text, action.owner or None, _day(action))


def _day(action: Action) -> Cell:
    """Give the day that an action is due; of one that is late however its date is read, that it is due by then."""
    return f"by {action.by.isoformat()}" if action.by is not None and action.due is None else action.due


def _actions(answer: ReportAnswer) -> Table:
    columns = (
        Column("due", "Due", "date", 12), Column("late", "Late", "yes/no", 8), Column("where", "Clause", "clause", 10),
        Column("severity", "Severity", width=12), Column("action", "What is done", width=44),
        Column("owner", "Who", width=18),
    )  # fmt: skip
    rows = tuple(
        Row(
            f"{at}-{one.action.row}",
            (_day(one.action), one.action.is_overdue, one.place or None, one.action.severity or None, one.action.text,
             one.action.owner or None),
        )
        for at, one in enumerate(answer.agenda.actions, 1)
    )  # fmt: skip
    return Table("actions", "Late and due in the next 90 days", columns, rows)


def _missing(answer: ReportAnswer) -> Table:
    columns = (Column("kind", "Kind", width=26), Column("what", "What", width=44), Column("where", "Asked by", "list"))
    rows = [Row(f"document-{one.id}", ("document or record", one.what, one.clauses)) for one in answer.documents]
    rows += [Row(f"owner-{at}", ("process without owner", name, ())) for at, name in enumerate(answer.unowned, 1)]
    rows += [Row(f"hole-{one.ref}", ("clause without process", one.title, (one.place,))) for one in answer.holes]
    return Table("missing", "Missing", columns, tuple(rows))


def _decisions(answer: ReportAnswer) -> Table:
    columns = (Column("decision", "Decision", width=40), Column("why", "Why", width=50), Column("by", "By", "date", 12))
    rows = tuple(Row(f"{at}-{one.about}", (one.what, one.why, one.by)) for at, one in enumerate(answer.decisions, 1))
    return Table("decisions", "Decisions asked for", columns, rows)


def _effort(answer: ReportAnswer) -> Iterator[Table]:
    if answer.effort is None:
        return
    columns = (
        Column("work", "Work", width=30), Column("count", "How many", "number", 10),
        Column("low", "Hours, least", "number", 12), Column("high", "Hours, most", "number", 12),
    )  # fmt: skip
    rows = tuple(
        Row(one.kind, (one.kind, one.count, *((None, None) if one.hours is None else (one.hours.low, one.hours.high))))
        for one in answer.effort.work
    )
    yield Table("effort", "Effort", columns, rows)


# --- JSON ------------------------------------------------------------------------------------------------------------


def to_json(answer: ReportAnswer) -> Mapping[str, Json]:
    """Give the answer as its JSON contract says."""
    effort, moved = answer.effort, answer.moved
    return {
        "standards": [side_json(side) for side in answer.standards],
        "date": answer.date.isoformat(),
        "figures": _counted(answer.now),
        "main_clauses": [_heap(one) for one in answer.main_clauses],
        "topics": [_heap(one) for one in answer.topics],
        "course": [_moment(one) for one in answer.moments],
        "since": None if answer.since is None else _moment(answer.since),
        "moved": {
            "assessed": list(moved.assessed), "better": list(moved.better), "worse": list(moved.worse),
            "majors_closed": list(moved.closed), "majors_opened": list(moved.opened),
            "actions_done": list(moved.done), "actions_written": list(moved.written),
        },
        "open_majors": [
            {"point": one.point, "gap": one.gap, "planned": one.is_planned, **_action(one.action)}
            for one in answer.majors
        ],
        "until": answer.agenda.until.isoformat(),
        "actions": [
            {
                "clause": None if one.side is None else f"{one.side.key}:{one.number}",
                "severity": one.action.severity, "overdue": one.action.is_overdue, **_action(one.action),
            }
            for one in answer.agenda.actions
        ],
        "missing": [{"id": one.id, "what": one.what, "clauses": list(one.clauses)} for one in answer.documents],
        "without_owner": list(answer.unowned),
        "without_process": [one.ref for one in answer.holes],
        "decisions": [
            {"about": one.about, "what": one.what, "why": one.why, "by": None if one.by is None else one.by.isoformat()}
            for one in answer.decisions
        ],
        "effort": None if effort is None else {
            "work": [{"kind": one.kind, "count": one.count, "hours": _span(one.hours)} for one in effort.work],
            "hours": _span(effort.hours), "price": _span(effort.price), "currency": effort.currency,
        },
    }  # fmt: skip


def _counted(moment: Moment) -> Mapping[str, Json]:
    return {one.key: {"n": one.count.n, "m": one.count.m} for one in moment.figures}


def _moment(moment: Moment) -> Mapping[str, Json]:
    return {
        "date": moment.date.isoformat(), "version": moment.version, "points": _counts(moment.points),
        "figures": _counted(moment),
    }  # fmt: skip


def _counts(counts: Counts) -> Mapping[str, Json]:
    return {_KEYS[word]: counts[word] for word in _WORDS}


def _heap(heap: Heap) -> Mapping[str, Json]:
    return {
        "id": heap.id, "number": heap.number, "title": heap.title, "main": heap.main,
        "points": {key: _counts(counts) for key, counts in heap.points.items()},
    }  # fmt: skip


def _action(action: Action | None) -> Mapping[str, Json]:
    if action is None:
        return {"action": None, "owner": None, "due": None}
    due = None if action.due is None else action.due.isoformat()
    return {"action": action.text, "owner": action.owner, "due": due}


def _span(span: Span | None) -> Json:
    return None if span is None else {"low": span.low, "high": span.high}
