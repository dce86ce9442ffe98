"""The way from a list to the same list anew: answers follow by number and by words, and what is doubtful is asked.

Words come before numbers: what says the same elsewhere has moved there. What has the number still, in words that are
much as before, is the same requirement reworded, and its answers are to be reviewed. What is neither is gone, or in
doubt where a requirement comes close to it.
"""

from __future__ import annotations

from collections.abc import Mapping

from imsmap.library.graph import ClauseGraph
from imsmap.nearest import likeness
from imsmap.register.ways import Target, Way
from imsmap.values import frozen

_MUCH, _SOME, _CLEARER = 0.6, 0.5, 0.15
"""From which likeness on words are much as before, or come close; by how much the likest has to be likelier."""
_SURE = 0.8
"""From which likeness on words alone tell, without the number."""
SAME, REVIEWED = "same", "clarified"


@frozen
class Doubt:
    """A requirement of which nobody can tell what became of it: it may be one of these, or gone."""

    ref: str
    text: str
    candidates: tuple[tuple[str, str], ...]


@frozen
class Renewal:
    """Where the points of a standard are now; nothing is told of those that are as they were."""

    way: Way
    doubts: tuple[Doubt, ...] = ()


def renewal(before: ClauseGraph, after: ClauseGraph, key: str, said: Mapping[str, str]) -> Renewal:
    """Find where the points of a standard are in the same standard brought anew.

    said: what somebody told of points that were in doubt: the number or id of each with that of what it is now, nothing
    where it is gone. The numbers of points alone in their clause serve for them.
    """
    old, new = _texts(before, key), _texts(after, key)
    found = _Finding(old, new)
    found.told({_ref(key, one, old): _ref(key, other, new) for one, other in said.items()})
    found.unchanged()
    found.by_words()
    found.by_number()
    found.by_likeness()
    targets = {
        ref: (Target(to, how),) if to else () for ref, (to, how) in found.pairs.items() if (to, how) != (ref, SAME)
    }
    clauses = _clauses(before, after, key, targets)
    places = {ref: f"{before.standard(key).designation}, {ref.partition(':')[2].partition('#')[0]}" for ref in old}
    places |= {clause.ref: f"{before.standard(key).designation}, {clause.number}" for clause in before.clauses(key)}
    way = Way(key, key, before.standard(key).designation, targets, clauses, places, old)
    return Renewal(way, tuple(found.doubts))


def _texts(graph: ClauseGraph, key: str) -> dict[str, str]:
    return {ref: point.text for leaf in graph.leaves(key) for ref, point in graph.points((leaf.ref,))}


def _ref(key: str, name: str, texts: Mapping[str, str]) -> str:
    """Give the point that somebody names; nothing for nothing, and for what is none the name itself."""
    if not name:
        return ""
    ref = name if name.startswith(f"{key}:") else f"{key}:{name}"
    alone = [one for one in texts if one.partition("#")[0] == ref]
    return alone[0] if len(alone) == 1 else ref


def _clauses(
    before: ClauseGraph, after: ClauseGraph, key: str, targets: Mapping[str, tuple[Target, ...]]
) -> dict[str, tuple[str, ...]]:
    """Give the clauses whose points are elsewhere now, or nowhere."""
    found = {}
    for clause in before.clauses(key):
        points = [ref for ref, _ in before.points((clause.ref,))] if before.is_leaf(clause.ref) else []
        went = [target.point.partition("#")[0] for ref in points for target in targets.get(ref, (Target(ref, SAME),))]
        if points and tuple(dict.fromkeys(went)) != (clause.ref,):
            found[clause.ref] = tuple(dict.fromkeys(went))
        elif not points and not after.has_clause(clause.ref):
            found[clause.ref] = ()
    return found


class _Finding:
    """Points that are still to be found, and where those are that are found."""

    def __init__(self, old: Mapping[str, str], new: Mapping[str, str]) -> None:
        """Take the texts of the points, by id; nothing is found yet."""
        self.old, self.new = old, new
        self.pairs: dict[str, tuple[str, str]] = {}
        self.doubts: list[Doubt] = []
        self._free = dict(new)

    def _pair(self, ref: str, to: str, how: str) -> None:
        self.pairs[ref] = (to, how)
        self._free.pop(to, None)

    def _left(self) -> list[str]:
        return [ref for ref in self.old if ref not in self.pairs]

    def told(self, said: Mapping[str, str]) -> None:
        """Take what somebody said."""
        for ref, to in said.items():
            if ref in self.old and (not to or to in self._free):
                self._pair(ref, to, REVIEWED if to else SAME)

    def unchanged(self) -> None:
        """Find what says the same under the same number."""
        for ref in self._left():
            if ref in self._free and _words(self.old[ref]) == _words(self.new[ref]):
                self._pair(ref, ref, SAME)

    def by_words(self) -> None:
        """Find what says the same under another number, and is alone with it."""
        free, left = _by_words(self._free), _by_words({ref: self.old[ref] for ref in self._left()})
        for words, refs in left.items():
            if len(refs) == 1 == len(free.get(words, ())):
                self._pair(refs[0], free[words][0], SAME)

    def by_number(self) -> None:
        """Find what has its number still, in words much as before."""
        for ref in self._left():
            if ref in self._free and likeness(self.old[ref], self.new[ref]) >= _MUCH:
                self._pair(ref, ref, REVIEWED)

    def by_likeness(self) -> None:
        """Find what is likest elsewhere, where that is clear; what comes close is in doubt, the rest is gone."""
        for ref in self._left():
            ranked = sorted(((likeness(self.old[ref], text), one) for one, text in self._free.items()), reverse=True)
            close = [one for like, one in ranked if like >= _SOME]
            clear = len(ranked) < 2 or ranked[0][0] - ranked[1][0] >= _CLEARER
            if ranked and ranked[0][0] >= _SURE and clear:
                self._pair(ref, ranked[0][1], REVIEWED)
                continue
            if ref in self._free and ref not in close:
                close.append(ref)
            if close:
                self.doubts.append(Doubt(ref, self.old[ref], tuple((one, self.new[one]) for one in close[:3])))
            else:
                self._pair(ref, "", SAME)


def _by_words(texts: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for ref, text in texts.items():
        found.setdefault(_words(text), []).append(ref)
    return found


def _words(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
