"""Which process answers for which clause, and what does not apply and so is no gap."""

from __future__ import annotations

import datetime

from imsmap.analyses import processes
from imsmap.reasoning.groups import grouped
from imsmap.register.asked import asked
from imsmap.register.cells import Key
from imsmap.register.schema import Process
from imsmap.register.state import state
from tests.building import graph, standard

A, B = "iso1-2030", "iso2-2030"
KEYS = (A, B)
GRAPH = graph(
    standard(A, {"4": None, "4.1": ["=issues"], "4.2": ["=parties"], "8.1": ["=planned"]}, not_applicable=["8.1"]),
    standard(B, {"4.1": ["=issues"]}, discipline="environment"),
)


def test_a_clause_has_a_process_if_one_is_marked_or_all_and_what_does_not_apply_is_no_gap() -> None:
    cells = {
        Key("processes", f"{A}:4.1", "process:make"): "p",
        Key("processes", f"{A}:4.2", "all"): "yes",
        Key("requirements", f"{A}:8.1#planned", "applies"): "Not applicable",
        Key("requirements", f"{B}:4.1#issues", "applies"): "Not applicable",
    }
    told = state(asked(grouped(GRAPH, KEYS)), cells, [Process("make", "Make")], date=datetime.date(2031, 1, 2))
    report = processes.analyse(GRAPH, processes.Question(KEYS, told))
    answer = report.answer
    assert [(one.clause.ref, dict(one.state.marks), one.state.every, one.state.in_scope) for one in answer.clauses] == [
        (f"{A}:4.1", {"make": "P"}, False, True),
        (f"{A}:4.2", {}, True, True),
        (f"{A}:8.1", {}, False, False),
        (f"{B}:4.1", {}, False, True),
    ]
    assert (answer.n, answer.m, answer.not_applicable) == (2, 3, 1)
    assert report.message == "2 of 3 leaf clauses that apply have a process"
    assert answer.headings[f"{A}:4"] == "Clause 4"
