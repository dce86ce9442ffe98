"""Comments on cells: the notes of old and the threads of today's Excel, as one text for each cell."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, field

from imsmap.readers.workbook.cells import place_of, plain_text
from imsmap.readers.workbook.package import Package
from imsmap.workbook import TOOL

_MARK = "tc="
"""How the author of a note begins that only stands in for a thread."""
_HELP = "linkid=870924"
"""What Excel's words to older programs, in whatever language, lead to."""

Place = tuple[int, int]


@define
class _Remark:
    """One remark of a thread."""

    place: Place
    person: str
    moment: str
    parent: str
    text: list[str] = field(factory=list)

    def said(self, persons: Mapping[str, str]) -> str:
        """Say it on one line with who and when."""
        text = plain_text("".join(self.text)).strip()
        name = persons.get(self.person, "").strip() or "unknown"
        day = self.moment[:10]
        return f"{name} ({day}): {text}" if day else f"{name}: {text}"


def read_persons(package: Package, part: str) -> dict[str, str]:
    """Read who takes part in threads, by id."""
    found: dict[str, str] = {}

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "person":
            found[attributes.get("id", "")] = attributes.get("displayName", "")

    package.parse(part, start, lambda _: None)
    return found


def read_threads(package: Package, part: str, persons: Mapping[str, str]) -> dict[Place, str]:
    """Read the threads of a sheet: each with its replies in order, thread after thread."""
    remarks: dict[str, _Remark] = {}
    current: _Remark | None = None
    taking = False

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal current, taking
        if tag == "threadedComment":
            place = place_of(attributes.get("ref", ""))
            if place is not None:
                current = _Remark(
                    place, attributes.get("personId", ""), attributes.get("dT", ""), attributes.get("parentId", "")
                )
                remarks[attributes.get("id") or f"#{len(remarks)}"] = current
        elif tag == "text":
            taking = current is not None

    def end(tag: str) -> None:
        nonlocal current, taking
        if tag == "threadedComment":
            current = None
        elif tag == "text":
            taking = False

    def characters(text: str) -> None:
        if taking and current is not None:
            current.text.append(text)

    package.parse(part, start, end, characters)

    threads: dict[Place, dict[str, list[_Remark]]] = {}
    for id_, remark in remarks.items():
        root = remark.parent if remark.parent in remarks else id_
        threads.setdefault(remark.place, {}).setdefault(root, []).append(remark)
    return {
        place: "\n".join(
            remark.said(persons)
            for thread in sorted(here.values(), key=lambda thread: min(remark.moment for remark in thread))
            for remark in sorted(thread, key=lambda remark: (bool(remark.parent), remark.moment))
        )
        for place, here in threads.items()
    }


def read_notes(package: Package, part: str) -> tuple[dict[Place, str], dict[Place, str]]:
    """Read the notes of a sheet: those that people wrote, and those that stand in for threads."""
    authors: list[str] = []
    notes: dict[Place, str] = {}
    stand_ins: dict[Place, str] = {}
    pieces: list[str] = []
    place: Place | None = None
    author = ""
    taking = phonetic = False

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal place, author, taking, phonetic
        if tag == "comment":
            place = place_of(attributes.get("ref", ""))
            number = attributes.get("authorId", "")
            author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
            pieces.clear()
        elif tag == "rPh":
            phonetic = True
        elif tag in ("t", "author"):
            taking = not phonetic
            if tag == "author":
                pieces.clear()

    def end(tag: str) -> None:
        nonlocal place, taking, phonetic
        if tag == "rPh":
            phonetic = False
        elif tag in ("t", "author"):
            taking = False
            if tag == "author":
                authors.append(plain_text("".join(pieces)))
        elif tag == "comment" and place is not None:
            text = plain_text("".join(pieces)).replace("\r\n", "\n").replace("\r", "\n").strip()
            if author.startswith(_MARK) or _HELP in text:
                if words := _under(text):
                    stand_ins[place] = words
            elif text:
                notes[place] = _signed(author.strip(), text)
            place = None

    package.parse(part, start, end, lambda text: pieces.append(text) if taking else None)
    return notes, stand_ins


def _signed(author: str, text: str) -> str:
    """Put the author before a note, once."""
    if author in ("", TOOL):  # its text names who said what
        return text
    # Excel itself begins a note with its author's name on a line.
    return f"{author}: {text.removeprefix(f'{author}:').strip()}"


def _under(text: str) -> str:
    """Give what people said from a note that stands in for a thread: what comes after Excel's own words."""
    blocks = text.split("\n\n")
    kept = [block for block in blocks[1:] if _HELP not in block] if len(blocks) > 1 else blocks
    lines = "\n\n".join(kept).split("\n")
    # Each remark is indented under a label ("Comment:", "Reply:") in the writer's language.
    said = [line.strip() for line in lines if line.startswith(("    ", "\t"))]
    return "\n".join(said) if said else "\n".join(line.strip() for line in lines).strip()
