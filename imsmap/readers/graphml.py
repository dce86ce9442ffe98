"""GraphML as anybody writes it: edges that say how two clauses stand to each other become relations.

A node is named `key:number`, or its label is. What an edge says stands in `predicate`, `relation` or `relationship`, or
is its label. Nothing of the file is fetched or expanded: a document type is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from xml.parsers import expat

from attrs import define, field

from imsmap import about
from imsmap.errors import DataError, Problem
from imsmap.interchange import refs_of
from imsmap.library.model import HUB, split_ref
from imsmap.plain import legible
from imsmap.readers.brought import Around, Brought
from imsmap.readers.foreign import Said, Side, Taker, gathered, places_of
from imsmap.readers.tables import content_of

ABOUT = about.Reader(name="GraphML", suffixes=(".graphml", ".xml"), place=125)

_PREDICATES = ("predicate", "relation", "relationship", "label")
_SAID = ("id", "strength", "confidence", "author", "source", "justification", "shared", "differs", "affirmed")
_OTHERS = ("kind", "rationale", *_PREDICATES)
_RELATION, _CORE, _TOGETHER = "relation", "says", "several together"
_CLAUSES = ("leaf clause", "heading")
_ONE_WAY = re.compile(r"sub|super|broad|narrow|⊂|⊆|⊃|⊇", re.IGNORECASE)
_NAME = re.compile(r"([A-Za-z_][\w .+-]*):(\S.*)")
_DEPTH = 50


@define
class _Part:
    """A node or an edge under way: where it stands, and what is told of it."""

    line: int
    named: Mapping[str, str]
    directed: bool = True
    told: dict[str, str] = field(factory=dict)

    def say(self, *names: str) -> str:
        """Give the first of some attributes that says anything."""
        return next((self.told[name].strip() for name in names if self.told.get(name, "").strip()), "")


def takes(beginning: bytes) -> bool:
    """Tell whether a file begins as GraphML does."""
    return b"<graphml" in beginning[:4096]


def bring(path: Path, shown: str, around: Around) -> Brought:
    """Read a network; DataError for a file that is no GraphML. What is wrong with an edge is told with its line."""
    return gathered(gather, ABOUT.name, path, shown, around)


def gather(path: Path, shown: str, around: Around, gathering: Taker) -> None:
    """Let who gathers take every edge; DataError for a file that is no GraphML."""
    nodes, edges = _read(content_of(str(path), shown), shown)
    reading = _Reading(shown, nodes, around, gathering)
    reading.clauses()
    for edge in edges:
        reading.edge(edge)
    reading.tell()


def _read(content: bytes, shown: str) -> tuple[dict[str, _Part], list[_Part]]:
    """Read nodes and edges with what is told of each."""
    nodes: dict[str, _Part] = {}
    edges: list[_Part] = []
    names: dict[str, str] = {}
    stack: list[_Part | None] = []
    text: list[str] = []
    key, usual = "", True
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal key, usual
        tag = tag.rpartition(":")[2]
        stack.append(None)
        if len(stack) > _DEPTH:
            raise DataError([Problem(shown, parser.CurrentLineNumber, "is nested too deeply for a network")])
        if tag == "key":
            names[attributes.get("id", "")] = attributes.get("attr.name", attributes.get("id", ""))
        elif tag == "graph":
            usual = attributes.get("edgedefault") != "undirected"
        elif tag == "node":
            stack[-1] = nodes[attributes.get("id", "")] = _Part(parser.CurrentLineNumber, attributes)
        elif tag == "edge":
            directed = {"true": True, "false": False}.get(attributes.get("directed", ""), usual)
            edges.append(_Part(parser.CurrentLineNumber, attributes, directed))
            stack[-1] = edges[-1]
        elif tag == "data":
            key = names.get(attributes.get("key", ""), attributes.get("key", ""))
            text.clear()

    def end(tag: str) -> None:
        stack.pop()
        if tag.rpartition(":")[2] == "data":
            part = next((one for one in reversed(stack) if one is not None), None)
            said = " ".join("".join(text).split())
            if part is not None and said:
                part.told[key if key != "edgelabel" else "label"] = said

    def refuse(*_: object) -> None:
        words = "holds a document type or entities, which no network needs and which can do harm; nothing was read"
        raise DataError([Problem(shown, parser.CurrentLineNumber, words)])

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text.append
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        words = f"is no XML: {expat.ErrorString(error.code)}; export it again"
        raise DataError([Problem(shown, error.lineno, words)]) from None
    return nodes, edges


class _Reading:
    """A network under way to relations."""

    def __init__(self, shown: str, nodes: Mapping[str, _Part], around: Around, gathering: Taker) -> None:
        """Know what each node is called."""
        self._shown, self._nodes, self._gathering = shown, nodes, gathering
        self._held = {head.key for head in around.heads} - around.replaceable
        self._called = {id_: node.say("label") for id_, node in nodes.items() if node.say("kind") == "standard"}
        self._passed: Counter[str] = Counter()
        self._besides: Counter[str] = Counter()

    def clauses(self) -> None:
        """Let standards that the library does not hold have the clauses that the file says are some."""
        for id_, node in self._nodes.items():
            key, _, number = id_.partition(":")
            if node.say("kind") in _CLAUSES and number and key not in self._held:
                self._gathering.name(self._called.get(key) or key, number, node.say("text"))

    def edge(self, edge: _Part) -> None:
        """Take an edge that is a relation, or note why it can't be."""
        kind = edge.say("kind")
        if kind and kind not in (_RELATION, _CORE):
            self._passed[legible(kind[:40])] += 1
            return
        at = f"line {edge.line}"
        ends = [self._end(edge, end, at) for end in ("source", "target")]
        subject, object_ = ends
        if subject is None or object_ is None:
            return
        predicate = edge.say(*_PREDICATES)
        if not edge.directed and _ONE_WAY.search(predicate):
            words = f"says {legible(predicate[:40])} and has no direction, so that either may be the smaller"
            self._fault("undirected", edge.line, at, words)
            return
        self._besides.update(legible(name[:40]) for name in edge.told if name not in (*_SAID, *_OTHERS))
        said = {name: edge.told.get(name, "") for name in _SAID}
        self._gathering.take(
            Said(
                self._shown, edge.line, at, subject, object_, predicate, False, said["id"].rpartition("#")[2],
                said["strength"], said["confidence"], said["author"], said["source"], said["justification"],
                said["shared"] or ("" if "differs" in edge.told else edge.told.get("rationale", "")), said["differs"],
                said["affirmed"] or None,
            )
        )  # fmt: skip

    def _end(self, edge: _Part, end: str, at: str) -> Side | None:
        id_ = edge.named.get(end, "")
        node = self._nodes.get(id_)
        if node is None:
            self._fault("node", edge.line, at, f"its {end} {legible(id_[:60])!r} is no node of the file")
            return None
        if id_.startswith("core:") and node.say("kind") == "core point":
            return Side(HUB, (id_.partition(":")[2],))
        if node.say("kind") == "standard":
            return Side(id_ if id_ in self._held else node.say("label") or id_, ("",))
        match = next((found for name in (id_, node.say("label")) if (found := _NAME.fullmatch(name))), None)
        if match is None:
            words = (
                f"its {end} {legible((node.say('label') or id_)[:60])!r} is no clause of a standard, as key:number is"
            )
            self._fault("name", edge.line, at, words)
            return None
        key, name = match.groups()
        refs = refs_of(key, name) if node.say("kind") == _TOGETHER else (f"{key}:{name}",)
        names = tuple(ref.partition(":")[2] for ref in refs)
        title = node.say("text") if len(refs) == 1 and split_ref(refs[0])[2] is None else ""
        return Side(key if key in self._held else self._called.get(key) or key, names, (title,))

    def _fault(self, kind: str, line: int, at: str, words: str) -> None:
        self._gathering.faults.add(kind, self._shown, line, at, words)

    def tell(self) -> None:
        """Say what has no place here."""
        for what, found in (("edges of other kinds", self._passed), ("what has no place here on edges", self._besides)):
            if found:
                self._gathering.notices.append(f"{what} were passed over: {places_of(found)}")
