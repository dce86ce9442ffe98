"""The matrix, the friends and the documented information, as tables that stand without any script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from imsmap.analyses.documents import Asked
from imsmap.analyses.matrix import PairClass, Shared, Topic
from imsmap.exporters.html.markup import Child, Markup, element
from imsmap.exporters.html.scene import Scene
from imsmap.library.model import KIND_WORDS, WARNING_GLYPH, Kin
from imsmap.parts import ClauseName


def badge(kin: Kin) -> Markup:
    """Show a class by its glyph and its name."""
    return element("span", f"{kin.glyph} {kin.value}", class_=f"kin {kin.value.replace(' ', '-')}")


def tag(scene: Scene, key: str) -> Markup:
    """Show a standard's letter on its colour."""
    shown = scene.by_key[key]
    return element("span", shown.tag, class_=f"tag {shown.kind}", title=shown.name)


def link(ref: str, words: str) -> Markup:
    """Lead to a clause."""
    return element("a", words, href=f"#{ref}", class_="to")


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
    """Show a row for each group, under its main clause, with filters above."""
    heads = ["Topic", *(_head(scene, side.key) for side in scene.sides), "Class", "Shared, and added"]
    topics = scene.matrix.topics
    bodies = []
    for main in scene.matrix.main_clauses:
        rows = [_row(scene, topic) for topic in topics if topic.main == main.number]
        words = f"{main.number} {main.title}"
        heading = element("tr", element("th", words, colspan=len(heads), scope="rowgroup"), class_="main")
        if rows:
            bodies.append(element("tbody", heading, rows))
    return element(
        "section",
        element("h2", "Matrix", id="matrix-title"),
        element(
            "p",
            "A row for each leaf clause of the harmonized structure, and for each topic without common core: what is "
            "done once, and what each standard adds.",
            class_="lead",
        ),
        _filters(scene),
        element("p", f"{len(topics)} of {len(topics)} rows shown", role="status", id="matrix-count", class_="count"),
        table("Matrix", heads, bodies, "matrix"),
        id="matrix",
        aria_labelledby="matrix-title",
    )


def _head(scene: Scene, key: str) -> list[Child]:
    return [tag(scene, key), " ", scene.by_key[key].name]


def _filters(scene: Scene) -> Markup:
    letters = sorted({_letters(scene, topic) for topic in scene.matrix.topics}, key=lambda tags: (len(tags), tags))
    standards = [element("option", side.name, value=side.place) for side in scene.sides]
    classes = [
        element(
            "label",
            element("input", type="checkbox", name="class", value=kin.value, checked=True),
            " ",
            badge(kin),
            class_="check",
        )
        for kin in Kin
    ]
    return element(
        "form",
        element(
            "label",
            "Words ",
            element("input", type="search", name="text", autocomplete="off", placeholder="supplier, 8.4, record …"),
        ),
        element(
            "label", "Standard ", element("select", element("option", "all", value=""), standards, name="standard")
        ),
        element(
            "label",
            "Letters ",
            element(
                "select",
                element("option", "all", value=""),
                [element("option", " ".join(tags), value=" ".join(tags)) for tags in letters if tags],
                name="letters",
            ),
        ),
        element("fieldset", element("legend", "Class"), classes),
        element("button", "Show all rows", type="reset"),
        element("button", "Unfold", type="button", id="unfold", aria_pressed="false"),
        class_="filters script",
        id="filters",
        role="search",
        aria_label="Filter the matrix",
    )


def _letters(scene: Scene, topic: Topic) -> tuple[str, ...]:
    return tuple(shown.tag for shown in scene.sides if shown.key in topic.present)


def _row(scene: Scene, topic: Topic) -> Markup:
    marks = [
        element("span", f"{WARNING_GLYPH} {number} false friend", class_="warning") for number in topic.false_friends
    ]
    number: list[Child] = [element("b", topic.number), " "] if topic.number else []
    present = [shown.place for shown in scene.sides if topic.clauses[shown.key]]
    return element(
        "tr",
        element("th", number, topic.title, [element("br"), marks] if marks else None, scope="row"),
        [element("td", _clauses(topic, shown.key)) for shown in scene.sides],
        element("td", _classes(scene, topic.classes)),
        element("td", _detail(scene, topic)),
        id=f"row-{topic.id}",
        data_standards=" ".join(str(place) for place in present),
        data_classes="|".join(sorted({entry.kin.value for entry in topic.classes}) or [Kin.NOT_ASSESSED.value]),
        data_letters=" ".join(_letters(scene, topic)),
    )


def _clauses(topic: Topic, key: str) -> Child:
    here = [element("li", _titled(clause)) for clause in topic.clauses[key]]
    also = [element("li", "see ", _titled(one.clause), class_="also") for one in topic.also[key]]
    return element("ul", here, also) if here or also else element("span", "none", class_="nothing")


