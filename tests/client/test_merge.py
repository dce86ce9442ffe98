from __future__ import annotations

import datetime

import pytest
from attrs import evolve

from imsmap.client.merge import Clash, Field, base_of, merge
from imsmap.readers.workbook.cells import Range
from imsmap.register.cells import Formula, Key, Value
from tests.client.returning import COLUMNS, FIELDS, Line, book, own_sheet, sheet

A: Line = (
    "a",
    {"clause": "4.1", "text": "Determine issues.", "owner": "Ann", "status": "Partial", "days": Formula("=E5-B1", 3)},
)
B: Line = ("b", {"clause": "4.2", "text": "Determine parties.", "days": Formula("=E6-B1")})
OUT = (A, B)


def cell(row: str, field: str) -> Key:
    return Key("requirements", row, field)


OURS: dict[Key, Value] = {cell("a", "owner"): "Ann", cell("a", "status"): "Partial"}
BASE = base_of(book(sheet(OUT)), FIELDS)


def with_(line: Line, **cells: Value | None) -> Line:
    return (line[0], {**line[1], **cells})


def back(*lines: Line, ours=None, base=BASE, **how):
    return merge(base, OURS if ours is None else ours, book(sheet(lines, **how)), FIELDS)


def changed(found, ours=None) -> dict[Key, Value | None]:
    before = OURS if ours is None else ours
    keys = {k for k in {*before, *found.cells} if before.get(k) != found.cells.get(k)}
    return {key: found.cells.get(key) for key in keys}


def test_a_workbook_as_it_went_out_changes_nothing():
    found = back(A, B)
    assert found.cells == OURS
    assert (found.clashes, found.notes, found.counts.changed) == ((), (), 0)


def test_what_they_wrote_is_taken():
    found = back(with_(A, owner="Bob"), with_(B, status="Conforming"))
    assert changed(found) == {cell("a", "owner"): "Bob", cell("b", "status"): "Conforming"}
    assert found.counts.changed == 2


def test_a_cell_that_they_emptied_is_emptied_and_counted():
    found = back(with_(A, owner=None), B)
    assert changed(found) == {cell("a", "owner"): None}
    assert (found.counts.changed, found.counts.emptied) == (1, 1)


def test_what_both_made_the_same_is_no_conflict():
    ours = {**OURS, cell("a", "owner"): "Bob"}
    found = back(with_(A, owner="Bob"), B, ours=ours)
    assert found.cells == ours
    assert found.clashes == ()


def test_what_both_changed_differently_is_a_conflict_and_ours_stays():
    ours = {**OURS, cell("a", "owner"): "Cat"}
    found = back(with_(A, owner="Bob"), B, ours=ours)
    assert found.cells == ours
    assert found.clashes == (Clash(cell("a", "owner"), "Ann", "Cat", "Bob"),)
    assert found.counts.conflicts == 1


def test_emptied_by_them_and_changed_by_us_is_a_conflict():
    ours = {**OURS, cell("a", "owner"): "Cat"}
    assert back(with_(A, owner=None), B, ours=ours).clashes == (Clash(cell("a", "owner"), "Ann", "Cat", None),)


def test_only_ours_changed_stays():
    ours = {**OURS, cell("a", "owner"): "Cat"}
    found = back(A, B, ours=ours)
    assert (found.cells, found.clashes) == (ours, ())


def test_rows_sorted_filtered_and_columns_moved_change_nothing():
    assert back(B, A, columns=COLUMNS[::-1]).cells == OURS


def test_a_row_a_column_or_a_sheet_that_is_gone_deletes_nothing():
    found = back(B, columns=("clause", "text", "status", "days"))
    assert found.cells == OURS
    assert found.notes == (
        "Requirements: the columns Due, Owner are not in the file; what we have in them stays",
        "1 row is not in the file; nothing was deleted",
    )
    assert merge(BASE, OURS, book(own_sheet("Notes", {})), FIELDS).cells == OURS


def test_text_written_over_the_tools_is_kept_beside_it():
    found = back(with_(A, text="Determine our issues."), B)
    assert changed(found) == {cell("a", "over:text"): "Determine our issues."}
    assert found.counts.over == 1


