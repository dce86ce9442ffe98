"""The sheets of the audit programme: processes by months, what is never covered, sessions with their clauses."""

from __future__ import annotations

import datetime

import pytest
from attrs import evolve

from imsmap.analyses.programme import Question, analyse
from imsmap.exporters import excel
from imsmap.exporters.excel import Given, Process, Reports, Settings
from imsmap.reasoning.groups import grouped
from imsmap.register import schema
from imsmap.register.asked import asked
from imsmap.register.cells import Key
from imsmap.register.planning import programme
from imsmap.register.programme import Auditor, Month, Said, Terms
from imsmap.register.state import state
from tests.exporters.excel.library import DAY, A, B, reports, small
from tests.exporters.excel.reading import load

KEYS = (A, B)
PROCESSES = (
    Process("make", "Make", "Ann", {f"{A}:4.1": "P", f"{B}:4.1": "P", f"{B}:8.1": "P"}),
    Process("sell", "Sell", "", {f"{A}:8.2": "P", f"{A}:8.4": "P"}),
)


@pytest.fixture(scope="module")
def told() -> Reports:
    found = state(asked(grouped(small(), KEYS)), {}, PROCESSES, date=datetime.date(2031, 1, 2))
    terms = Terms(
        Month(2031, 1),
        (Auditor("Ann"), Auditor("Ben")),
        months=(3, 9),
        said={"make": Said(schema.MEDIUM, schema.MINOR)},
    )
    report = analyse(small(), Question(KEYS, programme(found, terms, {})))
    return evolve(reports(*KEYS), further={"programme": report})


def book(told: Reports) -> dict[str, list[list[object]]]:
    given = Given(cells={Key("programme", "sell", "risk"): "low"}, processes=PROCESSES)
    content = excel.export(told, Settings(as_of=DAY), ("requirements", "programme", "audit_plan"), given)
    return {sheet.title: [[c.value for c in row] for row in sheet.iter_rows()] for sheet in load(content, values=True)}


def test_processes_stand_by_the_months_in_which_audits_are_held(told: Reports):
    rows = book(told)["Programme"]
    head = next(place for place, row in enumerate(rows) if "Last result" in row)
    titles = rows[head]
    assert [title for title in titles if str(title)[-3:] in (" 31", " 32", " 33")] == [
        "Mar 31", "Sep 31", "Mar 32", "Sep 32", "Mar 33", "Sep 33",
    ]  # fmt: skip
    make, sell = (dict(zip(titles[1:], row[1:], strict=True)) for row in rows[head + 1 : head + 3])
    assert (make["Process"], make["Counts as"], make["Every (months)"], make["Auditors"]) == (
        "Make", "Medium, Minor", 12, "Ben",
    )  # fmt: skip
    assert [title for title, cell in make.items() if cell == "QE"] == ["Sep 31", "Sep 32", "Sep 33"]
    assert [title for title, cell in sell.items() if cell == "Q"] == ["Mar 32"]
    assert (make["Risk"], sell["Risk"]) == (None, "Low")  # what people say stands there; what counts, beside it


def test_above_them_stands_what_is_never_covered_and_why(told: Reports):
    above = " ".join(str(row[1]) for row in book(told)["Programme"][:8] if row[1])
    assert "cover 5 of 6 leaf clauses that apply" in above
    assert "Clauses never covered: E 8.2 (no process answers for it)." in above


def test_sessions_stand_in_their_order_with_the_clauses_of_each_standard(told: Reports):
    rows = book(told)["Audit plan"]
    head = next(place for place, row in enumerate(rows) if "Session" in row)
    assert [row[1:] for row in rows[head + 1 :]] == [
        [1, "2031-09", "Make", "Ben", "QE", "4.1", "4.1, 8.1"],
        [2, "2032-03", "Sell", "Ann", "Q", "8.2, 8.4", "none"],
        [3, "2032-09", "Make", "Ben", "QE", "4.1", "4.1, 8.1"],
        [4, "2033-09", "Make", "Ben", "QE", "4.1", "4.1, 8.1"],
    ]
