"""A standard back into YAML of the house's form, such that loading it gives the same standard."""

from __future__ import annotations

import attrs
import yaml

from imsmap.library.load.structuring import key_of
from imsmap.library.load.tree import Held
from imsmap.library.model import Clause, Point, Standard, series_of


def dump(standard: Standard) -> str:
    """Write a standard as YAML; what a file, clause or point inherits is not repeated."""
    top = {name: value for name, value in _plain(standard).items() if name != "clauses"}
    if standard.series == series_of(standard.designation):
        top.pop("series", None)
    top["clauses"] = [_clause(clause, standard) for clause in standard.clauses]
    return str(yaml.dump(top, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=118))


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
