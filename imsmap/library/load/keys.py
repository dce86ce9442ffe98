"""The keys that each kind of file may hold, with what they mean: for people, and as JSON Schemas for their editors."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator, Mapping
from typing import Any, Union, get_args, get_origin

import attrs
from attrs import field

from imsmap.library import editions, guides, model
from imsmap.library.load.checks.standards import STATUSES
from imsmap.library.load.guide_kinds import ChoosingFile, FamiliesFile, IntegrationFile, WordsFile
from imsmap.library.load.kinds import AuditFile, LibraryFile, RelationsFile
from imsmap.library.load.meanings import MEANINGS
from imsmap.library.load.structuring import key_of
from imsmap.library.relationships import PREDICATES
from imsmap.values import frozen

Schema = dict[str, Any]
"""A JSON Schema; what stands under its keys, its own specification says."""

_HANDED = ("author", "confidence", "source")
_SET_BY_THE_DOOR = {("Clause", "standard"), ("Criterion", "standard")}
_ONE_OR_SEVERAL = {("Relation", "subject"), ("Relation", "object")}
_WORDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("Standard", "status"): STATUSES["standard"],
    ("Standard", "level"): model.LEVELS,
    ("Origin", "how"): editions.HOWS,
    ("Structure", "status"): STATUSES["structure"],
    ("Documented", "kind"): tuple(model.KIND_WORDS),
    ("PlacedDocument", "kind"): tuple(model.KIND_WORDS),
    ("Member", "assessed"): guides.ASSESSED,
    ("Member", "buy"): guides.BUY,
    ("Relation", "predicate"): tuple(PREDICATES),
    ("RelationsFile", "assessed"): model.ASSESSED_AS,
}
"""Keys for which only certain words are known."""


@frozen
class Kind:
    """A kind of file: where it stands, what it holds, and which keys its entries may leave to it."""

    name: str
    where: str
    says: str
    holds: type
    handed: Mapping[str, tuple[str, ...]] = field(factory=dict)

    def needs(self, type_: type, name: str) -> bool:
        """Tell whether an entry can't do without a key."""
        told = next(one for one in attrs.fields(type_) if key_of(one.name) == name)
        return told.default is attrs.NOTHING and name not in self.handed.get(type_.__name__, ())


KINDS = (
    Kind("library", "library.yaml", "What all standards of a library have in common", LibraryFile),
    Kind(
        "standard",
        "standards/KEY.yaml",
        "One edition of a standard, with all that only it needs",
        model.Standard,
        {"Clause": _HANDED[1:], "Point": _HANDED[1:], "AuditQuestion": _HANDED},
    ),
    Kind(
        "relations",
        "relations/ANY-NAME.yaml",
        "A mapping set: what somebody stated between two standards",
        RelationsFile,
        {"Relation": (*_HANDED, "justification")},
    ),
    Kind(
        "structure",
        "structures/KEY.yaml",
        "One edition of the harmonized structure",
        model.Structure,
        {"StructureClause": _HANDED[1:], "CorePoint": _HANDED[1:]},
    ),
    Kind("audit", "audit.yaml", "What an auditor asks in each group", AuditFile, {"AuditQuestion": _HANDED}),
    Kind(
        "integration",
        "integration.yaml",
        "How the level of integration is judged",
        IntegrationFile,
        {"IntegrationCriterion": _HANDED},
    ),
    Kind("choose", "choose.yaml", "What is weighed to choose which standard comes first", ChoosingFile, {}),
    Kind(
        "families",
        "families.yaml",
        "Which standards are called together by one number",
        FamiliesFile,
        {"Family": _HANDED[1:], "Comparison": _HANDED[1:], "Member": _HANDED[1:]},
    ),
    Kind("words", "words.yaml", "What people say for what stands in the standards", WordsFile, {}),
)
"""Every kind of file that a root with mapping data may hold."""


# --- for people ------------------------------------------------------------------------------------------------------


def told(kind: Kind) -> str:
    """Tell the keys of a kind of file, an entry's keys below the list that it stands in."""
    lines = [f"{kind.where}: {kind.says}", *_lines(kind, kind.holds, 1, ())]
    return "\n".join(lines) + "\n"


def _lines(kind: Kind, type_: type, depth: int, above: tuple[type, ...]) -> Iterator[str]:
    for name, inner, _ in _keys(type_):
        must = "*" if kind.needs(type_, name) else " "
        words = _WORDS.get((type_.__name__, name))
        choice = f" One of: {', '.join(words)}." if words else ""
        yield f"{'  ' * depth}{must} {name}: {MEANINGS[type_.__name__][name]}{choice}"
        entry = _entry(inner)
        if entry is not None and entry not in above:
            yield from _lines(kind, entry, depth + 2, (*above, type_))


# --- for editors -----------------------------------------------------------------------------------------------------


def schema(kind: Kind) -> str:
    """Give the JSON Schema of a kind of file, as text that ends with a line break."""
    definitions: Schema = {}
    _define(kind, kind.holds, definitions)
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"imsmap: {kind.where}",
        "description": kind.says,
        "$ref": f"#/$defs/{kind.holds.__name__}",
        "$defs": dict(sorted(definitions.items())),
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _define(kind: Kind, type_: type, definitions: Schema) -> None:
    if type_.__name__ in definitions:
        return
    properties: Schema = {}
    definitions[type_.__name__] = {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, _, _ in _keys(type_) if kind.needs(type_, name)],
        "properties": properties,
    }
    for name, inner, _ in _keys(type_):
        shape = _shape(kind, inner, definitions)
        words = _WORDS.get((type_.__name__, name))
        if words:
            shape = {"enum": list(words)}
        if (type_.__name__, name) in _ONE_OR_SEVERAL:
            shape = {"anyOf": [shape["items"], shape]}
        properties[name] = {"description": MEANINGS[type_.__name__][name], **shape}


def _shape(kind: Kind, type_: Any, definitions: Schema) -> Schema:
    if get_origin(type_) is tuple:
        return {"type": "array", "items": _shape(kind, get_args(type_)[0], definitions)}
    if attrs.has(type_):
        _define(kind, type_, definitions)
        return {"$ref": f"#/$defs/{type_.__name__}"}
    return dict(_SCALARS[type_])


# The door reads every scalar as text; editors read unquoted numbers as numbers.
_SCALARS: Mapping[object, Schema] = {
    str: {"type": ["string", "number"]},
    float: {
        "type": ["number", "string"],
        "minimum": 0,
        "maximum": 1,
        "pattern": r"^(0?\.[0-9]+|0|1(\.0+)?|0\.[0-9]*)$",
    },
    int: {"type": ["integer", "string"], "minimum": 1, "maximum": 10, "pattern": "^([1-9]|10)$"},
    bool: {"enum": [True, False, "true", "false"]},
}


# --- both ------------------------------------------------------------------------------------------------------------


def _keys(type_: type) -> Iterator[tuple[str, Any, bool]]:
    """Give the keys that an entry may hold, with the type of each and whether it may be left out."""
    for one in attrs.fields(attrs.resolve_types(type_)):
        if one.init and (type_.__name__, one.name) not in _SET_BY_THE_DOOR:
            inner, optional = one.type, one.default is not attrs.NOTHING
            if get_origin(inner) in (Union, types.UnionType):
                inner = next(part for part in get_args(inner) if part is not type(None))
            yield key_of(one.name), inner, optional


def _entry(type_: Any) -> type | None:
    """Give the type of what stands under a key, or in its list, if it has keys of its own."""
    inner = get_args(type_)[0] if get_origin(type_) is tuple else type_
    return inner if attrs.has(inner) else None
