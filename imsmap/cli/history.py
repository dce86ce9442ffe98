"""`imsmap history` and `imsmap undo`: what happened to a project's answers, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from imsmap.cli import asking, projects
from imsmap.cli.speech import say, tell

if TYPE_CHECKING:
    from imsmap.client.history import Entry

_MOST = 30
"""So many lines fit one screen."""
_WORDS = {
    "new": "begun",
    "demo": "begun with the demo's answers",
    "import": "import of",
    "resolve": "conflicts solved",
    "by-hand": "the register's files were edited by hand",
    "without-history": "taken as they are, since files of the history were gone",
    "joined": "answers to what several standards ask for joined",
    "dissolved": "answers given to each requirement, as its question is no longer shared",
    "processes": "marks were edited in processes.csv",
    "migrate": "moved to another edition",
    "add": "added",
}


@click.command(epilog="\b\nExample:\n  imsmap history --entry 7")
@click.option("--entry", "number", type=int, metavar="N", help="The cells that this entry changed, old and new.")
@click.option("--all", "whole", is_flag=True, help=f"All of them; else the newest {_MOST}, or the first of an entry.")
@click.pass_obj
def history(mappings: Path | None, number: int | None, whole: bool) -> None:
    """List every change of the project's answers: when, who, what, and whether it was taken back."""
    from imsmap.client import delivery, register
    from imsmap.client import history as past
    from imsmap.errors import UnknownNameError

    project = projects.here()
    entries = past.entries(project.root)
    named = _named(mappings)
    if number is None:
        hidden = 0 if whole or len(entries) <= _MOST + 1 else len(entries) - _MOST
        lines = [f"{hidden} earlier: imsmap history --all"] if hidden else []
        lines += _listed(entries[hidden:], named) or ["nothing has happened to the answers yet"]
    else:
        if number not in {entry.number for entry in entries}:
            raise UnknownNameError(f"there is no entry {number}; the newest is {len(entries)}")
        lines = _listed(entries[number - 1 : number], named)
        changes = past.changes(project.root, number)
        hidden = 0 if whole or len(changes) <= _MOST + 1 else len(changes) - _MOST
        places = delivery.Places(register.read(project.root).cells, named, projects.processes(project, mappings))
        for change in changes[: len(changes) - hidden]:
            where = places.with_ids(change.key)
            lines.append(f"  {where}: {_said(change.old)} -> {_said(change.new)}")
        if hidden:
            lines.append(f"  and {hidden} more: imsmap history --entry {number} --all")
    tell("\n".join(lines) + "\n", paged=whole)


@click.command(epilog="\b\nExample:\n  imsmap undo")
@click.option("--one", is_flag=True, help="Of an import of several files only the one that was merged last.")
@click.pass_obj
def undo(mappings: Path | None, one: bool) -> None:
    """Take the last change of the project's answers back, such as an import; again for the one before it.

    An import of several files is taken back as a whole.
    """
    from imsmap.client import history as past
    from imsmap.client import moved, register
    from imsmap.client import processes as listed

    project = projects.here()
    found = projects.processes(project, mappings)
    with register.writing(project.root, projects.now(), projects.somebody()) as writer:
        listed.take(project.root, writer, found)
        entries = [writer.undo()] if one else writer.undo_together()
        edited = moved.restore(project.root, without=listed.FILE)
        if edited:
            writer.notices.append(edited)
        numbers = {entry.undoes for entry in entries}
        undone = [e for e in past.entries(project.root) if e.number in numbers]
        given = projects.give_processes(writer, found)
        for notice in writer.notices:
            say(notice)
    also = f", and {listed.FILE} with them" if given else ""
    named = _named(mappings)
    if undone[-1].what == "add" and not entries[-1].count:
        tell(f"taken back: {_what(undone[-1], named)}; the files of the project are as before\n")
        return
    # As the import itself said it: the conflicts that it kept are cells, too.
    count = sum(_changed(e) for e in undone)
    what = _what(undone[-1], named) if len(undone) == 1 else f"import of {len(undone)} files"
    tell(f"taken back: {what}; {_cells(count)} {'is' if count == 1 else 'are'} as before{also}\n")


def _changed(entry: Entry) -> int:
    counts = entry.about.get("counts")
    return int(counts.get("changed", 0)) if isinstance(counts, dict) and entry.what == "import" else entry.count


def _named(mappings: Path | None) -> Mapping[str, str]:
    """Give what standards are called, by key."""
    return {head.key: head.designation for head in asking.heads(mappings)}


def _listed(entries: Sequence[Entry], named: Mapping[str, str]) -> list[str]:
    """Put entries under each other: number, when to the minute, who, what."""
    who = [entry.who or "unknown" for entry in entries]
    wide = max(map(len, who), default=0)
    return [
        f"{entry.number:4}  {entry.when[:16].replace('T', ' ')}  {name:{wide}}  {_what(entry, named)}: {_count(entry)}"
        + (f"; taken back by {entry.undone}" if entry.undone else "")
        for entry, name in zip(entries, who, strict=True)
    ]


def _count(entry: Entry) -> str:
    """Say how much an entry changed; conflicts are kept as cells too, which nobody wants to count."""
    counts, numbers = entry.about.get("counts"), entry.about.get("numbers")
    if isinstance(counts, dict) and entry.what == "import":
        cells, clashes = counts.get("changed", 0), counts.get("conflicts", 0)
        also = f", {clashes} conflict{'' if clashes == 1 else 's'}" if clashes else ""
        return f"{_cells(cells)}{also}"
    if isinstance(counts, dict) and entry.what == "joined":
        return f"{counts.get('answers')} into {counts.get('questions')} questions, {counts.get('apart')} apart"
    if entry.what == "add":
        brought = entry.about.get("standards")
        return ", ".join(map(str, brought)) if isinstance(brought, list) and brought else "mapping sets"
    if isinstance(numbers, list):
        return f"{', '.join(map(str, numbers))} ({entry.about.get('side')})"
    return _cells(entry.count)


def _cells(count: int) -> str:
    return f"{count} cell{'' if count == 1 else 's'}"


def _what(entry: Entry, named: Mapping[str, str]) -> str:
    if entry.undoes is not None:
        return f"{entry.undoes} taken back"
    words = _WORDS.get(entry.what, entry.what)
    if entry.what == "migrate":
        old, new = (str(entry.about.get(end)) for end in ("old", "new"))
        words = f"moved from {named.get(old, old)} to {named.get(new, new)}"
    if entry.what in ("import", "add"):
        words = f"{words} {entry.about.get('file', 'a workbook')}"
    if isinstance(person := entry.about.get("person"), str):
        saved = entry.about.get("saved")
        words += f" ({person}{f', saved {saved[:10]}' if isinstance(saved, str) else ''})"
    return words


def _said(value: object) -> str:
    from imsmap.client.values import shown

    return repr(shown(value)) if value is not None else "(empty)"  # type: ignore[arg-type]
