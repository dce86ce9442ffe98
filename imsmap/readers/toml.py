"""TOML that a person edits: its values, and the line of each key, so that every fault is told where it stands."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from imsmap.errors import DataError, Problem
from imsmap.values import frozen

Table = Mapping[str, Any]
"""A table of a TOML file: what a person wrote into it is looked at key by key."""

MAX_BYTES = 1_000_000
"""No file that a person writes by hand is larger."""
Place = tuple[str | int, ...]
"""Keys from the outside in; of a list of tables, the number of the table, from 0: `("gates", 0, "kind")`."""
_NAME = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_NAMES = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_NAMES})\s*\]")
_KEY = re.compile(rf"\s*({_NAMES})\s*=")


@frozen
class TomlText:
    """What a file says, and the line of each key and table in it."""

    values: Table
    lines: Mapping[Place, int]

    def line(self, *place: str | int) -> int | None:
        """Give the line of a key, or of the nearest table around it that stands in the file."""
        while place:
            if place in self.lines:
                return self.lines[place]
            place = place[:-1]
        return None


def parse(content: bytes, shown: str, example: str) -> TomlText:
    """Read a file; DataError says what is wrong with it, and where.

    shown: what the file is called in problems. example: how a line of it looks, such as `client = "Acme"`.
    """
    if len(content) > MAX_BYTES:
        raise too_large(shown)
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataError([Problem(shown, line, "is not UTF-8; save the file as UTF-8")]) from None
    try:
        return TomlText(tomllib.loads(text), _lines(text))
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"\(at line (\d+),", str(error))
        line = int(match[1]) if match else text.count("\n") + 1
        words = f"is not TOML here ({str(error).partition(' (at')[0]}); texts stand in quotes, as in {example}"
        raise DataError([Problem(shown, line, words)]) from None
    except RecursionError:
        raise DataError([Problem(shown, None, "is nested too deep; no file of this kind is")]) from None


def too_large(shown: str) -> DataError:
    """Say that a file is larger than any of its kind."""
    return DataError([Problem(shown, None, f"is larger than {MAX_BYTES // 1_000_000} MB; no file of this kind is")])


def quoted(text: str) -> str:
    """Write a text as TOML does: as JSON, and the one control character that JSON lets through."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _lines(text: str) -> dict[Place, int]:
    """Find the line of every key and table; what stands inside texts of several lines is passed over."""
    found: dict[Place, int] = {}
    section: Place = ()
    tables: dict[Place, int] = {}
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not fence:
            if header := _HEADER.match(line):
                *around, name = _place(header[2])
                section = ()
                for part in around:
                    # Of a list of tables, what comes below belongs to the last one.
                    section = (*section, part)
                    section = (*section, tables[section]) if section in tables else section
                section = (*section, name)
                found.setdefault(section, number)
                if header[1] == "[[":
                    tables[section] = tables.get(section, -1) + 1
                    section = (*section, tables[section])
                    found[section] = number
            elif key := _KEY.match(line):
                names = _place(key[1])
                for end in range(1, len(names) + 1):
                    found.setdefault((*section, *names[:end]), number)
        for mark in ('"""', "'''"):
            if (not fence or fence == mark) and line.count(mark) % 2:
                fence = "" if fence else mark
    return found


def _place(names: str) -> Place:
    return tuple(name.strip("\"'") for name in re.findall(_NAME, names))
