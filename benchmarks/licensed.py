"""Measure how long `imsmap build` looks for licensed text in what it made: a copy as long as three standards together.

    python benchmarks/licensed.py

The copy is invented: words of our own points, one after another as they follow each other there, so that nearly every
word of what is looked through is one of the copy's.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
STANDARDS = ("iso9001-2015", "iso14001-2015")
WORDS, LIMIT = 50_000, 2.0


def copy(seed: int = 1) -> str:
    """Invent a text."""
    from imsmap import api

    library = api.load(ROOT / "mappings", STANDARDS)
    said = " ".join(point.text for key in STANDARDS for leaf in library.leaves(key) for point in leaf.points).split()
    after = defaultdict(list)
    for one, other in pairwise(said):
        after[one].append(other)
    draw = random.Random(seed)
    words = [said[0]]
    while len(words) < WORDS:
        words.append(draw.choice(after[words[-1]] or said))
    return " ".join(words)


def main() -> None:
    """Build, look, and print how long it took."""
    from imsmap.api.licensed import LicensedText, Runs, find
    from imsmap.cli import run

    with tempfile.TemporaryDirectory() as folder:
        run(["--mappings", str(ROOT / "mappings"), "build", *STANDARDS, "-o", folder, "--date", "2026-01-01"])
        files = {path.name: path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}
    text = copy()
    start = time.process_time()
    runs = Runs([LicensedText("invented", "Invented", {"4.1": text})])
    quotes = find(runs, files)
    took = time.process_time() - start
    print(
        f"{len(files)} files, a copy of {WORDS} words with {len(runs)} runs of eight: {took:.2f} s of processor time "
        f"(limit {LIMIT:g} s); {len(quotes)} quotes"
    )


if __name__ == "__main__":
    main()
