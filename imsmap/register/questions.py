"""What is asked of an organization, each question once: shared by several standards, with a verdict for each of them.

Process, document, owner and evidence answer the question, and stand in its row; whether a standard is met is said in
the rows of its points. Where a standard needs an owner or a document of its own, the cell in its point's row overrides
the question's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from attrs import field

from imsmap.library.model import split_ref
from imsmap.register.cells import Cells, Key, Value, identical
from imsmap.values import frozen

if TYPE_CHECKING:
    from imsmap.library.graph import ClauseGraph
    from imsmap.reasoning.groups import Group, Grouping

SHEET = "requirements"
SHARED = ("process", "document", "owner", "evidence")
"""The fields that answer a question for all its standards."""
CORE, EQUAL = "core:", "equal:"
"""What the ids of shared questions begin with: they are rows beside those of points."""
QUESTION_ROW, VERDICT_ROW = "shared", "verdict"
"""Kinds of rows: a question that several standards ask, and what one of them asks for in it."""
MAIN, TOPIC, CONTROL = "main:", "topic:", "control:"
"""What the ids of headings begin with: main clauses, the topics in them, and controls, which have a row of their own in
the Statement of Applicability."""


@frozen
class Verdict:
    """Where a standard's own answer stands: its point, and the leaf clause (full reference) that states it."""

    point: str
    standard: str
    clause: str


@frozen
class Question:
    """What one or several standards ask for; its id is that of its only point unless it is shared.

    topic: the group in which it is read. rows: where else its shared cells may stand, as the standards of a project
    come and go; `core:issues` is a place for each point that instantiates the core point, also where it is alone.
    """

    id: str
    topic: str
    verdicts: tuple[Verdict, ...]
    rows: tuple[str, ...] = ()
    core: str | None = None

    @property
    def standards(self) -> tuple[str, ...]:
        """The standards that ask for it, by key, in the project's order."""
        return tuple(dict.fromkeys(verdict.standard for verdict in self.verdicts))

    @property
    def is_shared(self) -> bool:
        """Tell whether several standards ask for it, so that it has a row beside those of its points."""
        return self.id != self.verdicts[0].point


