"""What is written as YAML by a shorter way is what PyYAML writes, to the byte."""

from __future__ import annotations

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from imsmap.library.load import dumping

HARD = (
    "yes", "No", "1.10", "8", "0.5", "007", "1e3", "12ab3", "0x1f", "null", "2030-01-01", "~", "=", "<<", "12:30",
    "1_000", "- a", "a: b", "a #b", "x ", " x", "a:", "#a", "Ünï", "a\nb", "a\u2028b", "it's", 'a "b"', "word " * 40,
    "w" * 130, "",
)  # fmt: skip
TEXTS = st.sampled_from(HARD) | st.text("abcDEF 0129 .,;:#'\"-_/()é", max_size=130)
KEYS = st.sampled_from(("id", "number", "shared", "from", "not_applicable"))
MAPS = st.recursive(
    st.dictionaries(KEYS, TEXTS, min_size=1),
    lambda inner: st.dictionaries(
        KEYS,
        TEXTS | inner | st.lists(TEXTS, min_size=1, max_size=2) | st.lists(inner, min_size=1, max_size=2),
        min_size=1,
    ),
    max_leaves=6,
)


@settings(max_examples=40)
@given(MAPS)
def test_the_short_way_writes_what_the_long_one_does(value: dict):
    long = yaml.dump(value, Dumper=dumping._Dumper, sort_keys=False, allow_unicode=True, width=118)
    assert dumping._written(value) == long
