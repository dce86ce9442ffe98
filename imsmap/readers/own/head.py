"""What a list is as a standard: its name, key and discipline, as its file says or somebody beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

from imsmap.library.model import Discipline
from imsmap.nearest import near
from imsmap.plain import folded
from imsmap.readers.brought import Around, Faults
from imsmap.readers.own import columns
from imsmap.values import frozen

_COLOURS = (
    ("#6B2D4F", "#D8BFCB"), ("#3F5B1E", "#C6D3B4"), ("#1F4E5F", "#B7CDD6"), ("#5A3A00", "#DCCBAA"),
    ("#3D3475", "#C7C3DE"), ("#7A2F1D", "#E2C2B9"), ("#22543D", "#B5D3C3"), ("#52307C", "#CFC0DF"),
)  # fmt: skip
"""Dark and tint for disciplines of people's own, measured as those of library.yaml are."""
_SAFE = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


@frozen
class Head:
    """What is said of a standard of one's own before its clauses."""

    key: str
    name: str
    title: str
    discipline: str
    edition: str
    published: str
    author: str
    source: str
    own: Discipline | None
    """Its discipline, where the library has none of that name."""


def head_of(
    said: Mapping[str, tuple[str, str, int]], path: Path, shown: str, around: Around, faults: Faults, usual: str = ""
) -> Head:
    """Take what the sheet Standard says; what somebody says beside the file comes first, the file's name last.

    usual: the discipline of such a list, where nobody says another.
    """
    told = {key: text for key, (text, _, _) in said.items()}
    spoken = around.said

    def fault(key: str, words: str) -> None:
        if key in said and not (key == "name" and spoken.name):
            _, place, line = said[key]
            faults.add(key, place, line, f"B{line}", words)
        else:
            faults.add(key, shown, None, "", words)

    name = spoken.name or told.get("name") or " ".join(re.split(r"[\s_]+", path.name.partition(".")[0])).strip()
    key = told.get("key", "").casefold() or key_of(name)
    if not _SAFE.fullmatch(key) or len(key) > 60:
        fault("key" if "key" in said else "name", f"{key!r} is no key; write small letters, digits and hyphens")
    others = [head for head in around.heads if head.key not in around.replaceable or head.key != key]
    twin = next((head for head in others if head.key == key), None)
    also = next((head for head in others if head.designation.casefold() == name.casefold()), None)
    if twin is not None or also is not None:
        other = twin or also
        assert other is not None
        words = f"{name} would be known as {key}, which is {other.designation} of the library; give yours another name"
        fault("key" if "key" in said and twin is not None else "name", words)
    known = {one.key for one in around.common.library.disciplines}
    meant = spoken.discipline or ("" if told.get("discipline") or usual not in known else usual)
    discipline, own = _discipline(told, meant, name, key, around, fault)
    author = told.get("author") or spoken.author or "not said"
    source = told.get("source") or f"{name}, as listed in {path.name}"
    return Head(
        key, name, told.get("title") or name, discipline, told.get("edition", "1"), told.get("published", ""), author,
        source, own,
    )  # fmt: skip


def key_of(name: str) -> str:
    """Make a key of a name: Smith Supplier Manual 2030 is smith-supplier-manual-2030."""
    plain = unicodedata.normalize("NFKD", folded(name)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "own-standard"


def _discipline(
    told: Mapping[str, str], spoken: str, name: str, key: str, around: Around, fault: Callable[[str, str], None]
) -> tuple[str, Discipline | None]:
    """Give the discipline's key; one of its own where the library has none of that name, or nothing is said."""
    said = spoken or told.get("discipline", "").partition(columns.DASH)[0]
    word = folded(said).casefold().strip()
    known = around.common.library.disciplines
    match = next((one for one in known if word in (one.key, one.name.casefold())), None)
    if match is not None:
        return match.key, None
    shared = next((own for other, own in around.own if other != key and word in (own.key, own.name.casefold())), None)
    if shared is not None:
        return shared.key, shared
    close = near(word, [*(one.key for one in known), *(one.name for one in known)], 1) if word else ()
    if close and "letter" not in told:
        fault("discipline", f"no discipline {said!r}; did you mean {close[0]}? One of your own needs its letter, too")
    taken = {one.letter for one in known} | {own.letter for other, own in around.own if other != key}
    free = [sign for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if sign not in taken]
    letter = folded(told.get("letter", "")).strip().upper()
    if letter and letter not in free:
        why = "is that of another discipline" if letter in taken else "is not one capital letter"
        fault("letter", f"{letter} {why}; take one of {', '.join(free)}")
    wanted = [sign for sign in (said or name).upper() if sign in free]
    letter = letter or next(iter([*wanted, *free]), "Z")
    dark, tint = _COLOURS[sum(map(ord, key)) % len(_COLOURS)]
    own = Discipline(key_of(said) if said else key, said or name, letter, dark, dark, tint)
    return own.key, own
