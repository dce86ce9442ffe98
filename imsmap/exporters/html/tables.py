"""The matrix, the friends and the documented information, as tables that stand without any script."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from imsmap.analyses.documents import Asked
from imsmap.analyses.matrix import PairClass, Topic
from imsmap.drawing.marks import CLASS_OF
from imsmap.exporters.html.marks import mark, misleads
from imsmap.exporters.html.markup import Child, Markup, element
from imsmap.exporters.html.scene import WORDS, Scene, Tile, to_do
from imsmap.library.model import KIND_WORDS, Kin
from imsmap.parts import ClauseName
from imsmap.wording import NOT_LISTED


def badge(kin: Kin) -> Markup:
    """Show a class by its mark and its name."""
    return element("span", mark(CLASS_OF[kin]), kin.value, class_="kin")


def tag(scene: Scene, key: str) -> Markup:
    """Show a standard's letter on its colour."""
    shown = scene.by_key[key]
    return element("span", shown.tag, class_=f"tag core {shown.kind}", title=shown.name)


def link(ref: str, words: str) -> Markup:
    """Lead to a clause."""
    return element("a", words, href=f"#{ref}")


def table(caption: str, heads: Iterable[Child], rows: Iterable[Child], name: str) -> Markup:
    """Make a table in a region of its own that scrolls, by keyboard too."""
    head = element("thead", element("tr", [element("th", words, scope="col") for words in heads]))
    return element(
        "div",
        element("table", element("caption", caption, class_="vh"), head, rows, class_=name),
        class_="scroll",
        role="region",
        aria_label=f"{caption}, table",
        tabindex="0",
    )


# --- the matrix ------------------------------------------------------------------------------------------------------


def matrix(scene: Scene) -> Markup:
    """Show a row for each topic, under its main clause."""
    heads = ["Topic", *(_head(scene, side.key) for side in scene.sides), "Class", "In common, and added"]
    if scene.overlay.state:
        heads.append("Status")
    bodies = []
    for main in scene.matrix.main_clauses:
        rows = [_row(scene, tile) for tile in scene.tiles if tile.topic.main == main.number]
        words = f"{main.number} {main.title}"
        heading = element("tr", element("th", words, colspan=len(heads), scope="rowgroup"), class_="main")
        if rows:
            bodies.append(element("tbody", heading, rows))
    return element(
        "section",
        element("h2", "Matrix", id="matrix-title"),
        element(
            "p",
            "A row for each topic: its clauses in each standard, what is built once, and what each standard adds.",
            class_="note",
        ),
        element("div", class_="bar-place"),
        table("Matrix", heads, bodies, "matrix"),
        id="matrix",
        class_="view",
        aria_labelledby="matrix-title",
    )


def _head(scene: Scene, key: str) -> list[Child]:
    return [tag(scene, key), " ", scene.by_key[key].name]


def _row(scene: Scene, tile: Tile) -> Markup:
    topic = tile.topic
    marks = [element("span", misleads(), f" {number} misleads", class_="warning") for number in topic.false_friends]
    number: list[Child] = [element("b", tile.number), " "] if tile.number else []
    status = element("td", tile.status or "") if scene.overlay.state else None
    return element(
        "tr",
        element("th", number, tile.title, [element("br"), marks] if marks else None, scope="row"),
        [_clauses(scene, topic, shown.key) for shown in scene.sides],
        element(
            "td",
            element("span", mark("touches" if tile.touches else tile.kind), WORDS[tile.kind], class_="kin"),
            _classes(scene, topic.classes) if len(scene.sides) > 2 else None,
        ),
        element("td", _detail(scene, topic)),
        status,
        id=f"row-{topic.id}",
        data_topic=topic.id,
    )


_MOST_NAMED = 3
"""So many clauses at home in other rows are named, where there is room; others are told by their numbers."""


def _clauses(scene: Scene, topic: Topic, key: str) -> Markup:
    """Give the clauses at home here, and where else to look."""
    # Without a script a link to a clause leads here.
    here = [element("li", link(clause.ref, _titled(clause)), id=clause.ref) for clause in topic.clauses[key]]
    also = [one.clause for one in topic.also[key]]
    if not here and not also:
        return _nothing()
    by_name = len(also) <= _MOST_NAMED and (not here or len(scene.sides) == 2)
    links = [
        [", " if place else None, link(clause.ref, _titled(clause) if by_name else clause.number)]
        for place, clause in enumerate(also)
    ]
    return element("td", element("ul", here, element("li", "see ", links, class_="also") if also else None))


def _titled(clause: ClauseName) -> str:
    return f"{clause.number} {clause.title}".strip()


_MOST_PAIRED = 3
"""Of more standards the pairs are so many that they are told when asked for."""


def _classes(scene: Scene, classes: Sequence[PairClass]) -> Child:
    """Show the pairs of each class."""
    by: dict[Kin, list[str]] = {}
    for entry in classes:
        pair = "–".join(scene.by_key[key].tag for key in (entry.subject, entry.object))
        by.setdefault(entry.kin, []).append(pair + (" jointly" if entry.jointly else ""))
    told = {kin: ["all pairs"] if len(by) == 1 and len(pairs) > 1 else pairs for kin, pairs in by.items()}
    pairs = element(
        "ul", [element("li", f"{kin.value}: {', '.join(told[kin])}") for kin in Kin if kin in told], class_="pairs"
    )
    if len(scene.sides) <= _MOST_PAIRED or len(by) == 1:
        return pairs
    return element("details", element("summary", "by pair"), pairs)


