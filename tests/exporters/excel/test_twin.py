"""What answers mean is worked out twice, in Python and by formulas: both agree, whatever people write."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrs import evolve

from imsmap.exporters import excel
from imsmap.exporters.excel import Given, Process, Settings
from imsmap.exporters.excel.twin import NO_PROCESS, OUT
from imsmap.library.graph import ClauseGraph
from imsmap.reasoning.groups import grouped
from imsmap.register import schema
from imsmap.register.asked import asked
from imsmap.register.cells import Cells, Formula, Key, Value
from imsmap.register.figures import figures
from imsmap.register.questions import CONTROL
from imsmap.register.schema import Part
from imsmap.register.state import State, state
from imsmap.workbook import STATE
from tests import office
from tests.building import graph, standard
from tests.exporters.excel.library import DAY, odd_numbers, reports
from tests.exporters.excel.reading import load, one_sheet
from tests.exporters.excel.recalculating import differences, recalculated

A, B, C, D = "iso1-2030", "iso2-2030", "iso3-2030", "iso4-2030"
KEYS = (A, B, C, D)
SHEETS = (
    "cover", "dashboard", "requirements", "actions", "audit", "processes", "documents", "soa", "obligations",
)  # fmt: skip
OF_PARTS = ("requirements", "actions", "documents", "soa", "obligations")
CASES = 16
PARTS = 4


def library() -> ClauseGraph:
    """Standards that let everything be left out, nothing, a part; of the last only the clauses are known."""
    rough = standard(D, {"4.1": [], "4.2": ["=parties"]}, discipline="energy", not_applicable=["*"])
    return graph(
        standard(
            A, {"4": None, "4.1": ["=issues", "+watching"], "8": None, "8.1": ["=planned"], "8.2": ["+selling"]},
            topics={"8.2": "design"}, documented={"issues": "maintain", "selling": "retain"}, not_applicable=["*"],
            laws={"4.1": "Water Act", "8.1": "Air Act", "8.2": "Permit 7"},
        ),
        standard(
            B, {"4": None, "4.1": ["=issues"], "8": None, "8.1": ["=planned", "+fleeing"]}, discipline="environment",
            documented={"issues": "maintain", "fleeing": "retain"},
        ),
        standard(
            C, {
                "4": None, "4.1": ["=issues"], "9.1": ["=measured", "+metering"], "A": None, "A.1": ["+locks", "+keys"],
                "A.2": ["+alarm"], "A.3": ["+guards"], "A.10": ["+dogs"], "B": None, "B.1": ["+oath"],
            },
            discipline="energy", documented={"measured": "available", "keys": "maintain"}, not_applicable=["9.1", "A"],
            topics=dict.fromkeys(("A.1", "A.2", "A.3", "A.10", "B.1"), "design"),
            themes=dict.fromkeys(("A.1", "A.2", "A.3", "A.10", "B.1"), "things"),
        ),
        evolve(rough, level="clause"),
    )  # fmt: skip


LIBRARY = library()
ASKED = asked(grouped(LIBRARY, KEYS))
POINTS = tuple(point for leaf in ASKED.leaves for point in leaf.points)
QUESTIONS = tuple(question.id for question in ASKED.questions if question.is_shared)
HEADINGS = tuple(dict.fromkeys(row for rows in ASKED.headings.values() for row in rows if not row.startswith(CONTROL)))
ASKING = reports(*KEYS, library=LIBRARY).documents.answer.asking  # type: ignore[union-attr]
CHECKLIST = tuple(reports(*KEYS, library=LIBRARY).audit.answer.lines)  # type: ignore[union-attr]
# No truth among them: for LibreOffice it is the number 1, for Excel it is none.
ODD: tuple[Value, ...] = ("?", "*", "n/a", "Conform*", "  ", 3, 0.5, 'it\'s "so"')
DUE: tuple[Value, ...] = (
    DAY, DAY - datetime.timedelta(1), DAY + datetime.timedelta(30), datetime.datetime(2031, 1, 1, 23, 30), 47000,
    47850.5, "2031-01-01", "soon", 0, -4, " ", "04/05/2030", " 4/5/2030", "03/04/2031", "02/01/2031",
)  # fmt: skip
TEXT: tuple[Value, ...] = ("Look after it", "5", 5, "  ")


def spelled(draw: random.Random, words: tuple[str, ...]) -> Value:
    """Write a word of a list as people do, or something that is none."""
    word = draw.choice(words)
    ways: tuple[Value, ...] = (
        word,
        word,
        word.upper(),
        f" {word}",
        word.replace(" ", "  "),
        Formula(f'="{word}"', word),
    )
    return draw.choice(ODD) if draw.random() < 0.2 else draw.choice(ways)


def register(draw: random.Random) -> tuple[dict[Key, Value], tuple[Process, ...]]:
    """Fill a register at random."""
    cells: dict[Key, Value] = {}
    often = 0.4 + 0.6 * draw.random()

    def put(sheet: str, row: str, field: str, value: Value, share: float = 1.0) -> None:
        if draw.random() < often * share:
            cells[Key(sheet, row, field)] = value

    out = schema.NOT_APPLICABLE
    for point in POINTS:
        put("requirements", point, "applies", draw.choice((out, spelled(draw, schema.APPLIES))), 0.6)
        put("requirements", point, "status", spelled(draw, tuple(schema.STATUS)))
        put("requirements", point, "severity", draw.choice((schema.MAJOR, spelled(draw, tuple(schema.SEVERITY)))), 0.8)
        put("requirements", point, "action", draw.choice(TEXT), 0.6)
        put("requirements", point, "due", draw.choice(DUE))
        put("requirements", point, "document", "Handbook", 0.5)
        put("requirements", point, "owner", "Ann", 0.3)
        put("actions", f"action:{point}", "status", spelled(draw, schema.PROGRESS))
        put("actions", f"action:{point}", "over:due", draw.choice(DUE), 0.2)
        put("actions", f"action:{point}", "over:text", draw.choice(TEXT), 0.2)
    for heading in HEADINGS:
        put("requirements", heading, "applies", draw.choice((out, spelled(draw, schema.APPLIES))), 0.2)
        put("requirements", heading, "status", spelled(draw, tuple(schema.STATUS)), 0.1)
        put("requirements", heading, "justification", "None of ours", 0.2)
    for ref in ASKED.controls:
        put("soa", ref, "applicable", draw.choice((schema.YES, schema.YES, spelled(draw, tuple(schema.APPLICABLE)))))
        put("soa", ref, "justification", draw.choice(TEXT), 0.7)
        put("soa", ref, "status", draw.choice((schema.IMPLEMENTED, spelled(draw, schema.IMPLEMENTATION))))
    put("soa", "new:1", "applicable", schema.YES, 0.3)
    for ref in ASKED.obligations:
        put("obligations", ref, "how", draw.choice(TEXT))
        put("obligations", ref, "evaluated", draw.choice(DUE), 0.5)
        put("obligations", ref, "next", draw.choice(DUE))
    put("obligations", "new:1", "next", DAY - datetime.timedelta(9), 0.3)
    for row in CHECKLIST:
        for key in KEYS:
            put("audit", row, schema.result(key), spelled(draw, schema.RESULT), 0.7)
    put("audit", "new:1", schema.result(A), schema.CONFORMING, 0.5)
    for question in QUESTIONS:
        put("requirements", question, "document", "Procedure", 0.4)
    for row in ("new:1", "new:2"):
        put("actions", row, draw.choice(("text", "over:text")), draw.choice(TEXT))
        put("actions", row, draw.choice(("due", "over:due")), draw.choice(DUE))
        put("actions", row, "status", spelled(draw, schema.PROGRESS))
    for id_ in ASKING:
        put("documents", id_, draw.choice(("document", "document_id", "location", "owner")), draw.choice(("x", 7)), 0.5)
    processes = tuple(
        Process(f"p{place}", f"Process {place}", draw.choice(("Ann", "", " ")), {
            leaf.ref: draw.choice(tuple(schema.MARKS)) for leaf in ASKED.leaves if draw.random() < 0.3
        })
        for place in range(draw.randint(0, 3))
    )  # fmt: skip
    for leaf in ASKED.leaves:
        put("processes", leaf.ref, "all", spelled(draw, (schema.EVERY,)), 0.3)
        for process in processes:
            put("processes", leaf.ref, f"process:{process.id}", spelled(draw, tuple(schema.SPELLINGS)), 0.3)
    return cells, processes


def workbook(cells: Cells, processes: tuple[Process, ...], part: Part | None = None) -> bytes:
    given = Given(cells, processes, project="small", export="e1", part=part)
    sheets = SHEETS if part is None else ("readme", *OF_PARTS)
    return excel.export(reports(*KEYS, library=LIBRARY), Settings(as_of=DAY), sheets, given)


def part(draw: random.Random) -> Part:
    """Give somebody half of the rows, among them verdicts whose question and whose neighbours are another's."""
    every = {
        "requirements": (*POINTS, *QUESTIONS),
        "actions": [f"action:{point}" for point in POINTS],
        "documents": list(ASKING),
        "soa": ASKED.controls,
        "obligations": ASKED.obligations,
    }
    rows = {sheet: frozenset(row for row in every[sheet] if draw.random() < 0.5) for sheet in OF_PARTS}
    return Part("Ann", rows, frozenset(QUESTIONS[:1]) - rows["requirements"])


