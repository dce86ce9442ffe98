"""The columns: every clause of every standard in its main clause, the common core between the first two."""

from __future__ import annotations

from typing import Any

from imsmap.exporters.html.markup import Markup, element
from imsmap.exporters.html.scene import Scene, Side
from imsmap.library.model import Kin, number_key

_KEYS = (
    "Point at a clause, or move to it, to see what it belongs together with. Arrow keys go from clause to clause, "
    "Enter keeps one and leads to its explanation, Escape leads back."
)


def board(scene: Scene) -> Markup:
    """Lay out the bands, one for each main clause, and the empty panel that explains."""
    mains = {main["number"]: main["title"] for main in scene.matrix["main_clauses"]}
    found = {**dict.fromkeys(mains), **dict.fromkeys(_main(clause["number"]) for clause in scene.clauses)}
    bands = [_band(scene, number, mains.get(number)) for number in sorted(found, key=number_key)]
    names = [scene.sides[0].name, "Common core", *(side.name for side in scene.sides[1:])]
    kinds = [f"side-{scene.sides[0].place}", "core", *(f"side-{side.place}" for side in scene.sides[1:])]
    tags = [scene.sides[0].tag, "·", *(side.tag for side in scene.sides[1:])]
    heads = [
        element("div", element("span", tag, class_=f"tag {kind}", aria_hidden="true"), " ", name, class_="board-head")
        for name, kind, tag in zip(names, kinds, tags, strict=True)
    ]
    return element(
        "section",
        element("h2", "Clauses side by side", id="clauses-title"),
        element("p", _KEYS, id="keys", class_="lead"),
        element(
            "div",
            element(
                "div",
                element(
                    "div",
                    element("div", heads, class_="columns", aria_hidden="true"),
                    bands,
                    class_="board",
                    role="group",
                    aria_labelledby="clauses-title",
                    aria_describedby="keys",
                ),
                class_="scroll",
            ),
            element(
                "aside",
                element("h3", "Choose a clause", id="why-title", tabindex="-1"),
                element("p", "Its counterparts and the reasons appear here.", class_="lead"),
                class_="why",
                id="why",
                aria_label="Explanation",
            ),
            class_="stage",
        ),
        id="clauses",
        aria_labelledby="clauses-title",
    )


def _main(number: str) -> str:
    return number.partition(".")[0]


def _band(scene: Scene, main: str, title: str | None) -> Markup:
    core = [_chip(f"core:{number}", number, heading, "core", "·") for number, heading in _hub(scene, main)]
    first, *rest = scene.sides
    columns = [
        _column(scene, first, main),
        _listed("Common core", core, "core"),
        *(_column(scene, s, main) for s in rest),
    ]
    heading = f"{main} {title}" if title else f"Annex {main}" if main.isalpha() else f"Clause {main}"
    return element(
        "div",
        element("h3", heading, class_="band-title"),
        element("div", columns, class_="columns"),
        class_="band",
    )


def _hub(scene: Scene, main: str) -> list[tuple[str, str]]:
    """List the clauses of the harmonized structure under a main clause, headings among them."""
    found = {group["number"]: group["title"] for group in scene.matrix["groups"] if group["number"]}
    found.update(scene.matrix["headings"]["core"])
    return [
        (number, found[number]) for number in sorted(found, key=number_key) if _main(number) == main and number != main
    ]


def _column(scene: Scene, side: Side, main: str) -> Markup:
    chips = [
        _clause(scene, side, clause)
        for clause in scene.clauses
        if clause["standard"] == side.key and _main(clause["number"]) == main
        if clause["number"] != main or clause["leaf"]
    ]
    return _listed(side.name, chips, f"side-{side.place}")


def _listed(name: str, chips: list[Markup], kind: str) -> Markup:
    inside = element("ul", [element("li", chip) for chip in chips]) if chips else element("p", "–", class_="nothing")
    return element("div", element("h4", name, class_="vh"), inside, class_=f"column in-{kind}")


def _clause(scene: Scene, side: Side, clause: dict[str, Any]) -> Markup:
    kin = scene.closest.get(clause["ref"]) if clause["leaf"] else None
    return _chip(clause["ref"], clause["number"], clause["title"], f"side-{side.place}", side.tag, kin, clause["leaf"])


def _chip(ref: str, number: str, title: str, kind: str, tag: str, kin: str | None = None, leaf: bool = True) -> Markup:
    """Make a clause's button; the mark at its end says the closest class that any other standard has for it."""
    depth = min(number.count("."), 4)
    return element(
        "button",
        element("span", tag, class_=f"tag {kind}", aria_hidden="true"),
        element("span", element("b", number), " ", title, class_="chip-words"),
        element("span", Kin(kin).glyph if kin else "", class_="mark", aria_hidden="true"),
        element("span", f"(closest: {kin})" if kin else "", class_="vh closest"),
        type="button",
        class_=f"chip {kind} depth-{depth}{'' if leaf else ' heading'}",
        data_ref=ref,
        aria_pressed="false",
        tabindex="-1",
    )
