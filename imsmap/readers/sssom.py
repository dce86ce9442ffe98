"""SSSOM as anybody writes it: a table of tab-separated values, below or beside a block of metadata behind `#`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from imsmap import about
from imsmap.errors import DataError, Problem
from imsmap.interchange import NAMESPACE, refs_of
from imsmap.library.load.parsing import parse
from imsmap.plain import legible
from imsmap.readers import csv
from imsmap.readers.brought import Around, Brought
from imsmap.readers.foreign import Said, Side, Taker, gathered, places_of
from imsmap.readers.tables import content_of

ABOUT = about.Reader(name="SSSOM mapping set", suffixes=(".tsv", ".csv", ".txt"), place=100)

_NEEDED = ("subject_id", "predicate_id", "object_id")
_TAKEN = (
    *_NEEDED, "predicate_modifier", "record_id", "subject_label", "object_label", "author_label", "confidence",
    "comment", "mapping_justification", "ext_strength", "ext_shared", "ext_differs", "ext_justification", "ext_source",
    "ext_affirmed", "subject_type", "object_type",
)  # fmt: skip
_HEADER = re.compile(rb"^(?!#).*\bsubject_id\b.*\bpredicate_id\b", re.MULTILINE)
_CURIE = re.compile(r"([A-Za-z_][\w.-]*):(\S+)")


def takes(beginning: bytes) -> bool:
    """Tell whether a file begins as a mapping set of SSSOM does."""
    return _HEADER.search(beginning) is not None


def bring(path: Path, shown: str, around: Around) -> Brought:
    """Read a mapping set; DataError where there is no table in it. What is wrong in a row is told with its line."""
    return gathered(gather, ABOUT.name, path, shown, around)


def gather(path: Path, shown: str, around: Around, gathering: Taker) -> None:
    """Let who gathers take every row; DataError where there is no table."""
    text, _, _ = csv.decoded(content_of(str(path), shown))
    lines = text.splitlines(keepends=True)
    start = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    rows = Rows(shown, _metadata(lines[:start], shown, gathering), around, gathering)
    table = csv.parse("".join(lines[start:]).encode(), shown, csv.having(*_NEEDED))
    if table.header is None:
        raise DataError([Problem(shown, None, "holds no table; it begins with subject_id, predicate_id, object_id")])
    rows.read(table, start)


def _metadata(lines: list[str], shown: str, gathering: Taker) -> Mapping[str, object]:
    """Read the block behind `#`; what is wrong in it keeps no row out."""
    block = "".join(line.removeprefix("#") for line in lines)
    if not block.strip():
        gathering.notices.append(f"{shown}: has no block of metadata; prefixes are taken for names of standards")
        return {}
    try:
        # All lines are indented alike where a blank stands behind each `#`.
        bare = re.sub(r"^ ", "", block, flags=re.MULTILINE) if re.match(r" ", block) else block
        tree = parse(bare, shown)
    except DataError as error:
        for problem in error.problems:
            gathering.faults.add("metadata", problem.path, problem.line, "metadata", problem.message)
        return {}
    found: Mapping[str, object] = tree.value
    return found


class Rows:
    """The rows of a table under way to relations."""

    def __init__(self, shown: str, head: Mapping[str, object], around: Around, gathering: Taker) -> None:
        """Know the prefixes."""
        self._shown, self._gathering = shown, gathering
        self._heads = {one.key for one in around.heads}
        prefixes = head.get("curie_map")
        self._prefixes: dict[str, str] = {}
        for prefix, address in prefixes.items() if isinstance(prefixes, dict) else ():
            if isinstance(address, str):
                self._prefixes[str(prefix)] = address
        self._is_mapped = bool(head)
        self._head = {name: value for name, value in head.items() if isinstance(value, str)}

    def read(self, table: csv.CsvText, before: int) -> None:
        """Take every row."""
        assert table.header is not None
        names = csv.names_of(table.header)
        places = {name: place for place, name in enumerate(names)}
        besides = Counter(
            {
                name: count
                for name, place in places.items()
                if name not in _TAKEN
                and (count := sum(place < len(one.cells) and one.cells[place] != "" for one in table.records))
            }
        )
        if besides:
            self._gathering.notices.append(f"columns that have no place here were passed over: {places_of(besides)}")
        for record in table.records:
            if record.empty():
                continue
            line = record.line + before
            at = f"line {line}"
            if record.fault:
                self._gathering.faults.add("broken", self._shown, line, at, f"can't be read ({record.fault})")
            else:
                cells = {n: record.cells[place] for n, place in places.items() if place < len(record.cells)}
                self.take(cells, self._shown, line, at)

    def take(self, cells: Mapping[str, str], shown: str, line: int | None, at: str) -> None:
        """Take one row by the names of its columns. at: how people call its place."""
        head = self._head

        def cell(name: str) -> str:
            return cells.get(name, "").strip() or head.get(name, "")

        sides = []
        for role in ("subject", "object"):
            side = self._side(cell(f"{role}_id"), cell(f"{role}_label"), role, shown, line, at)
            if side is None:
                return
            sides.append(side)
        modifier = cell("predicate_modifier")
        if modifier not in ("", "Not"):
            words = f"predicate_modifier {legible(modifier[:40])!r} is not known; it is Not, or nothing"
            self._gathering.faults.add("modifier", shown, line, at, words)
            return
        record = cell("record_id").rpartition(":")[2]
        ours = "ext_differs" in cells
        self._gathering.take(
            Said(
                shown, line, at, sides[0], sides[1], cell("predicate_id"), bool(modifier),
                record.rpartition("/")[2] if ours else "", cell("ext_strength"), cell("confidence"),
                cell("author_label").replace(r"\|", "|"), cell("ext_source"),
                cell("ext_justification") or cell("mapping_justification"),
                cell("ext_shared") if ours else cell("comment"), cell("ext_differs"), cell("ext_affirmed") or None,
            )
        )  # fmt: skip

    def _side(self, name: str, label: str, role: str, shown: str, line: int | None, at: str) -> Side | None:
        match = _CURIE.fullmatch(name)
        if match is None:
            what = f"{role}_id {legible(name[:60])!r} is no prefix with a name" if name else f"{role}_id is blank"
            self._gathering.faults.add(f"{role} id", shown, line, at, what)
            return None
        prefix, local = match.groups()
        address = self._prefixes.get(prefix, "")
        key = address.removeprefix(NAMESPACE).removesuffix(":") if address.startswith(NAMESPACE) else prefix
        if self._is_mapped and not address and prefix not in self._heads:
            words = f"the prefix {prefix} is not in the curie_map of the metadata"
            self._gathering.faults.add(f"prefix {prefix}", shown, line, at, words)
            return None
        if key in self._heads or address.startswith(NAMESPACE):
            refs = refs_of(key, local)
            return Side(key, tuple(ref.partition(":")[2] for ref in refs))
        return Side(prefix, (local,), (label,))
