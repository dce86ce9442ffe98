"""The status report of a project as document and slides: of one answer, so that both have the same figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imsmap.analyses.next90 import NextAnswer
    from imsmap.analyses.status_report import ReportAnswer
    from imsmap.api.answers import Answers
    from imsmap.brief import Brief
    from imsmap.drawing import Picture, Size
    from imsmap.drawing.look import Look
    from imsmap.report import Report


def document(
    report: Report[ReportAnswer], *, client: str = "", by: str = "", look: Look | None = None, first: bool = False
) -> Brief:
    """Put its pages together. by: who made the estimate. first: the first page alone, which stands for itself."""
    from imsmap.brief.status import status

    return status(report, client=client, by=by, look=look, first=first)


def slides(
    report: Report[ReportAnswer], due: Report[NextAnswer], answers: Answers, size: Size, *, by: str = "", look: Look
) -> tuple[Picture, ...]:
    """Draw its slides: how it stands, what moved, open majors, what is late, what to decide; none with nothing to say.

    due: what is due in the next 90 days, of the same state. answers: about the same standards.
    """
    from imsmap.api.deliverables import sign
    from imsmap.brief import major_slide, status_slides
    from imsmap.drawing.text import measured_for
    from imsmap.pictures import next90

    page = look.sized(size)
    with measured_for(page.letters):
        found = [status_slides.standing(report, page)]
        if report.answer.since is not None and report.answer.has_begun:
            found.append(status_slides.course(report, page))
        if (open_ := major_slide.majors(report, page)) is not None:
            found.append(open_)
        if due.answer.written:
            found += next90.draw(due, page)
        last = status_slides.deciding(report, page, by)
        found += [last] if last is not None else []
    return tuple(sign(one, answers) for one in found) if len(answers.standards) > 1 else tuple(found)
