"""Do once, and what each standard adds: the flow into the common core, or for many standards boxes side by side."""

from __future__ import annotations

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer
from imsmap.drawing import Picture, Size
from imsmap.pictures.columns import flow, multiples
from imsmap.report import Report

ABOUT = about.Picture(of="matrix", slide="do once, and what each standard adds", place=30)


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw the matrix as a flow of points into the core; with four standards and more as topics side by side.

    So, too, where the points of one of them are not listed.
    """
    answer = report.answer
    counted = any(topic.points for topic in answer.topics)
    if len(answer.standards) in (2, 3) and counted and not answer.by_clause and not size.narrow:
        return (flow.draw(report, size),)
    return multiples.draw(report, size)
