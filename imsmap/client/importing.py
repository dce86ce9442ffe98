"""Workbooks come back: each read, checked, merged and committed, or refused with nothing of it taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

import attrs

from imsmap.client import conflicts, earlier, history, joining, register, snapshots
from imsmap.client.earlier import Moves
from imsmap.client.history import Entry
from imsmap.client.joining import Asking
from imsmap.client.merge import Clash, Counts, Fields, base_of
from imsmap.errors import DataError, RefusedError
from imsmap.readers.workbook import Returned, read_workbook, sha256_of
from imsmap.readers.workbook.package import FILE_LIMIT
from imsmap.register.cells import Cells, Key, Value
from imsmap.register.findings import Place, with_actions
from imsmap.register.questions import NO_QUESTIONS, SHARED, SHEET
from imsmap.values import frozen

IMPORT = "import"


@frozen
class Outcome:
    """What an import did. message: it in one line; notes: lines to tell; entry: nothing if nothing was new.

    clashes: what is kept as new conflicts. already: this very file was taken before.
    """

    message: str
    counts: Counts
    new_conflicts: int
    open_conflicts: int
    notes: tuple[str, ...]
    entry: Entry | None
    clashes: tuple[Clash, ...] = ()
    already: bool = False


def keep_snapshot(root: Path, project: str, workbook: Path, fields: Fields, **about: Any) -> tuple[str, Cells]:
    """Keep what an exported workbook holds as the base for when it comes back; gives the export's id, and that base.

    Call it with the file that was written, before it is handed to anybody. about: plain JSON that is kept with it.
    """
    returned = read_workbook(workbook)
    (export,) = returned.exports
    cells = base_of(returned, fields)
    snapshots.save(root, export, cells, project=project, file=workbook.name, sha256=returned.sha256, **about)
    return export, cells


@frozen
class Brought:
    """One file of an import: whose answers it holds, when and by whom it was saved, and what became of it.

    outcome: nothing where it could not be taken; refused: why, in one line that begins with its name.
    """

    path: Path
    person: str = ""
    saved: str = ""
    saved_by: str = ""
    outcome: Outcome | None = None
    refused: str = ""


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
    known = Incoming(root, project, clients, fields, asking, moves)
    (one,) = bring_in_all(known, [path], when=when, who=who, before=before)
    assert one.outcome is not None
    return one.outcome


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
    (one,) = look_at_all(Incoming(root, project, clients, fields, asking, moves), [path], cells)
    assert one.outcome is not None
    return one.outcome


@frozen
class Incoming:
    """What is known of the project to which workbooks come back; see `bring_in`."""

    root: Path
    project: str
    clients: Sequence[str]
    fields: Callable[[Cells], Fields] | Fields
    asking: Asking = lambda: NO_QUESTIONS
    moves: Moves | None = None
    places: Callable[[], Mapping[str, Place]] = dict
    """What the rows of the audit checklist are about, for the actions that its findings ask for."""


Step = Callable[[Path, int], None]
"""Told the file that is next, and how many are done."""


def bring_in_all(
    known: Incoming,
    paths: Sequence[Path],
    *,
    when: str,
    who: str,
    before: Callable[[register.Writer], None] = lambda _: None,
    step: Step = lambda _, __: None,
) -> tuple[Brought, ...]:
    """Merge workbooks that came back, each as an entry of the history; one that can't be taken keeps no other out.

    They are merged in the order in which they were saved, whatever the order here. The RefusedError or DataError of the
    first where none can be taken; nothing is touched then.
    """
    files = _read_all(known, paths)
    whole = [one for one in files if isinstance(one, _File)]
    found: list[Brought] = [one for one in files if isinstance(one, Brought)]
    with register.writing(known.root, when, who) as writer:
        before(writer)
        told = joining.join(writer, known.asking)
        first = writer.number + 1
        with writer.together():
            for place, file in enumerate(whole):
                step(file.path, place)
                merged = _merged(known, file, writer.cells)
                about: dict[str, Any] = {"file": file.path.name, "sha256": file.returned.sha256, "export": file.export}
                about |= {name: said for name, said in file.said.items() if said}
                about["counts"] = attrs.asdict(merged.counts)
                if len(whole) > 1:
                    about[register.TOGETHER] = first
                if not joining.is_left_alone(known.root):
                    about[joining.JOINED] = True
                entry = writer.commit(IMPORT, merged.cells, **about)
                notes = (*([told] if told and not place else ()), *merged.notes)
                found.append(_brought(file, _outcome(file.path, merged, notes, entry)))
        notices = tuple(writer.notices)
    if notices and found[-1].outcome is not None:
        last = found[-1].outcome
        found[-1] = attrs.evolve(found[-1], outcome=attrs.evolve(last, notes=(*last.notes, *notices)))
    return _in_order(found, paths)


def look_at_all(
    known: Incoming, paths: Sequence[Path], cells: Cells, step: Step = lambda _, __: None
) -> tuple[Brought, ...]:
    """Tell what an import would do to these cells; nothing is written."""
    files = _read_all(known, paths)
    if joining.is_due(known.root, cells):
        cells = joining.joined(cells, known.asking()).cells
    found: list[Brought] = [one for one in files if isinstance(one, Brought)]
    for place, file in enumerate(one for one in files if isinstance(one, _File)):
        step(file.path, place)
        merged = _merged(known, file, cells)
        cells = merged.cells
        found.append(_brought(file, _outcome(file.path, merged, merged.notes, None)))
    return _in_order(found, paths)


@frozen
class _Result:
    """What would become of the register; `already` says that this very file was taken before."""

    cells: dict[Key, Value]
    counts: Counts
    notes: tuple[str, ...] = ()
    already: str = ""
    clashes: tuple[Clash, ...] = ()


@frozen
class _File:
    """A workbook that can be taken. base: what went out; sent: its own rows, where base tells others', too."""

    path: Path
    returned: Returned
    export: str
    base: Cells | None
    sent: Set[tuple[str, str]] | None
    person: str

    @property
    def said(self) -> Mapping[str, str]:
        """What the history keeps of whose answers these are."""
        found = self.returned
        return {"person": self.person, "saved": found.saved, "saved_by": found.saved_by}


