"""Plain values with faults: as much of them as can be read, by cattrs, and every fault told at its line."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import TypeVar, get_args

import attrs
import cattrs
from cattrs import Converter, ForbiddenExtraKeysError, transform_error
from cattrs.gen import make_dict_structure_fn, override

from imsmap.library.load.structuring import SCALARS, FaultError, Made, is_tuple, key_of
from imsmap.library.load.tree import Held, Path_, Tree
from imsmap.nearest import did_you_mean, near

T = TypeVar("T")

_BETWEEN = "\x1f"
"""Parts the faults that one error tells of."""
_MISSING = re.compile(r"the key '([^']+)' is missing")
_UNKNOWN = re.compile(r"unknown key '([^']+)'")


def structure_rest(tree: Tree, type_: type[T]) -> T | None:
    """Note every problem of a tree, and make a value of what can be read; nothing if no rest is left."""
    while True:
        try:
            return converter().structure(tree.value, type_)
        except (cattrs.BaseValidationError, ForbiddenExtraKeysError, FaultError, KeyError) as error:
            faults = _respelt(tree, _faults(error))
        for path, message in faults:
            tree.fault(path, message)
        # From the last entry of a list to the first: taking one out moves those behind it.
        places = sorted({path for path, _ in faults}, key=lambda p: [(str(type(s)), s) for s in p], reverse=True)
        missing = {path for path, words in faults if _MISSING.match(words)}
        if not all((path in missing and tree.stand_in(path)) or tree.take_out(path) for path in places):
            return None


def respell(tree: Tree, known: Collection[str]) -> None:
    """Note the keys at the top of a tree that are known ones misspelt, and read them as these."""
    for key in [key for key in tree.value if key not in known]:
        for meant in near(key, [name for name in known if name not in tree.value], 1):
            tree.fault((key,), _unknown(key, known))
            tree.respell((key,), meant)


def _respelt(tree: Tree, faults: list[tuple[Path_, str]]) -> list[tuple[Path_, str]]:
    """Leave out the keys that are missing because they are misspelt: each is told once, and read as what it means."""
    missing = {path for path, words in faults if _MISSING.match(words)}
    left = []
    for path, words in faults:
        beside = [str(one[-1]) for one in missing if one[:-1] == path[:-1]] if _UNKNOWN.match(words) else ()
        meant = near(str(path[-1]), beside, 1) if beside else ()
        if meant:
            tree.fault(path, words)
            tree.respell(path, meant[0])
            missing.remove((*path[:-1], meant[0]))
        else:
            left.append((path, words))
    return [(path, words) for path, words in left if path in missing or not _MISSING.match(words)]


def _faults(error: BaseException) -> list[tuple[Path_, str]]:
    found: list[tuple[Path_, str]] = []
    for words in transform_error(error, path="$", format_exception=_said):
        message, _, place = words.rpartition(" @ ")
        for part in message.split(_BETWEEN):
            key = _UNKNOWN.match(part)
            found.append(((*_path(place), *((key[1],) if key else ())), part))
    return found


@cache
def converter() -> Converter:
    """Build the converter: texts stay texts, numbers are checked, unknown keys are refused, every fault is gathered."""
    made = Converter(forbid_extra_keys=True, detailed_validation=True)
    for type_, make in SCALARS.items():
        made.register_structure_hook(type_, _alone(make))
    made.register_structure_hook_factory(attrs.has, lambda type_: _mapping(made, type_))
    made.register_structure_hook_factory(is_tuple, lambda type_: _sequence(made, type_))
    return made


def _alone(make: Made) -> Held:
    return lambda value, _type: make(value)


def _sequence(made: Converter, type_: Held) -> Held:
    inner = made.get_structure_hook(list[get_args(type_)[0]])  # type: ignore[misc]

    def hook(value: Held, _type: Held) -> tuple[Held, ...]:
        if not isinstance(value, list):
            raise FaultError("here belongs a list; begin each entry with `- `")
        return tuple(inner(value, list))

    return hook


def _mapping(made: Converter, type_: Held) -> Held:
    # A key that Python keeps for itself has an underscore behind it in the model.
    renamed = {
        field.name: override(rename=key_of(field.name)) for field in attrs.fields(type_) if field.name[-1] == "_"
    }
    make: Held = make_dict_structure_fn
    inner = make(type_, made, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True, **renamed)
    known = tuple(key_of(field.name) for field in attrs.fields(type_))

    def hook(value: Held, type__: Held) -> Held:
        if not isinstance(value, dict):
            raise FaultError(f"here belongs a mapping with keys such as {', '.join(known[:3])}")
        return inner(value, type__)

    return hook


def _unknown(key: str, known: Collection[str]) -> str:
    return f"unknown key {key!r}; {did_you_mean(key, known, most=1, quoted=True, otherwise='remove it')}"


def _said(error: BaseException, _type: Held) -> str:
    if isinstance(error, ForbiddenExtraKeysError):
        known = [key_of(field.name) for field in attrs.fields(error.cl)]
        return _BETWEEN.join(_unknown(key, known) for key in sorted(error.extra_fields))
    if isinstance(error, KeyError):
        return f"the key {error.args[0]!r} is missing; add it"
    if isinstance(error, FaultError):
        return str(error)
    return f"can't be read ({type(error).__name__}: {error})"


_STEP = re.compile(r"\.([^.\[\]]+)|\[(?:'([^']*)'|([0-9]+))\]")


def _path(place: str) -> Path_:
    """Turn `$.clauses[3].title` into a path."""
    found: list[str | int] = []
    for name, quoted, index in _STEP.findall(place.removeprefix("$")):
        found.append(int(index) if index else name or quoted)
    return tuple(found)