def test_text_of_the_tool_that_was_emptied_comes_back():
    found = back(with_(A, text=None), B)
    assert found.cells == OURS
    assert found.notes == ("1 × texts of ours were emptied; they come back with the next export",)


def test_text_written_over_that_went_out_and_came_back_changed_replaces_the_former():
    ours = {**OURS, cell("a", "over:text"): "one"}
    base = base_of(book(sheet([with_(A, text="one"), B])), FIELDS)
    found = back(with_(A, text="two"), B, ours=ours, base=base)
    assert changed(found, ours) == {cell("a", "over:text"): "two"}
    assert back(with_(A, text="one"), B, ours=ours, base=base).cells == ours


@pytest.mark.parametrize(
    "value", [Formula("=E5-B1", 9), Formula("= E5 - B1", 3), Formula("=E9-B1", 7), 3, 3.0, None]
)  # fmt: skip
def test_a_computed_cell_that_was_computed_again_or_pasted_as_a_value_is_no_change(value: Value | None):
    assert back(with_(A, days=value), B).cells == OURS


def test_a_number_written_over_a_computed_cell_is_kept():
    assert changed(back(with_(A, days=5), B)) == {cell("a", "over:days"): 5}


def test_a_text_of_the_tool_may_be_a_formula_in_one_program_and_a_text_in_another():
    linked = with_(A, text=Formula('="Determine issues."', "Determine issues."))
    base = base_of(book(sheet([linked, B])), FIELDS)
    assert back(A, B, base=base).cells == OURS
    assert back(linked, B).cells == OURS


def test_a_row_without_an_id_is_a_new_row_under_the_one_above():
    found = back(A, ("", {"clause": "4.1", "text": "Ours", "owner": "Eve", "days": Formula("=E7-B1", 1)}), B)
    new = changed(found)
    (row,) = {key.row for key in new if key.row.startswith("new:")}
    assert new == {
        cell(row, "clause"): "4.1",
        cell(row, "text"): "Ours",
        cell(row, "owner"): "Eve",
        Key("requirements", "@rows", row): "a",
    }
    assert (found.counts.new_rows, found.counts.changed) == (1, 3)


def test_a_row_with_an_id_that_nobody_knows_is_a_new_row():
    found = back(A, B, ("iso9001-2015:99", {"owner": "Eve"}))
    assert list(changed(found).values()).count("Eve") == 1
    assert found.counts.new_rows == 1


def test_of_rows_with_one_id_the_one_that_is_most_as_it_was_keeps_it_wherever_it_stands():
    copy = ("a", {"clause": "4.1", "text": "Determine issues of the site.", "owner": "Eve"})
    for lines in ((copy, A, B), (A, copy, B), (B, A, copy)):
        found = back(*lines)
        rows = {key.row for key in changed(found) if not key.row.startswith("@")}
        assert len(rows) == 1
        assert rows.pop().startswith("new:")
        assert found.counts.new_rows == 1


def test_three_equal_new_rows_are_three():
    line: Line = ("", {"owner": "Eve"})
    found = back(A, line, line, B, line)
    assert found.counts.new_rows == 3
    assert list(found.cells.values()).count("Eve") == 3


def test_a_new_row_that_went_out_and_came_back_is_the_same_row():
    first = back(A, ("", {"text": "Ours", "owner": "Eve"}), B)
    (row,) = {key.row for key in first.cells if key.row.startswith("new:")}
    lines = (A, (row, {"text": "Ours", "owner": "Eve"}), B)
    base = base_of(book(sheet(lines, export="e0002")), FIELDS)
    second = merge(base, first.cells, book(sheet((A, (row, {"text": "Ours!", "owner": "Eve"}), B))), FIELDS)
    assert changed(second, first.cells) == {cell(row, "text"): "Ours!"}


def test_a_row_of_ours_that_has_no_id_is_not_new_when_it_comes_back():
    lines = (*OUT, ("", {"text": "Consult the standards."}))
    base = base_of(book(sheet(lines)), FIELDS)
    assert back(*lines, base=base).cells == OURS


def test_a_column_that_people_added_is_kept_with_its_title():
    found = back(with_(A, **{"?Site": "Ulm"}), B, columns=(*COLUMNS, "?Site"))
    assert changed(found) == {cell("a", "own:Site"): "Ulm", cell("@columns", "own:Site"): "Site"}
    assert found.counts.own_columns == 1


