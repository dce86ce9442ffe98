"""Coverage both ways, as sentences with a bar, and as a table; always n of m with direction and unit."""

from __future__ import annotations

from collections.abc import Iterable

from imsmap.exporters.html.markup import Child, Markup, element, joined
from imsmap.exporters.html.scene import Scene
from imsmap.exporters.html.tables import table, tag
from imsmap.library.model import Kin
from imsmap.reasoning.coverage import LEAF_CLAUSE, POINT, Coverage

_UNITS = {LEAF_CLAUSE: "leaf clauses", POINT: "requirement points"}


def coverage(scene: Scene) -> list[Child]:
    """Say both ways what has a counterpart, then every figure with the clauses that have none."""
    clauses = [entry for entry in scene.matrix.coverage if entry.unit == LEAF_CLAUSE]
    two = len(scene.sides) == 2
    told = element("ul", [element("li", _sentence(scene, entry)) for entry in clauses])
    return [
        element(
            "p",
            "A leaf clause is one without a clause under it. A counterpart says where to look together; it does not "
            "say that meeting one standard meets the other.",
        ),
        told if two else _grid(scene, clauses),
        element(
            "details",
            element("summary", "Every figure, in leaf clauses and in points"),
            _figures(scene),
        ),
    ]


def _sentence(scene: Scene, entry: Coverage) -> Markup:
    # A name is never broken: "ISO 14001:2015" stays on one line.
    of, by = (scene.by_key[key].name.replace(" ", "\u00a0") for key in (entry.of, entry.by))
    count = element("strong", f"{entry.n} of {entry.m}")
    return joined([count, f" {_UNITS[entry.unit]} of {of} have a counterpart in {by}"])


def _grid(scene: Scene, clauses: Iterable[Coverage]) -> Markup:
    """Set three standards and more against each other: of the row's leaf clauses, n of m have one in the column's."""
    known = {(entry.of, entry.by): entry for entry in clauses}
    heads = ["Of the leaf clauses of", *([tag(scene, side.key), " in ", side.name] for side in scene.sides)]
    rows = []
    for of in scene.sides:
        cells = []
        for by in scene.sides:
            entry = known.get((of.key, by.key))
            cells.append(element("td", f"{entry.n} of {entry.m}" if entry else "–", class_="figure"))
        rows.append(element("tr", element("th", tag(scene, of.key), " ", of.name, scope="row"), cells))
    return table("Leaf clauses with a counterpart", heads, element("tbody", rows), "grid")


def _figures(scene: Scene) -> Markup:
    heads = [
        "Of",
        "Have a counterpart in",
        "Unit",
        "n of m",
        *(kin.value for kin in Kin),
        "Jointly",
        "By name",
    ]
    rows = [
        element(
            "tr",
            element("th", scene.by_key[entry.of].name, scope="row"),
            element("td", scene.by_key[entry.by].name),
            element("td", _UNITS[entry.unit]),
            element("td", f"{entry.n} of {entry.m}", class_="figure"),
            [element("td", str(entry.of_class(kin)), class_="figure") for kin in Kin],
            element("td", str(entry.jointly), class_="figure"),
            # By name they are told by the script, which has them.
            _named(scene, entry) if entry.unit == LEAF_CLAUSE and any(entry.without.values()) else element("td", "–"),
        )
        for entry in scene.matrix.coverage
    ]
    return table("Coverage, every figure", heads, element("tbody", rows), "figures")


def _named(scene: Scene, entry: Coverage) -> Markup:
    return element("td", data_of=entry.of, data_by=scene.by_key[entry.by].place)
