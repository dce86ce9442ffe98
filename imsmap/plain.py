"""Text that is safe to show: control characters become visible signs, so that data can't steer a terminal or a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

_KEPT = (0x09, 0x0A)
_SIGNS: dict[int, str] = {code: chr(0x2400 + code) for code in range(0x20) if code not in _KEPT}
_SIGNS[0x7F] = "\u2421"
# The C1 controls; marks that turn the reading direction of what follows, so that a line says what it does not (letters
# turn it by themselves); lone surrogates, which no encoding can write.
_HARMFUL = (range(0x80, 0xA0), range(0x202A, 0x202F), range(0x2066, 0x206A), range(0xD800, 0xE000))
_OTHERS = dict(zip("\u3001\u3002\uff61\u060c\u061b\u2236\u2044\u2215", ",..,;://", strict=True))
"""Punctuation that stands for ours in other scripts."""
_SIGNS.update((code, "\ufffd") for codes in _HARMFUL for code in codes)
_ACTIVE = re.compile(r"([\\`*_\[\]|~])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&(amp|lt|gt|quot);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"'}
_CELL = re.compile(r"(?:\\.|[^\\|]|\\$)*")
# At the start of a line these would open a heading, a list, a quotation or a rule.
_OPENING = re.compile(r"^(\s*)(?:(?=[#>+=-])|(\d+)(?=[.)](?:\s|$)))")


def legible(text: str) -> str:
    """Replace control characters, direction overrides and lone surrogates; tabs and line breaks stay."""
    # Nearly every text is; what is replaced, and line breaks, are not printable.
    if text.isprintable():
        return text
    return text.replace("\r\n", "\n").translate(_SIGNS)


def is_legible(text: str) -> bool:
    """Tell whether nothing would be replaced."""
    return text.isprintable() or not _illegible().search(text)


@cache
def _illegible() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(map(chr, _SIGNS)))}]|\r\n")


def legible_line(text: str) -> str:
    """Make text legible and put it on one line."""
    return " ".join(legible(text).split())


def unmarked(title: str) -> str:
    """Leave out the XXX with which the harmonized structure marks the place of a discipline's name."""
    left = " ".join(title.replace("XXX", " ").split())
    return left[:1].upper() + left[1:]


def folded(text: str) -> str:
    """Write digits, dashes and blanks in the usual way, and leave out what can't be seen.

    Full-width letters, Arabic digits, long dashes, no-break blanks and ideographic commas become the plain signs that
    they stand for; zero-width signs, marks of direction and small raised digits (of footnotes) go.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", "".join(map(_plain, text)))


@cache
def _plain(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Cf" or (category in ("No", "Lm") and unicodedata.decomposition(sign).startswith("<super>")):
        return ""
    if category == "Nd":
        return str(unicodedata.digit(sign))
    if category == "Pd" or sign in "\u2212\u2043\u02d7":
        return "-"
    if category == "Zs":
        return " "
    if category in ("Zl", "Zp") or sign == "\x85":
        return "\n"
    return _OTHERS.get(sign, sign)


def in_xml(text: str) -> str:
    """Write text for XML, between tags or in an attribute's quotation marks.

    What Python has for that loads a client of the network first.
    """
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\n", "&#10;"), ("\t", "&#9;")):
        text = text.replace(sign, name)
    return text


def markdown(text: str) -> str:
    """Make Markdown and HTML show a text as it is."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _ACTIVE.sub(r"\\\1", text)


def markdown_line(text: str) -> str:
    """Make Markdown show a text as it is at the beginning of a line, too."""
    return _OPENING.sub(r"\1\2\\", markdown(legible_line(text)))


def markdown_row(cells: Iterable[str]) -> str:
    """Write a row of a table; the cells are Markdown already."""
    return "| " + " | ".join(cells) + " |"


def of_markdown(text: str) -> str:
    """Give the text that Markdown shows: what `markdown` made of it comes back."""
    return _ESCAPED.sub(lambda found: found[1] or _ENTITIES[found[2]], text)


def cells_of_markdown(line: str) -> list[str] | None:
    """Give the cells of a row of a table, Markdown still; nothing for a line that is none."""
    row = line.strip()
    if not row.startswith("|"):
        return None
    cells, place = [], 1
    while place < len(row):
        found = _CELL.match(row, place)
        assert found is not None  # it may be empty
        cells.append(found[0].strip())
        place = found.end() + 1
    return cells
