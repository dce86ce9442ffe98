"""The columns: every clause of every standard in its main clause, the common core between the first two."""

from __future__ import annotations

from imsmap.analyses.requirements import RequiredClause
from imsmap.exporters.html.markup import Markup, element
from imsmap.exporters.html.scene import Scene, Shown
from imsmap.library.model import Kin, number_key

_KEYS = (
    "Point at a clause, or move to it, to see what it belongs together with. Arrow keys go from clause to clause, "
    "Enter keeps one and leads to its explanation, Escape leads back."
)


def board(scene: Scene) -> Markup:
    """Lay out the bands, one for each main clause, and the empty panel that explains."""
    mains = {main.number: main.title for main in scene.matrix.main_clauses}
    found = {**dict.fromkeys(mains), **dict.fromkeys(main for _, main in scene.columns)}
    bands = [_band(scene, number, mains.get(number)) for number in sorted(found, key=number_key)]
    names = [scene.sides[0].name, "Common core", *(side.name for side in scene.sides[1:])]
    kinds = [scene.sides[0].kind, "core", *(shown.kind for shown in scene.sides[1:])]
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
    core = [
        _chip(f"core:{number}", number, heading, "core", "·", number.count("."))
        for number, heading in _hub(scene, main)
    ]
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
    found = {topic.number: topic.title for topic in scene.matrix.topics if topic.number}
    found.update(scene.matrix.core_headings)
    return [
        (number, found[number]) for number in sorted(found, key=number_key) if _main(number) == main and number != main
    ]


def _column(scene: Scene, shown: Shown, main: str) -> Markup:
    chips = [
        _clause(scene, shown, entry)
        for entry in scene.columns.get((shown.key, main), ())
        if entry.clause.number != main or entry.leaf
    ]
    return _listed(shown.name, chips, shown.kind)


def _listed(name: str, chips: list[Markup], kind: str) -> Markup:
    inside = element("ul", [element("li", chip) for chip in chips]) if chips else element("p", "–", class_="nothing")
    return element("div", element("h4", name, class_="vh"), inside, class_=f"column in-{kind}")


def _clause(scene: Scene, shown: Shown, entry: RequiredClause) -> Markup:
    clause = entry.clause
    kin = scene.closest.get(clause.ref) if entry.leaf else None
    depth = len(clause.line) - 1
    return _chip(clause.ref, clause.number, clause.title, shown.kind, shown.tag, depth, kin, entry.leaf)


def _chip(
    ref: str, number: str, title: str, kind: str, tag: str, depth: int, kin: Kin | None = None, leaf: bool = True
) -> Markup:
    """Make a clause's button; the mark at its end says the closest class that any other standard has for it."""
    return element(
        "button",
        element("span", tag, class_=f"tag {kind}", aria_hidden="true"),
        element("span", element("b", number), " ", title, class_="chip-words"),
        element("span", kin.glyph if kin else "", class_="mark", aria_hidden="true"),
        element("span", f"(closest: {kin.value})" if kin else "", class_="vh closest"),
        type="button",
        class_=f"chip {kind} depth-{min(depth, 4)}{'' if leaf else ' heading'}",
        data_ref=ref,
        aria_pressed="false",
        tabindex="-1",
    )
