"""What is known of `processes.csv` from when the register and the file were last made alike: `register/.processes`."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from imsmap import files
from imsmap.client.register import FOLDER
from imsmap.register.cells import PROCESS, Key
from imsmap.register.state import PROCESSES
from imsmap.values import frozen

_SYNCED = ".processes"


@frozen
class Before:
    """What the file was before it was last written: its text if there was one, its marks, and what it became."""

    text: bytes | None
    marks: Mapping[str, Mapping[str, str]]
    led_to: str


@frozen
class Noted:
    """Which marks file and register had in common last, which names of the sheet the file took, and what it was."""

    marks: Mapping[Key, str]
    named: Mapping[str, str]
    before: Before | None = None


def note(root: Path, noted: Noted) -> None:
    """Keep what is known of the file now."""
    marks: dict[str, dict[str, str]] = {}
    for key, mark in sorted(noted.marks.items()):
        marks.setdefault(key.field.removeprefix(PROCESS), {})[key.row] = mark
    told: dict[str, object] = {"imsmap": 1, "marks": marks} | ({"named": dict(noted.named)} if noted.named else {})
    if (before := noted.before) is not None:
        text = None if before.text is None else base64.b64encode(before.text).decode()
        told["before"] = {"text": text, "marks": before.marks, "led_to": before.led_to}
    content = json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"
    path = root / FOLDER / _SYNCED
    if not path.exists() or path.read_bytes() != content:
        files.put(path, content)


def noted(root: Path) -> Noted:
    """Read what was noted last."""
    try:
        told = json.loads((root / FOLDER / _SYNCED).read_bytes())
        marks = {
            Key(PROCESSES, ref, PROCESS + id_): str(mark)
            for id_, marks in told["marks"].items()
            for ref, mark in marks.items()
        }
        named, before = told.get("named", {}), told.get("before")
        if before is not None:
            text = None if before["text"] is None else base64.b64decode(before["text"])
            before = Before(text, before["marks"], str(before["led_to"]))
        return Noted(marks, named if isinstance(named, dict) else dict.fromkeys(named, ""), before)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # Then nothing is known to have been taken out of the file, and nothing is taken out of the register.
        return Noted({}, {})


def digest(content: bytes | None) -> str:
    """Give what tells a content from every other; nothing for a file that is not there."""
    return "" if content is None else hashlib.sha256(content).hexdigest()