def test_a_column_without_a_title_and_two_of_one_title_are_kept():
    columns = ("?", *COLUMNS, "?Site", "?Site\u200b")
    lines = (with_(A, **{"?": "x", "?Site": "Ulm", "?Site\u200b": "Bonn"}), B)
    found = back(*lines, columns=columns)
    assert {v for k, v in changed(found).items() if k.row == "a"} == {"x", "Ulm", "Bonn"}
    assert len({k.field for k in changed(found) if k.row == "a"}) == 3


def test_a_copied_column_is_kept_as_one_that_people_added():
    inner = sheet((with_(A, owner="Bob"), B), (*COLUMNS, "?Owner"))
    inner.rows[3][8] = "owner"  # the hidden key was copied too
    inner.rows[5][8] = "Ann"
    found = merge(BASE, OURS, book(inner), FIELDS)
    # The copy is as the column went out, so it is the old one, and the other is theirs.
    assert found.cells[cell("a", "owner")] == "Ann"
    assert found.cells[cell("a", "own:Owner")] == "Bob"


def test_a_column_of_theirs_that_went_out_with_its_key_is_found_under_another_title():
    ours = {**OURS, cell("a", "own:Site"): "Ulm", cell("@columns", "own:Site"): "Site"}
    columns = (*COLUMNS, "own:Site")
    base = base_of(book(sheet((with_(A, **{"own:Site": "Ulm"}), B), columns)), FIELDS)
    titles = {"own:Site": "Plant"}
    found = back(with_(A, **{"own:Site": "Bonn"}), B, ours=ours, base=base, columns=columns, titles=titles)
    assert found.cells[cell("a", "own:Site")] == "Bonn"
    assert found.cells[cell("@columns", "own:Site")] == "Plant"


def test_a_heading_and_a_tab_that_were_renamed_are_kept():
    titles = {name: name for name in COLUMNS} | {"owner": "Verantwortlich"}
    base = base_of(book(sheet(OUT, titles={name: name for name in COLUMNS})), FIELDS)
    found = back(*OUT, base=base, titles=titles, title="Anforderungen")
    assert changed(found) == {
        cell("@columns", "over:owner"): "Verantwortlich",
        cell("@sheet", "over:title"): "Anforderungen",
    }


def test_what_people_wrote_above_the_table_is_kept_and_what_only_moved_is_not():
    found = back(*OUT, above={(1, 4): "our remark", (1, 2): "Yellow cells are yours.", (2, 2): "Requirements"})
    assert changed(found) == {cell("@sheet", "over:D1"): "our remark"}


def test_a_sheet_that_people_added_is_kept_with_values_and_formulas():
    found = merge(BASE, OURS, book(sheet(OUT), own_sheet("Ähm / 1", {(2, 3): 5, (3, 3): Formula("=C2*2", 10)})), FIELDS)
    assert changed(found) == {Key("own:Ähm / 1", "2", "C"): 5, Key("own:Ähm / 1", "3", "C"): Formula("=C2*2", 10)}
    assert found.counts.own_sheets == 1


def test_a_cell_emptied_on_a_sheet_of_theirs_that_went_out_is_emptied():
    extra = own_sheet("Notes", {(1, 1): "x", (2, 1): "y"})
    base = base_of(book(sheet(OUT), extra), FIELDS)
    ours = {**OURS, Key("own:Notes", "1", "A"): "x", Key("own:Notes", "2", "A"): "y"}
    found = merge(base, ours, book(sheet(OUT), own_sheet("Notes", {(1, 1): "x"})), FIELDS)
    assert changed(found, ours) == {Key("own:Notes", "2", "A"): None}


def test_a_copy_of_a_sheet_of_ours_is_kept_as_a_sheet_of_its_own():
    original, copy = sheet((with_(A, owner="Bob"), B)), sheet((with_(A, owner="Dan", text="?"), B), title="Copy")
    for order in ((original, copy), (copy, original)):
        found = merge(BASE, OURS, book(*order), FIELDS)
        assert found.cells[cell("a", "owner")] == "Bob"
        assert found.cells[Key("own:Copy", "5", "D")] == "Dan"
        assert "the sheet 'Copy' is a copy of one of ours" in found.notes[-1]


