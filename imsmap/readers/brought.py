"""What a file from elsewhere brings into a library: standards, mapping sets, answers, and all that is wrong with it.

Each reader of such files says in its `ABOUT` which suffixes it takes; `takes` looks at the beginning of a file, and
`bring` reads it. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

from attrs import field

from imsmap.errors import Problem
from imsmap.library.graph import ClauseGraph
from imsmap.library.load.sets import Set
from imsmap.library.model import Discipline, Head, Standard
from imsmap.register.cells import Cells
from imsmap.values import frozen

HEAD = 65_536
"""So many bytes of a file's beginning are shown to who says whether it can be read."""
ZIP = b"PK\x03\x04"
"""An archive begins with it; since only its end lists what it holds, such a file is shown whole."""
Place = tuple[str, int | None]
"""Where something stands: the file, with its sheet if it has sheets, and the line, if it has lines."""
_TOLD = 5


@frozen
class Said:
    """What somebody said of a file beside it: what the standard is called, of which discipline it is, which sheet."""

    name: str = ""
    discipline: str = ""
    sheet: str = ""
    author: str = ""


@frozen
class Around:
    """The library into which something is brought.

    common: what all standards share, without any of them: structures, topics, disciplines. cite: turns what people
    write, and the key of the standard that is meant where they name none, into full references of clauses and points;
    ImsmapError for what is none. points: gives the points of a clause that was cited. homes: gives the
    leaf clauses of all standards whose home is one of some topics, each with that topic. day: on which it is brought.
    replaceable: the keys of standards that were brought before, and may be brought anew. own: disciplines that
    standards of people's own hold, each with the key of its standard. by_clause: the keys of standards of which the
    library holds no more than the clauses. names: gives what a relation may name of a standard: the numbers of its
    clauses, and its points behind them.
    """

    heads: tuple[Head, ...]
    common: ClauseGraph
    cite: Callable[[str, str], tuple[str, ...]]
    points: Callable[[str], tuple[str, ...]]
    homes: Callable[[Sequence[str]], Sequence[tuple[str, str]]]
    day: str
    replaceable: frozenset[str] = frozenset()
    own: tuple[tuple[str, Discipline], ...] = ()
    said: Said = field(factory=Said)
    by_clause: Container[str] = frozenset()
    names: Callable[[str], frozenset[str]] = lambda _: frozenset()


@frozen
class Brought:
    """What was read of a file.

    kind: what people call such a file. problems: what has to be mended first, so that nothing is brought. left_out:
    what can't be taken and does not keep the rest from it. places: where each standard (by its key), clause and
    relation (by its full id) stands. answers: what it says for the client's register. partly: it is somebody else's,
    who mends nothing for us: what is wrong with a relation leaves that one out, and keeps no other from being brought.
    """

    kind: str
    standards: tuple[Standard, ...] = ()
    sets: tuple[Set, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()
    places: Mapping[str, Place] = field(factory=dict)
    answers: Cells = field(factory=dict)
    partly: bool = False


class Faults:
    """Problems of a table under way: of each kind the first in full, the places of all others in one line."""

    def __init__(self) -> None:
        """Know of none yet."""
        self._found: dict[str, list[tuple[str, int | None, str, str]]] = {}
        self.count = 0

    def add(self, kind: str, path: str, line: int | None, cell: str, message: str) -> None:
        """Note a problem. cell: how people call its place; message: what is wrong there, and what to do."""
        self._found.setdefault(kind, []).append((path, line, cell, message))
        self.count += 1

    def problems(self) -> tuple[Problem, ...]:
        """Give them in the order of the file."""
        found = []
        for ones in self._found.values():
            shown = ones if len(ones) <= _TOLD + 1 else ones[:_TOLD]
            found += [Problem(path, line, f"{cell} {message}".strip()) for path, line, cell, message in shown]
            rest = ones[len(shown) :]
            if rest:
                path, line, _, _ = rest[0]
                places = [f"line {at}" if cell.endswith(":") else cell for _, at, cell, _ in rest]
                words = f"the same holds of {len(rest)} more: {_listed(places)}"
                found.append(Problem(path, line, words))
        return tuple(sorted(found, key=lambda one: (one.path, one.line or 0)))


def _listed(cells: Sequence[str]) -> str:
    """Name cells, those that follow each other in a column as a range."""
    runs: list[list[str]] = []
    for cell in cells:
        if runs and _next(runs[-1][-1]) == cell:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


def _next(cell: str) -> str:
    letters = cell.rstrip("0123456789")
    number = cell.removeprefix(letters)
    return f"{letters}{int(number) + 1}" if number else ""
