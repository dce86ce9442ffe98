"""The fewest documents that hold all documented information asked for, and the manual's contents that lead to them.

What is asked for in writing in one topic stands together; standards share a document where the matrix advises so, or a
person decided it. Nothing is put together across topics: that two matters share a cover saves no work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import field

from imsmap import about
from imsmap.analyses.blueprint.answer import BlueprintAnswer as BlueprintAnswer
from imsmap.analyses.blueprint.answer import Chapter, Copy, Demand, Plan
from imsmap.analyses.blueprint.settled import settled
from imsmap.analyses.blueprint.tables import said, tables, to_json
from imsmap.documented import Item, is_record, items
from imsmap.library.graph import ClauseGraph
from imsmap.parts import clause_name, levelled, main_clauses, sides
from imsmap.reasoning.groups import Group, Grouping, grouped
from imsmap.reasoning.shares import ANNEX, advice_in, present_in, share
from imsmap.register.plans import ANNEXES, ONE, OWN, SEPARATE, Decision, Holding
from imsmap.register.questions import questions, words_of
from imsmap.report import Report
from imsmap.values import frozen
from imsmap.wording import doubt, doubts, labels, listed, together

ABOUT = about.Question(
    short="The fewest documents for an integrated system",
    text="Propose the fewest documents that hold all documented information asked for.",
    example="9001 14001 -o blueprint.docx",
    takes="standards",
    place=145,
)
OPERATION = "8.1"
"""The hub's clause whose documents say how operation runs: what is kept of it is made by them."""


@frozen
class Question:
    """Which standards to plan documents for.

    decisions: what a person decided, by topic. holdings: what exists of each item, by its id. applies_not: points that
    do not apply.
    """

    standards: tuple[str, ...]
    decisions: Mapping[str, Decision] = field(factory=dict)
    holdings: Mapping[str, tuple[Holding, ...]] = field(factory=dict)
    applies_not: frozenset[str] = frozenset()


def analyse(graph: ClauseGraph, question: Question) -> Report[BlueprintAnswer]:
    """Propose the documents, and put the manual's contents together."""
    drawn = _Drawing(grouped(graph, question.standards)).answer()
    answer = settled(drawn, question.decisions, question.holdings, question.applies_not)
    names = listed(side.designation for side in answer.standards)
    return Report(
        "blueprint",
        f"Blueprint of documents for {names}",
        graph.library.version,
        tables(answer),
        answer,
        to_json,
        levelled(said(answer).replace("**", ""), answer.standards),
        (
            "Counted is a document for each topic in which anything is asked for in writing, and for each set of "
            "standards that share it: as the matrix advises, or as a person decided. Apart: each standard its own for "
            "each topic. No standard asks for a manual; it counts where a person puts into it what is asked for.",
            "Records are listed with the document whose activity makes them, and are no documents. What is only to be "
            "available is a record where the edition before, or the first harmonized structure, asks for a record.",
            *doubts(graph, question.standards),
            f"Mapping data {graph.library.version} ({graph.library.released}). In our own words: consult the "
            "standards.",
        ),
        standards=answer.standards,
        summary=levelled(said(answer), answer.standards),
        doubt=doubt(graph, question.standards),
    )


