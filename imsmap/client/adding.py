"""A standard or mapping sets of a project's own come into its `mappings/`, among its standards, and back.

All of it is one entry of the history, which holds the files as they were and became (`moved.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from imsmap import files
from imsmap.api.bringing import Addition
from imsmap.client.moved import ADDED, LIST, put
from imsmap.client.register import Writer
from imsmap.client.settings import FILE, Project
from imsmap.errors import DataError, UsageError
from imsmap.library.load import OWN
from imsmap.readers import toml
from imsmap.readers.toml import quoted


def add(writer: Writer, project: Project, addition: Addition, name: str, listed: Sequence[str]) -> bool:
    """Put what a file brings into the project; False if all of it is there already.

    name: of the file. listed: the keys of standards that shall be among those of the project, in which they are not
    yet. DataError, and nothing is changed, where anything is wrong with what was brought.
    """
    if addition.problems:
        raise DataError(addition.problems)
    changed = {f"{OWN.as_posix()}/{path}": content for path, content in addition.files.items()}
    if listed:
        before = files.read(project.root / FILE, FILE).decode("utf-8")
        changed[FILE] = with_standards(before, project.standards, listed).encode("utf-8")
    now = {path: _held(project, path) for path in changed}
    told = {
        path: {"before": _text(now[path]), "after": _text(content)}
        for path, content in changed.items()
        if content != now[path]
    }
    if not told:
        return False
    brought = [standard.key for standard in addition.brought.standards]
    writer.record(ADDED, (), file=name, standards=brought, files=told)
    for path in told:
        put(project.root, path, changed[path])
    return True


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