def _read_all(known: Incoming, paths: Sequence[Path]) -> list[_File | Brought]:
    """Read files, those saved first before others; where none can be taken, the first says why."""
    found: list[_File] = []
    refused: list[Brought] = []
    faults: list[RefusedError | DataError] = []
    wholes: dict[str, Cells | None] = {}
    for path in paths:
        try:
            found.append(_read(known, path, wholes))
        except (RefusedError, DataError) as error:
            faults.append(error)
            words = str(error)
            refused.append(Brought(path, refused=words if words.startswith(str(path)) else f"{path}: {words}"))
    if faults and not found:
        raise faults[0] if len(faults) == 1 else RefusedError("\n".join(one.refused for one in refused))
    return [*sorted(found, key=lambda file: (file.returned.saved, file.returned.sha256)), *refused]


def _read(known: Incoming, path: Path, wholes: dict[str, Cells | None]) -> _File:
    known_already = _known_already(known.root, path)
    if known_already is not None:
        return known_already
    shown = str(path)
    returned = read_workbook(path, shown)
    export = _checked(known.root, known.project, known.clients, returned, shown)
    went = snapshots.whole(known.root, export)
    if went is None:
        return _File(path, returned, export, None, None, returned.meta.get("person", ""))
    head, base = went
    person, id_ = (str(head.get(name, "")) for name in (snapshots.PERSON, snapshots.WHOLE))
    if not id_:
        return _File(path, returned, export, base, None, person)
    if id_ not in wholes:
        wholes[id_] = snapshots.load(known.root, id_)
    return _File(path, returned, export, *with_others(base, wholes[id_] or {}), person)


def _known_already(root: Path, path: Path) -> _File | None:
    """Give a file that was imported before, without reading what it holds: nothing more is taken from it."""
    try:
        if not path.is_file() or path.stat().st_size > FILE_LIMIT:
            return None
        returned = Returned(path.name, sha256_of(path), ())
        entry = _earlier(root, returned.sha256)
    except (OSError, DataError):
        return None  # who reads it says what is wrong
    if entry is None:
        return None
    said = {name: str(entry.about.get(name, "")) for name in ("export", "person", "saved", "saved_by")}
    returned = attrs.evolve(returned, saved=said["saved"], saved_by=said["saved_by"])
    return _File(path, returned, said["export"], None, None, said["person"])


