"""OSCAL mapping collections as anybody writes them: maps with sets on both sides, told with their JSON path."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from imsmap import about
from imsmap.errors import DataError, Problem
from imsmap.interchange import NAMESPACE, token
from imsmap.plain import legible
from imsmap.readers.brought import Around, Brought
from imsmap.readers.foreign import Said, Side, Taker, gathered, places_of
from imsmap.readers.objects import is_object, objects, parsed, text_of
from imsmap.readers.tables import content_of
from imsmap.report import Json

ABOUT = about.Reader(name="OSCAL mapping collection", suffixes=(".json",), place=110)

_ROOT = "mapping-collection"
_OURS = ("id", "strength", "shared", "differs", "justification", "author", "source", "affirmed")
_GENERAL = ("catalog", "profile", "index", "resolved-catalog")
"""Names of files that say nothing about which catalog it is, so that its folder does."""


def takes(beginning: bytes) -> bool:
    """Tell whether a file begins as a mapping collection does."""
    return re.match(rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:\$schema|mapping-collection)"', beginning) is not None


def bring(path: Path, shown: str, around: Around) -> Brought:
    """Read a collection; DataError for a file that is no JSON or holds none. What is wrong is told with its path."""
    return gathered(gather, ABOUT.name, path, shown, around)


def gather(path: Path, shown: str, around: Around, gathering: Taker) -> None:
    """Let who gathers take every map; DataError for a file that is no JSON or holds no collection."""
    collection = parsed(content_of(str(path), shown), shown).get(_ROOT)
    if not is_object(collection):
        raise DataError([Problem(shown, None, f"holds no {_ROOT}; export a mapping collection of OSCAL")])
    reading = _Reading(shown, collection, around, gathering)
    mappings = collection.get("mappings")
    ones = mappings if isinstance(mappings, list) else [mappings]
    for number, one in enumerate(ones):
        reading.mapping(one, f"$.{_ROOT}.mappings" + (f"[{number}]" if isinstance(mappings, list) else ""))
    if reading.passed:
        gathering.notices.append(f"properties that have no place here were passed over: {places_of(reading.passed)}")


class _Reading:
    """A collection under way to relations."""

    def __init__(self, shown: str, collection: Mapping[str, Json], around: Around, gathering: Taker) -> None:
        """Know its resources."""
        self.passed: Counter[str] = Counter()
        self._shown, self._gathering = shown, gathering
        self._heads = {one.key for one in around.heads}
        back = collection.get("back-matter")
        resources = back.get("resources") if is_object(back) else None
        self._resources = {text_of(one, "uuid"): text_of(one, "title") for _, one in objects(resources)}
        self._tokens = cache(lambda key: {token(f"{key}:{name}"): name for name in around.names(key)})

    def _fault(self, kind: str, at: str, words: str) -> None:
        self._gathering.faults.add(kind, f"{self._shown} {at}", None, "", words)

    def mapping(self, held: Json | None, at: str) -> None:
        """Take every map between two resources."""
        if not is_object(held):
            self._fault("mapping", at, "is no mapping; it holds source-resource, target-resource and maps")
            return
        names = [self._standard(held.get(f"{side}-resource"), f"{at}.{side}-resource") for side in ("source", "target")]
        if "" in names:
            if isinstance(kept_out := held.get("maps"), list):
                self._gathering.notices.append(f"{at}: its maps are left out with it: {len(kept_out)}")
            return
        for place, one in enumerate(maps if isinstance(maps := held.get("maps"), list) else ()):
            if is_object(one):
                self._map(one, names[0], names[1], f"{at}.maps[{place}]")
            else:
                self._fault("map", f"{at}.maps[{place}]", "is no map; it holds relationship, sources and targets")

    def _standard(self, resource: Json | None, at: str) -> str:
        """Give the key of a standard of ours, or what a resource is called."""
        href = text_of(resource, "href") if is_object(resource) else ""
        if href.startswith("#"):
            title = self._resources.get(href[1:], "")
            if not title:
                self._fault("uuid", at, f"{legible(href[:60])!r} is the id of nothing in this file's back-matter")
            return title
        if href.startswith(NAMESPACE):
            return href.removeprefix(NAMESPACE)
        parts = [re.sub(r"\.(?:json|xml|yaml|yml)$", "", part) for part in re.split(r"[/\\]", href) if part]
        named = [part for part in parts if part.lower() not in _GENERAL]
        if not named:
            self._fault("resource", at, "has no href that says which catalog it is")
            return ""
        return named[-1]

    def _map(self, held: Mapping[str, Json], source: str, target: str, at: str) -> None:
        said = self._props(held)
        sides = [
            self._side(held.get(name), standard, f"{at}.{name}")
            for name, standard in (("sources", source), ("targets", target))
        ]
        subject, object_ = sides
        if subject is None or object_ is None:
            return
        score = held.get("confidence-score")
        confidence = text_of(score, "percentage") if is_object(score) else ""
        category = text_of(score, "category") if is_object(score) else ""
        if category:
            self.passed["confidence-score as a word"] += 1
        name = said.get("id", "").rpartition("#")[2] or f"map-{text_of(held, 'uuid')[:8]}"
        self._gathering.take(
            Said(
                f"{self._shown} {at}", None, "", subject, object_, text_of(held, "relationship"), False, name,
                said.get("strength", ""), confidence, said.get("author", ""), said.get("source", ""),
                said.get("justification", ""),
                said.get("shared", "") if "differs" in said else text_of(held, "remarks"),
                said.get("differs", ""), said.get("affirmed"),
            )
        )  # fmt: skip

    def _props(self, held: Mapping[str, Json]) -> dict[str, str]:
        found = {}
        for _, one in objects(held.get("props")):
            name = text_of(one, "name")
            if text_of(one, "ns").startswith(NAMESPACE) and name in (*_OURS, "ref"):
                found[name] = text_of(one, "value")
            else:
                self.passed[legible(name[:60])] += 1
        return found

    def _side(self, items: Json | None, standard: str, at: str) -> Side | None:
        names: list[str] = []
        labels: list[str] = []
        for place, one in objects(items):
            id_ = text_of(one, "id-ref")
            if not id_:
                self._fault("id-ref", f"{at}[{place}]", "has no id-ref; name a control or a statement")
                return None
            ref = self._props(one).get("ref", "")
            if standard in self._heads:
                whole = id_ == standard
                known = self._tokens(standard)
                names.append(ref.partition(":")[2] if ref else "" if whole else known.get(id_, id_))
            else:
                names.append(id_)
            labels.append(id_)
        if not names:
            self._fault("empty side", at, "is empty; a map has something on both sides")
            return None
        return Side(standard, tuple(dict.fromkeys(names)), tuple(labels))
