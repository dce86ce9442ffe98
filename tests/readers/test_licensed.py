"""The text of a copy is found under the clause to which it belongs, or nothing is taken and each problem told."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from attrs import evolve

from imsmap.errors import DataError
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Head, Standard
from imsmap.readers.licensed import read_copy, standard_in
from tests.building import graph, standard
from tests.readers.test_texts import word

OLD, NEW = "iso90001-2030", "iso90001-2035"
TITLES = {
    "1": "Scope", "4": "Context", "4.1": "Understanding the garden", "4.2": "Bees and birds", "7": "Support",
    "7.1": "Tools", "7.1.1": "General", "7.1.2": "", "8": "Operation", "8.1": "General", "8.2": "Watering",
}  # fmt: skip


def _edition(key: str, titles: dict[str, str]) -> Standard:
    points = {number: [f"+p{number}"] if "." in number else None for number in titles}
    made = standard(key, points, topics={number: "design" for number in titles if "." in number})
    clauses = tuple(evolve(clause, title=titles[clause.number]) for clause in made.clauses)
    return evolve(made, designation=f"ISO 90001:{key[-4:]}", series="ISO 90001", clauses=clauses)


GRAPH = graph(_edition(OLD, TITLES), _edition(NEW, TITLES | {"8.2": "Weeding", "8.3": "Raking"}))


def read(path: Path, text: str, *, anyway: bool = False, library: ClauseGraph = GRAPH) -> dict[str, str]:
    path.write_text(text, "utf-8")
    return dict(read_copy(path, path.name, library, OLD, anyway=anyway).text.clauses)


def test_plain_text_is_taken_apart_by_number_and_title(tmp_path: Path) -> None:
    copy = """\
        ISO 90001:2030(E)
        Contents
        4.1 Understanding the garden .......... 3
        4.2 Bees and birds .......... 4

        Foreword
        Somebody wrote this.
        1 Scope
        This is about gardens.
        2 Normative references
        There are none.
        3.1
        garden
        place with flowers
        4 Context
        4.1 Understanding the garden
        The gardener shall look at
        the flowers. See 4.2 and
        8.2 for more.
        a) the blue ones;
        b) the red ones.
        12
        © Somebody 2030 – All rights reserved

        NOTE Flowers can be white.
        4.2 Bees and Birds
        Ask the bees.
        7.1.2
        Keep a rake.
        Annex A (informative) More on gardens
        4.1 is about flowers.
        """
    assert read(tmp_path / "copy.txt", copy.replace("        ", "")) == {
        "1": "This is about gardens.",
        "4.1": "The gardener shall look at the flowers. See 4.2 and 8.2 for more.\na) the blue ones;\n"
        "b) the red ones.\nNOTE Flowers can be white.",
        "4.2": "Ask the bees.",
        "7.1.2": "Keep a rake.",
    }


def test_what_has_no_clause_in_the_library_is_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "copy.md"
    path.write_text("# Introduction\nHm.\n## 3.1 Terms\nHm.\n## 4.1 Our garden\nLook.\n# Annex A\nNo.\n", "utf-8")
    found = read_copy(path, "copy.md", GRAPH, OLD)
    assert found.left_out == ("# Introduction", "3.1 Terms", "# Annex A")
    assert dict(found.text.clauses) == {"4.1": "Look."}
    assert found.text.titles == tuple(dict.fromkeys(filter(None, TITLES.values())))


def test_headings_below_a_clause_of_markdown_are_part_of_its_text(tmp_path: Path) -> None:
    text = "## 4.1 Understanding the garden\nLook.\n### Hint\nTwice.\n## Other\nNo.\n"
    assert read(tmp_path / "a.md", text) == {"4.1": "Look.\n### Hint\nTwice."}


def test_word_may_number_by_itself_so_that_titles_alone_tell(tmp_path: Path) -> None:
    path = word(
        tmp_path / "a.docx", "Scope", "All gardens.", "Context", "Understanding the garden", "Look.", "Support",
        "Tools", "General", "Have some.", "Operation", "General", "Do it.", header1="ISO 90001:2030",
    )  # fmt: skip
    assert dict(read_copy(path, "a.docx", GRAPH, OLD).text.clauses) == {
        "1": "All gardens.", "4.1": "Look.", "7.1.1": "Have some.", "8.1": "Do it.",
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_are_taken_in_whatever_manner_they_were_saved(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [
        ("No", "Clause", "Text"), ("1", "4.1", "Look – closely."), ("2", "", "Again."),
        ("3", "ISO 90001:2030 4.2", "Ask."), ("4", "8.2 Watering", "Café."), ("5", "3.1", "A term."), ("6", "8.1", ""),
    ]  # fmt: skip
    path = tmp_path / "a.csv"
    path.write_bytes("".join(f"{separator.join(row)}\r\n" for row in rows).encode(encoding))
    found = read_copy(path, "a.csv", GRAPH, OLD)
    assert dict(found.text.clauses) == {"4.1": "Look – closely.\nAgain.", "4.2": "Ask.", "8.2": "Café."}
    assert found.left_out == ("3.1",)
    assert any("1 row without a clause" in notice for notice in found.notices)


def test_a_workbook_is_read_below_its_titles(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Our own copy"])
    book.active.append([])
    book.active.append(["Clause", "Requirement"])
    book.active.append([4.1, "Look."])
    book.active.append(["4.2", "Ask."])
    book.save(tmp_path / "a.xlsx")
    found = read_copy(tmp_path / "a.xlsx", "a.xlsx", GRAPH, OLD)
    assert dict(found.text.clauses) == {"4.1": "Look.", "4.2": "Ask."}
    assert any("8.10 can't be told from 8.1" in notice for notice in found.notices)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.txt", "", "holds no clause of ISO 90001:2030"),
        ("a.txt", "Some words about flowers.\n", "holds no clause of ISO 90001:2030"),
        ("a.txt", "4.1 Understanding the garden\n", "holds no clause of ISO 90001:2030"),
        ("a.pdf", "%PDF-1.4", "a PDF keeps letters at places and no text; open it in Word"),
        ("a.rtf", "x", "is of no kind that can be read"),
        ("a.csv", "a,b\n1,2\n", "has no header with a column clause and a column text"),
        ("a.csv", "", "has no header"),
        ("a.csv", "clause,text\n4.1,Look.\n8.7,Hm.\nnone,Hm.\n", "a.csv:3: 8.7 is no clause of ISO 90001"),
        ("a.txt", "4.1 Understanding the garden\nLook.\n8.7 Sleeping\nHm.\n", "a.txt:3: ISO 90001:2030 has no"),
        ("a.docx", "no zip", "a.docx"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_with_its_line(tmp_path: Path, name: str, text: str, words: str) -> None:
    with pytest.raises(DataError) as error:
        read(tmp_path / name, text)
    assert words in str(error.value)


def test_another_edition_is_told_by_the_words_and_clauses_that_were_seen(tmp_path: Path) -> None:
    text = "This copy of ISO 90001:2035\n4.1 Understanding the garden\nLook.\n8.2 Weeding\nPull.\n8.3 Raking\nRake.\n"
    with pytest.raises(DataError) as error:
        read(tmp_path / "a.txt", text)
    assert (
        "a.txt: names ISO 90001:2035 once and has clauses as ISO 90001:2035 has them (8.2 Weeding, 8.3 Raking), so it "
        "looks like another edition than ISO 90001:2030; say which it is with --standard, or --anyway if it is ISO "
        "90001:2030" in str(error.value)
    )
    assert read(tmp_path / "a.txt", text, anyway=True) == {"4.1": "Look.", "8.2": "Pull."}


def test_an_annex_may_print_its_controls_under_the_numbers_of_clauses(tmp_path: Path) -> None:
    titles = {
        "4": "Context",
        "4.1": "Understanding",
        "4.2": "Bees",
        "A.4": "Plants",
        "A.4.1": "Roses",
        "A.4.2": "Lilies",
    }
    made = standard(
        OLD,
        {number: [f"+p{number}"] if number not in ("4", "A.4") else None for number in titles},
        topics=dict.fromkeys(titles, "design"),
        themes={"A.4.1": "plants", "A.4.2": "plants"},
    )
    clauses = tuple(evolve(clause, title=titles[clause.number]) for clause in made.clauses)
    library = graph(evolve(made, designation="ISO 90001:2030", series="ISO 90001", clauses=clauses))
    text = (
        "Annex A Plants of the garden .... 9\n4 Context\n4.1 Understanding\nLook.\n4.2 Bees\nAsk.\n"
        "Annex A (normative) Plants of the garden\n4 Plants\n4.1 Roses\nWater roses.\n4.2\nLilies\nWater lilies.\n"
        "7.9 Numbers\nNot ours.\n"
    )
    with pytest.raises(DataError):
        read(tmp_path / "a.txt", text.replace("7.9", "4.9"), library=library)
    assert read(tmp_path / "a.txt", text, library=library) == {
        "4.1": "Look.", "4.2": "Ask.", "A.4.1": "Water roses.", "A.4.2": "Water lilies.",
    }  # fmt: skip


def test_a_bibliography_may_name_other_editions(tmp_path: Path) -> None:
    text = "ISO 90001:2030 and before it\n4.1 Understanding the garden\nLook beyond ISO 90001:2020.\n"
    assert list(read(tmp_path / "a.txt", text)) == ["4.1"]


def test_the_standard_is_told_by_the_name_of_the_file_or_its_first_lines(tmp_path: Path) -> None:
    heads = [
        Head(key, f"ISO 90001:{key[-4:]}", "", "quality", "1", f"{key[-4:]}-01", "current", 1.0, meant=key == NEW)
        for key in (OLD, NEW)
    ]
    for name, text, key in [
        ("ISO_90001_2030.txt", "", OLD), ("copy.txt", "ISO 90001:2035(E)\n", NEW), ("ISO 90001.txt", "", NEW),
        ("copy.txt", "ISO 90001\n", NEW), ("copy.txt", "90001 flowers", ""), ("copy.xlsx", "", ""),
    ]:  # fmt: skip
        (tmp_path / name).write_text(text, "utf-8")
        assert standard_in(tmp_path / name, heads) == key, name
    assert standard_in(tmp_path / "ISO 90001.txt", heads, (OLD,)) == OLD


@pytest.mark.slow
def test_a_paragraph_of_very_many_lines_and_a_line_of_very_many_blanks_are_read(tmp_path: Path) -> None:
    lines = "water the flowers\n" * 50_000 + ". " * 50_000 + " " * 100_000 + "\n"
    (said,) = read(tmp_path / "a.txt", f"4.1 Understanding the garden\n{lines}").values()
    assert said.count("water") == 50_000
