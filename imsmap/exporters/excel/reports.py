"""What the sheets of a workbook show: the report on each question that was asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import field

from imsmap.report import Answer, Report
from imsmap.values import frozen

if TYPE_CHECKING:
    from imsmap.analyses.audit import AuditAnswer
    from imsmap.analyses.choose.answer import ChooseAnswer
    from imsmap.analyses.documents import DocumentsAnswer
    from imsmap.analyses.integration import IntegrationAnswer
    from imsmap.analyses.management_review import ManagementReviewAnswer
    from imsmap.analyses.matrix import MatrixAnswer
    from imsmap.analyses.overlap import OverlapAnswer
    from imsmap.analyses.relations import RelationsAnswer
    from imsmap.analyses.requirements import RequirementsAnswer


@frozen(kw_only=True)
class Reports:
    """The reports that a workbook is made of; a sheet whose report is not there has nothing to show."""

    matrix: Report[MatrixAnswer]
    requirements: Report[RequirementsAnswer] | None = None
    documents: Report[DocumentsAnswer] | None = None
    audit: Report[AuditAnswer] | None = None
    management_review: Report[ManagementReviewAnswer] | None = None
    integration: Report[IntegrationAnswer] | None = None
    overlap: Report[OverlapAnswer] | None = None
    relations: Report[RelationsAnswer] | None = None
    choose: Report[ChooseAnswer] | None = None
    further: Mapping[str, Report[object]] = field(factory=dict)
    """What sheets show that have no field here."""

    def _every(self) -> Iterator[tuple[str, Report[object] | None]]:
        yield "matrix", self.matrix
        yield "requirements", self.requirements
        yield "documents", self.documents
        yield "audit", self.audit
        yield "management_review", self.management_review
        yield "integration", self.integration
        yield "overlap", self.overlap
        yield "relations", self.relations
        yield "choose", self.choose
        yield from self.further.items()

    @property
    def names(self) -> frozenset[str]:
        """The questions that were asked."""
        return frozenset(name for name, report in self._every() if report is not None)

    def __getitem__(self, name: str) -> Report[object]:
        """Give the report of that name; a sheet whose report has a field here takes that, with its type."""
        return needed(dict(self._every())[name])


def needed(report: Report[Answer] | None) -> Report[Answer]:
    """Give a report that a sheet can't do without."""
    if report is None:
        raise ValueError("a sheet is wanted, and the report that it shows was not asked for")
    return report
