"""Formulas that people wrote, kept so that they still mean the same cells when rows and columns have moved.

A reference to a cell of a table of ours is kept as `⟦field·row·sheet⟧`: the key of its column, the id of its row
(nothing for the formula's own row) and the key of its sheet (nothing for the formula's own). All else stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from imsmap.values import frozen

_TEXT = re.compile(r'("(?:[^"]|"")*")')
_NAME = r"(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!"
_CELL = r"(\$?)([A-Z]{1,3})(\$?)([1-9]\d{0,6})"
_REFERENCE = re.compile(rf"(?<![\w.$!'\]])({_NAME})?{_CELL}(?::{_CELL})?(?![\w(.!\[])")
_KEPT = re.compile(r"⟦(\$?)([^⟦⟧·]*)·(\$?)([^⟦⟧·]*)·([^⟦⟧·]*)⟧")
_SIGNS = {"%": "%25", "⟦": "%5B", "⟧": "%5D", "·": "%B7"}
_FUNCTION = re.compile(r"([A-Z_][\w.]*)\(", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")


@frozen
class Layout:
    """Where the columns and rows of a table stand: fields by the letters of columns, ids by the numbers of rows."""

    sheet: str
    fields: Mapping[str, str]
    rows: Mapping[int, str]


def kept(text: str, number: int, here: Layout | None, sheets: Mapping[str, Layout]) -> str:
    """Give a formula as it is kept.

    number: the row in which it stands. here: of its own sheet, if that is one of ours; sheets: by the names of tabs.
    """

    def one(layout: Layout, signs: tuple[str, str, str, str]) -> str | None:
        column, row = layout.fields.get(signs[1]), layout.rows.get(int(signs[3]))
        if column is None or row is None:
            return None
        own = layout is here
        id_ = "" if own and int(signs[3]) == number and not signs[2] else _escaped(row)
        return f"⟦{signs[0]}{_escaped(column)}·{signs[2]}{id_}·{'' if own else _escaped(layout.sheet)}⟧"

    def translated(match: re.Match[str]) -> str:
        name, *cells = match.groups()
        layout = here if name is None else sheets.get(_tab(name))
        if layout is None:
            return match[0]
        first = one(layout, (cells[0], cells[1], cells[2], cells[3]))
        if cells[5] is None:
            return first or match[0]
        second = one(layout, (cells[4], cells[5], cells[6], cells[7]))
        return f"{first}:{second}" if first and second else match[0]

    return _outside_of_texts(text, lambda part: _REFERENCE.sub(translated, part))


def placed(text: str, number: int, find: Callable[[str, str, str], tuple[str, str, str] | None]) -> str | None:
    """Give a kept formula as a sheet holds it; nothing if what it refers to is not there.

    number: the row in which it stands. find: gives for sheet, field and row id the prefix of another sheet (`'Tab'!`),
    the letters of the column and the number of the row.
    """
    lost = False
    last = ""

    def translated(match: re.Match[str]) -> str:
        nonlocal lost, last
        column, field, row, id_, sheet = match.groups()
        found = find(_plain(sheet), _plain(field), _plain(id_))
        if found is None:
            lost = True
            return match[0]
        prefix, letters, stands = found
        # In a range, the sheet is said once.
        prefix = "" if last == prefix and match.string[match.start() - 1 : match.start()] == ":" else prefix
        last = found[0]
        return f"{prefix}{column}{letters}{row}{stands or number}"

    result = _KEPT.sub(translated, text)
    return None if lost else result


def readable(text: str) -> str:
    """Say a kept formula so that a person can read it."""
    return _KEPT.sub(
        lambda match: "[" + ", ".join(_plain(part) for part in (match[2], match[4], match[5]) if part) + "]", text
    )


@lru_cache(maxsize=20_000)  # workbooks that come back together hold the same formulas
def shape(text: str) -> tuple[str, ...]:
    """Reduce a formula to its functions, texts and numbers: what no sort and no program changes."""
    pieces = [piece for piece in _TEXT.split(text) if piece.startswith('"')]
    rest = _KEPT.sub(" ", _TEXT.sub(" ", text))
    rest = re.sub(rf"(?<!'){_NAME}|\[[^\[\]]*\]", " ", rest)
    rest = re.sub(_CELL, " ", rest)
    functions = [name.upper().removeprefix("_XLFN.").removeprefix("_XLWS.") for name in _FUNCTION.findall(rest)]
    found = [*pieces, *(name for name in functions if name not in ("TRUE", "FALSE")), *_NUMBER.findall(rest)]
    return tuple(sorted(found))


def _outside_of_texts(text: str, change: Callable[[str], str]) -> str:
    return "".join(part if part.startswith('"') else change(part) for part in _TEXT.split(text))


def _tab(name: str) -> str:
    bare = name.removesuffix("!")
    return (bare[1:-1].replace("''", "'") if bare.startswith("'") else bare).casefold()


def _escaped(word: str) -> str:
    for sign, code in _SIGNS.items():
        word = word.replace(sign, code)
    return word


def _plain(word: str) -> str:
    for sign, code in reversed(_SIGNS.items()):
        word = word.replace(code, sign)
    return word
