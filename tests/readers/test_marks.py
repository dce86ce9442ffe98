"""The table of what was checked: the same in and out, and each fault told with its line."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from imsmap.errors import DataError
from imsmap.library.mark import VERDICTS, Mark
from imsmap.readers.marks import read_marks, write_marks

WORDS = st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" ,;\"'=+"), max_size=20).map(str.strip)
MARKS = st.lists(
    st.builds(
        Mark, WORDS.filter(lambda text: text and text[0] not in "'"), WORDS.filter(bool),
        st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1)).map(str),
        st.sampled_from(VERDICTS), st.just("0a1b"), WORDS,
    ),
    unique_by=lambda mark: mark.point, max_size=5,
)  # fmt: skip


@pytest.mark.slow
@given(MARKS)
@example([Mark("a:1#b", "'@Jane", "2030-01-01", "agrees", "0")])
def test_what_is_written_is_read_again(marks: list[Mark]) -> None:
    assert sorted(read_marks(write_marks(marks), "x"), key=repr) == sorted(marks, key=repr)


def test_a_spreadsheet_takes_nothing_for_a_formula() -> None:
    assert b"'=1+1" in write_marks([Mark("a:1#b", "=1+1", "2030-01-01", "agrees", "0")])


def test_a_spreadsheet_may_have_saved_it_in_its_own_way() -> None:
    text = "Point;By;On;Verdict;Note;Fingerprint\r\na:1#b;Jané;31.01.2030;agrees;;0\r\n;;;;;\r\n"
    assert read_marks(text.encode("cp1252"), "x") == (Mark("a:1#b", "Jané", "2030-01-31", "agrees", "0"),)
    assert read_marks(b"", "x") == ()


def test_every_fault_is_told_with_its_line() -> None:
    text = (
        "point,by,on,verdict,note,fingerprint\na:1#b,Jane,soon,agree,,0\na:1#d,Jane,1/2/2030,agrees,,0\na:1#c,,2030-01-01,agrees,,0\n"
        "a:1#c,Jane,2030-01-01,agrees,,0\n"
    )
    with pytest.raises(DataError) as error:
        read_marks(text.encode(), "x.csv")
    assert str(error.value).splitlines() == [
        "x.csv:2: 'soon' is no day; write it as 2026-11-29",
        "x.csv:2: there is no verdict 'agree'; did you mean agrees?",
        "x.csv:3: '1/2/2030' may be two days; write it as 2026-11-29",
        "x.csv:4: by is empty",
        "x.csv:5: a:1#c is here twice; keep one",
    ]
    with pytest.raises(DataError, match=r"x\.csv:1: the header has no column fingerprint; it holds point, by, on"):
        read_marks(b"point,by,on,verdict\n", "x.csv")
