"""A project moves from one edition of a standard to another: its answers, its processes, its settings, and back.

The move is one entry of the history, which holds the settings as they were and became: it is real once that entry
stands. Whoever reads the settings next brings them up to it, if a stop came between.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from imsmap import files
from imsmap.analyses import documents, management_review
from imsmap.client import conflicts, history
from imsmap.client.moved import LIST, LISTED, MIGRATED
from imsmap.client.register import Writer
from imsmap.client.settings import FILE, Project
from imsmap.client.standing import questions_of
from imsmap.errors import UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import split_ref
from imsmap.readers import toml
from imsmap.readers.toml import quoted
from imsmap.reasoning.groups import Grouping
from imsmap.register.moving import ARCHIVED, AUDIT, CARRIED, JOINED, RESET
from imsmap.register.moving import Move as Move
from imsmap.register.moving import Moved as Moved
from imsmap.register.questions import SHEET
from imsmap.register.ways import Way, way
from imsmap.wording import labels

Graphs = Callable[[tuple[str, ...]], ClauseGraph]
"""Gives the standards of these keys with what ties them together."""


def move_between(editions: ClauseGraph, graphs: Graphs, standards: Sequence[str], old: str, new: str) -> Move:
    """Find how the answers of a project go from one edition to another; UsageError where nothing tells.

    editions: holds both. standards: those of the project before the move.
    """
    found = way(editions, old, new)
    if found is None:
        one, other = editions.standard(old).designation, editions.standard(new).designation
        raise UsageError(
            f"the library does not say how {other} follows from {one}, so no answer can move; imsmap standards lists "
            "what it holds"
        )
    after = after_of(standards, old, new)
    ends = graphs(tuple(standards)), graphs(after)
    asked, verdicts = _checklist(Grouping(ends[0], standards), Grouping(ends[1], after), found)
    items = {
        "documents": _items(_documents(ends[0], standards), _documents(ends[1], after), found),
        "management_review": _items(_review(ends[0], standards), _review(ends[1], after), found),
        AUDIT: asked,
    }
    called = labels(ends[0], standards)[old], labels(ends[1], after)[new]
    return Move(found, questions_of(ends[0], tuple(standards)), questions_of(ends[1], after), items, verdicts, called)


def after_of(standards: Sequence[str], old: str, new: str) -> tuple[str, ...]:
    """Give the standards of a project after a move."""
    return tuple(new if key == old else key for key in standards)


def _documents(graph: ClauseGraph, standards: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    return documents.analyse(graph, documents.Question(tuple(standards))).answer.asking


def _review(graph: ClauseGraph, standards: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    told = management_review.analyse(graph, management_review.Question(tuple(standards))).answer
    return {item.id: tuple(ref for wanted in item.wanted.values() for ref in wanted.points) for item in told.items}


def _items(before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]], found: Way) -> dict[str, str]:
    """Find for each item that is no more the one that takes its points over."""
    by_point = {point: id_ for id_, points in after.items() for point in points}
    leads: dict[str, str] = {}
    for id_, points in before.items():
        if id_ in after:
            continue
        went = [target.point for point in points for target in found.targets.get(point, ())]
        home = next((by_point[one] for one in (*went, *points) if one in by_point), None)
        if home is not None:
            leads[id_] = home
    return leads


def _checklist(before: Grouping, after: Grouping, found: Way) -> tuple[dict[str, str], dict[str, str]]:
    """Find the question that takes over one that is no more, and, of those that stay, where a verdict is asked now."""
    now = {*after.home.values()}
    verdicts_now = {group for ref, group in after.home.items() if split_ref(ref)[0] == found.new}
    gone: dict[str, str] = {}
    parted: dict[str, str] = {}
    for ref, group in before.home.items():
        if split_ref(ref)[0] != found.old:
            continue
        points = (target.point for point, _ in before.graph.points((ref,)) for target in found.targets[point])
        to = next((after.home[point.partition("#")[0]] for point in points), None)
        if to is not None and group not in now:
            gone.setdefault(group, to)
        elif to is not None and group not in verdicts_now:
            parted.setdefault(group, to)
    return gone, parted


# --- the move --------------------------------------------------------------------------------------------------------


def migrate(writer: Writer, project: Project, move: Move, standards: Sequence[str], named: str, called: str) -> Moved:
    """Move a project's answers and settings as one entry of the history.

    named: what imsmap.toml calls the old edition; called: what it shall call the new one. UsageError, and nothing is
    changed, while conflicts are open or where imsmap.toml can't be written by a program.
    """
    check_no_conflict(writer)
    before = files.read(project.root / FILE, FILE).decode("utf-8")
    after = settings_after(before, named, called, [called if one == named else one for one in project.standards])
    moved = move.move(writer.cells)
    counts = {what: moved.count(what) for what in (CARRIED, RESET, JOINED, ARCHIVED)}
    changed = history.difference(writer.cells, moved.cells)
    writer.record(
        MIGRATED, changed, old=move.way.old, new=move.way.new, standards=list(standards), counts=counts,
        settings={"before": before, "after": after},
    )  # fmt: skip
    files.put(project.root / FILE, after.encode("utf-8"))
    return moved


def check_no_conflict(writer: Writer) -> None:
    """Refuse a move while conflicts are open: what is ours and theirs would no longer be told apart."""
    waiting = conflicts.unresolved(writer.cells)
    if waiting:
        count = f"{len(waiting)} conflict{'' if len(waiting) == 1 else 's'}"
        raise UsageError(
            f"{count} of a workbook that came back wait; imsmap import --conflicts lists them, --resolve solves them; "
            "then move"
        )


def settings_after(before: str, named: str, called: str, standards: Sequence[str]) -> str:
    """Write another edition into the list of standards of an `imsmap.toml`, and change nothing else."""
    match = LIST.search(before)
    if match is not None:

        def renamed(found: re.Match[str]) -> str:
            return quoted(called) if found["name"] == named else found[0]

        after = before[: match.start(3)] + LISTED.sub(renamed, match[3]) + before[match.end(3) :]
        if toml.parse(after.encode("utf-8"), FILE, "").values.get("standards") == list(standards):
            return after
    raise UsageError(
        f"{FILE}: the list of standards is written in a way that can't be changed here; write it on one line, as "
        f"standards = [{', '.join(quoted(named if one == called else one) for one in standards)}], then move again"
    )


# --- what is told ----------------------------------------------------------------------------------------------------


def summary(moved: Moved, found: Way) -> str:
    """Say in a sentence what became of the answers: as many come out as go in."""
    total = sum(fate.sheet == SHEET for fate in moved.fates)
    parts = [
        f"{moved.count(CARRIED)} carried",
        f"{moved.count(RESET)} to re-assess",
        f"{moved.count(JOINED)} joined",
        f"{moved.count(ARCHIVED)} archived",
    ]
    review = sum(fate.review and fate.sheet == SHEET and fate.what != RESET for fate in moved.fates)
    also = f"; {review} of those carried or joined are to be reviewed" if review else ""
    copies = f"; {moved.copies} copied to a further place" if moved.copies else ""
    return f"{total} answered requirements of {found.name}: {', '.join(parts)}{also}{copies}"
