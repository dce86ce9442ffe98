"""What a page shows: the report on each question that it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import field

from imsmap.report import Report
from imsmap.values import frozen

if TYPE_CHECKING:
    from imsmap.analyses.documents import DocumentsAnswer
    from imsmap.analyses.explain.every import ExplanationsAnswer
    from imsmap.analyses.friends import FriendsAnswer
    from imsmap.analyses.gap import GapAnswer
    from imsmap.analyses.matrix import MatrixAnswer
    from imsmap.analyses.requirements import RequirementsAnswer
    from imsmap.analyses.transition import TransitionAnswer


@frozen(kw_only=True)
class Reports:
    """The reports about the standards of a page."""

    matrix: Report[MatrixAnswer]
    requirements: Report[RequirementsAnswer]
    documents: Report[DocumentsAnswer]
    friends: Report[FriendsAnswer]
    explanations: Report[ExplanationsAnswer]
    transition: Report[TransitionAnswer] | None = None
    """What changes to or from other editions of the standards, if one is held."""
    gaps: Mapping[tuple[str, str], GapAnswer] = field(factory=dict)
    """What is still to do, for who has one standard (key) and wants another."""

    @property
    def data_version(self) -> str:
        """The version of the mapping data."""
        return self.matrix.data_version

    @property
    def notes(self) -> tuple[str, ...]:
        """What the figures mean, and what standards say beside their requirements; each note once."""
        told = (self.matrix, self.explanations, self.friends, self.documents)
        said = [note for topic in self.requirements.answer.topics for note in topic.notes]
        return tuple(dict.fromkeys([*(note for report in told for note in report.notes), *said]))
