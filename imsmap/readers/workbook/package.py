"""The package of a workbook, a zip of XML parts from outside: what is not one or could do harm is refused unread.

Nothing is inflated before the sizes that the zip itself states were looked at, and never more than those. The XML is
taken as a stream of events; a document type, and so any entity, is refused.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from xml.parsers import expat

from imsmap.errors import RefusedError

FILE_LIMIT = 100_000_000
PART_LIMIT = 128_000_000
TOTAL_LIMIT = 256_000_000
ENTRIES_LIMIT = 5_000
RATIO_LIMIT = 400
"""No sheet that people fill is deflated to a four-hundredth; only looked at above `RATIO_FROM` bytes."""
RATIO_FROM = 4_000_000
DEPTH_LIMIT = 200
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGED = "is cut short or damaged; ask for it once more, or open it and save it anew"

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Characters = Callable[[str], None]


class Relationship(NamedTuple):
    """Where a part leads: the last word of its type, and the other part's name."""

    id: str
    kind: str
    target: str


class Package:
    """A workbook's parts by name; every fault is a RefusedError with one line about the file."""

    def __init__(self, path: Path, shown: str) -> None:
        """Look at the file and its list of parts; nothing is inflated yet."""
        self.shown = shown
        self._zip = _opened(path, shown)
        try:
            self._parts = self._looked_at()
        except BaseException:
            self._zip.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, in small letters."""
        return tuple(self._parts)

    def refuse(self, words: str) -> RefusedError:
        """Make the error for this file."""
        return _refused(self.shown, words)

    def has(self, name: str) -> bool:
        """Tell whether there is a part of that name, in whatever case."""
        return _plain(name) in self._parts

    def parse(
        self,
        name: str,
        start: Start,
        end: End,
        characters: Characters | None = None,
        sift: Callable[[bytes], bytes] | None = None,
    ) -> None:
        """Send a part's XML through handlers, which get names without prefixes.

        sift: may take out of the bytes what means nothing, before they are parsed.
        """
        info = self._parts.get(_plain(name))
        if info is None:
            raise self.refuse(f"{_DAMAGED} (the part {name} is missing)")
        parser = expat.ParserCreate()
        parser.buffer_text = True
        depth = 0

        def begin(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > DEPTH_LIMIT:
                raise self.refuse("holds XML that is nested too deep for any workbook; nothing was read")
            start(tag.rpartition(":")[2] if ":" in tag else tag, attributes)

        def finish(tag: str) -> None:
            nonlocal depth
            depth -= 1
            end(tag.rpartition(":")[2] if ":" in tag else tag)

        def no_type(*_: Any) -> None:
            raise self.refuse(
                "holds a document type or entities in its XML, which no workbook does and which can do harm; "
                "nothing was read"
            )

        parser.StartElementHandler = begin
        parser.EndElementHandler = finish
        parser.StartDoctypeDeclHandler = no_type
        parser.EntityDeclHandler = no_type
        if characters is not None:
            parser.CharacterDataHandler = characters
        try:
            with self._zip.open(info) as file:
                while chunk := file.read(_CHUNK):
                    parser.Parse(sift(chunk) if sift else chunk)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise self.refuse(f"{_DAMAGED} ({name}: {expat.ErrorString(error.code)})") from None
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError, ValueError):
            raise self.refuse(f"{_DAMAGED} ({name} can't be unpacked)") from None

    def addresses(self, name: str) -> dict[str, str]:
        """Give where the links of a part lead outside the package, by the relationship's id."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        found: dict[str, str] = {}

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if (
                tag == "Relationship"
                and attributes.get("TargetMode") == "External"
                and attributes.get("Type", "").endswith("/hyperlink")
            ):
                found[attributes.get("Id", "")] = attributes.get("Target", "")

        if self.has(rels):
            self.parse(rels, start, lambda _: None)
        return found

    def relationships(self, name: str) -> tuple[Relationship, ...]:
        """Give where a part leads inside the package; `` stands for the package itself."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(rels):
            return ()
        found: list[Relationship] = []

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "").replace("\\", "/")
                target = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                kind = attributes.get("Type", "").rpartition("/")[2]
                found.append(Relationship(attributes.get("Id", ""), kind, posixpath.normpath(target)))

        self.parse(rels, start, lambda _: None)
        return tuple(found)

    def _looked_at(self) -> dict[str, zipfile.ZipInfo]:
        """Hold the list of parts against the limits."""
        entries = self._zip.infolist()
        if len(entries) > ENTRIES_LIMIT:
            raise self.refuse(f"holds {len(entries)} parts, more than any workbook; nothing was read")
        if sum(entry.file_size for entry in entries) > TOTAL_LIMIT:
            raise self._bomb()
        found: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            if entry.flag_bits & 0x1:
                raise self.refuse("is protected by a password; remove the password and save it anew")
            swollen = entry.file_size > RATIO_FROM and entry.file_size > RATIO_LIMIT * max(entry.compress_size, 1)
            if entry.file_size > PART_LIMIT or swollen:
                raise self._bomb()
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise self.refuse("is packed in a way that no workbook is; open it and save it anew")
            name = _plain(entry.filename)
            if name in found:
                raise self.refuse(f"holds two parts of the name {entry.filename!r}; open it and save it anew")
            found[name] = entry
        return found

    def _bomb(self) -> RefusedError:
        return self.refuse(
            "would unpack to far more than any workbook that people fill (a zip bomb?); nothing was unpacked"
        )


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _refused(shown: str, words: str) -> RefusedError:
    return RefusedError(f"{shown}: {words}")


def lists(content: bytes, title: str) -> bool:
    """Tell whether a workbook has a sheet of some plain title; what can't be opened has none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("xl/workbook.xml") as book:
            return f'name="{title}"'.encode() in book.read(_CHUNK)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, ValueError, EOFError, zlib.error):
        return False


def _opened(path: Path, shown: str) -> zipfile.ZipFile:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            begin = file.read(512)
            rest = file.read(FILE_LIMIT) if begin.startswith(_OLE) else b""
    except OSError as error:
        raise _refused(shown, f"cannot be read ({error.strerror}); check its name and rights") from None
    if size > FILE_LIMIT:
        raise _refused(shown, f"is larger than {FILE_LIMIT // 1_000_000} MB; take pictures and attachments out of it")
    if begin.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in begin + rest:
            raise _refused(shown, "is protected by a password; open it, remove the password, save it and try again")
        raise _refused(shown, "is in the old format of Excel 97 (.xls); save it as .xlsx and try again")
    if not size:
        raise _refused(shown, "is empty; ask for it once more")
    if not begin.startswith(b"PK"):
        raise _refused(shown, "is no Excel workbook (.xlsx); save it as one and try again")
    try:
        return zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile, RuntimeError, ValueError, EOFError):
        raise _refused(shown, _DAMAGED) from None
