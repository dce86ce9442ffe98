"""Measure `imsmap migrate`: the invented company's project, and a thousand Word documents that cite its clauses.

    python benchmarks/moving.py [--runs 3] [--write]

Prints the table of `benchmarks/README.md`; `--write` puts it there. The documents are invented: 20 pages each, every
one with other words, in the manner of Word itself, which cuts a paragraph into runs, and in that of programs.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
MOVE = ("migrate", "9001:2015", "9001:2026")
DOCUMENTS, PAGES, PARAGRAPHS, WORDS = 1000, 20, 9, 55
LIMITS = {"move": 2, "scan": 60}
_SAID = (
    "the team looks at each order before it begins and notes what was agreed with the customer so that nobody has to "
    "ask again what the drawing means who checks the bath when it was last measured and where its record is kept"
)
_CITED = (
    "ISO 9001:2015, 10.3",
    "clause 8.4.1",
    "ISO 14001:2015, 6.1.4",
    "ISO 9001, 7.5.3",
    "see clauses 4.1 and 9.1.2",
)
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PROPERTIES = '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/></w:rPr>'


def document(seed: int, *, runs: bool) -> bytes:
    """Invent the text of a Word document as XML; runs: cut as Word cuts it, and not one run for each paragraph."""
    draw = random.Random(seed)
    found = []
    for number in range(PAGES * PARAGRAPHS):
        words = draw.choices(_SAID.split(), k=WORDS)
        if number % PARAGRAPHS == 0:
            words[draw.randrange(WORDS)] = draw.choice(_CITED)
        size = 8 if runs else WORDS
        pieces = [" ".join(words[at : at + size]) for at in range(0, WORDS, size)]
        told = "".join(
            f'<w:r w:rsidRPr="00A{number:05X}">{_PROPERTIES}<w:t xml:space="preserve">{piece} </w:t></w:r>'
            for piece in pieces
        )
        found.append(f'<w:p w:rsidR="00B{number:05X}"><w:pPr><w:spacing w:after="120"/></w:pPr>{told}</w:p>')
    return f'<w:document xmlns:w="{_SPACE}"><w:body>{"".join(found)}</w:body></w:document>'.encode()


def documents(folder: Path, *, runs: bool) -> int:
    """Write the documents; gives how many bytes of XML are in them."""
    folder.mkdir()
    size = 0
    for number in range(DOCUMENTS):
        text = document(number, runs=runs)
        size += len(text)
        with zipfile.ZipFile(
            folder / f"procedure-{number:04}.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=1
        ) as file:
            file.writestr("[Content_Types].xml", "<Types/>")
            file.writestr("word/document.xml", text)
    return size


def taken(words: Sequence[str], folder: Path) -> tuple[float, float]:
    """Run a command in a process of its own; give its CPU seconds and its peak memory in MB."""
    program = (
        "import atexit, resource; from imsmap.cli import main; atexit.register("
        "lambda: print('MB', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)); main()"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", program, *words], cwd=folder, capture_output=True, text=True, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(done.stderr)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, float(done.stdout.rsplit("MB", 1)[1])


def main() -> None:
    """Measure all and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = str(HERE.parent)
    rows = []

    def measured(what: str, limit: float, found: Sequence[tuple[float, float]]) -> None:
        cpu, memory = statistics.median(one[0] for one in found), max(one[1] for one in found)
        rows.append(f"| {what} | {cpu:.2f} s | {limit:g} s | {memory:.0f} MB |")

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        taken(("new", "demo", "--demo"), folder)
        found = []
        for number in range(options.runs):
            shutil.copytree(folder / "demo", folder / f"demo-{number}")
            found.append(taken(MOVE, folder / f"demo-{number}"))
        measured("`imsmap migrate 9001:2015 9001:2026` of the demo, all of it answered", LIMITS["move"], found)
        for shape, told in (("word", "as Word cuts them"), ("plain", "a run for each paragraph")):
            size = documents(folder / shape, runs=shape == "word") / DOCUMENTS / 1000
            scan = (*MOVE, "--plan", "--scan", str(folder / shape))
            found = [taken(scan, folder / "demo") for _ in range(options.runs)]
            what = f"`--scan` of {DOCUMENTS} documents of {PAGES} pages, {told} ({size:.0f} kB of XML each)"
            measured(what, LIMITS["scan"], found)
    table = "\n".join(
        [
            f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores; "
            f"medians of {options.runs} runs, CPU of the whole process.",
            "",
            "| | CPU | at most | peak memory |",
            "|---|---:|---:|---:|",
            *rows,
        ]
    )
    print(table)
    if options.write:
        from page import put

        put("moving", table)


if __name__ == "__main__":
    main()
