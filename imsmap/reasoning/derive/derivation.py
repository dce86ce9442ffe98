"""The derivation itself: what is kept is closed at once, the rest is told when asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Container, Iterable, Iterator
from copy import copy
from functools import cached_property
from operator import itemgetter

from imsmap.library.relationships import ALL, EQUAL, INVERSE, NONE, SHARE
from imsmap.reasoning.derive.parts import (
    DENYING,
    HOLDS,
    LOOSE,
    NEXT,
    NOT_HOLDS,
    NOT_WITHIN,
    ROUTES,
    STATES,
    WITHIN,
)
from imsmap.reasoning.derive.rows import Row, Rows, Step, Steps, reached
from imsmap.reasoning.derive.values import Conclusion, Constraint, Contradiction, Way

_Negatives = tuple[tuple[int, Row], ...]


class Derivation:
    """What follows from a set of constraints. Levels are confidences as ranks from 1; 0 means: does not follow."""

    def __init__(self, constraints: Iterable[Constraint]) -> None:
        """Derive everything that is kept; see the module for what is computed when asked."""
        base = sorted(set(constraints))
        base.sort(key=itemgetter(Constraint._fields.index("confidence")), reverse=True)
        self._base = base
        names = sorted({c.subject for c in base} | {c.object for c in base})
        self._names = names
        self._index = {name: number for number, name in enumerate(names)}
        self._standards = [name.partition(":")[0] for name in names]
        self._levels = [0.0, *sorted({c.confidence for c in base})]
        self._top = len(self._levels)
        count = len(names)
        self._up: list[Row] | Rows[Row] = [{n: self._top} for n in range(count)]
        self._down: list[Row] | Rows[Row] = [{n: self._top} for n in range(count)]
        self._over: list[Row] | Rows[Row] = [{n: self._top} for n in range(count)]
        self._outer: dict[int, list[tuple[int, int]]] = {}
        self._inner: dict[int, list[tuple[int, int]]] = {}
        self._apart: dict[int, dict[int, int]] = {}
        self._not_in: dict[int, dict[int, int]] = {}
        self._stated: dict[tuple[int, int], int] = {}
        self._odd: dict[tuple[int, int], list[int]] = {}
        self._ways_on: dict[tuple[int, int, int], list[tuple[int, int, int, int]]] = {}
        self._near: dict[int, set[int]] = {}
        self._there: Container[int] | None = None
        self._close()

    def within(self, standards: Collection[str]) -> Derivation:
        """Give what follows from the constraints between the sets of some standards alone.

        Of few sets of them is asked, as a rule: what stands to a set is worked out when it is.
        """
        inside: dict[str, int] = {}
        for standard in standards:
            inside |= self._by_standard.get(standard, {})
        if self.contradictions:  # of which some may be left
            return Derivation(own for own in self._base if own.subject in inside and own.object in inside)
        # Where nothing contradicts, nothing does among fewer.
        other = copy(self)
        for made in ("_apart_above", "_not_in_above"):
            other.__dict__.pop(made, None)
        there, every = frozenset(inside.values()), self._steps
        other._index, other._near, other._ways_on = inside, {}, {}
        steps: Rows[list[Step]] = Rows(lambda one: [step for step in every[one] if step[0] in there])
        other.__dict__["_steps"] = steps
        other._there = there
        other._up = Rows(lambda one: reached(self._outer, one, self._top, there))
        other._down = Rows(lambda one: reached(self._inner, one, self._top, there))
        other._over = Rows(other._sharing)
        return other

    def without(self, premises: Container[str]) -> Derivation:
        """Give what follows from the same constraints but those of some premises."""
        known = self._index
        return Derivation(
            own for own in self._base if own.premise not in premises and own.subject in known and own.object in known
        )

    @cached_property
    def _by_standard(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for name, number in self._index.items():
            found.setdefault(self._standards[number], {})[name] = number
        return found

    def _sharing(self, one: int) -> Row:
        """Give what shares something with a set: what is above all that lies within it or touches what does."""
        touched = dict(self._down[one])
        for low, sure in self._down[one].items():
            for far, mask, level, _ in self._steps[low]:
                if not mask & NONE and min(sure, level) > touched.get(far, 0):
                    touched[far] = min(sure, level)
        found: Row = {}
        for low, sure in touched.items():
            for high, level in self._up[low].items():
                if min(sure, level) > found.get(high, 0):
                    found[high] = min(sure, level)
        return found

    def _close(self) -> None:
        index, stated = self._index, self._stated
        rank = {confidence: level for level, confidence in enumerate(self._levels)}
        for number, (subject, object_, mask, _, confidence) in enumerate(self._base):
            one, other, level = index[subject], index[object_], rank[confidence]
            pair, turned = ((one, other), mask) if one <= other else ((other, one), INVERSE[mask])
            stated[pair] = stated.get(pair, ALL) & turned
            if LOOSE[mask]:
                self._odd.setdefault(pair, []).append(number)
            if not mask & NOT_WITHIN:
                self._add_within(one, other, level)
            if not mask & NOT_HOLDS:
                self._add_within(other, one, level)
            if not mask & NONE:
                self._add_over(one, other, level)
            elif mask == NONE:
                self._apart.setdefault(one, {}).setdefault(other, level)
                self._apart.setdefault(other, {}).setdefault(one, level)
                continue
            if not mask & WITHIN:
                self._not_in.setdefault(other, {}).setdefault(one, level)
            if not mask & HOLDS:
                self._not_in.setdefault(one, {}).setdefault(other, level)

    def _add_within(self, inner: int, outer: int, level: int) -> None:
        """Add inner ⊆ outer to what is closed already, and close again; each step but the skipped finds new pairs."""
        self._outer.setdefault(inner, []).append((outer, level))
        self._inner.setdefault(outer, []).append((inner, level))
        up, down, over = self._up, self._down, self._over
        if outer in up[inner]:
            return
        above = up[outer]
        for low in list(down[inner]):
            mine = up[low]
            if outer not in mine:
                for high in above:
                    if high not in mine:
                        mine[high] = level
                        down[high][low] = level
        for one in list(over[inner]):
            mine = over[one]
            if outer not in mine:
                for high in above:
                    if high not in mine:
                        mine[high] = level
                        over[high][one] = level

    def _add_over(self, one: int, other: int, level: int) -> None:
        over = self._over
        if other in over[one]:
            return
        for high in self._up[one]:
            mine = over[high]
            if other not in mine:
                for far in self._up[other]:
                    if far not in mine:
                        mine[far] = level
                        over[far][high] = level

    # --- single pairs --------------------------------------------------------------------------------------------

    @cached_property
    def _apart_above(self) -> Rows[_Negatives]:
        return self._above(self._apart)

    @cached_property
    def _not_in_above(self) -> Rows[_Negatives]:
        return self._above(self._not_in)

    def _above(self, negatives: dict[int, Row]) -> Rows[_Negatives]:
        """For each set what is ruled out for the sets above it, the surest first: so they were found."""
        return Rows(
            lambda one: tuple((level, negatives[high]) for high, level in self._up[one].items() if high in negatives)
        )

    def _apart_level(self, one: int, other: int) -> int:
        return _best(0, self._apart_above[one], self._up[other])

    def _not_within_level(self, one: int, other: int) -> int:
        above = self._apart_above[other]
        best = _best(0, above, self._over[one]) if above else 0
        above = self._not_in_above[other]
        return _best(best, above, self._down[one]) if above else best

    def _found(self, one: int, other: int, trusting: bool) -> list[tuple[int, int]]:
        """Give the parts that together say all that follows about a pair, each with its level."""
        within, holds = self._up[one].get(other, 0), self._up[other].get(one, 0)
        apart = self._apart_level(one, other) if self._apart_above[one] else 0
        found = []
        if within:
            found.append((WITHIN, within))
        if holds:
            found.append((HOLDS, holds))
        if not within and not holds:
            over = self._over[one].get(other, 0)
            if over:
                found.append((SHARE, over))
        if apart:
            found.append((NONE, apart))
            return found
        # Where nothing contradicts, no pair is both within and not within.
        if not within or not trusting:
            level = self._not_within_level(one, other)
            if level:
                found.append((NOT_WITHIN, level))
        if not holds or not trusting:
            level = self._not_within_level(other, one)
            if level:
                found.append((NOT_HOLDS, level))
        return found

    def _conclude(self, one: int, other: int) -> tuple[int, int]:
        """Give the mask of a pair and its level."""
        mask, weakest = ALL, self._top
        for part, level in self._found(one, other, not self.contradictions):
            mask &= part
            weakest = min(weakest, level)
        for number in self._odd_at(one, other):
            own = self._base[number]
            narrower = mask & self._as_seen(number, one)
            if narrower != mask:
                mask, weakest = narrower, min(weakest, self._levels.index(own.confidence))
        return mask, weakest

    def _odd_at(self, one: int, other: int) -> list[int]:
        return self._odd.get((one, other) if one <= other else (other, one), []) if self._odd else []

    def _as_seen(self, number: int, one: int) -> int:
        own = self._base[number]
        return own.mask if self._index[own.subject] == one else INVERSE[own.mask]

    def conclusion(self, subject: str, object_: str) -> Conclusion:
        """Tell what is possible between two sets; everything, if a name is unknown."""
        one, other = self._index.get(subject), self._index.get(object_)
        if one is None or other is None:
            return Conclusion(subject, object_, EQUAL if subject == object_ else ALL, None)
        mask, level = self._conclude(one, other)
        return Conclusion(subject, object_, mask, self._levels[level] if level < self._top else None)

    def possible(self, subject: str, object_: str) -> int:
        """Give the mask of the relations that are possible between two sets."""
        return self.conclusion(subject, object_).possible

    def claim(self, subject: str, object_: str) -> Conclusion | None:
        """Tell what may be claimed of two sets: what is proved, or that they share something; else nothing."""
        one, other = self._index.get(subject), self._index.get(object_)
        # The odd masks may prove what no path does, so they are looked at in any case.
        if (
            one is None
            or other is None
            or not (other in self._over[one] or self._apart_level(one, other) or self._odd_at(one, other))
        ):
            return None
        found = self.conclusion(subject, object_)
        return found if found.claim in ("proved", "share something") else None

    # --- all pairs -----------------------------------------------------------------------------------------------

    def derived(self, first: str | None = None, second: str | None = None) -> Iterator[Conclusion]:
        """Give every claim between sets of two standards that no single constraint makes, by name of the sets.

        A claim is proved or says that they share something; where "no-relationship" is possible beside others,
        nothing is claimed, nor where ways contradict each other. With two standards: only what is between them, the
        subject in the first.
        """
        pair = None if first is None or second is None else {first, second}
        standards, names, levels = self._standards, self._names, self._levels
        for one, home in enumerate(standards):
            if (pair is not None and home not in pair) or names[one] not in self._index:
                continue
            for other in self._partners(one):
                away = standards[other]
                if away == home or (pair is not None and away not in pair):
                    continue
                mask, level = self._conclude(one, other)
                if mask == 0 or (mask & NONE and mask != NONE) or self._stated.get((one, other), ALL) & ~mask == 0:
                    continue
                if pair is not None and home == second:
                    yield Conclusion(names[other], names[one], INVERSE[mask], levels[level])
                else:
                    yield Conclusion(names[one], names[other], mask, levels[level])

    def _partners(self, one: int) -> list[int]:
        """Give the sets after this one of which anything is claimed with it, in order."""
        return sorted(other for other in self._tied(one) if other > one)

    def _tied(self, one: int) -> set[int]:
        """Give the sets of which anything may be claimed with one: they share something, or nothing."""
        found = set(self._over[one])
        there = self._there
        for end in {end for high in self._up[one] for end in self._apart.get(high, ())}:
            if there is None or end in there:
                found.update(self._down[end])
        found.update(self._odd_partners.get(one, ()))
        return found

    @cached_property
    def _odd_partners(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for one, other in self._odd:
            found.setdefault(one, []).append(other)
            found.setdefault(other, []).append(one)
        return found

    def tied(self, name: str, others: Iterable[str]) -> list[str]:
        """Give the sets among others of which `claim` may tell something with one; of the rest it tells nothing."""
        one = self._index.get(name)
        if one is None:
            return []
        if one not in self._near:
            self._near[one] = self._tied(one)
        near, index = self._near[one], self._index
        return [other for other in others if index.get(other) in near]

    # --- ways and premises ---------------------------------------------------------------------------------------

    @cached_property
    def _steps(self) -> Steps:
        """For each set what touches it, surest first: the other set, the mask as seen from here, level, number."""
        rank = {confidence: level for level, confidence in enumerate(self._levels)}
        steps: list[list[Step]] = [[] for _ in self._names]
        for number, (subject, object_, mask, _, confidence) in enumerate(self._base):
            one, other = self._index[subject], self._index[object_]
            steps[one].append((other, mask, rank[confidence], number))
            steps[other].append((one, INVERSE[mask], rank[confidence], number))
        return steps

    def ways(self, subject: str, object_: str) -> tuple[Way, ...]:
        """Give the shortest of the surest ways for each part of what follows; together they prove the conclusion."""
        one, other = self._index.get(subject), self._index.get(object_)
        if one is None or other is None:
            return ()
        ways = [self._way(one, other, part, level) for part, level in self._found(one, other, not self.contradictions)]
        mask = ALL
        for way in ways:
            mask &= way.says
        for number in self._odd_at(one, other):
            seen = self._as_seen(number, one)
            if mask & seen != mask:
                mask &= seen
                ways.append(Way(seen, (self._step(one, number),)))
        return tuple(ways)

    def premises(self, subject: str, object_: str) -> tuple[str, ...]:
        """Give the premises that by themselves prove what is concluded about two sets, sorted."""
        return tuple(sorted({premise for way in self.ways(subject, object_) for premise in way.premises}))

    def _step(self, start: int, number: int) -> Constraint:
        own = self._base[number]
        if self._index[own.subject] == start:
            return own
        return Constraint(own.object, own.subject, INVERSE[own.mask], own.premise, own.confidence)

    def _way(self, one: int, other: int, part: int, level: int) -> Way:
        if part in (HOLDS, NOT_HOLDS):
            back = self._way(other, one, INVERSE[part], level)
            turned = (
                Constraint(step.object, step.subject, INVERSE[step.mask], step.premise, step.confidence)
                for step in reversed(back.steps)
            )
            return Way(part, tuple(turned))
        start, ends = ROUTES[part]
        leading = self._leading(part, one, other)
        seen: dict[tuple[int, int], tuple[int, int, int] | None] = {(start, one): None}
        queue = deque([(start, one)])
        while queue:
            state, node = queue.popleft()
            if node == other and state in ends:
                return Way(part, self._walked(seen, state, node))
            for far, then, sure, number in self._onward(part, state, node):
                if sure < level:
                    break  # the rest is less sure still
                # What can't arrive any more is not walked.
                there = leading[then]
                if (there is None or far in there) and (then, far) not in seen:
                    seen[then, far] = (state, node, number)
                    queue.append((then, far))
        raise AssertionError("what follows has a way")

    def _onward(self, part: int, state: int, node: int) -> list[Step]:
        """Give the steps that a walk for a part may take from a set, surest first: where, its state there, level."""
        key = (part, state, node)
        if key not in self._ways_on:
            may = STATES[part]
            self._ways_on[key] = [
                (far, then, sure, number)
                for far, mask, sure, number in self._steps[node]
                for then in NEXT[state][mask]
                if then in may
            ]
        return self._ways_on[key]

    def _leading(self, part: int, start: int, goal: int) -> tuple[Container[int] | None, ...]:
        """Give for each state of a walk the sets from which it may still arrive; nothing where that is not known."""
        up, down, over = self._up[goal], self._down[goal], self._over[goal]
        if part == WITHIN:
            return (down, None, None, None, None)
        if part == SHARE:
            return (None, over, down, None, None)
        if part == NONE:
            # It turns at a set above the start that has nothing in common with one above the goal.
            above = self._up[start]
            turns = {high for high in above if high in self._apart and not self._apart[high].keys().isdisjoint(up)}
            return ({low for low in above if not turns.isdisjoint(self._up[low])}, None, None, up, None)
        return (None, None, None, None, up)

    def _walked(
        self, seen: dict[tuple[int, int], tuple[int, int, int] | None], state: int, node: int
    ) -> tuple[Constraint, ...]:
        steps = []
        while (before := seen[state, node]) is not None:
            state, node, number = before
            steps.append(self._step(node, number))
        return tuple(reversed(steps))

    # --- contradictions ------------------------------------------------------------------------------------------

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Find the constraints that rule out what others prove: one for each set of premises that clash.

        Whatever clashes between derived relations goes back to such a constraint, so one wrong premise is told where
        it stands and not at every pair that it spoils.
        """
        found: dict[frozenset[str], Contradiction] = {}
        for own in self._base:
            if not DENYING[own.mask]:
                continue
            one, other = self._index[own.subject], self._index[own.object]
            for part in DENYING[own.mask]:
                opposite, level = self._against(one, other, part)
                if level:
                    clash = Contradiction(
                        own.subject, own.object, Way(part, (own,)), self._way(one, other, opposite, level)
                    )
                    found.setdefault(clash.premises, clash)
        for (one, other), numbers in sorted(self._odd.items()):
            self._odd_contradiction(one, other, numbers, found)
        return tuple(found.values())

    def _against(self, one: int, other: int, part: int) -> tuple[int, int]:
        """Give what a negative part rules out, and the level at which that follows all the same."""
        if part == NONE:
            return SHARE, self._over[one].get(other, 0)
        if part == NOT_WITHIN:
            return WITHIN, self._up[one].get(other, 0)
        return HOLDS, self._up[other].get(one, 0)

    def _odd_contradiction(
        self, one: int, other: int, numbers: list[int], found: dict[frozenset[str], Contradiction]
    ) -> None:
        mask = ALL
        steps: list[Constraint] = []
        for number in numbers:
            mask &= self._as_seen(number, one)
            steps.append(self._step(one, number))
        parts = [(part, level) for part, level in self._found(one, other, trusting=False) if mask & part != mask]
        rest = ALL
        for part, _ in parts:
            rest &= part
        if mask & rest == 0:
            proof = tuple(step for part, level in parts for step in self._way(one, other, part, level).steps)
            names = self._names[one], self._names[other]
            clash = Contradiction(*names, Way(mask, tuple(steps)), Way(rest, proof))
            found.setdefault(clash.premises, clash)

    @cached_property
    def disputed(self) -> frozenset[str]:
        """Every premise that takes part in a contradiction."""
        return frozenset().union(*(clash.premises for clash in self.contradictions))


def _best(best: int, negatives: _Negatives, near: dict[int, int]) -> int:
    """Give the best level of the ways that meet: what is ruled out on one side, what is near on the other."""
    for level, ends in negatives:
        if level <= best:
            break
        one, other = (ends, near) if len(ends) <= len(near) else (near, ends)
        for end, sure in one.items():
            if sure > best and end in other:
                best = max(best, min(level, sure, other[end]))
    return best
