"""The sheet Transition: each change once, each day, each point that is not as before."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest

from imsmap.analyses import matrix, transition
from imsmap.exporters import excel
from imsmap.exporters.excel.reports import Reports
from imsmap.library.editions import Milestone, Successor
from tests import editions
from tests.analyses.test_transition import NEW, OLD, both, clause, point
from tests.exporters.excel.library import A, B, small


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


def test_the_sheet_of_two_small_editions_has_a_table_of_days_of_clauses_and_of_points() -> None:
    end = Milestone("2034-06-30", 0.5, "a newsletter")
    graph = both(
        (clause("4", title="Context"), clause("4.1", point("looking"), point("asking")), clause("4.2", point("x"))),
        (
            clause("4", title="Context"),
            clause("4.1", point("looking", "4.1#looking"), title="Looks"),
            clause("4.3", point("seeing", "4.2#x", how="widened"), point("telling")),
        ),
        Successor("X:2", "2031-01-01", 1.0, "seen", transition_ends=end),
    )
    report = transition.analyse(graph, transition.Question((OLD, NEW)))
    reports = Reports(matrix=matrix.analyse(small(), matrix.Question((A, B))), further={"transition": report})
    made = excel.export(reports, excel.Settings(as_of=datetime.date(2031, 1, 2)), sheets=("transition",))
    rows = [row[:9] for row in openpyxl.load_workbook(io.BytesIO(made))["Transition"].iter_rows(values_only=True)]
    by_id = {str(row[0]).partition(":")[2] or str(row[0]): row[1:] for row in rows if row[0]}
    ends = by_id[f"day-{NEW}-1"]
    assert (ends[0], ends[2], ends[5]) == ("2034-06-30", 0.5, "a newsletter")
    changes = [row for id_, row in by_id.items() if id_.startswith(f"change-{NEW}-")]
    # A heading that is as it was has no row.
    assert [(row[0], row[2], row[4]) for row in changes] == [
        ("4.1", "4.1", "narrowed, retitled"), ("4.2", "4.3", "broadened, renumbered, retitled"),
    ]  # fmt: skip
    assert {id_: row[2:4] for id_, row in by_id.items() if "#" in id_} == {
        "4.3#seeing": ("widened", "4.2"), "4.3#telling": ("new", "none"), "4.1#asking": ("withdrawn", "4.1"),
    }  # fmt: skip
