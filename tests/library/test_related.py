"""Only what a question needs is read: what may have something in common with a clause, and nothing beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from imsmap.library.load import related
from imsmap.library.load.reading import Reading
from tests.fixtures import Answer
from tests.library.test_roots import write_set

ONE, OTHER = "iso90001-2030", "iso91001-2030"


@pytest.fixture
def root(mini_root: Path) -> Path:
    """Give the tiny library two further standards, tied to nothing: one holds `planned`, one no core point at all."""
    text = (mini_root / f"standards/{OTHER}.yaml").read_text("utf-8")
    own = text.replace("core: issues", "adds: Matters").replace("core: planned", "adds: Plan")
    for number, words in (("92001", text), ("93001", own)):
        words = words.replace("91001", number).replace(
            "title: Understanding the context\n", "title: Understanding\n    topic: widgets\n"
        )
        words = (
            words.replace("title: Planning and control\n", "title: Planning\n    topic: widgets\n")
            if number == "93001"
            else words
        )
        (mini_root / f"standards/iso{number}-2030.yaml").write_text(words, "utf-8")
    return mini_root


def test_who_holds_a_core_point_of_the_clause_is_related_to_it(root: Path) -> None:
    assert related(root, ONE, ["planned"]) == (ONE, OTHER, "iso92001-2030")
    assert related(root, ONE, ["plan"]) == (ONE, OTHER)
    assert related(root, "iso93001-2030", []) == ("iso93001-2030",)


def test_who_is_reached_through_mapping_sets_is_related_to_it(root: Path) -> None:
    write_set(root, "bridge", subject="iso92001-2030", object_="iso93001-2030")
    assert related(root, ONE, ["planned"]) == (ONE, OTHER, "iso92001-2030", "iso93001-2030")
    assert related(root, ONE, []) == (ONE, OTHER)


def test_show_reads_no_standard_that_has_nothing_to_do_with_the_clause(
    imsmap: Callable[..., Answer], root: Path
) -> None:
    before = json.loads(imsmap("show", f"{ONE}:8.1", "--format", "json", mappings=root).out)
    assert [entry["clause"] for entry in before["counterparts"]] == [f"{OTHER}:8.1", "iso92001-2030:8.1"]
    path = root / "standards/iso93001-2030.yaml"
    head = path.read_text("utf-8").partition("clauses:")[0]
    path.write_text(head + "clauses: [&what *ever", "utf-8")
    assert json.loads(imsmap("show", f"{ONE}:8.1", "--format", "json", mappings=root).out) == before
    assert imsmap("show", "iso93001-2030:8.1", mappings=root).code == 1


def test_a_clause_is_shown_after_the_library_was_read_once(
    imsmap: Callable[..., Answer], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    relations = Reading.relations
    monkeypatch.setattr(
        Reading, "relations", lambda self, *given: (read.append("relations"), relations(self, *given))[1]
    )
    assert imsmap("show", f"{ONE}:8.1", f"{OTHER}:8.1", mappings=root).code == 0
    assert read == ["relations"]  # where both stand is known without; and the same has to do with both
