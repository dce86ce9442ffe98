"""A run of eight words is found however it is written; seven are how anybody would say it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imsmap.licensed.runs import LENGTH, Piece, Runs
from imsmap.licensed.text import LicensedText

SAID = (
    "The gardener shall water each of the blue flowers before sunrise, and keep a risk-based list of: "
    "a) petals that have fallen; b) the organization's bees and their non-conformities"
)
TEXT = LicensedText("iso3-2030", "ISO 3:2030", {"4.1": SAID, "4.2": "Nobody shall whistle."}, ("Garden and its bees",))
RUNS = Runs([TEXT])


def found(*pieces: str) -> list[tuple[str, int, str]]:
    return [
        (one.place, one.count, one.of) for one in RUNS.within([Piece(str(n), text) for n, text in enumerate(pieces)])
    ]


@pytest.mark.parametrize(
    "quote",
    [
        "gardener shall water each of the blue flowers",
        "GARDENER SHALL   WATER\neach of the “blue” flowers",
        "gardener\u00a0shall wa\u00adter each, of the blue – flowers",
        "and keep a risk based list of petals that",
        "and keep a riskbased list of petals that",
        "and keep a risk\u2011based list of: a) petals that",
        "have fallen the organisation; the organization’s bees and their non conformities, and have fallen; b) the "
        "organization's bees and their nonconformities",
        "gardener shall water each of the blue flo-\nwers",
        "gardener shall water each 4.1 of the blue 12 flowers",
    ],
)
def test_a_quote_is_found_however_it_is_set(quote: str) -> None:
    (one,) = found(f"Somebody wrote: {quote}. And so on.")
    assert one[0] == "0"
    assert one[2] == "ISO 3:2030, 4.1"


@pytest.mark.parametrize(
    "text",
    ["", "gardener shall water each of the blue", "flowers blue the of each water shall gardener", "shall whistle."],
)
def test_fewer_words_and_other_orders_are_no_quote(text: str) -> None:
    assert found(text) == []


def test_a_quote_that_is_split_over_lines_is_told_once_where_it_begins_with_how_long_it_is() -> None:
    assert found("Heading", "The gardener shall water", "each of the blue flowers before sunrise", "Foot") == [
        ("1", 11, "ISO 3:2030, 4.1")
    ]


def test_a_word_that_a_hyphen_splits_over_two_pieces_is_one_and_separators_in_texts_do_no_harm() -> None:
    assert found("Head", "gardener shall wa-", "ter each of the\x1eblue flowers", "Foot\x1e") == [
        ("1", 8, "ISO 3:2030, 4.1")
    ]
    assert found("a\x1eb", "c", "gardener shall water each of the blue flowers") == [("2", 8, "ISO 3:2030, 4.1")]


def test_two_quotes_are_two() -> None:
    quote = "gardener shall water each of the blue flowers"
    assert [one[0] for one in found(quote, "something else", quote)] == ["0", "2"]


def test_official_titles_are_nobodys_secret() -> None:
    title = "Understanding the needs and expectations of interested gardeners"
    text = LicensedText("x", "X", {"4": f"See 4.2, {title}, for what else the gardener shall do"}, (title,))
    assert not Runs([text]).within([Piece("", title)])
    assert Runs([text]).within([Piece("", f"{title}, for")])


def test_a_text_too_short_for_a_run_has_none() -> None:
    assert not Runs([LicensedText("x", "X", {"4": "Nobody shall whistle."})])
    assert not Runs([])


WORDS = st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"]), max_size=40)


@given(
    WORDS, WORDS, st.integers(0, 30), st.integers(LENGTH, 12), st.sampled_from([" ", "\n", ", ", "; ", " - ", " 7 "])
)
def test_whatever_is_cut_from_a_text_is_found_and_what_is_found_stands_in_it(
    said: list[str], other: list[str], start: int, length: int, between: str
) -> None:
    runs = Runs([LicensedText("x", "X", {"4": " ".join(said)})])
    cut = said[start : start + length]
    quotes = runs.within([Piece("", between.join([*other, *cut]))])
    if len(cut) >= LENGTH:
        assert quotes
    for quote in quotes:
        assert f" {quote.words} " in f" {' '.join(said)} " or quote.count > LENGTH
