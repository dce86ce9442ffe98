"""The first screen: the message, the three numbers as a strip to scale, and every topic as a tile under its clause."""

from __future__ import annotations

import datetime

from imsmap.drawing.story import ALONE_WORD, CORE_WORD, RELATED_WORD, UNKNOWN_WORD
from imsmap.exporters.html.marks import mark, misleads
from imsmap.exporters.html.markup import Child, Markup, element
from imsmap.exporters.html.scene import WORDS, Scene, Tile
from imsmap.library.model import number_key
from imsmap.parts import levelled
from imsmap.report import Side
from imsmap.wording import all_of, in_core_of, listed, reported, short_number, topics_of

_MEANS = {
    CORE_WORD: "one process, one document; each standard adds its part",
    RELATED_WORD: "related, not the same",
    UNKNOWN_WORD: "never compared",
}
_MOST_STRANDS = 3
"""Of so many standards the tints run side by side; of more the core's tint stands for all."""


def hero(scene: Scene, date: datetime.date) -> Markup:
    """Say the message in one sentence, and of which editions it is."""
    return element(
        "div",
        element("h1", _message(scene)),
        element("p", _editions([shown.side for shown in scene.sides], date), " ", _more(), class_="note"),
        _project(*scene.overlay.said),
        class_="hero",
    )


def _project(told: str, late: str) -> Child:
    if not told:
        return None
    return element("p", told, [", ", element("b", late, class_="late")] if late else None, ".", class_="note project")


def overview(scene: Scene) -> Markup:
    """Show the strip, the numbers under their parts of it, and the tiles."""
    return element(
        "section",
        element("h2", "Overview", id="overview-title", class_="vh"),
        _strip(scene),
        _story(scene),
        element(
            "div",
            element(
                "div",
                element(
                    "div", filters(scene), element("p", role="status", id="shown", class_="count"), class_="bar-place"
                ),
                _tiles(scene),
                _key(scene),
                class_="door",
            ),
            _panel(),
            class_="cols",
        ),
        id="overview",
        class_="view",
        aria_labelledby="overview-title",
    )


# --- the message -----------------------------------------------------------------------------------------------------


def _message(scene: Scene) -> list[Child]:
    tally = scene.tally
    if tally.not_assessed == tally.total:
        return [
            element("b", f"{tally.total} {topics_of(tally)} were not looked at"),
            ": nobody has compared these standards.",
        ]
    # Out of all topics, as deck, Dashboard and terminal say it: what nobody has looked at is the fourth part of them.
    told = f"{tally.core} of {tally.total} {topics_of(tally)} {'is' if tally.total == 1 else 'are'} built once"
    stay = f"{tally.by_themselves} {'stays' if tally.by_themselves == 1 else 'stay'} apart"
    unknown = f", {tally.not_assessed} not looked at" if tally.not_assessed else ""
    return [
        "One system: ",
        element("b", told.replace(" of ", "\u00a0of\u00a0")),
        f", {tally.related} {'is ' if tally.related == 1 else ''}looked at together, {stay}{unknown}.",
    ]


def _editions(sides: list[Side], date: datetime.date) -> str:
    """Say which editions are counted, and which of them have successors."""
    names = listed(side.designation.replace(" ", "\u00a0") for side in sides)
    level = levelled("", sides)
    found = [side.successor for side in sides if side.successor is not None]
    if not found:
        return f"Editions: {names}.{level}"
    past = [one for one in found if one.published <= date.isoformat()]
    if len(past) == len(found):
        years = listed(sorted({one.published[:4] for one in found})) + reported(min(one.confidence for one in found))
        words = f"{'were' if len(found) > 1 else 'was'} replaced in {years}"
    else:
        words = "have newer editions, or will have" if past else "will have newer editions"
        words = words if len(found) > 1 else "will have a newer edition"
    who = all_of(len(sides)) if len(found) == len(sides) and len(sides) > 1 else f"{len(found)} of {len(sides)}"
    if len(sides) == 1:
        who = "it"
    return f"Editions: {names}; {who} {words}{_months_left(sides, date)}.{level}"


