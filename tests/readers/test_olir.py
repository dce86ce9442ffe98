"""Workbooks of OLIR: what goes out comes back in, and what others write comes in with what is wrong told."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from imsmap import interchange
from imsmap.errors import DataError
from imsmap.exporters.olir import export
from imsmap.interchange import OLIR_COLUMNS
from imsmap.readers.olir import bring, takes
from tests.exporters.interchange import DAY, PAIR, mini, shipped
from tests.readers.foreigners import around, relations_of, told

A, B = "iso90001-2030", "iso91001-2030"
FOREIGN = ("Focal Document\nElement", "Relationship", "Reference Document\nElement", "Group\nIdentifier\n(Optional)",
           "Strength of\nRelationship\n(Optional)", "Notes")  # fmt: skip


@pytest.fixture
def read(tmp_path: Path):
    def reading(*rows: tuple, head: tuple = FOREIGN, general: dict[str, str] | None = None):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Relationships"
        for row in (head, *rows):
            sheet.append(row)
        if general is not None:
            about = book.create_sheet("General Information")
            for pair in general.items():
                about.append(pair)
        path = tmp_path / "theirs.xlsx"
        book.save(path)
        assert takes(path.read_bytes())
        return bring(path, path.name, around(mini()))

    return reading


def test_what_goes_out_comes_back_in_but_for_several_on_the_focal_side_and_what_has_no_column(tmp_path: Path):
    graph = shipped(*PAIR)
    path = tmp_path / "x.olir.xlsx"
    path.write_bytes(export(graph, DAY))
    brought = bring(path, path.name, around(graph))
    assert told(brought) == ""
    assert not brought.standards
    expected = [
        (r.subject, r.predicate, r.object, r.strength) for r in interchange.stated(graph) if len(r.subject) == 1
    ]
    assert [(r.subject, r.predicate, r.object, r.strength) for r in relations_of(brought)] == expected


def test_a_workbook_without_general_information_names_its_documents_after_the_file(read):
    brought = read(
        ("GV.A-01", "subset of", "PM-09\n", None, 7, "x"), ("GV.A-02", None, "PM-10", None, None, None),
        ("GV.A-03", None, None, None, None, None),
    )  # fmt: skip
    assert [one.designation for one in brought.standards] == [
        "theirs focal document", "theirs reference document",
    ]  # fmt: skip
    assert [c.number for c in brought.standards[0].clauses] == ["GV.A-01", "GV.A-02", "GV.A-03"]
    (relation,) = relations_of(brought)
    assert (relation.predicate, relation.strength) == ("subset-of", 7)
    assert "row 3 no word pairs both sides" in told(brought)
    notices = "\n".join(brought.notices)
    assert "1 rows name no reference element" in notices
    assert "columns that have no place here were passed over: notes (1)" in notices
    assert "does not say what the focal document is" in notices


def test_rows_of_a_group_are_one_relation_and_must_say_one_thing(read):
    general = {"Focal Document Version": A, "Reference Document": B}
    brought = read(
        ("8.1", "superset of", "8.1", "8.1:G1", 6, None), ("8.1", "superset of", "8.2", "8.1:G1", 6, None),
        ("8.2", "equal", "8.1", "8.2:G1", None, None), ("8.2", "subset of", "8.2", "8.2:G1", None, None),
        general=general,
    )  # fmt: skip
    assert [(r.subject, r.object) for r in relations_of(brought)] == [((f"{A}:8.1",), (f"{B}:8.1", f"{B}:8.2"))]
    assert "the rows 4, 5 of one group say different relationships" in told(brought)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("8.77", "equal", "8.1", None, None, None), f"row 2 {A} has no clause 8.77"),
        ((None, "equal", "8.1", None, None, None), "row 2 names no Focal Document Element"),
        (("8.1", "alike", "8.1", None, None, None), "row 2 'alike' is no relation"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_with_its_number(read, row: tuple, words: str):
    assert words in told(read(row, general={"Focal Document Version": A, "Reference Document": B}))


def test_a_sheet_with_other_columns_is_refused(read):
    with pytest.raises(DataError, match=f"has no columns {OLIR_COLUMNS[0]} and {OLIR_COLUMNS[4]}"):
        read(("1", "2"), head=("number", "title"))
