"""Read other people's mappings: a CSV with the columns subject and object, and optionally relation.

Published tables come in many dialects, which `csv.py` reads, with their columns in any order; everything that can't be
understood is said, each with its line, all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from attrs import frozen

from imsmap.errors import DataError, ImsmapError, Problem
from imsmap.library.relationships import PREDICATES
from imsmap.readers import csv

_NEEDED = ("subject", "object")
MAX_BYTES = 100_000_000
_RELATION_WORDS = {
    **{name: name for name in PREDICATES},
    "equal": "equal-to",
    "equivalent": "equal-to",
    "subset": "subset-of",
    "superset": "superset-of",
    "intersects": "intersects-with",
    "none": "no-relationship",
    "no relationship": "no-relationship",
    "skos:exactmatch": "equal-to",
    "skos:broadmatch": "subset-of",
    "skos:narrowmatch": "superset-of",
    "skos:relatedmatch": "intersects-with",
}


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

    notices: what a person should be told of how the file was read.
    """

    name: str
    subject: str
    object: str
    pairs: tuple[MappedPair, ...]
    notices: tuple[str, ...] = ()


def read_mapping(path: str, resolve: Callable[[str], str]) -> Mapping:
    """Read a mapping file; `resolve` turns what people write into a full clause reference or raises ImsmapError."""
    problems: list[Problem] = []
    text = csv.parse(_content(path), path, _NEEDED)
    if text.header is None:
        raise DataError([Problem(path, 1, "the file is empty; it needs a header row: subject,object")])
    places = _places(path, text.header)
    pairs: list[MappedPair] = []
    resolved = cache(_safely(resolve))
    for record in text.records:
        line, row = record.line, record.cells
        if record.fault:
            words = f"the row can't be read ({record.fault}); check its quotation marks"
            problems.append(Problem(path, line, words))
            continue
        if record.empty():
            continue
        faults: list[str] = []
        pair = _pair(row, places, line, resolved, faults)
        problems.extend(Problem(path, line, fault) for fault in faults)
        if pair is not None:
            pairs.append(pair)
    if not pairs and not problems:
        problems.append(Problem(path, text.header.line, "there is a header but no row below it; add the clause pairs"))
    subject, object_, found = _oriented(path, pairs, problems) if pairs else ("", "", ())
    if problems:
        raise DataError(problems)
    return Mapping(Path(path).name, subject, object_, found, text.notices)


def _content(path: str) -> bytes:
    try:
        size = Path(path).stat().st_size
        if size > MAX_BYTES:
            raise DataError([Problem(path, None, f"is larger than {MAX_BYTES // 1_000_000} MB; split the file")])
        return Path(path).read_bytes()
    except OSError as error:
        raise DataError([Problem(path, None, f"cannot be read ({error.strerror}); check name and rights")]) from None


def _places(path: str, header: csv.Record) -> dict[str, int]:
    names = [cell.strip().lower() for cell in header.cells]
    places: dict[str, int] = {name: names.index(name) for name in _NEEDED if name in names}
    for name in ("relation", "predicate", "relationship"):
        if name in names:
            places["relation"] = names.index(name)
            break
    twice = [name for name in ("subject", "object", "relation") if names.count(name) > 1]
    if twice:
        raise DataError(
            [Problem(path, header.line, f"the header has the column {' and '.join(twice)} twice; rename one")]
        )
    missing = [name for name in _NEEDED if name not in places]
    if missing:
        named = ", ".join(header.cells)[:200]
        words = f"the header has no column {' and no column '.join(missing)}; it reads: {named}"
        raise DataError([Problem(path, header.line, words)])
    return places


def _safely(resolve: Callable[[str], str]) -> Callable[[str], tuple[str, str]]:
    def answer(text: str) -> tuple[str, str]:
        try:
            return resolve(text), ""
        except ImsmapError as error:
            return "", str(error)

    return answer


def _pair(
    row: Sequence[str],
    places: dict[str, int],
    line: int,
    resolve: Callable[[str], tuple[str, str]],
    faults: list[str],
) -> MappedPair | None:
    """Understand a row, or note everything that is wrong with it."""
    if len(row) <= max(places["subject"], places["object"]):
        faults.append(f"the row has {len(row)} column{'' if len(row) == 1 else 's'}; it needs subject and object")
        return None
    ends = []
    for name in _NEEDED:
        text = " ".join(row[places[name]].split())
        if not text:
            faults.append(f"the {name} is empty; give a clause such as 9001:8.4, or delete the row")
            continue
        ref, fault = resolve(text)
        if fault:
            faults.append(f"{name} {text[:80]!r}: {fault}")
        ends.append(ref)
    relation = None
    if "relation" in places and places["relation"] < len(row):
        word = " ".join(row[places["relation"]].split()).lower()
        if word:
            relation = _RELATION_WORDS.get(word)
            if relation is None:
                faults.append(f"relation {word[:40]!r} is not known; use one of {', '.join(PREDICATES)}")
    if len(ends) == 2 and all(ends):
        if ends[0] == ends[1]:
            faults.append(f"{ends[0]} is paired with itself; a mapping pairs clauses of two standards")
        elif ends[0].partition(":")[0] == ends[1].partition(":")[0]:
            faults.append(f"{ends[0]} and {ends[1]} are of the same standard; a mapping pairs two standards")
    return None if faults else MappedPair(ends[0], ends[1], relation, line)


_TURNED = {"subset-of": "superset-of", "superset-of": "subset-of"}


def _oriented(path: str, pairs: list[MappedPair], problems: list[Problem]) -> tuple[str, str, tuple[MappedPair, ...]]:
    """Turn every pair the way the first one stands; note a third standard and a pair told in two ways."""
    subject, object_ = pairs[0].subject.partition(":")[0], pairs[0].object.partition(":")[0]
    found: dict[tuple[str, str], MappedPair] = {}
    for pair in pairs:
        ends = (pair.subject.partition(":")[0], pair.object.partition(":")[0])
        if ends == (object_, subject):
            turned = _TURNED.get(pair.relation, pair.relation) if pair.relation else None
            pair = MappedPair(pair.object, pair.subject, turned, pair.line)
        elif ends != (subject, object_):
            problems.append(
                Problem(
                    path,
                    pair.line,
                    f"pairs {ends[0]} with {ends[1]}, but line {pairs[0].line} pairs {subject} with {object_}; "
                    "put each pair of standards into a file of its own",
                )
            )
            continue
        known = found.setdefault((pair.subject, pair.object), pair)
        if known is not pair and known.relation != pair.relation:
            problems.append(
                Problem(
                    path,
                    pair.line,
                    f"{pair.subject} and {pair.object} are paired {_as(pair)} here and {_as(known)} in "
                    f"line {known.line}; keep one",
                )
            )
    return subject, object_, tuple(found.values())


def _as(pair: MappedPair) -> str:
    return f"as {pair.relation}" if pair.relation else "without a relation"
