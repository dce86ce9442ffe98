"""`imsmap migrate`: a client's project moves to another edition of a standard, with all that was answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsmap.cli import asking, projects
from imsmap.cli.speech import progress, say, tell

if TYPE_CHECKING:
    from imsmap.client.migrating import Move, Moved
    from imsmap.client.processes import Processes
    from imsmap.client.scanning import Cited
    from imsmap.client.settings import Project
    from imsmap.client.values import Cells

_LISTED = 12
"""Rows of a kind that are listed on one screen."""
_CLOSING = {
    True: "nothing was changed; the same without --plan moves the project",
    False: "imsmap build makes the workbook of the new edition; imsmap undo takes the move back",
}
"""What is said last, of a plan and of a move."""


@click.command(
    epilog="\b\nExamples:\n  imsmap migrate 14001:2015 14001:2026 --plan\n  imsmap migrate 14001:2015 14001:2026",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--plan", is_flag=True, help="Only say what would be carried, reset, joined and archived.")
@click.option("--all", "whole", is_flag=True, help="List every row, and not only the first of each kind.")
@click.option(
    "--scan",
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Also read the documents in DIR and beneath it: which cite clauses that moved. None is changed.",
)
@click.pass_obj
def migrate(mappings: Path | None, old: str, new: str, plan: bool, whole: bool, folder: Path | None) -> None:
    """Move the project to another edition of a standard: each answer follows its requirement, and none is lost.

    What is asked as before is carried; what was clarified or narrowed is carried to be reviewed; where more is asked,
    the evidence stays and the status is open again, the old one beside it. imsmap undo takes the move back.
    """
    from imsmap.client import migrating, register
    from imsmap.client import processes as listed
    from imsmap.errors import UsageError

    project = projects.here()
    keys = projects.standards(project, mappings)
    one, other = _editions(mappings, project, keys, old, new)
    move = projects.move_between(mappings, keys, one, other)
    found = projects.processes(project, mappings)
    cells = listed.edited(project.root, register.read(project.root).cells, found)
    cited = [*_in_settings(project, move), *_cited(mappings, move, cells, found, folder, whole)]
    if plan:
        moved = move.move(cells)
        tell("\n".join([*_told(moved, move, whole, would=True), *cited, "", _CLOSING[True]]) + "\n")
        return
    with register.writing(project.root, projects.now(), projects.somebody()) as writer:
        if projects.here().standards != project.standards:
            raise UsageError("another command changed the project's standards meanwhile; nothing was done, try again")
        found = projects.processes(project, mappings)
        listed.take(project.root, writer, found)
        named = project.standards[keys.index(one)]
        called = _called(mappings, other) if " " in named else other
        moved = migrating.migrate(writer, project, move, keys, named, called)
        if projects.give_processes(writer, found):
            writer.notices.append(f"{listed.FILE} has the marks under the clauses of the new edition now")
        for notice in writer.notices:
            say(notice)
    tell("\n".join([*_told(moved, move, whole, would=False), *cited, "", _CLOSING[False]]) + "\n")


def _editions(mappings: Path | None, project: Project, keys: Sequence[str], old: str, new: str) -> tuple[str, str]:
    """Give the keys of both editions, or say why the project can't move so."""
    from imsmap.api.library import standard_key
    from imsmap.client import moved
    from imsmap.errors import UsageError

    known = asking.heads(mappings)
    (one,) = asking.resolve((old,), mappings)
    other = standard_key(new, known).key
    names = {head.key: head.designation for head in known}
    if one == other:
        raise UsageError(f"both are {names[one]}; name the edition to leave, then the one to move to")
    if one not in keys:
        before = [entry for entry in moved.standing(project.root) if entry.about.get("old") == one]
        if before and other in keys:
            raise UsageError(
                f"the project moved from {names[one]} to {names[other]} already (entry {before[-1].number}, "
                f"{before[-1].when[:10]}); imsmap undo takes back what was done last"
            )
        raise UsageError(f"{names[one]} is not a standard of this project; it has {_listed(names, keys)}")
    if other in keys:
        raise UsageError(
            f"the project has both {names[one]} and {names[other]}; take one of them out of its standards first, so "
            "that answers are not mixed"
        )
    return one, other


def _listed(names: dict[str, str], keys: Sequence[str]) -> str:
    return " and ".join(names[key] for key in keys)


def _called(mappings: Path | None, key: str) -> str:
    return next(head.designation for head in asking.heads(mappings) if head.key == key)


# --- what is told ----------------------------------------------------------------------------------------------------


