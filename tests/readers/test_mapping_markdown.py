"""Relations in tables of Markdown: by full reference, each fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from imsmap.errors import DataError
from imsmap.exporters.mapping_markdown import export
from imsmap.interchange import MARKDOWN_COLUMNS
from imsmap.readers.mapping_markdown import bring, takes
from tests.exporters.interchange import DAY, mini
from tests.readers.foreigners import around, put, relations_of, told

A, B = "iso90001-2030", "iso91001-2030"
HEADS = ("ISO 90001:2030", MARKDOWN_COLUMNS[0], "ISO 91001:2030", *MARKDOWN_COLUMNS[1:])
RULE = ("---",) * len(HEADS)


def row(subject: str, predicate: str, object_: str, strength: str = "7", shared: str = "much") -> tuple[str, ...]:
    return (subject, predicate, object_, strength, shared, "little", "0.5", "why", "me", "a book", "", "r")


def text(*rows: tuple[str, ...]) -> str:
    return "".join(f"| {' | '.join(cells)} |\n" for cells in rows)


@pytest.fixture
def read(tmp_path: Path):
    def reading(*rows: tuple[str, ...], before: str = ""):
        content = f"# Title\n\n{text(HEADS, RULE, *rows)}"
        return bring(*put(tmp_path, "theirs.md", before + content), around(mini()))

    return reading


def test_a_file_is_known_by_a_table_of_relations_in_it():
    assert takes(export(mini(), DAY))
    assert not takes(b"# Notes\n\n| Clause | Relation | Clause |\n|---|---|---|\n| 8.2 | equal | 8.2 |\n")
    assert not takes(b"# Notes\n")


def test_a_file_of_ours_that_states_nothing_brings_nothing(tmp_path: Path):
    content = export(mini(A), DAY)
    assert takes(content)
    assert not relations_of(bring(*put(tmp_path, "x.md", content.decode()), around(mini())))


def test_tables_that_an_editor_laid_out_anew_say_the_same(tmp_path: Path):
    ours = export(mini(), DAY).decode()
    laid_out = ours.replace("\n", "\r\n").replace(" | ", "   |").replace("---:", ":-------:")
    first, second = (bring(*put(tmp_path, "x.md", one), around(mini())) for one in (ours, f"\ufeff{laid_out}"))
    assert relations_of(first) == relations_of(second) != ()
    assert told(second) == ""


def test_sides_of_several_and_of_all_are_read_and_signs_of_markdown_are_text(read):
    brought = read(
        row(f"`{A}:8.2` One; `{A}:8.1` Two together", "intersects-with", f"`{B}:*` all of it", "4"),
        row(f"`{A}:8.2`", "subset-of", f"`{B}:8.2` Any", "7", r"\\\| \`a\` &amp;lt; &lt;b&gt; \_ c:\d"),
    )
    assert told(brought) == ""
    assert [(r.subject, r.object, r.strength) for r in relations_of(brought)] == [
        ((f"{A}:8.2", f"{A}:8.1"), (f"{B}:",), 4),
        ((f"{A}:8.2",), (f"{B}:8.2",), 7),
    ]
    assert relations_of(brought)[1].shared == r"\| `a` &lt; <b> _ c:\d"


def test_a_standard_that_the_library_does_not_hold_is_called_as_its_column_is_headed(tmp_path: Path):
    graph = mini()
    near = around(graph)
    path, shown = put(tmp_path, "x.md", export(graph, DAY).decode())
    brought = bring(path, shown, evolve(near, heads=tuple(head for head in near.heads if head.key != B)))
    (standard,) = brought.standards
    titles = {clause.title for clause in graph.standard(B).clauses}
    assert standard.designation == "ISO 91001:2030"
    assert {clause.title for clause in standard.clauses} <= titles
    assert {relation.object[0].partition(":")[0] for relation in relations_of(brought)} == {standard.key}


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (row(f"`{A}:99`", "subset-of", f"`{B}:8.2`"), f"theirs.md:5: line 5 {A} has no clause 99"),
        (row("8.2 Planning", "subset-of", f"`{B}:8.2`"), "line 5 '8.2 Planning' names no clause by its full reference"),
        (row(f"`{A}:8.2`; `8.1`", "subset-of", f"`{B}:8.2`"), "names no clause by its full reference"),
        (row(f"`{A}:8.2`; `{B}:8.1`", "subset-of", f"`{B}:8.2`"), f"{A} and {B} stand in one cell"),
        (row(f"`{A}:8.2`", "is like", f"`{B}:8.2`"), "line 5 'is like' is no relation"),
        (
            row(f"`{A}:8.2`", "subset-of", f"`{B}:8.2`", "12"),
            "line 5 strength '12' is not between 1 and 10; 5 is taken",
        ),
        (row(f"`{A}:8.2`", "subset-of", f"`{B}:8.2`", "7", "a | b"), "line 5 has 13 cells, and its table 12 columns"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_with_its_line(read, cells: tuple[str, ...], words: str):
    assert words in told(read(cells))


def test_two_standards_in_one_column_and_rows_of_no_table_are_told(read):
    brought = read(
        row("`r:1.1`", "subset-of", f"`{B}:8.2`"), row("`s:1.1`", "subset-of", f"`{B}:8.1`"),
        before=text(row(f"`{A}:8.2`", "equal-to", f"`{B}:8.2`")),
    )  # fmt: skip
    assert "theirs.md:1: line 1 stands in no table of relations" in told(brought)
    assert "line 7 s is not r, which the rows above it call ISO 90001:2030" in told(brought)


def test_a_table_without_all_columns_and_a_file_without_a_table_are_refused(tmp_path: Path):
    for content, words in (
        (text(HEADS[:8], RULE[:8]), "x.md:1: the table has no column Author, Source, Affirmed and Id; export it again"),
        ("# Notes\n", "x.md: holds no table of relations, as imsmap export markdown writes them"),
    ):
        with pytest.raises(DataError) as refused:
            bring(*put(tmp_path, "x.md", content), around(mini()))
        assert list(map(str, refused.value.problems)) == [words] or words in str(refused.value.problems[0])
