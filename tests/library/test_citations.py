"""Clauses however people write them: `tests/data/spellings.json` says what each way means in ISO 9001:2015."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping

import pytest

from imsmap.errors import ImsmapError
from imsmap.library.citations import Cited, citations, cited, standard_of
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import catalogue
from tests.fixtures import MAPPINGS, ROOT
from tests.once import shipped

HEADS = catalogue([MAPPINGS])
SPELLINGS: Mapping[str, str] = json.loads((ROOT / "tests" / "data" / "spellings.json").read_text("utf-8"))
Q, E = "iso9001-2015", "iso14001-2015"


@pytest.fixture(scope="module")
def graph() -> ClauseGraph:
    return shipped([Q, E])


def read(text: str, graph: ClauseGraph, standard: str = "") -> Cited:
    return cited(citations(text, HEADS, standard), graph)


def notes(text: str, graph: ClauseGraph) -> list[str]:
    return [*read(text, graph).notes]


@pytest.mark.parametrize("text", SPELLINGS)
def test_a_spelling_means_the_clauses_that_the_table_says(text: str, graph: ClauseGraph) -> None:
    assert read(text, graph).refs == tuple(f"{Q}:{number}" for number in SPELLINGS[text].split())
    assert notes(text, graph) == []


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("ISO 9001:2015, 4.1; ISO 14001:2015, 4.1 und 4.2", (f"{Q}:4.1", f"{E}:4.1", f"{E}:4.2")),
        ("9001:8.5.1 & 14001:8.1", (f"{Q}:8.5.1", f"{E}:8.1")),
        ("ISO 9001:2015 and ISO 14001:2015, 4.1", (f"{Q}:4.1", f"{E}:4.1")),
        ("14001: 6.1.2 and 9001:2015 4.1", (f"{E}:6.1.2", f"{Q}:4.1")),
    ],
)
def test_several_standards_may_be_named_in_one_text(text: str, refs: tuple[str, ...], graph: ClauseGraph) -> None:
    assert read(text, graph).refs == refs


@pytest.mark.parametrize("text", ["AS 9100:8.4.1.1", "AS9100 8.4.1.1", "AS-9100D:2016, 8.4.1.1", "as 9100d:8.4.1.1"])
def test_letters_and_number_of_a_name_may_stand_apart(text: str) -> None:
    graph = shipped(["as9100d-2016", Q])
    assert read(text, graph).refs == ("as9100d-2016:8.4.1.1",)


def test_a_number_alone_is_of_the_standard_that_is_meant(graph: ClauseGraph) -> None:
    assert read("§ 8.1, 8.2", graph, E).refs == (f"{E}:8.1", f"{E}:8.2")
    assert read("9001:8.4", graph, E).refs == (f"{Q}:8.4",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("9001:8.40", "no clause 8.40 in ISO 9001:2015; did you mean 8.4?"),
        ("9001:8,4", "8,4 may be 8.4 or 8 and 4; write what is meant"),
        ("9001:8,5,1", "8,5,1 may be 8.5.1 or 8 and 5 and 1; write what is meant"),
        ("9001:4,1; 4,2", "4,1 may be 4.1 or 4 and 1; write what is meant"),
        ("9001:8:4", "':4' behind 8 can't be read"),
        ("9001:8_4", "'_4' behind 8 can't be read"),
        ("9001:08.4", "no clause 08.4 in ISO 9001:2015; did you mean 8.4?"),
        ("9001:not 8.4", "no clause not 8.4 in ISO 9001:2015"),
        ("OHSAS 18001:2007 4.3.1", "OHSAS 18001 is not in the library, which holds"),
        ("BS OHSAS 18001, 4.4", "BS OHSAS 18001 is not in the library, which holds"),
        ("AS9120 8.4", "AS9120 is not in the library, which holds"),
        ("9001:8.6-8.4", "the range 8.6 to 8.4 runs backwards; write the smaller number first"),
        ("9001:8.4 whatever 8.5", "'whatever 8.5' behind 8.4 can't be read; write a comma between clauses"),
        ("28000:8.1", "ISO 28000 is not in the library, which holds "),
        ("ISO 39001:2012 8.2", "ISO 39001 is not in the library, which holds"),
        ("our 9001:8.4", "no standard 'our 9001'; did you mean ISO 9001:2015?"),
        ("9001:2015", "names a standard, but a clause is needed"),
        ("9001:4.1#isues", "no point isues in ISO 9001:2015, 4.1; did you mean issues?"),
        ("N/A", "'N/A' is no clause; write one such as 9001:8.4"),
        ("9001:" + "8.4, " * 1000, "is too long for a clause"),
        ("", "'' is no clause"),
    ],
)
def test_what_can_not_be_read_says_why_and_misleads_nobody(text: str, told: str, graph: ClauseGraph) -> None:
    with pytest.raises(ImsmapError) as caught:
        read(text, graph)
    assert told in str(caught.value)


def test_a_title_of_another_clause_and_the_letter_of_an_item_are_told(graph: ClauseGraph) -> None:
    assert notes("9001:8.4 Communication", graph) == [
        "8.4 is 'Control of externally provided processes, products and services'; 'Communication' behind it is not "
        "its title, but that of 7.4, and was passed over"
    ]
    assert notes("9001:8.4.1 a) to c)", graph) == ["8.4.1 a) to c) was read as the whole of 8.4.1"]
    assert read("9001:8.4.1a, 8.4.2b", graph).refs == (f"{Q}:8.4.1", f"{Q}:8.4.2")
    assert notes("9001:8.4.1a", graph) == ["8.4.1 a was read as the whole of 8.4.1"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ISO 9001:2015", Q),
        ("Clause of ISO 14001", E),
        ("DIN EN ISO 9001:2015-11, section", Q),
        ("9001", Q),
        ("ISO 9001 title", ""),
        ("Matrix ISO 9001 / ISO 14001", ""),
        ("ISO 28000", ""),
        ("subject", ""),
        ("", ""),
    ],
)
def test_a_heading_names_a_standard_if_it_says_nothing_else(text: str, key: str) -> None:
    assert standard_of(text, HEADS) == key


@pytest.mark.slow
@pytest.mark.parametrize(
    "sign", ["§", "8.4, ", ", ", "clause ", "DIN ", ".", "(", " to", " and", "9001 ", "8.5.1-", "9"]
)
def test_a_text_made_to_hang_the_reader_ends_in_a_line(sign: str, graph: ClauseGraph) -> None:
    for before in ("", "9001:8.4"):
        with contextlib.suppress(ImsmapError):
            read((before + sign * 2000)[:2000], graph)
