"""The sheet Decision answers as the command does: by its stored values, and as LibreOffice recalculates it."""

from __future__ import annotations

import datetime
import io
import random
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from imsmap.analyses import choose
from imsmap.decision import rules
from imsmap.decision.rules import (
    BOTH,
    CAPACITY,
    KINDS,
    MOST_SCORE,
    UNDECIDED,
    UNKNOWN,
    Certificate,
    Gate,
    Given,
    decide,
    pull,
)
from imsmap.exporters import excel
from imsmap.exporters.excel import Given as Project
from imsmap.exporters.excel import Settings
from imsmap.exporters.excel.decision import NOT_WEIGHABLE
from imsmap.library.graph import ClauseGraph
from imsmap.register.cells import TAKEN_OUT, Key, Value
from tests import office
from tests.choosing import CRITERIA, EVERY, FIRST, SIDES, Case
from tests.exporters.excel.library import DAY, A, B, reports, small
from tests.exporters.excel.reading import load, one_sheet
from tests.exporters.excel.recalculating import without_values

DAYS = [None, datetime.date(2027, 3, 31), datetime.date(2027, 9, 30)]


def made(case: Case, cells: dict[Key, Value] | None = None) -> bytes:
    graph = small()
    if case.criteria != graph.library.criteria:
        graph = ClauseGraph(evolve(graph.library, criteria=case.criteria))
    found = evolve(reports(A, B), choose=choose.analyse(graph, choose.Question((A, B), case)))
    return excel.export(found, Settings(as_of=DAY), sheets=("decision",), given=Project(cells=cells or {}))


def sheet_of(content: bytes) -> Any:
    return one_sheet(content, "Decision", values=True)


def said(sheet: Any) -> tuple[str, str]:
    """The answer and what is possible, as the sheet shows them."""
    found = {row[1].value: row[2].value for row in sheet.iter_rows(min_row=3, max_row=8)}
    return found["Answer"], found["Possible"] or ""


def known(quality: int, environment: int, capacity: int) -> Case:
    score = {"9001": quality, "14001": environment, None: capacity}
    return Case(given={c.id: Given(score[c.side]) for c in CRITERIA})


def some_cases() -> list[Case]:
    """Cases of every kind, some of them on the edges of the rules; the same each time."""
    rand = random.Random(9001)
    edges = [known(*scores) for scores in ((3, 1, 0), (1, 3, 4), (3, 2, 2), (2, 2, 3), (1, 1, 4), (2, 1, 2))]
    edges[3] = edges[3].with_given("faults", score=1).with_given("law", weight=10)
    found = [Case(), *edges]
    for at in range(7):
        gates = tuple(
            Gate(kind, rand.choice([*SIDES, BOTH, UNKNOWN]), rand.choice(DAYS))
            for kind in rand.sample(sorted(KINDS), rand.choice((0, 1, 2)) if at % 3 else 0)
        )
        held = tuple(Certificate(side) for side in SIDES if rand.random() < 0.2)
        given = {
            c.id: Given(
                None if rand.random() < 0.15 else rand.randint(0, MOST_SCORE), rand.randint(0, 10) if c.side else 3
            )
            for c in CRITERIA
        }
        found.append(Case(gates, held, given))
    return found


def cases_of_others() -> list[Case]:
    """Cases between two other standards; ours stand for them, by their disciplines."""
    pair = ("45001", "27001")
    criteria = tuple(
        one if one.standard is None else evolve(one, standard=evolve(one.standard, discipline=DISCIPLINES[one.side]))
        for one in rules.between(EVERY, pair)
    )
    rand = random.Random(45001)
    found = [
        rules.Case((Gate("tender", "27001", DAYS[1]),), criteria=criteria),
        rules.Case((Gate("tender", UNKNOWN),), (Certificate("45001"),), criteria=criteria),
    ]
    for one, other, capacity in ((3, 1, 0), (1, 3, 4), (3, 3, 3), (3, 3, 1)):
        score = {"45001": one, "27001": other, None: capacity}
        given = {c.id: Given(score[c.side], rand.randint(1, 10) if c.side else 3) for c in criteria}
        found.append(rules.Case(given=given, criteria=criteria))
    return found


DISCIPLINES = {"45001": "quality", "27001": "environment"}
CASES = some_cases()
OTHERS = cases_of_others()


@pytest.mark.slow
def test_the_sheet_stores_the_answer_that_the_command_gives():
    for case in (*CASES, *OTHERS):
        outcome = decide(case)
        assert said(sheet_of(made(case))) == (outcome.answer, "; ".join(outcome.possible))


def test_the_cases_cover_every_answer():
    assert {decide(case).answer for case in CASES} >= {UNDECIDED, *FIRST.values()}
    assert len({decide(case).answer for case in CASES}) == 6


def test_pulls_are_ranges_of_four_and_no_percentage_stands_anywhere():
    sheet = sheet_of(made(CASES[1].with_given("law", score=None)))
    words = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "3.0 of 4" in words
    assert "0.8 to 1.5 of 4" in words
    assert not any(re.search(r"\d\s*(%|per ?cent)", word) for word in words)


def test_weights_and_evidence_are_there_to_be_seen_and_changed():
    case = known(3, 1, 2).with_given("law", weight=7, evidence="Two notices")
    sheet = sheet_of(made(case))
    row = next(row for row in sheet.iter_rows() if row[0].value == "law")
    assert [cell.value for cell in row[4:9]] == [1, 7, None, "Two notices", 7]
    plain = next(row for row in sheet.iter_rows() if row[0].value == "faults")
    assert [plain[5].value, plain[8].value] == [None, 3]


