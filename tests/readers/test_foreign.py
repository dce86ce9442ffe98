"""What goes out in a format comes back in as it was, but for what the format can't say."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from imsmap.library.graph import ClauseGraph
from imsmap.library.load.checks.relations import names_in
from imsmap.library.model import Relation
from imsmap.library.relationships import PREDICATES
from imsmap.readers.foreign import places_of
from tests import once
from tests.exporters.interchange import DAY, PAIR, mini, shipped
from tests.readers.foreigners import around, bare, relations_of, told

FORMATS = {
    "sssom": "x.sssom.tsv", "oscal_mapping": "x.json", "jsonld": "x.jsonld", "mapping_csv": "x.mapping.csv",
    "graphml": "x.graphml", "mapping_markdown": "x.mapping.md",
}  # fmt: skip
SETS = ("iso90001-2030", "iso91001-2030")
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
TEXTS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


def there_and_back(graph: ClauseGraph, name: str, folder: Path):
    content = importlib.import_module(f"imsmap.exporters.{name}").export(graph, DAY)
    path = folder / FORMATS[name]
    path.write_bytes(content)
    return importlib.import_module(f"imsmap.readers.{name}").bring(path, path.name, around(graph))


@cache
def pairs_of() -> st.SearchStrategy[list[tuple[tuple[str, ...], ...]]]:
    """Draw pairs of parts of two small standards, each pair once."""
    sides = [
        st.lists(st.sampled_from(sorted(names_in(mini().standard(key)))), min_size=1, max_size=3, unique=True).map(
            lambda names, key=key: tuple(f"{key}:{name}" for name in names)
        )
        | st.just((f"{key}:",))
        for key in SETS
    ]
    return st.lists(st.tuples(*sides), max_size=6, unique_by=lambda pair: (frozenset(pair[0]), frozenset(pair[1])))


# To make a strategy takes longer than to draw from it.
PREDICATE, HUNDREDTHS, STRENGTH = st.sampled_from(sorted(PREDICATES)), st.integers(0, 100), st.integers(1, 10)
AFFIRMED = st.none() | st.from_regex("[0-9a-f]{12}", fullmatch=True)


@st.composite
def libraries(draw: st.DrawFn) -> ClauseGraph:
    """Draw relations between the parts of two small standards, each pair once."""
    graph = mini()
    pairs = draw(pairs_of())
    relations = []
    for number, (subject, object_) in enumerate(pairs):
        predicate = draw(PREDICATE)
        none = predicate == "no-relationship"
        relations.append(
            Relation(
                f"{graph.library.sets[0].name}#r{number}", subject, predicate, object_, draw(TEXTS),
                draw(HUNDREDTHS) / 100, draw(TEXTS), draw(TEXTS),
                None if none else draw(STRENGTH), "" if none else draw(TEXTS), draw(TEXTS),
                draw(AFFIRMED),
            )
        )  # fmt: skip
    return ClauseGraph(evolve(graph.library, relations=tuple(relations)))


@pytest.mark.slow
@given(graph=libraries())
def test_what_is_stated_of_any_small_library_comes_back(graph: ClauseGraph, tmp_path_factory: pytest.TempPathFactory):
    # Each library goes through every format: to draw one takes longer than most of them do.
    for name in FORMATS:
        brought = there_and_back(graph, name, tmp_path_factory.getbasetemp())
        assert told(brought) == "", name
        assert bare(relations_of(brought)) == bare(graph.library.relations), name


@pytest.mark.parametrize("name", FORMATS)
def test_signs_that_one_format_escapes_come_back_from_each(name: str, tmp_path: Path):
    graph = mini()
    first, *_ = graph.library.relations
    for author in ("a|b", r"a\|b", r"\\|", "\\"):
        stated = (evolve(first, author=author, justification=author),)
        brought = there_and_back(ClauseGraph(evolve(graph.library, relations=stated)), name, tmp_path)
        assert (told(brought), bare(relations_of(brought))) == ("", bare(stated))


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_stated_of_the_shipped_library_comes_back(name: str, tmp_path: Path):
    graph = shipped(*PAIR)
    brought = there_and_back(graph, name, tmp_path)
    assert told(brought) == ""
    assert bare(relations_of(brought)) == bare(tuple(r for r in graph.library.relations if not r.implied))
    assert not brought.standards


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_the_whole_shipped_library_comes_back(name: str, tmp_path: Path):
    graph = once.shipped(guides=False)
    brought = there_and_back(graph, name, tmp_path)
    assert told(brought) == ""
    assert bare(relations_of(brought)) == bare(tuple(r for r in graph.library.relations if not r.implied))


def test_what_was_passed_over_is_told_with_how_often():
    assert places_of({"b": 2, "a": 1}) == "a (1), b (2)"