def test_a_sheet_of_ours_without_columns_is_compared_by_its_text():
    page = sheet((("", {"?": "Coverage"}), ("", {"?": Formula("=COUNTA(A1)", 3)})), ("?",), key="overlap")
    base = base_of(book(page), FIELDS)
    moved = sheet(
        (("", {"?": "our idea"}), ("", {"?": Formula("=COUNTA(A1)", 4)}), ("", {"?": "Coverage"})),
        ("?",),
        key="overlap",
    )
    found = merge(base, OURS, book(moved), FIELDS)
    assert changed(found) == {Key("overlap", "@sheet", "over:B5"): "our idea"}


def around(*cells: Value) -> dict[tuple[int, int], Value]:
    return {(1, column): value for column, value in enumerate(cells, 2)}


OURS_ABOVE = around(Formula('="Requirements of Acme"', "Requirements of Acme"), Formula("=COUNTA($E$5:$E$9)", 7), 7)


@pytest.mark.parametrize(
    ("above", "kept"),
    [
        # Where a formula of ours stands, a person's own is no other state of it.
        (around(Formula('="Requirements of Acme"'), Formula("=77*88"), 7), {"over:C1": Formula("=77*88")}),
        (around(Formula("=TODAY()+4242"), Formula("=COUNTA($E$5:$E$9)", 9), 7), {"over:B1": Formula("=TODAY()+4242")}),
        # Ours that stand elsewhere are no words of people, computed or not.
        (
            {
                (2, 3): Formula('="Requirements of Acme"'),
                (2, 5): Formula("=COUNTA($E$6:$E$10)", 9),
                (2, 4): 7,
                (1, 2): "x",
            },
            {"over:B1": "x"},
        ),
        # What says the same as a cell of ours that still stands in its place is somebody's.
        ({**OURS_ABOVE, (1, 7): 7, (2, 7): Formula("=C1", 7)}, {"over:G1": 7, "over:G2": Formula("=C1", 7)}),
        # A formula above the table means the cells of the rows that it names.
        ({**OURS_ABOVE, (1, 7): Formula("=D6")}, {"over:G1": Formula("=⟦owner·b·⟧")}),
    ],
)
def test_a_persons_own_formula_or_figure_around_a_table_is_kept_and_ours_that_moved_is_not(
    above: dict[tuple[int, int], Value], kept: dict[str, Value]
):
    base = base_of(book(sheet(OUT, above=OURS_ABOVE)), FIELDS)
    found = back(*OUT, base=base, above=above)
    assert changed(found) == {cell("@sheet", name): value for name, value in kept.items()}


def test_a_persons_formula_above_the_table_that_they_changed_is_taken():
    above = {**OURS_ABOVE, (1, 7): Formula("=COUNTA($E$5:$E$70)")}
    base = base_of(book(sheet(OUT, above=above)), FIELDS)
    ours = {**OURS, cell("@sheet", "over:G1"): Formula("=COUNTA($E$5:$E$70)")}
    found = back(*OUT, base=base, ours=ours, above={**above, (1, 7): Formula("=COUNTA($E$5:$E$90)")})
    assert changed(found, ours) == {cell("@sheet", "over:G1"): Formula("=COUNTA($E$5:$E$90)")}


def test_lines_of_a_cover_are_found_by_their_ids():
    fields = {**FIELDS, "cover": {"value": Field("user")}}
    out = (("", {"?": "Acme"}), ("cover:scope", {"?": "Scope", "? ": "Coating"}), ("cover:checked", {"?": "Checked"}))
    page = sheet(out, ("?", "? "), key="cover", title="Cover")
    ours = {Key("cover", "cover:scope", "value"): "Coating"}
    base = base_of(book(page), fields)
    assert merge(base, ours, book(page), fields).cells == ours
    lines = ((out[2][0], {"?": "Checked", "? ": "Eve"}), ("", {"?": "Acme"}), ("cover:scope", {"?": "Scopes"}))
    found = merge(base, ours, book(sheet(lines, ("?", "? "), key="cover", title="Cover")), fields)
    assert found.cells == {
        Key("cover", "cover:checked", "value"): "Eve",
        Key("cover", "cover:scope", "over:label"): "Scopes",
    }


