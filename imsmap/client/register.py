"""The register: what people wrote, as plain files that can be read, compared and edited, and changed all at once.

A change of state is real from the moment at which its file stands in the history, by one rename. The register's files
follow; if a stop comes between, the next command finds that `.state` is behind the history and brings them up. Files
that are neither as `.state` says nor as the history says were edited by hand: they are taken as they are, and the next
command that writes records the edits as an entry of their own. So whoever reads finds the old state or the new.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import define, evolve, field

from imsmap import files
from imsmap.client import history, lines, lock
from imsmap.client.history import Change, Entry
from imsmap.errors import DataError, ImsmapError, OutputError, Problem
from imsmap.register.cells import Cells, Key, Value, to_json
from imsmap.values import frozen

FOLDER = "register"
BY_HAND = "by-hand"
TOGETHER = "together"
"""What an entry says that is one of several of the same command: the number of the first."""
WITHOUT_HISTORY = "without-history"
"""The entry that takes the register as it is, after files of its history were lost."""
CONFLICTS = "@conflicts"
"""The sheet under which conflicts are kept, in `conflicts.jsonl`."""
_BY = ("row", "field")
_STATE = ".state"
_TRIES = 5


@frozen
class Register:
    """The register as it is; `by_hand` are edits of its files that the history does not know yet."""

    root: Path
    number: int
    cells: Cells
    by_hand: tuple[Change, ...] = ()
    notices: tuple[str, ...] = ()
    current: bool = True
    """Whether the files say all this, or have to be brought up to it."""
    lost: bool = False
    """Whether the history ends before the state for which the files were written."""


def read(root: Path) -> Register:
    """Read a project's register, changing nothing; DataError names every file and line that is broken."""
    for _ in range(_TRIES):
        before = history.newest(root)
        found = _read(root, before)
        # A command that writes at this moment would show a mixture: look again.
        if found.current or history.newest(root) == before:
            return found
    raise OutputError(f"{root}: another command keeps writing here; try again when it is done")


@contextlib.contextmanager
def writing(root: Path, when: str, who: str) -> Iterator[Writer]:
    """Hold a project for writing: bring it up to its history, record edits by hand, then commit or undo.

    when, who: go into the history. OutputError if another command writes here, or nothing can be written.
    """
    folder = root / FOLDER
    files.make_folder(folder)
    with lock.held(folder, f"since {when}") as stopped:
        for place in (folder, root / history.FOLDER, root / "snapshots"):
            files.sweep(place)
        found = read(root)
        writer = Writer(root, when, who, found.number, dict(found.cells), list(found.notices))
        if stopped:
            writer.notices.append(f"an earlier command ({stopped}) was stopped midway; the register is whole")
        if found.by_hand:
            writer.record(WITHOUT_HISTORY if found.lost else BY_HAND, found.by_hand)
        elif not found.current:
            writer.settle()
        yield writer


@define
class Writer:
    """A project held for writing; `cells` is its state, `notices` what a person should be told."""

    root: Path
    when: str
    who: str
    number: int
    cells: dict[Key, Value]
    notices: list[str] = field(factory=list)
    waits: bool = False
    """Whether the register's files are to follow later, as several entries come one after the other."""

    def commit(self, what: str, new: Cells, **about: Any) -> Entry | None:
        """Change the state to these cells as one entry of the history; nothing if they are the same.

        what: a word such as `import`. about: plain JSON, kept in the entry's head. OutputError: nothing was changed.
        """
        changed = history.difference(self.cells, new)
        return self.record(what, changed, **about) if changed else None

    def record(self, what: str, changed: tuple[Change, ...], **about: Any) -> Entry:
        """Write changes as an entry, then bring the register's files up to it."""
        entry = Entry(self.number + 1, what, self.when, self.who, len(changed), about)
        history.write(self.root, entry, changed)
        self.number = entry.number
        history.apply(self.cells, changed)
        if not self.waits:
            self.settle()
        return entry

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Let the register's files follow once, after several entries."""
        before = self.number
        self.waits = True
        try:
            yield
        finally:
            self.waits = False
            if self.number != before:
                self.settle()

    def undo(self) -> Entry:
        """Turn the last entry round that was not taken back yet; the register is byte for byte as before it."""
        for last in reversed(history.entries(self.root)):
            if last.undoes is None and last.undone is None:
                changed = tuple(Change(c.key, c.new, c.old) for c in history.changes(self.root, last.number))
                return self.record(history.UNDO, changed, undoes=last.number)
        raise ImsmapError(f"{self.root}: there is nothing to undo; no change is in the history that stands")

    def undo_together(self) -> list[Entry]:
        """Turn the last entry round, with those that were made together with it."""
        found = [self.undo()]
        standing = {entry.number: entry for entry in history.entries(self.root)}
        first = standing[int(str(found[0].about["undoes"]))].about.get(TOGETHER)
        with self.together():
            while first is not None:
                before = [e for e in standing.values() if e.undoes is None and e.undone is None]
                if not before or before[-1].about.get(TOGETHER) != first:
                    break
                found.append(self.undo())
                standing = {entry.number: entry for entry in history.entries(self.root)}
        return found

    def settle(self) -> None:
        """Bring the register's files up to the state; what can't be written now is left to the next command."""
        folder = self.root / FOLDER
        try:
            hashes = {}
            for name, content in _files(self.cells).items():
                hashes[name] = _hash(content)
                if not _holds(folder / name, content):
                    files.put(folder / name, content)
            for path in _register_files(folder):
                if path.name not in hashes:
                    files.remove(path)
            state = {"imsmap": lines.FORMAT, "state": self.number, "files": hashes}
            files.put(folder / _STATE, json.dumps(state, indent=1).encode() + b"\n")
        except OutputError as error:
            self.notices.append(f"{error}; the change is safe in the history, and the next command sets the file right")


