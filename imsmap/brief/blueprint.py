"""The outline of an integrated system's documents, to be filled: contents of the manual, then each document.

Headings, for which clauses each answers and what must be in it; the words in which somebody does it are theirs.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from imsmap.brief.front import short
from imsmap.brief.model import Brief, Bullets, Grid, Section, Words
from imsmap.drawing.look import Look
from imsmap.parts import doubt_of
from imsmap.register.plans import ANNEXES, IN_MANUAL, OWN
from imsmap.report import Report
from imsmap.wording import in_words, listed, together

if TYPE_CHECKING:
    from imsmap.analyses.blueprint import BlueprintAnswer
    from imsmap.analyses.blueprint.answer import Chapter, Copy, Demand, Plan
    from imsmap.documented import Item

_IN_HEAD = 4
"""Standards that the head of the page names."""
NONE_ASKED = "none asked for"
OURS = "How we do it"
"""The column that a person fills."""
_CONTENTS = (0.34, 0.16, 0.24, 0.26)
_ASKED = (0.48, 0.16, 0.36)
_CONTROL = (0.34, 0.16, 0.12, 0.2, 0.18)


def outline(
    report: Report[BlueprintAnswer], date: datetime.date, *, client: str = "", look: Look | None = None
) -> Brief:
    """Put the outline together: the documents at a glance, the manual's contents, a page for each document."""
    answer = report.answer
    told = _Told(answer)
    many = len(answer.standards) > _IN_HEAD
    names = f"{len(answer.standards)} standards" if many else listed(side.designation for side in answer.standards)
    day = in_words(date)
    return Brief(
        report.title if not many else f"Blueprint of documents for {names}",
        " · ".join(filter(None, (short(client, 80), "Outline to be filled", names, day))),
        (
            tuple(told.glance(report.message)),
            tuple(told.manual()),
            *(tuple(told.document(plan, copy)) for plan in answer.plans if not plan.in_manual for copy in plan.copies),
        ),
        " · ".join(filter(None, (short(client, 60), f"Mapping data {report.data_version}", day))),
        date,
        look or Look(),
    )


