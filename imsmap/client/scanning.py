"""Which documents cite clauses that a new edition moved: found by reading them, never by changing one."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from attrs import field

from imsmap.errors import RefusedError
from imsmap.files import reason
from imsmap.library.model import series_of, split_ref
from imsmap.library.names import mention
from imsmap.plain import folded
from imsmap.readers.texts import SUFFIXES, pieces
from imsmap.register.ways import Way
from imsmap.values import frozen

T = TypeVar("T")

_AROUND = 40
_WORDS = (
    r"clauses?|cl\.|sections?|sec\.|§+|chapters?|paragraphs?|requirements?|abschnitte?|kapitel|ziffer|kap\.|nr\.|"
    r"articles?|chapitres?|capítulos?|cláusulas?"
)
_CLAUSE = re.compile(
    rf"(?:(?P<word>\b(?:{_WORDS}))\s*)?(?<![0-9.,])(?P<clause>[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}})(?![0-9]|\.[0-9])",
    re.IGNORECASE,
)

_BETWEEN = re.compile(
    r"\s*(?:[,;/&+-]|\u2013|\b(?:and|or|to|und|oder|bis|et|ou|y|o|e)\b)\s*",
    re.IGNORECASE,
)
"""What stands between clauses that are listed."""


@frozen
class Cited:
    """A place where a clause is cited that is another, or none, in the new edition; to: its numbers there."""

    file: str
    place: str
    number: str
    to: tuple[str, ...]
    words: str
    sure: bool = True
    """Whether the standard is named beside it, and not only somewhere in the document."""


@frozen
class Scan:
    """What was found: citations, files and folders that could not be read with the reason, how many files were read."""

    cited: tuple[Cited, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    read: int = 0

    @property
    def files(self) -> int:
        """Count the files that cite a clause that moved."""
        return len({one.file for one in self.cited})


@frozen
class Moves:
    """The clauses of an edition that have another number in the next, or none; series: the number of the standard."""

    series: str
    year: str
    to: Mapping[str, tuple[str, ...]] = field(repr=False)

    @cached_property
    def _hint(self) -> re.Pattern[str]:
        """Find quickly whether a text can cite anything."""
        return re.compile("|".join(re.escape(number) for number in self.to) or r"(?!)")

    def in_text(self, text: str, named: bool) -> Iterator[tuple[str, str, bool]]:
        """Find what a text cites: the number, the words around it, whether the standard is named beside it.

        named: the document names the standard somewhere, so that a clause without one may be its.
        """
        if self._hint.search(text) is None:
            return
        ours: bool | None = None
        previous: re.Match[str] | None = None
        standard: re.Match[str] | None = None
        cited = False
        for match in sorted((*mention().finditer(text), *_CLAUSE.finditer(text)), key=lambda one: one.start()):
            if match.re is not _CLAUSE:
                if match["number"] == self.series:
                    ours = (match["year"] or match["bracketed"]) in (None, self.year)
                elif match["body"] or match["year"] or match["bracketed"]:
                    # In "ISO 9001 and ISO 14001, 10.3" the clause is of both.
                    listed = standard is not None and bool(_BETWEEN.fullmatch(text, standard.end(), match.start()))
                    ours = ours is True and listed
                previous, standard = None, match
                continue
            standard = None
            # In "clauses 4.1 and 4.2" the word stands before the first only.
            goes_on = previous is not None and _BETWEEN.fullmatch(text, previous.end(), match.start()) is not None
            cited = match["word"] is not None or (cited and goes_on)
            previous = match
            number = match["clause"]
            if number in self.to and (ours or (ours is None and named and cited)):
                first, last = max(match.start() - _AROUND, 0), match.end() + _AROUND
                yield number, " ".join(text[first:last].split()), ours is True


def moves(way: Way) -> Moves:
    """Give the clauses that have another number after a move, several, or none."""
    told: dict[str, tuple[str, ...]] = {}
    for ref, went in way.clauses.items():
        number = split_ref(ref)[1]
        to = tuple(split_ref(one)[1] for one in went)
        if to != (number,) and (to or any(point.startswith(f"{ref}#") for point in way.targets)):
            told[number] = to
    name, _, year = way.name.rpartition(":")
    return Moves(series_of(name).split()[-1], year, told)


def in_answers(found: Moves, cells: Iterable[tuple[T, str]], say: Callable[[T], str] = str) -> tuple[Cited, ...]:
    """Find what answers of a project cite; cells: where each stands, which `say` puts into words, and its text."""
    return tuple(
        Cited("", say(at), number, found.to[number], words, sure)
        for at, text in cells
        for number, words, sure in found.in_text(folded(text), named=False)
    )


def documents(folder: Path, closed: Callable[[OSError], None] | None = None) -> list[Path]:
    """List the documents of a folder and all beneath it, but for hidden ones and what programs lock them by.

    closed: told of a folder that can't be looked into. Links to folders are not followed: they may lead in a circle.
    """
    listed: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        listed += [
            Path(place) / name
            for name in sorted(names)
            if name.lower().endswith(SUFFIXES) and not name.startswith((".", "~$"))
        ]
    return listed


def scan(found: Moves, folder: Path, step: Callable[[int, int, str], None] = lambda *_: None) -> Scan:
    """Read the documents of a folder; one that can't be read is told, and stops nothing.

    step: told how many of how many, and which comes next.
    """
    cited: list[Cited] = []
    unread: list[tuple[str, str]] = []

    def closed(error: OSError) -> None:
        place = Path(error.filename).relative_to(folder).as_posix()
        unread.append((f"{place}/", f"the folder cannot be opened ({reason(error)}); nothing in it was looked at"))

    listed = documents(folder, closed)
    shut = len(unread)
    for at, path in enumerate(listed):
        shown = path.relative_to(folder).as_posix()
        step(at, len(listed), shown)
        try:
            texts = [(place, folded(text)) for place, text in pieces(path, shown)]
        except RefusedError as error:
            unread.append((shown, str(error).removeprefix(f"{shown}: ")))
            continue
        named = any(found.series in text for _, text in texts)
        for place, text in texts if named else ():
            for number, words, sure in found.in_text(text, named):
                cited.append(Cited(shown, place, number, found.to[number], words, sure))
    return Scan(tuple(cited), tuple(unread), len(listed) - len(unread) + shut)
