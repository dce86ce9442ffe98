"""Read other people's mappings: a table with columns for subject and object, and optionally for the relation.

Published tables come in many dialects (`tables.py`), with the columns of SSSOM, of NIST IR 8477 or of our own exports,
or with the standards as headings. What can be read is read; everything that can't is said, each with its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from imsmap.errors import DataError, ImsmapError, Problem
from imsmap.library.relationships import PREDICATES, negated, turned
from imsmap.plain import folded
from imsmap.readers import csv
from imsmap.readers.tables import names_none, read_table
from imsmap.values import frozen

_SUBJECT = ("subject", "subject id", "fde #", "fde", "focal document element", "focal document element id")
_OBJECT = ("object", "object id", "rde #", "rde", "reference document element", "reference document element id")
_RELATION = (
    "relation", "predicate", "relationship", "predicate id", "relation type", "relationship type", "strm relationship",
    "set theory relationship", "mapping relationship", "possible",
)  # fmt: skip
_MODIFIER = ("predicate modifier", "modifier")
_NEEDED = ("subject", "object")
_FIGURE = re.compile(r"\s*'?[0-9]+(?:\.[0-9]+)*\s*")
_WORDS = {
    "equal-to": ("equal", "equals", "equivalent", "equivalent to", "identical", "is equal to", "=", "exact match"),
    "subset-of": ("subset", "is subset of", "⊂", "⊆", "broad match", "sub class of", "is part of"),
    "superset-of": ("superset", "is superset of", "⊃", "⊇", "narrow match"),
    "intersects-with": ("intersects", "intersection", "∩", "overlaps", "partial", "related match"),
    "no-relationship": ("none", "no relation", "not related", "not related to", "is not related to", "∅", "unrelated"),
}  # fmt: skip
"""How people say the relations: IR 8477, OSCAL, SKOS, and in signs."""
_PAIRS = frozenset(("close match", "mapping relation", "related", "related to", "mapped", "mapped to", "x", "see also"))
"""Words that pair two clauses and say no more."""
_TOGETHER = (None, "no-relationship")
"""What is said of several clauses together and so of each pair of them."""
Resolve = Callable[[str, str], tuple[str, ...]]
"""Turns what people write, and the standard that is meant where they name none, into full references of clauses."""


@frozen
class MappedPair:
    """One row of a published mapping; relation is nothing where the table only pairs."""

    subject: str
    object: str
    relation: str | None
    line: int


@frozen
class Mapping:
    """A published mapping, turned so that every subject is of one standard and every object of another.

    without: the clauses that it says have no counterpart. notices: what a person should be told of how the file was
    read. problems: the rows that could not be read.
    """

    name: str
    subject: str
    object: str
    pairs: tuple[MappedPair, ...]
    notices: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@frozen
class Columns:
    """Where what stands; standards: of which ones subject and object are, where the headings name them."""

    subject: int
    object: int
    relation: int | None = None
    modifier: int | None = None
    id: int | None = None
    standards: tuple[str, str] = ("", "")


def read_mapping(path: str, resolve: Resolve, standard: Callable[[str], str] = lambda _: "") -> Mapping:
    """Read a mapping file; DataError holds every problem if nothing in it can be read.

    standard: gives the key of the standard that a heading names, nothing for any other heading.
    """
    known = cache(standard)
    table = read_table(path, lambda names: columns_of(names, known) is not None)
    if table.header is None:
        raise DataError([Problem(path, 1, "the file is empty; it needs a header row: subject,object")])
    columns = _places(path, table.header, known)
    reading = _Reading(path, columns, cache(_safely(resolve)))
    for record in table.records:
        reading.take(record)
    if not reading.pairs and not reading.without and not reading.problems:
        words = "there is a header but no row below it; add the clause pairs"
        raise DataError([Problem(path, table.header.line, words)])
    return reading.mapping(Path(path).name, table.notices)


def columns_of(names: Sequence[str], standard: Callable[[str], str] = lambda _: "") -> Columns | None:
    """Find the columns of a header by their names; nothing if it is none."""
    plain = [" ".join(re.split(r"[\s_-]+", folded(name).strip().casefold())) for name in names]

    def place(known: Sequence[str]) -> int | None:
        # An id says more surely than a name what is meant.
        ordered = sorted(known, key=lambda name: not name.endswith((" id", "#")))
        return next((plain.index(name) for name in ordered if name in plain), None)

    subject, object_ = place(_SUBJECT), place(_OBJECT)
    relation, modifier, id_ = place(_RELATION), place(_MODIFIER), place(("id",))
    if subject is not None and object_ is not None:
        return Columns(subject, object_, relation, modifier, id_)
    if subject is not None or object_ is not None:
        return None
    named = [(number, key) for number, name in enumerate(names) if name.strip() and (key := standard(name))]
    # A row with figures tells of two standards, as our table of coverage does, and heads no columns.
    if len({key for _, key in named}) == 2 == len(named) and not any(map(_FIGURE.fullmatch, names)):
        (one, first), (two, second) = named
        return Columns(one, two, relation, modifier, id_, (first, second))
    return None


def _places(path: str, header: csv.Record, standard: Callable[[str], str]) -> Columns:
    names = csv.names_of(header)
    twice = [name for name in ("subject", "object", "relation") if names.count(name) > 1]
    if twice:
        words = f"the header has the column {' and '.join(twice)} twice; rename one"
        raise DataError([Problem(path, header.line, words)])
    found = columns_of(names, standard)
    if found is None:
        missing = [name for name in _NEEDED if name not in names]
        named = ", ".join(header.cells)[:200]
        words = f"the header has no column {' and no column '.join(missing)}; it reads: {named}"
        raise DataError([Problem(path, header.line, words)])
    return found


def _safely(resolve: Resolve) -> Callable[[str, str], tuple[tuple[str, ...], str]]:
    def answer(text: str, standard: str) -> tuple[tuple[str, ...], str]:
        try:
            return resolve(text, standard), ""
        except ImsmapError as error:
            return (), str(error)

    return answer


class _Reading:
    """A table under way to pairs."""

    def __init__(self, path: str, columns: Columns, resolve: Callable[[str, str], tuple[tuple[str, ...], str]]) -> None:
        """Read nothing yet."""
        self._path = path
        self._columns = columns
        self._resolve = resolve
        self._together: list[int] = []
        self.pairs: list[MappedPair] = []
        self.without: list[tuple[str, int]] = []
        self.problems: list[Problem] = []

    def take(self, record: csv.Record) -> None:
        """Understand a row, or note everything that is wrong with it."""
        if record.fault:
            self._fault(record.line, f"the row can't be read ({record.fault}); check its quotation marks")
            return
        if record.empty():
            return
        row, columns = record.cells, self._columns
        if len(row) <= max(columns.subject, columns.object):
            count = f"{len(row)} column{'' if len(row) == 1 else 's'}"
            self._fault(record.line, f"the row has {count}; it needs subject and object")
            return
        before = len(self.problems)
        sides = [self._side(record, name) for name in _NEEDED]
        relation = self._relation(record)
        if len(self.problems) > before:
            return
        self._take(record.line, sides[0], sides[1], relation)

    def _take(self, line: int, subjects: tuple[str, ...], objects: tuple[str, ...], relation: str | None) -> None:
        if not subjects or not objects:
            if relation not in _TOGETHER:
                self._fault(line, f"says {relation} and names one clause only; give the other")
                return
            self.without += [(ref, line) for ref in (*subjects, *objects)]
            return
        if len(subjects) + len(objects) > 2 and relation not in _TOGETHER:
            # What holds of several together need not hold of each of them.
            relation = None
            self._together.append(line)
        for subject in subjects:
            for object_ in objects:
                if subject == object_:
                    self._fault(line, f"{subject} is paired with itself; a mapping pairs clauses of two standards")
                elif subject.partition(":")[0] == object_.partition(":")[0]:
                    words = f"{subject} and {object_} are of the same standard; a mapping pairs two standards"
                    self._fault(line, words)
                else:
                    self.pairs.append(MappedPair(subject, object_, relation, line))

    def _side(self, record: csv.Record, name: str) -> tuple[str, ...]:
        place, standard = (
            (self._columns.subject, self._columns.standards[0])
            if name == "subject"
            else (self._columns.object, self._columns.standards[1])
        )
        text = "\n".join(" ".join(line.split()) for line in record.cells[place].strip().splitlines())
        text = text.removeprefix("'").strip()
        if names_none(text):
            return ()
        refs, fault = self._resolve(text, standard)
        if fault:
            refs = self._by_id(record, name) or refs
        if not refs:
            self._fault(record.line, f"{name} {text[:80]!r}: {fault}")
        return refs

    def _by_id(self, record: csv.Record, name: str) -> tuple[str, ...]:
        """Take a clause from the id of a row of our own exports, `subject-object`."""
        if self._columns.id is None or self._columns.id >= len(record.cells):
            return ()
        text = record.cells[self._columns.id].strip()
        for match in re.finditer("-", text):
            ends = [self._resolve(part, "") for part in (text[: match.start()], text[match.end() :]) if ":" in part]
            if len(ends) == 2 and not any(fault for _, fault in ends):
                return ends[_NEEDED.index(name)][0]
        return ()

    def _relation(self, record: csv.Record) -> str | None:
        def cell(place: int | None) -> str:
            return record.cells[place].strip() if place is not None and place < len(record.cells) else ""

        said = cell(self._columns.relation)
        modifier = folded(cell(self._columns.modifier)).casefold().strip(" .")
        found = relation_of(said)
        if found == "":
            words = f"relation {said.lower()[:40]!r} is not known; use one of {', '.join(PREDICATES)}"
            self._fault(record.line, words)
            return None
        if not modifier:
            return found
        if modifier != "not":
            self._fault(record.line, f"predicate modifier {modifier[:40]!r} is not known; write Not, or nothing")
            return None
        return negated(found)

    def _fault(self, line: int, words: str) -> None:
        self.problems.append(Problem(self._path, line, words))

    # --- all of it ---------------------------------------------------------------------------------------------------

    def mapping(self, name: str, notices: tuple[str, ...]) -> Mapping:
        """Turn every pair the way the first one stands, and give what was read."""
        path = self._path
        standards = self._columns.standards
        if self.pairs and not all(standards):
            standards = (self.pairs[0].subject.partition(":")[0], self.pairs[0].object.partition(":")[0])
        found = self._oriented(*standards) if self.pairs else ()
        without = []
        for ref, line in self.without:
            if ref.partition(":")[0] in standards:
                without.append(ref)
            elif self.pairs or all(standards):
                self._fault(line, f"{ref} is of none of the two standards that the table pairs")
        if not found and not (without and all(standards)):
            if not self.problems:
                self._fault(self.without[0][1], "no row pairs two clauses, so it can't be told which standard is meant")
            raise DataError(self.problems)
        told = tuple(
            f"{path}:{line}: what is said of several clauses together is compared as pairs without a relation"
            for line in self._together
        )
        return Mapping(
            name, *standards, found, (*notices, *told), tuple(dict.fromkeys(without)), tuple(self.problems)
        )  # fmt: skip

    def _oriented(self, subject: str, object_: str) -> tuple[MappedPair, ...]:
        """Note a third standard and a pair told in two ways."""
        found: dict[tuple[str, str], MappedPair] = {}
        for pair in self.pairs:
            ends = (pair.subject.partition(":")[0], pair.object.partition(":")[0])
            if ends == (object_, subject):
                pair = MappedPair(pair.object, pair.subject, turned(pair.relation), pair.line)
            elif ends != (subject, object_):
                self._fault(
                    pair.line,
                    f"pairs {ends[0]} with {ends[1]}, but line {self.pairs[0].line} pairs {subject} with {object_}; "
                    "put each pair of standards into a file of its own",
                )
                continue
            known = found.setdefault((pair.subject, pair.object), pair)
            if known is not pair and known.relation != pair.relation:
                self._fault(
                    pair.line,
                    f"{pair.subject} and {pair.object} are paired {_as(pair)} here and {_as(known)} in "
                    f"line {known.line}; keep one",
                )
        return tuple(found.values())


# --- relations -------------------------------------------------------------------------------------------------------


def relation_of(text: str) -> str | None:
    """Give the relation that a word or a sign says: nothing where it only pairs, `` where it is not known."""
    word = folded(text).strip().casefold()
    if not word:
        return None
    if ";" in word:
        # Our own exports list what is possible; one alone is a relation.
        return None if all(relation_of(part) for part in word.split(";")) else ""
    # skos:exactMatch, http://www.w3.org/2004/02/skos/core#exactMatch, Exact Match
    bare = re.split(r"[:#/]", text.strip())[-1]
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", folded(bare))
    letters = _letters(spaced)
    if letters in _PAIRS:
        return None
    return _known().get(letters, _known().get(word, ""))


@cache
def _known() -> dict[str, str]:
    return {_letters(word): name for name, words in _WORDS.items() for word in (name, *words)}


def _letters(text: str) -> str:
    return " ".join(re.split(r"[\s_-]+", text.strip().casefold()))


def _as(pair: MappedPair) -> str:
    return f"as {pair.relation}" if pair.relation else "without a relation"