def _months_left(sides: list[Side], date: datetime.date) -> str:
    """Say how many months certificates to the old editions still count, as far as the data know and it is not over."""
    left: list[str] = []
    sure = 1.0
    for side in sides:
        end = side.successor.transition_ends if side.successor is not None else None
        if end is None or end.date <= date.isoformat():
            continue
        last = datetime.date.fromisoformat(end.date)
        months = (last.year - date.year) * 12 + last.month - date.month - (last.day < date.day)
        unit = f" month{'' if months == 1 else 's'} left" if not left else ""
        left.append(f"{months}{unit} for {side.designation}".replace(" ISO ", " ISO\u00a0"))
        sure = min(sure, end.confidence)
    if not left:
        return ""
    return f", with {listed(left)}{reported(sure)}".replace("confidence ", "confidence\u00a0")


def _more() -> Markup:
    return element("a", "What this means", href="#editions")


# --- the three numbers -----------------------------------------------------------------------------------------------


def _strip(scene: Scene) -> Markup:
    """Draw a unit for each topic: core solid, related as strands of tint, alone open with its letter."""
    tally = scene.tally
    strands = [
        element("i", class_=f"strand {shown.kind}")
        for shown in (scene.sides if len(scene.sides) <= _MOST_STRANDS else ())
    ] or [element("i", class_="strand oc")]
    units = [element("span", class_="u core oc") for _ in range(tally.core)]
    units += [element("span", strands, class_="u related") for _ in range(tally.related)]
    for keys, count in tally.alone.items():
        owner = scene.by_key[keys[0]].kind if len(keys) == 1 else "oc"
        letters = scene.letters(keys)
        small = "" if len(letters) <= 2 else " small" if len(letters) == 3 else " tiny"
        units += [element("span", letters, class_=f"u alone {owner}{small}") for _ in range(count)]
    units += [element("span", "?", class_="u unknown") for _ in range(tally.not_assessed)]
    said = f"{tally.total} {topics_of(tally)}: {tally.core} core, {tally.related} related, {tally.by_themselves} alone"
    said += f", {tally.not_assessed} not looked at" if tally.not_assessed else ""
    return element("div", units, class_="strip", role="img", aria_label=said)


def parts(scene: Scene) -> list[int]:
    """Give the numbers that sum: core, related, alone, and what nobody has looked at if there is such."""
    tally = scene.tally
    return [tally.core, tally.related, tally.by_themselves, *([tally.not_assessed] if tally.not_assessed else [])]


def _whose(letters: str, count: int) -> str:
    """Say how many are whose: `Q 5`, but `Q15: 5`."""
    return f"{letters}{'' if letters.isalpha() else ':'} {count}".replace(" ", "\u00a0")


def _story(scene: Scene) -> Markup:
    whose = ", ".join(_whose(scene.letters(keys), count) for keys, count in scene.tally.alone.items())
    means = {
        CORE_WORD: "; ".join(filter(None, (_MEANS[CORE_WORD], in_core_of(scene.tally, len(scene.sides))))),
        RELATED_WORD: _MEANS[RELATED_WORD],
        ALONE_WORD: whose or "none",
        UNKNOWN_WORD: _MEANS[UNKNOWN_WORD],
    }
    told = [
        element("div", element("p", element("b", str(count)), " ", element("span", word)), element("p", said))
        for count, (word, said) in zip(parts(scene), means.items(), strict=False)
    ]
    return element("div", told, class_="story")


# --- the tiles -------------------------------------------------------------------------------------------------------


def filters(scene: Scene) -> Markup:
    """Offer each class and each standard as a button with its count, words, and what can be taken along."""
    tally = scene.tally
    counts = {
        "core": tally.core,
        "related": tally.related,
        "alone": tally.by_themselves,
        "unknown": tally.not_assessed,
    }
    classes = [_button(f"All {tally.total}", "class", "", pressed=True)]
    classes += [
        _button(f"{WORDS[kind].capitalize()} {count}", "class", kind) for kind, count in counts.items() if count
    ]
    present = [sum(shown.place in scene.places(tile) for tile in scene.tiles) for shown in scene.sides]
    standards = [
        _button(f"{shown.tag} {count}", "of", shown.key, named=f"{shown.name}: {count} topics")
        for shown, count in zip(scene.sides, present, strict=True)
    ]
    return element(
        "div",
        element("div", classes, role="group", aria_label="Class", class_="set"),
        element("div", standards, role="group", aria_label="Standard", class_="set"),
        element(
            "label",
            element("span", "Only topics with", class_="vh"),
            element("input", type="search", id="words", autocomplete="off", placeholder="with words …"),
        ),
        element("button", "Unfold", type="button", id="unfold", aria_pressed="false"),
        element("a", _wish(scene), href="#new", class_="button push"),
        class_="bar script",
        id="filters",
    )


