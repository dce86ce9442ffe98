"""Frozen values: attrs' own, of which each class is made in a fifth of the time.

A command makes a hundred classes and more before it begins, and has values of half of them. attrs looks at each field,
writes methods and compiles them; that took a tenth of every short command. Here what a value is, equals and hashes to
is written once for all of them, how it begins when the first of its kind does, and attrs tells of the fields of a class
when it is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # whoever checks types sees attrs' own
    from collections.abc import Hashable, Mapping

    from attrs import frozen as frozen

    def names_of(class_: type) -> list[str]:
        """Name the fields of a class, in their order."""

    def types_of(class_: type) -> Mapping[str, Hashable]:
        """Give the fields that a value of a class begins with, and their types."""

else:
    from functools import cached_property
    from inspect import get_annotations
    from operator import attrgetter
    from typing import get_type_hints

    import attrs
    from attrs.exceptions import FrozenInstanceError

    class _Fields:
        """The fields of a class as attrs tells them, found when they are asked for."""

        def __init__(self, defaults):
            self._defaults = defaults

        def __get__(self, value, class_):
            (owner,) = (one for one in class_.__mro__ if one.__dict__.get("__attrs_attrs__") is self)
            body = {**self._defaults, "__annotations__": owner.__annotations__, "__module__": owner.__module__}
            twin = attrs.frozen(type(owner.__name__, (), body), init=False, eq=False, repr=False, match_args=False)
            owner.__attrs_attrs__ = attrs.fields(twin)
            return owner.__attrs_attrs__

    def _is_light(class_):
        """Tell whether a class was made here, and nobody asked attrs for its fields yet."""
        return isinstance(class_.__dict__.get("__attrs_attrs__"), _Fields)

    def names_of(class_):
        """Name the fields of a class, in their order."""
        return list(class_.__slots__[:-1]) if _is_light(class_) else [field.name for field in attrs.fields(class_)]

    def types_of(class_):
        """Give the fields that a value of a class begins with, and their types."""
        types = get_type_hints(class_)
        if _is_light(class_):
            return {name: types[name] for name in names_of(class_)}
        return {field.name: types[field.name] for field in attrs.fields(class_) if field.init}

    def frozen(class_=None, **more):
        """Make a class of frozen values of it, as `attrs.frozen` does."""
        if class_ is None:
            return lambda given: frozen(given, **more)
        for name, method in (("__eq__", _equal), ("__hash__", _hashed), ("__repr__", _shown)):
            if name not in class_.__dict__:
                setattr(class_, name, method)
        if more or not _is_plain(class_):
            return attrs.frozen(class_, eq=False, repr=False, match_args=False, **more)
        names = tuple(get_annotations(class_))
        defaults = {name: class_.__dict__[name] for name in names if name in class_.__dict__}
        held = {name: value for name, value in class_.__dict__.items() if name not in _OWN and name not in defaults}
        held["__slots__"] = (*names, "__weakref__")
        held["__attrs_attrs__"] = _Fields(defaults)
        made = type(class_.__name__, (), {**held, **_COMMON})
        made.__init__ = _beginning(made, defaults)
        return made

    _OWN = ("__dict__", "__weakref__")
    """What each class has its own of."""
    _FIELD = type(attrs.field())

    def _is_plain(class_):
        """Tell whether a class has nothing but fields with plain defaults and methods that do not name it."""
        return class_.__bases__ == (object,) and not any(
            isinstance(value, _FIELD) or name in ("__init__", "__attrs_post_init__") or _names_its_class(value)
            for name, value in class_.__dict__.items()
        )

    def _names_its_class(member):
        if isinstance(member, cached_property):
            return True  # attrs finds a place for what it holds
        function = getattr(member, "fget", None) or getattr(member, "__func__", member)
        code = getattr(function, "__code__", None)
        return code is not None and "__class__" in code.co_freevars

    def _beginning(class_, defaults):
        """Give what begins the first value of a class: a function that fills its fields is written then."""

        def begun(self, /, *args, **named):
            class_.__init__ = _filling(class_, defaults)
            class_.__init__(self, *args, **named)

        return begun

    def _filling(class_, defaults):
        known, given, lines = {}, ["self"], []
        for name in class_.__slots__[:-1]:
            asked = name.lstrip("_")
            known[f"_fill_{name}"] = class_.__dict__[name].__set__
            known[f"_else_{name}"] = defaults.get(name)
            given.append(f"{asked}=_else_{name}" if name in defaults else asked)
            lines.append(f"    _fill_{name}(self, {asked})")
        exec("\n".join((f"def __init__({', '.join(given)}):", *lines, "    pass")), known)
        return known["__init__"]

    def _refused(_self, *_):
        raise FrozenInstanceError

    def _packed(self):
        return {name: getattr(self, name) for name in type(self).__slots__[:-1]}

    def _unpacked(self, state):
        for name, value in state.items():
            object.__setattr__(self, name, value)

    _COMMON = {
        "__setattr__": _refused,
        "__delattr__": _refused,
        "__getstate__": _packed,
        "__setstate__": _unpacked,
    }

    _HELD = {}
    """For each class what gives all that two values of it are compared by."""

    def _held(class_):
        names = names_of(class_) if _is_light(class_) else [field.name for field in attrs.fields(class_) if field.eq]
        found = _HELD[class_] = attrgetter(*names) if names else type
        return found

    def _equal(self, other):
        class_ = self.__class__
        if other.__class__ is not class_:
            return NotImplemented
        held = _HELD.get(class_) or _held(class_)
        return held(self) == held(other)

    def _hashed(self):
        class_ = self.__class__
        return hash((class_, (_HELD.get(class_) or _held(class_))(self)))

    def _shown(self):
        told = ", ".join(
            f"{field.name}={getattr(self, field.name)!r}" for field in attrs.fields(type(self)) if field.repr
        )
        return f"{type(self).__qualname__.rpartition('>.')[2]}({told})"