def test_a_cell_under_a_merged_range_says_nothing():
    # The status lies under the owner's cell beside it; the spreadsheet emptied it.
    lines = (A, with_(B, owner="Bob", status="Partial"))
    base = base_of(book(sheet(lines)), FIELDS)
    ours = {**OURS, cell("b", "owner"): "Bob", cell("b", "status"): "Partial"}
    found = back(A, with_(B, owner="Bob"), base=base, ours=ours, merged=[Range(6, 4, 6, 5)])
    assert found.cells == ours


def test_comments_are_kept_and_those_that_a_program_dropped_are_not_deleted():
    found = back(*OUT, comments={("a", "owner"): "Eve: why?", ("", "due"): "Eve: a heading", ("b", "text"): "Eve: ok"})
    assert changed(found) == {
        cell("a", "comment:owner"): "Eve: why?",
        cell("b", "comment:text"): "Eve: ok",
        cell("@columns", "comment:due"): "Eve: a heading",
    }
    assert found.counts.remarks == 3
    base = base_of(book(sheet(OUT, comments={("a", "owner"): "Eve: why?"})), FIELDS)
    again = back(*OUT, ours=found.cells, base=base)
    assert (again.cells, again.notes) == (found.cells, ())


def test_a_comment_on_a_heading_that_a_program_dropped_is_no_column_that_is_gone():
    base = base_of(book(sheet(OUT, comments={("", "due"): "Eve: a heading"})), FIELDS)
    assert back(*OUT, base=base).notes == ()


@pytest.mark.parametrize("lost", ["Eve:\nwhy?\nBecause.", "why?", "Eve: why?", "Because.\nEve: why?"])
def test_remarks_whose_authors_or_parts_a_program_dropped_are_no_news(lost: str):
    said = {("a", "owner"): "Eve: why?\nBob (2026-03-01): Because."}
    base = base_of(book(sheet(OUT, comments=said)), FIELDS)
    ours = {**OURS, cell("a", "comment:owner"): said["a", "owner"]}
    assert back(*OUT, ours=ours, base=base, comments={("a", "owner"): lost}).cells == ours


def test_a_new_remark_is_added_to_ours_and_is_never_a_conflict():
    base = base_of(book(sheet(OUT, comments={("a", "owner"): "Eve: why?"})), FIELDS)
    ours = {**OURS, cell("a", "comment:owner"): "Eve: why?\nCat: see 4.2"}
    found = back(*OUT, ours=ours, base=base, comments={("a", "owner"): "why?\nBob: see 4.2"})
    assert changed(found, ours) == {cell("a", "comment:owner"): "Eve: why?\nCat: see 4.2\nBob: see 4.2"}
    assert (found.clashes, found.counts.remarks) == ((), 1)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (3, 3.0), (datetime.date(2026, 3, 1), datetime.datetime(2026, 3, 1)), ("a\nb", "a \r\nb\n"), ("Ann", "Ann  "),
        (0.1 + 0.2, 0.3), (datetime.datetime(2026, 3, 1, 8, 30), datetime.datetime(2026, 3, 1, 8, 29, 59, 999_990)),
    ],
)  # fmt: skip
def test_what_another_program_writes_in_its_own_way_is_no_change(ours: Value, theirs: Value):
    state = {cell("a", "owner"): ours}
    base = base_of(book(sheet([with_(A, owner=ours), B])), FIELDS)
    found = back(with_(A, owner=theirs, status=None), B, ours=state, base={**base, cell("a", "status"): " "})
    assert found.cells == state


@pytest.mark.parametrize(("one", "other"), [(1, True), ("3", 3), ("ann", "Ann"), (" Ann", "Ann"), (1, "1")])
def test_what_differs_is_a_change(one: Value, other: Value):
    base = base_of(book(sheet([with_(A, owner=one), B])), FIELDS)
    found = back(with_(A, owner=other), B, ours={cell("a", "owner"): one}, base=base)
    assert type(found.cells[cell("a", "owner")]) is type(other)
    assert found.cells[cell("a", "owner")] == other


