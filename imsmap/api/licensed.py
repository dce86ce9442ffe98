"""Licensed copies of standards: read, and found again in what is to be handed out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from imsmap.api.library import Roots, catalogue, editions, roots_of
from imsmap.errors import Problem, UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.load import adds
from imsmap.library.mark import AGREES, DIFFERS, Mark
from imsmap.library.marking import fingerprint, lapsed
from imsmap.library.names import standard_key
from imsmap.licensed.looking import find, plain_lines, said
from imsmap.licensed.runs import LENGTH, Piece, Quote, Runs
from imsmap.licensed.text import LicensedText
from imsmap.readers.marks import read_marks, write_marks

if TYPE_CHECKING:
    from imsmap.readers.licensed import Copy

__all__ = [
    "AGREES",
    "DIFFERS",
    "LENGTH",
    "Copy",
    "LicensedText",
    "Mark",
    "Piece",
    "Quote",
    "Runs",
    "find",
    "find_quotes",
    "fingerprint",
    "lapsed",
    "licensed_text",
    "mark_point",
    "quotes_in_data",
    "read_marks",
    "said",
    "write_marks",
]


def licensed_text(
    path: str | Path, standard: str = "", *, roots: Roots = None, ours: tuple[str, ...] = (), anyway: bool = False
) -> Copy:
    """Read a licensed copy of a standard, clause by clause; DataError with every problem, and nothing is taken then.

    standard: its name or key; else the one that the file names, of `ours` (the keys of a project's standards) where it
    says no edition. anyway: also where it looks like another edition, leaving out clauses that there are not.
    """
    from imsmap.readers.licensed import read_copy, refuse_strange

    file = Path(path)
    refuse_strange(file, str(path))
    key = standard_key(standard, catalogue(roots)).key if standard else _named(file, str(path), roots, ours)
    return read_copy(file, str(path), editions(roots, (key,)), key, anyway=anyway)


def _named(path: Path, shown: str, roots: Roots, ours: tuple[str, ...]) -> str:
    """Find the standard of which a file speaks."""
    from imsmap.readers.licensed import standard_in

    heads = catalogue(roots)
    found = standard_in(path, heads, ours)
    if found:
        return found
    if len(ours) == 1:
        return ours[0]
    raise UsageError(f"{shown} does not say of which standard it is; say it: --standard 9001:2015")


def find_quotes(texts: Iterable[LicensedText], files: Mapping[str, bytes]) -> tuple[Quote, ...]:
    """Find runs of eight words and more of licensed texts in files that are to be handed out, each with its place.

    files: their content by name, whose suffix says what they are; PDF and PNG hold no words that can be read.
    """
    return find(Runs(texts), files)


def quotes_in_data(runs: Runs, roots: Roots = None) -> tuple[tuple[Problem, bool], ...]:
    """Find quotes in mapping data, each with file and line, and whether they are a user's own: others came with imsmap.

    What came with imsmap is nobody's copy, but it may say something as the standard does.
    """
    found = []
    for root in roots_of(roots):
        for path in sorted(root.rglob("*.y*ml")):
            text = path.read_bytes().decode("utf-8", "replace")
            if runs.within((Piece("", text),)):
                for quote in runs.within(plain_lines(text)):
                    found.append((Problem(str(path), int(quote.place.removeprefix("line ")), quote.told), adds(root)))
    return tuple(found)


def mark_point(library: ClauseGraph, point: str, by: str, on: datetime.date, *, differs: str = "") -> Mark:
    """Note that somebody checked a point against the text of its standard; UnknownNameError if there is none.

    differs: what differs, in words of their own, where it does. `load` takes such marks.
    """
    verdict = DIFFERS if differs else AGREES
    return Mark(point, by, on.isoformat(), verdict, fingerprint(library.point(point)), differs)
