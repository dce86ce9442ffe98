"""Measure the workbook that goes out and comes back, beside the bare libraries on the same cells.

    python benchmarks/round_trip.py [--runs 3] [--round-trips 2000] [--write]

Prints the section of `benchmarks/README.md`; `--write` puts it there. Each measurement runs in a process of its own.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))
DAY = datetime.date(2031, 1, 2)
ROWS = 1500
INVENTED = "iso3-2030"
SECONDS, MEGABYTES = 3.0, 300


def standards() -> tuple[Any, tuple[str, ...]]:
    """Load the two real standards, and invent a third so that there are 1 500 requirements."""
    from attrs import evolve

    from imsmap.library.graph import ClauseGraph
    from imsmap.library.load import find_mappings, load
    from tests.building import standard

    real = ("iso9001-2015", "iso14001-2015")
    library = load(find_mappings(ROOT / "mappings"), real)
    graph = ClauseGraph(library)
    count = sum(len(leaf.points) for key in real for leaf in graph.leaves(key))
    per_clause, main = 9, "8"
    numbers = [f"{main}.{number}" for number in range(1, (ROWS - count) // per_clause + 1)]
    left = ROWS - count - per_clause * len(numbers)
    clauses: dict[str, list[str] | None] = {main: None}
    for place, number in enumerate(numbers):
        points = per_clause + (left if place == 0 else 0)
        clauses[number] = [f"+point-{place}-{point}" for point in range(points)]
    topic = library.topics[0].id
    invented = standard(INVENTED, clauses, topics=dict.fromkeys(numbers, topic), discipline=library.disciplines[0].key)
    library = evolve(library, standards=(*library.standards, invented))
    return ClauseGraph(library), (*real, INVENTED)


def answers(reports: Any, given: Any) -> dict[Any, Any]:
    """Fill every cell that people fill, on every sheet."""
    from imsmap.exporters import excel
    from imsmap.register.cells import Key

    columns = excel.columns(reports, excel.Settings(as_of=DAY), given)
    rows = {
        "requirements": [point.id for entry in reports.requirements.answer.clauses for point in entry.points],
        "documents": [item.id for item in reports.documents.answer.documents],
        "processes": [entry.clause.ref for entry in reports.requirements.answer.clauses if entry.leaf],
    }
    found = {}
    for sheet, ids in rows.items():
        for name, field in columns[sheet].items():
            if field.owner == "user":
                for place, row in enumerate(ids):
                    if field.kind == "date":
                        value: Any = DAY + datetime.timedelta(days=place)
                    elif field.choices:
                        value = field.choices[place % len(field.choices)]
                    else:
                        value = f"{field.title} of the requirement in row {place}, as somebody would write it"
                    found[Key(sheet, row, name)] = value
    return found


def peak() -> float:
    """Give this process's peak memory in MB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1024 * 1024 if sys.platform == "darwin" else 1024)


def job(name: str, folder: Path) -> dict[str, Any]:
    """Do one job, and tell its seconds, its memory and how many cells it was about."""
    os.chdir(folder)
    if name == "export":
        return _export(folder)
    if name == "import":
        return _import(folder)
    if name == "xlsxwriter":
        return _bare_write(folder)
    return _bare_read(folder)


def _export(folder: Path) -> dict[str, Any]:
    from imsmap.api.answers import Answers
    from imsmap.api.deliverables import for_workbook
    from imsmap.client import register
    from imsmap.client.delivery import fields
    from imsmap.client.importing import keep_snapshot
    from imsmap.exporters import excel

    graph, keys = standards()
    reports = Answers(graph, keys)
    processes = tuple(excel.Process(f"p{n}", f"Process {n}", "Ann") for n in range(12))
    shown = for_workbook(reports, "")
    cells = answers(shown, excel.Given(processes=processes))
    given = excel.Given(cells, processes, (), "project", "e0001")
    with register.writing(folder, "2031-01-02T10:00:00", "bench") as writer:
        writer.commit("new", cells)
    start = time.perf_counter()
    content = excel.export(shown, excel.Settings(as_of=DAY, client="Smith"), given=given)
    (folder / "out.xlsx").write_bytes(content)
    seconds = time.perf_counter() - start
    memory = peak()
    start = time.perf_counter()
    keep_snapshot(folder, "project", folder / "out.xlsx", fields(keys, [p.id for p in processes]))
    kept = time.perf_counter() - start
    requirements = sum(len(entry.points) for entry in reports.requirements.answer.clauses)
    return {"seconds": seconds, "memory": memory, "kept": kept, "written": len(cells), "rows": requirements}


def _import(folder: Path) -> dict[str, Any]:
    from imsmap.client.delivery import fields
    from imsmap.client.importing import bring_in

    keys = ("iso9001-2015", "iso14001-2015", INVENTED)
    columns = fields(keys, [f"p{n}" for n in range(12)])
    start = time.perf_counter()
    found = bring_in(
        folder, "project", folder / "back.xlsx", when="2031-01-03T10:00:00", who="bench", fields=columns
    )  # fmt: skip
    return {"seconds": time.perf_counter() - start, "memory": peak(), "changed": found.counts.changed}


