"""Where the standards speak of something: clauses and points by word, the strongest first, over the whole library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from attrs import evolve

from imsmap import about
from imsmap.errors import UnknownNameError, UsageError
from imsmap.library.graph import ClauseGraph
from imsmap.library.guides import UsualWord
from imsmap.library.model import Clause, Point
from imsmap.nearest import near
from imsmap.parts import ClauseName, Side, clause_name, side_json, sides
from imsmap.report import NOTHING, Column, Json, Ref, Report, Row, Table
from imsmap.revision import Edition, Editions
from imsmap.values import frozen
from imsmap.wording import counted, listed, marked

ABOUT = about.Question(short="Clauses and points by word", takes="own", place=35, guides=True)

_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "es", "ed", "s", "y", "e")
_SHORTEST = 4
"""What is left of a word without its ending has at least so many letters."""
_WHOLE = 5
"""A stem that is shorter must be the whole of another word's stem: plan is not in plant."""
_EMPTY = frozenset(
    (
        "a", "all", "an", "and", "any", "are", "as", "at", "be", "but", "by", "can", "do", "for", "from",
        "has", "have", "how", "if", "in", "into", "is", "it", "its", "may", "must", "no", "nor", "not", "of",
        "off", "on", "or", "our", "shall", "should", "so", "such", "than", "that", "the", "their", "them",
        "then", "there", "these", "they", "this", "those", "to", "up", "was", "were", "what", "when", "where",
        "which", "who", "will", "with", "you", "your",
    )
)  # fmt: skip
"""Words that stand in every clause and say nothing of what it is about."""
_TITLE, _POINT, _USUAL = 100, 40, 15
"""What it counts that a title or a point holds the word; and what it costs that it holds the standards' word for it."""
_EACH, _MOST_POINTS, _HEADING = 2, 10, 7
"""What each point counts, and so many at most; what it costs to be a heading, under which the clause itself stands."""


@frozen
class Question:
    """Of what the standards should speak: calibration, external provider, life cycle.

    first: the keys of the editions that stand for the others of their standards, such as the project's.
    """

    word: str
    first: tuple[str, ...] = ()


@frozen
class Found:
    """A clause that speaks of it; points: those that do. words: what was found there. title: its title holds one.

    editions: where it stands in those for which its own is told.
    """

    clause: ClauseName
    side: Side
    title: bool
    points: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    rank: int
    editions: tuple[Edition, ...] = ()


@frozen
class FindAnswer:
    """The clauses that speak of a word, the strongest first; usual: the standards' words that were looked for, too."""

    word: str
    usual: tuple[str, ...]
    clauses: tuple[Found, ...]
    folded: frozenset[str] = frozenset()
    """The clauses (their references) that are told beside the one of another edition."""

    @property
    def told(self) -> tuple[Found, ...]:
        """The clauses that are told for themselves: each of one edition of its standard."""
        return tuple(one for one in self.clauses if one.clause.ref not in self.folded)


def analyse(graph: ClauseGraph, question: Question) -> Report[FindAnswer]:
    """Find the clauses and points that speak of something, by its word or the standards' own words for it."""
    word = _telling(question.word)
    typed = _stems(word)
    if not typed:
        said = " ".join(question.word.split())
        why = "says nothing by itself, as it stands everywhere" if _stems(said) else "holds no word to look for"
        raise UsageError(f"{said!r} {why}; write what you look for, as in: imsmap find calibration")
    usual = _usual(typed, graph.library.usual_words)
    wanted = [(word, typed, 0), *((one, _stems(one), _USUAL + place) for place, one in enumerate(usual))]
    found: list[Found] = []
    holding: dict[str, Side] = {}
    for side in sides(graph, tuple(standard.key for standard in graph.standards)):
        for clause in graph.clauses(side.key):
            if (one := _in_clause(graph, side, clause, wanted)) is not None:
                found.append(one)
                holding[side.key] = side
    if not found:
        raise UnknownNameError(f"no clause and no point speaks of {word!r}; {_advice(graph, word)}")
    editions = Editions(graph, question.first)
    found = [evolve(one, editions=editions.others(one.clause.ref)) for one in found]
    folded = frozenset(clause.ref for one in found for edition in one.editions for clause in edition.clauses)
    # What is equally strong keeps the order of the standards and their clauses.
    answer = FindAnswer(word, usual, tuple(sorted(found, key=lambda one: -one.rank)), folded)
    return Report(
        "find",
        f"What speaks of {word}",
        graph.library.version,
        (_table(answer),),
        answer,
        to_json,
        _message(answer),
        (
            f"Looked for in titles, points and documented information, in our own words. Mapping data "
            f"{graph.library.version} ({graph.library.released}): consult the standards.",
        ),
        standards=tuple(holding.values()),
    )


def _telling(text: str) -> str:
    """Leave out at either end what says nothing: of `the suppliers`, suppliers are looked for."""
    words = text.split()
    while words and _says_nothing(words[0]):
        del words[0]
    while words and _says_nothing(words[-1]):
        del words[-1]
    return " ".join(words)


def _says_nothing(word: str) -> bool:
    return set(_WORD.findall(word.casefold())) <= _EMPTY


def _usual(typed: tuple[str, ...], known: Iterable[UsualWord]) -> tuple[str, ...]:
    """Give the words of standards for what somebody typed."""
    found: dict[str, None] = {}
    for word in known:
        if any(_stems(said) == typed for said in word.says):
            found |= dict.fromkeys(one for one in word.means if _stems(one) != typed)
    return tuple(found)


