"""What people wrote above and around a table, told from what stands there from us and may have moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from imsmap.client.telling import tells_the_same, what_shows
from imsmap.register.cells import Formula, Value, essence
from imsmap.register.formulas import shape


def written(theirs: Mapping[str, Value], base: Mapping[str, Value], before: Collection[str]) -> list[str]:
    """Give the places at which people wrote something.

    theirs: what came back, by place; base: what went out; before: the places of base at which people had written.
    """
    in_place = {
        name
        for name, value in theirs.items()
        if name in base and (tells_the_same if name in before else _is_still)(value, base[name])
    }
    elsewhere = _Moved((value, name in before) for name, value in base.items() if name not in in_place)
    return [name for name, value in theirs.items() if name not in in_place and not elsewhere.holds(value)]


class _Moved:
    """What stood around a table and stands there no more: each of it may be somewhere else once."""

    def __init__(self, values: Iterable[tuple[Value, bool]]) -> None:
        """Take what went out, each with whether people had written it."""
        self._places: defaultdict[object, list[int]] = defaultdict(list)
        for place, (value, is_theirs) in enumerate(values):
            for sign in _signs(value)[is_theirs and isinstance(value, Formula) :]:
                self._places[sign].append(place)
        self._found: set[int] = set()

    def holds(self, value: Value) -> bool:
        """Tell whether it is one of them, and take it from them."""
        for sign in _signs(value):
            for place in self._places.get(sign, ()):
                if place not in self._found:
                    self._found.add(place)
                    return True
        return False


def _signs(value: Value) -> tuple[object, ...]:
    """Give by what a cell is known wherever it stands: first the shape of a formula, which is sure of ours only."""
    said = ("shows", essence(what_shows(value)))
    if isinstance(value, Formula):
        return (shape(value.text), essence(value), *(() if value.value is None else (said,)))
    return (said,)


def _is_still(value: Value, base: Value) -> bool:
    """Tell whether a cell of ours is as it went out; what a formula of ours shows changes with what it counts."""
    if isinstance(value, Formula) and isinstance(base, Formula):
        return shape(value.text) == shape(base.text)
    return tells_the_same(value, base)
