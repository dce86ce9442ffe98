"""The library as one frozen graph, asked in domain words.

Nodes: structures, their clauses, core points, standards, clauses, points, topics, stated relations. What joins them is
looked up where it is asked for: subclause to heading, point to the core point that it instantiates, relation to the two
standards that it ties.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain

from imsmap.errors import UnknownNameError
from imsmap.library.model import (
    ALL_CLAUSES,
    HUB,
    Clause,
    CorePoint,
    Discipline,
    Documented,
    Library,
    Point,
    Relation,
    Standard,
    Structure,
    StructureClause,
    Topic,
    may_ask,
    number_key,
    parent_number,
    split_ref,
)
from imsmap.plain import unmarked

_EMPTY_TITLE = "general"
"""A title that says nothing without that of the heading above it."""


class ClauseGraph:
    """Answer what stands where in the library; built once, never changed."""

    def __init__(self, library: Library) -> None:
        """Build the graph; the order of the library's values does not matter."""
        self.library = library
        self._standards = {standard.key: standard for standard in library.standards}

    # --- standards and clauses -----------------------------------------------------------------------------------

    @cached_property
    def standards(self) -> tuple[Standard, ...]:
        """Every standard, by key."""
        return tuple(sorted(self.library.standards, key=lambda standard: standard.key))

    def standard(self, key: str) -> Standard:
        """Give the standard of that key."""
        try:
            return self._standards[key]
        except KeyError:
            raise UnknownNameError(f"no standard {key} is loaded") from None

    def apart(self, one: str, other: str) -> str:
        """Say `, apart from the discipline` of two references: it belongs behind every claim of all that one asks.

        Nothing where both are of one discipline, or one is a core point, which has none.
        """
        keys = [ref.partition(":")[0] for ref in (one, other)]
        if "core" in keys or self.standard(keys[0]).discipline == self.standard(keys[1]).discipline:
            return ""
        return ", apart from the discipline"

    def discipline(self, key: str) -> Discipline:
        """Give the discipline of a standard."""
        name = self.standard(key).discipline
        for discipline in self.library.disciplines:
            if discipline.key == name:
                return discipline
        raise UnknownNameError(f"{key} names the discipline {name}, which library.yaml does not hold")

    @cached_property
    def _clauses(self) -> dict[str, dict[str, Clause]]:
        return {standard.key: {clause.number: clause for clause in standard.clauses} for standard in self.standards}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {
            clause.ref: place for clauses in self._clauses.values() for place, clause in enumerate(clauses.values())
        }

    def place(self, ref: str) -> int:
        """Give the place of a clause, or of the clause that states a point, in the order of its standard."""
        key, number, _ = split_ref(ref)
        return self._places[f"{key}:{number}"]

    def in_order(self, refs: Iterable[str]) -> tuple[str, ...]:
        """Put references of clauses, points or whole standards into the order of their standards."""

        def place(ref: str) -> tuple[str, int, str]:
            key, number, point = split_ref(ref)
            return key, self._places.get(f"{key}:{number}", -1), point or ""

        return tuple(sorted(refs, key=place))

    def clauses(self, key: str) -> tuple[Clause, ...]:
        """Give every clause of a standard, in clause order."""
        return tuple(self._clauses[self.standard(key).key].values())

    def has_clause(self, ref: str) -> bool:
        """Tell whether a full reference names a clause that is loaded."""
        key, _, number = ref.partition(":")
        return number in self._clauses.get(key, ())

    def known_number(self, key: str, written: str) -> str | None:
        """Give the number of a clause as its standard writes it, whatever capitals and blanks somebody wrote."""
        if written in self._clauses[key]:
            return written
        wanted = "".join(written.split()).casefold()
        return next((number for number in self._clauses[key] if "".join(number.split()).casefold() == wanted), None)

    def has_controls(self, key: str) -> bool:
        """Tell whether a standard lists controls, of which a Statement of Applicability says which apply."""
        return bool(self._printed[self.standard(key).key])

    def has_obligations(self, key: str) -> bool:
        """Tell whether a standard is a legal register: obligations whose compliance is evaluated again and again."""
        return any(clause.obligation is not None for clause in self._clauses[self.standard(key).key].values())

    def control_printed_as(self, ref: str) -> Clause | None:
        """Give the control that its annex prints under the number of a clause: 5.1, which people call A.5.1."""
        key, number, _ = split_ref(ref)
        return self._printed[key].get(number)

    @cached_property
    def _printed(self) -> dict[str, dict[str, Clause]]:
        return {
            key: {clause.number.partition(".")[2]: clause for clause in clauses.values() if clause.is_control}
            for key, clauses in self._clauses.items()
        }

    def clause(self, ref: str) -> Clause:
        """Give the clause of a full reference; a point's id gives the clause that states it."""
        key, number, _ = split_ref(ref)
        try:
            return self._clauses[key][number]
        except KeyError:
            raise UnknownNameError(f"no clause {number} in {key}") from None

    def parent(self, ref: str) -> Clause | None:
        """Give the heading right above a clause, or nothing for a main clause."""
        clause = self.clause(ref)
        return None if clause.above is None else self._clauses[clause.standard].get(clause.above)

    @cached_property
    def _lines(self) -> dict[str, tuple[str, ...]]:
        """For each clause its own number and those of the headings above it, from the inside out."""
        found: dict[str, tuple[str, ...]] = {}
        for clauses in self._clauses.values():
            for clause in clauses.values():
                numbers = [clause.number]
                above = clause.above
                while above in clauses and above not in numbers:
                    numbers.append(above)
                    above = clauses[above].above
                found[clause.ref] = tuple(numbers)
        return found

    def line(self, ref: str) -> tuple[str, ...]:
        """Give the numbers of a clause and of the headings above it, from the inside out."""
        return self._lines[self.clause(ref).ref]

    def main(self, ref: str) -> str:
        """Give the number of the main clause that a clause lies in."""
        return self.line(ref)[-1]

    def main_clause(self, ref: str) -> str:
        """Give the number of the main clause under which a clause is read: of a supplement, that of what it adds to."""
        clause, top = self.clause(ref), self.main(ref)
        base = self.standard(clause.standard).supplements
        added = clause.supplements or self.clause(f"{clause.standard}:{top}").supplements
        there = f"{base}:{added[0]}" if base and added else ""
        return self.main(there) if there and self.has_clause(there) else top

    def children(self, ref: str) -> tuple[Clause, ...]:
        """Give the subclauses right under a clause, in clause order."""
        return tuple(self.clause(child) for child in self.in_order(self._beneath.get(ref, ())))

    @cached_property
    def _beneath(self) -> dict[str, list[str]]:
        """For each heading the subclauses right under it."""
        found: dict[str, list[str]] = {}
        for clauses in self._clauses.values():
            for clause in clauses.values():
                if clause.above is not None:
                    found.setdefault(f"{clause.standard}:{clause.above}", []).append(clause.ref)
        return found

    def is_leaf(self, ref: str) -> bool:
        """Tell whether a clause has no subclause and states requirements."""
        clause = self.clause(ref)
        standard = self.standard(clause.standard)
        asks = bool(clause.points) or (standard.level == "clause" and may_ask(standard, clause))
        return asks and ref not in self._beneath

    def by_clause(self, key: str) -> bool:
        """Tell whether a standard is held at clause level: what its clauses ask for beyond the core is not listed."""
        return self.standard(key).level == "clause"

    def documented(self, core: str, structure: str) -> Documented | None:
        """Tell which documented information an edition of the structure asks for at a core point."""
        told = self.core_points[core].documented
        for clause in self.structure(structure).clauses:
            for placed in clause.documented:
                if placed.core == core:
                    return Documented(placed.kind, placed.what or (told.what if told else ""))
        return told

    @cached_property
    def _leaves(self) -> dict[str, tuple[Clause, ...]]:
        return {
            key: tuple(clause for clause in clauses.values() if self.is_leaf(clause.ref))
            for key, clauses in self._clauses.items()
        }

    def leaves(self, key: str) -> tuple[Clause, ...]:
        """Give the leaf clauses of a standard, in clause order."""
        return self._leaves[self.standard(key).key]

    @cached_property
    def leaf_order(self) -> dict[str, tuple[str, ...]]:
        """For each standard the references of its leaf clauses, in clause order."""
        return {key: tuple(leaf.ref for leaf in leaves) for key, leaves in self._leaves.items()}

    @cached_property
    def leaf_sets(self) -> dict[str, frozenset[str]]:
        """For each standard the references of its leaf clauses."""
        return {key: frozenset(refs) for key, refs in self.leaf_order.items()}

    @cached_property
    def _under(self) -> dict[str, tuple[Clause, ...]]:
        found: dict[str, list[Clause]] = {}
        for key, leaves in self._leaves.items():
            for leaf in leaves:
                for number in self._lines[leaf.ref]:
                    found.setdefault(f"{key}:{number}", []).append(leaf)
        return {ref: tuple(leaves) for ref, leaves in found.items()}

    def leaves_under(self, ref: str) -> tuple[Clause, ...]:
        """Give the leaf clauses that a clause stands for: itself, or those under a heading."""
        return self._under.get(self.clause(ref).ref, ())

    def may_be_not_applicable(self, ref: str) -> bool:
        """Tell whether the standard lets a clause or point be held not applicable, given a justification."""
        clause: Clause | None = self.clause(ref)
        allowed = () if clause is None else self.standard(clause.standard).not_applicable
        if ALL_CLAUSES in allowed:
            return True
        while clause is not None and clause.number not in allowed:
            clause = self.parent(clause.ref)
        return clause is not None

    def title(self, ref: str) -> str:
        """Give the title of a clause; an untitled one shows that of the nearest heading, or of what it supplements."""
        clause: Clause | None = self.clause(ref)
        while clause is not None:
            if clause.title:
                return clause.title
            above, base = self.parent(clause.ref), self.standard(clause.standard).supplements
            clause = self.clause(f"{base}:{clause.supplements[0]}") if above is None and clause.supplements else above
        return ""

    def name(self, ref: str) -> str:
        """Give the title of a clause as it reads alone in a table: "General" only with what it is general about."""
        clause, parent = self.clause(ref), self.parent(ref)
        if clause.title.casefold() == _EMPTY_TITLE and parent is not None:
            return f"{self.title(parent.ref)}: {clause.title}"
        return self.title(ref)

    def label(self, ref: str) -> str:
        """Name a clause, point or whole standard for a reader: `ISO 9001:2015, 8.5.1`.

        A point is named by what its standard adds there, else by the words of its id: `ISO 14001:2015, 8.1 "Procurement
        requirements"`.
        """
        key, number, slug = split_ref(ref)
        words = self.standard(key).designation
        if number:
            words += f", {number}"
        if not slug:
            return words
        held = next((point for _, point in self.points((f"{key}:{number}",)) if point.id == slug), None)
        said = held.adds if held is not None and held.adds else slug.replace("-", " ")
        return f'{words} "{said[:1].upper()}{said[1:]}"'

    # --- points --------------------------------------------------------------------------------------------------

    @cached_property
    def _points(self) -> dict[str, tuple[tuple[str, Point], ...]]:
        return {
            clause.ref: tuple((clause.point_ref(point), point) for point in clause.points)
            for clauses in self._clauses.values()
            for clause in clauses.values()
        }

    def points(self, refs: Iterable[str]) -> Iterator[tuple[str, Point]]:
        """Give the points of clauses with their full ids, in the order of the data."""
        return chain.from_iterable(map(self._points_of, refs))

    def _points_of(self, ref: str) -> tuple[tuple[str, Point], ...]:
        found = self._points.get(ref)
        return self._points[self.clause(ref).ref] if found is None else found

    def point(self, ref: str) -> Point:
        """Give the point of a full id."""
        found = self._by_id.get(ref)
        if found is None:
            clause = self.clause(ref)
            raise UnknownNameError(f"no point {split_ref(ref)[2]} in {self.label(clause.ref)}")
        return found

    @cached_property
    def _by_id(self) -> dict[str, Point]:
        return {ref: point for points in self._points.values() for ref, point in points}

    @cached_property
    def cores(self) -> dict[str, frozenset[str]]:
        """For each clause the core points that it instantiates."""
        return {
            clause.ref: frozenset(point.core for point in clause.points if point.core is not None)
            for clauses in self._clauses.values()
            for clause in clauses.values()
        }

    @cached_property
    def sure_cores(self) -> dict[str, dict[str, float]]:
        """For each leaf clause how sure it is that it holds each core point: the surest of its points counts."""
        found: dict[str, dict[str, float]] = {}
        for leaves in self._leaves.values():
            for leaf in leaves:
                held = found[leaf.ref] = {}
                for point in leaf.points:
                    if point.core is not None:
                        held[point.core] = max(point.confidence, held.get(point.core, 0.0))
        return found

    @cached_property
    def all_core(self) -> frozenset[str]:
        """The leaf clauses that ask for nothing but core points, as far as all that they ask for is listed."""
        return frozenset(
            leaf.ref
            for key, leaves in self._leaves.items()
            if not self.by_clause(key)
            for leaf in leaves
            if all(point.core is not None for point in leaf.points)
        )

    def core_ids(self, refs: Iterable[str]) -> frozenset[str]:
        """Give the core points that clauses instantiate between them."""
        return frozenset().union(*(self.cores[ref] for ref in refs))

    @cached_property
    def _instantiated(self) -> dict[str, frozenset[str]]:
        return {key: self.core_ids(f"{key}:{number}" for number in clauses) for key, clauses in self._clauses.items()}

    def instantiates(self, key: str, core: str) -> bool:
        """Tell whether any clause of a standard holds a core point."""
        return core in self._instantiated[key]

    # --- the harmonized structure --------------------------------------------------------------------------------

    @cached_property
    def structures(self) -> tuple[Structure, ...]:
        """Every edition of the harmonized structure, newest first."""
        return tuple(sorted(self.library.structures, key=lambda s: s.published, reverse=True))

    def structure(self, key: str) -> Structure:
        """Give one edition of the harmonized structure."""
        for structure in self.library.structures:
            if structure.key == key:
                return structure
        raise UnknownNameError(f"no structure {key} is loaded")

    @cached_property
    def hub(self) -> Structure:
        """The edition that defines the core points."""
        return self.structure(HUB)

    @cached_property
    def hub_clauses(self) -> tuple[StructureClause, ...]:
        """Every clause of the hub, in clause order."""
        return tuple(sorted(self.hub.clauses, key=lambda clause: number_key(clause.number)))

    @cached_property
    def hub_titles(self) -> dict[str, str]:
        """What each clause of the hub is about, by number: titles as they read alone, without the mark for a name."""
        titles: dict[str, str] = {}
        for clause in self.hub_clauses:
            above = titles.get(parent_number(clause.number) or "", "")
            alone = clause.title and clause.title.casefold() != _EMPTY_TITLE
            words = clause.title if alone else ": ".join(filter(None, (above, clause.title)))
            titles[clause.number] = unmarked(words)
        return titles

    @cached_property
    def core_points(self) -> dict[str, CorePoint]:
        """Every core point by id, in the hub's order."""
        return {point.id: point for clause in self.hub_clauses for point in clause.points}

    @cached_property
    def _core_order(self) -> dict[str, int]:
        return {core: index for index, core in enumerate(self.core_points)}

    def in_core_order(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Sort core ids as the hub has them."""
        return tuple(sorted(ids, key=lambda core: (self._core_order.get(core, len(self._core_order)), core)))

    @cached_property
    def hub_clause_of(self) -> dict[str, str]:
        """The hub clause number of each core point."""
        return {point.id: clause.number for clause in self.hub_clauses for point in clause.points}

    def holders(self, core: str, key: str) -> tuple[str, ...]:
        """Give the points of a standard that instantiate a core point, in clause order."""
        return self.in_order(self._holders.get((core, key), ()))

    @cached_property
    def leaves_holding(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """For each standard and core point the leaf clauses that instantiate it, in clause order."""
        found: dict[str, dict[str, list[str]]] = {key: {} for key in self.leaf_order}
        for key, refs in self.leaf_order.items():
            for ref in refs:
                for core in self.cores[ref]:
                    found[key].setdefault(core, []).append(ref)
        return {key: {core: tuple(refs) for core, refs in held.items()} for key, held in found.items()}

    @cached_property
    def _holders(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for key, clauses in self._clauses.items():
            for clause in clauses.values():
                for point in clause.points:
                    if point.core is not None:
                        found.setdefault((point.core, key), []).append(clause.point_ref(point))
        return found

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """The topic groups, in the order of the data."""
        return self.library.topics

    # --- stated relations ----------------------------------------------------------------------------------------

    def relations_between(self, first: str, second: str) -> tuple[Relation, ...]:
        """Give the relations stated between two standards, either way round, by id."""
        return self._relations.get(frozenset((first, second)), ())

    @cached_property
    def _relations(self) -> dict[frozenset[str], tuple[Relation, ...]]:
        found: dict[frozenset[str], list[Relation]] = {}
        for relation in sorted(self.library.relations, key=lambda relation: relation.id):
            ends = frozenset(split_ref(refs[0])[0] for refs in (relation.subject, relation.object))
            found.setdefault(ends, []).append(relation)
        return {ends: tuple(relations) for ends, relations in found.items()}

    def leaf_refs(self, refs: Iterable[str]) -> tuple[str, ...]:
        """Give the leaf clauses that references touch: `key:` stands for the whole standard, a point for its clause."""
        found: dict[str, None] = {}
        for ref in refs:
            key, number, _ = split_ref(ref)
            leaves = self.leaves_under(f"{key}:{number}") if number else self.leaves(key)
            found.update((leaf.ref, None) for leaf in leaves)
        return tuple(found)
