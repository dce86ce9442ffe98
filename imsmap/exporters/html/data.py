"""What the script needs to explain a clause: points, sentences, and which of them tell of what, as plain values."""

from __future__ import annotations

from collections.abc import Iterable

from imsmap.analyses.explain.every import Explained, Misleading, Without
from imsmap.analyses.matrix import Topic
from imsmap.analyses.requirements import RequiredClause, RequiredPoint
from imsmap.exporters.html.scene import Scene
from imsmap.exporters.html.usual import USUAL
from imsmap.library.model import KIND_WORDS, Kin
from imsmap.report import Json
from imsmap.wording import Sentence

CLASSES = {
    Kin.SAME: "the same core requirements, and nothing more",
    Kin.EXTENDED: "a shared core requirement, and one side or both add to it",
    Kin.RELATED: "no shared core requirement, but a relation that a person stated or that follows from such",
    Kin.TOUCHES: "a weak relation only: a reminder to look, counted nowhere",
    Kin.NONE: "looked at: nothing in common, and the reason is stated",
    Kin.NOT_ASSESSED: "nobody has looked; never counted as none",
}


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
    return {
        "standards": [{"key": shown.key, "name": shown.name, "tag": shown.tag} for shown in scene.sides],
        "glyphs": {kin.value: kin.glyph for kin in Kin},
        "clauses": [_clause(entry, sentences.of(why.summaries[entry.clause.ref])) for entry in scene.clauses],
        "groups": [_group(topic, sentences) for topic in scene.matrix.topics],
        "links": [_link(one, sentences) for one in why.pairs],
        "friends": [_friend(one, sentences) for one in why.false_friends],
        "without": [_without(one, sentences, places) for one in why.without],
        "usual": {word: list(titles) for word, titles in USUAL.items()},
        **sentences.values(),
    }


def _clause(entry: RequiredClause, summary: list[int]) -> dict[str, Json]:
    found: dict[str, Json] = {"r": entry.clause.ref, "t": entry.clause.name, "w": summary}
    number, *above = entry.clause.line
    if ".".join(number.split(".")[:-1]) != "".join(above[:1]):
        # Dots usually tell which clause lies under which; here the standard says so.
        found["u"] = f"{entry.standard}:{above[0]}" if above else ""
    if entry.leaf:
        found["p"] = [_point(point) for point in entry.points]
    return found


def _point(point: RequiredPoint) -> list[Json]:
    """Give a point as words, core point (or nothing), kind of documented information (or nothing)."""
    words = point.text + (f" ({point.amendment})" if point.amendment else "")
    return [words, point.core or "", KIND_WORDS[point.documented] if point.documented else ""]


def _group(topic: Topic, sentences: Sentences) -> dict[str, Json]:
    return {
        "id": topic.id,
        "n": topic.number or "",
        "t": topic.title,
        "c": [clause.ref for clauses in topic.clauses.values() for clause in clauses],
        "also": [one.clause.ref for named in topic.also.values() for one in named],
        "s": [sentences.text(entry.text) for entry in topic.shared if entry.core is not None],
    }


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
