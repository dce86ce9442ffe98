from __future__ import annotations

import datetime
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imsmap.register.cells import (
    COMMENT,
    LINK,
    OVER,
    Formula,
    Key,
    Value,
    beside,
    essence,
    from_json,
    identical,
    reaches_outside,
    same,
    shown,
    to_json,
)

plain = st.one_of(st.text(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans())
values = st.one_of(
    plain.filter(lambda value: value != ""),
    st.dates(),
    st.datetimes(),
    st.builds(Formula, st.text(), st.one_of(st.none(), plain)),
)
DAY = datetime.date(2026, 3, 1)


def test_keys_sort_by_sheet_row_and_field():
    assert sorted([Key("b", "a", "a"), Key("a", "b", "a"), Key("a", "a", "b")])[0] == Key("a", "a", "b")


@pytest.mark.parametrize(
    ("work", "text"),
    [
        (essence, " " * 60_000 + "x \n y"),
        (essence, "\t \n" * 60_000 + "x"),
        (reaches_outside, "[" * 60_000),
        (reaches_outside, "[1" * 60_000),
        (reaches_outside, "call " + " " * 60_000),
    ],
    ids=["blanks", "blank lines", "brackets", "numbers", "calls"],
)
def test_a_text_of_any_length_is_compared_at_once(work, text: str):
    before = time.process_time()
    work(Formula(text) if work is reaches_outside else text)
    assert time.process_time() - before < 1


@pytest.mark.parametrize("text", ["a \nb", "a\t\n", "a  ", "a\r\n ", "a \t\r\nb\n\n"])
def test_blanks_before_a_line_ends_say_nothing(text: str):
    assert essence(text) == essence("\n".join(line.rstrip() for line in text.splitlines()).rstrip())
    assert essence("a\u00a0\nb") != essence("a\nb")


@given(values)
def test_a_value_is_stored_with_its_type(value: Value):
    assert identical(from_json(json.loads(json.dumps(to_json(value)))), value)


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("a", "a"), (3, 3), (3.5, 3.5), (True, True), (DAY, {"date": "2026-03-01"}),
        (datetime.datetime(2026, 3, 1, 8, 30), {"moment": "2026-03-01T08:30:00"}),
        (Formula("=B2*2", 4), {"formula": "=B2*2", "value": 4}),
    ],
)  # fmt: skip
def test_stored_values_read_plainly(value: Value, stored: object):
    assert to_json(value) == stored


@pytest.mark.parametrize("found", [None, ""])
def test_nothing_and_an_empty_text_are_blank(found: object):
    assert from_json(found) is None


@pytest.mark.parametrize(
    "found",
    [[1], {}, {"date": "1.3.2026"}, {"date": 3}, {"moment": "x"}, {"date": "2026-03-01", "x": 1}, {"formula": 3},
     {"formula": "=1", "value": [1]}, {"formula": "=1", "valeu": 1}],
)  # fmt: skip
def test_what_is_no_value_is_refused(found: object):
    with pytest.raises(ValueError, match=r"value|date"):
        from_json(found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (3, 3.0), (0.0, -0.0), (0.1 + 0.2, 0.3), (DAY, datetime.datetime(2026, 3, 1)), ("a\r\nb ", "a\nb"),
        ("a  ", "a"), ("a \nb\t\n", "a\nb"), ("  ", None), ("", None), (Formula("=1+1", 2), Formula("= 1 + 1", 3)),
        (Formula("=_xlfn.CONCAT(A1)"), Formula("=CONCAT(A1)")),
        (datetime.datetime(2026, 3, 1, 8, 30), datetime.datetime(2026, 3, 1, 8, 29, 59, 999_995)),
        (10**20, 1e20),
    ],
)  # fmt: skip
def test_what_another_program_writes_in_its_own_way_is_the_same(one: Value | None, other: Value | None):
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True), (0, False), (3, "3"), ("a", "A"), (" a", "a"), (DAY, "2026-03-01"), (3, 3.0000001), (None, 0),
        (None, False), ("=1+1", Formula("=1+1")), (Formula("=1"), Formula("=2")), ("a\nb", "a b"),
        (DAY, datetime.datetime(2026, 3, 1, 1)),
    ],
)  # fmt: skip
def test_what_says_something_else_is_not_the_same(one: Value | None, other: Value | None):
    assert not same(one, other)
    assert not same(other, one)


@given(values)
def test_a_value_is_the_same_as_itself_and_its_essence_is_stable(value: Value):
    assert same(value, value)
    assert essence(value) == essence(from_json(to_json(value)))


def test_stored_alike_is_stricter_than_the_same():
    assert not identical(1, 1.0)
    assert not identical(1, True)
    assert not identical(Formula("=1", 1), Formula("=1", True))
    assert identical(None, None)


def test_values_read_for_people():
    assert [shown(value) for value in (None, True, 3, DAY, datetime.datetime(2026, 3, 1, 8, 30))] == [
        "", "yes", "3", "2026-03-01", "2026-03-01 08:30",
    ]  # fmt: skip
    assert [shown(Formula("=1+1", 2)), shown(Formula("=A1"))] == ["=1+1 (showed 2)", "=A1"]


@pytest.mark.parametrize(
    "text",
    ["=cmd|'/c calc'!A0", '=HYPERLINK("http://x")', "=hyperlink (A1)", "=[1]Sheet1!A1", "='C:\\[b.xlsx]S'!A1",
     '=WEBSERVICE("x")', "=RTD(1,2)", '=IMPORTXML("x")', '=CALL("k","f")', "=DDE(1)"],
)  # fmt: skip
def test_a_formula_that_reaches_outside_is_known(text: str):
    assert reaches_outside(Formula(text))


@pytest.mark.parametrize(
    "text", ["=A1*2", "=SUM(tActions[Days])", "=tActions[[#This Row],[Due]]-B1", '=COUNTIF(A:A,"x")', "=RECALL(1)"]
)
def test_a_plain_formula_reaches_nowhere(text: str):
    assert not reaches_outside(Formula(text))


def test_a_field_says_what_it_is_beside_a_cell_and_which_cell() -> None:
    told = [beside(f"{mark}owner") for mark in ("", COMMENT, LINK, OVER)]
    assert told == [("", "owner"), ("remark on ", "owner"), ("link on ", "owner"), ("written over ", "owner")]
