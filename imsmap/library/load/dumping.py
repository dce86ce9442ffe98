"""Standards and mapping sets back into YAML of the house's form, such that loading it gives the same values."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import yaml

from imsmap.library.load.sets import Set
from imsmap.library.load.structuring import key_of
from imsmap.library.load.tree import Held
from imsmap.library.model import ALL_CLAUSES, Clause, Point, Relation, Standard, series_of

_HANDED = ("author", "confidence", "source", "justification")
"""What the head of a mapping set says for all its relations."""


def dump(standard: Standard) -> str:
    """Write a standard as YAML; what a file, clause or point inherits is not repeated."""
    top = {name: value for name, value in _plain(standard).items() if name != "clauses"}
    if standard.series == series_of(standard.designation):
        top.pop("series", None)
    top["clauses"] = [_clause(clause, standard) for clause in standard.clauses]
    return str(yaml.dump(top, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=118))


def dump_set(found: Set) -> str:
    """Write a mapping set as YAML; what most of its relations say alike stands in the head. One holds a relation."""
    one, relations = found
    head: dict[str, Held] = {"subject": one.subject, "object": one.object, "assessed": one.assessed}
    if not one.bridges:
        head["bridges"] = "false"
    alike = {name: _most([str(getattr(relation, name)) for relation in relations]) for name in _HANDED}
    head |= alike
    head["relations"] = [_relation(relation, one.name, alike) for relation in relations]
    return str(yaml.dump(head, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=118))


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
    if attrs.has(type(value)):
        pairs = ((field.name, getattr(value, field.name)) for field in attrs.fields(type(value)))
        return {
            key_of(name): _plain(inner) for name, inner in pairs if inner not in (None, "", ()) and inner is not False
        }
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    if value is True:
        return "true"
    return str(value)


class _Dumper(yaml.SafeDumper):
    """Indent lists below their key, and quote every text that another reader could take for something else."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - PyYAML's names
        return super().increase_indent(flow, False)
