"""The answer as tables: answer, gates, criteria, range, flip test, what would decide it, coverage, effort."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from imsmap.analyses.choose.answer import ChooseAnswer, Span
from imsmap.decision.rules import COUNTS, MOST_SCORE, MOST_WEIGHT, UNDECIDED, UNKNOWN, Hours
from imsmap.report import Cell, Column, Ref, Row, Table
from imsmap.wording import listed


def tables_of(answer: ChooseAnswer) -> tuple[Table, ...]:
    """Lay the answer out, leaving out what there is nothing to say of."""
    every = (
        _answer_table(answer),
        _gates_table(answer),
        _criteria_table(answer),
        _pulls_table(answer),
        _flip_table(answer),
        _deciding_table(answer),
        _coverage_table(answer),
        _effort_table(answer),
    )
    return tuple(table for table in every if table is not None)


def _answer_table(answer: ChooseAnswer) -> Table:
    said = [f"Answer: {answer.answer}. {answer.sentence}", *(f"Why: {reason}" for reason in answer.reasons)]
    rows = tuple(Row(f"answer-{at}", (words,)) for at, words in enumerate(said, 1))
    return Table("answer", "The answer", (Column("said", "Answer", "text", 100),), rows)


def _gates_table(answer: ChooseAnswer) -> Table:
    columns = (
        Column("kind", "Gate", "text", 12),
        Column("names", "Names", "text", 12),
        Column("date", "By", "text", 12),
        Column("evidence", "Evidence", "text", 50),
        Column("decides", "Decides", "yes/no", 9),
    )
    rows = [
        Row(f"gate-{at}", (one.gate.kind, one.gate.names, _day(one.gate.date), one.gate.evidence or None, one.decides))
        for at, one in enumerate(answer.gates, 1)
    ]
    rows += [
        Row(
            f"held-{held.side}",
            (
                "certificate held",
                held.side,
                _day(held.until),
                " ".join(filter(None, (held.edition, held.evidence))),
                True,
            ),
        )
        for held in answer.case.held
    ]
    return Table("gates", "Gates: what obliges, and what is held", columns, tuple(rows))


def _day(date: datetime.date | None) -> str | None:
    return None if date is None else date.isoformat()


def _criteria_table(answer: ChooseAnswer) -> Table:
    columns = (
        Column("toward", "Pulls toward", "text", 13),
        Column("title", "Criterion", "text", 34),
        Column("score", f"Score, 0 to {MOST_SCORE}", "text", 9),
        Column("weight", f"Weight, 0 to {MOST_WEIGHT}", "number", 9),
        Column("evidence", "Evidence", "text", 44),
    )
    rows = tuple(
        Row(
            criterion.id,
            (
                "capacity" if criterion.side is None else answer.named[criterion.side],
                criterion.title,
                UNKNOWN if given.score is None else str(given.score),
                None if criterion.side is None else given.weight,
                given.evidence or None,
            ),
        )
        for criterion, given in ((one.criterion, one.given) for one in answer.criteria)
    )
    return Table("criteria", "Criteria, weights and evidence", columns, rows)


def _pulls_table(answer: ChooseAnswer) -> Table:
    columns = (
        Column("side", "Pull toward", "text", 12),
        Column("low", "At least", "text", 9),
        Column("high", "At most", "text", 9),
        Column("of", "Of", "number", 5),
        Column("counts", "Counts", "text", 16),
    )
    rows = []
    for side in answer.case.sides:
        pull = answer.outcome.pulls[side]
        counts = "yes" if pull.low >= COUNTS else "no" if pull.high < COUNTS else UNKNOWN
        cells = (answer.named[side], f"{float(pull.low):.2f}", f"{float(pull.high):.2f}", MOST_SCORE, counts)
        rows.append(Row(side, cells))
    return Table("pulls", "The range that unknowns leave", columns, tuple(rows))


def _flip_table(answer: ChooseAnswer) -> Table:
    columns = (
        Column("what", "Change of", "text", 10),
        Column("criterion", "Criterion", "text", 34),
        Column("from", "From", "number", 6),
        Column("to", "To", "number", 6),
        Column("answer", "Then", "text", 32),
    )
    rows = tuple(
        Row(
            f"{change.what}-{change.id}-{change.after}",
            (change.what, title, change.before, change.after, change.answer),
        )
        for change, title in ((one.change, one.title) for one in answer.flips)
    )
    kinds = {one.change.what for one in answer.flips}
    lacking = [f"no single {what}" for what in ("weight", "score") if what not in kinds]
    if answer.answer == UNDECIDED:
        note = "Nothing is decided yet, so nothing can flip: see what would decide it."
    elif lacking:
        note = f"Changed alone, {listed(lacking)} flips it" + (": a gate decides." if answer.by_gate else ".")
    else:
        note = "Each is the smallest change of its kind, in whole steps and alone, that changes the answer."
    return Table("flip", "Flip test: the smallest change that changes the answer", columns, rows, note)


def _deciding_table(answer: ChooseAnswer) -> Table | None:
    if not answer.deciding:
        return None
    columns = (
        Column("what", "What to find out", "text", 50),
        Column("find", "How", "text", 50),
        Column("then", "What it would decide", "list", 40),
    )
    rows = tuple(
        Row(f"{at}-{one.id}", (one.what, one.find, _thens(one.answers))) for at, one in enumerate(answer.deciding, 1)
    )
    return Table("deciding", "What would decide it, first what decides most", columns, rows)


def _thens(answers: Sequence[str]) -> Cell:
    """Say what each score would give, neighbours with the same answer together."""
    if not answers:
        return "decides at once"
    if set(answers) == {UNDECIDED}:
        return "nothing alone; it narrows the range"
    told: list[tuple[int, int, str]] = []
    for score, answer in enumerate(answers):
        if told and told[-1][2] == answer:
            told[-1] = (told[-1][0], score, answer)
        else:
            told.append((score, score, answer))
    return tuple(f"{a if a == b else f'{a} to {b}'}: {answer}" for a, b, answer in told)


def _coverage_table(answer: ChooseAnswer) -> Table:
    columns = (
        Column("have", "Who has", "text", 16),
        Column("already", "brings", "text", 44),
        Column("clause", "Has none", "clause", 9),
        Column("title", "Title", "text", 44),
    )
    rows = []
    for one in answer.brings:
        by = one.coverage.by
        said: str | None = one.sentence
        for clause in one.left or (None,):
            cells: tuple[Cell, ...] = (Ref(clause.ref, clause.number), clause.title) if clause else (None, None)
            rows.append(Row(f"{by}-{clause.number if clause else 'all'}", (one.name, said, *cells)))
            said = None
    return Table("coverage", "What each brings to the other, and what has none, by name", columns, tuple(rows))


def _effort_table(answer: ChooseAnswer) -> Table | None:
    effort = answer.effort
    if effort is None:
        return None
    columns = (
        Column("what", "What", "text", 44),
        Column("low", "Hours, low", "number", 10),
        Column("high", "Hours, high", "number", 10),
    )
    rows: list[tuple[str, str, Hours | Span]] = [
        *((f"work-{at}", f"{one.work} ({one.serves})", one) for at, one in enumerate(effort.work, 1)),
        *((f"alone-{side}", f"{answer.named[side]} alone", effort.alone[side]) for side in answer.case.sides),
        ("together", "both as one system", effort.together),
        *(
            (f"added-{side}", f"{answer.named[side]} added to the other", effort.added[side])
            for side in answer.case.sides
        ),
    ]
    return Table(
        "effort",
        "Effort, from your own hours only",
        columns,
        tuple(Row(id_, (what, round(one.low, 1), round(one.high, 1))) for id_, what, one in rows),
        "Work that serves both is counted once in one system. These are your figures; imsmap adds them up and no more.",
    )