@pytest.mark.parametrize(
    ("written", "day"),
    [("2026-03-01", 1), ("2026/3/1", 1), ("2026.03.01 ", 1), (46082, 1), (46082.0, 1), (datetime.date(2026, 3, 1), 1)],
)
def test_a_date_that_a_program_made_text_or_a_number_is_a_date_again(written: Value, day: int):
    assert changed(back(A, with_(B, due=written))) == {cell("b", "due"): datetime.date(2026, 3, day)}


@pytest.mark.parametrize("written", ["01/02/2026", "1. März", "2026-02-30", 12])
def test_a_date_that_could_be_another_day_stays_as_written(written: Value):
    found = back(A, with_(B, due=written))
    assert changed(found) == {cell("b", "due"): written}
    assert len(found.notes) == isinstance(written, str)


def test_a_text_of_ours_in_a_date_column_that_nobody_touched_stays_a_text():
    ours = {**OURS, cell("b", "due"): "2026-03-01"}
    lines = (A, with_(B, due="2026-03-01"))
    assert back(*lines, ours=ours, base=base_of(book(sheet(lines)), FIELDS)).cells == ours


def test_a_formula_where_people_write_is_kept_with_what_it_showed_and_told():
    found = back(with_(A, owner=Formula("=A1&B1", "AnnBob")), B)
    assert changed(found) == {cell("a", "owner"): Formula("=A1&B1", "AnnBob")}
    assert found.notes[0].startswith("1 × formulas stand")


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", '=HYPERLINK("http://x.example","y")', "=[1]Sheet1!A1", '=WEBSERVICE("x")', "=RTD(1)"]
)
def test_of_a_formula_that_reaches_outside_what_it_showed_is_kept_and_the_formula_beside_it(text: str):
    found = back(with_(A, owner=Formula(text, "y")), B)
    assert changed(found) == {cell("a", "owner"): "y", cell("a", "comment:owner"): f"formula: {text}"}
    assert found.notes[0].startswith("1 × formulas reach out")
    again = back(with_(A, owner=Formula(text, "y")), B, ours=found.cells)
    assert again.cells == found.cells
    assert changed(back(with_(A, owner=Formula(text)), B)) == {cell("a", "owner"): text}


def test_of_a_formula_that_can_be_none_what_it_showed_is_kept_and_the_formula_beside_it():
    found = back(with_(A, owner=Formula('="Ann', "Ann's")), with_(B, owner=Formula("=SUM(1,")))
    assert changed(found) == {
        cell("a", "owner"): "Ann's", cell("a", "comment:owner"): 'formula: ="Ann', cell("b", "owner"): "=SUM(1,",
    }  # fmt: skip
    assert (
        "2 × formulas can't be read as formulas; what they showed is kept, with the formula in a remark" in found.notes
    )


def test_a_persons_own_formula_over_a_computed_cell_is_kept():
    found = back(with_(A, days=Formula("=E5-B1+424242")), B)
    assert changed(found) == {cell("a", "over:days"): Formula("=⟦status··⟧-B1+424242")}
    assert back(with_(A, days=Formula("=$E9-$B$1", 7)), with_(B, days=Formula("=E7-B1"))).cells == OURS


def test_links_are_kept_with_their_cells_and_go_only_with_their_words():
    links = {(5, 4): "https://intranet.example/7", (6, 2): "#'Cover'!B1"}
    linked = evolve(sheet((A, B)), links=links)
    found = merge(BASE, OURS, book(linked), FIELDS)
    assert changed(found) == {cell("a", "link:owner"): "https://intranet.example/7"}
    base = base_of(book(linked), FIELDS)
    assert merge(base, found.cells, book(sheet((A, B))), FIELDS).cells == found.cells
    emptied = merge(base, found.cells, book(sheet((with_(A, owner=None), B))), FIELDS)
    assert changed(emptied, found.cells).keys() == {cell("a", "owner"), cell("a", "link:owner")}


def test_formulas_mean_the_same_cells_when_rows_and_columns_have_moved():
    columns = ("?Hours", "?Cost", *COLUMNS)
    lines = [(row[0], {**row[1], "?Hours": 3, "?Cost": Formula(f"=B{n}*50+SUM(B5:B6)")}) for n, row in ((5, A), (6, B))]
    found = back(*lines, columns=columns)
    cost = Formula("=⟦own:Hours··⟧*50+SUM(⟦own:Hours·a·⟧:⟦own:Hours·b·⟧)")
    assert found.cells[cell("b", "own:Cost")].text == cost.text.replace("·b·", "··")
    moved = [(row[0], {**row[1], "?Hours": 3, "?Cost": Formula(f"=I{n}*50")}) for n, row in ((5, B), (6, A))]
    again = back(*moved, columns=("?Cost", *COLUMNS, "?Hours"))
    assert again.cells[cell("a", "own:Cost")] == Formula("=⟦own:Hours··⟧*50")


