"""What is missing among the mapping data, or lies there unread: told once, where it is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from imsmap.errors import DataError
from imsmap.library.load import load
from tests.fixtures import MAPPINGS

HUB = "structures/hs-2021.yaml"


def problems(root: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        load(root)
    return [str(problem).removeprefix(f"{root.as_posix()}/") for problem in caught.value.problems]


def test_a_missing_hub_is_told_once_and_not_again_by_all_that_rests_on_it(mini_root: Path) -> None:
    (mini_root / HUB).unlink()
    assert [line for line in problems(mini_root) if "core point" in line or "no group" in line] == []
    assert any("hs-2021.yaml, the hub, is missing; add it" in line for line in problems(mini_root))


def test_a_hub_without_core_points_is_told(mini_root: Path) -> None:
    hub = mini_root / HUB
    head = hub.read_text("utf-8").partition("clauses:")[0]
    hub.write_text(f"{head}clauses:\n  - number: '4'\n    title: Context\n", "utf-8")
    line = head.count("\n") + 1
    assert problems(mini_root) == [f"{HUB}:{line}: the hub defines no core point; give its clauses points"]


def test_a_missing_library_is_told_once_and_not_again_by_all_that_rests_on_it(mini_root: Path) -> None:
    (mini_root / "library.yaml").unlink()
    shutil.copy(MAPPINGS / "families.yaml", mini_root)
    assert [line.partition(":")[0] for line in problems(mini_root)] == ["library.yaml"]


def test_what_stands_among_the_data_and_is_not_read_is_named(mini_root: Path) -> None:
    (mini_root / "standards/iso93001-2030.yml").write_text("key: iso93001-2030\n", "utf-8")
    (mini_root / "relations/folder.yaml").mkdir()
    (mini_root / "structures/gone.yaml").symlink_to(mini_root / "nowhere.yaml")
    assert problems(mini_root) == [
        "relations/folder.yaml: is no file that can be read; put one here, or take it away",
        "standards/iso93001-2030.yml: is not read; name it iso93001-2030.yaml, or take it away",
        "structures/gone.yaml: is no file that can be read; put one here, or take it away",
    ]


def test_a_misspelt_folder_or_file_is_named_with_what_it_may_have_been_meant_to_be(mini_root: Path) -> None:
    (mini_root / "standard").mkdir()
    (mini_root / "standard/iso93001-2030.yaml").write_text("key: iso93001-2030\n", "utf-8")
    (mini_root / "notes").mkdir()
    (mini_root / "audits.yaml").write_text("author: tester\n", "utf-8")
    assert problems(mini_root) == [
        "audits.yaml: is not read; did you mean audit.yaml? Else take it away",
        "standard: is not read; did you mean standards? Else take it away",
    ]
