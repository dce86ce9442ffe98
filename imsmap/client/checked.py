"""What the people of a project checked against the text of standards: a table in the project, which others may take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from imsmap import files
from imsmap.client.checking import OWN_WORDS, QUOTES, Finding
from imsmap.client.place import CHECKED as FILE
from imsmap.errors import Problem
from imsmap.library.graph import ClauseGraph
from imsmap.library.mark import Mark
from imsmap.library.marking import lapsed
from imsmap.licensed.runs import Piece, Runs
from imsmap.readers.marks import read_marks, write_marks
from imsmap.values import frozen

LAPSED = "Points that changed since they were checked against the text"


@frozen
class Taken:
    """What came of taking marks in: how many are new, how many are newer than ours, how many we had or had later."""

    new: int
    newer: int
    known: int


def read(root: Path) -> tuple[Mark, ...]:
    """Read the marks of a project; none where nobody has checked anything. DataError holds every problem."""
    path = root / FILE
    return read_marks(files.read(path, FILE), FILE) if path.exists() else ()


def keep(root: Path, marks: Iterable[Mark]) -> Taken:
    """Keep marks beside those there are: of two for one point, the later one; as it was where both are of one day."""
    held = {mark.point: mark for mark in read(root)}
    new = newer = known = 0
    for mark in marks:
        before = held.get(mark.point)
        if before is None:
            new += 1
        elif mark.on > before.on or (mark.on == before.on and mark.fingerprint != before.fingerprint):
            newer += 1
        else:
            known += 1
            continue
        held[mark.point] = mark
    if new or newer:
        files.put(root / FILE, write_marks(held.values()))
    return Taken(new, newer, known)


def put(root: Path, marks: Iterable[Mark]) -> None:
    """Keep marks in the place of those there are for the same points, whatever their day."""
    held = {mark.point: mark for mark in read(root)} | {mark.point: mark for mark in marks}
    files.put(root / FILE, write_marks(held.values()))


def findings(graph: ClauseGraph, marks: Sequence[Mark], runs: Runs | None) -> tuple[Finding, ...]:
    """Find marks that no longer hold, and notes at them that quote a licensed text."""
    changed, gone = lapsed(graph.library, marks)
    told = [(mark, f"says something else since {mark.by} checked it, {mark.on}; check it again") for mark in changed]
    told += [(mark, f"was checked by {mark.by}, {mark.on}, and is not there any more; take it out") for mark in gone]
    found = [Finding(Problem(FILE, None, f"{mark.point}: {words}"), group=LAPSED) for mark, words in told]
    for quote in runs.within([Piece(mark.point, mark.note) for mark in marks]) if runs else ():
        found.append(
            Finding(Problem(FILE, None, f"{quote.place}: {quote.told}; {OWN_WORDS}"), wrong=True, group=QUOTES)
        )
    return tuple(found)
