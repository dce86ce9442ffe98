"""Relations as comma-separated text: a row for each, with columns for subject, relation and object.

Sides are full references (`iso9001-2015:8.4.1`), several behind semicolons, or clauses as people cite them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from imsmap import about
from imsmap.errors import DataError, ImsmapError, Problem
from imsmap.library.citations import standard_of
from imsmap.library.model import ALL_CLAUSES
from imsmap.library.names import mention
from imsmap.plain import legible
from imsmap.readers import csv
from imsmap.readers.brought import Around, Brought
from imsmap.readers.foreign import Said, Side, Taker, gathered, places_of
from imsmap.readers.mapping import Columns, columns_of
from imsmap.readers.tables import content_of, names_none

ABOUT = about.Reader(name="mapping as comma-separated text", suffixes=(".csv", ".tsv", ".txt"), place=140)

_NEEDED = ("subject", "predicate", "object")
_SAID = ("strength", "shared", "differs", "confidence", "justification", "author", "source", "affirmed")
_TAKEN = (*_SAID, "id", "subject_label", "object_label")
_OF_LISTS = frozenset(("number", "requirement"))
"""Columns of a list of requirements, which may say how they stand to clauses, too."""
_REF = re.compile(r"([A-Za-z_][\w.+-]*):(\S(?:.*\S)?)")


def takes(beginning: bytes) -> bool:
    """Tell whether a file begins with a header that names subject, relation and object."""
    text, _, _ = csv.decoded(beginning)
    header = csv.parse(text.encode(), "", _fits).header
    return header is not None and _fits(csv.names_of(header))


def is_whole(beginning: bytes) -> bool:
    """Tell whether a table says of relations what they share and how they differ, as ours does, and not only pairs."""
    text, _, _ = csv.decoded(beginning)
    return {*_NEEDED, "shared", "differs"} <= set(csv.parse(text.encode(), "", _fits).names())


def bring(path: Path, shown: str, around: Around) -> Brought:
    """Read a table; DataError where it has no header. What is wrong in a row is told with its line."""
    return gathered(gather, ABOUT.name, path, shown, around)


def gather(path: Path, shown: str, around: Around, gathering: Taker) -> None:
    """Let who gathers take every row; DataError where there is no header."""
    table = csv.parse(content_of(str(path), shown), shown, _fits)
    names = table.names()
    columns = columns_of(names, lambda text: standard_of(text, around.heads))
    if table.header is None or columns is None:
        raise DataError([Problem(shown, None, "holds no table; it begins with subject, predicate, object")])
    gathering.notices.extend(table.notices)
    reading = _Reading(shown, names, columns, around, gathering)
    for record in table.records:
        if record.fault:
            words = f"can't be read ({record.fault}); check its quotation marks"
            gathering.faults.add("broken", shown, record.line, f"line {record.line}", words)
        elif not record.empty():
            reading.take(record)
    reading.tell(table.records)


def _fits(names: Sequence[str]) -> bool:
    """Know a header by its relation between subject and object, or between columns that two standards head."""
    found = None if _OF_LISTS & set(names) else columns_of(names, _mentioned)
    return found is not None and found.relation is not None


def _mentioned(heading: str) -> str:
    """Give the standard of which a heading speaks, as it is written, whether the library holds it or not."""
    match = mention().search(heading)
    return match[0].strip() if match and re.search("[A-Za-z]", heading) else ""


class _Reading:
    """A table under way to relations."""

    def __init__(self, shown: str, names: Sequence[str], columns: Columns, around: Around, gathering: Taker) -> None:
        """Know what stands where."""
        self._shown, self._names, self._columns, self._gathering = shown, names, columns, gathering
        self._places = {name: names.index(name) for name in _TAKEN if name in names}
        self._keys = {head.key for head in around.heads}
        self._cited = cache(around.cite)
        self._alone = 0

    def take(self, record: csv.Record) -> None:
        """Take a row, or note what is wrong with it."""
        cells = [csv.unguarded(cell.strip()) for cell in record.cells]
        cells += [""] * (len(self._names) - len(cells))
        at, columns = f"line {record.line}", self._columns
        ends = (cells[columns.subject], cells[columns.object])
        if any(map(names_none, ends)):
            self._alone += 1
            return
        said: Mapping[str, str] = {name: cells[place] for name, place in self._places.items()}
        sides = []
        for role, text, standard in zip(("subject", "object"), ends, columns.standards, strict=True):
            side = self._side(text, standard, said.get(f"{role}_label", ""), role, record.line)
            if side is None:
                return
            sides.append(side)
        modifier = "" if columns.modifier is None else cells[columns.modifier]
        if modifier.lower() not in ("", "not"):
            words = f"predicate modifier {legible(modifier[:40])!r} is not known; it is Not, or nothing"
            self._gathering.faults.add("modifier", self._shown, record.line, at, words)
            return
        subject, object_ = sides
        word = "" if columns.relation is None else cells[columns.relation]
        self._gathering.take(
            Said(
                self._shown, record.line, at, subject, object_, word,
                bool(modifier), said.get("id", ""), said.get("strength", ""), said.get("confidence", ""),
                said.get("author", ""), said.get("source", ""), said.get("justification", ""), said.get("shared", ""),
                said.get("differs", ""), said.get("affirmed") or None,
            )
        )  # fmt: skip

    def _side(self, text: str, standard: str, label: str, role: str, line: int) -> Side | None:
        """Give what a cell names: references, or what people cite; nothing, once it is told, where that is none."""
        parts = [part.strip() for part in text.split(";") if part.strip()]
        found = [_REF.fullmatch(part) for part in parts]
        whole = [(match[1], match[2]) for match in found if match is not None]
        keys = {key for key, _ in whole}
        if len(whole) == len(parts) and len(keys) == 1 and (keys <= self._keys or not standard):
            key = keys.pop()
            if key in self._keys or not self._reads(text, standard):
                return Side(key, tuple("" if name == ALL_CLAUSES else name for _, name in whole), (label,))
        try:
            refs = self._cited(text, standard)
        except ImsmapError as error:
            self._fault(role, line, f"{role} {legible(text[:60])!r}: {error}")
            return None
        if len({ref.partition(":")[0] for ref in refs}) != 1:
            self._fault(role, line, f"{role} {legible(text[:60])!r} names clauses of several standards")
            return None
        return Side(refs[0].partition(":")[0], tuple(ref.partition(":")[2] for ref in refs), (label,))

    def _reads(self, text: str, standard: str) -> bool:
        """Tell whether people cite a clause of the library so."""
        try:
            return bool(self._cited(text, standard))
        except ImsmapError:
            return False

    def _fault(self, role: str, line: int, words: str) -> None:
        self._gathering.faults.add(f"{role} cited", self._shown, line, f"line {line}", words)

    def tell(self, records: Sequence[csv.Record]) -> None:
        """Say what has no place here."""
        taken = {*self._places.values(), self._columns.subject, self._columns.object}
        taken |= {one for one in (self._columns.relation, self._columns.modifier) if one is not None}
        besides = Counter(
            {
                legible(name[:60]): count
                for place, name in enumerate(self._names)
                if place not in taken and (count := sum(place < len(r.cells) and r.cells[place] != "" for r in records))
            }
        )
        if besides:
            words = f"columns that have no place here were passed over: {places_of(besides)}"
            self._gathering.notices.append(words)
        if self._alone:
            words = f"{self._alone} rows name no clause on one side: no counterpart, which states no relation"
            self._gathering.notices.append(words)
