"""Folders with bad mapping data: each is laid over the tiny good library; `expected.txt` holds what must be told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from imsmap.library.load import survey
from tests.fixtures import Answer

BAD = Path(__file__).parents[1] / "data" / "bad"
FOLDERS = sorted(path.name for path in BAD.iterdir())


@pytest.fixture(params=FOLDERS)
def laid(request: pytest.FixtureRequest, mini_root: Path) -> tuple[Path, Path]:
    """Lay a bad folder over the good library; give the library and the file with what is expected."""
    source = BAD / str(request.param)
    shutil.copytree(source, mini_root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    return mini_root, source / "expected.txt"


def test_every_problem_of_a_bad_folder_is_told_at_once_with_file_and_line(
    imsmap: Callable[..., Answer], laid: tuple[Path, Path], request: pytest.FixtureRequest
) -> None:
    root, expected = laid
    answer = imsmap("check", root)
    told = answer.out.replace(f"{root.resolve().as_posix()}/", "")
    if request.config.getoption("--update-goldens"):
        expected.write_text(told, "utf-8", newline="\n")
    assert answer.code == 1
    assert answer.err == ""
    assert told == expected.read_text("utf-8")


def test_a_question_on_bad_data_says_what_is_wrong_and_answers_nothing(
    imsmap: Callable[..., Answer], laid: tuple[Path, Path]
) -> None:
    root, _ = laid
    refused = bool(survey(root).problems)  # what only the whole library shows is for `check` to tell
    answer = imsmap("standards", mappings=root)
    assert answer.code == (1 if refused else 0)
    assert "Traceback" not in answer.err
    assert bool(answer.out) is not refused


def test_the_good_library_has_no_problem(imsmap: Callable[..., Answer], mini_root: Path) -> None:
    answer = imsmap("check", mini_root)
    assert (answer.code, answer.err) == (0, "")
    assert "no problems" in answer.out
