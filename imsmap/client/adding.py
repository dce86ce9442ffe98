"""A standard or mapping sets of a project's own come into its `mappings/`, among its standards, and back.

All of it is one entry of the history, which holds the files as they were and became (`moved.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from imsmap import files
from imsmap.api.bringing import Addition
from imsmap.client import conflicts, history, lines, processes
from imsmap.client.merge import Clash
from imsmap.client.migrating import check_no_conflict
from imsmap.client.moved import ADDED, LIST, put
from imsmap.client.register import Writer
from imsmap.client.renewing import Renewed, as_json, follow
from imsmap.client.settings import FILE, Project
from imsmap.errors import DataError, UsageError
from imsmap.library.load import OWN
from imsmap.readers import toml
from imsmap.readers.toml import quoted
from imsmap.register.cells import Cells, Key, Value, from_json, same, to_json
from imsmap.register.moving import Fate
from imsmap.values import frozen

Renewing = Callable[[Cells], Renewed]
"""Lets answers follow a standard that is brought anew."""


@frozen
class Added:
    """What an addition did: whether anything changed, how many answers and conflicts it brought, and which moved."""

    changed: bool
    answers: int = 0
    conflicts: int = 0
    fates: tuple[Fate, ...] = ()


def add(
    writer: Writer, project: Project, addition: Addition, name: str, listed: Sequence[str],
    anew: Renewing | None = None, listing: processes.Processes | None = None,
) -> Added:  # fmt: skip
    """Put what a file brings into the project, as one entry of the history.

    name: of the file. listed: the keys of standards that shall be among those of the project, in which they are not
    yet. anew: lets the answers follow a standard that was there. listing: the processes, whose file whoever called
    writes afterwards; what it will hold is told beforehand, for the case that nobody gets there. DataError, and nothing
    is changed, where anything is wrong with what was brought.
    """
    if addition.problems:
        raise DataError(addition.problems)
    wanted = {f"{OWN.as_posix()}/{path}": content for path, content in addition.files.items()}
    if listed:
        before = files.read(project.root / FILE, FILE).decode("utf-8")
        wanted[FILE] = with_standards(before, project.standards, listed).encode("utf-8")
    now = {path: _held(project, path) for path in wanted}
    told = {
        path: {"before": _text(now[path]), "after": _text(content)}
        for path, content in wanted.items()
        if content != now[path]
    }
    keys = [standard.key for standard in addition.brought.standards]
    said = addition.brought.answers
    told_before = said_before(project, keys)
    found = None if anew is None else anew(writer.cells)
    if found is not None and found.fates:
        check_no_conflict(writer)
    followed: dict[str, lines.Record] = {}
    if found is not None and (found.way.targets or found.way.clauses):
        followed["way"] = as_json(found.way, found.standards)
    if found is not None:
        told_before = follow(told_before, found.way)
    cells, clashes = answered(writer.cells if found is None else found.cells, said, told_before)
    cells, new = conflicts.kept(cells, clashes, name)
    changed = history.difference(writer.cells, cells)
    if not told and not changed:
        return Added(changed=False)
    lasting = [{**key._asdict(), "value": to_json(value)} for key, value in sorted(said.items())]
    also = {} if listing is None else _listed_anew(project, cells, listing)
    writer.record(ADDED, changed, file=name, standards=keys, files=told | also, answers=lasting, **followed)
    for path in told:
        put(project.root, path, wanted[path])
    filled = sum(not same(cells.get(key), told_before.get(key)) and same(cells.get(key), said[key]) for key in said)
    return Added(True, filled, new, () if found is None else found.fates)


def _listed_anew(project: Project, cells: Cells, listing: processes.Processes) -> dict[str, lines.Record]:
    """Tell what the list of processes will hold: with the marks of old numbers nobody could read it any more."""
    before, after = _held(project, processes.FILE), processes.becomes(project.root, cells, listing)
    try:
        told = {"before": _text(before), "after": _text(after)}
    except UnicodeDecodeError:
        return {}  # an entry of the history holds text; of another encoding the next command names the lines
    return {} if before == after else {processes.FILE: told}


def answered(cells: Cells, said: Cells, before: Cells) -> tuple[dict[Key, Value], list[Clash]]:
    """Merge what a list says into the register: what it says anew is taken, unless people answered otherwise.

    before: what the list said the last time. What both changed differently is a clash; what a list says no more, stays.
    """
    found, clashes = dict(cells), []
    for key, theirs in said.items():
        ours, base = cells.get(key), before.get(key)
        if same(theirs, base) or same(theirs, ours):
            continue
        if ours is None or same(ours, base):
            found[key] = theirs
        else:
            clashes.append(Clash(key, base, ours, theirs))
    return found, clashes


def said_before(project: Project, keys: Sequence[str]) -> dict[Key, Value]:
    """Give what the last list that brought some standards said for the register, unless it was taken back."""
    for entry in reversed(history.entries(project.root)):
        told = entry.about.get("answers")
        if entry.what == ADDED and entry.undone is None and entry.about.get("standards") == list(keys):
            return dict(_cells(told if isinstance(told, list) else []))
    return {}


def _cells(told: Sequence[object]) -> Iterator[tuple[Key, Value]]:
    for one in told:
        if isinstance(one, dict) and all(isinstance(one.get(name), str) for name in Key._fields):
            value = from_json(one.get("value"))
            if value is not None:
                yield Key(*(one[name] for name in Key._fields)), value


def _held(project: Project, path: str) -> bytes | None:
    try:
        return (project.root / path).read_bytes()
    except FileNotFoundError:
        return None


def _text(content: bytes | None) -> str | None:
    return None if content is None else content.decode("utf-8")


def with_standards(before: str, there: Sequence[str], listed: Sequence[str]) -> str:
    """Write further standards at the end of the list in an `imsmap.toml`, and change nothing else."""
    match = LIST.search(before)
    wanted = [*there, *listed]
    if match is not None:
        held = match[3].rstrip()
        # A comment behind the last one reaches to the end of its line.
        breaks = "\n" if "#" in held.rpartition("\n")[2] else ""
        comma = "" if not held.strip() or held.endswith(",") else ","
        more = ", ".join(map(quoted, listed))
        for after in (
            before[: match.start(3)] + f"{held}{comma} {more}" + before[match.end(3) :],
            before[: match.start(3)] + f"{held}{breaks}{comma} {more}\n" + before[match.end(3) :],
        ):
            if _standards(after) == wanted:
                return after
    raise UsageError(
        f"{FILE}: the list of standards is written in a way that can't be changed here; write it on one line, as "
        f"standards = [{', '.join(map(quoted, there))}], then add again"
    )


def _standards(text: str) -> object:
    try:
        values: Mapping[str, object] = toml.parse(text.encode("utf-8"), FILE, "").values
    except DataError:
        return None
    return values.get("standards")
