"""Libraries of CISO Assistant: a framework becomes a standard held by clauses, mapping sets become ones of ours.

What a requirement asks for stays out: it is text of a standard, which `imsmap text add` keeps at home.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from attrs import evolve

from imsmap import about
from imsmap.errors import DataError, Problem
from imsmap.interchange import CISO, ciso_name
from imsmap.library.load.parsing import parse
from imsmap.library.load.tree import Tree
from imsmap.library.model import Clause, Standard, parent_number, split_ref
from imsmap.library.relationships import turned
from imsmap.plain import legible
from imsmap.readers import csv
from imsmap.readers.brought import Around, Brought
from imsmap.readers.foreign import Said, Side, Taker, gathered, places_of
from imsmap.readers.tables import content_of

ABOUT = about.Reader(name="library of CISO Assistant", suffixes=(".yaml", ".yml"), place=130)

_OURS = re.compile(rb"^(?:urn|objects)[ \t]*:", re.MULTILINE)
_NULL = ("", "~", "null", "none")
_RATIONALES = ("syntactic", "semantic", "functional")
_MOST_TITLE = 200
_MOST_BYTES = 30_000_000
"""So large a library may be: YAML takes ten times as long as JSON, and whoever waits shall be told why at once."""
_RELATIONS = {word: name for name, word in CISO.items()}
Path_ = tuple[str | int, ...]


def takes(beginning: bytes) -> bool:
    """Tell whether a file begins as a library does: with its address, or with what it holds."""
    return _OURS.search(beginning) is not None


def bring(path: Path, shown: str, around: Around) -> Brought:
    """Read a library; DataError for a file that is no YAML or holds neither framework nor mapping set."""
    readings: list[_Reading] = []

    def whole(path: Path, shown: str, around: Around, gathering: Taker) -> None:
        reading = _read(path, shown, around, gathering)
        readings.append(reading)
        for framework in reading.frameworks:
            framework.take(gathering)
        reading.relations()

    brought = gathered(whole, ABOUT.name, path, shown, around)
    return evolve(brought, standards=tuple(map(readings[0].with_headings, brought.standards)))


def gather(path: Path, shown: str, around: Around, gathering: Taker) -> None:
    """Let who gathers take every mapping; DataError as for all of it."""
    _read(path, shown, around, gathering).relations()


def _read(path: Path, shown: str, around: Around, gathering: Taker) -> _Reading:
    text, _, _ = csv.decoded(content_of(str(path), shown, _MOST_BYTES))
    tree = parse(text, shown)
    held = tree.value.get("objects")
    objects: Mapping[str, object] = held if isinstance(held, dict) else {}
    if not set(objects) & {"framework", "frameworks", "requirement_mapping_set", "requirement_mapping_sets"}:
        raise DataError([Problem(shown, None, "holds neither a framework nor a requirement_mapping_set")])
    return _Reading(tree, shown, around, gathering)


def _text(held: Mapping[str, object], name: str) -> str:
    value = held.get(name)
    return "" if not isinstance(value, str) or value.strip().lower() in _NULL else value.strip()


def _maps(value: object, at: Path_) -> Iterator[tuple[Path_, Mapping[str, object]]]:
    """Give the mappings of a list, or a single one, each with its place."""
    if isinstance(value, dict):
        yield at, value
    for place, one in enumerate(value if isinstance(value, list) else ()):
        if isinstance(one, dict):
            yield (*at, place), one


def _behind(urn: str, kind: str) -> str:
    """Give what names a thing in its address."""
    return urn.partition(f":{kind}:")[2] or urn.rpartition(":")[2]


class _Framework:
    """A framework of the file: what it is called, and its nodes by address."""

    def __init__(self, reading: _Reading, at: Path_, held: Mapping[str, object]) -> None:
        """Learn what number each node has."""
        self.key = _behind(_text(held, "urn"), "framework")
        self.name = _text(held, "name") or _text(held, "ref_id") or self.key
        self.numbers: dict[str, str] = {}
        self.above: dict[str, str] = {}
        """By the reference of each clause: the number of its heading, nothing where it has none."""
        self._reading, self._nodes = reading, tuple(_maps(held.get("requirement_nodes"), (*at, "requirement_nodes")))
        for _, node in self._nodes:
            urn = _text(node, "urn").lower()
            self.numbers[urn] = (_text(node, "ref_id") or urn.rpartition(":")[2]).replace(" ", "-")

    def take(self, gathering: Taker) -> None:
        """Let each node be a clause, unless the library holds the standard."""
        reading = self._reading
        if self.key in reading.held:
            gathering.notices.append(f"{self.key} is in the library; {len(self._nodes)} nodes of it were passed over")
            return
        texts, by_urn = 0, dict[str, str]()
        for at, node in self._nodes:
            urn = _text(node, "urn").lower()
            ref = gathering.name(self.name, self.numbers[urn], _text(node, "name")[:_MOST_TITLE])
            texts += bool(_text(node, "description"))
            if not ref:
                words = f"{legible(self.numbers[urn][:60])!r} can't be the number of a clause"
                reading.fault("number", at, words)
            elif ref in self.above:
                reading.fault("twice", at, f"{split_ref(ref)[1]} is there already; the first is taken")
            else:
                by_urn[urn] = split_ref(ref)[1]
                self.above[ref] = by_urn.get(_text(node, "parent_urn").lower(), "")
        if texts:
            gathering.notices.append(f"{texts} nodes say what they ask for; that is text of a standard, not taken")


class _Reading:
    """A library under way to standards and relations."""

    def __init__(self, tree: Tree, shown: str, around: Around, gathering: Taker) -> None:
        """Know the frameworks that the file holds itself."""
        self._tree, self._shown, self._gathering = tree, shown, gathering
        self.held = {head.key for head in around.heads} - around.replaceable
        self._written = cache(lambda key: {ciso_name(f"{key}:{name}"): name for name in around.names(key)})
        objects = tree.value["objects"]
        self.frameworks = tuple(
            _Framework(self, at, held)
            for name in ("framework", "frameworks")
            for at, held in _maps(objects.get(name), ("objects", name))
        )
        self._by_key = {one.key: one for one in self.frameworks}

    def fault(self, kind: str, at: Path_, words: str) -> None:
        """Note what is wrong, with its line."""
        line = self._tree.line(at)
        self._gathering.faults.add(kind, self._shown, line, f"line {line}", words)

    def relations(self) -> None:
        """Take every mapping; one told once more from the other side says nothing new."""
        objects = self._tree.value["objects"]
        known: set[tuple[str, str, str]] = set()
        again = 0
        rationales: Counter[str] = Counter()
        for name in ("requirement_mapping_set", "requirement_mapping_sets"):
            for at, held in _maps(objects.get(name), ("objects", name)):
                keys = [_behind(_text(held, f"{side}_framework_urn"), "framework") for side in ("source", "target")]
                if not all(keys):
                    self.fault("framework", at, "does not say which frameworks it maps")
                    continue
                for here, one in _maps(held.get("requirement_mappings"), (*at, "requirement_mappings")):
                    ends = [_text(one, f"{side}_requirement_urn") for side in ("source", "target")]
                    word = _text(one, "relationship")
                    predicate = _RELATIONS.get(word.lower(), word)
                    if predicate in CISO and (ends[1], ends[0], turned(predicate) or "") in known:
                        again += 1
                        continue
                    known.add((ends[0], ends[1], predicate))
                    rationale = _text(one, "rationale")
                    if rationale and rationale not in _RATIONALES:
                        rationales[legible(rationale[:40])] += 1
                    self._take(here, keys, ends, predicate, _text(one, "strength_of_relationship"), rationale)
        if again:
            self._gathering.notices.append(f"{again} relations are told from the other side, too; each is taken once")
        if rationales:
            words = f"rationales that are none of {', '.join(_RATIONALES)}, kept as words: {places_of(rationales)}"
            self._gathering.notices.append(words)

    def _take(self, at: Path_, keys: list[str], ends: list[str], predicate: str, strength: str, why: str) -> None:
        if not all(ends):
            self.fault("urn", at, "does not say which requirements it maps")
            return
        line = self._tree.line(at)
        subject, object_ = (self._side(key, urn) for key, urn in zip(keys, ends, strict=True))
        because = f"Rationale in {Path(self._shown).name}: {why}." if why else ""
        said = Said(
            self._shown, line, f"line {line}", subject, object_, predicate, strength=strength, justification=because
        )  # fmt: skip
        self._gathering.take(said)

    def _side(self, key: str, urn: str) -> Side:
        name = _behind(urn, "req_node").partition(":")[2] or urn.rpartition(":")[2]
        if key in self.held:
            return Side(key, (self._written(key).get(name.lower(), name.replace(":", "#")),))
        framework = self._by_key.get(key)
        if framework is None:
            return Side(key, (name.replace(":", "-"),))
        return Side(framework.name, (framework.numbers.get(urn.lower(), name.replace(":", "-")),))

    def with_headings(self, standard: Standard) -> Standard:
        """Let clauses stand under their headings, as the framework has them."""
        refs = {clause.ref for clause in standard.clauses}
        above = next((one.above for one in self.frameworks if set(one.above) & refs), None)
        if above is None:
            return standard
        headings = set(above.values())

        def placed(clause: Clause) -> Clause:
            over = above.get(clause.ref, "")
            parent = None if parent_number(clause.number) == (over or None) else over
            return evolve(clause, parent=parent, topic=None if clause.number in headings else clause.topic)

        return evolve(standard, clauses=tuple(map(placed, standard.clauses)))
