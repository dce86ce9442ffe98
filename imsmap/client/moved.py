"""What stands in a project's history and changes files beside the register: moves to other editions, and additions.

An entry holds the files as they were and became. It is real once it stands; whoever reads the settings next brings the
files up to it, if a stop came between, and undoing it puts them back.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from imsmap import files
from imsmap.client import history, lines
from imsmap.client.history import Entry
from imsmap.client.place import FILE
from imsmap.errors import OutputError

MIGRATED = "migrate"
"""The entry of the history that moves answers to another edition."""
ADDED = "add"
"""The entry that adds a standard or mapping sets to the project's own, or brings them anew."""
LISTED = re.compile(r"""(?P<mark>["'])(?P<name>[^"'\n]*)(?P=mark)|#[^\n]*(?=\n)""")
"""A standard in that list, or a comment, which is none."""
LIST = re.compile(
    r"""^([ \t]*(?P<quote>["']?)standards(?P=quote)[ \t]*=[ \t]*\[)"""
    r"""((?:"[^"\n]*"|'[^'\n]*'|\#[^\n]*(?=\n)|[^\]"'#])*)(\])""",
    re.MULTILINE,
)
"""The standards in `imsmap.toml`, as a list on one line or several, with comments in it."""
Content = bytes | None
"""What a file holds; nothing where there is none."""


def settle(root: Path) -> None:
    """Bring files up to the newest entry of the history, if a change or its undoing was stopped before that."""
    for name, (stale, right) in _due(root).items():
        with contextlib.suppress(OSError, OutputError):
            if _held(root / name) == stale:
                put(root, name, right)


def restore(root: Path, without: str = "") -> str:
    """Put files back after a change was undone; gives what to tell, if somebody edited them meanwhile.

    without: the one that follows the register, and is written by whoever calls.
    """
    told = [_restored(root, name, stale, right) for name, (stale, right) in _due(root).items() if name != without]
    return "; ".join(filter(None, told))


def _restored(root: Path, name: str, stale: Content, right: Content) -> str:
    content = _held(root / name)
    if content in (stale, right):
        put(root, name, right)
        return ""
    if name != FILE or content is None or right is None:
        return f"{name} was edited since and stays as it is"
    text = content.decode("utf-8")
    match, now = LIST.search(right.decode("utf-8")), LIST.search(text)
    if match is not None and now is not None:
        put(root, name, (text[: now.start()] + match[0] + text[now.end() :]).encode("utf-8"))
        return f"{FILE} was edited since: its standards are as before the move, the rest is as you left it"
    return f"{FILE} was edited since and stays as it is: set its standards back yourself"


def put(root: Path, name: str, content: Content) -> None:
    """Let a file of the project hold something, or be no more; OutputError leaves it as it was."""
    path = root / name
    if content is not None:
        files.make_folder(path.parent)
        files.put(path, content)
        return
    files.remove(path)
    for folder in PurePosixPath(name).parents:
        if folder.name:
            with contextlib.suppress(OSError):  # others may lie in it
                (root / folder).rmdir()


def _held(path: Path) -> Content:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _due(root: Path) -> Mapping[str, tuple[Content, Content]]:
    """Give what files were before the newest entry and what they are after it, if it changes any, or undoes one."""
    newest = history.newest_name(root)
    if not newest.endswith((f"-{MIGRATED}.jsonl", f"-{ADDED}.jsonl", f"-{history.UNDO}.jsonl")):
        return {}
    entries = history.entries(root)
    undone = entries[-1].undoes
    found = changed_files(entries[-1 if undone is None else undone - 1])
    return found if undone is None else {name: (after, before) for name, (before, after) in found.items()}


def changed_files(entry: Entry) -> Mapping[str, tuple[Content, Content]]:
    """Give the files that an entry changed, by their path in the project, before and after it."""
    told = {FILE: entry.about.get("settings")} if entry.what == MIGRATED else entry.about.get("files")
    if entry.what not in (MIGRATED, ADDED) or not isinstance(told, dict):
        return {}
    found = {}
    for name, pair in told.items():
        if not isinstance(pair, dict) or not _inside(name):
            continue
        before, after = (pair.get(side) for side in ("before", "after"))
        if all(one is None or isinstance(one, str) for one in (before, after)):
            found[name] = _bytes(before), _bytes(after)
    return found


def _inside(name: str) -> bool:
    """Tell whether a path stays in the project, whatever an edited history says."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def _bytes(text: str | None) -> Content:
    return None if text is None else text.encode("utf-8")


def standing(root: Path) -> tuple[Entry, ...]:
    """Give the moves of a project that were not taken back, in order."""
    return tuple(entry for entry in history.entries(root) if entry.what == MIGRATED and entry.undone is None)


def followed(root: Path) -> tuple[Entry, ...]:
    """Give the moves of a project that stand, with lists brought anew by which answers moved, in order."""
    return tuple(
        entry
        for entry in history.entries(root)
        if entry.undone is None and (entry.what == MIGRATED or (entry.what == ADDED and way_told(entry)))
    )


def way_told(entry: Entry) -> lines.Record:
    """Give where the requirements of a list brought anew went, as its entry tells; nothing for any other."""
    told = entry.about.get("way")
    return told if entry.what == ADDED and isinstance(told, dict) else {}
