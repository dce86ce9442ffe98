"""Measure the status report of a project with a long past.

    python benchmarks/report.py [--runs 3] [--write]

Prints the section of `benchmarks/README.md`; `--write` puts it there. Each measurement is a command of its own.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))
STANDARDS = ("iso9001-2015", "iso14001-2015", "iso45001-2018")
ENTRIES, A_DAY, CELLS = 120, 4, 20
"""Changes of the answers, how many of them on one day, and how many statuses each changes."""
SECONDS = 3.0
FORMS = {"on the screen": (), ".docx": ("-o", "report.docx"), ".pptx": ("-o", "report.pptx")}


def project(folder: Path) -> None:
    """Make the invented company with three standards, and let its people change their minds for a month."""
    from imsmap.client import demo, register

    for place, content in demo.files(STANDARDS).items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(content)
    draw = random.Random(1)
    cells = dict(demo.cells(STANDARDS))
    statuses = [key for key in cells if key.sheet == "requirements" and key.field == "status"]
    first = demo.AS_OF - datetime.timedelta(ENTRIES // A_DAY)
    for number in range(ENTRIES + 1):
        moment = f"{first + datetime.timedelta(number // A_DAY)}T{8 + number % A_DAY:02}:00:00"
        with register.writing(folder, moment, "bench") as writer:
            writer.commit("import" if number else "demo", cells)
        cells |= {key: draw.choice(("Conforming", "Partial", "Not conforming")) for key in draw.sample(statuses, CELLS)}


def seconds(folder: Path, words: tuple[str, ...]) -> float:
    """Give the processor time of one command."""
    before = os.times()
    command = [sys.executable, "-m", "imsmap", "--mappings", str(ROOT / "mappings"), "report", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    day = ["--date", "2026-11-25"]
    subprocess.run([*command, *day], cwd=folder, env=environment, check=True, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def measure(runs: int) -> list[str]:
    """Measure each form, and lay it out."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        project(folder)
        seen = {name: [seconds(folder, words) for _ in range(runs + 1)][1:] for name, words in FORMS.items()}
    system = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    past = f"{ENTRIES} changes of the answers on {ENTRIES // A_DAY} days"
    return [
        f"{system}; medians of {runs} runs. Three standards, {past}.",
        "",
        "| report | CPU | at most |",
        "|---|---:|---:|",
        *(f"| {name} | {statistics.median(found):.2f} s | {SECONDS:g} s |" for name, found in seen.items()),
    ]


def main() -> None:
    """Measure, and print or write the section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    section = "\n".join(measure(options.runs))
    print(section)
    if options.write:
        from page import put

        put("report", section)


if __name__ == "__main__":
    main()