def _in_clause(
    graph: ClauseGraph, side: Side, clause: Clause, wanted: Sequence[tuple[str, tuple[str, ...], int]]
) -> Found | None:
    named = {word: _TITLE - less for word, stems, less in wanted if _holds(clause.title, stems)}
    held = _held(clause, wanted)
    if not named and not held:
        return None
    leaves = graph.leaves_under(clause.ref)
    beneath = held if clause.points else {k: v for leaf in leaves for k, v in _held(leaf, wanted).items()}
    rank = max(named.values(), default=0) + max((_POINT - less for _, less in beneath.values()), default=0)
    rank += _EACH * min(len(beneath), _MOST_POINTS) - (0 if clause.points else _HEADING)
    told = tuple(
        (clause.point_ref(point), marked(point.text, point.confidence))
        for point in clause.points
        if clause.point_ref(point) in held
    )
    words = tuple(word for word, _, _ in wanted if word in named or any(word in ones for ones, _ in held.values()))
    return Found(clause_name(graph, clause.ref), side, bool(named), told, words, rank)


def _held(clause: Clause, wanted: Sequence[tuple[str, tuple[str, ...], int]]) -> dict[str, tuple[tuple[str, ...], int]]:
    """Give the points of a clause that hold one of the words: which, and what the best of them costs."""
    found = {}
    for point in clause.points:
        texts = _texts(point)
        words = [(word, less) for word, stems, less in wanted if any(_holds(text, stems) for text in texts)]
        if words:
            found[clause.point_ref(point)] = (tuple(word for word, _ in words), min(less for _, less in words))
    return found


def _texts(point: Point) -> tuple[str, ...]:
    documented = point.documented
    return tuple(filter(None, (point.text, point.adds, None if documented is None else documented.what)))


def _holds(text: str, wanted: tuple[str, ...]) -> bool:
    """Tell whether words stand one after another in a text."""
    first, rest = wanted[0], wanted[1:]
    if first not in _line(text):  # most texts do not, and this is told at once
        return False
    stems = _stems(text)
    return any(
        _like(first, other) and all(map(_like, rest, stems[start + 1 :]))
        for start, other in enumerate(stems[: len(stems) - len(rest)])
    )


def _like(word: str, other: str) -> bool:
    return word == other or (len(word) >= _WHOLE and other.startswith(word))


@cache
def _line(text: str) -> str:
    return " ".join(_stems(text))


@cache
def _stems(text: str) -> tuple[str, ...]:
    return tuple(_stem(word.casefold()) for word in _WORD.findall(text))


def _stem(word: str) -> str:
    """Cut the ending off, so that calibrate, calibrated and calibration are one word."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            cut = word[: -len(ending)]
            return cut[:-1] if len(cut) > _SHORTEST and cut[-1] == cut[-2] and cut[-1] not in "sl" else cut
    return word


def _advice(graph: ClauseGraph, word: str) -> str:
    known = {one for usual in graph.library.usual_words for one in usual.says}
    for standard in graph.standards:
        for clause in graph.clauses(standard.key):
            known |= {one.casefold() for one in _WORD.findall(clause.title) if len(one) >= _SHORTEST}
    close = near(word, sorted(known))
    return f"did you mean {listed(close, 'or')}?" if close else "try a plainer or a shorter word"


def _message(answer: FindAnswer) -> str:
    points = sum(len(one.points) for one in answer.told)
    first = answer.told[0]
    looked = f", or of {listed(answer.usual, 'or')} as the standards say" if answer.usual else ""
    count = len(answer.told)
    return (
        f"{counted(count, 'clause')} with {counted(points, 'point')} {'speaks' if count == 1 else 'speak'} of "
        f"{answer.word}{looked}. Strongest: {first.side.designation}, {first.clause.words}. "
        f"More of it: imsmap show {first.clause.ref}."
    ).replace("\u00a0", " ")


def to_json(answer: FindAnswer) -> dict[str, Json]:
    """Give the answer as its JSON contract says."""
    standards = {one.side.key: side_json(one.side) for one in answer.clauses}
    return {
        "word": answer.word,
        "usual_words": list(answer.usual),
        "standards": [standards[key] for key in sorted(standards)],
        "clauses": [
            {
                "clause": one.clause.ref,
                "title": one.clause.title,
                "in_title": one.title,
                "words": list(one.words),
                "points": [{"id": ref, "text": text} for ref, text in one.points],
            }
            for one in answer.clauses
        ],
    }


def _table(answer: FindAnswer) -> Table:
    columns = (
        Column("clause", "Clause", "clause", 40),
        Column("standard", "Standard", "text", 16),
        Column("points", "Points that speak of it, in our words", "list", 60),
        Column("words", "Found by", "list", 20),
        Column("editions", "In other editions", "list", 26),
    )
    rows = tuple(
        Row(
            one.clause.ref,
            (
                Ref(one.clause.ref, one.clause.words),
                one.side.designation,
                tuple(text for _, text in one.points) or ("its title",),
                one.words,
                tuple(edition.words for edition in one.editions) or NOTHING,
            ),
            standard=one.side.key,
        )
        for one in answer.told
    )
    return Table("clauses", "Clauses, the strongest first", columns, rows)
