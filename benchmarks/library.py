"""Measure what a library of twelve standards costs: a check, a clause shown, and an overlap that needs two of them.

    python benchmarks/library.py [--runs 5] [--write]

Ten of the twelve are invented from the data of the two real ones, and each of them has a mapping set with one of these:
26 files, counted with library.yaml and the structures. Prints the table of `benchmarks/README.md`; `--write` puts it
there.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from attrs import evolve

from benchmarks.speed import once
from imsmap.library.load import load
from imsmap.library.load.dumping import dump

HERE = Path(__file__).parent
MAPPINGS = HERE.parent / "mappings"
BEGIN, END = "<!-- library: begin -->", "<!-- library: end -->"
A, B = "iso9001-2015", "iso14001-2015"
PROGRAM = "import sys; from imsmap.cli import main; main()"


def twelve(root: Path) -> Path:
    """Copy the library, and add five editions of each standard under other names, with a mapping set each."""
    shutil.copytree(MAPPINGS, root)
    (source,) = (root / "relations").iterdir()
    relations = source.read_text("utf-8")
    for number, standard in enumerate(load(MAPPINGS, [A, B]).standards * 5, 24901):
        key = f"iso{number}-2031"
        invented = evolve(
            standard,
            key=key,
            designation=f"ISO {number}:2031",
            series=f"ISO {number}",
            family="",
            successor=None,
            clauses=tuple(evolve(clause, standard=key) for clause in standard.clauses),
        )
        (root / f"standards/{key}.yaml").write_text(dump(invented), "utf-8")
        role = "subject" if standard.key == A else "object"
        (root / f"relations/{key}.yaml").write_text(
            relations.replace(f"\n{role}: {standard.key}\n", f"\n{role}: {key}\n", 1), "utf-8"
        )
    for name in ("audit", "integration", "families", "choose"):
        (root / f"{name}.yaml").unlink()
    command = [sys.executable, "-c", PROGRAM, "--mappings", str(root), "affirm", "--all"]
    subprocess.run(command, check=True, capture_output=True)
    return root


def measure(cases: tuple[tuple[str, Path, tuple[str, ...]], ...], runs: int) -> dict[str, tuple[float, float]]:
    """Run the commands in turn, each after one run that nobody counts; give seconds and peak memory of each."""
    found: dict[str, list[tuple[float, float]]] = {}
    for number in range(runs + 1):
        for name, root, words in cases:
            with tempfile.TemporaryDirectory() as folder:
                taken = once([sys.executable, "-c", PROGRAM, "--mappings", str(root), *words], Path(folder))
            if number:
                found.setdefault(name, []).append(taken)
    return {
        name: (statistics.median(seconds for seconds, _ in taken), max(peak for _, peak in taken))
        for name, taken in found.items()
    }


def main() -> None:
    """Measure all and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = str(HERE.parent)
    with tempfile.TemporaryDirectory() as folder:
        root = twelve(Path(folder) / "mappings")
        files = sum(1 for _ in root.rglob("*.yaml"))
        found = measure(
            (
                ("overlap 2", MAPPINGS, ("overlap", A, B)),
                ("overlap 12", root, ("overlap", A, B)),
                ("show", root, ("show", f"{A}:8.5.1")),
                ("check", root, ("check",)),
            ),
            options.runs,
        )
    ratio = found["overlap 12"][0] / found["overlap 2"][0]
    told = {
        "overlap 2": ("`imsmap overlap` of two, 2 in the library", ""),
        "overlap 12": ("`imsmap overlap` of two, 12 in the library", f"the same; here {ratio:.2f} times"),
        "show": (f"`imsmap show` of a clause, over {files} files", "1 s"),
        "check": ("`imsmap check` of 12", "5 s, 150 MB"),
    }
    rows = [
        f"| {words} | {found[name][0]:.2f} s | {found[name][1]:.0f} MB | {most} |"
        for name, (words, most) in told.items()
    ]
    table = "\n".join(
        [
            BEGIN,
            f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores; "
            f"medians of {options.runs} runs, taken in turn.",
            "",
            "| | time | peak memory | at most |",
            "|---|---:|---:|---|",
            *rows,
            END,
        ]
    )
    print(table)
    if options.write:
        page = HERE / "README.md"
        head, _, rest = page.read_text("utf-8").partition(BEGIN)
        page.write_text(head + table + rest.partition(END)[2], "utf-8")


if __name__ == "__main__":
    main()
