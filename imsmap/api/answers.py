"""Questions put to the library: one with its own words, or all of them about the same standards, each asked once."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from imsmap import about
from imsmap.errors import UnknownNameError, UsageError
from imsmap.nearest import did_you_mean

if TYPE_CHECKING:
    from imsmap.analyses.audit import AuditAnswer
    from imsmap.analyses.choose.answer import ChooseAnswer
    from imsmap.analyses.documents import DocumentsAnswer
    from imsmap.analyses.explain.every import ExplanationsAnswer
    from imsmap.analyses.friends import FriendsAnswer
    from imsmap.analyses.gap import GapAnswer
    from imsmap.analyses.integration import IntegrationAnswer
    from imsmap.analyses.management_review import ManagementReviewAnswer
    from imsmap.analyses.matrix import MatrixAnswer
    from imsmap.analyses.overlap import OverlapAnswer
    from imsmap.analyses.relations import RelationsAnswer
    from imsmap.analyses.requirements import RequirementsAnswer
    from imsmap.analyses.standards import StandardsAnswer
    from imsmap.analyses.timeline import TimelineAnswer
    from imsmap.analyses.transition import TransitionAnswer
    from imsmap.decision.rules import Case
    from imsmap.library.graph import ClauseGraph
    from imsmap.report import Report


def ask(library: ClauseGraph, question: str, **words: Any) -> Report[object]:
    """Put a question to the library: `ask(library, "overlap", standards=("iso9001-2015", "iso14001-2015"))`.

    The words are the fields of the question's `Question`; UnknownNameError and UsageError say what is wrong with them.
    """
    if about.question(question) is None:
        raise UnknownNameError(f"there is no question {question}; {did_you_mean(question, about.questions())}")
    analysis = importlib.import_module(f"imsmap.analyses.{question}")
    fields = _fields(analysis.Question)
    for word in words:
        if word not in fields:
            known = did_you_mean(word, list(fields), otherwise=f"it takes {', '.join(fields) or 'nothing'}")
            raise UsageError(f"the question {question} takes no {word}; {known}")
    missing = [name for name, needed in fields.items() if needed and name not in words]
    if missing:
        raise UsageError(f"the question {question} needs {' and '.join(missing)}")
    report: Report[object] = analysis.analyse(library, analysis.Question(**words))
    return report


def _fields(question: Any) -> dict[str, bool]:
    """Give the fields of a question, and whether each must be given."""
    from attrs import NOTHING, fields

    return {field.name: field.default is NOTHING for field in fields(question)}


class Answers(Mapping[str, "Report[object]"]):
    """The answers about some standards by name of the question; each is asked when first wanted, and once."""

    def __init__(
        self,
        library: ClauseGraph,
        standards: tuple[str, ...],
        case: Case | None = None,
        editions: Callable[[], ClauseGraph] | None = None,
        *,
        newer: tuple[str, ...] = (),
    ) -> None:
        """Ask nothing yet; the case is what is known for choosing between two of them.

        newer: further editions, on which choosing counts where it names them to aim at.
        by_clause: those of them held at clause level.
        editions: gives these standards with the editions before and after them; left out, those of the library at hand.
        """
        self._graph = library
        self.standards = standards
        self._case = case
        self._newer = newer
        self._load_editions = editions or (lambda: library)
        self._further: dict[str, Report[object]] = {}
        self.by_clause = tuple(key for key in standards if library.by_clause(key))

    def __getitem__(self, name: str) -> Report[object]:
        """Give the report on a question; KeyError if there is no such question."""
        if name in _TYPED:
            report: Report[object] = getattr(self, _TYPED[name])
            return report
        if name not in self._further:
            takes = about.questions()[name].takes
            words = {"standards": self.standards} if takes in ("standards", "editions") else {}
            self._further[name] = ask(self._editions if takes == "editions" else self._graph, name, **words)
        return self._further[name]

    def __iter__(self) -> Iterator[str]:
        """Give the names of the questions that suit these standards."""
        return (name for name, question in about.questions().items() if self._suits(question))

    def __contains__(self, name: object) -> bool:
        """Tell whether a question suits these standards, without asking it."""
        question = about.questions().get(str(name))
        return question is not None and self._suits(question)

    def _suits(self, question: about.Question) -> bool:
        suits = question.least <= len(self.standards)
        told = not question.weighs or self._weighed()
        told = told and (not question.controls or any(map(self._graph.has_controls, self.standards)))
        told = told and (not question.obligations or any(map(self._graph.has_obligations, self.standards)))
        # Whether there are other editions is looked up last: it reads them.
        return (
            suits
            and told
            and (question.takes in ("standards", "nothing") or (question.takes == "editions" and self._follow))
        )

    def _weighed(self) -> bool:
        """Tell whether the two that the case weighs are among the standards, or any two that can be weighed."""
        from imsmap.decision.rules import candidates
        from imsmap.decision.sides import weighed

        known = candidates(self._graph.library.criteria)
        found = weighed((self._graph.standard(key) for key in self.standards), known)
        wanted = () if self._case is None else self._case.candidates
        return all(side in found for side in wanted) if wanted else len(found) >= 2

    def __len__(self) -> int:
        """Count them."""
        return sum(1 for _ in self)

    @cached_property
    def _editions(self) -> ClauseGraph:
        return self._load_editions()

    @cached_property
    def _follow(self) -> bool:
        """Tell whether one of the standards follows another edition, or is followed by one."""
        from imsmap.analyses.transition import pairs

        return bool(pairs(self._editions, self.standards))

    @cached_property
    def matrix(self) -> Report[MatrixAnswer]:
        """The standards side by side."""
        from imsmap.analyses import matrix

        return matrix.analyse(self._graph, matrix.Question(self.standards))

    @property
    def matrix_of_clauses(self) -> Report[MatrixAnswer]:
        """The standards side by side with their clauses alone."""
        from imsmap.analyses.matrix import only_standards

        return only_standards(self.matrix)

    @cached_property
    def overlap(self) -> Report[OverlapAnswer]:
        """What the standards share."""
        from imsmap.analyses import overlap

        return overlap.analyse(self._graph, overlap.Question(self.standards))

    @cached_property
    def documents(self) -> Report[DocumentsAnswer]:
        """The documented information that they ask for."""
        from imsmap.analyses import documents

        return documents.analyse(self._graph, documents.Question(self.standards))

    @cached_property
    def requirements(self) -> Report[RequirementsAnswer]:
        """Everything that they ask for."""
        from imsmap.analyses import requirements

        return requirements.analyse(self._graph, requirements.Question(self.standards))

    @cached_property
    def relations(self) -> Report[RelationsAnswer]:
        """On what the matrix rests."""
        from imsmap.analyses import relations

        return relations.analyse(self._graph, relations.Question(self.standards))

    @cached_property
    def explanations(self) -> Report[ExplanationsAnswer]:
        """Why clauses stand to each other as they do."""
        from imsmap.analyses.explain import every

        return every.analyse(self._graph, every.Question(self.standards))

    def gap(self, have: str, want: str) -> GapAnswer:
        """Tell what is still to do for one of them when another is in place; without the tables, which nobody sees."""
        from imsmap.analyses import gap

        return gap.answered(self._graph, gap.Question((have,), want))

    @cached_property
    def friends(self) -> Report[FriendsAnswer]:
        """Misleading numbers, and counterparts under other numbers."""
        from imsmap.analyses import friends

        return friends.analyse(self._graph, friends.Question(self.standards))

    @cached_property
    def timeline(self) -> Report[TimelineAnswer]:
        """When each edition was published, amended and replaced."""
        from imsmap.analyses import timeline

        return timeline.analyse(self._graph, timeline.Question(self.standards))

    @cached_property
    def transition(self) -> Report[TransitionAnswer]:
        """What changes to or from other editions of them."""
        from imsmap.analyses import transition

        return transition.analyse(self._editions, transition.Question(self.standards))

    @cached_property
    def audit(self) -> Report[AuditAnswer]:
        """What an auditor asks."""
        from imsmap.analyses import audit

        return audit.analyse(self._graph, audit.Question(self.standards))

    @cached_property
    def management_review(self) -> Report[ManagementReviewAnswer]:
        """One agenda for the management review."""
        from imsmap.analyses import management_review

        return management_review.analyse(self._graph, management_review.Question(self.standards))

    @cached_property
    def integration(self) -> Report[IntegrationAnswer]:
        """The criteria of the level of integration."""
        from imsmap.analyses import integration

        return integration.analyse(self._graph, integration.Question(self.standards))

    @cached_property
    def choose(self) -> Report[ChooseAnswer]:
        """Which standard first, from what is known of the case."""
        from imsmap.analyses import choose
        from imsmap.decision.rules import Case

        return choose.analyse(self._graph, choose.Question(self.standards, self._case or Case(), newer=self._newer))

    @cached_property
    def library(self) -> Report[StandardsAnswer]:
        """What the library holds, whatever the standards at hand."""
        from imsmap.analyses import standards

        return standards.analyse(self._graph, standards.Question())


_TYPED = {name: name for name, value in vars(Answers).items() if isinstance(value, cached_property) and name[0] != "_"}
"""The questions whose reports are known with their types, and by which name Answers has them."""
_TYPED["standards"] = _TYPED.pop("library")
