"""The sheet Transition: each change once, each day, each point that is not as before."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest

from imsmap.analyses import matrix, transition
from imsmap.exporters import excel
from imsmap.exporters.excel.reports import Reports
from tests import editions


@pytest.mark.slow
def test_the_sheet_tells_every_change_of_a_leaf_clause_and_every_point_that_is_not_as_before() -> None:
    graph = editions.library()
    report = transition.analyse(graph, transition.Question((editions.OLD,)))
    reports = Reports(
        matrix=matrix.analyse(graph, matrix.Question((editions.OLD, editions.OTHER))), further={"transition": report}
    )
    made = excel.export(reports, excel.Settings(as_of=datetime.date(2031, 1, 2)), sheets=("transition",))
    sheet = openpyxl.load_workbook(io.BytesIO(made))["Transition"]
    ids = [str(row[0]) for row in sheet.iter_rows(values_only=True) if row[0]]
    (told,) = report.answer.transitions
    leaves = [at for at, change in enumerate(told.changes) if change.leaf]
    assert {f"change-{editions.NEW}-{at}" for at in leaves} <= set(ids)
    points = {f"point-{point.new or point.old[0]}" for point in told.points if point.how != "same"}
    assert {id_ for id_ in ids if id_.startswith("point-")} == points
    assert any(
        "leaf clauses of ISO 9001:2031" in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row
    )