def _read(root: Path, number: int) -> Register:
    folder = root / FOLDER
    state, hashes = _state(folder)
    contents = {path.name: files.read(path, _shown(path)) for path in _register_files(folder)}
    if state == number and hashes == {name: _hash(content) for name, content in contents.items()}:
        return Register(root, number, _cells(contents))
    found = _compared(root, number, number if state is None else min(state, number), contents)
    if state is None or state <= number:
        return found
    ends = f"ends with entry {number}" if number else "is empty"
    notice = (
        f"{history.FOLDER}/ {ends} but the register is of entry {state}: its answers are taken as they are; how they "
        "came about is told only by a copy of the project that still has these files"
    )
    further = found.notices[:-1] if found.by_hand else found.notices
    return evolve(found, notices=(notice, *further), lost=True)


def _compared(root: Path, number: int, state: int, contents: Mapping[str, bytes]) -> Register:
    """Hold the files against the history: behind it, as it says, or edited by hand."""
    after = history.fold(root, number)
    due = _files(after)
    behind: dict[str, bytes] | None = None
    if state < number:
        behind = _files(history.fold(root, state))
    notices = []
    cells = dict(after)
    by_hand: list[Change] = []
    broken: list[Problem] = []
    for name in sorted(due.keys() | contents.keys()):
        content = contents.get(name)
        if content == due.get(name) or (behind is not None and content == behind.get(name)):
            continue
        if content is None:
            # A whole file that is gone was lost rather than emptied: nobody's notes are dropped for it.
            notices.append(f"{FOLDER}/{name} was missing; it comes back from the history")
            continue
        try:
            there = _cells({name: content})
        except DataError as error:
            broken += error.problems
            continue
        sheets = {key.sheet for key in there} or {_sheet_of(content)}
        candidates = [history.difference(_of(after, sheets), there)]
        if behind is not None:
            # Whoever edited after a stop had the older text before them: only their edits count, on the new state.
            candidates.append(history.difference(_of(_cells(behind), sheets), there))
        edits = min(candidates, key=len)
        by_hand += [Change(change.key, after.get(change.key), change.new) for change in edits]
    if broken:
        raise DataError(broken)
    history.apply(cells, by_hand)
    real = tuple(change for change in history.difference(after, cells))
    if real:
        count = len(real)
        notices.append(
            f"{count} cell{'s' if count > 1 else ''} of the register {'were' if count > 1 else 'was'} edited by hand"
        )
    return Register(root, number, cells, real, tuple(notices), current=False)


def _of(cells: Cells, sheets: set[str]) -> dict[Key, Value]:
    return {key: value for key, value in cells.items() if key.sheet in sheets}


def _files(cells: Cells) -> dict[str, bytes]:
    """Make the register's files: one for each sheet, a line for each cell, sorted."""
    sheets: defaultdict[str, list[Key]] = defaultdict(list)
    for key in sorted(cells):
        sheets[key.sheet].append(key)
    return {
        file_name(sheet): lines.dump_values(
            {"sheet": sheet}, _BY, (((key.row, key.field), to_json(cells[key])) for key in keys)
        )
        for sheet, keys in sheets.items()
    }


def file_name(sheet: str) -> str:
    """Name the file of a sheet so that any system takes it, and no two sheets share one."""
    if sheet == CONFLICTS:
        return "conflicts.jsonl"
    if re.fullmatch(r"[a-z][a-z0-9_-]{0,60}", sheet) and sheet != "conflicts" and not sheet.startswith("own-"):
        return f"{sheet}.jsonl"
    plain = unicodedata.normalize("NFKD", sheet.removeprefix("own:")).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
    mark = hashlib.sha256(sheet.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"own-{words}-{mark}.jsonl" if words else f"own-{mark}.jsonl"


def _cells(contents: Mapping[str, bytes]) -> dict[Key, Value]:
    cells: dict[Key, Value] = {}
    problems: list[Problem] = []
    for name, content in contents.items():
        shown = f"{FOLDER}/{name}"
        try:
            _take(cells, content, shown, problems)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return cells


def _take(cells: dict[Key, Value], content: bytes, shown: str, problems: list[Problem]) -> None:
    head, found = lines.values(content, shown, _BY)
    sheet = head.get("sheet")
    name = shown.rpartition("/")[2]
    if not isinstance(sheet, str) or file_name(sheet) != name:
        words = f"its head names the sheet {sheet!r}, which is not this file's; put the file back from a copy"
        problems.append(Problem(shown, 1, words))
        return
    first: dict[tuple[str, ...], int] = {}
    for number, by, value in found:
        if first.setdefault(by, number) != number:
            row, column = by
            words = f"row {row!r}, field {column!r} is here twice, first in line {first[by]}; keep one"
            problems.append(Problem(shown, number, words))
        if value is not None:
            cells[Key._make((sheet, *by))] = value


def _sheet_of(content: bytes) -> str:
    return str(lines.head(content.partition(b"\n")[0], FOLDER).get("sheet"))


def _state(folder: Path) -> tuple[int | None, Mapping[str, str]]:
    """Read which state the files were written for; nothing if it does not say: then the history tells."""
    try:
        found = json.loads((folder / _STATE).read_bytes())
        number, hashes = found["state"], found["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return None, {}
    return (number, hashes) if isinstance(number, int) and isinstance(hashes, dict) else (None, {})


def _register_files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".jsonl" and not path.name.startswith("."))
    except FileNotFoundError:
        return []
    except OSError as error:
        words = f"cannot be read ({files.reason(error)}); check its rights"
        raise DataError([Problem(FOLDER, None, words)]) from None


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _shown(path: Path) -> str:
    return f"{FOLDER}/{path.name}"
