"""Relations as comma-separated text: by full reference or as people cite clauses, each fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from imsmap.errors import DataError, UnknownNameError
from imsmap.readers.mapping_csv import bring, takes
from tests.exporters.interchange import mini
from tests.readers.foreigners import around, put, relations_of, told

A, B = "iso90001-2030", "iso91001-2030"
HEAD = "subject,relation,object,strength,note\n"


def cite(text: str, standard: str) -> tuple[str, ...]:
    """Know one way to cite."""
    if text == "ISO 90001, clause 8.2":
        return (f"{A}:8.2",)
    if text == "8.2" and standard:
        return (f"{standard}:8.2",)
    raise UnknownNameError(f"no standard {text!r}")


@pytest.fixture
def read(tmp_path: Path):
    near = evolve(around(mini()), cite=cite)

    def reading(*rows: str, head: str = HEAD):
        return bring(*put(tmp_path, "theirs.csv", head + "".join(f"{row}\n" for row in rows)), near)

    return reading


def test_a_table_is_known_by_its_header_and_a_list_of_requirements_is_none():
    assert takes(HEAD.encode())
    assert takes(b"My mapping\n\nSubject;Predicate;Object\n")
    assert not takes(b"number,title,requirement\n")
    assert not takes(b"subject,object\n")
    assert takes(b"Clause of ISO 9001:2015;Relationship;ISO 14001:2015\n")
    assert not takes(b"Number;Requirement;ISO 9001:2015;Relation;ISO 14001:2015\n")
    assert not takes(b"Clause;Relationship;2015\n")


def test_standards_that_head_columns_are_meant_by_the_numbers_below_them(read):
    brought = read("8.2,equal,8.2", "8.77,equal,8.2", head="ISO 90001:2030,Relation,Clause of ISO 91001:2030\n")
    assert [(r.subject, r.object) for r in relations_of(brought)] == [((f"{A}:8.2",), (f"{B}:8.2",))]
    assert "line 3 subject '8.77': no standard" in told(brought)


def test_references_and_what_people_cite_are_both_read(read):
    brought = read(
        f"{A}:8.2,subset-of,{B}:8.2,7,well",
        f'"{A}:8.2; {A}:8.1",intersects with,{B}:*,4,',
        '"ISO 90001, clause 8.2",equal,R:1.1,9,',
    )
    assert [(r.subject, r.predicate, r.object, r.strength) for r in relations_of(brought)] == [
        ((f"{A}:8.2",), "subset-of", (f"{B}:8.2",), 7),
        ((f"{A}:8.2", f"{A}:8.1"), "intersects-with", (f"{B}:",), 4),
        ((f"{A}:8.2",), "equal-to", ("r:1.1",), 9),
    ]
    assert "columns that have no place here were passed over: note (1)" in brought.notices


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (f"{A}:99,subset-of,{B}:8.2,7,", f"theirs.csv:2: line 2 {A} has no clause 99"),
        (f"what we do,subset-of,{B}:8.2,7,", "line 2 subject 'what we do': no standard 'what we do'"),
        (f"{A}:8.2,is like,{B}:8.2,7,", "line 2 'is like' is no relation"),
        (f"{A}:8.2,,{B}:8.2,7,", "line 2 no word pairs both sides"),
        (f"{A}:8.2,subset-of,{B}:8.2,12,", "strength '12' is not between 1 and 10; 5 is taken"),
        (f'{A}:8.2,"subset-of,{B}:8.2,7,', "line 2 can't be read"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_with_its_line(read, row: str, words: str):
    assert words in told(read(row))


def test_no_counterpart_states_nothing_and_is_counted(read):
    assert "1 rows name no clause on one side" in "\n".join(
        read(f"{A}:8.2,none,-,,", f"{A}:8.1,equal,{B}:8.1,5,").notices
    )


def test_a_file_without_the_columns_is_refused(read):
    with pytest.raises(DataError, match="it begins with subject, predicate, object"):
        read("1,2", head="number,title\n")
