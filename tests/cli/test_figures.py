"""Whatever is held not applicable in the demo: Dashboard, Processes, slides, report and `check` tell the same."""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from imsmap.client import demo, register
from imsmap.register.cells import Key, Value
from tests import drawn
from tests.fixtures import Answer
from tests.sharing import Built

Command = Callable[..., Answer]
DAY = ("--date", demo.AS_OF.isoformat())
OUT = "Not applicable"


def held(*clauses: str, field: str = "applies", reason: str = "") -> dict[Key, Value]:
    """Hold every requirement of some clauses not applicable."""
    points = {key.row for key in demo.cells() if key.sheet == "requirements" and key.row.partition("#")[0] in clauses}
    said = {field: OUT, **({"justification": reason} if reason else {})}
    return {Key("requirements", point, name): value for point in points for name, value in said.items()}


def at_random(seed: int) -> dict[Key, Value]:
    """Hold some clauses not applicable, in one way and the other, whether the standard lets them be or not."""
    draw = random.Random(seed)
    clauses = sorted(
        {key.row.partition("#")[0] for key in demo.cells() if key.sheet == "requirements" and "#" in key.row}
    )
    chosen = draw.sample([clause for clause in clauses if clause.startswith("iso")], 25)
    return held(*chosen[:12], reason="So it is") | held(*chosen[12:], field="status")


CASES: Mapping[str, Callable[[], dict[Key, Value]]] = {
    "one clause with its reason": lambda: held("iso9001-2015:7.1.6", reason="Nothing to know"),
    "clauses of a standard that lets none be": lambda: held("iso14001-2015:7.3", "iso14001-2015:8.2", field="status"),
    **{f"at random, {seed}": partial(at_random, seed) for seed in range(1, 1 + drawn.tried(1))},
}


def behind(sheet: Any) -> dict[str, tuple[int, int]]:
    """Read the figures behind the Dashboard: n and m by what is counted."""
    return {
        str(row[6]): (int(row[4]), int(row[5]))
        for row in sheet.iter_rows(max_col=7, values_only=True)
        if isinstance(row[4], int) and isinstance(row[5], int) and isinstance(row[6], str)
    }


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_every_surface_tells_the_same(
    imsmap: Command, monkeypatch: pytest.MonkeyPatch, whole_demo: Built, two_standards: Path, case: str
) -> None:
    job = partial(imsmap, mappings=two_standards)
    cells = CASES[case]()
    assert cells
    shutil.copytree(whole_demo.folder.parent, "demo", ignore=shutil.ignore_patterns("output", "workbooks"))
    monkeypatch.chdir("demo")
    with register.writing(Path(), "2026-11-25T10:00:00", "tester") as writer:
        writer.commit("import", {**writer.cells, **cells})

    told = job("check", "--all", *DAY).out
    _, found = told.split("As it stands\n")
    check = {unit: (int(n), int(m)) for n, m, unit in re.findall(r"(?m)^ +(\d+) of (\d+) (.+)$", found)}
    assert job("build", "--variant", "workbook", *DAY).code == 0
    book = openpyxl.load_workbook(next(Path("output").glob("v1*/*.xlsx")), data_only=True, read_only=True)
    dashboard = behind(book["Dashboard"])
    assert {unit: dashboard[unit] for unit in check} == check

    served = [
        row[5] for row in book["Processes"].iter_rows(values_only=True) if str(row[0]).startswith("iso") and row[5]
    ]
    n, m = check["leaf clauses that apply have no process"]
    assert (served.count("NO PROCESS"), len(served) - served.count("does not apply")) == (n, m)
    assert len(re.findall("no process answers for it", told)) == n
    assert (
        len(re.findall("no document or record is named", told)) == check["documents and records are not named yet"][0]
    )

    assert job("picture", "processes", "iso9001-2015", "iso14001-2015", "-o", "p.svg", *DAY).code == 0
    drawn = "".join(path.read_text("utf-8") for path in sorted(Path().glob("p*.svg"))).replace("\u00a0", " ")
    pairs = re.findall(r"<title[^>]*>Your \d+ processes answer (\d+) of (\d+) clauses", drawn)
    assert (sum(int(m) - int(n) for n, m in pairs), sum(int(m) for _, m in pairs)) == (n, m)

    assert job("picture", "next90", "iso9001-2015", "iso14001-2015", "-o", "n.svg", *DAY).code == 0
    title = re.search(r"(\d+) of (\d+) open actions are late", Path("n.svg").read_text().replace("\u00a0", " "))
    assert title is not None
    assert (int(title[1]), int(title[2])) == next(
        pair for unit, pair in check.items() if unit.startswith("open actions are late")
    )

    rows = csv.DictReader(io.StringIO(job("report", "--format", "csv", *DAY).out))
    report = {row["counted"]: (int(row["n"]), int(row["m"])) for row in rows}
    assert {unit: report[unit] for unit in check} == check
    assert {unit: pair for unit, pair in dashboard.items() if unit in report} == report
