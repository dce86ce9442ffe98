"""What the script needs to explain a clause: points, sentences, and which of them tell of what, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from imsmap.analyses.explain.every import Explained, Misleading, Without
from imsmap.analyses.gap import STATE_WORDS
from imsmap.analyses.requirements import RequiredClause, RequiredPoint
from imsmap.drawing.marks import CLASS_OF
from imsmap.exporters.html.overlay import LETTERS
from imsmap.exporters.html.scene import WORDS, Scene, Shown, Tile, to_do
from imsmap.exporters.html.usual import USUAL
from imsmap.exporters.html.wanted import SIGNS, states
from imsmap.library.model import KIND_WORDS
from imsmap.report import Json
from imsmap.wording import Sentence


class Sentences:
    """Sentences as numbers: each template, each text in its places and each sentence is stored once."""

    def __init__(self, clauses: Iterable[RequiredClause]) -> None:
        """Know the points that sentences count, by the place in their clause."""
        self._templates: dict[str, int] = {}
        self._texts: dict[str, int] = {}
        self._said: dict[Sentence, int] = {}
        self._counted: dict[str, Json] = {}
        self._places = {point.id: place for entry in clauses if entry.leaf for place, point in enumerate(entry.points)}

    def of(self, sentences: Iterable[Sentence]) -> list[int]:
        """Give the numbers of some sentences."""
        return [self._number(sentence) for sentence in sentences]

    def _number(self, sentence: Sentence) -> int:
        if sentence not in self._said:
            number = self._said[sentence] = len(self._said)
            if sentence.points:
                clause = sentence.points[0].partition("#")[0]
                self._counted[str(number)] = [clause, *(self._places[point] for point in sentence.points)]
        return self._said[sentence]

    def values(self) -> dict[str, Json]:
        """Give all of them: a sentence as the number of its template and those of its texts, a list where several."""
        said: list[Json] = [
            [
                self._templates.setdefault(sentence.template, len(self._templates)),
                *(self._argument(argument) for argument in sentence.arguments),
            ]
            for sentence in self._said
        ]
        return {
            "templates": list(self._templates),
            "texts": list(self._texts),
            "said": said,
            "counted": self._counted,
        }

    def text(self, words: str) -> int:
        """Give the number of a text."""
        return self._texts.setdefault(words, len(self._texts))

    def _argument(self, argument: str | tuple[str, ...]) -> Json:
        return self.text(argument) if isinstance(argument, str) else [self.text(words) for words in argument]


def data(scene: Scene) -> dict[str, Json]:
    """Collect it; short keys, since they come a thousand times."""
    why = scene.reports.explanations.answer
    sentences = Sentences(scene.clauses)
    places = {shown.key: shown.place for shown in scene.sides}
    gaps = states(scene.reports.gaps)
    return {
        "standards": [_standard(shown) for shown in scene.sides],
        "marks": {kin.value: kind for kin, kind in CLASS_OF.items()},
        "words": WORDS,
        "feet": dict(LETTERS) if scene.overlay.state else {},
        "states": {sign: STATE_WORDS.get(state, state) for state, sign in SIGNS.items()},
        "first": _first(scene),
        "clauses": [
            _clause(scene, entry, sentences.of(why.summaries[entry.clause.ref]), gaps.get(entry.clause.ref, {}))
            for entry in scene.clauses
        ],
        "groups": [_group(scene, tile) for tile in scene.tiles],
        "links": [_link(one, sentences) for one in why.pairs],
        "friends": [_friend(one, sentences) for one in why.false_friends],
        "without": [_without(one, sentences, places) for one in why.without],
        "usual": {word: list(titles) for word, titles in USUAL.items()},
        **sentences.values(),
    }


def _standard(shown: Shown) -> dict[str, Json]:
    found: dict[str, Json] = {"key": shown.key, "name": shown.name, "tag": shown.tag}
    return found | {"loose": True} if shown.side.by_clause else found


def _clause(scene: Scene, entry: RequiredClause, summary: list[int], gap: Mapping[str, str]) -> dict[str, Json]:
    ref = entry.clause.ref
    found: dict[str, Json] = {"r": ref, "t": entry.clause.name, "w": summary}
    number, *above = entry.clause.line
    if ".".join(number.split(".")[:-1]) != "".join(above[:1]):
        # Dots usually tell which clause lies under which; here the standard says so.
        found["u"] = f"{entry.standard}:{above[0]}" if above else ""
    if entry.leaf:
        found["p"] = [_point(point) for point in entry.points]
        if gap:
            found["g"] = [gap.get(shown.key, "") for shown in scene.sides]
        if (known := scene.overlay.of_clause(ref)) is not None:
            found["x"] = known
    return found


def _point(point: RequiredPoint) -> list[Json]:
    """Give a point as words, core point (or nothing), kind of documented information (or nothing)."""
    words = point.text + (f" ({point.amendment})" if point.amendment else "")
    return [words, point.core or "", KIND_WORDS[point.documented] if point.documented else ""]


def _group(scene: Scene, tile: Tile) -> dict[str, Json]:
    topic = tile.topic
    found: dict[str, Json] = {
        "id": topic.id,
        "n": topic.number or "",
        "v": tile.number,
        "t": tile.title,
        "m": topic.main,
        "k": tile.kind,
        "l": tile.letters,
        "o": scene.places(tile),
        "c": [clause.ref for clauses in topic.clauses.values() for clause in clauses],
        "also": [one.clause.ref for named in topic.also.values() for one in named],
        "a": to_do(topic),
    }
    if topic.false_friends:
        found["f"] = list(topic.false_friends)
    return found | {"touches": True} if tile.touches else found


def _first(scene: Scene) -> str:
    """Choose the topic that is shown before anybody chose one: related ones need a word most, the largest of them."""

    def weight(tile: Tile) -> int:
        return sum(len(found) for found in tile.topic.adds.values())

    return max(scene.tiles, key=lambda tile: (tile.kind == "related", weight(tile))).topic.id if scene.tiles else ""


def _link(one: Explained, sentences: Sentences) -> dict[str, Json]:
    found: dict[str, Json] = {
        "a": one.subject.ref,
        "b": one.object.ref,
        "k": one.kin.value,
        "w": sentences.of(one.words),
        "g": sentences.of(one.grounds),
    }
    return found | {"j": True} if one.jointly else found


def _friend(one: Misleading, sentences: Sentences) -> dict[str, Json]:
    return {
        "a": one.subject.ref,
        "b": one.object.ref,
        "x": sentences.of(one.at_subject),
        "y": sentences.of(one.at_object),
    }


def _without(one: Without, sentences: Sentences, places: dict[str, int]) -> dict[str, Json]:
    found: dict[str, Json] = {
        "r": one.clause.ref,
        "o": places[one.standard],
        "k": one.kin.value,
        "w": sentences.of((one.said,)),
    }
    return found | {"y": sentences.of(one.reasons), "g": sentences.of(one.grounds)} if one.reasons else found
