"""Method and limits: what the classes mean, which editions are counted, and how well each figure is known."""

from __future__ import annotations

import datetime

from imsmap.exporters.html.figures import coverage
from imsmap.exporters.html.marks import mark
from imsmap.exporters.html.markup import Markup, element
from imsmap.exporters.html.scene import Scene, Shown
from imsmap.exporters.html.tables import badge, tag
from imsmap.library.model import Kin
from imsmap.parts import newer_editions
from imsmap.report import Side
from imsmap.wording import dated, in_words, reported

_TOPICS = {
    "core": "core: two or more of the standards share the common core; built once, each adds its part",
    "related": "related: no common core, but a stated relation of strength 4 or more of 10; looked at together",
    "alone": "alone: only one standard asks for it",
    "touches": "only touches: a weak relation, a reminder to look, counted as alone",
    "unknown": "not looked at: nobody has compared it; in no sum of the three",
}
_PAIRS = {
    Kin.SAME: "the same core requirements, and nothing more",
    Kin.EXTENDED: "a common core requirement, and one side or both add to it",
    Kin.RELATED: "no common core requirement, but a relation that a person stated or that follows from such",
    Kin.TOUCHES: "a weak relation only: a reminder to look, counted nowhere",
    Kin.NONE: "looked at: nothing in common, and the reason is stated",
    Kin.NOT_ASSESSED: "nobody has looked; never counted as none",
}


def method(scene: Scene, date: datetime.date) -> Markup:
    """Explain what stands on the page."""
    newer = newer_editions((shown.side for shown in scene.sides), date)
    return element(
        "section",
        element("h2", "Method and limits", id="method-title"),
        element("p", f"{scene.reports.matrix.message}."),
        element("h3", "Classes of topics"),
        element("ul", [element("li", mark(kind), " ", words) for kind, words in _TOPICS.items()], class_="plain"),
        element("h3", "Classes of two clauses"),
        element(
            "dl",
            [element("div", element("dt", badge(kin)), element("dd", words)) for kin, words in _PAIRS.items()],
            class_="classes",
        ),
        element("h3", "Editions", id="editions"),
        element("p", dated(newer)) if newer else None,
        element("ul", [_edition(scene, shown) for shown in scene.sides], class_="plain"),
        element("h3", "What has a counterpart, and what has none", id="coverage"),
        coverage(scene),
        element("h3", "What the figures mean"),
        element("ul", [element("li", note) for note in scene.reports.notes]),
        element(
            "p",
            f"Mapping data {scene.reports.data_version}; page of {in_words(date)}. Nothing that you type "
            "here leaves this file, and nothing is kept.",
        ),
        id="method",
        class_="view",
        aria_labelledby="method-title",
    )


def _newer(side: Side) -> str | None:
    """Name the edition that follows, and until when certificates to this one are issued and count, as far as known."""
    newer = side.successor
    if newer is None:
        return None
    days = {"certificates issued until": newer.last_certificates, "they count until": newer.transition_ends}
    told = [f"{words} {in_words(day.date)}{reported(day.confidence)}" for words, day in days.items() if day is not None]
    return f"; newer: {newer.designation}" + "".join(f"; {words}" for words in told)


def _edition(scene: Scene, shown: Shown) -> Markup:
    side = shown.side
    return element(
        "li",
        tag(scene, side.key),
        f" {side.designation} {side.title}",
        ", with " + ", ".join(side.amendments) if side.amendments else None,
        f" (published {in_words(side.published)}",
        _newer(side),
        f"; confidence of the data {side.confidence:g} of 1)",
    )
