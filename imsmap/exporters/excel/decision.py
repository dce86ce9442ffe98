"""The sheet Decision: gates, criteria and weights that people fill, and formulas that answer as `choose` does."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping

from attrs import evolve

from imsmap import about
from imsmap.decision import rules as decision
from imsmap.decision.rules import (
    AHEAD,
    BOTH,
    CAPABLE,
    CAPACITY,
    COUNTS,
    KINDS,
    MOST_SCORE,
    MOST_WEIGHT,
    UNDECIDED,
    UNKNOWN,
    WEIGHT,
    Case,
    Gate,
    decide,
    due,
    pull,
    weighable,
)
from imsmap.exporters.excel import own
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.decision_rules import FLAG_KEYS, FLAG_ROW, INPUT_ROWS, INPUTS, WORKING, Rules
from imsmap.exporters.excel.grid import Computed, Grid, Held, Line, plain
from imsmap.exporters.excel.reports import needed
from imsmap.exporters.excel.sheet import Writer, nowhere, whole_sheet
from imsmap.library.guides import Criterion
from imsmap.register import schema

ABOUT = about.Sheet(
    title="Decision",
    text="one standard, another or both, and which first; the answer moves with the weights",
    shows="choose",
    place=140,
)

NOT_WEIGHABLE = "give each standard at least one weight above 0"
_LEAD = WORKING.stop - 2
"""Rows above the table: the answer, what it rests on, and how it is computed, which is folded away."""
_SCENARIOS = 4
"""Where a gate does not say which standard it means, each that it may mean is tried, besides what is written."""
_FIELDS = schema.DECISION


def lay(book: Book) -> Grid:
    """Lay the table out: gates, certificates, criteria and capacity, with what is known already."""
    case = needed(book.reports.choose).answer.case
    grid = Grid("tDecision", _FIELDS, tuple(_lines(case)), _LEAD)
    toward = {_toward(case, criterion.side) for criterion in case.criteria}
    return own.filled(book, "decision", grid, lambda held: _computed(grid, held, toward))


def write(book: Book) -> None:
    """Write the sheet, then the answer and its formulas above the table."""
    writer, grid = whole_sheet(
        book,
        "decision",
        needed(book.reports.choose).title,
        book.grids["decision"],
        nowhere,
        note=f"Fill the yellow cells and move the weights: the answer moves. Empty is {UNKNOWN} and never 0. Neither "
        "standard is better.",
        lead=("",) * _LEAD,
        frozen=1,
        repeated=2,
    )
    criteria = needed(book.reports.choose).answer.case.criteria
    rules, case = Rules(grid, criteria), case_of(grid, criteria)
    _answer(writer, rules, case)
    _working(writer, rules, case)
    for row in WORKING:
        writer.sheet.set_row(row - 1, 15, None, {"hidden": True, "level": 1})
    writer.sheet.set_row(WORKING.stop - 1, 15, None, {"collapsed": True})
    _offers(writer, rules)
    writer.sheet.freeze_panes(4, 0)


# --- the table -------------------------------------------------------------------------------------------------------


def _lines(case: Case) -> Iterable[Line]:
    yield _heading("gates", "1. What obliges: a gate decides by itself")
    for kind in KINDS:
        gates = [gate for gate in case.gates if gate.kind == kind]
        for at, gate in enumerate(gates or [None], 1):
            given = (None, None, None) if gate is None else (gate.names, gate.date, gate.evidence or None)
            yield Line(
                f"gate-{kind}" + (f"-{at}" if at > 1 else ""),
                (
                    "gate", f"Does {KINDS[kind]} ask for a certificate? Which, and by when?",
                    f"{', '.join(case.sides)}, {BOTH}, {UNKNOWN}; empty = no",
                    given[0], None, given[1], given[2], None, None, None,
                ),
            )  # fmt: skip
    yield _heading("held", "2. Certificates that are held; Date = until when")
    held = {one.side: one for one in case.held}
    for side in case.sides:
        mine = held.get(side)
        until = None if mine is None else mine.until
        words = "" if mine is None else " ".join(filter(None, (mine.edition, mine.evidence)))
        yield Line(
            f"held-{side}",
            (
                "certificate", f"Is a certificate for {case.called(side)} held?", "yes; empty = no",
                None if mine is None else "yes", None, until, words or None, None, None, None,
            ),
        )  # fmt: skip
    yield _heading("criteria", f"3. Criteria: Answer 0 to {MOST_SCORE}, Weight 0 to {MOST_WEIGHT} (empty = {WEIGHT})")
    for criterion in case.criteria:
        if criterion.side is None:
            yield _heading("capacity", f"4. Capacity: from {CAPABLE} on both can be worked for at once")
        told = case.of(criterion.id)
        weight = None if criterion.side is None or told.weight == WEIGHT else told.weight
        yield Line(
            criterion.id,
            (
                _toward(case, criterion.side), criterion.question,
                f"0 = {criterion.least}; {MOST_SCORE} = {criterion.most}",
                told.score, weight, None, told.evidence or None, None, None, None,
            ),
        )  # fmt: skip


def _toward(case: Case, side: str | None) -> str:
    return CAPACITY if side is None else case.called(side)


def _heading(id_: str, words: str) -> Line:
    return Line(f"head-{id_}", (words, *([None] * (len(_FIELDS) - 1))), heading=True)


def _computed(grid: Grid, held: Mapping[str, Held], known_words: Collection[str]) -> dict[str, Computed]:
    """Give the formulas of a row: the weight that counts, and the least and most that it adds."""
    toward = held["toward"]
    if not isinstance(toward, str) or toward not in known_words:
        return {}
    low, high = (_checked(grid.here("answer"), MOST_SCORE, unknown) for unknown in (0, MOST_SCORE))
    given, used = _score(held["answer"]), _weight(held["weight"])
    known = (0, MOST_SCORE) if given is None else (given, given)
    if toward == CAPACITY:
        return {"low": Computed(f"={low}", known[0]), "high": Computed(f"={high}", known[1])}
    mine = grid.here("used")
    return {
        "used": Computed(f"={_checked(grid.here('weight'), MOST_WEIGHT, WEIGHT)}", used),
        "low": Computed(f"={mine}*{low}", used * known[0]),
        "high": Computed(f"={mine}*{high}", used * known[1]),
    }


def _checked(cell: str, most: int, otherwise: int) -> str:
    """Take what stands in a cell if it is a whole number from 0 to the most, else something else."""
    return f"IF(ISNUMBER({cell}),IF(AND({cell}>=0,{cell}<={most},{cell}=INT({cell})),{cell},{otherwise}),{otherwise})"


def _score(held: Held) -> int | None:
    return decision.score_in(plain(held))


def _weight(held: Held) -> int:
    return decision.weight_in(plain(held))


def case_of(grid: Grid, criteria: tuple[Criterion, ...]) -> Case:
    """Read what stands in the table as the formulas read it: what is no answer counts as none."""
    keys = [field.key for field in grid.fields]
    return decision.case_of(
        {line.id: {key: plain(cell) for key, cell in zip(keys, line.cells, strict=True)} for line in grid.lines},
        criteria,
    )


# --- above the table -----------------------------------------------------------------------------------------------


def _due_serial(case: Case, side: str) -> int:
    found = due(case, side)
    return 0 if found is None else (found - datetime.date(1899, 12, 30)).days


def _answer(writer: Writer, rules: Rules, case: Case) -> None:
    """Write the answer, what is possible, the pulls and what decided."""
    outcome = decide(case) if weighable(case) else None
    flags = [f"${rules.grid.letter(FLAG_KEYS[-1])}${FLAG_ROW + at}" for at in range(len(rules.classes))]
    whole = "*".join(rules.input("weights", side) for side in rules.sides) + "=0"
    chosen = f'"{UNDECIDED}"'
    for flag, word in zip(reversed(flags), reversed(rules.classes), strict=True):
        chosen = f'IF({flag}=1,"{word}",{chosen})'
    total = "+".join(flags)
    named = "&".join(f'IF({flag}=1,"; {word}","")' for flag, word in zip(flags, rules.classes, strict=True))
    gates = "+".join(f"{rules.input('named', side)}*(1-{rules.input('held', side)})" for side in rules.sides)
    entries = [
        (
            "Answer",
            f'=IF({whole},"{NOT_WEIGHABLE}",IF({total}=1,{chosen},"{UNDECIDED}"))',
            outcome.answer if outcome else NOT_WEIGHABLE,
        ),
        ("Possible", f'=IF({whole},"",MID({named},3,200))', "; ".join(outcome.possible) if outcome else ""),
        *((f"Pull to {side}", _pull_formula(rules, side), _pull_words(case, side)) for side in rules.sides),
        (
            "Decided by",
            f'=IF(OR({gates}>0,{rules.asked()}),"a gate","the criteria")',
            "a gate" if decide(_safe(case)).gates else "the criteria",
        ),
    ]
    for row, (label, formula, value) in enumerate(entries, 2):
        writer.sheet.set_row(row, 15)
        writer.text(row, 1, label, "label", "bold")
        writer.sheet.write_formula(row, 2, formula, writer.formats("beside", *(["dark"] if row == 2 else [])), value)
    words = (
        f"A pull counts from {float(COUNTS):g} of {MOST_SCORE} on; a standard comes first if only its pull counts, or "
        f"if it is {AHEAD} or more ahead."
    )
    writer.text(7, 1, words, "small")
    writer.text(9, 1, f"How it is computed stands in rows {WORKING[0]} to {WORKING[-1]}, folded away.", "small")
    writer.text(
        8, 1, "Criteria, thresholds and proposed weights are our judgement; nothing promises a certificate.", "small"
    )


def _safe(case: Case) -> Case:
    """Let gates be told even where nothing can be weighed."""
    return case if weighable(case) else Case(case.gates, case.held, criteria=case.criteria)


def _pull_formula(rules: Rules, side: str) -> str:
    low, high, weights = (rules.input(name, side) for name in ("least", "most", "weights"))
    upper = f'IF({low}={high},""," to "&FIXED({high}/{weights},1))'
    return f'=IF({weights}=0,"",FIXED({low}/{weights},1)&{upper}&" of {MOST_SCORE}")'


def _pull_words(case: Case, side: str) -> str:
    found = pull(case, side)
    if not found.weights:
        return ""
    low, high = (_rounded(part, found.weights) for part in (found.low_sum, found.high_sum))
    return (low if found.low_sum == found.high_sum else f"{low} to {high}") + f" of {MOST_SCORE}"


def _rounded(part: int, whole: int) -> str:
    """Round to one place as a spreadsheet does: halves go up."""
    tenths = (20 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}"


def _working(writer: Writer, rules: Rules, case: Case) -> None:
    """Write the figures that the rules start from, and which class is possible in which scenario."""
    sheet, formats = writer.sheet, writer.formats
    column = {key: rules.grid.place(key) + 1 for key in ("used", "low", "high", "scale", *FLAG_KEYS)}
    for key, word in zip(("low", "high"), rules.sides, strict=True):
        writer.text(WORKING.start - 1, column[key], word, "label")
    for name, label in INPUTS.items():
        row = INPUT_ROWS[name] - 1
        writer.text(row, column["used"] - 1, label, "small", "right")
        for key, side in zip(("low", "high"), rules.sides, strict=True):
            sheet.write_formula(
                row,
                column[key],
                f"={rules.inputs(name, side)}",
                formats("computed", "number"),
                _input(case, name, side),
            )
    top = FLAG_ROW - 2
    writer.text(top, column["scale"], "Which class is possible", "label")
    scenarios = ("as written", *(f"+ {more}" for more in (*rules.sides, BOTH)), "in all")
    for key, scenario in zip(FLAG_KEYS, scenarios, strict=True):
        writer.text(top, column[key], scenario, "label")
    found = [_possible(case, scenario) for scenario in range(_SCENARIOS)]
    asked = any(gate.names == UNKNOWN for gate in case.gates)
    for at, word in enumerate(rules.classes):
        row = FLAG_ROW - 1 + at
        writer.text(row, column["scale"], word, "small")
        cells = [f"${rules.grid.letter(key)}${row + 1}" for key in FLAG_KEYS]
        for number, key in enumerate(FLAG_KEYS[:-1]):
            value = 1 if word in found[number] else 0
            sheet.write_formula(row, column[key], rules.flag(word, number), formats("computed", "number"), value)
        joint = f"=IF({rules.asked()},MAX({cells[1]},{cells[2]},{cells[3]}),{cells[0]})"
        value = 1 if any(word in one for one in (found[1:] if asked else found[:1])) else 0
        sheet.write_formula(row, column[FLAG_KEYS[-1]], joint, formats("computed", "number"), value)


def _possible(case: Case, scenario: int) -> tuple[str, ...]:
    """Tell what is possible in one scenario, as the rules do."""
    known = tuple(gate for gate in case.gates if gate.names != UNKNOWN)
    more = ((), *((names,) for names in (*case.sides, BOTH)))[scenario]
    # Where it is open what a gate means, no date is taken as known.
    gates = known if not scenario else tuple(Gate(gate.kind, gate.names) for gate in known)
    told = evolve(case, gates=(*gates, *(Gate("contract", names) for names in more)))
    return decide(told).possible if weighable(told) else ()


def _input(case: Case, name: str, side: str) -> int:
    found = pull(case, side)
    return {
        "named": int(any(gate.names in (side, BOTH) for gate in case.gates)),
        "held": int(case.holds(side)),
        "due": _due_serial(case, side),
        "least": found.low_sum,
        "most": found.high_sum,
        "weights": found.weights,
        "capacity": _capacity(case)[case.sides.index(side)],
    }[name]


def _capacity(case: Case) -> tuple[int, int]:
    score = case.of(CAPACITY).score
    return (0, MOST_SCORE) if score is None else (score, score)


def _offers(writer: Writer, rules: Rules) -> None:
    """Offer lists in the yellow cells, and refuse scores and weights that are none."""
    place = {key: rules.grid.place(key) + 1 for key in ("answer", "weight")}
    whole = {"validate": "integer", "criteria": "between", "minimum": 0}
    sides = {criterion.id: criterion.side for criterion in rules.criteria}
    for id_, row in rules.rows.items():
        at = row - 1
        if id_.startswith("gate-"):
            _offer(writer, at, place["answer"], {"validate": "list", "source": [*rules.sides, BOTH, UNKNOWN]})
        elif id_.startswith("held-"):
            _offer(writer, at, place["answer"], {"validate": "list", "source": ["yes", "no"]})
        elif id_ in sides:
            said = f"A whole number from 0 to {MOST_SCORE}; leave it empty if you do not know."
            rule = {**whole, "maximum": MOST_SCORE, "error_title": "Answer", "error_message": said}
            _offer(writer, at, place["answer"], rule)
            if sides[id_] is not None:
                said = f"A whole number from 0 to {MOST_WEIGHT}."
                _offer(
                    writer,
                    at,
                    place["weight"],
                    {**whole, "maximum": MOST_WEIGHT, "error_title": "Weight", "error_message": said},
                )


def _offer(writer: Writer, row: int, column: int, rule: dict[str, object]) -> None:
    writer.sheet.data_validation(row, column, row, column, rule)
