"""One workbook comes back: read, checked, merged and committed, or refused with nothing touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import attrs

from imsmap.client import conflicts, earlier, history, joining, register, snapshots
from imsmap.client.earlier import Moves
from imsmap.client.history import Entry
from imsmap.client.joining import Asking
from imsmap.client.merge import Counts, Fields, base_of
from imsmap.errors import RefusedError
from imsmap.readers.workbook import Returned, read_workbook
from imsmap.register.cells import Cells, Key, Value
from imsmap.register.questions import NO_QUESTIONS
from imsmap.values import frozen

IMPORT = "import"


@frozen
class Outcome:
    """What an import did. message: it in one line; notes: lines to tell; entry: nothing if nothing was new."""

    message: str
    counts: Counts
    new_conflicts: int
    open_conflicts: int
    notes: tuple[str, ...]
    entry: Entry | None


def keep_snapshot(root: Path, project: str, workbook: Path, fields: Fields, **about: Any) -> str:
    """Keep what an exported workbook holds as the base for when it comes back; gives the export's id.

    Call it with the file that was written, before it is handed to anybody. about: plain JSON that is kept with it.
    """
    returned = read_workbook(workbook)
    (export,) = returned.exports
    cells = base_of(returned, fields)
    snapshots.save(root, export, cells, project=project, file=workbook.name, sha256=returned.sha256, **about)
    return export


def bring_in(
    root: Path,
    project: str,
    path: Path,
    *,
    when: str,
    who: str,
    clients: Sequence[str] = (),
    fields: Callable[[Cells], Fields] | Fields,
    asking: Asking = lambda: NO_QUESTIONS,
    before: Callable[[register.Writer], None] = lambda _: None,
    moves: Moves | None = None,
) -> Outcome:
    """Merge a workbook that came back into a project's register.

    project: the id in imsmap.toml. clients: every name that its client has or had; none: not looked at. asking: gives
    what its standards ask for. before: what to record first, once it is sure that the file can be taken. moves: what is
    known of moves to other editions, before which the workbook may have gone out.
    RefusedError, with one line, for a file that can't be; nothing is touched.
    """
    returned, export, base = _read(root, project, clients, path)
    with register.writing(root, when, who) as writer:
        before(writer)
        told = joining.join(writer, asking)
        merged = _merged(root, path, returned, base, writer.cells, fields, asking, moves)
        about: dict[str, Any] = {"file": path.name, "sha256": returned.sha256, "export": export}
        about["counts"] = attrs.asdict(merged.counts)
        if not joining.is_left_alone(root):
            about[joining.JOINED] = True
        entry = writer.commit(IMPORT, merged.cells, **about)
        notes = (*([told] if told else ()), *merged.notes, *writer.notices)
        return _outcome(path, merged, notes, entry)


def look_at(
    root: Path,
    project: str,
    path: Path,
    cells: Cells,
    *,
    clients: Sequence[str] = (),
    fields: Callable[[Cells], Fields] | Fields,
    asking: Asking = lambda: NO_QUESTIONS,
    moves: Moves | None = None,
) -> Outcome:
    """Tell what an import would do to these cells; nothing is written."""
    returned, _, base = _read(root, project, clients, path)
    if joining.is_due(root, cells):
        cells = joining.joined(cells, asking()).cells
    merged = _merged(root, path, returned, base, cells, fields, asking, moves)
    return _outcome(path, merged, merged.notes, None)


@frozen
class _Result:
    """What would become of the register; `already` says that this very file was taken before."""

    cells: dict[Key, Value]
    counts: Counts
    notes: tuple[str, ...] = ()
    already: str = ""


def _read(root: Path, project: str, clients: Sequence[str], path: Path) -> tuple[Returned, str, Cells | None]:
    shown = str(path)
    returned = read_workbook(path, shown)
    export = _checked(root, project, clients, returned, shown)
    return returned, export, snapshots.load(root, export)


def _merged(
    root: Path,
    path: Path,
    returned: Returned,
    base: Cells | None,
    cells: Cells,
    fields: Callable[[Cells], Fields] | Fields,
    asking: Asking,
    moves: Moves | None,
) -> _Result:
    taken = _earlier(root, returned.sha256)
    if taken is not None:
        message = f"{path.name} was imported already ({taken.when}, entry {taken.number}); nothing changed"
        return _Result(dict(cells), Counts(), (), message)
    since = () if moves is None else earlier.before(root, base, returned)
    if moves is not None and since:
        merged = earlier.merged(root, base, cells, returned, since, moves)
    else:
        merged = joining.merged(base, cells, returned, fields(cells) if callable(fields) else fields, asking)
    kept, new = conflicts.kept(merged.cells, merged.clashes, path.name)
    notes = (*merged.notes, *_sent_before(root, returned)) if new else merged.notes
    return _Result(kept, attrs.evolve(merged.counts, conflicts=new), notes)


def _outcome(path: Path, merged: _Result, notes: tuple[str, ...], entry: Entry | None) -> Outcome:
    counts = merged.counts
    anything = entry is not None or counts.changed or counts.conflicts or counts.new_rows
    message = merged.already or (told(counts) if anything else f"nothing in {path.name} is new; nothing changed")
    return Outcome(message, counts, counts.conflicts, len(conflicts.unresolved(merged.cells)), notes, entry)


def told(counts: Counts) -> str:
    """Say in one line what came back."""
    parts = [
        _count(counts.changed, "cell changed", "cells changed"),
        _count(counts.new_rows, "new row", "new rows"),
        _count(counts.own_columns, "new column", "new columns") if counts.own_columns else "",
        _count(counts.own_sheets, "new sheet", "new sheets") if counts.own_sheets else "",
        _count(counts.remarks, "comment", "comments") if counts.remarks else "",
        f"{counts.emptied} emptied" if counts.emptied else "",
        _count(counts.conflicts, "conflict", "conflicts"),
        f"{_count(counts.left, 'thing', 'things')} not taken" if counts.left else "",
        "" if counts.left or counts.untold else "nothing discarded",
    ]
    return ", ".join(part for part in parts if part)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _checked(root: Path, project: str, clients: Sequence[str], returned: Returned, shown: str) -> str:
    """Find the export that a workbook came from; RefusedError if it is not one of this project's."""
    if returned.project and returned.project != project:
        whose = f"of {returned.client} " if returned.client else ""
        raise RefusedError(
            f"{shown}: is a workbook {whose}from another project ({returned.project}); import it in that project's "
            "folder"
        )
    if returned.client and clients and _bare(returned.client) not in map(_bare, clients):
        raise RefusedError(
            f"{shown}: is a workbook of {returned.client}, and this is the project of {clients[0]}, with the same id; "
            f"was it copied, write an id of its own into imsmap.toml (project = ...); has the client a new name, add "
            f'the line formerly = ["{returned.client}"]'
        )
    exports = returned.exports
    if len(exports) > 1:
        raise RefusedError(
            f"{shown}: holds sheets of {len(exports)} exports ({', '.join(exports)}) put together by hand, so it can't "
            "be told who changed what; import each of the files that were sent out by itself"
        )
    if not exports or not snapshots.is_export(exports[0]):
        raise RefusedError(f"{shown}: does not say which export it came from; import the workbook that was sent out")
    if not returned.project and snapshots.about(root, exports[0]) is None:
        raise RefusedError(
            f"{shown}: does not say whose it is, and no export {exports[0]} was made here; import it in the folder of "
            "the project that made it"
        )
    return exports[0]


def _bare(name: str) -> str:
    """Reduce a name to its letters and digits, so that how it was typed or stored makes no other client of it."""
    return "".join(filter(str.isalnum, name.casefold()))


def _earlier(root: Path, sha256: str) -> Entry | None:
    """Find the import of this very file, unless it was taken back."""
    for entry in history.entries(root):
        if entry.what == IMPORT and entry.about.get("sha256") == sha256 and entry.undone is None:
            return entry
    return None


def _sent_before(root: Path, returned: Returned) -> tuple[str, ...]:
    """Tell that another copy of the same export was taken before: what was changed in both is a conflict here."""
    (export,) = returned.exports
    for entry in reversed(history.entries(root)):
        if entry.what == IMPORT and entry.about.get("export") == export and entry.undone is None:
            return (
                f"{entry.about.get('file')}, another copy of the same export, was imported before (entry "
                f"{entry.number}); if this file is simply the later one, imsmap import --resolve --theirs, with the "
                "numbers that --conflicts lists for it, takes its answers",
            )
    return ()
