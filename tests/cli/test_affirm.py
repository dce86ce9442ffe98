from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from imsmap.api.upkeep import affirmed
from imsmap.library.load import find_mappings
from imsmap.library.load.editing import set_affirmed
from tests.fixtures import Answer

FILE = "relations/iso90001-2030_iso91001-2030.yaml"


@pytest.fixture
def unaffirmed(mini_root: Path) -> Path:
    path = mini_root / FILE
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "affirmed" not in line), "utf-8")
    return mini_root


def test_check_lists_suspects_and_affirm_settles_them_one_by_one(
    unaffirmed: Path, imsmap: Callable[..., object]
) -> None:
    answer = imsmap("check", mappings=unaffirmed)
    assert answer.code == 1  # type: ignore[attr-defined]
    assert answer.out.count("is suspect") == 2  # type: ignore[attr-defined]
    assert imsmap("affirm", "no-flood", mappings=unaffirmed).code == 0  # type: ignore[attr-defined]
    assert imsmap("check", mappings=unaffirmed).out.count("is suspect") == 1  # type: ignore[attr-defined]
    assert imsmap("affirm", "--all", mappings=unaffirmed).out == "1 relation affirmed: oil-and-water\n"  # type: ignore[attr-defined]
    assert imsmap("check", mappings=unaffirmed).code == 0  # type: ignore[attr-defined]


def test_of_relations_with_one_name_the_suspect_one_is_meant_and_of_several_none_is_guessed(
    unaffirmed: Path, imsmap: Callable[..., Answer]
) -> None:
    first, second = unaffirmed / FILE, unaffirmed / "relations/more.yaml"
    second.write_text(first.read_text("utf-8"), "utf-8")
    answer = imsmap("affirm", "no-flood", mappings=unaffirmed)
    assert (answer.code, second.read_text("utf-8")) == (2, first.read_text("utf-8"))
    assert "no-flood is the name of several relations: " in answer.err
    assert "more#no-flood" in answer.err
    assert imsmap("affirm", "more#no-flood", mappings=unaffirmed).code == 0
    assert "affirmed" not in first.read_text("utf-8")
    assert "`imsmap affirm iso90001-2030_iso91001-2030#no-flood`" in imsmap("check", mappings=unaffirmed).out
    assert imsmap("affirm", "no-flood", mappings=unaffirmed).code == 0
    assert first.read_text("utf-8") == second.read_text("utf-8")


def test_everything_else_in_the_file_stays_as_it_was(unaffirmed: Path, imsmap: Callable[..., object]) -> None:
    path = unaffirmed / FILE
    text = path.read_text("utf-8").replace("relations:\n", "relations:\n  # a person's comment\n")
    path.write_text(text, "utf-8")
    imsmap("affirm", "--all", mappings=unaffirmed)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    assert "".join(line for line in lines if "affirmed" not in line) == text
    assert sum("affirmed" in line for line in lines) == 2


def test_an_unknown_relation_gets_the_nearest_and_nothing_named_is_wrong_use(
    mini_root: Path, imsmap: Callable[..., object]
) -> None:
    answer = imsmap("affirm", "no-flod", mappings=mini_root)
    assert answer.code == 2  # type: ignore[attr-defined]
    assert "no-flood" in answer.err  # type: ignore[attr-defined]
    assert imsmap("affirm", mappings=mini_root).code == 2  # type: ignore[attr-defined]


def test_the_fingerprint_is_put_in_or_replaced_and_line_ends_are_kept() -> None:
    text = "relations:\r\n  - id: a\r\n    subject: x\r\n\r\n  - id: b\r\n"
    once = set_affirmed(text, 2, "1")
    assert once == 'relations:\r\n  - id: a\r\n    affirmed: "1"\r\n    subject: x\r\n\r\n  - id: b\r\n'
    assert set_affirmed(once, 2, "2") == once.replace('"1"', '"2"')
    assert set_affirmed("- id: a", 1, "1") == '- id: a\n  affirmed: "1"\n'


def test_an_entry_in_one_line_is_left_alone() -> None:
    assert set_affirmed("relations: [{id: a}]\n", 1, "1") is None


def test_what_is_affirmed_is_what_was_stated_and_not_what_is_carried_over_to_other_editions(tmp_path: Path) -> None:
    shutil.copytree(find_mappings(), tmp_path / "mappings")
    path = tmp_path / "mappings" / "relations" / "iso9001-2015_iso14001-2015.yaml"
    before = path.read_bytes()
    path.write_bytes(re.sub(rb'(- id: people\n +affirmed: )"\w+"', rb'\1"old"', before))
    assert affirmed((tmp_path / "mappings",), ("people",)) == ({path: before}, ("people",))
