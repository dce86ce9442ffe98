"""Settings name a further standard, and nothing else in them changes; files follow the history, and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from imsmap.client import history, moved, register
from imsmap.client.adding import answered, with_standards
from imsmap.errors import UsageError
from imsmap.register.cells import Key


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ('standards = ["a", "b"]  # both\n', 'standards = ["a", "b", "new"]  # both\n'),
        ("standards = ['a', 'b']\n", "standards = ['a', 'b', \"new\"]\n"),
        ('standards = ["a", "b",]\n', 'standards = ["a", "b", "new"]\n'),
        ('standards = [\n  "a",\n  "b",\n]\n', 'standards = [\n  "a",\n  "b", "new"]\n'),
        ('standards = [\n  "a",\n  "b"  # the last ]\n]\n', 'standards = [\n  "a",\n  "b"  # the last ]\n, "new"\n]\n'),
    ],
)
def test_a_further_standard_stands_at_the_end_of_the_list(written: str, after: str):
    assert with_standards(written, ["a", "b"], ["new"]) == after


def test_a_list_that_a_program_cannot_change_is_told_as_it_should_be_written():
    with pytest.raises(UsageError, match=r'on one line, as standards = \["a"\], then add again'):
        with_standards('standards = ["\\u0061"]\n'.replace("standards", "x"), ["a"], ["new"])


def entry(root: Path, files: dict[str, object]) -> None:
    with register.writing(root, "2030-01-01", "Ann") as writer:
        writer.record(moved.ADDED, (), files=files)


def test_a_stop_between_history_and_files_is_made_good(tmp_path: Path):
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings/b.yaml").write_text("old", "utf-8")
    (tmp_path / "mappings/mine.yaml").write_text("edited", "utf-8")
    entry(
        tmp_path,
        {
            "mappings/standards/a.yaml": {"before": None, "after": "new"},
            "mappings/b.yaml": {"before": "old", "after": None},
            "mappings/mine.yaml": {"before": "old", "after": "new"},
            "../outside.yaml": {"before": None, "after": "harm"},
        },
    )
    moved.settle(tmp_path)
    assert (tmp_path / "mappings/standards/a.yaml").read_text("utf-8") == "new"
    assert not (tmp_path / "mappings/b.yaml").exists()
    assert (tmp_path / "mappings/mine.yaml").read_text("utf-8") == "edited"
    assert not (tmp_path.parent / "outside.yaml").exists()
    with register.writing(tmp_path, "2030-01-02", "Ann") as writer:
        writer.undo()
        assert moved.restore(tmp_path) == "mappings/mine.yaml was edited since and stays as it is"
    assert not (tmp_path / "mappings/standards").exists()
    assert (tmp_path / "mappings/b.yaml").read_text("utf-8") == "old"


def test_a_history_that_says_nothing_of_files_changes_none(tmp_path: Path):
    entry(tmp_path, {"mappings/a.yaml": "nonsense", "mappings/b.yaml": {"before": 1, "after": "x"}})
    moved.settle(tmp_path)
    assert not (tmp_path / "mappings").exists()
    assert json.loads((tmp_path / history.FOLDER / history.newest_name(tmp_path)).read_text("utf-8").splitlines()[0])


def test_what_a_list_says_anew_is_taken_and_what_people_answered_otherwise_is_a_conflict():
    one, two, three, four, five = (Key("obligations", f"law:L-{n}", "owner") for n in range(1, 6))
    before = {one: "Ann", two: "Ann", three: "Ann", five: "Ann"}
    ours = {one: "Bob", two: "Ann", three: "Bob", five: "Ann"}
    said = {one: "Ann", two: "Cy", three: "Cy", four: "Cy"}
    cells, clashes = answered(ours, said, before)
    assert cells == {one: "Bob", two: "Cy", three: "Bob", four: "Cy", five: "Ann"}
    assert [(clash.key, clash.base, clash.ours, clash.theirs) for clash in clashes] == [(three, "Ann", "Bob", "Cy")]