class _Drawing:
    """The blueprint under way."""

    def __init__(self, grouping: Grouping) -> None:
        """Sort what is asked for in writing by topic, documents and records apart."""
        self._grouping = grouping
        self._graph = grouping.graph
        self._labels = labels(self._graph, grouping.keys)
        self._groups = {group.id: group for group in grouping.groups}
        at = {ref: topic for topic, held in grouping.placed.items() for refs in held.values() for ref in refs}
        self._documents: dict[str, list[Item]] = {}
        self._records: dict[str, list[Item]] = {}
        for item in items(grouping):
            points = [ref for one in item.asked.values() for ref in one.points]
            kind = self._records if is_record(self._graph, points) else self._documents
            kind.setdefault(at[points[0]], []).append(item)
        self._demands: dict[str, list[Demand]] = {}
        for question in questions(grouping):
            by: dict[str, tuple[str, ...]] = {}
            for verdict in question.verdicts:
                by[verdict.standard] = (*by.get(verdict.standard, ()), verdict.point)
            self._demands.setdefault(question.topic, []).append(Demand(words_of(question, self._graph), by))

    def answer(self) -> BlueprintAnswer:
        """Put it together, in the order of the matrix."""
        grouping = self._grouping
        made: dict[str, list[Item]] = {}
        loose: dict[str, list[Item]] = {}
        for topic, records in self._records.items():
            for record in records:
                maker = self._maker(topic, record)
                (made if maker else loose).setdefault(maker or topic, []).append(record)
        order = [group for group in grouping.groups if group.id in self._documents]
        plans = tuple(self._plan(group, made.get(group.id, ())) for group in order)
        chapters = tuple(
            self._chapter(group, loose.get(group.id, ()))
            for group in grouping.groups
            if present_in(grouping, group) or group.id in self._documents
        )
        mains = main_clauses(self._graph, (chapter.main for chapter in chapters))
        return BlueprintAnswer(sides(self._graph, grouping.keys), mains, plans, chapters)

    def _maker(self, topic: str, record: Item) -> str:
        """Name the topic whose document says how a record is made: its own, else that of operation; none elsewhere."""
        if topic in self._documents:
            return topic
        group = self._groups[topic]
        held = {key for item in self._documents.get(OPERATION, ()) for key in item.asked}
        return OPERATION if group.main == self._main_of_operation and held.intersection(record.asked) else ""

    @property
    def _main_of_operation(self) -> str:
        return OPERATION.partition(".")[0]

    def _plan(self, group: Group, records: Sequence[Item]) -> Plan:
        told = tuple(self._documents[group.id])
        asking = [key for key in self._grouping.keys if any(key in item.asked for item in told)]
        advice, parts = self._advised(group)
        proposed = tuple(_copies(asking, advice, parts))
        clauses = {
            key: tuple(
                clause_name(self._graph, f"{key}:{number}")
                for number in dict.fromkeys(n for item in told if key in item.asked for n in item.asked[key].clauses)
            )
            for key in asking
        }
        return Plan(
            group.id,
            group.number,
            group.title,
            group.main,
            together(self._labels[key] for key in asking),
            advice,
            proposed,
            proposed,
            "",
            clauses,
            told,
            tuple(records),
            tuple(one for one in self._demands.get(group.id, ()) if set(asking) & set(one.points)),
        )

    def _advised(self, group: Group) -> tuple[str, tuple[tuple[str, ...], ...]]:
        """Give what the matrix advises in a topic, and the sets of standards that have it in common."""
        grouping = self._grouping
        compared = {pair: grouping.compare(group, *pair) for pair in grouping.pairs}
        classes = [(*pair, kinship.kin) for pair, kinship in compared.items() if kinship is not None]
        kins = [kin for *_, kin in classes]
        advice = advice_in(grouping, group, kins, (len(grouping.adds(group, key)) for key in grouping.keys))
        if group.advice and advice == group.advice:
            return advice, (grouping.keys,)  # what practice has as one is one for all that ask for it
        return advice, share(group.id, group.main, dict.fromkeys(grouping.keys, ()), classes).parts

    def _chapter(self, group: Group, records: Sequence[Item]) -> Chapter:
        graph = self._graph
        return Chapter(
            group.id,
            group.number,
            group.title,
            group.main,
            together(self._labels[key] for key in present_in(self._grouping, group)),
            {key: tuple(clause_name(graph, ref) for ref in refs) for key, refs in group.home.items() if refs},
            group.id if group.id in self._documents else None,
            tuple(records),
        )


def _copies(asking: Sequence[str], advice: str, parts: Sequence[Sequence[str]]) -> Iterator[Copy]:
    """Give the documents of a topic: one for each set of standards that have it in common, the larger ones first."""
    if len(asking) == 1:
        yield Copy(tuple(asking), OWN)
        return
    sets = dict.fromkeys(
        next((tuple(one for one in asking if one in part) for part in parts if key in part), (key,)) for key in asking
    )
    for found in sorted(sets, key=len, reverse=True):
        form = ANNEXES if advice == ANNEX else ONE
        yield Copy(found, form if len(found) > 1 else SEPARATE)
