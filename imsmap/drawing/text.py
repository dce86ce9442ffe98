"""Text that is measured in the carried font before it is drawn, so that it fits, and escaped in one place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from imsmap.drawing.glyphs import FAMILY as FAMILY
from imsmap.drawing.glyphs import Face, faces_of
from imsmap.values import frozen

if TYPE_CHECKING:
    from PIL import ImageFont

LEADING = 1.25
"""From one base line to the next, in sizes of the font."""
ASCENT, DESCENT = 0.905, 0.212
"""Above and below the base line, in sizes of the font."""
FONT_FLOOR = 11.0
"""No label is smaller."""
_SAFETY = 1.015
"""Measured widths are widened by this: renderers round each glyph in their own way."""
_letters = 1.0
HANG = "\u00a0" * 3
"""What stands before the second line of a paragraph that hangs, so that entries of a list are told apart."""

WIDE = "[\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
"""Signs of Chinese, Japanese and Korean: a line may end before or behind any of them."""
_BLANKS, _LOOSE = " \u00a0", ",;:"
_FOOT = (FONT_FLOOR, 10.0, 9.0, 8.0)
"""Sizes of what stands at the foot of pages."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@cache
def wide() -> re.Pattern[str]:
    """Find such signs; made where pictures are drawn, for it takes milliseconds."""
    return re.compile(WIDE)


def clean(text: str) -> str:
    """Drop what XML can't hold; a tab becomes a space."""
    return _UNWRITABLE.sub("", text.replace("\t", " "))


@cache
def font_of(face: Face) -> ImageFont.FreeTypeFont:
    """Open a font at a size of 100, to measure and draw with it."""
    from PIL import ImageFont

    return ImageFont.truetype(str(face.path), 100, face.number, layout_engine=ImageFont.Layout.BASIC)


@cache
def advance_of(text: str, size: float, bold: bool = False) -> float:
    """Give how far a line of text goes in the type that draws it, in points."""
    return _advance(text, bold) / 100 * size


@cache
def _advance(text: str, bold: bool) -> float:
    """Measure a line in the size in which fonts are opened, once for all sizes in which it is tried."""
    return sum(float(font_of(face).getlength(piece)) for piece, face in faces_of(text, bold))


@contextmanager
def measured_for(letters: float) -> Iterator[None]:
    """Measure for a font whose letters go so much farther than ours; on slides of a template it is the client's."""
    global _letters
    before = _letters
    if letters == before:
        yield
        return
    _again(letters)
    try:
        yield
    finally:
        _again(before)


def _again(letters: float) -> None:
    """Forget what was measured for another font."""
    global _letters
    _letters = letters
    for measure in (wrap, breaks_word, listed):
        measure.cache_clear()


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Measure the room that one line of text wants, in points: how far it goes and a little more."""
    return advance_of(text, size, bold) * _SAFETY * _letters


def height_of(lines: int, size: float) -> float:
    """Give the height of some lines in points."""
    return lines * size * LEADING


@cache
def wrap(text: str, width: float, size: float, bold: bool = False, hang: str = "") -> tuple[str, ...]:
    """Break text into lines that fit the width; a word longer than a line is broken within.

    A no-break space holds words together, and is measured as what it is. Lines after a paragraph's first begin with
    `hang`.
    """
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if not word:
                continue
            longer = f"{line} {word}" if line else word
            if width_of(longer, size, bold) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
                word = hang + word
            while width_of(word, size, bold) > width and len(word) > len(hang) + 1:
                cut = max(_fitting(word, width, size, bold), len(hang) + 1)
                lines.append(word[:cut])
                word = hang + word[cut:]
            line = word
        lines.append(line)
    return tuple(lines)


@cache
def breaks_word(text: str, width: float, size: float, bold: bool = False) -> bool:
    """Tell whether some word is longer than a line."""
    words = wide().sub(" ", clean(text).replace("\n", " ")).split(" ")
    return any(width_of(word, size, bold) > width for word in words)


def _fitting(word: str, width: float, size: float, bold: bool) -> int:
    """Count the characters of a word that fit the width; at least one."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width_of(word[:middle], size, bold) <= width else (low, middle - 1)
    return low


