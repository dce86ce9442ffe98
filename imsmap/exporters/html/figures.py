"""Coverage both ways, as sentences with a bar, and as a table; always n of m with direction and unit."""

from __future__ import annotations

from collections.abc import Iterable

from imsmap.exporters.html.markup import Child, Markup, element, joined
from imsmap.exporters.html.scene import Scene
from imsmap.exporters.html.tables import badge, link, table, tag
from imsmap.library.model import Kin
from imsmap.reasoning.coverage import LEAF_CLAUSE, POINT, Coverage

_UNITS = {LEAF_CLAUSE: "leaf clauses", POINT: "requirement points"}
_WIDE, _HIGH = 1000, 44


def coverage(scene: Scene) -> Markup:
    """Show coverage at a glance, then every figure with the clauses that have no counterpart."""
    clauses = [entry for entry in scene.matrix.coverage if entry.unit == LEAF_CLAUSE]
    glance: Child
    glance = element("div", [_card(scene, entry) for entry in clauses], class_="cards")
    if len(scene.sides) > 2:
        glance = _grid(scene, clauses)
    return element(
        "section",
        element("h2", "What has a counterpart, and what has none", id="coverage-title"),
        element("p", f"{scene.reports.matrix.message}.", class_="lead") if len(scene.sides) > 1 else None,
        element(
            "p",
            "Of the leaf clauses of one standard, how many have a counterpart in the other. A counterpart says where "
            "to look together; it does not say that meeting one standard meets the other.",
            class_="lead",
        ),
        glance,
        element("p", [[badge(kin), " "] for kin in Kin], class_="legend", aria_label="Classes", role="group"),
        element(
            "details",
            element("summary", "Every figure, in leaf clauses and in requirement points"),
            _figures(scene),
        ),
        id="coverage",
        aria_labelledby="coverage-title",
    )


def _sentence(scene: Scene, entry: Coverage) -> Markup:
    # A name is never broken: "ISO 14001:2015" stays on one line.
    of, by = (scene.by_key[key].name.replace(" ", "\u00a0") for key in (entry.of, entry.by))
    count = element("strong", f"{entry.n} of {entry.m}")
    return joined([count, f" {_UNITS[entry.unit]} of {of} have a counterpart in {by}"])


def _card(scene: Scene, entry: Coverage) -> Markup:
    return element(
        "div",
        element("p", _sentence(scene, entry), class_="headline"),
        _bar(entry),
        _jointly(entry),
        _lists(scene, entry),
        class_="card",
    )


def _bar(entry: Coverage) -> Markup:
    """Draw the classes as one bar; each part carries glyph and count, and the whole is said in words."""
    total = max(entry.m, 1)
    said = ", ".join(f"{entry.of_class(kin)} {kin.value}" for kin in Kin if entry.of_class(kin))
    parts: list[Child] = []
    start = 0.0
    for kin in Kin:
        count = entry.of_class(kin)
        width = count / total * _WIDE
        if not width:
            continue
        name = kin.value.replace(" ", "-")
        parts.append(element("rect", x=f"{start:.1f}", y=0, width=f"{width:.1f}", height=_HIGH, class_=f"bar {name}"))
        words = f"{kin.glyph} {count}"
        if width > 26 * len(words) / 2:
            middle = f"{start + width / 2:.1f}"
            parts.append(element("text", words, x=middle, y=_HIGH / 2, class_=f"bar-words {name}"))
        start += width
    return element("svg", parts, viewBox=f"0 0 {_WIDE} {_HIGH}", role="img", aria_label=f"Of {entry.m}: {said}")


def _jointly(entry: Coverage) -> Child:
    if not entry.jointly:
        return None
    return element("p", f"{entry.jointly} of the related only jointly, through a larger union.")


def _lists(scene: Scene, entry: Coverage) -> Child:
    of = entry.of
    lines: list[Child] = []
    for numbers, words in ((entry.uncovered, "none"), (entry.unassessed, "not assessed")):
        if numbers:
            named = [
                element("li", link(f"{of}:{n}", f"{n} {scene.titles.get(f'{of}:{n}', '')}".strip())) for n in numbers
            ]
            lines.append(
                element("details", element("summary", f"{len(numbers)} {words}, by name"), element("ul", named))
            )
    return lines


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
        *(f"{kin.glyph} {kin.value}" for kin in Kin),
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
            element("td", _lists(scene, entry) if entry.unit == LEAF_CLAUSE else "–"),
        )
        for entry in scene.matrix.coverage
    ]
    return table("Coverage, every figure", heads, element("tbody", rows), "figures")
