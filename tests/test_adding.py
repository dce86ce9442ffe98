"""A question, a picture, a sheet and a format are added by following CONTRIBUTING.md, in a copy of the package.

Its text is taken as it stands, and nothing beside it is done: no other file knows of the new ones.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
A, B = "iso90001-2030", "iso91001-2030"
_BLOCK = re.compile(r"`(?P<path>(?:imsmap|tests)/[^`]+\.py)`\n\n^ *```python\n(?P<text>.*?)^ *```$", re.M | re.S)
_COMMAND = re.compile(r"^   imsmap (.*)$", re.M)


def sections() -> str:
    """Give the text on questions, pictures, sheets and formats."""
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    return "## Add a question\n" + page.partition("## Add a question\n")[2].partition("## The checks\n")[0]


def files() -> dict[str, str]:
    """Give the files that the text shows, by their paths."""
    return {block["path"]: textwrap.dedent(block["text"]) for block in _BLOCK.finditer(sections())}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the package with what Python compiled of it, and drop one file of each kind into it."""
    root = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "imsmap", root / "imsmap")
    shutil.copytree(ROOT / "tests" / "data" / "good" / "mini", root / "mappings")
    shutil.copytree(ROOT / "tests", root / "tests")
    shutil.copy(ROOT / "conftest.py", root)
    shutil.copy(ROOT / "pyproject.toml", root)
    for place, text in files().items():
        assert not (root / place).exists()
        (root / place).write_text(text, "utf-8")
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
    assert "leaf clauses" in (tree / "lengths.svg").read_text("utf-8")
    code = "from imsmap.about import pictures; print([name for name, told in pictures().items() if told.slide])"
    done = subprocess.run([sys.executable, "-c", code], cwd=tree, capture_output=True, text=True, check=True,
                          env=os.environ | {"PYTHONPATH": str(tree)})  # fmt: skip
    assert "'hero', 'lengths', 'columns'" in done.stdout


def test_what_the_text_shows_keeps_the_rules_for_all_of_its_kind(tree: Path):
    # What a picture says is kept beside the others' (the text says how), and the rest of its tests hold as they are.
    rules = "(lengths and not shrunk and not is_what_it_said) or has_a_title_of_its_own"
    words = ("-m", "not slow", "-k", rules, "tests/pictures/test_pictures.py", "tests/test_about.py")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words],
        cwd=tree, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(tree)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.rpartition(" passed")[0].rpartition("\n")[2]) > 5, done.stdout


def test_a_sheet_stands_at_its_place_in_the_workbook(tree: Path):
    run(tree, "build", "--variant", "workbook", A, B, "-o", "books", "--date", "2026-01-01")
    (path,) = (tree / "books").glob("*.xlsx")
    with zipfile.ZipFile(path) as file:
        names = file.read("xl/workbook.xml").decode()
    assert names.index('"Matrix"') < names.index('"Lengths"') < names.index('"Requirements"')


def test_a_format_can_be_asked_for_by_name_and_by_suffix(tree: Path):
    run(tree, "overlap", A, B, "-o", "mine.loud")
    assert (tree / "mine.loud").read_bytes() == run(tree, "overlap", A, B, "--format", "loud").encode()
    assert (tree / "mine.loud").read_text("utf-8").isupper()


def test_the_commands_of_the_text_work_with_the_standards_that_come_with_imsmap(tree: Path, two_standards: Path):
    commands = [shlex.split(words) for words in _COMMAND.findall(sections())]
    assert [words[0] for words in commands] == ["lengths", "lengths", "picture", "build", "overlap", "overlap"]
    before = ["--mappings", str(two_standards)]
    code = (
        f"from imsmap.cli import run\nprint([run({before} + words + ['--date', '2026-01-01']) for words in {commands}])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tree, capture_output=True, text=True, check=False,
                          env=os.environ | {"PYTHONPATH": str(tree)})  # fmt: skip
    assert done.stdout.endswith("[0, 0, 0, 0, 0, 0]\n"), done.stdout + done.stderr


def test_the_tests_of_the_text_pass(tree: Path):
    tests = [path for path in files() if path.startswith("tests/")]
    assert len(tests) == 3
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
        cwd=tree, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(tree)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_the_text_shows_is_laid_out_as_the_rules_of_style_ask(tree: Path):
    for words in (("check",), ("format", "--check")):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *words, "--no-cache", *files()],
            cwd=tree, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout


def test_every_check_is_named_with_its_command():
    checks = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## The checks\n")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `(.*?)` \|", checks, re.M)
    assert {"ruff check .", "ruff format --check .", "mypy", "lint-imports", 'pytest -q -m "not slow"'} <= set(named)
    line = (ROOT / "README.md").read_text("utf-8").partition("## The tests")[2].partition("```sh\n")[2]
    assert next(one for one in named if "--cov" in one) in line
