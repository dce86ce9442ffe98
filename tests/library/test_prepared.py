"""What a wheel holds beside the YAML is what the YAML says, and stands for nothing else."""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imsmap.errors import DataError
from imsmap.library.load import catalogue, load, prepared, reading, survey
from imsmap.library.load.preparing import prepare
from imsmap.library.load.roots import Source
from tests.fixtures import MAPPINGS

STANDARD = "standards/iso90001-2030.yaml"


def install(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let a library be the one that came with imsmap, prepared; give the folder with what was prepared."""
    folder = root.with_name(prepared.NAME)
    prepare(root, folder)
    monkeypatch.setattr("imsmap.library.load.roots.INSTALLED", root)
    return folder


def source(root: Path) -> Source:
    return Source(root, root / STANDARD)


def no_yaml(_text: str, shown: str, **_more: object) -> None:
    raise AssertionError(f"{shown} was read")


@pytest.mark.slow
def test_what_was_prepared_says_what_the_files_say_and_where_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "mappings_data"
    shutil.copytree(MAPPINGS, root)
    read, heads = survey(root), catalogue(root)
    install(root, monkeypatch)
    with monkeypatch.context() as unread:
        unread.setattr("imsmap.library.load.parsing.parse", no_yaml)
        assert catalogue(root) == heads
        found = survey(root)
        assert found.library == read.library
        assert len(found.places) == len(read.places) > 3000
    assert dict(found.places) == dict(read.places)


def test_what_lies_beside_the_data_of_a_client_is_not_looked_at(
    mini_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(mini_root, monkeypatch)
    assert prepared.value(source(mini_root)) is not None
    theirs = tmp_path / "client" / "mappings"
    shutil.copytree(mini_root.parent, theirs.parent)
    assert (theirs.with_name(prepared.NAME) / "standards").is_dir()
    assert prepared.value(source(theirs)) is None


Change = Callable[[dict[str, Any]], None]


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told["stamp"].__setitem__(0, prepared.FORMAT + 1),
        lambda told: told["stamp"].__setitem__(1, "0.0.9"),
        lambda told: told["stamp"].__setitem__(2, "0" * 32),
        lambda told: told["classes"][0][2].append("gist"),
        lambda told: told["classes"][0].__setitem__(1, "Standard_"),
        lambda told: told["classes"][0].__setitem__(slice(0, 2), ("os", "system")),
        lambda told: told["classes"].clear(),
        lambda told: told.pop("classes"),
    ],
    ids=["format", "version", "file", "fields", "class", "module", "no class", "no classes"],
)
def test_what_another_version_prepared_is_left_alone(
    mini_root: Path, monkeypatch: pytest.MonkeyPatch, change: Change
) -> None:
    file = (install(mini_root, monkeypatch) / STANDARD).with_suffix(prepared.SUFFIX)
    stamped, _, rest = file.read_text("utf-8").partition("\n")
    told = json.loads(stamped)
    change(told)
    file.write_text(f"{json.dumps(told)}\n{rest}", "utf-8")
    assert prepared.value(source(mini_root)) is None
    assert len(load(mini_root).standards) == 2


@pytest.mark.parametrize("text", ["", "{", "[]", "null\nnull\nnull\n", "{}\n[[[[\n"])
def test_what_is_broken_is_left_alone(mini_root: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    file = (install(mini_root, monkeypatch) / STANDARD).with_suffix(prepared.SUFFIX)
    file.write_text(text, "utf-8")
    assert prepared.value(source(mini_root)) is None
    file.unlink()
    assert prepared.head(source(mini_root)) is None
    assert len(catalogue(mini_root)) == 2


def test_a_file_that_was_changed_since_is_read_and_its_faults_told_at_their_lines(
    mini_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(mini_root, monkeypatch)
    file = mini_root / STANDARD
    text = file.read_text("utf-8")
    file.write_text(text.replace("discipline: quality", "discipline: qualty", 1), "utf-8")
    with pytest.raises(DataError) as caught:
        load(mini_root)
    line = text.splitlines().index("discipline: quality") + 1
    assert [(one.path, one.line) for one in caught.value.problems] == [(file.as_posix(), line)]


def test_what_was_checked_when_it_was_prepared_is_checked_again_where_anything_it_came_with_changed(
    mini_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    for name in ("check_structure", "check_standard", "check_relations"):
        check = getattr(reading, name)
        monkeypatch.setattr(
            reading, name, lambda tree, *held, check=check: (checked.append(tree.shown), check(tree, *held))
        )
    install(mini_root, monkeypatch)
    checked.clear()
    load(mini_root)
    assert checked == []
    # What a set names is gone from the standard that was changed.
    file = mini_root / STANDARD
    text = file.read_text("utf-8")
    file.write_text(text.replace('number: "8.2', 'number: "8.3'), "utf-8")
    with pytest.raises(DataError, match=r"8\.2"):
        load(mini_root)
    assert {Path(shown).parent.name for shown in checked} == {"standards", "relations"}


def test_own_data_are_checked_beside_what_was_checked_before(mini_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Path(__file__).parents[1] / "data/good/own"
    install(mini_root, monkeypatch)
    checked: list[str] = []
    check = reading.check_standard
    monkeypatch.setattr(reading, "check_standard", lambda tree, *held: (checked.append(tree.shown), check(tree, *held)))
    load((mini_root, own))
    assert [Path(shown).stem for shown in checked] == [path.stem for path in sorted((own / "standards").iterdir())]


def test_a_fault_of_own_data_beside_it_names_file_and_line_of_both(
    mini_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    shutil.copytree(Path(__file__).parents[1] / "data/good/own", own)
    file = own / "standards/works-rule-7.yaml"
    file.write_text(file.read_text("utf-8").replace("{id: robots,", "{id: widgets,"), "utf-8")
    without = survey((mini_root, own)).problems
    assert any("topic widgets is told otherwise in" in str(one) for one in without)
    install(mini_root, monkeypatch)
    assert survey((mini_root, own)).problems == without


def test_own_data_add_to_what_was_prepared(mini_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Path(__file__).parents[1] / "data/good/own"
    read = load((mini_root, own))
    install(mini_root, monkeypatch)
    assert load((mini_root, own)) == read
    assert len(read.standards) == 3


def test_data_with_a_fault_are_not_prepared(mini_root: Path, tmp_path: Path) -> None:
    file = mini_root / STANDARD
    file.write_text(file.read_text("utf-8").replace("discipline: quality", "discipline: qualty", 1), "utf-8")
    with pytest.raises(DataError, match="qualty"):
        prepare(mini_root, tmp_path / "prepared")
    assert not (tmp_path / "prepared").exists()


@pytest.mark.slow
def test_only_a_wheel_holds_what_was_prepared_and_what_points_here_reads_the_yaml() -> None:
    path = Path(__file__).parents[2] / "hatch_build.py"
    spec = importlib.util.spec_from_file_location("hatch_build", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for version, some in (("editable", False), ("standard", True)):
        hook = module.Prepared(str(path.parent), {}, None, None, "", "wheel")
        data: dict[str, Any] = {"force_include": {}}
        hook.initialize(version, data)
        assert bool(data["force_include"]) == some
        assert all(Path(place).is_file() for place in data["force_include"])
        hook.finalize(version, data, "")
        assert not any(Path(place).exists() for place in data["force_include"])