@frozen
class Fitted:
    """Text that was made to fit; `short` tells that it was abbreviated, and the full text belongs in the notes."""

    lines: tuple[str, ...]
    size: float
    short: bool = False

    @property
    def text(self) -> str:
        """What is left of one paragraph."""
        return " ".join(self.lines)


def fit(text: str, width: float, height: float, sizes: Sequence[float], bold: bool = False, hang: str = "") -> Fitted:
    """Make text fit a box: wrap, then shrink through the sizes until no word breaks, then abbreviate at the last."""
    for size in sizes:
        lines = wrap(text, width, size, bold, hang)
        if size > sizes[-1] and breaks_word(text, width, size, bold):
            continue
        if height_of(len(lines), size) <= height:
            return Fitted(lines, size)
    size = sizes[-1]
    most = max(1, int(height / height_of(1, size) + 1e-6))
    kept = list(wrap(text, width, size, bold, hang)[:most])
    kept[-1] = shorten(kept[-1] + "…", width, size, bold)
    return Fitted(tuple(kept), size, True)


def even_size(texts: Iterable[str], width: float, height: float, sizes: Sequence[float], bold: bool = False) -> float:
    """Choose the largest size in which every text fits a box of this size, so that boxes side by side look alike."""
    return min((fit(text, width, height, sizes, bold).size for text in texts), default=sizes[0])


def shorten(line: str, width: float, size: float, bold: bool = False) -> str:
    """Cut one line to the width, behind a word, with an ellipsis where something was left out.

    Only a first word that has no room by itself is cut within.
    """
    if width_of(line, size, bold) <= width:
        return line
    whole = line.rstrip("…")
    most = max(1, _fitting(whole, width - width_of("…", size, bold), size, bold))
    kept = whole[:most]
    if most < len(whole) and whole[most] not in _BLANKS and wide().match(whole[most]) is None:
        words = kept.rstrip(_BLANKS)
        behind = max(words.rfind(blank) for blank in _BLANKS)
        kept = words[:behind] if words[: max(behind, 0)].strip(_BLANKS) else words
    return kept.rstrip(_BLANKS + _LOOSE) + "…"


def foot_words(text: str, width: float) -> tuple[str, float]:
    """Make a line for the foot fit, smaller rather than cut, as legal lines are; gives also its size."""
    size = next((one for one in _FOOT if width_of(text, one) <= width), _FOOT[-1])
    return shorten(text, width, size), size


@frozen
class Listed:
    """Names that stand in a box: a paragraph for each (or one for all), their lines, and what has no room, whole."""

    paragraphs: tuple[str, ...]
    lines: tuple[str, ...]
    left: tuple[str, ...] = ()


@cache
def listed(
    names: Sequence[str], width: float, size: float, most: int, joint: str = "", counts: Sequence[int] = ()
) -> Listed:
    """Set as many whole names as so many lines hold, and say how many more there are.

    joint: what stands between them in one paragraph; without one each begins a line of its own. counts: how many go by
    each name, where that is not one.
    """
    for shown in range(len(names), -1, -1):
        kept, left = names[:shown], tuple(names[shown:])
        number = sum(counts[shown:]) if counts else len(left)
        more = f"and {number} more" if shown else f"{number} in the notes"
        told = (*kept, more) if left else tuple(kept)
        paragraphs = (joint.join(told),) if joint and told else told
        lines = tuple(line for one in paragraphs for line in wrap(one, width, size, hang="" if joint else HANG))
        if len(lines) <= most and not (shown and any(breaks_word(HANG + one, width, size) for one in kept)):
            break
    return Listed(paragraphs, lines[:most], left)
