"""Measure the commands against the bare imports of their libraries, side by side in one run.

    python benchmarks/speed.py [--runs 9] [--write]

Prints the table of `benchmarks/README.md`; `--write` puts it there.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
ROOT = HERE.parent


class Case(NamedTuple):
    """A command, what it is measured against, and how many times as long it may take.

    imports: libraries, and none that the command does not load itself (`tests/test_benchmarks.py` holds it to that).
    once: what else stood beside it when the limit was set, most of which it does without today.
    """

    words: str
    command: tuple[str, ...]
    imports: str
    limit: float
    once: str = ""


CASES = (
    Case("imsmap --help", ("--help",), "click", 1.2),
    Case(
        "imsmap overlap iso9001-2015 iso14001-2015",
        ("overlap", "iso9001-2015", "iso14001-2015"),
        "click, yaml, attrs",
        1.25,
        "networkx, cattrs",
    ),
    Case(
        "imsmap transition iso9001-2015 iso9001-2026",
        ("transition", "iso9001-2015", "iso9001-2026"),
        "click, yaml, attrs",
        1.5,
        "networkx, cattrs",
    ),
    Case(
        "imsmap build --variant workbook iso9001-2015 iso14001-2015",
        ("build", "--variant", "workbook", "iso9001-2015", "iso14001-2015", "--date", "2026-01-01"),
        "click, yaml, attrs, xlsxwriter",
        2.3,
        "networkx, pptx, pydot",
    ),
)
WHEEL = tuple(
    case._replace(words=f"{case.words}, from a wheel", imports=case.imports.replace("yaml, ", "")) for case in CASES[1:]
)
"""The same from a wheel, which reads no YAML."""


def unpacked(folder: Path) -> Path:
    """Build a wheel and unpack it; give the folder with its package."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "package")
    compileall.compile_dir(folder / "package", quiet=2)
    return folder / "package"


def once(command: list[str], folder: Path) -> tuple[float, float]:
    """Run a command in a new process; give the seconds that it worked and its peak memory in MB.

    Where the system does not tell, the time is the clock's and the memory 0.
    """
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = peak = 0.0
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
        # What the process worked: the clock tells of what else the machine did, too.
        seconds = usage.ru_utime + usage.ru_stime
    else:
        process.wait()
        seconds = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
    return seconds, peak


def measure(case: Case, runs: int) -> str:
    """Run command and imports in turn, each after one run that nobody counts; give the row of the table."""
    program = "import sys; from imsmap.cli import main; main()"
    commands = [[program, *case.command], [f"import {case.imports}"]]
    if case.once:
        commands.append([f"import {case.imports}, {case.once}"])
    found: list[list[tuple[float, float]]] = [[] for _ in commands]
    for number in range(runs + 1):
        for taken, words in zip(found, commands, strict=True):
            with tempfile.TemporaryDirectory() as folder:
                one = once([sys.executable, "-c", *words], Path(folder))
            if number:
                taken.append(one)
    mine, theirs, *before = (statistics.median(seconds for seconds, _ in taken) for taken in found)
    peak = max(megabytes for _, megabytes in found[0])
    return (
        f"| `{case.words}` | {mine * 1000:.0f} ms | `import {case.imports}` | {theirs * 1000:.0f} ms "
        f"| {mine / theirs:.2f} | {f'{mine / before[0]:.2f}' if before else ''} | {case.limit:g} "
        f"| {f'{peak:.0f} MB' if peak else 'not told'} |"
    )


def main() -> None:
    """Measure all and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = str(ROOT)
    # Some machines write no bytecode by themselves; without it every start takes two to three times as long.
    for folder in (ROOT / "imsmap", *(Path(entry) for entry in sys.path if entry.endswith("site-packages"))):
        compileall.compile_dir(folder, quiet=2)
    rows = [measure(case, options.runs) for case in CASES]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTHONPATH"] = str(unpacked(Path(folder)))
        rows += [measure(case, options.runs) for case in WHEEL]
    table = "\n".join(
        [
            f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores; "
            f"medians of {options.runs} runs, taken in turn; CPU of the whole process.",
            "",
            "| command | CPU | beside it | CPU | ratio | as then | at most | peak memory |",
            "|---|---:|---|---:|---:|---:|---:|---:|",
            *rows,
        ]
    )
    print(table)
    if options.write:
        from page import put

        put("figures", table)


if __name__ == "__main__":
    main()
