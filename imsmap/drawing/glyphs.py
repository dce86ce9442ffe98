"""Which font has a sign: those that imsmap carries, else one of the system's, which is looked for only when needed.

What is measured here is what draws: PNG and PDF take the same files. A sign that no font has is remembered, to be told.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import struct
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

FONTS = Path(__file__).parent / "fonts"
"""Arimo, regular and bold: as wide, letter by letter, as Arial and Liberation Sans, so that one measure holds for
slides on every machine. Marks are shapes and no signs, so that nothing of ours needs another font."""
FAMILY = "Arimo"


class Face(NamedTuple):
    """A font: its file, which of several in it, and its name; carried: it travels with imsmap."""

    path: Path
    number: int
    family: str
    carried: bool = False


_CARRIED = (
    Face(FONTS / "Arimo-Regular.ttf", 0, FAMILY, True),
    Face(FONTS / "Arimo-Bold.ttf", 0, f"{FAMILY} Bold", True),
)
_KNOWN = (
    ("msyh.ttc", "Microsoft YaHei"), ("YuGothM.ttc", "Yu Gothic Medium"), ("meiryo.ttc", "Meiryo"),
    ("msgothic.ttc", "MS Gothic"), ("malgun.ttf", "Malgun Gothic"), ("msjh.ttc", "Microsoft JhengHei"),
    ("simsun.ttc", "SimSun"), ("LeelawUI.ttf", "Leelawadee UI"), ("Nirmala.ttc", "Nirmala UI"),
    ("Nirmala.ttf", "Nirmala UI"), ("segoeui.ttf", "Segoe UI"), ("seguisym.ttf", "Segoe UI Symbol"),
    ("tahoma.ttf", "Tahoma"), ("ebrima.ttf", "Ebrima"), ("mmrtext.ttf", "Myanmar Text"),
    ("Arial Unicode.ttf", "Arial Unicode MS"), ("Hiragino Sans GB.ttc", "Hiragino Sans GB"),
    ("PingFang.ttc", "PingFang SC"), ("AppleSDGothicNeo.ttc", "Apple SD Gothic Neo"), ("Thonburi.ttc", "Thonburi"),
    ("Kohinoor.ttc", "Kohinoor Devanagari"), ("Apple Symbols.ttf", "Apple Symbols"),
    ("NotoSansCJK-Regular.ttc", "Noto Sans CJK JP"), ("DroidSansFallbackFull.ttf", "Droid Sans Fallback"),
    ("wqy-zenhei.ttc", "WenQuanYi Zen Hei"), ("NotoSansThai-Regular.ttf", "Noto Sans Thai"), ("Loma.ttf", "Loma"),
    ("NotoSans-Regular.ttf", "Noto Sans"), ("DejaVuSans.ttf", "DejaVu Sans"), ("FreeSans.ttf", "FreeSans"),
)  # fmt: skip
"""Files of fonts on Windows, macOS and Linux, with what each is called."""
_INVISIBLE = frozenset(("Cc", "Cf", "Zl", "Zp", "Zs", "Cs", "Co", "Cn"))
"""Categories of signs that no font needs to have."""
_FROM_RIGHT = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI"))
_JOINING = frozenset(("Mn", "Mc", "Me"))

_chosen: list[Face] = []
_lacking: dict[str, None] = {}


def faces_of(text: str, bold: bool = False) -> tuple[tuple[str, Face], ...]:
    """Cut text into pieces, each with the font that draws it."""
    usual = _CARRIED[bold]
    if text.isascii() or _signs(usual.path, 0).issuperset(map(ord, text)):
        return ((text, usual),)
    return tuple(("".join(piece), face) for face, piece in groupby(text, key=lambda sign: _face(sign, bold)))


@cache
def is_plain(text: str) -> bool:
    """Tell whether the carried type has all of a text, and each sign stands behind the one before it in its one shape.

    Signs of scripts that run from the right, and those that join the sign before them, do not.
    """
    if text.isascii():
        return True
    return _signs(_CARRIED[0].path, 0).issuperset(map(ord, text)) and not any(
        unicodedata.bidirectional(sign) in _FROM_RIGHT or unicodedata.category(sign) in _JOINING for sign in text
    )


def lacking() -> tuple[str, ...]:
    """Give the signs that were asked for so far and that no font has."""
    return tuple(_lacking)


def _face(sign: str, bold: bool) -> Face:
    usual = _CARRIED[bold]
    if ord(sign) in _signs(usual.path, 0):
        return usual
    if unicodedata.category(sign) in _INVISIBLE:
        return usual
    found = _of_system(sign)
    if found is None:
        _lacking[sign] = None
    return found or usual


@cache
def _of_system(sign: str) -> Face | None:
    """Find a font of the system that has a sign; one that was chosen before serves again."""
    for face in _chosen:
        if ord(sign) in _signs(face.path, face.number):
            return face
    for face in (*_matched(sign), *_known()):
        if ord(sign) in _signs(face.path, face.number):
            _chosen.append(face)
            return face
    return None


def _matched(sign: str) -> Iterator[Face]:
    """Ask fontconfig, where it is, which font it would take."""
    program = shutil.which("fc-match")
    if program is None:
        return
    with contextlib.suppress(OSError, subprocess.SubprocessError, ValueError):
        run = subprocess.run(
            [program, "-f", "%{file}\t%{index}\t%{family[0]}", f"sans:charset={ord(sign):x}"],
            capture_output=True, timeout=5, check=True,
        )  # fmt: skip
        path, index, family = run.stdout.decode().split("\t")
        yield Face(Path(path), int(index) & 0xFFFF, family)


@cache
def _known() -> tuple[Face, ...]:
    """Give the fonts that systems bring, as far as they are here."""
    return tuple(
        Face(folder / name, 0, family)
        for name, family in _KNOWN
        for folder in _folders()
        if (folder / name).is_file()
    )  # fmt: skip


def _folders() -> list[Path]:
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() fails where there is none
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home))
        return [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts", Path(local) / "Microsoft/Windows/Fonts"]
    if sys.platform == "darwin":
        system = Path("/System/Library/Fonts")
        return [system, system / "Supplemental", Path("/Library/Fonts"), home / "Library/Fonts"]
    found = [home / ".fonts", home / ".local/share/fonts"]
    for top in (Path("/usr/share/fonts"), Path("/usr/local/share/fonts")):
        found += [top, *sorted(top.glob("*/")), *sorted(top.glob("*/*/"))]
    return found


@cache
def _signs(path: Path, index: int) -> frozenset[int]:
    """Read which signs a font has; none if it can't be read."""
    try:
        with path.open("rb") as file:
            start = 0
            if file.read(4) == b"ttcf":
                file.seek(12 + 4 * index)
                (start,) = struct.unpack(">I", file.read(4))
            file.seek(start + 4)
            (count,) = struct.unpack(">H", file.read(2))
            file.seek(start + 12)
            for _ in range(count):
                tag, _, offset, length = struct.unpack(">4sIII", file.read(16))
                if tag == b"cmap":
                    file.seek(offset)
                    return _mapped(file.read(length))
    except (OSError, struct.error):
        pass
    return frozenset()


