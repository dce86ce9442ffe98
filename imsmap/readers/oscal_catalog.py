"""OSCAL catalogs as anybody writes them become a standard: groups and controls are its clauses, by label or id.

Of a catalog of ours points come back, too. Of others what a control asks for stays out: it is text of a standard, which
`imsmap text add` keeps at home; the standard is then held by clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import evolve

from imsmap import about
from imsmap.errors import DataError, Problem
from imsmap.interchange import NAMESPACE
from imsmap.library.model import (
    ALL_CLAUSES,
    LEVELS,
    NO_STRUCTURE,
    Clause,
    Documented,
    Point,
    Standard,
    is_number,
    parent_number,
)
from imsmap.plain import legible
from imsmap.readers.brought import Around, Brought, Faults, Place
from imsmap.readers.foreign import CONFIDENCE, home_of
from imsmap.readers.objects import is_object, objects, parsed, text_of
from imsmap.readers.own.head import Head, head_of
from imsmap.readers.tables import content_of
from imsmap.report import Json

ABOUT = about.Reader(name="OSCAL catalog", suffixes=(".json",), place=105)
_MOST_TITLE = 200


def takes(beginning: bytes) -> bool:
    """Tell whether a file begins as a catalog does."""
    return re.match(rb'(?:\xef\xbb\xbf)?\s*\{\s*"catalog"', beginning) is not None


def bring(path: Path, shown: str, around: Around) -> Brought:
    """Read a catalog; DataError for a file that is no JSON or holds none. What is wrong is told with its path."""
    catalog = parsed(content_of(str(path), shown), shown).get("catalog")
    if not is_object(catalog):
        raise DataError([Problem(shown, None, "holds no catalog; export one of OSCAL")])
    return _Reading(path, shown, catalog, around).brought()


def _said(held: Mapping[str, Json]) -> dict[str, str]:
    """Give the properties that are ours."""
    return {
        text_of(one, "name"): text_of(one, "value")
        for _, one in objects(held.get("props"))
        if text_of(one, "ns").startswith(NAMESPACE)
    }


def _label(held: Mapping[str, Json]) -> str:
    """Give what people call a control, as its properties say."""
    return next((one for one in _labels(held) if is_number(one)), "")


def _labels(held: Mapping[str, Json]) -> Iterator[str]:
    return (text_of(one, "value") for _, one in objects(held.get("props")) if text_of(one, "name") == "label")


def _confidence(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0) if text else CONFIDENCE
    except ValueError:
        return CONFIDENCE


class _Reading:
    """A catalog under way to a standard."""

    def __init__(self, path: Path, shown: str, catalog: Mapping[str, Json], around: Around) -> None:
        """Learn what the standard is called."""
        self._shown, self._catalog, self._around = shown, catalog, around
        metadata = catalog.get("metadata")
        self._metadata: Mapping[str, Json] = metadata if is_object(metadata) else {}
        self._ours = _said(self._metadata)
        self._faults, self._wrong = Faults(), Faults()
        name = around.said.name or self._ours.get("designation") or text_of(self._metadata, "title")
        discipline = around.said.discipline or self._ours.get("discipline", "")
        near = evolve(around, said=evolve(around.said, name=legible(name[:80]), discipline=discipline))
        self._head: Head = head_of({}, path, shown, near, self._wrong)
        self._places: dict[str, Place] = {}
        self._headings: set[str] = set()
        self._statements = 0

    def brought(self) -> Brought:
        """Read every group and control."""
        head, ours = self._head, self._ours
        clauses = tuple(self._under(self._catalog, "$.catalog", ""))
        by_clause = not any(clause.points for clause in clauses)
        topic, question = home_of(head)
        if by_clause or not ours:
            leaves = [clause.number not in self._headings for clause in clauses]
            clauses = tuple(
                evolve(clause, topic=topic.id) if leaf else clause for clause, leaf in zip(clauses, leaves, strict=True)
            )
        notices = []
        if self._statements:
            notices.append(f"{self._statements} controls say what they ask for; that is text of a standard, not taken")
        if not clauses:
            self._wrong.add("empty", self._shown, None, "", "holds no control that could be a clause")
        standard = Standard(
            head.key, head.name, legible(ours.get("title") or text_of(self._metadata, "title") or head.title),
            head.discipline, ours.get("edition") or legible(text_of(self._metadata, "version")) or head.edition,
            ours.get("published") or self._around.day, ours.get("status") or "current",
            NO_STRUCTURE if by_clause else ours.get("structure") or NO_STRUCTURE, ours.get("author") or head.author,
            _confidence(ours.get("confidence", "")), ours.get("source") or head.source, clauses,
            disciplines=() if head.own is None else (head.own,), topics=(topic,) if by_clause else (),
            audit_questions=(question,) if by_clause else (), level=LEVELS[1] if by_clause else LEVELS[0],
            not_applicable=(ALL_CLAUSES,) if by_clause else (),
        )  # fmt: skip
        return Brought(
            "OSCAL catalog", (standard,), problems=self._wrong.problems(), left_out=self._faults.problems(),
            notices=tuple(notices), places={head.key: (self._shown, None), **self._places},
        )  # fmt: skip

    def _under(self, held: Mapping[str, Json], at: str, above: str) -> Iterator[Clause]:
        for name in ("groups", "controls"):
            for place, one in objects(held.get(name)):
                here = f"{at}.{name}[{place}]"
                number = self._number(one, here)
                if number:
                    if above:
                        self._headings.add(above)
                    yield self._clause(one, number, above)
                yield from self._under(one, here, number or above)

    def _number(self, held: Mapping[str, Json], at: str) -> str:
        id_ = text_of(held, "id")
        number = next((one for one in (_label(held), id_, id_.replace("_", "-"), id_.upper()) if is_number(one)), "")
        if not number:
            words = f"its id {legible(id_[:60])!r} can't be the number of a clause; what is in it was taken"
            self._faults.add("number", f"{self._shown} {at}", None, "", words)
        elif f"{self._head.key}:{number}" in self._places:
            self._faults.add("twice", f"{self._shown} {at}", None, "", f"{number} is there already; the first is taken")
            return ""
        else:
            self._places[f"{self._head.key}:{number}"] = (f"{self._shown} {at}", None)
        return number

    def _clause(self, held: Mapping[str, Json], number: str, above: str) -> Clause:
        said = _said(held)
        points = tuple(self._points(held.get("parts"))) if self._ours else ()
        if not self._ours and any(text_of(part, "name") == "statement" for _, part in objects(held.get("parts"))):
            self._statements += 1
        title = "" if said.get("untitled") else legible(text_of(held, "title"))[:_MOST_TITLE]
        return Clause(
            self._head.key, number, _confidence(said.get("confidence", "")), said.get("source") or self._head.source,
            title, points, said.get("topic"), parent=None if parent_number(number) == (above or None) else above,
            informative=bool(said.get("informative")), gist=said.get("gist", ""), theme=said.get("theme", ""),
        )  # fmt: skip

    def _points(self, parts: Json | None) -> Iterator[Point]:
        for _, statement in objects(parts):
            for _, one in objects(statement.get("parts")):
                said = _said(one)
                what = said.get("documented", "")
                id_ = next(_labels(one), "")
                yield Point(
                    id_, text_of(one, "prose"), _confidence(said.get("confidence", "")),
                    said.get("source") or self._head.source, said.get("core"), said.get("adds"),
                    Documented(said.get("documented-kind", "available"), what) if what else None,
                    said.get("amendment"), said.get("under"),
                )  # fmt: skip