@frozen
class Questions:
    """Every question of some standards, ordered by topic: the shared ones first, then what each standard adds."""

    all: tuple[Question, ...]
    of: Mapping[str, Question] = field(init=False, eq=False, repr=False)
    """The question of each point."""

    @of.default
    def _find(self) -> Mapping[str, Question]:
        return {verdict.point: question for question in self.all for verdict in question.verdicts}

    def __iter__(self) -> Iterator[Question]:
        """Give the questions in order."""
        return iter(self.all)

    def __len__(self) -> int:
        """Count the questions."""
        return len(self.all)

    @cached_property
    def by_topic(self) -> Mapping[str, tuple[Question, ...]]:
        """Put the questions by topic, in order."""
        found: dict[str, list[Question]] = {}
        for question in self.all:
            found.setdefault(question.topic, []).append(question)
        return {topic: tuple(of) for topic, of in found.items()}

    def effective(self, cells: Cells, point: str, name: str) -> Value | None:
        """Give what holds for a point: its own cell, or, for a shared field, that of its question."""
        own = cells.get(Key(SHEET, point, name))
        if own is not None or name not in SHARED or point not in self.of:
            return own
        return _common(cells, self.of[point], name)

    def said_for_all(self, cells: Cells, point: str, name: str) -> Value | None:
        """Give what the question of a point says in a shared field, whether the point has its own or not."""
        return _common(cells, self.of[point], name)

    def spread(self, cells: Cells, shown: Iterable[str] = ()) -> dict[Key, Value]:
        """Put every shared value into the row of each point, as if each standard were asked for itself.

        shown: rows of shared questions that are left as they are; a question that stood under another of its ids
        stands there.
        """
        kept = frozenset(shown)
        found = dict(cells)
        for question in self.all:
            for name in SHARED:
                for row in question.rows:
                    found.pop(Key(SHEET, row, name), None)
        for question in self.all:
            place = next((row for row in question.rows if row in kept), None)
            rows = [verdict.point for verdict in question.verdicts] if place is None else [place]
            for name in SHARED:
                value = _common(cells, question, name)
                keys = [Key(SHEET, row, name) for row in rows]
                if value is None:
                    continue
                if all(key in found for key in keys):
                    # Each standard has a word of its own: what was said for all stays where it was said.
                    keys = [Key(SHEET, question.rows[0], name)]
                for key in keys:
                    found.setdefault(key, value)
        return found

    def lift(self, cells: Cells, before: Cells, went: Cells | None = None) -> dict[Key, Value]:
        """Put what all points of a shared question say alike into the question's row; takes the cells as `spread`.

        before: the state that was spread: where the points differ, the question keeps what it said there if one of
        them still says so and none says nothing, and the others override it; else each keeps its own.
        went: what whoever wrote the cells saw, where that is another state: what was said for all since then is not
        replaced by what they wrote for each.
        """
        found = dict(cells)
        for asked in self._by_row.values():
            for name in SHARED:
                _lift(found, asked, name, before, before if went is None else went)
        return found

    def joined(self, cells: Cells) -> dict[Key, Value]:
        """Put into the row of each shared question what all its points say alike, wherever it stood."""
        return self.lift(self.spread(cells), cells)

    def brought_home(self, seen: Cells, changed: Cells, cells: Cells, went: Cells | None = None) -> dict[Key, Value]:
        """Put what changed in a view of the register (`seen`, of these cells) to where the register keeps it.

        What did not change stays as the register has it. went: what the view held when it went out.
        """
        lifted = self.lift(changed, cells, went)
        for asked in self._by_row.values():
            rows = (*asked[0].rows, *(verdict.point for question in asked for verdict in question.verdicts))
            for name in SHARED:
                keys = [Key(SHEET, row, name) for row in rows]
                if all(identical(seen.get(key), changed.get(key)) for key in keys):
                    for key in keys:
                        lifted.pop(key, None)
                        if key in cells:
                            lifted[key] = cells[key]
        return lifted

    @cached_property
    def _by_row(self) -> Mapping[str, tuple[Question, ...]]:
        """Put the questions by the row of their shared cells, which points of one standard alone may have in common."""
        found: dict[str, list[Question]] = {}
        for question in self.all:
            found.setdefault(question.rows[0], []).append(question)
        return {row: tuple(of) for row, of in found.items()}


NO_QUESTIONS = Questions(())
"""Where nobody knows what is asked: every cell stands for itself."""


def _lift(cells: dict[Key, Value], asked: tuple[Question, ...], name: str, before: Cells, went: Cells) -> None:
    place = Key(SHEET, asked[0].rows[0], name)
    earlier, standing = _common(before, asked[0], name), _common(cells, asked[0], name)
    if standing is not None:
        for row in asked[0].rows:
            cells.pop(Key(SHEET, row, name), None)
        cells[place] = standing
    keys = [Key(SHEET, verdict.point, name) for question in asked for verdict in question.verdicts]
    unseen = standing is not None and not identical(standing, _common(went, asked[0], name))
    for key in keys:
        if unseen and key not in before and identical(cells.get(key), standing):
            del cells[key]  # what is said for all by now need not be said for one
    said = [cells.get(key) for key in keys]
    if None in said:
        return
    if asked[0].is_shared and all(identical(value, said[0]) for value in said):
        common = said[0]
    elif any(identical(value, earlier) for value in said) or not asked[0].is_shared:
        # What was said for all stays for a standard that is not here now.
        common = earlier
    else:
        return
    if common is None:
        return
    if standing is not None and (unseen or not identical(standing, earlier)) and not identical(standing, common):
        return  # what somebody wrote for all is replaced only by who saw it
    cells[place] = common
    for key, value in zip(keys, said, strict=True):
        if identical(value, common):
            del cells[key]


def in_rows_of_questions(cells: Iterable[Key]) -> set[str]:
    """Name the rows of shared questions in which something stands."""
    return {key.row for key in cells if key.sheet == SHEET and key.row.startswith((CORE, EQUAL))}