def stand(cells: Cells, processes: tuple[Process, ...]) -> State:
    return state(ASKED, cells, processes, ASKING, date=DAY)


def behind(rows: Sequence[Sequence[Any]]) -> dict[str, tuple[int, int]]:
    """Read the figures behind the Dashboard: n and m by label."""
    first = next(place for place, row in enumerate(rows) if str(row[1] or "").startswith("Figures behind")) + 2
    found = {}
    for row in rows[first:]:
        if not row[1]:
            break
        found[str(row[1])] = (int(row[4]), int(row[5]))
    return found


@office.needed
def test_formulas_and_python_agree_on_registers_filled_at_random(tmp_path: Path) -> None:
    cases = [register(random.Random(seed)) for seed in range(CASES)]
    contents = [workbook(*case) for case in cases]
    seen: set[str] = set()
    by_heading = 0
    numbered = odd_numbers()
    halves = [workbook(*cases[seed], part(random.Random(seed))) for seed in range(PARTS)]
    *others, again = recalculated([*contents, *halves, numbered], tmp_path)
    for content in halves:
        count, wrong = differences(content, others.pop(CASES))
        assert count > 20
        assert wrong == [], "one person's rows"
    assert differences(numbered, again)[1] == [], "numbers of any shape"
    for seed, (case, content, other) in enumerate(zip(cases, contents, others, strict=True)):
        stands = stand(*case)
        count, wrong = differences(content, other)
        assert count > 100
        assert wrong == [], f"register {seed}"
        told = {figure.label: (figure.count.n, figure.count.m) for figure in figures(stands)}
        shown = behind(other["Dashboard"])
        assert {label: told[label] for label in shown if label in told} == {
            label: pair for label, pair in shown.items() if label in told
        }, f"register {seed}"
        assert set(told) <= set(shown)
        served = {row[0]: row[5] for row in other["Processes"] if row[0] in stands.clauses}
        for ref, clause in stands.clauses.items():
            assert (served[ref] == NO_PROCESS) == clause.is_hole
            assert (served[ref] == OUT) == (not clause.in_scope)
        by_heading += sum(bool(entry.heading) for entry in stands.exclusions)
        shown_as = {row[0]: row[-1] for row in other["SoA"] if row[0] in stands.controls}
        assert {ref: shown_as[ref] for ref in stands.controls} == {k: c.stands for k, c in stands.controls.items()}
        seen |= {point.status for point in stands.points.values()}
    assert seen == set(schema.STATUS)
    assert by_heading > CASES // 4
    # Each figure is neither nothing nor all of it somewhere, else a wrong formula could hide.
    counts = [figures(stand(*case)) for case in cases]
    assert all(any(0 < told[place].count.n < told[place].count.m for told in counts) for place in range(len(counts[0])))