def _titled(clause: ClauseName) -> Markup:
    return link(clause.ref, f"{clause.number} {clause.title}".strip())


def _classes(scene: Scene, classes: Sequence[PairClass]) -> Child:
    """Show the class of the one pair; of several, the pairs of each class."""
    if len(scene.sides) == 2:
        return [[badge(entry.kin), " jointly" if entry.jointly else None] for entry in classes] or badge(
            Kin.NOT_ASSESSED
        )
    by: dict[Kin, list[str]] = {}
    for entry in classes:
        pair = "–".join(scene.by_key[key].tag for key in (entry.subject, entry.object))
        by.setdefault(entry.kin, []).append(pair + (" jointly" if entry.jointly else ""))
    if len(by) == 1:
        (kin, pairs) = next(iter(by.items()))
        return [badge(kin), f" {'all pairs' if len(pairs) > 1 else pairs[0]}"]
    return element("ul", [element("li", badge(kin), " ", ", ".join(by[kin])) for kin in Kin if kin in by])


def _detail(scene: Scene, topic: Topic) -> Markup:
    shared, adds = topic.shared, {key: found for key, found in topic.adds.items() if found}
    count = sum(len(found) for found in adds.values())
    words = f"{len(shared)} shared, {count} added"
    inside: list[Child] = [element("p", element("b", "Advice: "), topic.advice)]
    if shared:
        inside += [element("p", element("b", "Shared")), element("ul", [_shared(scene, entry) for entry in shared])]
    for key, added in adds.items():
        inside += [
            element("p", tag(scene, key), element("b", f" {scene.by_key[key].name} adds")),
            element("ul", [element("li", one.text) for one in added]),
        ]
    return element("details", element("summary", words), inside)


def _shared(scene: Scene, entry: Shared) -> Markup:
    by = [[tag(scene, key), " "] for key in entry.by] if len(scene.sides) > 2 else None
    return element("li", by, entry.text)


# --- friends ---------------------------------------------------------------------------------------------------------


def friends(scene: Scene) -> Markup:
    """Show numbers that mislead, and clauses that belong together under different numbers."""
    found = scene.reports.friends.answer
    false, hidden = found.false_friends, found.hidden_friends
    rows = [
        element(
            "tr",
            element("th", f"{WARNING_GLYPH} {entry.number}", scope="row"),
            element("td", _named(scene, entry.subject)),
            element("td", _named(scene, entry.object)),
            element("td", entry.note or "–"),
        )
        for entry in false
    ]
    pairs = [
        element(
            "tr",
            element("td", _named(scene, entry.subject)),
            element("td", badge(entry.kin), " jointly" if entry.jointly else None),
            element("td", _named(scene, entry.object)),
        )
        for entry in hidden
    ]
    return element(
        "section",
        element("h2", "Same number, different duty", id="friends-title"),
        element(
            "p",
            "Do not pair these by their numbers: nothing was found that they share, or next to nothing."
            if false
            else "No number misleads: none stands for another duty in another of these standards.",
            class_="lead",
        ),
        table("False friends", ("Number", "There it is", "Here it is", "Note"), element("tbody", rows), "friends")
        if false
        else None,
        element("h3", "Different number, same matter"),
        element(
            "details",
            element("summary", f"{len(hidden)} pairs of leaf clauses belong together under different numbers"),
            table("Hidden friends", ("Clause", "Class", "Belongs with"), element("tbody", pairs), "hidden"),
        )
        if hidden
        else element("p", "None."),
        id="friends",
        aria_labelledby="friends-title",
    )


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
            element("td", [[tag(scene, side.key), " "] for side in scene.sides if side.key in item.asked]),
            element("th", item.what, scope="row"),
            [
                element("td", _asked(side.key, item.asked[side.key]) if side.key in item.asked else _nothing())
                for side in scene.sides
            ],
        )
        for item in report.answer.documents
    ]
    heads = ["Letters", "What is asked for, in our words", *(_head(scene, side.key) for side in scene.sides)]
    return element(
        "section",
        element("h2", "Documented information", id="documents-title"),
        element("p", f"{report.message}.", class_="lead"),
        table("Documented information", heads, element("tbody", rows), "documents"),
        id="documents",
        aria_labelledby="documents-title",
    )


def _nothing() -> Markup:
    return element("span", "none", class_="nothing")


def _asked(key: str, asked: Asked) -> Child:
    kinds = ", ".join(KIND_WORDS[kind] for kind in asked.kinds)
    links = [[", " if place else None, link(f"{key}:{n}", n)] for place, n in enumerate(asked.clauses)]
    return [links, f": {kinds}"]
