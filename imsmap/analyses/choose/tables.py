"""The answer as tables: answer, gates, criteria, range, flip test, what would decide it, coverage, effort."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from imsmap.decision.rules import COUNTS, MOST_SCORE, MOST_WEIGHT, SIDES, UNDECIDED, UNKNOWN, Outcome
from imsmap.library.graph import ClauseGraph
from imsmap.report import Cell, Column, Ref, Row, Table
from imsmap.wording import listed


def tables_of(
    graph: ClauseGraph, values: Mapping[str, Any], outcome: Outcome, told: Sequence[str]
) -> tuple[Table, ...]:
    """Lay the answer out, leaving out what there is nothing to say of."""
    every = (
        _answer_table(values),
        _gates_table(values),
        _criteria_table(values),
        _pulls_table(values),
        _flip_table(values, outcome),
        _deciding_table(values),
        _coverage_table(graph, values, told),
        _effort_table(values),
    )
    return tuple(table for table in every if table is not None)


def _answer_table(values: Mapping[str, Any]) -> Table:
    said = [f"Answer: {values['answer']}. {values['sentence']}", *(f"Why: {reason}" for reason in values["reasons"])]
    rows = tuple(Row(f"answer-{at}", (words,)) for at, words in enumerate(said, 1))
    return Table("answer", "The answer", (Column("said", "Answer", "text", 100),), rows)


def _gates_table(values: Mapping[str, Any]) -> Table:
    columns = (
        Column("kind", "Gate", "text", 12),
        Column("names", "Names", "text", 12),
        Column("date", "By", "text", 12),
        Column("evidence", "Evidence", "text", 50),
        Column("decides", "Decides", "yes/no", 9),
    )
    rows = [
        Row(f"gate-{at}", (gate["kind"], gate["names"], gate["date"], gate["evidence"] or None, gate["decides"]))
        for at, gate in enumerate(values["gates"], 1)
    ]
    rows += [
        Row(
            f"held-{held['standard']}",
            (
                "certificate held",
                held["standard"],
                held["until"],
                " ".join(filter(None, (held["edition"], held["evidence"]))),
                True,
            ),
        )
        for held in values["held"]
    ]
    return Table("gates", "Gates: what obliges, and what is held", columns, tuple(rows))


def _criteria_table(values: Mapping[str, Any]) -> Table:
    columns = (
        Column("toward", "Pulls toward", "text", 13),
        Column("title", "Criterion", "text", 34),
        Column("score", f"Score, 0 to {MOST_SCORE}", "text", 9),
        Column("weight", f"Weight, 0 to {MOST_WEIGHT}", "number", 9),
        Column("evidence", "Evidence", "text", 44),
    )
    rows = tuple(
        Row(
            entry["id"],
            (
                "capacity" if entry["side"] is None else f"ISO {entry['side']}",
                entry["title"],
                UNKNOWN if entry["score"] is None else str(entry["score"]),
                entry["weight"],
                entry["evidence"] or None,
            ),
        )
        for entry in values["criteria"]
    )
    return Table("criteria", "Criteria, weights and evidence", columns, rows)


def _pulls_table(values: Mapping[str, Any]) -> Table:
    columns = (
        Column("side", "Pull toward", "text", 12),
        Column("low", "At least", "text", 9),
        Column("high", "At most", "text", 9),
        Column("of", "Of", "number", 5),
        Column("counts", "Counts", "text", 16),
    )
    rows = []
    for side in SIDES:
        pull = values["pulls"][side]
        counts = "yes" if pull["low"] >= COUNTS else "no" if pull["high"] < COUNTS else UNKNOWN
        rows.append(Row(side, (f"ISO {side}", f"{pull['low']:.2f}", f"{pull['high']:.2f}", pull["of"], counts)))
    return Table("pulls", "The range that unknowns leave", columns, tuple(rows))


def _flip_table(values: Mapping[str, Any], outcome: Outcome) -> Table:
    columns = (
        Column("what", "Change of", "text", 10),
        Column("criterion", "Criterion", "text", 34),
        Column("from", "From", "number", 6),
        Column("to", "To", "number", 6),
        Column("answer", "Then", "text", 32),
    )
    rows = tuple(
        Row(
            f"{entry['what']}-{entry['id']}-{entry['to']}",
            (entry["what"], entry["title"], entry["from"], entry["to"], entry["answer"]),
        )
        for entry in values["flip"]
    )
    kinds = {entry["what"] for entry in values["flip"]}
    lacking = [f"no single {what}" for what in ("weight", "score") if what not in kinds]
    if outcome.answer == UNDECIDED:
        note = "Nothing is decided yet, so nothing can flip: see what would decide it."
    elif lacking:
        note = f"Changed alone, {listed(lacking)} flips it" + (": a gate decides." if outcome.gates else ".")
    else:
        note = "Each is the smallest change of its kind, in whole steps and alone, that changes the answer."
    return Table("flip", "Flip test: the smallest change that changes the answer", columns, rows, note)


def _deciding_table(values: Mapping[str, Any]) -> Table | None:
    if not values["deciding"]:
        return None
    columns = (
        Column("what", "What to find out", "text", 50),
        Column("find", "How", "text", 50),
        Column("then", "What it would decide", "list", 40),
    )
    rows = tuple(
        Row(f"{at}-{entry['id']}", (entry["what"], entry["find"], _thens(entry["answers"])))
        for at, entry in enumerate(values["deciding"], 1)
    )
    return Table("deciding", "What would decide it, first what decides most", columns, rows)


def _thens(answers: list[str]) -> Cell:
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


def _coverage_table(graph: ClauseGraph, values: Mapping[str, Any], told: Sequence[str]) -> Table:
    columns = (
        Column("have", "Who has", "text", 16),
        Column("already", "has already", "text", 44),
        Column("clause", "Still all new", "clause", 9),
        Column("title", "Title", "text", 44),
    )
    rows = []
    for entry, left, sentence in zip(values["coverage"], values["uncovered"], told, strict=True):
        by = graph.standard(entry["by"]).designation
        said: str | None = sentence
        for one in left or [None]:
            cells: tuple[Cell, ...] = (Ref(one["clause"], one["number"]), one["title"]) if one else (None, None)
            rows.append(Row(f"{entry['by']}-{one['number'] if one else 'all'}", (by, said, *cells)))
            said = None
    return Table(
        "coverage", "What each already brings to the other, and what is all new, by name", columns, tuple(rows)
    )


def _effort_table(values: Mapping[str, Any]) -> Table | None:
    effort = values["effort"]
    if effort is None:
        return None
    columns = (
        Column("what", "What", "text", 44),
        Column("low", "Hours, low", "number", 10),
        Column("high", "Hours, high", "number", 10),
    )
    rows = [(f"work-{at}", f"{one['work']} ({one['serves']})", one) for at, one in enumerate(effort["work"], 1)]
    rows += [(f"alone-{side}", f"ISO {side} alone", effort["alone"][side]) for side in SIDES]
    rows += [("together", "both as one system", effort["together"])]
    rows += [
        (f"added-{side}", f"ISO {side} added to the other", effort["added"][side]) for side in SIDES
    ]  # fmt: skip
    return Table(
        "effort",
        "Effort, from your own hours only",
        columns,
        tuple(Row(id_, (what, round(one["low"], 1), round(one["high"], 1))) for id_, what, one in rows),
        "Work that serves both is counted once in one system. These are your figures; imsmap adds them up and no more.",
    )
