"""How wide text is on a terminal, wrapped and cut by that: wide signs take two columns, combining marks none."""

from __future__ import annotations

import re
import unicodedata

from imsmap.plain import legible_line

CUT = "..."
"""What stands for words that were cut."""


def measure(text: str) -> int:
    """Count the columns that text takes on a terminal: wide signs take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_sign_width(sign) for sign in text)


def _sign_width(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def wrap(text: str, width: int, first: str = "", rest: str = "") -> str:
    """Wrap a text by the columns that it takes; a word longer than a line is broken."""
    lines: list[str] = []
    words: list[str] = []
    begin, used = first, len(first)
    for word in legible_line(text).split(" "):
        wide = measure(word)
        while used + bool(words) + wide > width:
            if words:
                lines.append(begin + " ".join(words))
                words = []
            else:
                cut = fitting(word, width - used)
                lines.append(begin + word[:cut])
                word, wide = word[cut:], measure(word[cut:])
            begin, used = rest, len(rest)
        used += bool(words) + wide
        words.append(word)
    lines.append(begin + " ".join(words))
    return "\n".join(lines)


_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")


def laid(line: str, width: int, hang: int | None = None) -> str:
    """Wrap a line at words; further ones begin at `hang`, else below what follows its gap, else two further in.

    A word that is longer than a line, such as a path, stays whole: people copy it.
    """
    if measure(line) <= width:
        return line
    indent = len(line) - len(line.lstrip(" "))
    if hang is None:
        gaps = [gap.end() for gap in _GAP.finditer(line) if gap.end() <= width // 2]
        hang = gaps[-1] if gaps else indent + 2
    lines: list[str] = []
    told = line[:indent]
    used = indent
    empty = True
    for part in re.findall(r" +|[^ ]+", _held(line[indent:])):
        if part.isspace():
            told, used = told + part, used + len(part)
            continue
        wide = measure(part)
        if not empty and used + wide > width:
            lines.append(told.rstrip(" "))
            told, used = " " * hang, hang
        told, used, empty = told + part, used + wide, False
    lines.append(told)
    return "\n".join(lines).replace("\u00a0", " ")


def _held(text: str) -> str:
    """Hold ISO and its number together."""
    return re.sub(r"(?<=\bISO) (?=[0-9])", "\u00a0", text)


def fitting(word: str, room: int) -> int:
    """Count the signs of a word that fit into the room; at least one."""
    used = 0
    for index, sign in enumerate(word):
        used += _sign_width(sign)
        if used > room:
            return max(index, 1)
    return len(word)


def cut(text: str, room: int) -> str:
    """Cut a text at a word so that it fits on one line; one word alone is cut within."""
    text = legible_line(text).replace("\u00a0", " ")
    if measure(text) <= room:
        return text
    kept = ""
    for word in text.split(" "):
        tried = f"{kept} {word}".strip()
        if measure(tried) + len(CUT) > room:
            break
        kept = tried
    kept = kept.rstrip(" ,;:")
    if kept:
        return kept + CUT
    if room <= len(CUT):
        return text[: fitting(text, room)]
    return text[: fitting(text, room - len(CUT))] + CUT