def _told(moved: Moved, move: Move, whole: bool, *, would: bool) -> Iterator[str]:
    """Say what became of the answers, or would: the sum first, then the rows that somebody has to look at."""
    from imsmap.client import migrating

    found = move.way
    yield f"{'would move' if would else 'moved'} {migrating.summary(moved, found)}"
    others = [f"{count} of {title}" for title, count in _others(moved).items()]
    if others:
        yield f"  with them rows of other sheets: {', '.join(others)}"
    words = {
        "reset": "to re-assess, as more is asked (evidence kept, old status beside it)",
        "review": "to review, as they were clarified or narrowed",
        "joined": "joined from several", "archived": "archived, as nobody asks for them now",
    }  # fmt: skip
    for what, title in words.items():
        fates = [
            fate for fate in moved.fates if fate.sheet == "requirements"
            and (fate.what == what or (what == "review" and fate.review and fate.what != "reset"))
        ]  # fmt: skip
        if not fates:
            continue
        yield f"\n{len(fates)} {title}:"
        for fate in fates if whole else fates[:_LISTED]:
            to = ", ".join(one.partition(":")[2] for one in fate.to)
            yield f"  {fate.row.partition(':')[2]}{f' -> {to}' if to else ''}"
        if not whole and len(fates) > _LISTED:
            yield f"  and {len(fates) - _LISTED} more; --all lists them"


def _in_settings(project: Project, move: Move) -> Iterator[str]:
    """Say which words of the settings name the old edition: they are on the cover, and stay as they are."""
    from imsmap.client.settings import FILE

    told = [name for name in ("title", "scope") if move.way.name in getattr(project, name)]
    if told:
        yield f"\n{FILE} names {move.way.name} in its {' and '.join(told)}, which you may want to write anew"


def _cited(
    mappings: Path | None, move: Move, cells: Cells, found: Processes, folder: Path | None, whole: bool
) -> Iterator[str]:
    """Say which answers and which documents cite clauses that have another number now."""
    from imsmap.client import delivery, scanning

    sought = scanning.moves(move.way)
    names = {head.key: head.designation for head in asking.heads(mappings)}
    texts = ((key, value) for key, value in cells.items() if isinstance(value, str) and key.row[:1] != "@")
    said = scanning.in_answers(sought, texts, delivery.Places(cells, names, found).of)
    if said:
        yield f"\n{len(said)} answers cite clauses that moved:"
        yield from _places(said, whole)
    if folder is None:
        return
    step = progress().step
    looked = scanning.scan(sought, folder, lambda at, of, name: step(f"reading document {at + 1} of {of}: {name}"))
    step("")
    yield (
        f"\n{looked.read} documents in {folder} were read and not changed: {looked.files} of them cite clauses that "
        f"moved, in {len(looked.cited)} places" + (":" if looked.cited else "")
    )
    yield from _by_document(looked.cited, whole)
    for name, why in looked.unread:
        yield f"  not read: {name}: {why}"


def _by_document(cited: Sequence[Cited], whole: bool) -> Iterator[str]:
    """Name every place, or each document with its first one: who has a thousand wants to know which to open."""
    by: dict[str, list[Cited]] = {}
    for one in cited:
        by.setdefault(one.file, []).append(one)
    if whole or len(cited) <= _LISTED:
        yield from _places(cited, whole)
        return
    for places in list(by.values())[:_LISTED]:
        more = f" (and {len(places) - 1} more in it)" if len(places) > 1 else ""
        yield from (f"{line}{more}" for line in _places(places[:1], whole))
    if len(by) > _LISTED:
        yield f"  and {len(by) - _LISTED} more documents"
    yield "  every place: --all"


def _places(cited: Sequence[Cited], whole: bool) -> Iterator[str]:
    for one in cited if whole else cited[:_LISTED]:
        to = " and ".join(filter(None, (", ".join(one.to[:-1]), *one.to[-1:]))) or "no clause"
        unsure = "" if one.sure else ", if it means this standard"
        yield f"  {one.file}{', ' if one.file else ''}{one.place}: {one.number} is {to} now{unsure}: {one.words}"
    if not whole and len(cited) > _LISTED:
        yield f"  and {len(cited) - _LISTED} more; --all lists them"


def _others(moved: Moved) -> dict[str, int]:
    """Count the answered rows of other sheets, by what people call the sheet."""
    from imsmap.client import delivery

    counts = Counter(fate.sheet for fate in moved.fates if fate.sheet != "requirements")
    return {delivery.called(sheet): count for sheet, count in counts.most_common()}