def _wish(scene: Scene) -> str:
    if len(scene.sides) > 2:
        return "I have …, I want …"
    have, want = (shown.tag for shown in scene.sides)
    return f"I have {have}, I want {want}"


def _button(words: str, name: str, value: str, *, pressed: bool = False, named: str = "") -> Markup:
    return element(
        "button",
        words,
        type="button",
        data_name=name,
        data_value=value,
        aria_pressed="true" if pressed else "false",
        aria_label=(named and f"{words}, {named}") or None,
        title=named or None,
    )


def _tiles(scene: Scene) -> Markup:
    rows = []
    for main in scene.matrix.main_clauses:
        found = [tile for tile in scene.tiles if tile.topic.main == main.number]
        if not found:
            continue
        order = list(WORDS)
        found.sort(key=lambda tile: (order.index(tile.kind), number_key(tile.number)))
        core = sum(tile.kind == "core" for tile in found)
        rows.append(
            element(
                "div",
                element("h3", element("b", main.number), " ", main.title),
                element("div", [_tile(tile) for tile in found], class_="tiles"),
                element("p", element("b", str(core)), f"\u00a0of\u00a0{len(found)}", class_="n", title="built once"),
                class_="line",
            )
        )
    head = element(
        "div",
        element("span", "Clause"),
        element("span", "Its topics", id="named"),
        element("span", "Built once"),
        class_="line head",
        aria_hidden="true",
    )
    return element("div", head, rows, class_="heat" + (" laid" if scene.overlay.state else ""), id="heat")


def _tile(tile: Tile) -> Markup:
    traps = tile.topic.false_friends
    whole = "" if short_number(tile.number) == tile.number else f"{tile.number} "
    said = f"{whole}{tile.title}: {WORDS[tile.kind]}"
    said += ", only touches" if tile.touches else ""
    said += f", number {' and '.join(traps)} misleads" if traps else ""
    said += f", {tile.status.lower()}" if tile.status else ""
    return element(
        "button",
        element("b", tile.letters),
        # A box has room for one number; the others are told to all who ask for its name.
        element("span", short_number(tile.number).rstrip("…")),
        element("span", f": {said}", class_="vh"),
        element("span", tile.foot, class_=f"foot {tile.foot}", aria_hidden="true") if tile.foot else None,
        misleads() if traps else None,
        element("i", class_="dot", aria_hidden="true") if tile.touches else None,
        type="button",
        class_=f"t {tile.kind} {tile.owner}"
        + (" wide" if len(tile.letters) > _MOST_STRANDS else "")
        + (" three" if len(tile.letters) == _MOST_STRANDS and tile.letters.isupper() else ""),
        title=f"{whole}{tile.title}",
        data_topic=tile.topic.id,
        aria_pressed="false",
    )


def _key(scene: Scene) -> Markup:
    kinds = {tile.kind for tile in scene.tiles}
    told = [("core", "solid: core"), ("related", "tint: related"), ("alone", "open: alone")]
    told += [("touches", "dot: only touches")] if any(tile.touches for tile in scene.tiles) else []
    told += [("unknown", "dashed: not looked at")] if "unknown" in kinds else []
    words: list[Child] = [element("span", mark(kind), " ", said) for kind, said in told]
    if any(tile.topic.false_friends for tile in scene.tiles):
        words.append(element("span", misleads(), " same number, other duty"))
    words.append(element("span", "Letters say whose it is: ", ", ".join(f"{s.tag} {s.name}" for s in scene.sides)))
    if scene.overlay.state:
        words.append(
            element("span", "At the foot, as answered: C conforming, P partial, N not conforming, the worst counts")
        )
    return element("div", words, class_="key")


def _panel() -> Markup:
    return element(
        "aside",
        element("h2", "Choose a topic", id="why-title", tabindex="-1"),
        element("p", "Its clauses and the reasons open here.", class_="note"),
        class_="why script",
        id="why",
        aria_label="What is chosen",
    )
