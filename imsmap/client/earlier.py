"""A workbook that went out before a move to another edition comes back after it: nothing in it is lost.

It is merged as it went out, with the answers as they were just before the move; both states are then moved, and what
differs between them is what somebody changed in the workbook, in terms of the edition of now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from pathlib import Path

from attrs import evolve

from imsmap.client import history, joining, moved
from imsmap.client.history import Change, Entry
from imsmap.client.joining import Asking
from imsmap.client.merge import Clash, Fields, Merged
from imsmap.readers.workbook import Returned
from imsmap.register.cells import ACTION, Cells, Key, Value, beside, identical, same
from imsmap.register.moving import BEFORE, MOVED, Move
from imsmap.register.questions import EQUAL, SHEET, Questions
from imsmap.values import frozen


@frozen
class Moves:
    """What is known of a project's moves: how one goes, and what its standards ask for, before or after some."""

    move: Callable[[Entry], Move]
    asking: Callable[[Sequence[str]], Questions]
    fields: Callable[[Sequence[str], Cells], Fields]
    names: Mapping[str, str]
    """What editions are called, by key."""


def before(root: Path, base: Cells | None, returned: Returned) -> tuple[Entry, ...]:
    """Give the moves since a workbook went out, which its rows tell; none, if there was none."""
    standing = moved.followed(root)
    if not standing:
        return ()
    cited = _standards(_rows(base, returned))
    for place, entry in enumerate(standing):
        if way := moved.way_told(entry):
            if _has_words(base, returned, way["texts"]):
                return standing[place:]
        elif entry.about.get("old") in cited and entry.about.get("new") not in cited:
            return standing[place:]
    return ()


def _has_words(base: Cells | None, returned: Returned, texts: Mapping[str, str]) -> bool:
    """Tell whether a workbook holds requirements in the words that they had before a list was brought anew."""
    if base is not None:
        return any(base.get(Key(SHEET, ref, "text")) == text for ref, text in texts.items())
    for sheet in returned.sheets:
        if sheet.key != SHEET or sheet.marker is None:
            continue
        place = next((column for column, name in sheet.keys.items() if name == "text"), 0)
        for cells in sheet.rows.values():
            ref = str(cells.get(sheet.marker.column, ""))
            if ref in texts and cells.get(place) == texts[ref]:
                return True
    return False


def merged(
    root: Path,
    base: Cells | None,
    ours: Cells,
    returned: Returned,
    since: Sequence[Entry],
    moves: Moves,
    sent: Set[tuple[str, str]] | None = None,
) -> Merged:
    """Merge a workbook from before some moves into the answers of now; sent: as in `joining.merged`."""
    first = since[0]
    told = moved.way_told(first) or first.about
    standards = [str(key) for key in told.get("standards", ())]
    then = history.fold(root, first.number - 1)
    asking: Asking = lambda: moves.asking(standards)  # noqa: E731
    found = joining.merged(base, then, returned, moves.fields(standards, then), asking, sent)
    was, theirs = dict(then), found.cells
    clashes = list(found.clashes)
    for entry in since:
        move = moves.move(entry)
        clashes = [_moved(move, clash) for clash in clashes]
        was, theirs = move.move(was).cells, move.move(theirs).cells
    cells = dict(ours)
    for key in sorted(was.keys() | theirs.keys()):
        if identical(was.get(key), theirs.get(key)) or same(ours.get(key), theirs.get(key)):
            continue
        if same(ours.get(key), was.get(key)):
            history.apply(cells, (Change(key, was.get(key), theirs.get(key)),))
        elif key.field not in (MOVED, BEFORE):
            clashes.append(Clash(key, was.get(key), ours.get(key), theirs.get(key)))
    count = sum(not identical(ours.get(key), cells.get(key)) for key in cells.keys() | ours.keys())
    cells_ = f"{count} cell{'' if count == 1 else 's'}"
    ends = [[str(e.about.get(end)) for end in ("old", "new")] for e in since if not moved.way_told(e)]
    names = " and ".join(" to ".join(moves.names.get(key, key) for key in keys) for keys in ends)
    lists = ", ".join(str(way["name"]) for e in since if (way := moved.way_told(e)))
    if names:
        note = f"it went out before the move from {names}: {cells_} followed to the new edition"
    else:
        note = f"it went out before {lists} was brought anew: {cells_} followed its requirements"
    return evolve(found, cells=cells, clashes=tuple(clashes), notes=(note, *found.notes))


def _moved(move: Move, clash: Clash) -> Clash:
    """Give a conflict in terms of the edition to which its cell went."""
    probe: dict[Key, Value] = {clash.key: "?"}
    _, bare = beside(clash.key.field)
    went = [key for key in move.move(probe).cells if key.field == clash.key.field or key.field.startswith(bare)]
    return clash if not went else evolve(clash, key=min(went, key=lambda key: key.field != clash.key.field))


def _rows(base: Cells | None, returned: Returned) -> Iterable[str]:
    for key in base or ():
        yield key.row
    for sheet in returned.sheets:
        if sheet.key is not None and sheet.marker is not None:
            for cells in sheet.rows.values():
                yield str(cells.get(sheet.marker.column, ""))


def _standards(rows: Iterable[str]) -> set[str]:
    """Name the standards that rows cite."""
    cited = (row.removeprefix(ACTION).removeprefix(EQUAL).partition(":") for row in rows)
    return {key for key, mark, _ in cited if mark}
