"""Do once, and what each standard adds: the flow into the common core, or for many standards boxes side by side."""

from __future__ import annotations

from imsmap import about
from imsmap.analyses.matrix import MatrixAnswer
from imsmap.drawing import Picture, Size
from imsmap.pictures.columns import flow, multiples
from imsmap.report import Report

ABOUT = about.Picture(of="matrix", slide="do once, and what each standard adds", place=30)

LEAST = {2: 480.0, 3: 640.0}
"""The width from which the flow of so many standards has room for its labels."""


def draw(report: Report[MatrixAnswer], size: Size) -> tuple[Picture, ...]:
    """Draw the matrix as a flow of points into the core; with four standards and more as topics side by side.

    So, too, where the points of one of them are not listed.
    """
    answer = report.answer
    counted = any(topic.points for topic in answer.topics)
    count = len(answer.standards)
    room = size.width - 2 * size.edge if size.body is None else size.body.width
    if count in LEAST and room >= LEAST[count] and counted and not answer.by_clause and not size.narrow:
        return (flow.draw(report, size),)
    return multiples.draw(report, size)
