"""What the script needs to explain a clause: points, sentences, and which of them tell of what, as plain values.

Each text, template and sentence is stored once, and all else names it by its number; a clause by its place among all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from imsmap.analyses.explain.every import Explained, Misleading, Without
from imsmap.analyses.gap import STATE_WORDS
from imsmap.analyses.matrix import Topic
from imsmap.analyses.requirements import RequiredClause, RequiredPoint
from imsmap.drawing.marks import CLASS_OF
from imsmap.exporters.html.overlay import LETTERS
from imsmap.exporters.html.scene import WORDS, Scene, Shown, Tile
from imsmap.exporters.html.usual import USUAL
from imsmap.exporters.html.wanted import SIGNS, states
from imsmap.library.model import KIND_WORDS
from imsmap.report import Json
from imsmap.wording import NOT_LISTED, Sentence

_KINS = {kin: place for place, kin in enumerate(CLASS_OF)}
_KINDS = {kind: place for place, kind in enumerate(KIND_WORDS, 1)}


class Numbers:
    """Texts, templates and sentences as numbers, each stored once, and clauses as their places among all of them."""

    def __init__(self, clauses: Iterable[RequiredClause]) -> None:
        """Know the clauses, and the points that sentences count, by the place in their clause."""
        self._templates: dict[str, int] = {}
        self._texts: dict[str, int] = {}
        self._said: dict[Sentence, int] = {}
        self._written: list[Json] = []
        self._counted: dict[str, Json] = {}
        self._clauses: dict[str, int] = {}
        self._places: dict[str, int] = {}
        for number, entry in enumerate(clauses):
            self._clauses[entry.clause.ref] = number
            if entry.leaf:
                self._places |= {point.id: place for place, point in enumerate(entry.points)}

    def of(self, sentences: Iterable[Sentence]) -> list[int]:
        """Give the numbers of some sentences."""
        return [self._number(sentence) for sentence in sentences]

    def clause(self, ref: str) -> int:
        """Give the place of a clause."""
        return self._clauses[ref]

    def text(self, words: str) -> int:
        """Give the number of a text."""
        return self._texts.setdefault(words, len(self._texts))

    def values(self) -> dict[str, Json]:
        """Give all of them.

        A sentence is the number of its template and those of its texts, a list where several; one below zero is that
        of another sentence: the first is -1.
        """
        return {
            "templates": list(self._templates),
            "texts": list(self._texts),
            "said": self._written,
            "counted": self._counted,
        }

    def _number(self, sentence: Sentence) -> int:
        if (known := self._said.get(sentence)) is not None:
            return known
        template = self._templates.setdefault(sentence.template, len(self._templates))
        written = [template, *(self._argument(argument) for argument in sentence.arguments)]
        number = self._said[sentence] = len(self._written)
        self._written.append(written)
        if sentence.points:
            clause = self.clause(sentence.points[0].partition("#")[0])
            self._counted[str(number)] = [clause, *(self._places[point] for point in sentence.points)]
        return number

    def _argument(self, argument: str | tuple[str | Sentence, ...]) -> Json:
        return self._part(argument) if isinstance(argument, str) else [self._part(part) for part in argument]

    def _part(self, part: str | Sentence) -> int:
        if isinstance(part, str):
            # Clause and title of a point by themselves: either is told elsewhere, too.
            clause, quote, title = part.partition(' "')
            if not quote or title.find('"') != len(title) - 1:
                return self.text(part)
            part = Sentence('{0} "{1}"', (clause, title[:-1]))
        return -1 - self._number(part)


def data(scene: Scene) -> dict[str, Json]:
    """Collect it; in lists where a value comes a thousand times, in the order that `elements.js` reads."""
    why = scene.reports.explanations.answer
    by_standard = {shown.key: [one for one in scene.clauses if one.standard == shown.key] for shown in scene.sides}
    numbers = Numbers(entry for entries in by_standard.values() for entry in entries)
    gaps = states(scene.reports.gaps)
    links = {(one.subject.ref, one.object.ref): number for number, one in enumerate(why.pairs)}
    placed: set[str] = set()
    # What sentences are made of is told many times, and gets the short numbers.
    explained = {
        "links": [_link(one, numbers) for one in why.pairs],
        "without": [_without(scene, one, numbers) for one in why.without],
        "friends": [_friend(one, numbers) for one in why.false_friends],
    }
    return {
        "standards": [_standard(shown) for shown in scene.sides],
        "mains": [[main.number, main.title] for main in scene.matrix.main_clauses],
        "marks": {kin.value: kind for kin, kind in CLASS_OF.items()},
        "words": WORDS,
        "kinds": ["", *KIND_WORDS.values()],
        "unlisted": NOT_LISTED,
        "feet": dict(LETTERS) if scene.overlay.state else {},
        "states": {sign: STATE_WORDS.get(state, state) for state, sign in SIGNS.items()},
        "first": _first(scene),
        "clauses": [
            [
                _clause(scene, entry, numbers, why.summaries[entry.clause.ref], gaps.get(entry.clause.ref, {}))
                for entry in entries
            ]
            for entries in by_standard.values()
        ],
        "groups": [_group(scene, tile, numbers, placed) for tile in scene.tiles],
        "hidden": [links[one.subject.ref, one.object.ref] for one in scene.reports.friends.answer.hidden_friends],
        "usual": {word: list(titles) for word, titles in USUAL.items()},
        **explained,
        **numbers.values(),
    }


def _standard(shown: Shown) -> dict[str, Json]:
    found: dict[str, Json] = {"key": shown.key, "name": shown.name, "tag": shown.tag}
    return found | {"loose": True} if shown.side.by_clause else found


def _clause(
    scene: Scene, entry: RequiredClause, numbers: Numbers, summary: Iterable[Sentence], gap: Mapping[str, str]
) -> list[Json]:
    """Give number, title, class of the closest, sentences, points (0: a heading), and what only some have."""
    ref = entry.clause.ref
    closest = scene.closest.get(ref) if entry.leaf else None
    points: Json = [_point(point, numbers) for point in entry.points] if entry.leaf else 0
    found: list[Json] = [
        entry.clause.number,
        numbers.text(entry.clause.title),
        -1 if closest is None else _KINS[closest],
        numbers.of(summary),
        points,
    ]
    more: dict[str, Json] = {}
    if entry.clause.name != entry.clause.title:
        more["t"] = numbers.text(entry.clause.name)
    number, *above = entry.clause.line
    if ".".join(number.split(".")[:-1]) != "".join(above[:1]):
        # Dots usually tell which clause lies under which; here the standard says so.
        more["u"] = f"{entry.standard}:{above[0]}" if above else ""
    if entry.leaf:
        if gap:
            more["g"] = [gap.get(shown.key, "") for shown in scene.sides]
        if (known := scene.overlay.of_clause(ref)) is not None:
            more["x"] = known
    return [*found, more] if more else found


def _point(point: RequiredPoint, numbers: Numbers) -> Json:
    """Give a point as its words; where it is core or in writing, a list of them, whether it is core, and its kind."""
    words = numbers.text(point.text + (f" ({point.amendment})" if point.amendment else ""))
    if point.documented:
        return [words, int(bool(point.core)), _KINDS[point.documented]]
    return [words, 1] if point.core else words


def _group(scene: Scene, tile: Tile, numbers: Numbers, placed: set[str]) -> dict[str, Json]:
    """Give a topic; b: the clauses that stand in its row of the board, each under the headings above it, all once."""
    topic = tile.topic
    clauses = [clause.ref for clauses in topic.clauses.values() for clause in clauses]
    row = [ref for shown in scene.sides for ref in scene.with_headings(topic, shown) if ref not in placed]
    placed.update(row)
    found: dict[str, Json] = {
        "id": topic.id,
        "n": topic.number or "",
        "v": tile.number,
        "t": tile.title,
        "m": topic.main,
        "k": tile.kind,
        "l": tile.letters,
        "o": scene.places(tile),
        "c": [numbers.clause(ref) for ref in clauses],
        "b": [numbers.clause(ref) for ref in row],
        "also": [numbers.clause(one.clause.ref) for named in topic.also.values() for one in named],
        "in": _common(scene, topic, numbers),
        "adds": [
            [scene.by_key[key].place, *(numbers.text(one.text) for one in added)]
            for key, added in topic.adds.items()
            if added
        ],
    }
    if topic.false_friends:
        found["f"] = list(topic.false_friends)
    return found | {"touches": True} if tile.touches else found


def _common(scene: Scene, topic: Topic, numbers: Numbers) -> list[Json]:
    """Give what is in common; of more than two standards with the places of those that have it."""
    if len(scene.sides) == 2:
        return [numbers.text(entry.text) for entry in topic.shared]
    return [[numbers.text(entry.text), *(scene.by_key[key].place for key in entry.by)] for entry in topic.shared]


def _first(scene: Scene) -> str:
    """Choose the topic that is shown before anybody chose one: related ones need a word most, the largest of them."""

    def weight(tile: Tile) -> int:
        return sum(len(found) for found in tile.topic.adds.values())

    return max(scene.tiles, key=lambda tile: (tile.kind == "related", weight(tile))).topic.id if scene.tiles else ""


def _link(one: Explained, numbers: Numbers) -> list[Json]:
    """Give both clauses, their class, what is said, on what it rests, and whether they are tied only jointly."""
    found: list[Json] = [
        numbers.clause(one.subject.ref),
        numbers.clause(one.object.ref),
        _KINS[one.kin],
        numbers.of(one.words),
        numbers.of(one.grounds),
    ]
    return [*found, 1] if one.jointly else found


def _friend(one: Misleading, numbers: Numbers) -> list[Json]:
    """Give both clauses, and the warning at each."""
    ends = [numbers.clause(one.subject.ref), numbers.clause(one.object.ref)]
    return [*ends, numbers.of(one.at_subject), numbers.of(one.at_object)]


def _without(scene: Scene, one: Without, numbers: Numbers) -> list[Json]:
    """Give the clause, the place of the other standard, the class, what is said; with reasons and sources, if any."""
    (said,) = numbers.of((one.said,))
    found: list[Json] = [numbers.clause(one.clause.ref), scene.by_key[one.standard].place, _KINS[one.kin], said]
    return [*found, numbers.of(one.reasons), numbers.of(one.grounds)] if one.reasons else found
