"""The board: a row for each topic, in which the clauses that belong together stand side by side; the script lays it."""

from __future__ import annotations

from imsmap.exporters.html.markup import Markup, element
from imsmap.exporters.html.scene import Scene

_KEYS = (
    "A row is a topic. A letter on solid colour has a clause with a common core in another standard; on a tint, one "
    "that is related; open, none. Choose a clause to see what belongs together with it, and why. Arrow keys go from "
    "clause to clause, Enter keeps one and leads to its explanation, Escape leads back."
)
_MANY, _CROWDED = 3, 7
"""So many standards stand in columns of usual width, and in columns that all fit beside each other."""


def board(scene: Scene) -> Markup:
    """Leave room for it, with its head."""
    many = len(scene.sides)
    heads = [
        element("div", element("span", shown.tag, class_=f"tag core {shown.kind}"), " ", shown.name)
        for shown in scene.sides
    ]
    return element(
        "section",
        element("h2", "Side by side", id="clauses-title"),
        element("p", _KEYS, id="keys", class_="note"),
        element("div", class_="bar-place"),
        element(
            "div",
            element(
                "div",
                element("div", element("div", "Topic"), heads, class_="row heads", aria_hidden="true"),
                class_="board" + (" dense" if many > _MANY else "") + (" crowded" if many > _CROWDED else ""),
                role="group",
                aria_labelledby="clauses-title",
                aria_describedby="keys",
            ),
            class_="cols",
        ),
        id="clauses",
        class_="view script",
        aria_labelledby="clauses-title",
    )
