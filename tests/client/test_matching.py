from __future__ import annotations

from attrs import evolve

from imsmap.client import matching
from imsmap.client.merge import Merged, base_of, merge
from imsmap.readers.workbook import ReturnedSheet
from imsmap.readers.workbook.cells import Range
from imsmap.register.cells import Formula, Value
from tests.client.returning import FIELDS, TITLES, Line, book, sheet

LINES: tuple[Line, ...] = tuple(
    (row, {"clause": clause, "text": text})
    for row, clause, text in (("a", "4.1", "Issues."), ("b", "4.2", "Parties."), ("c", "4.3", "Scope."))
)
BASE = base_of(book(sheet(LINES)), FIELDS)


def answered(*lines: Line) -> list[Line]:
    """Let each row's owner say whose it is."""
    return [(row, {**cells, "owner": f"for {cells.get('text')}"}) for row, cells in lines]


def owners(found: Merged) -> dict[str, Value]:
    return {key.row: value for key, value in found.cells.items() if key.field == "owner"}


def back(returned: ReturnedSheet) -> Merged:
    return merge(BASE, {}, book(returned), FIELDS)


def test_a_sort_that_left_the_ids_behind_is_put_right_by_clause_and_words_and_told() -> None:
    ids = [row for row, _ in LINES]
    sorted_apart = [(id_, cells) for id_, (_, cells) in zip(ids, reversed(answered(*LINES)), strict=True)]
    found = back(sheet(sorted_apart))
    assert owners(found) == {"a": "for Issues.", "b": "for Parties.", "c": "for Scope."}
    assert found.notes == (
        "Requirements: 2 rows stood beside the id of another row, as after a sort that leaves hidden column A behind: "
        "their answers went to the requirements whose clause and words stand in the row",
    )


def test_a_row_that_cannot_be_told_after_such_a_sort_is_kept_as_a_new_one_and_told() -> None:
    moved = [("a", LINES[1][1]), ("b", LINES[0][1]), ("c", {"clause": "our own", "text": "Ours."})]
    found = back(sheet(answered(*moved)))
    assert owners(found).keys() >= {"a", "b"}
    assert "c" not in owners(found)
    assert any(row.startswith("new:") for row in owners(found))
    assert "1 row stood beside the id of another row and could not be told" in found.notes[1]


def test_ids_that_replace_all_changed_are_found_again_by_the_words() -> None:
    found = back(sheet(answered(*((f"{row}:2015", cells) for row, cells in LINES))))
    assert owners(found) == {"a": "for Issues.", "b": "for Parties.", "c": "for Scope."}
    assert found.counts.new_rows == 0


def test_text_written_over_one_cell_moves_no_answer() -> None:
    over = [("a", {"clause": "4.1", "text": "Parties."}), *LINES[1:]]
    found = back(sheet(answered(*over)))
    assert owners(found).keys() == {"a", "b", "c"}
    assert found.notes == ()


def test_a_sheet_without_its_column_of_ids_or_its_row_of_keys_is_known_by_its_headings() -> None:
    whole = sheet(answered(*LINES))
    no_ids = {number: {at: v for at, v in cells.items() if at > 1} for number, cells in whole.rows.items()}
    no_keys = {number: cells for number, cells in whole.rows.items() if number != 3}
    for rows in (no_ids, no_keys):
        found = back(evolve(whole, rows=rows, key=None, export=None, marker=None))
        assert owners(found) == {"a": "for Issues.", "b": "for Parties.", "c": "for Scope."}
        assert found.notes[0] == "Requirements: its hidden mark is gone; it was known by its headings"


def test_a_column_of_ours_that_names_other_rows_is_not_taken_for_the_ids_that_are_gone() -> None:
    lines = [(row, {**cells, "days": of}) for (row, cells), of in zip(LINES, ("b", "c", "a"), strict=True)]
    base = base_of(book(sheet(lines)), FIELDS)
    whole = sheet(answered(*lines))
    no_ids = {number: {at: v for at, v in cells.items() if at > 1} for number, cells in whole.rows.items()}
    found = merge(base, {}, book(evolve(whole, rows=no_ids, key=None, export=None, marker=None)), FIELDS)
    assert owners(found) == {"a": "for Issues.", "b": "for Parties.", "c": "for Scope."}
    assert {key.field for key in found.cells} == {"owner"}
    assert found.notes[1:] == (
        "Requirements: 3 rows had lost the row id in hidden column A and were found again by their words",
    )


def test_a_heading_whose_words_all_stand_in_another_row_too_is_told_from_it_after_a_sort() -> None:
    lines: list[Line] = [("h", {"text": "Issues."}), *LINES]
    base = base_of(book(sheet(lines)), FIELDS)
    ids = ("a", "h", "c", "b")
    left_behind = [(id_, cells) for id_, (_, cells) in zip(ids, answered(*lines), strict=True)]
    left_behind[0][1]["owner"] = "for the heading"
    found = merge(base, {}, book(sheet(left_behind)), FIELDS)
    assert owners(found) == {"h": "for the heading", "a": "for Issues.", "b": "for Parties.", "c": "for Scope."}


