"""How long forty people's workbooks take: sent, filled in, and merged in one import with a broken one among them.

python benchmarks/hands.py [--people 40] [--write]
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

from imsmap.client import register
from imsmap.register.owners import OWNER
from imsmap.workbook import marked

ROOT = Path(__file__).parents[1]
THREE = ("9001:2015", "14001:2015", "45001:2018")
DAY = ("--date", "2026-11-25")


def run(folder: Path, *words: str) -> float:
    """Run a command; gives the processor time that it took."""
    before = os.times()
    where = dict(os.environ, PYTHONPATH=str(ROOT))
    command = (sys.executable, "-m", "imsmap", "--mappings", str(ROOT / "mappings"), *words)
    done = subprocess.run(command, cwd=folder, env=where, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def share(project: Path, people: int) -> None:
    """Let so many people own what the demo's own."""
    with register.writing(project, "2026-11-25T10:00:00", "benchmark") as writer:
        cells = dict(writer.cells)
        owned = sorted(key for key in cells if OWNER.get(key.sheet) == key.field)
        for place, key in enumerate(owned):
            cells[key] = f"Person {place % people + 1}"
        writer.commit("import", cells)


def fill(path: Path, to: Path) -> int:
    """Give every verdict of a workbook; gives how many there were."""
    book = openpyxl.load_workbook(path)
    count = 0
    if "Requirements" in book.sheetnames:
        sheet = book["Requirements"]
        top = next(row for row in range(1, 20) if marked(str(sheet.cell(row, 1).value or "")))
        columns = {sheet.cell(top, place).value: place for place in range(2, sheet.max_column + 1)}
        for row in range(top + 2, sheet.max_row + 1):
            if "#" in str(sheet.cell(row, 1).value):
                count += 1
                sheet.cell(row, columns["client_note"]).value = f"seen {count}"
                sheet.cell(row, columns["status"]).value = ("Conforming", "Partial")[count % 2]
    book.save(to / path.name)
    return count


def main() -> None:
    """Measure, and print it or write it into the README."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(folder, "new", "demo", "--demo", *THREE)
        project, back = folder / "demo", folder / "back"
        share(project, options.people)
        sending = run(project, "send", *DAY)
        back.mkdir()
        verdicts = sum(fill(path, back) for path in sorted(project.glob("output/v1-send/*.xlsx")))
        (back / "broken.xlsx").write_bytes(b"no workbook")
        files = len(list(back.iterdir()))
        importing = run(project, "import", str(back))
    told = (
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}; CPU of the whole process.\n"
        f"Of three standards {files - 1} workbooks with {verdicts} verdicts: `imsmap send` {sending:.1f} s;\n"
        f"`imsmap import` of them and a broken one {importing:.1f} s (at most 30 s)."
    )
    if not options.write:
        print(told)
        return
    from page import put

    put("hands", told)


if __name__ == "__main__":
    main()