def test_what_people_wrote_on_the_sheet_comes_back_and_counts():
    cells: dict[Key, Value] = {Key("decision", "law", "answer"): 4, Key("decision", "law", "weight"): 9}
    cells |= {
        Key("decision", "gate-contract", "answer"): "9001",
        Key("decision", "gate-contract", "date"): DAYS[1] or DAY,
    }
    assert said(sheet_of(made(Case(), cells)))[0] == FIRST["9001"]
    nonsense: dict[Key, Value] = {
        Key("decision", "law", "answer"): 7,
        Key("decision", "gate-contract", "answer"): "perhaps",
    }
    assert said(sheet_of(made(Case(), nonsense))) == said(sheet_of(made(Case())))


def test_what_somebody_emptied_stays_empty():
    told = Case((Gate("contract", "9001", DAYS[1]),), (Certificate("14001"),), {"law": Given(4, 9)})
    places = [
        ("gate-contract", "answer"), ("gate-contract", "date"), ("held-14001", "answer"), ("law", "answer"),
        ("law", "weight"),
    ]  # fmt: skip
    emptied: dict[Key, Value] = {Key("decision", row, name): TAKEN_OUT for row, name in places}
    assert said(sheet_of(made(told))) != said(sheet_of(made(Case())))
    assert said(sheet_of(made(told, emptied))) == said(sheet_of(made(Case())))


def test_beside_the_answer_stand_no_figures_that_are_only_worked_with():
    sheet = sheet_of(made(known(2, 2, 2)))
    seen = [row for row in sheet.iter_rows(min_row=3) if not sheet.row_dimensions[row[0].row].hidden]
    above = seen[: next(at for at, row in enumerate(seen) if row[0].value == "row id")]
    assert {cell.column for row in above for cell in row if cell.value is not None} <= {1, 2, 3}
    assert any("sum of weights" in map(str, (cell.value for cell in row)) for row in sheet.iter_rows())


def test_two_gates_of_one_kind_have_a_row_each():
    gates = (Gate("contract", "9001", DAYS[1]), Gate("contract", "14001", DAYS[2]))
    sheet = sheet_of(made(Case(gates)))
    ids = [row[0].value for row in sheet.iter_rows() if str(row[0].value).startswith("gate-")]
    assert ids == ["gate-contract", "gate-contract-2", "gate-tender", "gate-permit", "gate-policy"]
    assert said(sheet)[0] == decide(Case(gates)).answer


def test_weights_that_are_all_zero_are_told():
    cells: dict[Key, Value] = {Key("decision", c.id, "weight"): 0 for c in CRITERIA if c.side == "9001"}
    assert said(sheet_of(made(known(2, 2, 2), cells))) == (NOT_WEIGHABLE, "")


def test_text_of_people_never_becomes_a_formula():
    content = made(known(3, 1, 2).with_given("law", evidence="=1+1"))
    row = next(row for row in one_sheet(content, "Decision").iter_rows() if row[0].value == "law")
    assert (row[7].value, row[7].data_type) == ("=1+1", "s")


# --- LibreOffice -----------------------------------------------------------------------------------------------------


def recalculated(contents: dict[str, bytes], folder: Path) -> dict[str, Any]:
    """Take the stored values out of workbooks and let LibreOffice compute them, all in one run."""
    sources = []
    for name, content in contents.items():
        source = folder / f"{name}.xlsx"
        source.write_bytes(without_values(content))
        sources.append(source)
    office.convert(sources, folder / "out")
    return {
        name: one_sheet((folder / "out" / f"{name}.xlsx").read_bytes(), "Decision", values=True) for name in contents
    }


def changed(content: bytes, id_: str, column: int, value: object) -> bytes:
    """Move one cell, as somebody would; stored values are lost."""
    book = load(content)
    row = next(row for row in book["Decision"].iter_rows() if row[0].value == id_)
    row[column].value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@office.needed
def test_libreoffice_computes_what_the_command_says_and_moving_a_weight_moves_it(tmp_path: Path):
    base = known(3, 2, 2).with_given("aspects", score=4)
    moved = base.with_given("aspects", weight=0)
    cases = (*CASES, *OTHERS)
    contents = {f"case{at}": made(case) for at, case in enumerate(cases)}
    contents |= {"base": made(base), "moved": changed(made(base), "aspects", 5, 0)}
    contents |= {"typed": changed(made(known(0, 4, 4)), "gate-tender", 4, "9001")}
    sheets = recalculated(contents, tmp_path)
    for at, case in enumerate(cases):
        outcome = decide(case)
        assert said(sheets[f"case{at}"]) == (outcome.answer, "; ".join(outcome.possible)), case
        ours = {
            c.coordinate: c.value
            for row in sheet_of(contents[f"case{at}"]).iter_rows()
            for c in row
            if c.value not in (None, "")
        }
        theirs = {
            c.coordinate: c.value for row in sheets[f"case{at}"].iter_rows() for c in row if c.value not in (None, "")
        }
        assert theirs == ours
    assert (said(sheets["base"])[0], said(sheets["moved"])[0]) == (decide(base).answer, decide(moved).answer)
    assert decide(base).answer != decide(moved).answer
    assert said(sheets["typed"])[0] == FIRST["9001"]


def test_taking_the_values_out_leaves_something_to_compute():
    content = made(CASES[1])
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"</f><v>" in parts.read("xl/worksheets/sheet1.xml")
    assert said(one_sheet(without_values(content), "Decision", values=True))[0] is None
    assert pull(CASES[1], "9001").weights == 18
    assert CASES[1].of(CAPACITY).score == 0
