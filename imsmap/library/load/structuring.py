"""Plain values into the model's frozen values.

Sound data take a short way that needs no library; where anything is wrong with them, cattrs finds out all that is.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import TypeVar, Union, cast, get_args, get_origin

import attrs

from imsmap.library.load.tree import Held, Tree

T = TypeVar("T")
Made = Callable[[Held], Held]

_TRUTH = {"true": True, "false": False}


def key_of(name: str) -> str:
    """Give the key in a file for a field of the model."""
    return name.rstrip("_")


class FaultError(ValueError):
    """A value that is not what its place asks for."""


def structure(tree: Tree, type_: type[T]) -> T | None:
    """Turn a tree into a value of a type, the problems being noted in the tree.

    What can't be read is taken out, so that the rest is checked too and every problem is told at once; nothing if no
    rest is left.
    """
    try:
        found: T = _maker(cast(Hashable, type_))(tree.value)
        return found
    except Exception:
        from imsmap.library.load.faults import structure_rest
    return structure_rest(tree, type_)


def handed_down(tree: Tree, type_: type[T], hand: Callable[[Tree], object]) -> T | None:
    """Turn a tree into a value of a type, once what is written in it once is handed down inside it."""
    respell(tree, type_)
    hand(tree)
    return structure(tree, type_)


def respell(tree: Tree, type_: type) -> None:
    """Note the keys of a file that are misspelt, and read them as what they mean.

    To be done before anything is handed down from them: it would be missed wherever it belongs.
    """
    known = _known(type_)
    if isinstance(tree.value, dict) and not tree.value.keys() <= set(known):
        from imsmap.library.load import faults

        faults.respell(tree, known)


@cache
def _known(type_: type) -> tuple[str, ...]:
    return tuple(key_of(field.name) for field in attrs.fields(type_) if field.init)


def _text(value: Held) -> str:
    if not isinstance(value, str):
        raise FaultError("here belongs a text, not a list or mapping; put it on one line")
    return value


def _confidence(value: Held) -> float:
    try:
        number = float(_text(value))
    except ValueError:
        raise FaultError(f"confidence must be a number from 0 to 1, not {value!r}") from None
    if not 0 <= number <= 1:
        raise FaultError(f"confidence must lie between 0 and 1, not {value}")
    return number


def _strength(value: Held) -> int:
    text = _text(value)
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= 10:
        raise FaultError(f"strength must be a whole number from 1 (weak) to 10, not {text!r}")
    return int(text)


def _truth(value: Held) -> bool:
    text = _text(value)
    if text not in _TRUTH:
        raise FaultError(f"here belongs true or false, not {text!r}")
    return _TRUTH[text]


SCALARS: Mapping[type, Made] = {str: _text, float: _confidence, int: _strength, bool: _truth}
"""What makes values of a type of texts."""


def is_tuple(type_: object) -> bool:
    """Tell whether a type is that of tuples of any length."""
    return get_origin(type_) is tuple and len(get_args(type_)) == 2 and get_args(type_)[1] is Ellipsis


@cache
def _maker(type_: Held) -> Made:
    """Give what makes values of a type from sound data, and raises whatever else on others."""
    if type_ in SCALARS:
        return SCALARS[type_]
    origin: object = get_origin(type_)
    if origin in (Union, types.UnionType):
        inner, none = get_args(type_)
        if none is not type(None):
            raise TypeError(type_)
        return _maker(inner)  # in YAML of ours, what is nothing is left out
    return _sequence(_maker(get_args(type_)[0])) if is_tuple(type_) else _mapping(type_)


def _sequence(inner: Made) -> Made:
    def made(value: Held) -> tuple[Held, ...]:
        if type(value) is not list:
            raise FaultError
        return tuple([inner(one) for one in value])

    return made


def _mapping(class_: Held) -> Made:
    fields = attrs.fields(class_)
    if any(isinstance(field.type, str) for field in fields):
        fields = attrs.fields(attrs.resolve_types(class_))
    makers = {key_of(field.name): (field.name, _maker(field.type)) for field in fields if field.init}

    def made(value: Held) -> Held:
        if type(value) is not dict:
            raise FaultError
        parts = {}
        for key, held in value.items():
            name, maker = makers[key]
            parts[name] = maker(held)
        return class_(**parts)

    return made
