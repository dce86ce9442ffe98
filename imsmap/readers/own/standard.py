"""Rows of a list become clauses, points and relations; what does not fit is told with its cell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import define, field

from imsmap.errors import ImsmapError
from imsmap.library.load.sets import Set
from imsmap.library.model import (
    ALL_CLAUSES,
    KIND_WORDS,
    NO_STRUCTURE,
    AuditQuestion,
    Clause,
    Documented,
    MappingSet,
    Point,
    Relation,
    Standard,
    Topic,
    is_number,
)
from imsmap.library.relationships import PREDICATES
from imsmap.nearest import did_you_mean
from imsmap.plain import folded
from imsmap.readers.brought import Around, Brought, Faults, Place
from imsmap.readers.mapping import relation_of
from imsmap.readers.own import legal
from imsmap.readers.own.columns import DASH
from imsmap.readers.own.head import Head, key_of
from imsmap.readers.own.rows import Row, Table
from imsmap.register.cells import Key, Value

POINT = "requirement"
"""The id of what a row asks for: the same whatever it says, so that answers stay with it."""
USUAL, STRENGTH, NO_RELATION = "intersects-with", 5, "no-relationship"
"""The relation and the strength of rows that say none: something is shared, and no more is claimed."""
_WITHIN = ("equal-to", "superset-of")
"""The relations that say that a requirement asks for all that a clause does: for each of its points."""
_AFTER = ("8", "8.1")
"""Where readers find what belongs to no other topic: with operation."""
_MOST_TEXT, _WORDS = 500, 8


@define
class _Line:
    """A row under way to a clause."""

    row: Row
    number: str
    title: str
    parent: str | None = None
    core: str = ""
    topic: str = ""
    refs: list[str] = field(factory=list)
    is_lost: bool = False
    """Whether it names something that is not there, so that what only follows from that need not be told."""

    @property
    def asks(self) -> bool:
        """Tell whether it asks for something."""
        return bool(self.row.text("text"))


class Making:
    """One list under way to a standard."""

    def __init__(self, table: Table, head: Head, around: Around, faults: Faults) -> None:
        """Know what the library offers to belong to."""
        self._table, self._head, self._around, self._faults = table, head, around, faults
        self._notices = list(table.notices)
        self._lines = [_Line(row, "", "") for row in table.rows]
        self._topics = {topic.id: topic for topic in around.common.topics}
        self._by_title = {topic.title.casefold(): topic.id for topic in self._topics.values()}
        self._hub = {clause.number for clause in around.common.hub_clauses if clause.points}
        self._own: dict[str, Topic] = {}
        self._untitled = self._unsaid = 0
        self._is_legal = legal.is_legal(table)
        self._answers: dict[Key, Value] = {}

    def brought(self) -> Brought:
        """Read every row, and give what came of them with every problem."""
        self._numbers()
        self._parents()
        for line in self._lines:
            self._belongs(line)
        clauses = tuple(self._clause(line) for line in self._lines)
        sets = self._sets()
        if self._is_legal:
            sets = _together(sets, legal.sets(self._head, self._around))
        self._tell()
        head = self._head
        standard = Standard(
            head.key, head.name, head.title, head.discipline, head.edition, head.published or self._around.day,
            "current", NO_STRUCTURE, head.author, 1.0, head.source, clauses,
            disciplines=() if head.own is None else (head.own,), topics=tuple(self._own.values()),
            audit_questions=tuple(self._question(topic) for topic in self._own.values()),
            not_applicable=(ALL_CLAUSES,),
        )  # fmt: skip
        places: dict[str, Place] = {head.key: (self._table.path, self._table.header)}
        for line in self._lines:
            places[f"{head.key}:{line.number}"] = (self._table.path, line.row.line)
        for _, relations in sets:
            for relation in relations:
                places[relation.id] = places.get(relation.subject[0].partition("#")[0], places[head.key])
        return Brought(
            "list of requirements", (standard,), sets, self._faults.problems(), notices=tuple(self._notices),
            places=places, answers=self._answers,
        )  # fmt: skip

    def _fault(self, kind: str, line: int, key: str, words: str) -> None:
        self._faults.add(kind, self._table.path, line, self._table.cell(key, line), words)

    # --- numbers and headings ------------------------------------------------------------------------------------

    def _numbers(self) -> None:
        first: dict[str, int] = {}
        for line in self._lines:
            at = line.row.line
            line.number = folded(line.row.line_of("number")).rstrip(".").strip()
            line.title = line.row.line_of("title")
            if not line.number:
                self._fault("no number", at, "number", "is blank; give the requirement a number of its own")
            elif not is_number(line.number):
                words = f"{line.number[:60]!r} is no number; write one such as 4.1, A.5.9 or REQ-12"
                self._fault("bad number", at, "number", words)
            elif line.number in first:
                words = f"{line.number} is in row {first[line.number]} already; "
                later = self._tenth(line.number)
                words += (
                    f"was {later} meant? Set the column's format to Text" if later else "each has a number of its own"
                )
                self._fault("twice", at, "number", words)
            first.setdefault(line.number, at)

    def _tenth(self, number: str) -> str:
        """Give the number that a spreadsheet may have shortened to one that is here twice: 8.10, if 8.9 is here."""
        above, dot, last = number.rpartition(".")
        there = {line.number for line in self._lines}
        return f"{number}0" if dot and last.isdecimal() and f"{above}.{int(last) * 10 - 1}" in there else ""

    def _parents(self) -> None:
        there = {line.number for line in self._lines if line.number}
        above: dict[str, str] = {}
        for line in self._lines:
            said = folded(line.row.line_of("under")).rstrip(".").strip()
            by_dots = _above(line.number)
            if said and said not in there:
                self._fault(
                    "no parent", line.row.line, "under", f"no row has the number {said}; {did_you_mean(said, there)}"
                )
                said = ""
            nearest = said or next((one for one in by_dots if one in there), "")
            if nearest:
                above[line.number] = nearest
            if nearest != (by_dots[0] if by_dots else ""):
                line.parent = nearest
        for line in self._lines:
            circle = _circle(line.number, above)
            if circle:
                words = f"leads back to {line.number} itself: {' under '.join(circle)}; correct one of them"
                self._fault("circle", line.row.line, "under" if line.row.line_of("under") else "number", words)
        headings = set(above.values())
        for line in self._lines:
            at, text = line.row.line, line.row.text("text")
            if line.number in headings and text:
                words = (
                    f"{line.number} is a heading of others, and asks for nothing itself; give this a number beneath it"
                )
                self._fault("heading", at, "text", words)
            elif line.number and line.number not in headings and not text:
                words = (
                    f"is blank, and nothing stands under {line.number}; write what it asks for, or leave the row out"
                )
                self._fault("nothing", at, "text", words)
            if len(text) > _MOST_TEXT:
                self._fault("long", at, "text", f"has {len(text)} characters; say it in {_MOST_TEXT} or fewer")
            if not line.title:
                self._untitled += 1
                words_ = text.split()
                line.title = " ".join(words_[:_WORDS]) + (" ..." if len(words_) > _WORDS else "") or line.number

    # --- what rows belong to -------------------------------------------------------------------------------------

    def _belongs(self, line: _Line) -> None:
        said = line.row.text("belongs")
        for part in filter(None, (one.strip() for one in re.split(r"[;\n]", said))):
            name = part.partition(DASH)[0].strip()
            word = folded(name).casefold()
            if word in self._around.common.core_points:
                if line.core:
                    words = (
                        f"names two core points, {line.core} and {word}; a requirement is one of them: split the row"
                    )
                    self._fault("two cores", line.row.line, "belongs", words)
                line.core = line.core or word
            elif (topic := self._topic(word)) and line.topic in ("", topic):
                line.topic = topic
            elif topic:
                words = f"names two topics, {line.topic} and {topic}; a requirement has one home: keep one"
                self._fault("two topics", line.row.line, "belongs", words)
            else:
                self._cite(line, name)
        if line.refs and not line.row.text("text"):
            self._fault(
                "heading tied", line.row.line, "belongs", "stands on a heading; write it beside what it asks for"
            )

    def _topic(self, word: str) -> str:
        """Give the topic that a word names: by its id or title, or a clause of the common structure by its number."""
        bare = re.sub(r"^(?:topic|clause|hs)\s+", "", word)
        if bare in self._topics or bare in self._hub:
            return bare
        return self._by_title.get(bare, "")

    def _cite(self, line: _Line, part: str) -> None:
        try:
            refs = self._around.cite(part, "")
        except ImsmapError as error:
            line.is_lost = True
            known = [*self._around.common.core_points, *self._topics]
            advice = did_you_mean(part, known, otherwise="") if not re.search(r"\d", part) else ""
            words = f"{part[:60]!r} is no core point, topic or clause: {advice or error}"
            self._fault("unknown", line.row.line, "belongs", words)
            return
        ours = [ref for ref in refs if ref.startswith(f"{self._head.key}:")]
        if ours:
            self._fault("itself", line.row.line, "belongs", f"{part} is of this list itself; name clauses of others")
        line.refs += [ref for ref in refs if ref not in line.refs and ref not in ours]

    # --- values ----------------------------------------------------------------------------------------------------

    def _clause(self, line: _Line) -> Clause:
        head, text = self._head, line.row.text("text")
        if not line.asks:
            return Clause(head.key, line.number, 1.0, head.source, line.title, parent=line.parent)
        point = Point(
            POINT, " ".join(text.split()), 1.0, head.source, line.core or None,
            None if line.core else line.title, self._documented(line),
        )  # fmt: skip
        obligation = None
        if self._is_legal:
            ref = f"{head.key}:{line.number}"
            obligation = legal.obligation(line.row, self._table, self._faults)
            self._answers |= legal.answers(line.row, ref, f"{ref}#{POINT}", self._table, self._faults)
        topic = line.topic or (None if line.core else self._own_topic(line))
        return Clause(
            head.key, line.number, 1.0, head.source, line.title, (point,), topic, parent=line.parent,
            obligation=obligation,
        )  # fmt: skip

    @cached_property
    def _by_number(self) -> Mapping[str, _Line]:
        return {line.number: line for line in self._lines}

    def _own_topic(self, line: _Line) -> str:
        """Make a topic of the main heading above a row that belongs nowhere else; of its law, or of the list itself."""
        if self._is_legal and line.row.line_of("law"):
            law = legal.topic(line.row, self._head, self._around, _AFTER)
            self._own.setdefault(law.id, law)
            return law.id
        by_number = self._by_number
        top = line
        seen = {top.number}
        while (above := _of(top)) in by_number and above not in seen:
            top = by_number[above]
            seen.add(above)
        whole = top is line or top.asks
        title = self._head.name if whole else top.title
        id_ = self._head.key if whole else f"{self._head.key}-{key_of(top.number)}"
        self._own.setdefault(id_, Topic(id_, title, *_AFTER))
        return id_

    def _question(self, topic: Topic) -> AuditQuestion:
        """Ask what an auditor asks of any list: nobody else has a question for its topics."""
        head = self._head
        return AuditQuestion(
            topic.id,
            f"How do you know that what {head.name} asks for under {topic.title} is met?"
            if topic.title != head.name
            else f"How do you know that what {head.name} asks for is met?",
            "For each requirement who sees to it, how it is done, and what shows it.",
            "The documents and records that are asked for, and examples from the work.",
            head.author, 1.0, head.source,
        )  # fmt: skip

    def _documented(self, line: _Line) -> Documented | None:
        what, kind = line.row.line_of("documented"), folded(line.row.line_of("kind")).casefold()
        by_word = {word: key for key, word in KIND_WORDS.items()} | {key: key for key in KIND_WORDS}
        if kind and kind not in by_word:
            words = f"{kind!r} is no kind; {did_you_mean(kind, KIND_WORDS.values())}"
            self._fault("kind", line.row.line, "kind", words)
        if kind and not what:
            self._fault("no document", line.row.line, "documented", "is blank, and a kind is given; say which it is")
        return Documented(by_word.get(kind, "available"), what) if what else None

    # --- relations -------------------------------------------------------------------------------------------------

    def _sets(self) -> tuple[Set, ...]:
        head = self._head
        found: defaultdict[str, list[Relation]] = defaultdict(list)
        for line in self._lines:
            by_standard: defaultdict[str, list[str]] = defaultdict(list)
            for ref in line.refs:
                by_standard[ref.partition(":")[0]].append(ref)
            said = self._relation(line) if line.refs or line.row.line_of("relation") else USUAL
            for other, refs in by_standard.items():
                for ref in refs:
                    found[other].append(self._stated(line, other, ref, said))
        return tuple(
            (MappingSet(_name(head.key, other), head.key, other, "part", bridges=False), tuple(relations))
            for other, relations in found.items()
        )

    def _relation(self, line: _Line) -> str:
        said = line.row.line_of("relation")
        found = relation_of(said.partition(DASH)[0])
        if said and not line.refs and not line.is_lost:
            words = "is given, and no clause of another standard under Belongs to; name it, or empty this cell"
            self._fault("no clause", line.row.line, "relation", words)
        if found == "":
            words = f"{said[:40]!r} is no relation; {did_you_mean(said, list(PREDICATES))}"
            self._fault("relation", line.row.line, "relation", words)
        self._unsaid += found is None
        return found or USUAL

    def _stated(self, line: _Line, other: str, ref: str, said: str) -> Relation:
        head, row = self._head, line.row
        none = said == NO_RELATION
        written = row.line_of("strength")
        if written and (none or not re.fullmatch(r"[1-9]|10", written)):
            words = (
                "has no place beside no-relationship" if none else f"{written[:20]!r} is no whole number from 1 to 10"
            )
            self._fault("strength", row.line, "strength", f"{words}; empty or correct it")
            written = ""
        shared, differs = row.line_of("shared"), row.line_of("differs")
        if none and shared:
            self._fault("shared", row.line, "shared", "says what is shared, and the relation is none; correct one")
        return Relation(
            f"{_name(head.key, other)}#{key_of(line.number)}--{key_of(ref.partition(':')[2])}",
            (f"{head.key}:{line.number}" + ("" if other in self._around.by_clause else f"#{POINT}"),),
            said,
            self._around.points(ref) if said in _WITHIN and other not in self._around.by_clause else (ref,),
            "Stated in the list by whoever wrote it.",
            1.0,
            head.author,
            head.source,
            None if none else int(written or STRENGTH),
            "" if none else shared or f"What is asked for here belongs to it, as {head.author} says.",
            differs or ("The list says that there is none, and not why." if none else "The list does not say."),
        )

    # --- what is told ----------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        path = self._table.path
        if unread := legal.unread(self._table):
            self._notices.append(unread)
        if self._untitled:
            self._notices.append(f"{path}: {self._untitled} without a title are called by their first words")
        if self._unsaid:
            words = f"without a relation are read as {USUAL}, which says that something is shared, and no more"
            self._notices.append(f"{path}: {self._unsaid} that name clauses {words}")
        if self._own:
            names = ", ".join(topic.title for topic in self._own.values())
            words = f"what belongs to no core point and no topic stands under topics of its own: {names}"
            self._notices.append(f"{path}: {words}")


def _together(stated: tuple[Set, ...], others: tuple[Set, ...]) -> tuple[Set, ...]:
    """Put the relations with one standard into one set."""
    found = {one.name: (one, relations) for one, relations in stated}
    for one, relations in others:
        before = found.get(one.name)
        found[one.name] = (one, relations) if before is None else (before[0], (*before[1], *relations))
    return tuple(found.values())


def _name(key: str, other: str) -> str:
    return f"{key}--{other}"


def _of(line: _Line) -> str:
    """Give the number of the heading above a line."""
    if line.parent is not None:
        return line.parent
    return next(iter(_above(line.number)), "")


def _above(number: str) -> list[str]:
    """Give the numbers above one as its dots tell them, the nearest first."""
    found = []
    while "." in number:
        number = number.rpartition(".")[0]
        found.append(number)
    return found


def _circle(number: str, above: Mapping[str, str]) -> Sequence[str]:
    """Give the way from a number back to itself; nothing where there is none."""
    way = [number]
    while (up := above.get(way[-1], "")) and up not in way:
        way.append(up)
    return [*way, up] if up and up == number else ()
