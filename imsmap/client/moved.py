"""Moves of a project to other editions that stand in its history, and its settings, which follow them."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from imsmap import files
from imsmap.client import history
from imsmap.client.history import Entry
from imsmap.client.place import FILE
from imsmap.errors import OutputError

MIGRATED = "migrate"
"""The entry of the history that moves answers to another edition."""
LISTED = re.compile(r"""(?P<mark>["'])(?P<name>[^"'\n]*)(?P=mark)|#[^\n]*(?=\n)""")
"""A standard in that list, or a comment, which is none."""
LIST = re.compile(
    r"""^([ \t]*(?P<quote>["']?)standards(?P=quote)[ \t]*=[ \t]*\[)"""
    r"""((?:"[^"\n]*"|'[^'\n]*'|\#[^\n]*(?=\n)|[^\]"'#])*)(\])""",
    re.MULTILINE,
)
"""The standards in `imsmap.toml`, as a list on one line or several, with comments in it."""


def settle(root: Path) -> None:
    """Bring `imsmap.toml` up to the newest entry of the history, if a move or its undoing was stopped before that."""
    due = _due(root)
    if due is None:
        return
    stale, right = due
    with contextlib.suppress(OSError, OutputError):
        if (root / FILE).read_bytes() == stale:
            files.put(root / FILE, right)


def restore(root: Path) -> str:
    """Put back the settings after a move was undone; gives what to tell, if somebody edited them meanwhile."""
    due = _due(root)
    if due is None:
        return ""
    stale, right = due
    content = files.read(root / FILE, FILE)
    if content == stale:
        files.put(root / FILE, right)
        return ""
    text = content.decode("utf-8")
    match, now = LIST.search(right.decode("utf-8")), LIST.search(text)
    if match is not None and now is not None:
        files.put(root / FILE, (text[: now.start()] + match[0] + text[now.end() :]).encode("utf-8"))
        return f"{FILE} was edited since: its standards are as before the move, the rest is as you left it"
    return f"{FILE} was edited since and stays as it is: set its standards back yourself"


def _due(root: Path) -> tuple[bytes, bytes] | None:
    """Give what the settings were before the newest entry and what they are after it, if it is a move or undoes one."""
    newest = history.newest_name(root)
    if not newest.endswith((f"-{MIGRATED}.jsonl", f"-{history.UNDO}.jsonl")):
        return None
    entries = history.entries(root)
    undone = entries[-1].undoes
    settings = moved_settings(entries[-1 if undone is None else undone - 1])
    if settings is None:
        return None
    before, after = settings
    return (before, after) if undone is None else (after, before)


def moved_settings(entry: Entry) -> tuple[bytes, bytes] | None:
    """Give the settings before and after a move, by its entry; nothing if it is none."""
    told = entry.about.get("settings")
    if entry.what != MIGRATED or not isinstance(told, dict):
        return None
    before, after = told.get("before"), told.get("after")
    if not isinstance(before, str) or not isinstance(after, str):
        return None
    return before.encode("utf-8"), after.encode("utf-8")


def standing(root: Path) -> tuple[Entry, ...]:
    """Give the moves of a project that were not taken back, in order."""
    return tuple(entry for entry in history.entries(root) if entry.what == MIGRATED and entry.undone is None)
