"""Runs of words that two texts share: so a quote is found however it is set, hyphenated, or split into lines.

Words are compared in small letters; punctuation, figures and the letters of lists go, and a hyphen may be there, be a
blank, or not be at all. Which runs of eight words a licensed text has is known as a set, so that looking takes one step
for each word looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from imsmap.licensed.text import LicensedText
from imsmap.plain import folded
from imsmap.values import frozen

LENGTH = 8
"""So many words in a row are a quote; fewer are how anybody would say it."""
_WORD = re.compile(r"[^\W\d_]+")
_ITEM = re.compile(r"(?<![^\s(])\(?(?:[a-z]|[ivx]{1,4})\)")
"""The letter of an item in a list, which a quote may leave out."""
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?P<between>\s*)(?P<after>[^\W\d_]+)")
_LAST = re.compile(r"[^\W\d_]+$")
_NEXT = "\x1e"
"""Stands between pieces: a blank that hardly any text has."""
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['\u2019\u02bc`](?=[^\W\d_])")
_UNUSUAL = re.compile(r"\w?[^\x00-\x7f]+")
_PAIRS = b"\1" * (LENGTH - 1)
_SHOWN = 12


@frozen
class Quote:
    """A run of words that stands in a licensed text: where it was found, how it begins there, how many words it has.

    of: the clause whose text it is, as people see it.
    """

    place: str
    words: str
    count: int
    of: str

    @property
    def told(self) -> str:
        """What is quoted, in one line."""
        cut = " ..." if self.count > _SHOWN else ""
        return f"{self.count} words of the licensed text of {self.of}: \u201c{self.words}{cut}\u201d"

    def __str__(self) -> str:
        """Say it with its place."""
        return f"{self.place}: {self.told}" if self.place else self.told


@frozen
class Piece:
    """Some text with the place at which it stands."""

    place: str
    text: str


class Runs:
    """All runs of eight words that licensed texts hold, but for those that are part of an official title."""

    def __init__(self, texts: Iterable[LicensedText]) -> None:
        """Gather them."""
        self._of: dict[tuple[str, ...], str] = {}
        titles: set[tuple[str, ...]] = set()
        for text in texts:
            for number, said in text.clauses.items():
                for words in _ways(said):
                    for run in _runs(words):
                        self._of.setdefault(run, f"{text.designation}, {number}")
            for title in text.titles:
                titles.update(run for words in _ways(title) for run in _runs(words))
        for run in titles & self._of.keys():
            del self._of[run]
        self._pairs = {pair for run in self._of for pair in pairwise(run)}
        self._words = {word for run in self._of for word in run}

    def __bool__(self) -> bool:
        """Tell whether there is anything to look for."""
        return bool(self._of)

    def __len__(self) -> int:
        """Count the runs."""
        return len(self._of)

    def within(self, pieces: Sequence[Piece]) -> tuple[Quote, ...]:
        """Find quotes in pieces of one file, also where one goes on from a piece to the next; each once."""
        plain = _plain(_NEXT.join(piece.text.replace(_NEXT, " ") for piece in pieces))
        found = list(self._quotes(plain, pieces))
        if any(self._is_joined(plain, match) for match in _HYPHEN.finditer(plain)):
            places = {quote.place for quote in found}
            found += [quote for quote in self._quotes(_joined(plain), pieces) if quote.place not in places]
        return tuple(dict.fromkeys(found))

    def _is_joined(self, text: str, match: re.Match[str]) -> bool:
        """Tell whether the two sides of a hyphen are one word in a licensed text."""
        before = _LAST.search(text, max(match.start() - 40, 0), match.start())
        return before is not None and before[0] + match["after"] in self._words

    def _quotes(self, text: str, pieces: Sequence[Piece]) -> Iterator[Quote]:
        words = _WORD.findall(text)
        known = bytes(map(self._pairs.__contains__, pairwise(words)))
        at = known.find(_PAIRS)
        starts: list[int] = []
        while at >= 0:
            of = self._of.get(tuple(words[at : at + LENGTH]))
            if of is None:
                at = known.find(_PAIRS, at + 1)
                continue
            end = at + 1
            while tuple(words[end : end + LENGTH]) in self._of:
                end += 1
            starts = starts or [match.start() for match in _WORD.finditer(text)]
            place = pieces[text.count(_NEXT, 0, starts[at])].place
            count = end - at + LENGTH - 1
            yield Quote(place, " ".join(words[at : at + min(count, _SHOWN)]), count, of)
            at = known.find(_PAIRS, end + LENGTH - 1)


def _joined(plain: str) -> str:
    """Put together what hyphens divide; where a piece ends between, it does so behind the word."""
    return _HYPHEN.sub(lambda match: match["after"] + _NEXT * match["between"].count(_NEXT), plain)


def _plain(text: str) -> str:
    # Nearly all of a text is plain; only what is not, with the letter before it, need be folded.
    plain = text if text.isascii() else _UNUSUAL.sub(lambda match: folded(match[0]), text)
    return _ITEM.sub(" ", _APOSTROPHE.sub("", plain.casefold()))


def _ways(text: str) -> Iterator[list[str]]:
    """Give the words of a text, with what hyphens join as several words and as one."""
    plain = _plain(text)
    yield _WORD.findall(plain)
    if _HYPHEN.search(plain):
        yield _WORD.findall(_joined(plain))


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + LENGTH]) for at in range(len(words) - LENGTH + 1))
