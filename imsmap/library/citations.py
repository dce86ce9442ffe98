"""Clauses as people write them, in one text: lists, ranges, headings, with titles behind the numbers.

`citations` finds of which standards a text speaks, which needs their names only; `cited` finds the clauses, which needs
the standards. What may be left out of a text without changing its sense (section, §, a title that belongs to the
number) is left out; what changes it, or leaves it open, is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from attrs import field

from imsmap.errors import UnknownNameError, UsageError
from imsmap.library import names
from imsmap.library.graph import ClauseGraph
from imsmap.library.model import Head, is_usual_number
from imsmap.nearest import did_you_mean
from imsmap.plain import folded
from imsmap.values import frozen

_BEFORE = (
    "(?:sub-?)?clauses?", "cl", "(?:sub-?)?sections?", "sects?", "secs?", "chapters?", "chap", "ch",
    "para(?:graph)?s?", "nos?", "numbers?", "requirements?", "reqs?", "controls?", "items?", "points?",
    "kapitel", "kap", "(?:unter)?abschnitte?s?", "abschn", "abs", "ziffern?", "ziff", "nr", "nummern?", "punkte?",
    "pkt", "norm(?:punkte?|kapitel|abschnitte?|forderung)", "chapitres?", "articles?", "art",
    "apartados?", "cap[ií]tulos?", "numerales?", "puntos?", "capitol[oi]", "paragraf[oi]",
    "hoofdstuk(?:ken)?", "avsnitt", "klausul", "第",
)  # fmt: skip
"""What people write before the number of a clause, in the languages of Europe."""
_TALK = (
    "see(?: also)?", "cf", "refer to", "ref", "also", "in", "of", "per", "under", "by", "from", "the", "according to",
    "acc(?:ording)? to", "as in", "both", "siehe(?: auch)?", "vgl", "gemäß", "nach", "der", "die", "von", "voir", "de",
    "la", "ver", "del", "e\\.g", "i\\.e",
)  # fmt: skip
"""What people write around a citation, which says nothing."""
_AND = ("and", "und", "et", "y", "e", "en", "och", "og", "or", "oder", "ou", "as well as", "sowie", "plus")
_TO = ("to", "up to", "through", "thru", "till", "until", "bis", "à", "au", "hasta", "al?", "tot(?: en met)?", "till")

_NUMBER = r"(?:(?<![^\W\d_])(?:annex\s+)?[A-Za-z](?:\s?\.\s?|\s|-|)(?=[0-9]))?[0-9]+(?:\s?\.\s?[0-9]+)*(?:\.(?=0))?"
_CONTROL = re.compile(r"\bcontrols?\b", re.IGNORECASE)
_ANNEX = re.compile(
    r"\b(?:annexe?s?|anhang|appendix|anexo|allegato|bijlage|bilaga|bilag|liite|załącznik)\s+(?P<letter>[A-Z])\b"
    r"(?P<before>[\s.,:;-]*(?:(?:controls?|nos?|nr)\b\.?[\s:]*)?(?=[0-9]))?",
    re.IGNORECASE,
)
"""An annex as people call it, and what they write between its letter and the number that it prints: Annex A, 5.9."""
_FILLER = rf"(?:(?:{'|'.join(_BEFORE)})\b\.?[\s:]*|[§¶]\s*|第\s*)*"
_DOTS = re.compile(r"(?<![\w.])[0-9]+(?:[·‧∙•⋅ꞏ・][0-9]+)+(?![\w.])")
"""A number whose dots are raised or thick, as in print."""
_COMMAS = re.compile(r"(?<![\w.,])[0-9]+(?:,[0-9]+)+(?![\w.])")
_GLUED = re.compile(r"(?:_|[^\s\w(\[])[0-9]")
_LETTER = r"(?:\(?[a-z]{1,3}\)|(?<=\s)[a-z]\))"
_LETTERS = re.compile(rf"(?:\s*{_LETTER}|[a-z](?!\w))(?:\s*(?:,|-|/|&|to|bis|and|und)\s*{_LETTER})*", re.IGNORECASE)
_SIGNS = " \t\n.,:;-–()[]{}\"'«»„“”‘’|/&+=•*?!"
_POINT = re.compile(r"#(?P<point>[\w-]+)")
_TITLE_SIGNS = re.compile(r"[\W_]+")
_SHORTENED = 8
"""So many letters of a title tell which one it is."""
_MOST = 2000
"""A text longer than this cites nothing that anybody would read."""


@frozen
class Citation:
    """What a text says of one standard: its key, and the text in which the clauses stand."""

    standard: str
    text: str


@frozen
class Citations:
    """Of which standards a text speaks, in its order; taken: the editions, where none was named."""

    all: tuple[Citation, ...]
    taken: tuple[names.Taken, ...] = ()

    @property
    def standards(self) -> tuple[str, ...]:
        """The keys of the standards."""
        return tuple(dict.fromkeys(one.standard for one in self.all))


@frozen
class Cited:
    """The clauses and points of a text, by full reference; notes: what a person should know of how it was read."""

    refs: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())


# --- of which standards ----------------------------------------------------------------------------------------------


def citations(text: str, heads: Sequence[Head], standard: str = "") -> Citations:
    """Find of which standards a text speaks; standard: the key of the one that is meant where none is named."""
    if len(text) > _MOST:
        raise UsageError(f"{text[:40]!r}... is too long for a clause; write one such as 9001:8.4")
    word = _tidy(text)
    found = tuple(_mentions(word, tuple(heads)))
    if not found:
        if standard and word:
            return Citations((Citation(standard, word),))
        return _alone(text, word, heads)
    taken: list[names.Taken] = []
    parts: list[Citation] = []
    before, waiting = word[: found[0][0]], []
    if _has_number(before):
        if standard:
            parts.append(Citation(standard, before))
            before = ""
    elif not _says_nothing(before):
        raise UnknownNameError(f"no standard {word[: found[0][1]]!r}; {names.nearest(word[: found[0][1]], heads)}")
    else:
        before = ""
    ends = [start for start, _, _ in found[1:]] + [len(word)]
    for (_, stop, named), end in zip(found, ends, strict=True):
        choice = names.standard_key(named, heads)
        taken += [choice.taken] if choice.taken else []
        waiting.append(choice.key)
        rest = word[stop:end]
        if _says_nothing(rest):
            if not before:
                continue
            rest, before = before, ""
        parts += [Citation(key, rest) for key in waiting]
        waiting = []
    if before:
        raise UsageError(f"{before.strip(_SIGNS)!r} does not say of which standard; write 9001:8.4")
    if waiting:
        words = f"names a standard, but a clause is needed; write one such as {found[-1][2].strip()}:4.1"
        raise UsageError(f"{text!r} {words}")
    return Citations(tuple(parts), tuple(dict.fromkeys(taken)))


def standard_of(text: str, heads: Sequence[Head]) -> str:
    """Give the key of the standard that a heading names (ISO 9001:2015, Clause of ISO 9001); nothing for any other."""
    word = _tidy(text)
    found = tuple(_mentions(word, tuple(heads)))
    if len(found) != 1 or not _says_nothing(word[: found[0][0]] + word[found[0][1] :]):
        return ""
    try:
        return names.standard_key(found[0][2], heads).key
    except UnknownNameError:
        return ""


def _alone(text: str, word: str, heads: Sequence[Head]) -> Citations:
    """Take a text in which no standard of the library is named: a name with a typing error, or none at all."""
    if not _says_nothing(word):
        choice = names.reference(word, heads)
        key, _, number = choice.key.partition(":")
        return Citations((Citation(key, number),), (choice.taken,) if choice.taken else ())
    raise UsageError(f"{text!r} is no clause; write one such as 9001:8.4, 9001:2015:8.4 or iso9001-2015:4.1#issues")


def _tidy(text: str) -> str:
    dotted = _DOTS.sub(lambda match: re.sub(r"[^0-9]", ".", match[0]), folded(text))
    lines = (" ".join(line.split()) for line in dotted.splitlines())
    return "\n".join(line for line in lines if line).strip()


def _has_number(text: str) -> bool:
    return re.search(r"(?<![\w])(?:[A-Z]\.)?[0-9]+(?:\.[0-9]+)*", text) is not None


_NOTHING = re.compile(
    rf"(?:\b(?:{'|'.join((*_TALK, *_AND, *_BEFORE))})\b\.?|[§¶]|第|[\s.,:;()\[\]\"'*•/&+=-])*", re.IGNORECASE
)


def _says_nothing(text: str) -> bool:
    return _NOTHING.fullmatch(text) is not None


@lru_cache(4)
def _named(heads: tuple[Head, ...]) -> re.Pattern[str]:
    """Find the names of standards that are called in their own way."""
    called = {name for head in heads for name in (head.key, head.designation, head.series)}
    apart = re.compile(r"(?<=[A-Za-z])(?=[0-9]{4})")  # AS9100 is also written AS 9100
    words = (
        r"\s+".join(apart.sub(r"[\\s-]?", re.escape(part)) for part in name.split())
        for name in sorted(called, key=len, reverse=True)
    )
    return re.compile(rf"(?<![\w.#-])(?:{'|'.join(words)})(?:\s*[:\s-]\s*(?:19|20)[0-9]{{2}})?(?![\w])", re.IGNORECASE)


def _mentions(word: str, heads: tuple[Head, ...]) -> Iterator[tuple[int, int, str]]:
    """Give the names of standards in a text: where they begin and end, and the name."""
    numbers = {names.number_of(head) for head in heads} | {head.family for head in heads}
    patterns = (_named(heads), names.mention()) if heads else (names.mention(),)
    place = 0
    while place < len(word):
        matches = [match for pattern in patterns if (match := _first(pattern, word, place, numbers)) is not None]
        if not matches:
            return
        match = min(matches, key=lambda one: (one.start(), -one.end()))
        yield match.start(), match.end(), match[0]
        place = match.end()


def _first(pattern: re.Pattern[str], word: str, place: int, numbers: set[str]) -> re.Match[str] | None:
    """Find the next name; a bare number of four digits within a text is one only if the library knows it."""
    for match in pattern.finditer(word, place):
        bare = match.groupdict().get("number")
        if bare is None or match["body"] or bare in numbers or not word[: match.start()].strip(_SIGNS):
            return match
    return None


# --- which clauses ---------------------------------------------------------------------------------------------------


def cited(found: Citations, graph: ClauseGraph, *, advise: bool = True) -> Cited:
    """Find the clauses that a text names; the standards must be loaded.

    advise: name the nearest for one that there is not. UnknownNameError for a clause that is not there.
    """
    refs: list[str] = []
    notes: list[str] = []
    for one in found.all:
        reading = _Reading(graph, one, advise)
        refs += reading.refs()
        notes += reading.notes
    return Cited(tuple(dict.fromkeys(refs)), tuple(dict.fromkeys(notes)))


@lru_cache(64)
def _grammar(special: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Give how a number, what divides two of them, and what makes a range of them are written in a standard.

    special: its numbers that have a shape of their own.
    """
    own = "|".join(re.escape(number) for number in sorted(special, key=len, reverse=True))
    number = rf"(?:(?:{own})(?![-.][0-9])|{_NUMBER})" if own else _NUMBER
    # A letter behind the number is an item of the clause; no part of a longer number is a number.
    one = rf"{_FILLER}\.?(?P<number>{number})(?![0-9]|\.[0-9]|[A-Za-z][A-Za-z0-9])"
    ahead = one.replace("?P<number>", "?:")
    words = "|".join(_AND)
    between = rf"(?:\s*[,;/&+|\n•]|\s+(?:{words})(?=\s))+\s*(?={ahead})"
    until = rf"\s*(?:--?>?|=>|~|\.{{2,3}}|→|(?<=\s)(?:{'|'.join(_TO)})(?=\s))\s*{one}"
    return (re.compile(one, re.IGNORECASE), re.compile(between, re.IGNORECASE), re.compile(until, re.IGNORECASE))


