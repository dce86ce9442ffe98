"""Mapping sets: the pair is read from their head, whatever they are called, and a pair may have several."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from imsmap.errors import DataError
from imsmap.library.load import load
from imsmap.library.load.dumping import dump_set
from imsmap.library.load.roots import Source
from imsmap.library.load.sets import ends_of
from tests.conftest import MINI
from tests.fixtures import MAPPINGS, Answer
from tests.library.test_roots import write_set

ONE, OTHER = "iso90001-2030", "iso91001-2030"
SHIPPED = f"relations/{ONE}_{OTHER}.yaml"


def pair(path: Path) -> tuple[str, str] | None:
    return ends_of(Source(path.parent, path))


def test_a_pair_may_have_several_sets_under_any_name(mini_root: Path) -> None:
    (mini_root / SHIPPED).rename(mini_root / "relations/widgets in meadows.yaml")
    write_set(mini_root, "second", subject=OTHER, object_=ONE)
    library = load(mini_root)
    assert {relation.id for relation in library.relations} == {
        "widgets in meadows#oil-and-water", "widgets in meadows#no-flood", "second#none",
    }  # fmt: skip
    assert [(one.name, one.subject, one.object) for one in library.sets] == [
        ("second", OTHER, ONE),
        ("widgets in meadows", ONE, OTHER),
    ]


def test_a_key_with_an_underscore_keeps_its_relations(mini_root: Path) -> None:
    text = (mini_root / f"standards/{OTHER}.yaml").read_text("utf-8")
    (mini_root / "standards/my_rule_2.yaml").write_text(
        text.replace(OTHER, "my_rule_2").replace("ISO 91001:2030", "My Rule 2"), "utf-8"
    )
    write_set(mini_root, f"{ONE}_my_rule_2", subject=ONE, object_="my_rule_2")
    write_set(mini_root, f"my_rule_2_{OTHER}", subject="my_rule_2", object_=OTHER)
    assert [relation.id for relation in load(mini_root, [ONE, "my_rule_2"]).relations] == [f"{ONE}_my_rule_2#none"]
    bridged = load(mini_root, [ONE, OTHER], bridges=True)
    assert [standard.key for standard in bridged.standards] == [ONE, OTHER, "my_rule_2"]


@pytest.mark.parametrize(
    "head",
    [
        "subject: a-1\nobject: b_2\n",
        "# a word\n\nobject: 'b_2'   # the other\nsubject: \"a-1\"\n",
        '"subject": a-1\nobject: b_2\n',
        "subject: a-1\r\nobject: b_2\r\n",
        "relations: [{id: x}]\nsubject: a-1\nobject: b_2\n",
        "notes: >-\n  subject is\n\n" + "# long\n" * 4000 + "subject: a-1\nobject: b_2\n",
    ],
    ids=["plain", "quoted", "quoted keys", "lines of Windows", "below", "far below"],
)
def test_the_pair_is_found_wherever_the_head_says_it(tmp_path: Path, head: str) -> None:
    path = tmp_path / "any.yaml"
    path.write_bytes(head.encode())
    assert pair(path) == ("a-1", "b_2")


@pytest.mark.parametrize(
    "text", ["", "subject: a\n", "subject: [a]\nobject: b\n", "key: [", "relations:\n  - subject: a\n    object: b\n"]
)
def test_a_file_that_names_no_pair_has_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "any.yaml"
    path.write_text(text, "utf-8")
    assert pair(path) is None
    assert pair(tmp_path / "nothing.yaml") is None


def test_only_the_first_lines_are_read_for_the_pair(mini_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the whole file was read")

    monkeypatch.setattr("imsmap.library.load.sets.read_text", refuse)
    assert pair(mini_root / SHIPPED) == (ONE, OTHER)


def test_a_line_that_is_cut_where_the_first_ones_end_is_not_taken_for_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "any.yaml"
    path.write_text("subject: a-1\nobject: b_2\n", "utf-8")
    for size in range(1, 30):
        monkeypatch.setattr("imsmap.library.load.sets._HEAD", size)
        assert pair(path) == ("a-1", "b_2")


def test_other_sets_are_not_read(mini_root: Path) -> None:
    shutil.copy(mini_root / f"standards/{OTHER}.yaml", mini_root / "standards/iso92001-2030.yaml")
    write_set(mini_root, "broken", subject=ONE, object_="iso92001-2030", more="what: [\n")
    assert load(mini_root, [ONE, OTHER]).relations


def test_a_set_for_a_standard_that_no_root_holds_is_told_with_the_nearest(mini_root: Path) -> None:
    write_set(mini_root, "wrong", subject=ONE, object_="iso91001-2031")
    with pytest.raises(DataError) as caught:
        load(mini_root)
    (problem,) = caught.value.problems
    assert (problem.path.endswith("relations/wrong.yaml"), problem.line) == (True, 2)
    assert problem.message == "no standard iso91001-2031 in standards/; did you mean iso91001-2030 or iso90001-2030?"


def test_a_set_says_whether_it_looked_at_the_whole_pair(imsmap: Callable[..., Answer], mini_root: Path) -> None:
    path = mini_root / SHIPPED
    text = path.read_text("utf-8").replace('object: "8.2"\n', 'object: "8.2"\n    source: invented\n')
    path.write_text(text.replace('object: "*"', 'object: "8.1"'), "utf-8")
    assert "nobody has assessed ISO 90001:2030, 8.2.1 against ISO 91001:2030" in imsmap("check", mini_root).out
    path.write_text("assessed: part\n" + path.read_text("utf-8"), "utf-8")
    told = imsmap("check", mini_root).out
    assert "nobody has assessed" not in told
    path.write_text(path.read_text("utf-8").replace("assessed: part", "assessed: parts"), "utf-8")
    assert f"{SHIPPED}:1: assessed 'parts' is not known; did you mean part?" in imsmap("check", mini_root).out


def test_two_sets_may_agree_on_a_pair_and_are_told_where_they_do_not(
    imsmap: Callable[..., Answer], mini_root: Path
) -> None:
    path = mini_root / "relations/again.yaml"
    text = (mini_root / SHIPPED).read_text("utf-8").partition("  - id: no-flood")[0]
    path.write_text(text, "utf-8")
    assert imsmap("check", mini_root).code == 0
    path.write_text(text.replace("no-relationship", "subset-of\n    strength: '5'\n    shared: Oil."), "utf-8")
    told = imsmap("check", mini_root).out
    assert f"{SHIPPED}:8: no-relationship here, while again#oil-and-water" in told
    assert "tells the same pair in another set and says subset-of; keep one" in told


@pytest.mark.parametrize(
    ("root", "standards"),
    [
        (MINI, (ONE, OTHER)),
        (MAPPINGS, ("iso9001-2015", "iso14001-2015")),
        (MAPPINGS, ("iso9001-2026", "iso14001-2015")),
    ],
)
def test_a_set_written_and_read_again_is_the_same(tmp_path: Path, root: Path, standards: tuple[str, str]) -> None:
    library = load(root, standards, guides=False)
    own = tmp_path / "mappings"
    shutil.copytree(root, own, ignore=lambda _, names: [name for name in names if name == "relations"])
    (own / "relations").mkdir()
    for one in library.sets:
        stated = tuple(relation for relation in library.relations if relation.id.partition("#")[0] == one.name)
        (own / f"relations/{one.name}.yaml").write_text(dump_set((one, stated)), "utf-8")
    again = load(own, standards, guides=False)
    assert (again.relations, again.sets) == (library.relations, library.sets)
