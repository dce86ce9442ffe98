"""Measure `imsmap build`: everything for two standards and for six, and where the time goes.

    python benchmarks/deliverables.py [--runs 3] [--write]

Prints the table of `benchmarks/README.md`; `--write` puts it there.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))
TWO = ("iso9001-2015", "iso14001-2015")
SIX = (*TWO, "iso45001-2018", "iso27001-2022", "iso50001-2018", "iso22301-2019")
LIMITS = {2: (5.0, 250, 600), 6: (9.0, 250, 1200)}
"""Seconds on the clock, MB, and kB of the page."""


def whole(keys: tuple[str, ...], folder: Path) -> tuple[float, float, float, float, int]:
    """Run the command in a new process; give CPU and clock seconds, MB, kB of the page, and how many files it made."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    # It tells its memory itself: what other processes took before says nothing of it.
    program = (
        "import atexit, resource; from imsmap.cli import main; atexit.register("
        "lambda: print('MB', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)); main()"
    )
    command = [sys.executable, "-c", program, "--mappings", str(ROOT / "mappings"), "build", *keys, "-o", "out"]
    done = subprocess.run(
        [*command, "--date", "2026-01-01"], cwd=folder, capture_output=True, text=True, check=False
    )  # fmt: skip
    clock = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(done.stderr)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    made = sum(path.is_file() for path in (folder / "out").rglob("*"))
    page = (folder / "out" / "page.html").stat().st_size / 1000
    shutil.rmtree(folder / "out")
    memory = float(done.stdout.rsplit("MB", 1)[1])
    return cpu, clock, memory, page, made


def parts(keys: tuple[str, ...]) -> dict[str, float]:
    """Make everything in this process, and give the CPU seconds of each part."""
    import datetime

    from imsmap import raster
    from imsmap.api import deck, deliverables
    from imsmap.api.answers import Answers
    from imsmap.cli import asking
    from imsmap.exporters import dot, pdf, powerpoint, svg

    spent: dict[str, float] = {}

    def timed(holder: Any, name: str, part: str) -> None:
        call: Callable[..., Any] = getattr(holder, name)

        def run(*words: Any, **options: Any) -> Any:
            start = time.thread_time()
            try:
                return call(*words, **options)
            finally:
                spent[part] = spent.get(part, 0.0) + time.thread_time() - start

        setattr(holder, name, run)

    for holder, name, part in (
        (asking, "graph", "reading the data"), (deliverables, "draw", "places on all pages"),
        (deliverables, "workbook", "workbook"), (deliverables, "webpage", "page"), (svg, "export", "svg"),
        (pdf, "export", "pdf"), (dot, "export", "dot"),
        (powerpoint, "export", "pptx: pictures and deck"), (raster, "raster", "png, in a thread beside"),
    ):  # fmt: skip
        timed(holder, name, part)
    day = datetime.date(2026, 1, 1)
    reports = Answers(asking.graph(None, keys), keys)
    for name in reports:
        reports[name]
    pages = deliverables.pages(None, None)

    def book() -> bytes:
        return deliverables.workbook(reports, date=day)

    deliverables.whole(reports, "deck", lambda _: None, deck.for_anybody(day), pages, book)
    return spent


def main() -> None:
    """Measure all and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--parts", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.parts:
        print(json.dumps(parts(tuple(options.parts))))
        return
    os.environ["PYTHONPATH"] = str(ROOT)
    rows, told = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for keys in (TWO, SIX):
            runs = [whole(keys, folder) for _ in range(options.runs)]
            cpu, clock, memory, page = (statistics.median(run[at] for run in runs) for at in range(4))
            most, room, largest = LIMITS[len(keys)]
            figures = f"{len(keys)} | {runs[0][4]} | {cpu:.1f} s | {clock:.1f} s | {most:g} s"
            rows.append(f"| {figures} | {memory:.0f} MB | {room} MB | {page:.0f} kB | {largest} kB |")
            words = [sys.executable, str(Path(__file__)), "--parts", *keys]
            spent = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
            each = ", ".join(f"{part} {seconds:.2f}" for part, seconds in sorted(spent.items(), key=lambda p: -p[1]))
            told.append(f"Of {len(keys)} standards, CPU seconds: {each}.")
    table = "\n".join(
        [
            f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores; "
            f"medians of {options.runs} runs, CPU of the whole process.",
            "",
            "| standards | files | CPU | on the clock | at most | peak memory | at most | page | at most |",
            "|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
            *rows,
            "",
            *told,
        ]
    )
    print(table)
    if options.write:
        from page import put

        put("deliverables", table)


if __name__ == "__main__":
    main()