def _mapped(table: bytes) -> frozenset[int]:
    """Take the signs out of a table `cmap`: its parts of format 4 and 12, which fonts of today have."""
    found: set[int] = set()
    (count,) = struct.unpack_from(">H", table, 2)
    places = {struct.unpack_from(">I", table, 8 + 8 * at)[0] for at in range(count)}
    for place in sorted(places):
        (form,) = struct.unpack_from(">H", table, place)
        if form == 12:
            (groups,) = struct.unpack_from(">I", table, place + 12)
            for at in range(groups):
                first, last, _ = struct.unpack_from(">III", table, place + 16 + 12 * at)
                found.update(range(first, min(last, 0x10FFFF) + 1))
        elif form == 4:
            found.update(_of_segments(table, place))
    return frozenset(found)


def _of_segments(table: bytes, place: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">H", table, place + 6)
    for at in range(0, twice, 2):
        (last,) = struct.unpack_from(">H", table, place + 14 + at)
        (first,) = struct.unpack_from(">H", table, place + 16 + twice + at)
        (delta,) = struct.unpack_from(">H", table, place + 16 + 2 * twice + at)
        here = place + 16 + 3 * twice + at
        (offset,) = struct.unpack_from(">H", table, here)
        for sign in range(first, last + 1):
            if sign == 0xFFFF:
                continue
            if not offset:
                glyph = (sign + delta) & 0xFFFF
            else:
                where = here + offset + 2 * (sign - first)
                glyph = struct.unpack_from(">H", table, where)[0] if where + 2 <= len(table) else 0
            if glyph:
                yield sign
