"""What happened to a project: one file for each change of state, never changed once written.

The history is the truth: the register is what all entries in order make, and any older state can be made again.
`history/0007-import.jsonl` has a head (what, when, who, and what the command adds: file, sha256, export, counts) and a
line for each cell that changed: sheet, row, field, old, new; what was or is blank is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import field

from imsmap import files
from imsmap.client import lines
from imsmap.errors import DataError, Problem
from imsmap.register.cells import Cells, Key, Value, identical, to_json
from imsmap.values import frozen

FOLDER = "history"
UNDO = "undo"
_NAME = re.compile(r"([0-9]{4,})-([a-z-]+)\.jsonl")
_OWN = ("imsmap", "entry", "what", "when", "who", "changes")


@frozen
class Change:
    """A cell that changed; nothing stands for blank."""

    key: Key
    old: Value | None
    new: Value | None


@frozen
class Entry:
    """One change of state, without its cells; `about` holds what the command said about it."""

    number: int
    what: str
    when: str
    who: str
    count: int
    about: lines.Record = field(factory=dict)
    undone: int | None = None
    """The entry that took this one back."""

    @property
    def answered_by(self) -> str:
        """Give whose answers these are: of the person whose file came back, else of who was at work."""
        person = self.about.get("person")
        return person if isinstance(person, str) and person else self.who

    @property
    def undoes(self) -> int | None:
        """Give the entry that this one took back."""
        number = self.about.get("undoes")
        return number if isinstance(number, int) else None


def newest(root: Path) -> int:
    """Give the number of the newest entry, 0 if nothing happened yet."""
    return max((number for number, _ in _files(root)), default=0)


def newest_name(root: Path) -> str:
    """Give the name of the newest entry's file; nothing if there is none."""
    return max(_files(root), default=(0, Path()))[1].name


def entries(root: Path) -> tuple[Entry, ...]:
    """Give all entries in order; DataError names one that is missing or broken."""
    found = []
    for number, path in _whole(root):
        shown = _shown(path)
        try:
            with path.open("rb") as file:
                head = lines.head(file.readline(), shown)
        except OSError as error:
            words = f"cannot be read ({files.reason(error)}); check its rights"
            raise DataError([Problem(shown, None, words)]) from None
        found.append(_entry(head, number, shown))
    taken_back = {entry.undoes: entry.number for entry in found if entry.undoes is not None}
    return tuple(
        Entry(e.number, e.what, e.when, e.who, e.count, e.about, taken_back.get(e.number)) for e in found
    )  # fmt: skip


def changes(root: Path, number: int) -> tuple[Change, ...]:
    """Give the cells that an entry changed; DataError if its file is broken."""
    for found, path in _files(root):
        if found == number:
            return _changes(path, number)
    raise DataError([Problem(f"{FOLDER}/{number:04}-*.jsonl", None, "is missing; put it back from a copy")])


def said_by(root: Path, keys: Iterable[Key]) -> dict[Key, Entry]:
    """Give for each of some cells the entry that gave it what it holds; nothing for one that was never changed."""
    wanted = frozenset(keys)
    found: dict[Key, Entry] = {}
    for entry in entries(root) if wanted else ():
        if entry.undone is None and entry.undoes is None:
            found |= {change.key: entry for change in changes(root, entry.number) if change.key in wanted}
    return found


def fold(root: Path, number: int) -> dict[Key, Value]:
    """Make the state after an entry anew, from all that happened up to it."""
    cells: dict[Key, Value] = {}
    for found, path in _whole(root):
        if found > number:
            break
        apply(cells, _changes(path, found))
    return cells


def states(root: Path) -> Iterator[tuple[int, Cells]]:
    """Make the state after each entry anew, one after the other; each holds until the next is asked for."""
    cells: dict[Key, Value] = {}
    for number, path in _whole(root):
        apply(cells, _changes(path, number))
        yield number, cells


def apply(cells: dict[Key, Value], changed: Iterable[Change]) -> None:
    """Bring changes into cells; doing so twice changes nothing more."""
    for change in changed:
        key, new = change.key, change.new
        if new is None:
            cells.pop(key, None)
        else:
            cells[key] = new


def difference(old: Cells, new: Cells) -> tuple[Change, ...]:
    """Give what changed between two states, in order."""
    keys = [key for key in old.keys() | new.keys() if not identical(old.get(key), new.get(key))]
    return tuple(Change(key, old.get(key), new.get(key)) for key in sorted(keys))


def write(root: Path, entry: Entry, changed: Sequence[Change]) -> None:
    """Write an entry: the moment at which a change of state becomes real. OutputError leaves the old state."""
    folder = root / FOLDER
    files.make_folder(folder)
    head = {
        "entry": entry.number, "what": entry.what, "when": entry.when, "who": entry.who, "changes": len(changed),
        **entry.about,
    }  # fmt: skip
    files.put(folder / f"{entry.number:04}-{entry.what}.jsonl", lines.dump(head, map(_record, changed)))


def _record(change: Change) -> dict[str, Any]:
    record: dict[str, Any] = dict(change.key._asdict())
    if change.old is not None:
        record["old"] = to_json(change.old)
    if change.new is not None:
        record["new"] = to_json(change.new)
    return record


def _entry(head: lines.Record, number: int, shown: str) -> Entry:
    texts = [head.get(name) for name in ("what", "when", "who")]
    count = head.get("changes")
    if head.get("entry") != number or not isinstance(count, int) or not all(isinstance(text, str) for text in texts):
        words = "is no head of this entry of the history; put the file back from a copy"
        raise DataError([Problem(shown, 1, words)])
    what, when, who = map(str, texts)
    return Entry(number, what, when, who, count, {name: head[name] for name in head if name not in _OWN})


def _changes(path: Path, number: int) -> tuple[Change, ...]:
    shown = _shown(path)
    found = lines.load(files.read(path, shown), shown)
    entry = _entry(found.head, number, shown)
    problems: list[Problem] = []
    result = []
    for line, key, record in lines.texts(found, Key._fields, ("old", "new")):
        old = lines.value(found, line, record.get("old"), problems)
        new = lines.value(found, line, record.get("new"), problems)
        result.append(Change(Key._make(key), old, new))
    if len(result) != entry.count:
        words = f"has {len(result)} of {entry.count} changes; put the file back from a copy"
        problems.append(Problem(shown, None, words))
    if problems:
        raise DataError(problems)
    return tuple(result)


def _whole(root: Path) -> list[tuple[int, Path]]:
    """Give the files of all entries from the first on, without a gap."""
    files = _files(root)
    problems = []
    for expected, (number, path) in enumerate(files, 1):
        if number != expected:
            words = (
                f"there are two entries {number}; two copies of the project were mixed, so keep the whole folder of one"
                if number < expected
                else f"the entry before it, {expected}, is missing; put the file back from a copy"
            )
            problems.append(Problem(_shown(path), None, words))
            break
    if problems:
        raise DataError(problems)
    return files


def _files(root: Path) -> list[tuple[int, Path]]:
    try:
        names = sorted(path for path in (root / FOLDER).iterdir() if _NAME.fullmatch(path.name))
    except FileNotFoundError:
        return []
    except OSError as error:
        words = f"cannot be read ({files.reason(error)}); check its rights"
        raise DataError([Problem(FOLDER, None, words)]) from None
    return sorted((int(path.name.partition("-")[0]), path) for path in names)


def _shown(path: Path) -> str:
    return f"{FOLDER}/{path.name}"
