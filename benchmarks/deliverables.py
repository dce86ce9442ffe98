"""Measure `imsmap build`: everything for two standards and for six, and where the time goes.

    python benchmarks/deliverables.py [--runs 3] [--write]

Prints the table of `benchmarks/README.md`; `--write` puts it there. Six: the two of the library and four that are
invented from their data.
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

from attrs import evolve

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))
BEGIN, END = "<!-- deliverables: begin -->", "<!-- deliverables: end -->"
TWO = ("iso9001-2015", "iso14001-2015")
INVENTED = {
    "iso45901-2031": ("iso14001-2015", "health-safety"),
    "iso50901-2031": ("iso14001-2015", "energy"),
    "iso22901-2031": ("iso9001-2015", "business-continuity"),
    "iso27901-2031": ("iso9001-2015", "information-security"),
}
LIMITS = {2: 5.0, 6: 9.0}
"""Seconds on the clock."""


def library(folder: Path) -> Path:
    """Copy the mapping data and add four invented standards."""
    from imsmap.library.load import load
    from imsmap.library.load.dumping import dump

    root = folder / "mappings"
    shutil.copytree(ROOT / "mappings", root)
    real = {standard.key: standard for standard in load(root, TWO).standards}
    for key, (model, discipline) in INVENTED.items():
        number = key.removeprefix("iso")[:5]
        standard = real[model]
        invented = evolve(
            standard,
            key=key,
            designation=f"ISO {number}:2031",
            family=number,
            discipline=discipline,
            published="2031-01",
            successor=None,
            clauses=tuple(evolve(clause, standard=key) for clause in standard.clauses),
        )
        (root / "standards" / f"{key}.yaml").write_text(dump(invented), "utf-8")
    return root


def whole(mappings: Path, keys: tuple[str, ...], folder: Path) -> tuple[float, float, int]:
    """Run the command in a new process; give CPU seconds, seconds on the clock, and how many files it made."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    program = "from imsmap.cli import main; main()"
    command = [sys.executable, "-c", program, "--mappings", str(mappings), "build", *keys, "-o", "out"]
    done = subprocess.run(
        [*command, "--date", "2026-01-01"], cwd=folder, capture_output=True, text=True, check=False
    )  # fmt: skip
    clock = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(done.stderr)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    made = sum(path.is_file() for path in (folder / "out").rglob("*"))
    shutil.rmtree(folder / "out")
    return cpu, clock, made


def parts(mappings: Path, keys: tuple[str, ...]) -> dict[str, float]:
    """Make everything in this process, and give the CPU seconds of each part."""
    import datetime

    from imsmap.api import deck, deliverables
    from imsmap.api.answers import Answers
    from imsmap.cli import asking
    from imsmap.exporters import dot, pdf, powerpoint, svg

    spent: dict[str, float] = {}

    def timed(holder: Any, name: str, part: str) -> None:
        call: Callable[..., Any] = getattr(holder, name)

        def run(*words: Any, **options: Any) -> Any:
            start = time.process_time()
            try:
                return call(*words, **options)
            finally:
                spent[part] = spent.get(part, 0.0) + time.process_time() - start

        setattr(holder, name, run)

    for holder, name, part in (
        (asking, "graph", "reading the data"), (deliverables, "draw", "places on all pages"),
        (deliverables, "workbook", "workbook"), (deliverables, "webpage", "page"), (svg, "export", "svg"),
        (pdf, "export", "pdf"), (dot, "export", "dot"),
        (powerpoint, "export", "pptx: pictures and deck"),
    ):  # fmt: skip
        timed(holder, name, part)
    day = datetime.date(2026, 1, 1)
    reports = Answers(asking.graph(mappings, keys), keys)
    for name in reports:
        reports[name]
    pages = deliverables.pages(None, None)

    def book() -> bytes:
        return deliverables.workbook(reports, date=day)

    deliverables.whole(reports, "deck", lambda _: None, deck.for_anybody(day), pages, book)
    drawers = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent["png, by processes side by side"] = drawers.ru_utime + drawers.ru_stime
    return spent


def main() -> None:
    """Measure all and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--parts", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.parts:
        print(json.dumps(parts(Path(options.parts[0]), tuple(options.parts[1:]))))
        return
    os.environ["PYTHONPATH"] = str(ROOT)
    rows, told = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        mappings = library(folder)
        for keys in (TWO, (*TWO, *INVENTED)):
            runs = [whole(mappings, keys, folder) for _ in range(options.runs)]
            cpu, clock = (statistics.median(run[at] for run in runs) for at in (0, 1))
            rows.append(f"| {len(keys)} | {runs[0][2]} | {cpu:.1f} s | {clock:.1f} s | {LIMITS[len(keys)]:g} s |")
            words = [sys.executable, str(Path(__file__)), "--parts", str(mappings), *keys]
            spent = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
            each = ", ".join(f"{part} {seconds:.2f}" for part, seconds in sorted(spent.items(), key=lambda p: -p[1]))
            told.append(f"Of {len(keys)} standards, CPU seconds: {each}.")
    table = "\n".join(
        [
            BEGIN,
            f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores; "
            f"medians of {options.runs} runs, CPU of the whole process.",
            "",
            "| standards | files | CPU | on the clock | at most |",
            "|---:|---:|---:|---:|---:|",
            *rows,
            "",
            *told,
            END,
        ]
    )
    print(table)
    if options.write:
        page = HERE / "README.md"
        text = page.read_text("utf-8")
        head, found, rest = text.partition(BEGIN)
        if not found:
            raise SystemExit(f"{page.name} has no line {BEGIN}")
        page.write_text(head + table + rest.partition(END)[2], "utf-8")


if __name__ == "__main__":
    main()