def test_errors_and_texts_too_long_for_excel_are_kept_and_told():
    found = back(with_(A, owner="#REF!", status="x" * 32_768), B)
    assert (found.cells[cell("a", "owner")], len(found.cells[cell("a", "status")])) == ("#REF!", 32_768)
    assert [note[:14] for note in found.notes] == ["1 × cells hold", "1 × cells hold", "Requirements, "]


def test_without_its_snapshot_a_workbook_fills_blanks_and_overwrites_nothing():
    found = back(with_(A, owner="Bob", status=None, text="?"), with_(B, owner="Eve"), base=None)
    assert changed(found) == {cell("b", "owner"): "Eve"}
    assert found.clashes == (Clash(cell("a", "owner"), None, "Ann", "Bob"),)
    assert "snapshot of this export is gone" in found.notes[0]


def test_without_its_snapshot_the_tools_word_for_nothing_is_no_answer():
    listed = Field("user", choices=("Conforming", "Not seen"))
    own = Field("user", choices=("None", "Fully"))
    fields = {"requirements": {**FIELDS["requirements"], "status": listed, "due": own}}
    lines = (with_(A, status="none", owner="none"), with_(B, status="none", due="none"))
    found = merge(None, OURS, book(sheet(lines)), fields)
    # Where the list offers the word, and where there is no list, it is what somebody wrote.
    assert changed(found) == {cell("b", "due"): "none"}
    assert found.clashes == (Clash(cell("a", "owner"), None, "Ann", "none"),)
    # With the snapshot it is told apart by what went out.
    known = merge(BASE, OURS, book(sheet((A, with_(B, status="none")))), fields)
    assert changed(known) == {cell("b", "status"): "none"}


def test_an_id_that_begins_as_the_registers_own_rows_is_none():
    found = back(A, B, ("@columns", {"owner": "Eve"}))
    assert cell("@columns", "owner") not in found.cells
    assert found.counts.new_rows == 1


def test_answers_in_other_words_are_read_and_told_and_what_is_not_understood_is_told_by_cell():
    found = back(with_(A, status="OK "), with_(B, status="maybe", due="31.12.2026"))
    assert changed(found) == {
        cell("a", "status"): "Conforming",
        cell("b", "status"): "maybe",
        cell("b", "due"): datetime.date(2026, 12, 31),
    }
    assert found.notes == (
        "1 × '31.12.2026' was read as 2026-12-31",
        "1 × 'OK ' was read as Conforming",
        "Requirements, E6: 'maybe' is not understood, under Status; write Conforming, Partial, Not conforming, Not "
        "applicable or Not assessed",
    )


def test_a_date_with_two_readings_is_told_by_cell_with_both():
    (note,) = back(A, with_(B, due="04/05/2026")).notes
    assert note.endswith("'04/05/2026' may be 2026-04-05 or 2026-05-04, under Due; write the one that is meant")


def test_columns_that_people_added_keep_the_order_in_which_they_stood():
    order = cell("@order", "@columns")
    titled = ("clause", "text", "?Zone", "owner", "?Area", "status", "due", "days")
    found = back(A, B, columns=titled)
    assert found.cells[order] == "own:Zone\nown:Area"
    base = base_of(book(sheet((A, B), titled)), FIELDS)
    assert base[order] == "own:Zone\nown:Area"
    ours = dict(found.cells) | {cell("@columns", "own:Late"): "Late"}
    assert back(A, B, base=base, ours=ours, columns=titled).cells == ours, "as it went out is no change"
    turned = ("?Area", "clause", "text", "?Zone", "?New", "owner", "status", "due", "days")
    after = back(A, B, base=base, ours=ours, columns=turned).cells
    assert after[order] == "own:Area\nown:Late\nown:Zone\nown:New", "Late followed Area"
