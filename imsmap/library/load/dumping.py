"""Standards and mapping sets back into YAML of the house's form, such that loading it gives the same values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

import attrs
import yaml

from imsmap.library.load.sets import Set
from imsmap.library.load.structuring import key_of
from imsmap.library.load.tree import Held
from imsmap.library.model import ALL_CLAUSES, Clause, Point, Relation, Standard, series_of

_HANDED = ("author", "confidence", "source", "justification")
"""What the head of a mapping set says for all its relations."""
_WIDTH = 118
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ,.;/()_+-]*[A-Za-z0-9.;)])?", re.ASCII)
_MIXED = re.compile(r"[1-9][0-9]*[a-z][0-9a-z]*", re.ASCII)
_NUMBER = re.compile(r"0|[1-9][0-9]*|[0-9]+\.[0-9]+", re.ASCII)
_WORDS = frozenset(("y", "n", "yes", "no", "true", "false", "on", "off", "null"))
"""Texts that another reader could take for something else."""


def dump(standard: Standard) -> str:
    """Write a standard as YAML; what a file, clause or point inherits is not repeated."""
    top = {name: value for name, value in _plain(standard).items() if name != "clauses"}
    if standard.series == series_of(standard.designation):
        top.pop("series", None)
    top["clauses"] = [_clause(clause, standard) for clause in standard.clauses]
    return _written(top)


def dump_set(found: Set) -> str:
    """Write a mapping set as YAML; what most of its relations say alike stands in the head. One holds a relation."""
    one, relations = found
    head: dict[str, Held] = {"subject": one.subject, "object": one.object, "assessed": one.assessed}
    if not one.bridges:
        head["bridges"] = "false"
    alike = {name: _most([str(getattr(relation, name)) for relation in relations]) for name in _HANDED}
    head |= alike
    head["relations"] = [_relation(relation, one.name, alike) for relation in relations]
    return _written(head)


def _most(said: list[str]) -> str:
    return max(dict.fromkeys(said), key=said.count)


def _relation(relation: Relation, name: str, alike: Mapping[str, str]) -> dict[str, Held]:
    found: dict[str, Held] = _plain(relation)
    found["id"] = relation.id.removeprefix(f"{name}#")
    for role, refs in (("subject", relation.subject), ("object", relation.object)):
        alone = [ref.partition(":")[2] or ALL_CLAUSES for ref in refs]
        found[role] = alone[0] if len(alone) == 1 else alone
    order = ("id", "subject", "predicate", "object", "strength", "shared", "differs", *_HANDED, "affirmed")
    return {key: found[key] for key in order if key in found and found[key] != alike.get(key)}


def _clause(clause: Clause, standard: Standard) -> dict[str, Held]:
    found = _plain(clause)
    del found["standard"]
    found.pop("points", None)
    order = ("number", "title", "topic", "confidence", "source")
    written = {name: found.pop(name) for name in order if name in found}
    for name in ("confidence", "source"):
        if getattr(clause, name) == getattr(standard, name):
            del written[name]
    if clause.parent == "":
        written["parent"] = ""  # here an empty text says something: that the dots mean no heading
    if clause.points:
        written["points"] = [_point(point, clause) for point in clause.points]
    return {**written, **found}


def _point(point: Point, clause: Clause) -> dict[str, Held]:
    found: dict[str, Held] = _plain(point)
    for name in ("confidence", "source"):
        if getattr(point, name) == getattr(clause, name):
            del found[name]
    return found


def _plain(value: Held) -> Held:
    """Turn values into dicts, lists and texts, leaving out what says nothing."""
    kind = type(value)
    if kind is str:
        return value
    if kind is tuple:
        return [_plain(inner) for inner in value]
    if value is True:
        return "true"
    return _fields_of(value, kind) if attrs.has(kind) else str(value)


def _fields_of(value: Held, kind: type) -> dict[str, Held]:
    found = {}
    for name, key in _keys(kind):
        inner = getattr(value, name)
        if inner is not False and inner is not None and inner not in ("", ()):
            found[key] = _plain(inner)
    return found


@cache
def _keys(kind: type) -> tuple[tuple[str, str], ...]:
    """Give the names of a class's fields, each with its key in a file."""
    return tuple((field.name, key_of(field.name)) for field in attrs.fields(kind))


# --- text ------------------------------------------------------------------------------------------------------------


def _written(value: Held) -> str:
    return "".join(f"{line}\n" for line in _lines(value, 0))


def _lines(value: Mapping[str, Held], depth: int) -> Iterator[str]:
    """Write a mapping, as PyYAML would: what most of it is needs none of its care, which takes most of its time."""
    pad = " " * depth
    for key, held in value.items():
        if isinstance(held, str):
            yield from _scalar(f"{pad}{key}:", held, depth)
        elif isinstance(held, dict):
            yield f"{pad}{key}:"
            yield from _lines(held, depth + 2)
        else:
            yield f"{pad}{key}:"
            for one in held:
                if isinstance(one, str):
                    yield from _scalar(f"{pad}  -", one, depth + 2)
                else:
                    first, *rest = _lines(one, depth + 4)
                    yield f"{pad}  - {first[depth + 4 :]}"
                    yield from rest


def _scalar(before: str, text: str, depth: int) -> Iterable[str]:
    """Write a text behind its key or hyphen, by PyYAML where each sign of it has to be looked at, or where to fold."""
    if len(before) + len(text) < _WIDTH:
        if _PLAIN.fullmatch(text) and text.lower() not in _WORDS and ": " not in text and " #" not in text:
            return (f"{before} {text}",)
        if _MIXED.fullmatch(text):
            return (f"{before} {text}",)
        if _NUMBER.fullmatch(text):
            return (f"{before} '{text}'",)
    return _carefully(before, text, depth)


@lru_cache(1024)
def _carefully(before: str, text: str, depth: int) -> tuple[str, ...]:
    # Where PyYAML folds hangs on the column, and how deep lines go on on the depth: both are those of a real place.
    listed = before.endswith("-")
    value: Held = [text] if listed else {before.strip()[:-1]: text}
    for _ in range((depth - listed * 2) // 2 + listed):
        value = {"k": value}
    found = (
        str(yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH))
        .rstrip("\n")
        .split("\n")
    )
    return tuple(found[(depth - listed * 2) // 2 + listed :])


class _Dumper(yaml.SafeDumper):
    """Indent lists below their key, and quote every text that another reader could take for something else."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - PyYAML's names
        return super().increase_indent(flow, False)
