"""The blueprint as an answer: which documents hold what is asked for in writing, and which chapter leads to them."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field

from imsmap.documented import Item
from imsmap.library.model import split_ref
from imsmap.parts import ClauseName, MainClause, Side
from imsmap.register.plans import ANNEXES, IN_MANUAL, ONE, OWN, SEPARATE, Holding
from imsmap.values import frozen


@frozen
class Copy:
    """One document: the standards (keys) for which it is written, and as what."""

    standards: tuple[str, ...]
    form: str


@frozen
class Demand:
    """What is asked for once: in our words, and by which points (ids), by standard (key)."""

    text: str
    points: Mapping[str, tuple[str, ...]]

    @property
    def clauses(self) -> Mapping[str, tuple[str, ...]]:
        """The numbers of the clauses that ask for it, by standard (key)."""
        return {key: tuple(dict.fromkeys(split_ref(ref)[1] for ref in refs)) for key, refs in self.points.items()}

    @property
    def is_shared(self) -> bool:
        """Tell whether several standards ask for it."""
        return len(self.points) > 1


@frozen
class Plan:
    """What is asked for in writing in one topic, and the documents that hold it.

    number: of the hub's clause, if any. advice: what the matrix advises. proposed, copies: the documents as advised,
    and as they are to be; decided: the word of a person, if any. items: what must exist in writing; records: what is
    kept of the activity. clauses: for which it answers, by standard (key) that asks for something in writing.
    demands: what the standards ask for there. title: as a person calls it, else the topic's. owner: of the document.
    holdings: what exists already, by item.
    """

    id: str
    number: str | None
    title: str
    main: str
    letters: str
    advice: str
    proposed: tuple[Copy, ...]
    copies: tuple[Copy, ...]
    decided: str
    clauses: Mapping[str, tuple[ClauseName, ...]]
    items: tuple[Item, ...]
    records: tuple[Item, ...]
    demands: tuple[Demand, ...]
    owner: str = ""
    holdings: Mapping[str, tuple[Holding, ...]] = field(factory=dict)

    @property
    def name(self) -> str:
        """How it reads: the number of the hub's clause, if any, and the title."""
        return f"{self.number}\u00a0{self.title}" if self.number else self.title

    @property
    def in_manual(self) -> bool:
        """Tell whether it is a chapter of the manual, and no document of its own."""
        return self.decided == IN_MANUAL

    @property
    def count(self) -> int:
        """How many documents it takes, beside the manual."""
        return 0 if self.in_manual else len(self.copies)

    @property
    def held(self) -> tuple[Holding, ...]:
        """What exists already, each once."""
        return tuple(dict.fromkeys(one for item in self.items for one in self.holdings.get(item.id, ())))

    @property
    def missing(self) -> tuple[Item, ...]:
        """What must exist and is named nowhere."""
        return tuple(item for item in self.items if not self.holdings.get(item.id))

    def named(self, copy: Copy, names: Mapping[str, str]) -> str:
        """Say how one of the documents is called, where the topic has several; names: of the standards, by key."""
        if len(self.copies) == 1:
            return self.title
        return f"{self.title}: {' and '.join(names[key] for key in copy.standards)}"


@frozen
class Chapter:
    """A topic in the manual's contents: its clauses by standard (key), and the plan (id) that holds its documents.

    records: made there, where no document is asked for. plan: of the documents that it has, if any.
    """

    id: str
    number: str | None
    title: str
    main: str
    letters: str
    clauses: Mapping[str, tuple[ClauseName, ...]]
    plan: str | None
    records: tuple[Item, ...]

    @property
    def name(self) -> str:
        """How it reads: the number of the hub's clause, if any, and the title."""
        return f"{self.number}\u00a0{self.title}" if self.number else self.title


@frozen
class BlueprintAnswer:
    """The fewest documents for some standards, the manual's contents, and where records are made.

    left_out: so many documents and records of which nothing applies. holdings: what exists already, by item.
    """

    standards: tuple[Side, ...]
    main_clauses: tuple[MainClause, ...]
    plans: tuple[Plan, ...]
    chapters: tuple[Chapter, ...]
    left_out: int = 0
    holdings: Mapping[str, tuple[Holding, ...]] = field(factory=dict)

    @property
    def of_forms(self) -> Mapping[str, int]:
        """Count the documents by what they are; they sum to `documents`."""
        copies = [copy.form for plan in self.plans if not plan.in_manual for copy in plan.copies]
        return {
            **{form: copies.count(form) for form in (ONE, ANNEXES, SEPARATE, OWN)},
            IN_MANUAL: int(any(plan.in_manual for plan in self.plans)),
        }

    @property
    def documents(self) -> int:
        """Count the documents, with the manual if it holds what is asked for."""
        return sum(self.of_forms.values())

    @property
    def apart(self) -> int:
        """Count the documents that it takes if each standard has its own for each topic."""
        return sum(len(plan.clauses) for plan in self.plans)

    @property
    def kept(self) -> tuple[Item, ...]:
        """The records, in the order of what makes them."""
        made = [item for plan in self.plans for item in plan.records]
        return (*made, *(item for chapter in self.chapters for item in chapter.records))

    @property
    def asking(self) -> Mapping[str, tuple[str, ...]]:
        """The points that ask for each document and record, by its id."""
        every = (*(item for plan in self.plans for item in plan.items), *self.kept)
        return {item.id: tuple(ref for one in item.asked.values() for ref in one.points) for item in every}

    @property
    def items(self) -> int:
        """Count what must exist in writing."""
        return sum(len(plan.items) for plan in self.plans)

    @property
    def records(self) -> int:
        """Count the records."""
        return len(self.kept)

    @property
    def missing(self) -> int:
        """Count what must exist and is named nowhere."""
        return sum(len(plan.missing) for plan in self.plans)