def test_a_date_that_is_over_however_it_is_read_is_late_on_actions_and_on_the_dashboard() -> None:
    one, other = POINTS[:2]
    cells: dict[Key, Value] = {Key("requirements", point, "action"): "Look" for point in (one, other)}
    cells |= {Key("requirements", one, "due"): "04/05/2030", Key("requirements", other, "due"): "01/04/2031"}
    book = load(workbook(cells, ()), values=True)
    rows = {row[0]: row for row in book["Actions"].iter_rows(values_only=True)}
    assert "OVERDUE" in rows[f"action:{one}"]
    assert "no date" in rows[f"action:{other}"]
    dashboard = behind(list(book["Dashboard"].iter_rows(values_only=True)))
    assert dashboard["Overdue actions"] == (1, 2)
    assert dashboard["Not understood"][0] == 2
    due = {
        row[1]: row[4] for row in book["Dashboard"].iter_rows(values_only=True) if row[1] in ("late", "without a date")
    }
    assert due == {"late": 1, "without a date": 1}


def test_what_the_formulas_work_out_is_hidden_and_does_not_come_back(tmp_path: Path) -> None:
    from imsmap.readers.workbook import read_workbook

    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(*register(random.Random(1))))
    assert one_sheet(path.read_bytes(), STATE).sheet_state == "veryHidden"
    assert STATE not in {sheet.title for sheet in read_workbook(path).sheets}


def test_one_person_s_workbook_holds_their_rows_under_their_headings_and_nobody_else_s() -> None:
    theirs = part(random.Random(2))
    book = load(workbook(*register(random.Random(2)), theirs))
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"][:3] == [
        "Read me", "Requirements", "Actions",
    ]  # fmt: skip
    for sheet, kind in (("Requirements", "requirements"), ("SoA", "soa"), ("Legal register", "obligations")):
        ids = [row[0] for row in book[sheet].iter_rows(min_row=5, values_only=True) if row[0] and row[0] != "row id"]
        wanted = theirs.rows[kind] | (theirs.beside if kind == "requirements" else frozenset())
        assert set(ids) & {*POINTS, *QUESTIONS, *ASKED.controls, *ASKED.obligations} == wanted
        assert not ids or not ids[-1].startswith(("main", "topic"))