def test_headings_without_words_of_their_own_are_not_mixed_up_after_a_sort_that_left_the_ids_behind() -> None:
    lines: list[Line] = [("h1", {}), ("h2", {}), *LINES]
    base = base_of(book(sheet([(row, {**cells, "owner": f"was {row}"}) for row, cells in lines])), FIELDS)
    ids = ("c", "h1", "a", "b", "h2")
    back = [(id_, cells) for id_, (_, cells) in zip(ids, answered(*lines), strict=True)]
    back[0][1]["owner"], back[1][1]["owner"] = "for h1", "for h2"
    found = merge(base, {key: v for key, v in base.items() if key.field == "owner"}, book(sheet(back)), FIELDS)
    held = owners(found)
    assert [held[id_] for id_ in ("a", "b", "c")] == ["for Issues.", "for Parties.", "for Scope."]
    assert (held["h1"], held["h2"]) == ("was h1", "was h2")
    assert {"for h1", "for h2"} <= {value for row, value in held.items() if row.startswith("new:")}
    assert any("2 rows stood beside the id of another row and could not be told" in note for note in found.notes)


def test_an_id_that_stands_in_its_place_holds_though_the_words_beside_it_were_written_over() -> None:
    lines: list[Line] = [("h", {"text": "Heading"}), *LINES]
    base = base_of(book(sheet(lines)), FIELDS)
    back = [("h", {"text": "Ours"}), ("", LINES[0][1]), *LINES[1:]]
    assert owners(merge(base, {}, book(sheet(answered(*back))), FIELDS)).keys() == {"h", "a", "b", "c"}


def test_words_in_an_empty_cell_of_a_heading_do_not_make_it_another_row_after_a_sort() -> None:
    lines: list[Line] = [("h", {"clause": "4.1"}), *LINES]
    base = base_of(book(sheet(lines)), FIELDS)
    ids = ("c", "h", "a", "b")
    left_behind = [(id_, cells) for id_, (_, cells) in zip(ids, answered(*lines), strict=True)]
    left_behind[0][1].update(text="Ours.", owner="for the heading")
    found = merge(base, {}, book(sheet(left_behind)), FIELDS)
    assert owners(found) == {"h": "for the heading", "a": "for Issues.", "b": "for Parties.", "c": "for Scope."}


def test_a_row_that_people_added_may_say_anything_while_another_lost_its_id() -> None:
    lines: list[Line] = [*LINES, ("new:1", {"text": "Ours."})]
    base = base_of(book(sheet(lines)), FIELDS)
    back = [("", LINES[0][1]), *LINES[1:], ("new:1", {"text": "Ours, said otherwise."})]
    found = merge(base, {}, book(sheet(answered(*back))), FIELDS)
    assert owners(found).keys() == {"a", "b", "c", "new:1"}


def test_of_two_sheets_that_lost_their_marks_each_is_known_as_the_one_of_which_it_holds_most() -> None:
    small = {"clause": "Clause", "text": "Requirement", "owner": "Owner", "marks": "Marks"}
    large = sheet(answered(*LINES))
    lost = evolve(large, key=None, export=None, marker=None)
    assert matching.recognized(lost, {"small": small, "requirements": TITLES}).key == "requirements"
    assert matching.recognized(lost, {"small": small}).key == "small"


def test_words_right_above_the_headings_of_a_table_without_its_row_of_keys_are_kept() -> None:
    whole = sheet(answered(*LINES))
    rows = {**whole.rows, 3: {1: "in A", 3: "above a column of ours"}}
    found = back(evolve(whole, rows=rows, key=None, export=None, marker=None))
    assert owners(found) == {"a": "for Issues.", "b": "for Parties.", "c": "for Scope."}
    assert {"in A", "above a column of ours"} <= set(found.cells.values())


def test_a_block_beside_the_table_is_kept_and_breaks_no_column() -> None:
    whole = sheet(answered(*LINES))
    rows = {number: {**cells, 9: f"block {number}"} for number, cells in whole.rows.items()}
    found = back(evolve(whole, rows=rows))
    assert owners(found) == {"a": "for Issues.", "b": "for Parties.", "c": "for Scope."}
    said = set(found.cells.values())
    assert {f"block {number}" for number in rows} <= said


def test_text_in_the_hidden_column_is_kept_in_a_column_of_its_own() -> None:
    found = back(sheet([*LINES, ("NOTE by Ann", {}), ("a:gone", {}), ("TASK", {"owner": "Bob"})]))
    kept = {value for key, value in found.cells.items() if key.field == "own:Text in hidden column A"}
    assert kept == {"NOTE by Ann", "TASK"}


def test_a_value_merged_down_over_rows_is_each_rows_value() -> None:
    lines = [("a", {**LINES[0][1], "owner": Formula('="Ann"', "Ann")}), *LINES[1:]]
    found = back(sheet(lines, merged=[Range(5, 4, 7, 4)]))
    assert owners(found) == {"a": Formula('="Ann"', "Ann"), "b": "Ann", "c": "Ann"}


def test_clauses_that_somebody_merged_say_nothing_of_the_rows_below() -> None:
    lines = [LINES[0], ("b", {"text": "Parties."}), LINES[2]]
    assert back(sheet(lines, merged=[Range(5, 2, 6, 2)])).cells == {}
