"""Frozen values: attrs' own, of which each class is made in less than half the time.

A command makes a hundred classes and more before it begins. attrs writes four methods for each and compiles them; that
took a tenth of every short command. Here what a value is, equals and hashes to is written once for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # whoever checks types sees attrs' own
    from attrs import frozen as frozen
else:
    from operator import attrgetter

    import attrs

    def frozen(class_=None, **more):
        """Make a class of frozen values of it, as `attrs.frozen` does."""
        if class_ is None:
            return lambda given: frozen(given, **more)
        for name, method in (("__eq__", _equal), ("__hash__", _hashed), ("__repr__", _shown)):
            if name not in class_.__dict__:
                setattr(class_, name, method)
        return attrs.frozen(class_, eq=False, repr=False, match_args=False, **more)

    _HELD = {}
    """For each class what gives all that two values of it are compared by."""

    def _held(class_):
        names = [field.name for field in attrs.fields(class_) if field.eq]
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
