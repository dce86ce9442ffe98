"""The board: a row for each topic, in which the clauses that belong together stand side by side."""

from __future__ import annotations

from imsmap.analyses.requirements import RequiredClause
from imsmap.drawing.marks import CLASS_OF
from imsmap.exporters.html.marks import mark
from imsmap.exporters.html.markup import Child, Markup, element
from imsmap.exporters.html.scene import WORDS, Scene, Shown, Tile

_KEYS = (
    "A row is a topic. A letter on solid colour has a clause with a common core in another standard; on a tint, one "
    "that is related; open, none. Choose a clause to see what belongs together with it, and why. Arrow keys go from "
    "clause to clause, Enter keeps one and leads to its explanation, Escape leads back."
)
_MOST_NAMED = 3


def board(scene: Scene) -> Markup:
    """Lay out the rows under their main clauses."""
    placed: set[str] = set()
    many = len(scene.sides)
    heads = [
        element("div", element("span", shown.tag, class_=f"tag core {shown.kind}"), " ", shown.name)
        for shown in scene.sides
    ]
    bands = []
    for main in scene.matrix.main_clauses:
        rows = [_row(scene, tile, placed) for tile in scene.tiles if tile.topic.main == main.number]
        if rows:
            heading = element("h3", f"{main.number} {main.title}", class_="band-title")
            bands.append(element("div", heading, rows, class_="band"))
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
                bands,
                class_="board" + (" dense" if many > 3 else "") + (" crowded" if many > 7 else ""),
                role="group",
                aria_labelledby="clauses-title",
                aria_describedby="keys",
            ),
            class_="cols",
        ),
        id="clauses",
        class_="view",
        aria_labelledby="clauses-title",
    )


def _row(scene: Scene, tile: Tile, placed: set[str]) -> Markup:
    cells = [_cell(scene, tile, shown, placed) for shown in scene.sides]
    return element("div", _topic(tile), cells, class_="row", data_topic=tile.topic.id)


def _topic(tile: Tile) -> Markup:
    number = [element("b", tile.number), " "] if tile.number else []
    return element(
        "div",
        element(
            "button",
            mark("touches" if tile.touches else tile.kind),
            element("span", number, tile.title, class_="chip-words"),
            element("span", f"({WORDS[tile.kind]})", class_="vh"),
            element("span", class_="mark"),
            type="button",
            class_="chip topic oc",
            id=f"topic:{tile.topic.id}",
            data_ref=f"topic:{tile.topic.id}",
            aria_pressed="false",
            tabindex="-1",
        ),
        class_="cell of-topic",
    )


def _cell(scene: Scene, tile: Tile, shown: Shown, placed: set[str]) -> Markup:
    """Show the clauses that are at home in a topic, each under the headings above it, which stand once."""
    refs = {clause.ref for clause in tile.topic.clauses[shown.key]}
    chips = []
    for entry in _with_headings(scene, shown, refs):
        if entry.clause.ref not in placed:
            placed.add(entry.clause.ref)
            chips.append(element("li", _chip(scene, shown, entry)))
    return element(
        "div",
        element("ul", chips) if chips else None,
        _also(tile, shown, alone=not chips),
        class_=f"cell in-{shown.kind}",
    )


def _also(tile: Tile, shown: Shown, *, alone: bool) -> Child:
    """Lead to clauses at home in other rows, by name where nothing else stands here and they are few."""
    named = [one.clause for one in tile.topic.also[shown.key]]
    if not named:
        return None
    told = [clause.words if alone and len(named) <= _MOST_NAMED else clause.number for clause in named]
    links = [
        [", " if place else None, element("a", words, href=f"#{clause.ref}")]
        for place, (words, clause) in enumerate(zip(told, named, strict=True))
    ]
    return element("p", "see ", links, class_="also")


def _with_headings(scene: Scene, shown: Shown, refs: set[str]) -> list[RequiredClause]:
    wanted = set(refs)
    for ref in refs:
        entry = scene.entries[ref]
        # The uppermost is the main clause, which is the heading of the band.
        wanted |= {f"{shown.key}:{number}" for number in entry.clause.line[1:-1]}
    return [entry for entry in scene.clauses if entry.clause.ref in wanted]


def _chip(scene: Scene, shown: Shown, entry: RequiredClause) -> Markup:
    """Make a clause's button; its letter is filled by the closest class that any other standard has for it."""
    clause = entry.clause
    kin = scene.closest.get(clause.ref) if entry.leaf else None
    kind = CLASS_OF[kin] if kin else "heading"
    status = scene.overlay.status((clause.ref,)) if entry.leaf else ""
    depth = min(len(clause.line) - 1, 4)
    return element(
        "button",
        element("span", shown.tag, class_=f"tag {kind}", aria_hidden="true"),
        element("span", element("b", clause.number), " ", clause.title, class_="chip-words"),
        element("span", class_="mark"),
        element("span", f"(closest: {kin.value})", class_="vh") if kin else None,
        element("span", status[0], class_=f"foot {status[0]}", title=status) if status else None,
        type="button",
        class_=f"chip {shown.kind} depth-{depth}{'' if entry.leaf else ' heading'}",
        # Without a script links lead here, too.
        id=clause.ref,
        data_ref=clause.ref,
        aria_pressed="false",
        tabindex="-1",
    )
