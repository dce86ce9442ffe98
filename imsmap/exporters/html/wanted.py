"""What is new for who has some of the standards and wants another: filled by the script, for any of them."""

from __future__ import annotations

from collections.abc import Mapping

from imsmap.analyses.gap import MET, NEW, OPEN, PARTLY, TOUCHED, GapAnswer
from imsmap.exporters.html.markup import Markup, element

SIGNS = {NEW: "n", PARTLY: "p", TOUCHED: "t", OPEN: "?", MET: "c"}
"""A letter for each state, in which the script has the points of a clause one behind the other."""


def wanted() -> Markup:
    """Leave room for the choice, the number, the bars by clause and the points."""
    return element(
        "section",
        element("h2", "What is new", id="new-title"),
        element("div", id="wanting", class_="bar"),
        element("p", id="new-said", class_="said-large", role="status"),
        element("div", id="new-states", class_="bar", role="group", aria_label="State of the points"),
        element("div", id="new-rows"),
        element(
            "p",
            "Counted in points. Counterpart: the same is asked for there, do it once. Partly: a relation ties it to "
            "something there. Touches: a reminder only. New: looked at, and nothing there corresponds. Not looked at: "
            "nobody has looked at this point by itself.",
            class_="note",
        ),
        id="new",
        class_="view script",
        aria_labelledby="new-title",
    )


def states(gaps: Mapping[tuple[str, str], GapAnswer]) -> dict[str, dict[str, str]]:
    """Give the states of the points of each leaf clause (reference), by the standard (key) that is there."""
    found: dict[str, dict[str, str]] = {}
    for (have, _), answer in gaps.items():
        for point in answer.points:
            by = found.setdefault(point.clause.ref, {})
            by[have] = by.get(have, "") + SIGNS[point.state]
    return found
