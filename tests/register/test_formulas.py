from __future__ import annotations

import pytest

from imsmap.register.formulas import Layout, kept, placed, readable, shape

HERE = Layout("requirements", {"C": "owner", "D": "own:Hours"}, {5: "a", 6: "b"})
OTHER = Layout("actions", {"B": "status"}, {7: "x"})
TABS = {"requirements": HERE, "our actions": OTHER}


@pytest.mark.parametrize(
    ("text", "as_kept"),
    [
        ("=D5*50", "=⟦own:Hours··⟧*50"),
        ("=$D$6", "=⟦$own:Hours·$b·⟧"),
        ("=SUM(D5:D6)", "=SUM(⟦own:Hours··⟧:⟦own:Hours·b·⟧)"),
        ("='Our actions'!B7&\"D5\"", '=⟦status·x·actions⟧&"D5"'),
        ("=LOG10(2)+Z5+D99+Elsewhere!D5", "=LOG10(2)+Z5+D99+Elsewhere!D5"),
    ],
)
def test_references_to_our_tables_are_kept_by_row_and_field_and_nothing_else_is_touched(
    text: str, as_kept: str
) -> None:
    assert kept(text, 5, HERE, TABS) == as_kept


def test_a_kept_formula_is_placed_where_its_row_and_columns_stand_now() -> None:
    def find(sheet: str, field: str, row: str) -> tuple[str, str, str] | None:
        places = {("", "own:Hours", ""): ("", "Z", ""), ("actions", "status", "x"): ("'Do'!", "E", "9")}
        return places.get((sheet, field, row))

    assert placed("=⟦$own:Hours··⟧*2+⟦status·x·actions⟧", 12, find) == "=$Z12*2+'Do'!E9"
    assert placed("=⟦owner·gone·⟧", 12, find) is None
    assert readable("=⟦owner·gone·⟧+⟦own:Hours··⟧") == "=[owner, gone]+[own:Hours]"


def test_the_shape_of_a_formula_is_what_no_sort_changes() -> None:
    assert shape('=IF($A5="x",TODAY()-B5,1)') == shape('=IF(C77="x",TODAY()-$D$9,1)')
    assert shape("=TODAY()-B5") != shape("=TODAY()-B5+424242")
