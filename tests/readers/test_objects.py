from __future__ import annotations

import pytest

from imsmap.errors import DataError
from imsmap.readers.objects import objects, parsed, text_of


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"{", "is no JSON"), (b"[" * 100_000, "nested too deeply"), (b"9" * 5000, "a number that is too long")],
)
def test_what_is_no_json_is_told(content: bytes, words: str):
    with pytest.raises(DataError, match=words):
        parsed(content, "x.json")


def test_what_is_no_object_holds_nothing():
    assert parsed(b"[1]", "x.json") == {}
    assert list(objects([1, {"a": 2}])) == [(1, {"a": 2})]
    assert list(objects("words")) == []


def test_only_texts_and_numbers_read_as_text():
    assert [text_of({"a": one}, "a") for one in (" x ", 1, 0.5, True, None, [])] == ["x", "1", "0.5", "", "", ""]
