"""Plain files of one JSON object per line, under a head: written in one way, read with every problem at its line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from json.encoder import encode_basestring
from typing import Any, cast

from imsmap.errors import DataError, Problem
from imsmap.register.cells import Value, from_json
from imsmap.values import frozen

Record = Mapping[str, Any]
"""A line of JSON that a person may have edited: looked at key by key."""

FORMAT = 1
_MOST_PROBLEMS = 50
_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


@frozen
class Lines:
    """A file's head and its records, each with its line."""

    shown: str
    head: Record
    records: tuple[tuple[int, Record], ...]


def dump(head: Record, records: Iterable[Record]) -> bytes:
    """Write a file: its head, then a line for each record."""
    lines = [_ENCODE({"imsmap": FORMAT, **head})]
    for record in records:
        # As the encoder writes it, in a third of its time: nearly all that there is are texts.
        parts = (
            f'"{name}": {encode_basestring(value) if type(value) is str else _ENCODE(value)}'
            for name, value in record.items()
        )
        lines.append(f"{{{', '.join(parts)}}}")
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")


def head(line: bytes, shown: str) -> Record:
    """Read a file's head, its first line; DataError if it is none of ours or of a newer imsmap."""
    try:
        found = _parse(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DataError([Problem(shown, 1, f"is no head of a file of imsmap ({error}); {_ADVICE}")]) from None
    number = found.get("imsmap") if isinstance(found, dict) else None
    if not isinstance(number, int):
        raise DataError([Problem(shown, 1, f'should begin with a line {{"imsmap": {FORMAT}, ...}}; {_ADVICE}')])
    if number > FORMAT:
        raise DataError([Problem(shown, 1, f"was written by a newer imsmap (format {number}); update imsmap")])
    assert isinstance(found, dict)
    return found


def load(content: bytes, shown: str) -> Lines:
    """Read a file; DataError holds every line that is broken."""
    first, _, rest = content.partition(b"\n")
    found = head(first, shown)
    at_once = _at_once(rest)
    if at_once is not None:
        return Lines(shown, found, at_once)
    problems: list[Problem] = []
    records: list[tuple[int, Record]] = []
    for number, raw in enumerate(rest.split(b"\n"), 2):
        line = raw.strip()
        if not line:
            continue
        try:
            record = _parse(line.decode("utf-8", "surrogatepass"))
            if not isinstance(record, dict):
                raise ValueError("a line is an object in braces")
        except UnicodeDecodeError:
            problems.append(Problem(shown, number, f"is not UTF-8; {_ADVICE}"))
        except (ValueError, RecursionError) as error:
            problems.append(Problem(shown, number, f"is not JSON ({error}); {_ADVICE}"))
        else:
            records.append((number, record))
        if len(problems) >= _MOST_PROBLEMS:
            break
    if problems:
        raise DataError(problems)
    return Lines(shown, found, tuple(records))


_ADVICE = "mend it, or put the file back from a copy"


def _at_once(content: bytes) -> tuple[tuple[int, Record], ...] | None:
    """Read all lines in one go, which is several times faster; nothing if that fails: then each is looked at."""
    try:
        numbered = [(n, line) for n, line in enumerate(content.decode("utf-8", "surrogatepass").split("\n"), 2) if line]
        records = _parse(f"[{','.join([line for _, line in numbered])}]")
    except (ValueError, RecursionError):
        return None
    if len(records) != len(numbered) or not all(type(record) is dict for record in records):
        return None
    return tuple(zip([number for number, _ in numbered], records, strict=True))


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number")


def _once(pairs: list[tuple[str, Any]]) -> Record:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


_parse = json.JSONDecoder(parse_constant=_no_number, object_pairs_hook=_once).decode


def texts(lines: Lines, names: tuple[str, ...], others: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Give the texts of these names from every record; DataError for what is missing, no text or unknown."""
    problems = []
    known = (*names, *others)
    allowed = frozenset(known)
    for number, record in lines.records:
        found = tuple([record.get(name) for name in names])
        if not record.keys() <= allowed:
            unknown = ", ".join(repr(name) for name in sorted(record.keys() - allowed))
            problems.append(Problem(lines.shown, number, f"unknown name {unknown}; a line has {', '.join(known)}"))
        elif not all(found) or {type(text) for text in found} != {str}:
            problems.append(Problem(lines.shown, number, f"needs {', '.join(names)}, each a text"))
        else:
            yield number, cast("tuple[str, ...]", found)
    if problems:
        raise DataError(problems)


def value(lines: Lines, number: int, found: Any, problems: list[Problem]) -> Value | None:
    """Take a value, or note the problem."""
    try:
        return from_json(found)
    except ValueError as error:
        problems.append(Problem(lines.shown, number, f"the value {error}"))
        return None