class _Reading:
    """A text about one standard under way to its clauses."""

    def __init__(self, graph: ClauseGraph, citation: Citation, advise: bool) -> None:
        """Know how the numbers of the standard look."""
        self._graph = graph
        self._key = citation.standard
        said = _ANNEX.sub(lambda match: match["letter"] + ("." if match["before"] is not None else ""), citation.text)
        self._text = said.lstrip(" \t\n,:;/_-–)").rstrip(_SIGNS.replace(")", ""))
        self._annex = ""
        self._goes_on = said != citation.text
        self._advise = advise
        self._clauses = graph.clauses(self._key)
        special = tuple(clause.number for clause in self._clauses if not is_usual_number(clause.number))
        self._has_own_numbers = bool(special)
        self._one, self._between, self._until = _grammar(special)
        self._last = self._whole_before = "\0"
        self.notes: list[str] = []

    def refs(self) -> list[str]:
        """Give the clauses, in the order in which they are named."""
        text = self._text
        number, mark, point = text.partition("#")
        known = self._known(number.strip())
        if known is not None and (not mark or re.fullmatch(r"[\w-]+", point)):
            return [self._point(known, point)]
        for match in _COMMAS.finditer(text):
            dotted, parts = match[0].replace(",", "."), match[0].replace(",", " and ")
            if self._known(dotted) is not None:
                raise UsageError(f"{match[0]} may be {dotted} or {parts}; write what is meant")
        found: list[str] = []
        place = 0
        for start, stop in [*((m.start(), m.end()) for m in self._between.finditer(text)), (len(text), len(text))]:
            if start < place:
                continue
            found += self._item(text[place:start], "/" in text[:place].rpartition(self._last)[2])
            place = stop
        return found

    def _item(self, text: str, slashed: bool) -> list[str]:
        match = self._one.search(text)
        lead = text[: match.start()] if match else text
        if match is None or not _says_nothing(lead):
            raise UnknownNameError(self._unknown(text.strip(_SIGNS) or text))
        if lead and self._has_own_numbers and self._known(match["number"]) is None:
            # REQ-13 where the standard has REQ-12: what stands before the figures is part of such a number.
            raise UnknownNameError(self._unknown(text.strip(_SIGNS)))
        whole = self._whole(match["number"], slashed or match[0].startswith("."))
        number = self._existing(self._in_annex(whole, text[: match.start("number")]))
        self._last, self._whole_before = match["number"], number
        rest = text[match.end() :]
        control = self._graph.control_printed_as(f"{self._key}:{number}")
        if control is not None and _letters(rest) and _letters(rest) == _letters(control.title):
            self.notes.append(
                f"{number} {control.title} was read as the control {control.number}, which its annex prints so"
            )
            return [control.ref]
        if point := _POINT.match(rest):
            self._words(number, rest[point.end() :])
            return [self._point(number, point["point"])]
        if until := self._until.match(rest):
            found = self._range(number, until["number"])
            self._words(number, rest[until.end() :])
            return found
        if letters := _LETTERS.match(rest):
            self.notes.append(f"{number} {letters[0].strip()} was read as the whole of {number}")
            rest = rest[letters.end() :]
        self._words(number, rest)
        return [f"{self._key}:{number}"]

    def _whole(self, written: str, slashed: bool) -> str:
        """Give the number that the last part of one stands for: 8.5.1/2, and 8.5.1, 2, but not 4.1, 5."""
        above = self._whole_before.rpartition(".")[0]
        longer = f"{above}.{written}"
        if not above or not written.isdecimal() or self._known(longer) is None:
            return written
        main = above.partition(".")[0]
        return longer if slashed or (main.isdecimal() and int(written) < int(main)) else written

    def _in_annex(self, written: str, before: str) -> str:
        """Give the number of a control that is written without its annex's letter, as the annex itself prints it.

        Who names an annex, or controls, goes on in it: Annex A 5.9, 5.10; controls 5.1 and 5.2. Behind A.5.1 alone, 5.2
        is the control where there is no such clause; where there is, only the writer knows.
        """
        if _CONTROL.search(before):
            self._goes_on = True
            letters = (clause.number[0] for clause in self._clauses if clause.is_control)
            self._annex = self._annex or next(letters, "")
        elif re.search(r"[^\W\d_]|§", before):
            self._goes_on, self._annex = False, ""
        if not written[0].isdecimal():
            self._annex = written[0]
            return written
        control = self._known(f"{self._annex}.{written}") if self._annex else None
        if control is None:
            return written
        if not self._goes_on and self._known(written) is not None:
            words = f"may be the clause {written} or the control {control}; write {control} for the control"
            raise UsageError(f"{written} behind {self._last} {words}, and clause {written} for the clause")
        return control

    def _existing(self, written: str) -> str:
        known = self._known(written)
        if known is None and (plain := re.sub(r"(?:\.0+)+$|\.$", "", written)) != written:
            known = self._known(plain)
        if known is None:
            raise UnknownNameError(self._unknown(written))
        return known

    def _known(self, written: str) -> str | None:
        """Give a number as its standard writes it; people leave out the dot behind an annex's letter, or say Annex."""
        known = self._graph.known_number(self._key, written)
        if known is not None or not written:
            return known
        plain = re.sub(r"\s*\.\s*", ".", re.sub(r"^annex\s+", "", written, flags=re.IGNORECASE))
        lettered = re.sub(r"^([A-Za-z])[\s.-]*(?=[0-9])", r"\1.", plain)
        return self._graph.known_number(self._key, plain) or self._graph.known_number(self._key, lettered)

    def _unknown(self, number: str) -> str:
        of = self._graph.standard(self._key).designation
        told = f"no clause {number[:60]} in {of}"
        if not self._advise:
            return told
        for short in (number.rstrip("0"), re.sub(r"(?<![0-9])0+(?=[0-9])", "", number)):
            if short != number and self._known(short) is not None:
                return f"{told}; did you mean {short}?"
        base = self._graph.standard(self._key).supplements
        if base and self._graph.has_clause(f"{base}:{number}"):
            told += f", which adds to {self._graph.label(f'{base}:{number}')}"
        return f"{told}; {names.which_clause(number, [clause.number for clause in self._clauses])}"

    def _point(self, number: str, point: str) -> str:
        clause = f"{self._key}:{number}"
        ref = f"{clause}#{point}"
        if not point:
            return clause
        known = [name for name, _ in self._graph.points(leaf.ref for leaf in self._graph.leaves_under(clause))]
        if ref in known:
            return ref
        same = [name for name in known if name.endswith(f"#{point}")]
        words = {name.partition("#")[2]: name for name in known}
        if same:
            advice = f"did you mean {' or '.join(same)}?"
        else:
            advice = did_you_mean(point, words) if words else "the clause states no requirements"
        raise UnknownNameError(f"no point {point} in {self._graph.label(clause)}; {advice}")

    # --- ranges ------------------------------------------------------------------------------------------------------

    def _range(self, first: str, written: str) -> list[str]:
        """Give every clause from one to another; the end may be the last part of its number only."""
        order = [clause.number for clause in self._clauses]
        above = first.rpartition(".")[0]
        # A.5.1-5.3: who has named the annex once goes on in it.
        annex = first[0] if above and not first[0].isdecimal() and written[0].isdecimal() else ""
        ends = [
            end for end in (f"{above}.{written}" if above else "", f"{annex}.{written}" if annex else written) if end
        ]
        known = [number for end in ends if (number := self._known(end)) is not None]
        after = [number for number in known if order.index(number) >= order.index(first)]
        if len(after) > 1:
            words = " or ".join(f"{first} to {number}" for number in after)
            raise UsageError(f"{first}-{written} may be {words}; write the whole number")
        if not known:
            raise UnknownNameError(self._unknown(written))
        if not after:
            raise UsageError(f"the range {first} to {written} runs backwards; write the smaller number first")
        last = after[0]
        if self._above(first) == self._above(last):
            between = order[order.index(first) : order.index(last) + 1]
            return [f"{self._key}:{number}" for number in between if self._above(number) == self._above(first)]
        ends_with = [leaf.ref for leaf in self._graph.leaves_under(f"{self._key}:{last}")]
        begins_with = [leaf.ref for leaf in self._graph.leaves_under(f"{self._key}:{first}")]
        leaves = [leaf.ref for leaf in self._graph.leaves(self._key)]
        if not ends_with or not begins_with:
            raise UsageError(f"{first} to {last} takes in clauses that ask for nothing; name the ones that are meant")
        return leaves[leaves.index(begins_with[0]) : leaves.index(ends_with[-1]) + 1]

    def _above(self, number: str) -> str:
        up = self._graph.parent(f"{self._key}:{number}")
        return up.number if up else ""

    # --- titles ------------------------------------------------------------------------------------------------------

    def _words(self, number: str, words: str) -> None:
        """Tell what stands behind a number and is not its title."""
        if _GLUED.match(words):
            raise UsageError(f"{words[:80]!r} behind {number} can't be read; write a comma between clauses")
        words = words.strip(_SIGNS)
        if not words or _says_nothing(words):
            return
        said = _letters(words)
        if (other := re.search(r"(?<![\w.])[0-9]+(?:\.[0-9]+)+(?![\w])", words)) and self._known(other[0]):
            raise UsageError(f"{words[:80]!r} behind {number} can't be read; write a comma between clauses")
        if any(_is_title(said, _letters(title)) for title in self._titles(number)):
            return
        title = self._graph.title(f"{self._key}:{number}")
        whose = next(
            (clause.number for clause in self._clauses if clause.title and _letters(clause.title) == said), None
        )
        more = f", but that of {whose}" if whose is not None else ""
        self.notes.append(
            f"{number} is {title!r}; {words[:80]!r} behind it is not its title{more}, and was passed over"
        )

    def _titles(self, number: str) -> Iterable[str]:
        ref = f"{self._key}:{number}"
        clause = self._graph.clause(ref)
        yield from (clause.title, self._graph.title(ref), self._graph.name(ref))
        up = self._graph.parent(ref)
        if up is not None:
            yield from (up.title, f"{up.title} {clause.title}", f"{clause.title} {up.title}")


def _letters(text: str) -> str:
    return _TITLE_SIGNS.sub(" ", folded(text)).strip().casefold()


def _is_title(said: str, title: str) -> bool:
    if not title:
        return False
    return said == title or (len(said) >= _SHORTENED and title.startswith(said)) or said.startswith(f"{title} ")
