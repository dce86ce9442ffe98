"""Office files are packages of parts: packed so that the same parts give the same bytes, whenever that is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_FIXED = (1980, 1, 1, 0, 0, 0)
"""The moment that every part claims to be from: the first that a package can name."""
TYPES = "[Content_Types].xml"
"""The part that lists the types of all others; programs write it first."""


def part_of(package: bytes, name: str) -> bytes:
    """Read one part of a package; KeyError if it has none of this name."""
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        return parts.read(name)


def parts_of(package: bytes, suffixes: tuple[str, ...]) -> dict[str, bytes]:
    """Read the parts of a package whose names end so."""
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        return {name: parts.read(name) for name in parts.namelist() if name.endswith(suffixes)}


def repacked(package: bytes, instead: Mapping[str, bytes] | None = None) -> bytes:
    """Pack a package anew, so that neither the moment nor the order of its writing is in it; some parts may change."""
    changed = instead or {}
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        return packed({name: changed[name] if name in changed else old.read(name) for name in old.namelist()})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts by their names: in one order, and all from the same moment."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(parts, key=lambda name: (name != TYPES, name)):
            info = zipfile.ZipInfo(name, _FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            new.writestr(info, parts[name])
    return content.getvalue()