def _detail(scene: Scene, topic: Topic) -> Markup:
    shared, adds = topic.shared, {key: found for key, found in topic.adds.items() if found}
    counted = scene.matrix.counted
    loose = [key for key in scene.matrix.by_clause if topic.clauses[key]]
    words = ", ".join(
        ([f"{len(shared)} in common"] if shared else [])
        + [f"{scene.by_key[key].tag}\u00a0+{len(found)}" for key, found in adds.items() if key in counted]
        + [f"{scene.by_key[key].tag}\u00a0{NOT_LISTED}" for key in loose]
    )
    # What is in common and what each adds follows as the view is opened: the script has it.
    advice = element("p", element("b", "What to do: "), element("span", to_do(topic)), class_="advice")
    return element("details", element("summary", words or "more"), advice)


# --- friends ---------------------------------------------------------------------------------------------------------


def friends(scene: Scene) -> Markup:
    """Show numbers that mislead, and clauses that belong together under different numbers."""
    found = scene.reports.friends.answer
    false, hidden = found.false_friends, found.hidden_friends
    # A number of several pairs is told once for the eye, and in each row for who hears the table.
    before = [None, *(entry.number for entry in false)]
    rows = [
        element(
            "tr",
            element("th", element("span", entry.number, class_="vh"), scope="row", class_="again")
            if entry.number == last
            else element("th", misleads(), f" {entry.number}", scope="row"),
            element("td", _duty(scene, entry.subject, entry.subject_gist)),
            element("td", _duty(scene, entry.object, entry.object_gist)),
            element("td", entry.weak or "nothing found", class_=None if entry.weak else "nothing"),
        )
        for entry, last in zip(false, before, strict=False)
    ]
    return element(
        "section",
        element("h2", "Misleading numbers", id="friends-title"),
        element(
            "p",
            "One number, two duties: never merge these by their numbers."
            if false
            else "No number misleads: none stands for another duty in another of these standards.",
            class_="note",
        ),
        table("False friends", ("Number", *_ends(scene), "What ties them"), element("tbody", rows), "friends")
        if false
        else None,
        element("h3", "Different number, same matter"),
        element(
            "details",
            element("summary", f"{len(hidden)} pairs of leaf clauses belong together under different numbers"),
            table("Hidden friends", ("Clause", "Class", "Belongs with"), element("tbody"), "hidden"),
        )
        if hidden
        else element("p", "None."),
        id="friends",
        class_="view",
        aria_labelledby="friends-title",
    )


def _duty(scene: Scene, clause: ClauseName, gist: str) -> list[Child]:
    """Say what a clause is about in our own words first, if the data have them, and then which it is."""
    named = _named(scene, clause)
    if not gist:
        return named
    name, *clause_link = named
    return [name, element("b", gist[:1].upper() + gist[1:]), element("p", clause_link, class_="note")]


def _ends(scene: Scene) -> tuple[str, str]:
    if len(scene.sides) == 2:
        return scene.sides[0].name, scene.sides[1].name
    return "In one standard", "In another"


def _named(scene: Scene, clause: ClauseName) -> list[Child]:
    shown = scene.side(clause.ref)
    return [tag(scene, shown.key), " ", link(clause.ref, f"{shown.name}, {clause.words}")]


# --- documented information ------------------------------------------------------------------------------------------


def documents(scene: Scene) -> Markup:
    """Show what must exist in writing, each thing once."""
    report = scene.reports.documents
    rows = [
        element(
            "tr",
            element("td", _letters(scene, list(item.asked))),
            element("th", item.what, scope="row"),
            [
                element("td", _asked(side.key, item.asked[side.key])) if side.key in item.asked else _nothing()
                for side in scene.sides
            ],
        )
        for item in report.answer.documents
    ]
    heads = ["Letters", "What is asked for, in our words", *(_head(scene, side.key) for side in scene.sides)]
    return element(
        "section",
        element("h2", "Documented information", id="documents-title"),
        element("p", f"{report.message}.", class_="note"),
        table("Documented information", heads, element("tbody", rows), "documents"),
        id="documents",
        class_="view",
        aria_labelledby="documents-title",
    )


_MOST_LETTERS = 4
"""So many stand in one line; more go on in lines below each other."""


def _letters(scene: Scene, keys: Collection[str]) -> Markup:
    """Show whose it is."""
    tags = [[tag(scene, side.key), " "] for side in scene.sides if side.key in keys]
    return element("span", tags, class_="letters" if len(scene.sides) <= _MOST_LETTERS else "letters rows")


def _nothing() -> Markup:
    return element("td", "–", class_="nothing")


def _asked(key: str, asked: Asked) -> Child:
    kinds = ", ".join(KIND_WORDS[kind] for kind in asked.kinds)
    links = [[", " if place else None, link(f"{key}:{n}", n)] for place, n in enumerate(asked.clauses)]
    return [element("span", links, ":"), " ", element("span", kinds, class_="what")]
