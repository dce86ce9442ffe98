"""An invented company with everything filled, for `imsmap new --demo`: its project's files are data beside this.

It has two standards, and a third that it is about to take up: what that brings stands in a folder of its own, whose
files come in the place of those of two, or beside them; answers add to answers, and come in their place where a cell is
for all standards (what an audit saw, what a review decided).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from imsmap.client import lines
from imsmap.client.register import FOLDER
from imsmap.errors import DataError, Problem
from imsmap.register.cells import Cells, Key, Value

AS_OF = datetime.date(2026, 11, 25)
"""The day for which its dates were written: what is overdue was overdue then."""
_HERE = Path(__file__).parent
_TWO = ("iso9001-2015", "iso14001-2015")
_WITH = {_TWO: (), (*_TWO, "iso45001-2018"): ("with-ohs",)}
"""The standards for which there is a demo, and the folders of what comes to that of two."""
STANDARDS = tuple(_WITH)


def files(standards: Sequence[str] = _TWO) -> Mapping[str, bytes]:
    """Give the demo's files by their place in the project, with `/` between folders, in order; answers of two."""
    more = [one for folders in _WITH.values() for one in folders]
    found = {place: path for place, path in _found(_HERE) if not any(place.startswith(f"{folder}/") for folder in more)}
    for folder in _WITH[tuple(standards)]:
        found |= {place: path for place, path in _found(_HERE / folder) if not place.startswith(f"{FOLDER}/")}
    return {place: found[place].read_bytes() for place in sorted(found)}


def _found(root: Path) -> Iterator[tuple[str, Path]]:
    for path in root.rglob("*"):
        if path.is_file() and path.suffix not in (".py", ".pyc"):
            yield path.relative_to(root).as_posix(), path


def cells(standards: Sequence[str] = _TWO) -> Cells:
    """Give what the people of the demo wrote: its register, to be committed as the project's first state."""
    written: dict[Key, Value] = {}
    problems: list[Problem] = []
    answers = [*files().items()]
    for folder in _WITH[tuple(standards)]:
        answers += [(place, path.read_bytes()) for place, path in sorted(_found(_HERE / folder))]
    for place, content in answers:
        if place.startswith(f"{FOLDER}/"):
            found = lines.load(content, place)
            for number, record in found.records:
                value = lines.value(found, number, record["value"], problems)
                if value is not None:
                    written[Key(found.head["sheet"], record["row"], record["field"])] = value
    if problems:
        raise DataError(problems)
    return written
