"""Measure what a library of many standards costs: reading it, a check, a clause shown, an overlap of two of them.

    python benchmarks/library.py [--runs 5] [--write]

The library that is there is filled up to 26 standards with others that are invented from ISO 9001 and ISO 14001, each
with a mapping set with one of these. Prints the table of `benchmarks/README.md`; `--write` puts it there.
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
from imsmap.library.load.prepared import NAME
from imsmap.library.load.preparing import prepare

HERE = Path(__file__).parent
MAPPINGS = HERE.parent / "mappings"
A, B = "iso9001-2015", "iso14001-2015"
PROGRAM = "import sys; from imsmap.cli import main; main()"


PAIR = "relations/iso9001-2015_iso14001-2015.yaml"
MOST = 26
READ = """
import sys
from pathlib import Path
from imsmap.library.load import load, roots
root = Path(sys.argv[2])
if sys.argv[1] == "prepared":
    roots.INSTALLED = root
load(root)
assert ("yaml" in sys.modules) == (sys.argv[1] != "prepared")
"""
"""What loads all files, from the YAML or, as from a wheel, from what was prepared beside them."""


def many(root: Path) -> Path:
    """Copy the library, and fill it up with editions of two of its standards under other names, with a set each."""
    shutil.copytree(MAPPINGS, root)
    relations = (root / PAIR).read_text("utf-8")
    real = {one.key: one for one in load(MAPPINGS, [A, B]).standards}
    missing = max(0, MOST - len(list((root / "standards").iterdir())))
    for place in range(missing):
        standard = real[(A, B)[place % 2]]
        number = 24901 + place
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
            relations.replace(f"\n{role}: {standard.key}\n", f"\n{role}: {key}\nassessed: part\n", 1), "utf-8"
        )
    command = [sys.executable, "-c", PROGRAM, "--mappings", str(root), "affirm", "--all"]
    subprocess.run(command, check=True, capture_output=True)
    prepare(root, root.with_name(NAME))
    return root


Case = tuple[str, tuple[str, ...]]


def measure(cases: tuple[Case, ...], runs: int) -> dict[str, tuple[float, float]]:
    """Run the programs in turn, each after one run that nobody counts; give CPU seconds and peak memory of each."""
    found: dict[str, list[tuple[float, float]]] = {}
    for number in range(runs + 1):
        for name, words in cases:
            with tempfile.TemporaryDirectory() as folder:
                taken = once([sys.executable, "-c", *words], Path(folder))
            if number:
                found.setdefault(name, []).append(taken)
    return {
        name: (statistics.median(seconds for seconds, _ in every), max(peak for _, peak in every))
        for name, every in found.items()
    }


def main() -> None:
    """Measure all and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = str(HERE.parent)
    with tempfile.TemporaryDirectory() as folder:
        root = many(Path(folder) / "mappings")
        files = sum(1 for _ in root.rglob("*.yaml"))
        standards = len(list((root / "standards").iterdir()))
        here = (PROGRAM, "--mappings", str(root))
        found = measure(
            (
                ("none", ("from imsmap.library.load import load",)),
                ("yaml", (READ, "yaml", str(root))),
                ("prepared", (READ, "prepared", str(root))),
                ("overlap here", (PROGRAM, "--mappings", str(MAPPINGS), "overlap", A, B)),
                ("overlap", (*here, "overlap", A, B)),
                ("number here", (PROGRAM, "--mappings", str(MAPPINGS), "show", "8.2")),
                ("number", (*here, "show", "8.2")),
                ("show", (*here, "show", f"{A}:8.5.1")),
                ("check", (*here, "check")),
            ),
            options.runs,
        )
    for name in ("yaml", "prepared"):
        found[name] = (found[name][0] - found["none"][0], found[name][1])
    ratio = found["overlap"][0] / found["overlap here"][0]
    real = len(list((MAPPINGS / "standards").iterdir()))
    told = {
        "yaml": (f"reading all {files} files from the YAML (beside the imports)", "2 s"),
        "prepared": ("loading them as a wheel holds them (beside the imports)", "0.5 s"),
        "overlap here": (f"`imsmap overlap` of two, {real} in the library", ""),
        "overlap": (f"`imsmap overlap` of two, {standards} in the library", f"the same; here {ratio:.2f} times"),
        "number here": (f"`imsmap show 8.2`, over the {real} of the library", "1 s"),
        "number": (f"`imsmap show 8.2`, over {standards}", ""),
        "show": (f"`imsmap show` of a clause, over {standards}", "1 s"),
        "check": (f"`imsmap check` of {standards}", "5 s, 250 MB"),
    }
    rows = [
        f"| {words} | {found[name][0]:.2f} s | {found[name][1]:.0f} MB | {most} |"
        for name, (words, most) in told.items()
    ]
    table = "\n".join(
        [
            f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores; "
            f"medians of {options.runs} runs, taken in turn; CPU of the whole process.",
            "",
            "| | CPU | peak memory | at most |",
            "|---|---:|---:|---|",
            *rows,
        ]
    )
    print(table)
    if options.write:
        from page import put

        put("library", table)


if __name__ == "__main__":
    main()
