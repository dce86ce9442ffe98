"""Text that a workbook can hold: without control characters, not too long, never a formula, names that fit."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from imsmap.plain import legible

CELL_LIMIT = 32_767
"""Characters in a cell, counted as Excel counts them: in UTF-16."""
BREAKS_LIMIT = 250
"""Line breaks in a cell; Excel takes 253."""
SHEET_LIMIT = 31
HEADING_LIMIT = 255
"""Characters in the heading of a table's column, and in a header or footer."""

_LITERAL = 120
"""Characters in a piece of text within a formula; Excel allows 255, and quotes and emoji count twice."""
_FORMULA_LIMIT = 8000
_CALL = re.compile(r"[A-Z]\(")

_DROPPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def clean(text: str) -> str:
    """Drop control characters, make a tab a blank, and show what would turn the reading direction of the rest."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return legible(_DROPPED.sub("", text))


def is_fitting(text: str) -> bool:
    """Tell at once of nearly every text that a cell takes it as it is: it is not long, and no line is broken."""
    return 2 * len(text) <= CELL_LIMIT and text.isprintable()


def fitting(text: str) -> tuple[str, bool]:
    """Clean a cell's text and cut what Excel cannot hold, with a mark; tell whether something was cut."""
    if is_fitting(text):
        return text, False
    text = clean(text)
    if text.count("\n") >= BREAKS_LIMIT:
        lines = text.split("\n")
        text = "\n".join([*lines[: BREAKS_LIMIT - 1], "; ".join(lines[BREAKS_LIMIT - 1 :])])
    if 2 * len(text) <= CELL_LIMIT or (length := _length(text)) <= CELL_LIMIT:
        return text, False
    mark = f" … [cut here: the whole text has {length} characters]"
    return _first(text, CELL_LIMIT - len(mark)) + mark, True


def _length(text: str) -> int:
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)


def _first(text: str, limit: int) -> str:
    cut = text[:limit]
    while _length(cut) > limit:
        cut = cut[: len(cut) - (_length(cut) - limit + 1) // 2]
    return cut


def short(text: str, limit: int) -> str:
    """Put text on one line and cut it to a number of characters, with an ellipsis."""
    line = " ".join(clean(text).split())
    return line if _length(line) <= limit else _first(line, limit - 1).rstrip() + "…"


def sheet_name(title: str, taken: Iterable[str] = ()) -> str:
    r"""Make a title a name that Excel allows: 31 characters, none of `[]:*?/\`, no apostrophe at an end, unique."""
    line = " ".join(_NOT_IN_SHEET_NAMES.sub(" ", clean(title)).split()).strip("'").strip() or "Sheet"
    known = {name.lower() for name in taken} | {"history"}  # Excel keeps this name for itself
    name = _first(line, SHEET_LIMIT).rstrip("' ")
    count = 2
    while name.lower() in known:
        end = f" ({count})"
        name = _first(line, SHEET_LIMIT - len(end)).rstrip("' ") + end
        count += 1
    return name


def headings(titles: Iterable[str]) -> list[str]:
    """Make titles the headings of a table: on one line, not empty, each only once."""
    found: list[str] = []
    for title in titles:
        found.append(_unique(short(title, HEADING_LIMIT) or "Column", {name.lower() for name in found}))
    return found


def _unique(name: str, taken: Container[str]) -> str:
    candidate, count = name, 2
    while candidate.lower() in taken:
        end = f" ({count})"
        candidate = _first(name, HEADING_LIMIT - len(end)) + end
        count += 1
    return candidate


def in_header(text: str, limit: int) -> str:
    """Make text safe for a header or footer, where `&` begins a command, within so many characters."""
    line = short(text, limit)
    while len(line.replace("&", "&&")) > limit:
        line = line[:-2].rstrip() + "…"
    return _behind_a_word(line, " ".join(clean(text).split())).replace("&", "&&")


def _behind_a_word(line: str, whole: str) -> str:
    """Cut what was cut within a word behind the one before; one word alone stays as it is."""
    kept = line.removesuffix("…")
    if line == whole or not whole[len(kept) : len(kept) + 1].strip():
        return line
    words = kept.rpartition(" ")[0]
    return f"{words}…" if len(words) > len(kept) // 2 else line


def is_sign(text: str) -> bool:
    """Tell whether a program would take this text for a formula if it were typed."""
    return text[:1] in ("=", "+", "-", "@")


def as_formula(text: str) -> str | None:
    """Write text as a formula that yields just this text; nothing if it is too long for one, or looks like a call.

    XlsxWriter takes `SORT(` for a function of an array, between quotes too.
    """
    if _CALL.search(text):
        return None
    pieces = []
    for number, line in enumerate(text.split("\n")):
        if number:
            pieces.append("CHAR(10)")
        quoted = [line[start : start + _LITERAL].replace('"', '""') for start in range(0, len(line), _LITERAL)]
        pieces += [f'"{piece}"' for piece in quoted]
    formula = "=" + ("&".join(pieces) or '""')
    return formula if _length(formula) <= _FORMULA_LIMIT else None
