"""Lines of values are read at a glance where they stand as we write them; else one by one, to the same end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imsmap.client import lines
from imsmap.errors import DataError
from imsmap.register.cells import to_json

NAMES = ("sheet", "row", "field")
SIGNS = [
    '"', "\\", "{", "}", ",", ":", " ", "\n", "\r", "\t", "null", '""', "1", '\\"', "\u2028", "\ud800", '"row": "a"',
    "NaN",
]  # fmt: skip
texts = st.one_of(st.text(min_size=1, max_size=6), st.sampled_from([sign for sign in SIGNS if sign.strip()]))
held = st.one_of(texts, st.booleans(), st.floats(allow_nan=False, allow_infinity=False), st.dates())
records = st.lists(st.tuples(st.tuples(texts, texts, texts), held), max_size=4)


def _read(content: bytes) -> object:
    try:
        head, found = lines.values(content, "answers", NAMES)
        return head, [*found]
    except DataError as error:
        return error.problems


def _one_by_one(content: bytes) -> object:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(lines, "_at_a_glance", lambda *_: None)
        return _read(content)


def _written(records: list[tuple[tuple[str, ...], object]]) -> bytes:
    return lines.dump_values({"of": "a test"}, NAMES, [(by, to_json(value)) for by, value in records])


@given(records)
def test_what_is_written_is_read_at_a_glance_as_it_is_line_by_line(records: list[tuple[tuple[str, ...], object]]):
    content = _written(records)
    assert content == lines.dump(
        {"of": "a test"},
        [{**dict(zip(NAMES, by, strict=True)), "value": to_json(value)} for by, value in records],
    )
    _, found = lines.values(content, "answers", NAMES)
    assert [(by, value) for _, by, value in found] == records
    assert repr(_read(content)) == repr(_one_by_one(content))


@given(records, st.data())
def test_whatever_somebody_changed_is_told_the_same(records: list[tuple[tuple[str, ...], object]], data: st.DataObject):
    text = _written(records).decode("utf-8", "surrogatepass")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from([*SIGNS, ""])) + text[at + data.draw(st.integers(0, 2)) :]
    content = text.encode("utf-8", "surrogatepass")
    assert repr(_read(content)) == repr(_one_by_one(content))
