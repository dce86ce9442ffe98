"""A command reads the files that its question needs, each once, however many standards the library holds."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imsmap.library.load import parsing
from tests import once
from tests.fixtures import Answer

GOOD = Path(__file__).parents[1] / "data/good"
ONE, TWO = "iso90001-2030", "iso91001-2030"


@pytest.fixture
def root(mini_root: Path) -> Path:
    for more in ("own", "clause-level"):
        shutil.copytree(GOOD / more, mini_root, dirs_exist_ok=True)
    return mini_root


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which files are parsed to their end, of which tests before read none."""
    monkeypatch.setattr(once, "_files", {})
    found: list[str] = []
    parse = parsing.parse

    def noted(text: str, shown: str, **more: Any) -> Any:
        if not more:
            found.append(Path(shown).stem)
        return parse(text, shown, **more)

    monkeypatch.setattr("imsmap.library.load.parsing.parse", noted)
    return found


@pytest.mark.parametrize(
    "words",
    [("overlap", ONE, TWO), ("friends", ONE, TWO), ("gap", "--have", ONE, "--want", TWO)],
    ids=lambda words: words[0],
)
def test_a_question_of_two_reads_what_lies_between_them(
    imsmap: Callable[..., Answer], root: Path, parsed: list[str], words: tuple[str, ...]
) -> None:
    assert len(list(root.rglob("*.yaml"))) > 7
    answer = imsmap("--mappings", root, *words)
    assert answer.code == 0, answer.err
    between = {path.stem for path in (root / "relations").iterdir() if {ONE, TWO} == set(path.stem.split("_"))}
    assert len(between) == 1
    assert sorted(parsed) == sorted(
        {path.stem for path in (root / "structures").iterdir()} | {"library", ONE, TWO} | between
    )


@pytest.mark.parametrize("words", [("show", "4.1"), ("explain", f"{ONE}:4.1", f"{TWO}:4.1")])
def test_what_may_follow_through_any_standard_reads_every_standard_and_relation_once_and_no_guide(
    imsmap: Callable[..., Answer], root: Path, parsed: list[str], words: tuple[str, ...]
) -> None:
    answer = imsmap("--mappings", root, *words)
    assert answer.code == 0, answer.err
    rooms = ("structures", "standards", "relations")
    every = [path.stem for room in rooms for path in (root / room).iterdir() if path.suffix == ".yaml"]
    assert sorted(parsed) == sorted([*every, "library"])


def test_a_misspelt_standard_is_told_without_reading_any_whole(
    imsmap: Callable[..., Answer], root: Path, parsed: list[str]
) -> None:
    assert imsmap("--mappings", root, "overlap", ONE, "no-such-standard").code == 2
    assert parsed == []
