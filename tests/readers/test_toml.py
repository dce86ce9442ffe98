from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imsmap.errors import DataError
from imsmap.readers.toml import TomlText, parse, quoted

TEXT = '''client = "Acme"
"two words".inner = 3
text = """
client = "no key"
[no.table]
"""

[brand]
colours = [
  "a = b",
]
'logo' = "x"

[[gates]]
kind = "contract"

[[ gates ]]
kind = "tender"
[gates.more]
kind = 3
'''


def read(text: str | bytes) -> TomlText:
    return parse(text if isinstance(text, bytes) else text.encode(), "x.toml", 'name = "Acme"')


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("client",), 1),
        (("two words", "inner"), 2),
        (("two words",), 2),
        (("text",), 3),
        (("brand",), 8),
        (("brand", "colours"), 9),
        (("brand", "logo"), 12),
        (("gates",), 14),
        (("gates", 0, "kind"), 15),
        (("gates", 1), 17),
        (("gates", 1, "kind"), 18),
        (("gates", 1, "more", "kind"), 20),
        # What is not there is told at the table around it.
        (("brand", "font"), 8),
        (("gates", 1, "names"), 17),
        (("scope",), None),
        ((), None),
    ],
)
def test_each_key_has_its_line(place: tuple[str | int, ...], line: int | None):
    assert read(TEXT).line(*place) == line


def test_windows_line_ends_and_a_byte_order_mark_change_nothing():
    assert read(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()) == read(TEXT)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("client = Acme\n", 'x.toml:1: is not TOML here (Invalid value); texts stand in quotes, as in name = "Acme"'),
        ('a = 1\nb = "', "x.toml:2: is not TOML here"),
        ("a = 1\nb = [", "x.toml:2: is not TOML here"),
        (b'a = 1\nb = "\xff"', "x.toml:2: is not UTF-8; save the file as UTF-8"),
        ("a = " + "[" * 50_000, "x.toml: is nested too deep; no file of this kind is"),
        ("a = 1\n" * 200_000, "x.toml: is larger than 1 MB; no file of this kind is"),
    ],
    ids=range(6),
)
def test_what_is_no_toml_is_told_where_it_stands(text: str | bytes, said: str):
    with pytest.raises(DataError) as caught:
        read(text)
    (problem,) = caught.value.problems
    assert str(problem).startswith(said)


@pytest.mark.slow
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_that_is_written_reads_as_the_same(text: str):
    assert tomllib.loads(f"a = {quoted(text)}") == {"a": text}