class _Told:
    """What the outline says, by the labels of its standards."""

    def __init__(self, answer: BlueprintAnswer) -> None:
        """Take the answer."""
        self._answer = answer
        self._label = {side.key: side.label for side in answer.standards}
        self._name = {side.key: side.designation for side in answer.standards}
        self._plans = {plan.id: plan for plan in answer.plans}

    def glance(self, message: str) -> Iterator[Section]:
        """Say which documents there are."""
        rows = [
            (
                plan.named(copy, self._name),
                self._clauses({key: [one.number for one in plan.clauses[key]] for key in copy.standards}),
                IN_MANUAL if plan.in_manual else copy.form,
                ", ".join(one.name for one in plan.held),
                plan.owner,
            )
            for plan in self._answer.plans
            for copy in plan.copies
        ]
        yield Section("", (Words(message, strong=True),))
        few = doubt_of(self._answer.standards)
        letters = ", ".join(f"{self._label[key]} is {name}" for key, name in self._name.items())
        yield Section(
            "The documents",
            (
                Words(f"{letters}. What is asked for in writing in one topic stands in one document. {few}".rstrip()),
                Grid(("Document", "Answers for", "As", "Exists already", "Owner"), tuple(rows), (25, 16, 17, 23, 19)),
            ),
        )

    def manual(self) -> Iterator[Section]:
        """Give the contents of the manual, main clause by main clause."""
        counts = self._answer.of_forms[IN_MANUAL]
        asked = (
            "It holds what the project puts into it, and leads to the other documents."
            if counts
            else "No standard asks for a manual. Where you have one, these are its contents, and lead to the documents."
        )
        yield Section("Contents of the manual", (Words(asked),))
        for main in self._answer.main_clauses:
            here = [chapter for chapter in self._answer.chapters if chapter.main == main.number]
            rows = tuple(self._chapter(chapter) for chapter in here)
            heads = ("Chapter", "Answers for", "Written in", "Records made there")
            yield Section(f"{main.number} {main.title}", (Grid(heads, rows, _CONTENTS),), 2)
            for chapter in here:
                plan = self._plans.get(chapter.plan or "")
                if plan is not None and plan.in_manual:
                    yield from self._body(plan, plan.copies[0], plan.name)

    def document(self, plan: Plan, copy: Copy) -> Iterator[Section]:
        """Give one document: for what it answers, what must be in it, annexes, records, and its control."""
        clauses = {key: [one.number for one in plan.clauses[key]] for key in copy.standards}
        alone = f"Answers for {self._clauses(clauses)}."
        advice = "" if copy.form == OWN else f" The matrix advises: {plan.advice}."
        yield Section(plan.named(copy, self._name), (Words(f"{alone}{advice}"), self._control(plan)))
        yield from self._body(plan, copy)

    def _body(self, plan: Plan, copy: Copy, name: str = "") -> Iterator[Section]:
        items = [item for item in plan.items if set(copy.standards) & set(item.asked)]
        head = f"{name}: " if name else ""
        yield Section(_begun(head, "What must be in writing"), (self._listed(items, copy.standards),), 2)
        demands = [(one, by) for one in plan.demands if (by := self._of(one, copy.standards))]
        if copy.form == ANNEXES:
            core = [(one, by) for one, by in demands if len(by) > 1]
            yield from self._asked(_begun(head, "Shared core"), core)
            for key in copy.standards:
                annex = [(one, by) for one, by in demands if list(by) == [key]]
                yield from self._asked(_begun(head, f"Annex {self._label[key]}: {self._name[key]}"), annex)
        else:
            yield from self._asked(_begun(head, "What it answers for"), demands)
        records = [item for item in plan.records if set(copy.standards) & set(item.asked)]
        if records:
            yield Section(_begun(head, "Records that it makes"), (self._listed(records, copy.standards),), 2)

    def _asked(self, heading: str, demands: Sequence[tuple[Demand, Mapping[str, Sequence[str]]]]) -> Iterator[Section]:
        if demands:
            rows = tuple((one.text, self._clauses(by), "") for one, by in demands)
            yield Section(heading, (Grid(("In our words", "Asked in", OURS), rows, _ASKED),), 2)

    def _of(self, demand: Demand, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
        return {key: demand.clauses[key] for key in keys if key in demand.points}

    def _listed(self, items: Iterable[Item], keys: Sequence[str]) -> Bullets:
        return Bullets(
            tuple(
                f"{item.what} ({self._clauses({key: item.asked[key].clauses for key in keys if key in item.asked})})"
                for item in items
            )
        )

    def _control(self, plan: Plan) -> Grid:
        """Say what exists already, with room for what does not."""
        rows = tuple(
            (one.document, one.number, one.version, one.owner or plan.owner, one.location) for one in plan.held
        )
        heads = ("Our document", "No.", "Version", "Owner", "Where it is")
        return Grid(heads, rows or (("", "", "", plan.owner, ""),), _CONTROL)

    def _chapter(self, chapter: Chapter) -> tuple[str, ...]:
        plan = self._plans.get(chapter.plan or "")
        written = NONE_ASKED if plan is None else "here" if plan.in_manual else plan.title
        clauses = {key: [one.number for one in held] for key, held in chapter.clauses.items()}
        return (
            chapter.name,
            self._clauses(clauses) or chapter.letters,
            written,
            "; ".join(item.what for item in chapter.records),
        )

    def _clauses(self, held: Mapping[str, Sequence[str]]) -> str:
        """Say clauses with the letters of all that have them: QE 4.3, Q 5.2.2, E 5.2."""
        found: dict[tuple[str, ...], list[str]] = {}
        for key, numbers in held.items():
            if numbers:
                found.setdefault(tuple(numbers), []).append(self._label[key])
        return "; ".join(f"{together(labels)}\u00a0{', '.join(numbers)}" for numbers, labels in found.items())


def _begun(head: str, words: str) -> str:
    return f"{head}{words[:1].lower()}{words[1:]}" if head else words
