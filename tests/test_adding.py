"""Adding a question, a picture, a sheet or a format is adding a file: dropped into a copy of the package, it works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
A, B = "iso90001-2030", "iso91001-2030"
QUESTION = '''"""Which standards were named, and how many leaf clauses each has."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from imsmap import about
from imsmap.library.graph import ClauseGraph
from imsmap.report import Column, Json, Report, Row, Table

ABOUT = about.Question(
    short="How long standards are",
    text="Count the leaf clauses of standards.",
    example="9001 14001",
    least=2,
)


@frozen
class Question:
    """Which standards to count."""

    standards: tuple[str, ...]


@frozen
class LengthsAnswer:
    """Leaf clauses by the standard's key."""

    leaves: Mapping[str, int]


def analyse(graph: ClauseGraph, question: Question) -> Report[LengthsAnswer]:
    """Count."""
    leaves = {key: len(graph.leaves(key)) for key in question.standards}
    rows = tuple(Row(key, (key, count)) for key, count in leaves.items())
    columns = (Column("standard", "Standard"), Column("leaves", "Leaf clauses", "number"))
    table = Table("lengths", "Lengths", columns, rows)
    answer = LengthsAnswer(leaves)
    return Report("lengths", "Lengths", graph.library.version, (table,), answer, to_json, "They are this long")


def to_json(answer: LengthsAnswer) -> Mapping[str, Json]:
    """Give the answer as JSON holds it."""
    return {"leaves": answer.leaves}
'''
PICTURE = '''"""How long standards are, as a line of words."""

from __future__ import annotations

from imsmap import about
from imsmap.analyses.lengths import LengthsAnswer
from imsmap.drawing import Picture, Sheet, Size, frame
from imsmap.report import Report

ABOUT = about.Picture(of="lengths", slide="how long they are", place=25)


def draw(report: Report[LengthsAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw it."""
    sheet = Sheet(size)
    place = frame(sheet, report.title, "", f"Mapping data {report.data_version}")
    sheet.words(place, [f"{key}: {n}" for key, n in report.answer.leaves.items()], size=16, name="lengths")
    return (sheet.picture("lengths", report.title, report.message, ()),)
'''
SHEET = '''"""The sheet Lengths."""

from __future__ import annotations

from imsmap import about
from imsmap.exporters.excel.book import Book
from imsmap.exporters.excel.grid import Grid, grid
from imsmap.exporters.excel.sheet import nowhere, whole_sheet

ABOUT = about.Sheet(title="Lengths", text="how long they are", shows="lengths", least=2, place=45)


def lay(book: Book) -> Grid:
    """Lay the table out."""
    return grid("tLengths", book.reports["lengths"].table("lengths"), book.standards, {})


def write(book: Book) -> None:
    """Write the sheet."""
    whole_sheet(book, "lengths", "Lengths", book.grids["lengths"], nowhere, note="Leaf clauses.", frozen=0, repeated=1)
'''
FORMAT = '''"""The message alone, in capitals."""

from __future__ import annotations

from imsmap import about
from imsmap.report import Report

ABOUT = about.Format(suffix=".loud", holds=("answers",))


def export(report: Report[object]) -> bytes:
    """Write it."""
    return report.message.upper().encode()
'''


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the package, and drop one file of each kind into it."""
    root = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "imsmap", root / "imsmap", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests" / "data" / "good" / "mini", root / "mappings")
    for place, text in (
        ("analyses/lengths.py", QUESTION),
        ("pictures/lengths.py", PICTURE),
        ("exporters/excel/lengths.py", SHEET),
        ("exporters/loud.py", FORMAT),
    ):
        (root / "imsmap" / place).write_text(text, "utf-8")
    return root


def run(tree: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "imsmap", *words],
        cwd=tree, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(tree)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_question_is_listed_explained_and_answered_in_every_format(tree: Path):
    assert "  lengths          How long standards are\n" in run(tree, "--help")
    assert "Count the leaf clauses of standards." in run(tree, "lengths", "--help")
    assert "They are this long" in run(tree, "lengths", A, B)
    assert '"leaves": {' in run(tree, "lengths", A, B, "--format", "json")
    assert run(tree, "lengths", A, B, "--format", "csv").startswith("id,standard,leaves")


def test_a_picture_can_be_asked_for_and_is_a_slide_at_its_place(tree: Path):
    assert "lengths, pdca" in " ".join(run(tree, "picture", "--help").split())
    run(tree, "picture", "lengths", A, B, "-o", "lengths.svg")
    assert "Lengths" in (tree / "lengths.svg").read_text("utf-8")
    code = "from imsmap.api.deck import _order; print([name for name, _, _ in _order()])"
    done = subprocess.run([sys.executable, "-c", code], cwd=tree, capture_output=True, text=True, check=True,
                          env=os.environ | {"PYTHONPATH": str(tree)})  # fmt: skip
    assert "'house', 'lengths', 'columns'" in done.stdout


def test_a_sheet_stands_at_its_place_in_the_workbook(tree: Path):
    run(tree, "build", "--variant", "workbook", A, B, "-o", "out", "--date", "2026-01-01")
    (path,) = (tree / "out").glob("*.xlsx")
    with zipfile.ZipFile(path) as file:
        names = file.read("xl/workbook.xml").decode()
    assert names.index('"Matrix"') < names.index('"Lengths"') < names.index('"Requirements"')


def test_a_format_can_be_asked_for_by_name_and_by_suffix(tree: Path):
    run(tree, "overlap", A, B, "-o", "overlap.loud")
    assert (tree / "overlap.loud").read_bytes() == run(tree, "overlap", A, B, "--format", "loud").encode()
    assert (tree / "overlap.loud").read_text("utf-8").isupper()
