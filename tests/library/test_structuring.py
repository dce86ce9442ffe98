"""The short way for sound data makes what cattrs makes, and takes nothing that cattrs refuses."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imsmap.library.load import structuring
from imsmap.library.load.faults import converter
from imsmap.library.load.guide_kinds import ChoosingFile, FamiliesFile, IntegrationFile, WordsFile
from imsmap.library.load.kinds import (
    AuditFile,
    LibraryFile,
    RelationsFile,
    hand_down,
    hand_from,
    hand_to_clauses,
    hand_to_families,
    inherit,
)
from imsmap.library.load.parsing import parse
from imsmap.library.load.tree import Tree
from imsmap.library.model import Standard, Structure
from tests.conftest import MINI
from tests.fixtures import MAPPINGS


def tree(path: Path) -> tuple[Tree, type]:
    """Read a file as the door does, up to the point where it becomes a value."""
    found = parse(path.read_text("utf-8"), path.name)
    match path.parent.name, path.stem:
        case "standards", _:
            hand_to_clauses(found)
            return found, Standard
        case "structures", _:
            inherit(found)
            return found, Structure
        case "relations", _:
            hand_from(found.value, "relations", ("author", "confidence", "source", "justification"))
            for entry in found.value["relations"]:
                for role in ("subject", "object"):
                    entry[role] = entry[role] if isinstance(entry[role], list) else [entry[role]]
            return found, RelationsFile
        case _, "audit":
            hand_down(found, "questions")
            return found, AuditFile
        case _, "integration":
            hand_down(found, "criteria")
            return found, IntegrationFile
        case _, "families":
            hand_to_families(found)
            return found, FamiliesFile
        case _, name:
            return found, {"choose": ChoosingFile, "words": WordsFile, "library": LibraryFile}[name]


FILES = [*sorted(MAPPINGS.rglob("*.yaml")), *sorted(MINI.rglob("*.yaml"))]


def test_all_files_become_the_same_values() -> None:
    assert len(FILES) > 20
    for path in FILES:
        found, type_ = tree(path)
        assert structuring._maker(type_)(found.value) == converter().structure(found.value, type_), path


SMALL = [tree(path) for path in sorted(MINI.rglob("*.yaml"))]
WRONG: list[Any] = ["", "x", "0.5", "2", "11", "true", "yes", "nan", [], {}, [[]], ["x"], {"id": "x"}, [{"id": "x"}]]


def holders(value: Any) -> list[Any]:
    """Give all dicts and lists of a tree that hold something."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [*([value] if inner else ()), *(one for held in inner for one in holders(held))]


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.data())
def test_what_cattrs_refuses_is_not_taken(data: st.DataObject) -> None:
    read, type_ = data.draw(st.sampled_from(SMALL))
    value = copy.deepcopy(read.value)
    for _ in range(data.draw(st.integers(1, 2))):
        holder = data.draw(st.sampled_from(holders(value)))
        places = sorted(holder) if isinstance(holder, dict) else range(len(holder))
        place = data.draw(st.sampled_from(places))
        match data.draw(st.sampled_from(("other", "gone", "more"))):
            case "other":
                holder[place] = copy.deepcopy(data.draw(st.sampled_from(WRONG)))
            case "gone" if len(holder) > 1:
                del holder[place]
            case _ if isinstance(holder, dict):
                holder[data.draw(st.sampled_from(("title", "gist", "standard", "xyz", "from", "from_")))] = "more"
    try:
        expected = converter().structure(value, type_)
    except Exception:
        with pytest.raises(Exception):  # noqa: B017, PT011 - whatever it is, the long way tells it
            structuring._maker(type_)(value)
    else:
        assert structuring._maker(type_)(value) == expected