def in_rows_of_points(cells: Iterable[Key]) -> set[str]:
    """Name the standards for whose points, by themselves, something stands in a shared field."""
    return {
        split_ref(key.row)[0]
        for key in cells
        if key.sheet == SHEET and key.field in SHARED and "#" in key.row and not key.row.startswith(EQUAL)
    }


def _common(cells: Cells, question: Question, name: str) -> Value | None:
    """Give the shared cell of a question, wherever of its rows it stands."""
    for row in question.rows:
        value = cells.get(Key(SHEET, row, name))
        if value is not None:
            return value
    return None


def place_of(question: Question, graph: ClauseGraph, groups: Mapping[str, Group]) -> tuple[str, str]:
    """Give the topic and the main clause under which a question is read; groups: those of its grouping, by id."""
    group = groups.get(question.topic)
    main = graph.main(question.verdicts[0].clause) if group is None else group.main
    return question.topic or f"other-{main}", main


def words_of(question: Question, graph: ClauseGraph) -> str:
    """Say what a question asks for, in our words: those of the core where it is shared, with an amendment if any."""
    if question.is_shared and question.core is not None:
        return graph.core_points[question.core].text
    point = graph.point(question.verdicts[0].point)
    return point.text + (f" ({point.amendment})" if point.amendment else "")


@lru_cache(maxsize=8)
def questions(grouping: Grouping) -> Questions:
    """Give every question of a grouping's standards, once; of those held at clause level nothing is asked."""
    graph = grouping.graph
    verdicts = [
        Verdict(ref, key, leaf.ref) for key in grouping.keys if not graph.by_clause(key) for leaf in graph.leaves(key)
        for ref, _ in graph.points((leaf.ref,))
    ]  # fmt: skip
    home, equals = _homes(graph, verdicts)
    together: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        together.setdefault(home[verdict.point], []).append(verdict)
    places = {id_: place for place, id_ in enumerate(grouping.order)}
    core_place = {core: place for place, core in enumerate(graph.core_points)}
    order = {verdict.point: place for place, verdict in enumerate(verdicts)}
    found: list[tuple[tuple[int, bool, int, int], Question]] = []
    for id_, asked in together.items():
        core = id_.removeprefix(CORE) if id_.startswith(CORE) else None
        shared = len({verdict.standard for verdict in asked}) > 1
        for part in [asked] if shared else [[verdict] for verdict in asked]:
            point = part[0].point
            topic = grouping.home[part[0].clause]
            if shared and core is not None:
                topic = graph.hub_clause_of[core]
            rows = [f"{CORE}{core}"] if core is not None else []
            rows += [f"{EQUAL}{ref}" for verdict in part for ref in equals.get(verdict.point, ())]
            question = Question(id_ if shared else point, topic, tuple(part), tuple(dict.fromkeys(rows)), core)
            last = len(core_place)
            inner = core_place.get(core or "", last) if shared else 0
            found.append(((places.get(topic, len(places)), not shared, inner, order[point]), question))
    return Questions(tuple(question for _, question in sorted(found, key=lambda entry: entry[0])))


def _homes(graph: ClauseGraph, verdicts: Iterable[Verdict]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Name for each point the question that it belongs to, and give the points equal to one of no core point, sorted.

    A point that instantiates a core point is at home there; one that is equal to it joins it.
    """
    from imsmap.reasoning.equals import equal_sets  # whoever takes a workbook back does without it

    cores = {verdict.point: graph.point(verdict.point).core for verdict in verdicts}
    home = {point: f"{CORE}{core}" if core is not None else point for point, core in cores.items()}
    equals: dict[str, tuple[str, ...]] = {point: (point,) for point, core in cores.items() if core is None}
    for joined in equal_sets(graph.library.relations, cores.__contains__):
        alike = tuple(sorted(joined))
        held = graph.in_core_order({core for point in alike if (core := cores[point]) is not None})
        for point in alike:
            if cores[point] is None:
                equals[point] = alike
                home[point] = f"{CORE}{held[0]}" if held else f"{EQUAL}{alike[0]}"
    return home, equals