def _bare_write(folder: Path) -> dict[str, Any]:
    """Write the same cells with XlsxWriter alone: no formats, lists, links or formulas of the tool."""
    import openpyxl
    import xlsxwriter

    book = openpyxl.load_workbook(folder / "out.xlsx", read_only=True)
    sheets = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}
    book.close()
    start = time.perf_counter()
    written = xlsxwriter.Workbook(str(folder / "bare.xlsx"), {"in_memory": True, "strings_to_formulas": False})
    day = written.add_format({"num_format": "yyyy-mm-dd"})
    count = 0
    for title, rows in sheets.items():
        sheet = written.add_worksheet(title)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime.date):
                    sheet.write_datetime(number, column, value, day)
                elif value is not None:
                    sheet.write(number, column, value)
                count += value is not None
    written.close()
    return {"seconds": time.perf_counter() - start, "memory": 0, "cells": count}


def _bare_read(folder: Path) -> dict[str, Any]:
    import openpyxl

    start = time.perf_counter()
    book = openpyxl.load_workbook(folder / "back.xlsx")
    count = sum(cell.value is not None for sheet in book for row in sheet.iter_rows() for cell in row)
    return {"seconds": time.perf_counter() - start, "memory": peak(), "cells": count}


def returned(folder: Path) -> None:
    """Change what a client would in some weeks: every third answer of Requirements, saved by openpyxl."""
    import openpyxl

    book = openpyxl.load_workbook(folder / "out.xlsx")
    sheet = book["Requirements"]
    keys = {cell.value: cell.column for cell in sheet[3] if cell.value}
    for row in range(5, sheet.max_row + 1, 3):
        for name in ("owner", "evidence", "client_note"):
            sheet.cell(row, keys[name]).value = f"changed in row {row}"
    book.save(folder / "back.xlsx")


def run(name: str, folder: Path) -> dict[str, Any]:
    """Run a job in a process of its own."""
    command = [sys.executable, str(HERE / "round_trip.py"), "--job", name, "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name}: {done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(runs: int) -> list[str]:
    """Measure export and import beside the bare libraries, in turn; give the rows of the table."""
    seen: dict[str, list[dict[str, Any]]] = {"export": [], "import": [], "xlsxwriter": [], "openpyxl": []}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            seen["export"].append(run("export", folder))
            seen["xlsxwriter"].append(run("xlsxwriter", folder))
            returned(folder)
            seen["openpyxl"].append(run("openpyxl", folder))
            seen["import"].append(run("import", folder))
    seconds = {name: statistics.median(one["seconds"] for one in found) for name, found in seen.items()}
    first = seen["export"][0]
    kept = statistics.median(one["kept"] for one in seen["export"])
    rows = [
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores; "
        f"medians of {runs} runs. {first['rows']} requirement rows of three standards, {first['written']} cells that "
        f"people filled, {seen['xlsxwriter'][0]['cells']} cells in all; {seen['import'][0]['changed']} of them changed "
        f"when it came back. Keeping the snapshot of an export takes {kept:.2f} s more.",
        "",
        "| | time | beside it, on the same cells | time | ratio | at most | peak memory | at most |",
        "|---|---:|---|---:|---:|---:|---:|---:|",
    ]
    for name, words, bare, beside in (
        ("export", "export", "xlsxwriter", "XlsxWriter, values only"),
        ("import", "import", "openpyxl", "openpyxl, reading only"),
    ):
        memory = max(one["memory"] for one in seen[name])
        rows.append(
            f"| {words} | {seconds[name]:.2f} s | {beside} | {seconds[bare]:.2f} s "
            f"| {seconds[name] / seconds[bare]:.2f} | {SECONDS:g} s | {f'{memory:.0f} MB' if memory else 'not told'} "
            f"| {MEGABYTES} MB |"
        )
    return rows


def trips(count: int) -> str:
    """Send so many workbooks out and back; give the sentence about what was found."""
    from tests.round_trips import Work, merged, missing, project

    written = conflicts = lost = 0
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        projects = [project(seed, folder) for seed in range(8)]
        for seed in range(10_000, 10_000 + count):
            here = projects[seed % len(projects)]
            work = Work(here, seed)
            result = merged(here, work.save(folder / "back.xlsx"))
            written += work.written
            conflicts += result.counts.conflicts
            lost += len(missing(here, work, result))
    return told(count, written, conflicts, lost)


def told(count: int, written: int, conflicts: int, lost: int) -> str:
    """Say what was found."""
    return (
        f"{count} workbooks of 8 projects, filled, sorted (also without hidden column A), filtered, moved, copied, "
        "renamed and deleted in at random, with links, text boxes, formulas over cells of the row, merged cells, words "
        "above and beside the tables, sheets and columns of people's own, and some without their ids or their row of "
        f"keys; saved by openpyxl: {written} cells written, {conflicts} conflicts, {lost} lost."
    )


def main() -> None:
    """Measure, and print or write the section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--round-trips", type=int, default=2000)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--job", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.job:
        print(json.dumps(job(options.job, options.folder)))
        return
    section = "\n".join([*measure(options.runs), "", trips(options.round_trips)])
    print(section)
    if options.write:
        from page import put

        put("round trip", section)


if __name__ == "__main__":
    main()
