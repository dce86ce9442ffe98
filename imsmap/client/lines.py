"""Plain files of one JSON object per line, under a head: written in one way, read with every problem at its line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any

from imsmap.errors import DataError, Problem
from imsmap.register.cells import Value, from_json
from imsmap.values import frozen

Record = Mapping[str, Any]
"""A line of JSON that a person may have edited: looked at key by key."""
Found = tuple[int, tuple[str, ...], Value | None]
"""A value with its line and by what it is known; nothing for a blank one."""

FORMAT = 1
_MOST_PROBLEMS = 50
_VALUE = "value"
_PLAIN = r'[^"\\\x00-\x1f]+'
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
        parts = [
            f'"{name}": {encode_basestring(value) if type(value) is str else _ENCODE(value)}'
            for name, value in record.items()
        ]
        lines.append(f"{{{', '.join(parts)}}}")
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")


def dump_values(head: Record, names: tuple[str, ...], values: Iterable[tuple[tuple[str, ...], object]]) -> bytes:
    """Write a file of values by these names, as `dump` does, in a third of its time."""
    form = f"{{{', '.join(f'{encode_basestring(name)}: %s' for name in (*names, _VALUE))}}}"
    lines = [_ENCODE({"imsmap": FORMAT, **head})]
    lines += [
        form % (*map(encode_basestring, by), encode_basestring(value) if type(value) is str else _ENCODE(value))
        for by, value in values
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")


def values(content: bytes, shown: str, names: tuple[str, ...]) -> tuple[Record, Iterable[Found]]:
    """Read the head of a file of values by these names, and the values; behind the last of them comes the DataError.

    It holds every line that is broken; who reads them may have found more by then.
    """
    quick = _at_a_glance(content, shown, names)
    if quick is not None:
        return quick
    found = load(content, shown)
    return found.head, _one_by_one(found, names)


def _one_by_one(found: Lines, names: tuple[str, ...]) -> Iterator[Found]:
    problems: list[Problem] = []
    try:
        for number, by, record in texts(found, names, (_VALUE,)):
            yield number, by, value(found, number, record.get(_VALUE), problems)
    except DataError as error:
        problems += error.problems
    if problems:
        raise DataError(problems)


def _at_a_glance(content: bytes, shown: str, names: tuple[str, ...]) -> tuple[Record, list[Found]] | None:
    """Read such a file as it was written; nothing if anything in it is otherwise.

    Nearly all are texts without a sign that JSON writes otherwise: to see that takes a third of reading JSON.
    """
    first, _, rest = content.partition(b"\n")
    by = "".join(f'"{name}": "({_PLAIN})", ' for name in names)
    as_written = re.compile(rf'\{{{by}"{_VALUE}": (?:"({_PLAIN})"|(.+))\}}').fullmatch
    found: list[Found] = []
    try:
        for number, line in enumerate(_split(rest), 2):
            seen = as_written(line)
            if seen is None:
                return None
            *key, text, other = seen.groups()
            found.append((number, tuple(key), from_json(_parse(other)) if text is None else text))
    except (ValueError, RecursionError):
        return None
    return head(first, shown), found


def _split(content: bytes) -> list[str]:
    """Give the lines of a text that ends with the last of them."""
    text = content.decode("utf-8", "surrogatepass").removesuffix("\n")
    return text.split("\n") if text else []


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
        lines = _split(content)
        records = _parse(f"[{','.join(lines)}]")
    except (ValueError, RecursionError):
        return None
    if len(records) != len(lines) or not all(type(record) is dict for record in records):
        return None
    return tuple(enumerate(records, 2))


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number")


def _once(pairs: list[tuple[str, Any]]) -> Record:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


_parse = json.JSONDecoder(parse_constant=_no_number, object_pairs_hook=_once).decode


def texts(
    lines: Lines, names: tuple[str, ...], others: tuple[str, ...]
) -> Iterator[tuple[int, tuple[str, ...], Record]]:
    """Give the line, the texts of these names, two at least, and the record of all that has them.

    DataError, behind the last, for what is missing or unknown.
    """
    problems = []
    known = (*names, *others)
    allowed = frozenset(known)
    take = itemgetter(*names)
    for number, record in lines.records:
        try:
            found = take(record)
            is_whole = all(found) and bool("".join(found))  # which only texts can be joined to
        except (KeyError, TypeError):
            is_whole = False
        if not record.keys() <= allowed:
            unknown = ", ".join(repr(name) for name in sorted(record.keys() - allowed))
            problems.append(Problem(lines.shown, number, f"unknown name {unknown}; a line has {', '.join(known)}"))
        elif not is_whole:
            problems.append(Problem(lines.shown, number, f"needs {', '.join(names)}, each a text"))
        else:
            yield number, found, record
    if problems:
        raise DataError(problems)


def value(lines: Lines, number: int, found: Any, problems: list[Problem]) -> Value | None:
    """Take a value, or note the problem."""
    if type(found) is str and found:
        return found  # as nearly all are
    try:
        return from_json(found)
    except ValueError as error:
        problems.append(Problem(lines.shown, number, f"the value {error}"))
        return None