def with_others(base: Cells, whole: Cells) -> tuple[Cells, Set[tuple[str, str]]]:
    """Give what went out in one person's workbook with the rows of others beside it, and which rows were sent.

    whole: the rows of everybody as they went out at the same time.
    """
    sent = {(key.sheet, key.row) for key in base}
    sheets = {sheet for sheet, _ in sent}
    others = {
        key: value
        for key, value in whole.items()
        if key.sheet in sheets and not key.row.startswith("@") and (key.sheet, key.row) not in sent
    }
    return {**others, **base}, sent


def _merged(known: Incoming, file: _File, cells: Cells) -> _Result:
    root, path, returned, base, fields = known.root, file.path, file.returned, file.base, known.fields
    taken = _earlier(root, returned.sha256)
    if taken is not None:
        message = f"{path.name} was imported already ({taken.when}, entry {taken.number}); nothing changed"
        return _Result(dict(cells), Counts(), (), message)
    if not returned.sheets:
        # It was imported before, and another command took that back at this very moment.
        file = _read(known, path, {})
        returned, base = file.returned, file.base
    since = () if known.moves is None else earlier.before(root, base, returned)
    if known.moves is not None and since:
        merged = earlier.merged(root, base, cells, returned, since, known.moves, file.sent)
    else:
        ours = fields(cells) if callable(fields) else fields
        merged = joining.merged(base, cells, returned, ours, known.asking, file.sent)
    clashes = merged.clashes if file.sent is None else _of_standards(merged.clashes, base or {}, file.sent, cells)
    kept, new = conflicts.kept(merged.cells, clashes, path.name, file.person)
    notes = (*merged.notes, *_sent_before(root, returned)) if new else merged.notes
    with_findings = with_actions(cells, kept, known.places)
    kept, notes = with_findings.cells, (*notes, *filter(None, (with_findings.told,)))
    count = max((conflict.number for conflict in conflicts.listed(merged.cells)), default=0)
    fresh = tuple(conflict.clash for conflict in conflicts.unresolved(kept) if conflict.number > count)
    return _Result(kept, attrs.evolve(merged.counts, conflicts=new), notes, clashes=fresh)


def _of_standards(clashes: Sequence[Clash], base: Cells, sent: Set[tuple[str, str]], ours: Cells) -> tuple[Clash, ...]:
    """Let what somebody wrote for all standards be a conflict of those alone whose verdicts they were asked for.

    Who was asked for every verdict of the question speaks for all of it, as its row does.
    """
    asked: dict[str, list[str]] = {}
    for key, value in base.items():
        if key.sheet == SHEET and key.field == "question" and key.row != value:
            asked.setdefault(str(value), []).append(key.row)
    found: list[Clash] = []
    for clash in clashes:
        key = clash.key
        points = asked.get(key.row, []) if key.sheet == SHEET and key.field in SHARED else []
        theirs = [point for point in points if (SHEET, point) in sent]
        if not theirs or len(theirs) == len(points):
            found.append(clash)
            continue
        # What is said for all says nothing for a standard that has its own.
        keys = [own for point in theirs if (own := key._replace(row=point)) not in ours] or [key]
        found += [attrs.evolve(clash, key=own) for own in keys]
    return tuple(sorted(found, key=lambda clash: clash.key))


def _outcome(path: Path, merged: _Result, notes: tuple[str, ...], entry: Entry | None) -> Outcome:
    counts = merged.counts
    anything = entry is not None or counts.changed or counts.conflicts or counts.new_rows
    message = merged.already or (told(counts) if anything else f"nothing in {path.name} is new; nothing changed")
    waiting = len(conflicts.unresolved(merged.cells))
    return Outcome(message, counts, counts.conflicts, waiting, notes, entry, merged.clashes, bool(merged.already))


def _brought(file: _File, outcome: Outcome) -> Brought:
    return Brought(file.path, file.person, file.returned.saved, file.returned.saved_by, outcome)


def _in_order(found: Sequence[Brought], paths: Sequence[Path]) -> tuple[Brought, ...]:
    return tuple(sorted(found, key=lambda one: paths.index(one.path)))


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
